// Facets: the values that documents are filtered by, and how many documents have each.
import { and, eq, sql } from 'drizzle-orm'
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

const idsQuery = prepared(({ q, t: { publishedFacets: f } }) =>
  q
    .select({ id: f.id })
    .from(f)
    .where(
      and(
        eq(f.kind, sql.placeholder('kind')),
        eq(f.name, sql.placeholder('name')),
        eq(f.value, sql.placeholder('value'))
      )
    )
    .prepare('ids_with_facet')
)

/** The ids of all documents of a kind with this value, for facets that few documents share. */
export const idsWithFacet = async (db: Reader, kind: Kind, { name, value }: Facet) =>
  (await idsQuery(db).execute({ kind, name, value })).map(({ id }) => id)

/** All facets of a document. */
export const facetsOf = (db: Reader, kind: Kind, id: string) => heldQuery(db).execute({ kind, id })

/** The facets of a document with one name. */
export const facetsNamed = (db: Reader, kind: Kind, id: string, name: string) =>
  namedQuery(db).execute({ kind, id, name })

/** The count of a facet, whose kind, name and value a statement is given. */
export const isCounted = ({ t: { facetCounts: c } }: Reader) =>
  and(
    eq(c.kind, sql.placeholder('kind')),
    eq(c.name, sql.placeholder('name')),
    eq(c.value, sql.placeholder('value'))
  )

const countQuery = prepared((db) => {
  const { facetCounts: c } = db.t
  return db.q.select({ documents: c.documents }).from(c).where(isCounted(db)).prepare('facet_count')
})

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
