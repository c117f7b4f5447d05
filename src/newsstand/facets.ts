// Facets: the values a document is found by, and how many documents have each.
import { and, eq, inArray, sql } from 'drizzle-orm'
import { prepared, type Reader, type Writer } from '../storage/database.ts'
import type { Kind } from './kinds.ts'

export interface Facet {
  name: string
  value: string
}

/** Those that point at records: so many values, and so few documents to each, that nobody needs their number. */
const uncounted = new Set(['article', 'quote', 'media', 'record', 'parent'])

/** Rows to a statement: SQLite takes 32766 values in one. */
const atOnce = 5000

const heldQuery = prepared(({ q, t: { publishedFacets: f } }) =>
  q
    .select({ name: f.name, value: f.value, position: f.position })
    .from(f)
    .where(and(eq(f.kind, sql.placeholder('kind')), eq(f.id, sql.placeholder('id'))))
    .prepare('facets_of')
)

const namedQuery = prepared(({ q, t: { publishedFacets: f } }) =>
  q
    .select({ name: f.name, value: f.value, position: f.position })
    .from(f)
    .where(
      and(
        eq(f.kind, sql.placeholder('kind')),
        eq(f.id, sql.placeholder('id')),
        eq(f.name, sql.placeholder('name'))
      )
    )
    .prepare('facets_of_name')
)

/** The facets a document has. */
export const facetsOf = (db: Reader, kind: Kind, id: string) => heldQuery(db).execute({ kind, id })

interface Placed {
  kind: Kind
  id: string
  position: string
}

/** Those of one name. */
export const facetsNamed = (db: Reader, kind: Kind, id: string, name: string) =>
  namedQuery(db).execute({ kind, id, name })

/** Those of these names, but for the articles that hold a document: that may be many thousands. */
async function ownFacets(db: Reader, { kind, id }: Placed, names: string[]) {
  const own = names.filter((name) => name !== 'article').map((name) => facetsNamed(db, kind, id, name))
  return (await Promise.all(own)).flat()
}

/** Makes these the facets of a document. With `shared`, the articles that hold it besides stay, and where it stands. */
export async function setFacets(
  tx: Writer,
  document: Placed,
  facets: Record<string, string[]>,
  shared: boolean
) {
  const { kind, id, position } = document
  const wanted = new Map(
    Object.entries(facets)
      .flatMap(([name, values]) => values.map((value) => ({ name, value })))
      .map((facet) => [keyOf(facet), facet])
  )
  const before = shared ? await ownFacets(tx, document, Object.keys(facets)) : await facetsOf(tx, kind, id)
  const gone = before.filter((facet) => facet.position !== position || !wanted.has(keyOf(facet)))
  await remove(tx, document, gone)
  for (const facet of before) if (facet.position === position) wanted.delete(keyOf(facet))
  await add(tx, document, [...wanted.values()])
}

/** Takes every facet from a document. */
export async function dropFacets(tx: Writer, kind: Kind, id: string) {
  await remove(tx, { kind, id }, await facetsOf(tx, kind, id))
}

const keyOf = ({ name, value }: Facet) => `${name}\0${value}`

const addQuery = prepared(({ q, t: { publishedFacets } }: Writer) =>
  q
    .insert(publishedFacets)
    .values({
      kind: sql.placeholder('kind'),
      name: sql.placeholder('name'),
      value: sql.placeholder('value'),
      position: sql.placeholder('position'),
      id: sql.placeholder('id')
    })
    // An article may be among those that hold it already.
    .onConflictDoNothing()
    .prepare('add_facet')
)

const countedQuery = prepared(({ q, t: { facetCounts: c } }: Writer) =>
  q
    .insert(c)
    .values({
      kind: sql.placeholder('kind'),
      name: sql.placeholder('name'),
      value: sql.placeholder('value'),
      documents: 1
    })
    .onConflictDoUpdate({ target: [c.kind, c.name, c.value], set: { documents: sql`${c.documents} + 1` } })
    .prepare('count_facet')
)

async function add(tx: Writer, { kind, id, position }: Placed, facets: Facet[]) {
  for (const { name, value } of facets) {
    await addQuery(tx).execute({ kind, name, value, position, id })
    if (!uncounted.has(name)) await countedQuery(tx).execute({ kind, name, value })
  }
}

async function remove(tx: Writer, { kind, id }: Pick<Placed, 'kind' | 'id'>, facets: Facet[]) {
  const { publishedFacets: f, facetCounts: c } = tx.t
  for (const [name, some] of Map.groupBy(facets, ({ name }) => name)) {
    const values = some.map(({ value }) => value)
    for (let i = 0; i < values.length; i += atOnce) {
      const these = values.slice(i, i + atOnce)
      await tx.q
        .delete(f)
        .where(and(eq(f.kind, kind), eq(f.id, id), eq(f.name, name), inArray(f.value, these)))
      if (uncounted.has(name)) continue
      const counts = and(eq(c.kind, kind), eq(c.name, name), inArray(c.value, these))
      await tx.q
        .update(c)
        .set({ documents: sql`${c.documents} - 1` })
        .where(counts)
      await tx.q.delete(c).where(and(counts, eq(c.documents, 0)))
    }
  }
}

/** Takes one article from those that hold a record, and answers whether any is left. */
export async function release(tx: Writer, kind: Kind, id: string, articleId: string): Promise<boolean> {
  const { publishedFacets: f } = tx.t
  await remove(tx, { kind, id }, [{ name: 'article', value: articleId }])
  const others = await tx.q
    .select({ id: f.id })
    .from(f)
    .where(and(eq(f.kind, kind), eq(f.id, id), eq(f.name, 'article')))
    .limit(1)
  return others.length > 0
}

const countQuery = prepared(({ q, t: { facetCounts: c } }) =>
  q
    .select({ documents: c.documents })
    .from(c)
    .where(
      and(
        eq(c.kind, sql.placeholder('kind')),
        eq(c.name, sql.placeholder('name')),
        eq(c.value, sql.placeholder('value'))
      )
    )
    .prepare('facet_count')
)

/** How many documents have one of these values, at most; 0 for what is not counted, which few have. */
export async function atMost(db: Reader, kind: Kind, name: string, values: string[]): Promise<number> {
  if (uncounted.has(name)) return 0
  let sum = 0
  for (const value of values) {
    const [row] = await countQuery(db).execute({ kind, name, value })
    sum += row?.documents ?? 0
  }
  return sum
}
