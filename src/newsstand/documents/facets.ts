// Facets: the values that documents are filtered by, and how many documents have each.
import { and, eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { prepared, type Reader } from '../../storage/database.ts'
import type { Kind } from './kinds.ts'

export interface Facet {
  name: string
  value: string
}

/** Facets that refer to records or URLs: many values with few documents each, so they are not counted. */
export const uncounted = new Set([
  'article',
  'quote',
  'media',
  'record',
  'parent',
  'name',
  'sameAs',
  'url',
  'translationOf',
  'ends',
  'file'
])

/** The number of a value: a subquery, of which null is equal to nothing where no document has the value. */
export const numberOf = (
  { t: { facetValues: v } }: Reader,
  kind: Kind | SQLWrapper,
  name: string | SQLWrapper,
  value: string | SQLWrapper
) =>
  sql<number>`(select ${v.number} from ${v} where ${and(eq(v.kind, kind), eq(v.name, name), eq(v.value, value))})`

const given = sql.placeholder

/** The facets of a document that an SQL condition selects. */
const heldOf = (db: Reader, condition?: SQL) => {
  const { facetValues: v, documentFacets: d } = db.t
  return db.q
    .select({ name: v.name, value: v.value, number: v.number })
    .from(d)
    .innerJoin(v, eq(v.number, d.facet))
    .where(and(eq(d.id, given('id')), eq(v.kind, given('kind')), condition))
}

const heldQuery = prepared((db) => heldOf(db).prepare('facets_of'))

const namedQuery = prepared((db) =>
  heldOf(db, eq(db.t.facetValues.name, given('name'))).prepare('facets_of_name')
)

const idsQuery = prepared((db) => {
  const { facetDocuments: f } = db.t
  return db.q
    .select({ id: f.id })
    .from(f)
    .where(eq(f.facet, numberOf(db, given('kind'), given('name'), given('value'))))
    .prepare('ids_with_facet')
})

/** The ids of all documents of a kind with this value, for facets that few documents share. */
export const idsWithFacet = async (db: Reader, kind: Kind, { name, value }: Facet) =>
  (await idsQuery(db).execute({ kind, name, value })).map(({ id }) => id)

/** All facets of a document. */
export const facetsOf = (db: Reader, kind: Kind, id: string) => heldQuery(db).execute({ kind, id })

/** The facets of a document with one name. */
export const facetsNamed = (db: Reader, kind: Kind, id: string, name: string) =>
  namedQuery(db).execute({ kind, id, name })

const countQuery = prepared(({ q, t: { facetValues: v } }) =>
  q
    .select({ documents: v.documents })
    .from(v)
    .where(and(eq(v.kind, given('kind')), eq(v.name, given('name')), eq(v.value, given('value'))))
    .prepare('facet_count')
)

/** An upper bound of the documents with one of these values; 0 for facets that are not counted. */
export async function countAtMost(db: Reader, kind: Kind, name: string, values: string[]): Promise<number> {
  if (uncounted.has(name)) return 0
  let sum = 0
  for (const value of values) {
    const [row] = await countQuery(db).execute({ kind, name, value })
    sum += row?.documents ?? 0
  }
  return sum
}
