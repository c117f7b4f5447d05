// Writing the facets of a document, and their counts.
import { and, eq, inArray, sql } from 'drizzle-orm'
import { placeholdersOf } from '../../storage/columns/rows.ts'
import { prepared, preparedEach, type Reader, type Writer } from '../../storage/database.ts'
import { yieldIfDue } from '../../storage/sqlite/turns.ts'
import { invalidateMembership } from './cache-tags.ts'
import { type Facet, facetsNamed, facetsOf, isCounted, uncounted } from './facets.ts'
import type { Kind } from './kinds.ts'

/** Rows per statement: SQLite allows 32766 parameters. */
const rowsPerStatement = 5000

/** A document and its position. */
export interface Positioned {
  kind: Kind
  id: string
  position: string
}

/** The facets of these names, without the articles that hold a document, which may be many thousands. */
async function ownFacets(db: Reader, { kind, id }: Positioned, names: string[]) {
  const own = names.filter((name) => name !== 'article').map((name) => facetsNamed(db, kind, id, name))
  return (await Promise.all(own)).flat()
}

/** The facets of a document as pairs, without duplicates. */
export const pairsOf = (facets: Record<string, string[]>): Facet[] =>
  Object.entries(facets).flatMap(([name, values]) => [...new Set(values)].map((value) => ({ name, value })))

/** Sets the facets of a document. With `shared`, other articles that hold it, and its position, stay. */
export async function setFacets(
  tx: Writer,
  document: Positioned,
  facets: Record<string, string[]>,
  shared: boolean
) {
  const { kind, id, position } = document
  const wanted = new Map(pairsOf(facets).map((facet) => [keyOf(facet), facet]))
  const before = shared ? await ownFacets(tx, document, Object.keys(facets)) : await facetsOf(tx, kind, id)
  const gone = before.filter((facet) => facet.position !== position || !wanted.has(keyOf(facet)))
  await remove(tx, document, gone)
  for (const facet of before) if (facet.position === position) wanted.delete(keyOf(facet))
  await addFacets(tx, document, [...wanted.values()])
}

const value = sql.placeholder

const dropQuery = prepared(({ q, t: { publishedFacets: f } }: Writer) =>
  q
    .delete(f)
    .where(and(eq(f.kind, value('kind')), eq(f.id, value('id'))))
    .prepare('drop_facets')
)

const uncountQuery = prepared((tx: Writer) => {
  const { facetCounts: c } = tx.t
  const fewer = { documents: sql`${c.documents} - 1` }
  return tx.q.update(c).set(fewer).where(isCounted(tx)).prepare('uncount_facet')
})

const emptyQuery = prepared((tx: Writer) => {
  const { facetCounts: c } = tx.t
  return tx.q
    .delete(c)
    .where(and(isCounted(tx), eq(c.documents, 0)))
    .prepare('drop_count')
})

/** Decrements the counts of these facets. */
async function uncount(tx: Writer, kind: Kind, facets: Facet[]) {
  for (const { name, value } of facets.filter((facet) => !uncounted.has(facet.name))) {
    await uncountQuery(tx).execute({ kind, name, value })
    await emptyQuery(tx).execute({ kind, name, value })
  }
}

/** Removes all facets of a document. */
export async function dropFacets(tx: Writer, kind: Kind, id: string) {
  const facets = await facetsOf(tx, kind, id)
  await dropQuery(tx).execute({ kind, id })
  invalidateMembership(tx, kind, facets)
  await uncount(tx, kind, facets)
}

const keyOf = ({ name, value }: Facet) => `${name}\0${value}`

/** How many facets one statement adds, beside fewer than the last: there is a prepared one for each number. */
const addedAtOnce = [64, 32, 16] as const

/** In the order in which the tables have them, as drizzle writes them. */
const facetColumns = ['kind', 'name', 'value', 'position', 'id'] as const
const countColumns = ['kind', 'name', 'value', 'documents'] as const

const addQuery = preparedEach(String, ({ q, t: { publishedFacets } }: Writer, rows: number) =>
  q
    .insert(publishedFacets)
    .values(placeholdersOf(facetColumns, rows))
    // The article may hold it already.
    .onConflictDoNothing()
    .prepare(`add_${rows}_facets`)
)

const countedQuery = preparedEach(String, ({ q, t: { facetCounts: c } }: Writer, rows: number) => {
  return q
    .insert(c)
    .values(placeholdersOf(countColumns, rows))
    .onConflictDoUpdate({
      target: [c.kind, c.name, c.value],
      set: { documents: sql`${c.documents} + excluded.documents` }
    })
    .prepare(`count_${rows}_facets`)
})

/** Documents with facets that they do not have yet. */
export interface Added extends Positioned {
  facets: Facet[]
}

/** Adds facets that the document does not have. */
export const addFacets = (tx: Writer, document: Positioned, facets: Facet[]) =>
  addAllFacets(tx, [{ ...document, facets }])

/** Adds facets that these documents do not have, as few statements as there can be. */
export async function addAllFacets(tx: Writer, documents: Added[]) {
  const rows: unknown[][] = []
  // By kind, name and value: PostgreSQL counts no facet twice in one statement.
  const counts = new Map<string, [kind: Kind, name: string, value: string, documents: number]>()
  for (const { kind, id, position, facets } of documents) {
    invalidateMembership(tx, kind, facets)
    for (const facet of facets) {
      const { name, value } = facet
      rows.push([kind, name, value, position, id])
      if (uncounted.has(name)) continue
      const key = `${kind}\0${keyOf(facet)}`
      const count = counts.get(key)
      if (count) count[3]++
      else counts.set(key, [kind, name, value, 1])
    }
  }
  for (const some of portionsOf(rows)) {
    await yieldIfDue()
    await addQuery(tx, some.length).execute(byPlace(some))
  }
  for (const some of portionsOf([...counts.values()])) {
    await yieldIfDue()
    await countedQuery(tx, some.length).execute(byPlace(some))
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

/** The values of the rows of a statement, by their places. */
function byPlace(rows: unknown[][]): Record<number, unknown> {
  const values: Record<number, unknown> = {}
  let place = 0
  for (const row of rows) for (const value of row) values[place++] = value
  return values
}

async function remove(tx: Writer, { kind, id }: Pick<Positioned, 'kind' | 'id'>, facets: Facet[]) {
  const { publishedFacets: f } = tx.t
  for (const [name, some] of Map.groupBy(facets, ({ name }) => name)) {
    for (let i = 0; i < some.length; i += rowsPerStatement) {
      const values = some.slice(i, i + rowsPerStatement).map(({ value }) => value)
      await tx.q
        .delete(f)
        .where(and(eq(f.kind, kind), eq(f.id, id), eq(f.name, name), inArray(f.value, values)))
    }
  }
  invalidateMembership(tx, kind, facets)
  await uncount(tx, kind, facets)
}

/** Removes an article from those that hold a record, and answers whether any is left. */
export async function removeHolder(tx: Writer, kind: Kind, id: string, articleId: string): Promise<boolean> {
  const { publishedFacets: f } = tx.t
  await remove(tx, { kind, id }, [{ name: 'article', value: articleId }])
  const others = await tx.q
    .select({ id: f.id })
    .from(f)
    .where(and(eq(f.kind, kind), eq(f.id, id), eq(f.name, 'article')))
    .limit(1)
  return others.length > 0
}
