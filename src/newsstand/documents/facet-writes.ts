// Writing the facets of a document: which values there are, who has them, and how many do.
import { sql } from 'drizzle-orm'
import { byPlace, placeholdersOf } from '../../storage/columns/rows.ts'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import { prepared, preparedEach, type Reader, type Writer } from '../../storage/database.ts'
import { invalidateMembership } from './cache-tags.ts'
import { itsPlaces, type Positioned, remove } from './facet-removal.ts'
import { type Facet, facetsNamed, facetsOf, uncounted } from './facets.ts'
import type { Kind } from './kinds.ts'

/** The facets of these names, without the articles that hold a document, which may be many thousands. */
async function ownFacets(db: Reader, { kind, id }: Positioned, names: string[]) {
  const own = names.filter((name) => name !== 'article').map((name) => facetsNamed(db, kind, id, name))
  return (await Promise.all(own)).flat()
}

/** The facets of a document as pairs, without duplicates. */
export const pairsOf = (facets: Record<string, string[]>): Facet[] =>
  Object.entries(facets).flatMap(([name, values]) => [...new Set(values)].map((value) => ({ name, value })))

const moveQuery = prepared((tx: Writer) => {
  const { facetDocuments: f } = tx.t
  return tx.q
    .update(f)
    .set({ position: sql`${sql.placeholder('position')}` })
    .where(itsPlaces(tx))
    .prepare('move_in_facets')
})

/**
 * Sets the facets of a document that had this position before. With `shared`, other articles that hold it stay.
 */
export async function setFacets(
  tx: Writer,
  document: Positioned,
  facets: Record<string, string[]>,
  { from, shared }: { from: string; shared: boolean }
) {
  const { kind, id, position } = document
  const wanted = new Map(pairsOf(facets).map((facet) => [keyOf(facet), facet]))
  const before = shared ? await ownFacets(tx, document, Object.keys(facets)) : await facetsOf(tx, kind, id)
  if (from !== position) {
    await moveQuery(tx).execute({ id, from, position })
    invalidateMembership(tx, kind, before)
  }
  const gone = before.filter((facet) => !wanted.delete(keyOf(facet)))
  await remove(tx, document, gone)
  await addFacets(tx, document, [...wanted.values()])
}

const keyOf = ({ name, value }: Facet) => `${name}\0${value}`

/** How many facets one statement adds, beside fewer than the last: there is a prepared one for each number. */
const addedAtOnce = [64, 32, 16] as const

/** In the order in which the tables have them, as drizzle writes them. */
const valueColumns = ['kind', 'name', 'value', 'documents'] as const
const placeColumns = ['facet', 'position', 'id'] as const
const facetColumns = ['id', 'facet'] as const

/** Notes values, and counts documents that have them. A value that is there already and not counted is not written again. */
const valuesQuery = preparedEach(String, ({ q, t: { facetValues: v } }: Writer, rows: number) =>
  q
    .insert(v)
    .values(placeholdersOf(valueColumns, rows))
    .onConflictDoUpdate({
      target: [v.kind, v.name, v.value],
      set: { documents: sql`${v.documents} + excluded.documents` }
    })
    .returning({ kind: v.kind, name: v.name, value: v.value, number: v.number })
    .prepare(`number_${rows}_facets`)
)

const listQuery = preparedEach(String, ({ q, t: { facetDocuments } }: Writer, rows: number) =>
  q
    .insert(facetDocuments)
    .values(placeholdersOf(placeColumns, rows))
    // The article may hold it already.
    .onConflictDoNothing()
    .prepare(`list_${rows}_facets`)
)

const addQuery = preparedEach(String, ({ q, t: { documentFacets } }: Writer, rows: number) =>
  q
    .insert(documentFacets)
    .values(placeholdersOf(facetColumns, rows))
    .onConflictDoNothing()
    .prepare(`add_${rows}_facets`)
)

/** Documents with facets that they do not have yet. */
export interface Added extends Positioned {
  facets: Facet[]
}

/** Adds facets that the document does not have. */
const addFacets = (tx: Writer, document: Positioned, facets: Facet[]) =>
  addAllFacets(tx, [{ ...document, facets }])

const inKind = (kind: string, facet: Facet) => `${kind}\0${keyOf(facet)}`

/** Adds facets that these documents do not have, as few statements as there can be. */
export async function addAllFacets(tx: Writer, documents: Added[]) {
  // By kind, name and value: PostgreSQL counts no facet twice in one statement.
  const values = new Map<string, [kind: Kind, name: string, value: string, documents: number]>()
  for (const { kind, facets } of documents) {
    invalidateMembership(tx, kind, facets)
    for (const facet of facets) {
      const one = uncounted.has(facet.name) ? 0 : 1
      const known = values.get(inKind(kind, facet))
      if (known) known[3] += one
      else values.set(inKind(kind, facet), [kind, facet.name, facet.value, one])
    }
  }
  const numbers = new Map<string, number>()
  for (const some of portionsOf([...values.values()])) {
    await yieldIfDue()
    for (const { kind, number, ...facet } of await valuesQuery(tx, some.length).execute(byPlace(some.flat())))
      numbers.set(inKind(kind, facet), number)
  }
  const rows = documents.flatMap(({ kind, id, position, facets }) =>
    facets.map((facet) => ({ facet: numbers.get(inKind(kind, facet))!, position, id }))
  )
  for (const some of portionsOf(rows)) {
    await yieldIfDue()
    await listQuery(tx, some.length).execute(
      byPlace(some.flatMap(({ facet, position, id }) => [facet, position, id]))
    )
    await addQuery(tx, some.length).execute(byPlace(some.flatMap(({ facet, id }) => [id, facet])))
  }
}

/** Parts of rows that one statement takes. */
function* portionsOf<T>(rows: T[]): Generator<T[]> {
  for (let i = 0; i < rows.length; ) {
    const length = addedAtOnce.find((many) => many <= rows.length - i) ?? rows.length - i
    yield rows.slice(i, i + length)
    i += length
  }
}
