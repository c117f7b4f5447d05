// Removing the facets of documents, with the values that no document has any more.
import { and, eq, gt, inArray, sql } from 'drizzle-orm'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import { prepared, type Reader, type Writer } from '../../storage/database.ts'
import { invalidateMembership } from './cache-tags.ts'
import { type Facet, facetsOf } from './facets.ts'
import type { Kind } from './kinds.ts'

/** A document and its position. */
export interface Positioned {
  kind: Kind
  id: string
  position: string
}

/** A facet of a document, and the number of its value. */
interface Held extends Facet {
  number: number
}

const given = sql.placeholder

/** The values that a document has. */
const numbersOf = ({ q, t: { documentFacets: d } }: Reader) =>
  q
    .select({ facet: d.facet })
    .from(d)
    .where(eq(d.id, given('id')))

/** Where the lists of a document's values have it. */
export const itsPlaces = (tx: Writer) => {
  const { facetDocuments: f } = tx.t
  return and(inArray(f.facet, numbersOf(tx)), eq(f.position, given('from')), eq(f.id, given('id')))
}

const unlistQuery = prepared((tx: Writer) =>
  tx.q.delete(tx.t.facetDocuments).where(itsPlaces(tx)).prepare('unlist_document')
)

const uncountQuery = prepared((tx: Writer) => {
  const { facetValues: v } = tx.t
  return tx.q
    .update(v)
    .set({ documents: sql`${v.documents} - 1` })
    .where(and(inArray(v.number, numbersOf(tx)), gt(v.documents, 0)))
    .prepare('uncount_document')
})

/** The condition that no document has a value. */
export const isUnused = ({ t: { facetValues: v, facetDocuments: f } }: Writer) =>
  and(eq(v.documents, 0), sql`not exists (select 1 from ${f} where ${eq(f.facet, v.number)})`)

const forgetQuery = prepared((tx: Writer) => {
  const { facetValues: v } = tx.t
  return tx.q
    .delete(v)
    .where(and(inArray(v.number, numbersOf(tx)), isUnused(tx)))
    .prepare('forget_values_of_document')
})

const dropQuery = prepared(({ q, t: { documentFacets: d } }: Writer) =>
  q
    .delete(d)
    .where(eq(d.id, given('id')))
    .prepare('drop_facets')
)

/** Removes all facets of a document. */
export async function dropFacets(tx: Writer, { kind, id, position: from }: Positioned) {
  invalidateMembership(tx, kind, await facetsOf(tx, kind, id))
  for (const query of [unlistQuery, uncountQuery, forgetQuery]) await query(tx).execute({ id, from })
  await dropQuery(tx).execute({ id })
}

const unlistOneQuery = prepared(({ q, t: { facetDocuments: f } }: Writer) =>
  q
    .delete(f)
    .where(and(eq(f.facet, given('facet')), eq(f.position, given('position')), eq(f.id, given('id'))))
    .prepare('unlist_facet')
)

const dropOneQuery = prepared(({ q, t: { documentFacets: d } }: Writer) =>
  q
    .delete(d)
    .where(and(eq(d.id, given('id')), eq(d.facet, given('facet'))))
    .prepare('drop_facet')
)

const uncountOneQuery = prepared(({ q, t: { facetValues: v } }: Writer) =>
  q
    .update(v)
    .set({ documents: sql`${v.documents} - 1` })
    .where(and(eq(v.number, given('facet')), gt(v.documents, 0)))
    .prepare('uncount_facet')
)

const forgetOneQuery = prepared((tx: Writer) => {
  const { facetValues: v } = tx.t
  return tx.q
    .delete(v)
    .where(and(eq(v.number, given('facet')), isUnused(tx)))
    .prepare('forget_value')
})

/** Removes facets that a document has. */
export async function remove(tx: Writer, { kind, id, position }: Positioned, facets: Held[]) {
  for (const { number: facet } of facets) {
    await yieldIfDue()
    await unlistOneQuery(tx).execute({ facet, position, id })
    await dropOneQuery(tx).execute({ facet, id })
    await uncountOneQuery(tx).execute({ facet })
    await forgetOneQuery(tx).execute({ facet })
  }
  invalidateMembership(tx, kind, facets)
}

const holderQuery = prepared(({ q, t: { published: p, facetValues: v, documentFacets: d } }: Writer) =>
  q
    .select({ number: v.number, position: p.position })
    .from(v)
    .innerJoin(d, and(eq(d.facet, v.number), eq(d.id, given('id'))))
    .innerJoin(p, and(eq(p.kind, v.kind), eq(p.id, d.id)))
    .where(and(eq(v.kind, given('kind')), eq(v.name, 'article'), eq(v.value, given('articleId'))))
    .prepare('holder')
)

/** Removes an article from those that hold a record, and answers whether any is left. */
export async function removeHolder(tx: Writer, kind: Kind, id: string, articleId: string): Promise<boolean> {
  const { facetValues: v, documentFacets: d } = tx.t
  const held = await holderQuery(tx).execute({ kind, id, articleId })
  for (const { number, position } of held)
    await remove(tx, { kind, id, position }, [{ name: 'article', value: articleId, number }])
  const others = await tx.q
    .select({ id: d.id })
    .from(d)
    .innerJoin(v, eq(v.number, d.facet))
    .where(and(eq(d.id, id), eq(v.kind, kind), eq(v.name, 'article')))
    .limit(1)
  return others.length > 0
}
