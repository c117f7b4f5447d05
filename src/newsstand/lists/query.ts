// Listing published documents by facets and time, a page at a time.
import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { preparedEach, type Reader } from '../../storage/database.ts'
import {
  bySelectivity,
  end,
  type Facet,
  type Found,
  found,
  hasFacet,
  isInMomentRange,
  isInPositionRange,
  parameters,
  type Query,
  type Shape,
  several,
  shapeOf,
  value
} from './statement-shapes.ts'

/** The table that a query scans in order: the documents, or with a filter the rows of its first facet. */
const listOf = ({ t }: Reader, { facets }: Shape) => (facets.length > 0 ? t.facetDocuments : t.published)

/** WHERE of a query without its cursor, for pages and count alike. */
function conditions(db: Reader, shape: Shape) {
  const { published: p, facetDocuments: f } = db.t
  const list = listOf(db, shape)
  const [first, ...others] = shape.facets
  return and(
    eq(p.kind, value('kind')),
    first && and(eq(p.id, f.id), hasFacet(db, f.facet, 0, first)),
    ...others.map(
      (of, i) => sql`exists (select 1 from ${f} as other where ${hasFacet(db, sql`other.facet`, i + 1, of)}
        and other.position = ${list.position} and other.id = ${list.id})`
    ),
    isInMomentRange(p, shape.moment)
  )
}

const pages = preparedEach(shapeOf, (db, shape: Shape) => {
  const { published: p, facetDocuments: f } = db.t
  const list = listOf(db, shape)
  const [direction, beyond] = shape.ascending ? [asc, sql`>`] : [desc, sql`<`]
  const select = db.q.select(found(db))
  // SQLite does not reorder a CROSS JOIN: the facet's rows come first, because they are in order.
  const rows = list === f ? select.from(f).crossJoin(p).$dynamic() : select.from(p).$dynamic()
  // One bound at each end: of two, SQLite may use the wrong one and scan to the other.
  const begin = sql`(${list.position}, ${list.id}) ${beyond} (${value('position')}, ${value('id')})`
  const until = shape.ascending
    ? sql`${list.position} < ${value('before')}`
    : sql`${list.position} >= ${value('from')}`
  return rows
    .where(and(conditions(db, shape), begin, until))
    .orderBy(direction(list.position), direction(list.id))
    .limit(value('limit'))
    .prepare(`page_${shapeOf(shape)}`)
})

const counts = preparedEach(shapeOf, (db, shape: Shape) => {
  const { published: p, facetDocuments: f } = db.t
  const select = db.q.select({ documents: sql<number>`cast(count(distinct ${p.id}) as integer)` })
  const rows = shape.facets.length > 0 ? select.from(f).crossJoin(p).$dynamic() : select.from(p).$dynamic()
  return rows
    .where(and(conditions(db, shape), isInPositionRange(listOf(db, shape))))
    .prepare(`count_${shapeOf(shape)}`)
})

/** Up to `limit` documents, newest first or, `ascending`, oldest first. */
export async function findDocuments(db: Reader, query: Query): Promise<Found[]> {
  const [first, ...others] = await bySelectivity(db, query)
  const { ascending = false, limit } = query
  const [position, id] = beginning(query)
  const moment = query.moment !== undefined
  const run = (facets: Facet[]) =>
    pages(db, { facets: facets.map(several), moment, ascending }).execute({
      ...parameters(query, facets),
      position,
      id,
      limit
    })
  if (first === undefined) return run([])
  const [name, values] = first
  if (values.length === 1) return run([first, ...others])
  // Each value is an ordered range of the index: the page is merged from them.
  const all = new Map<string, Found>()
  for (const value of values) for (const row of await run([[name, [value]], ...others])) all.set(row.id, row)
  const keyOf = ({ position, id }: Found) => `${position} ${id}`
  return [...all.values()].sort((a, b) => (keyOf(a) < keyOf(b) === ascending ? -1 : 1)).slice(0, limit)
}

/** The position and id after which a page begins. */
function beginning({ ascending, after, position }: Query): [string, string] {
  const first = ascending ? (position?.from ?? '') : (position?.before ?? end)
  if (after && (ascending ? after[0] >= first : after[0] < first)) return after
  return [first, '']
}

/** The number of matching documents. */
export async function countAll(db: Reader, query: Query): Promise<number> {
  const facets = await bySelectivity(db, query)
  const shape = { facets: facets.map(several), moment: query.moment !== undefined, ascending: false }
  const [row] = await counts(db, shape).execute(parameters(query, facets))
  return row!.documents
}
