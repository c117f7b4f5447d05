// Withdrawing a range of documents with a statement for each table, instead of one for each document.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, eq, gte, inArray, lt, ne, sql } from 'drizzle-orm'
import { prepared, type Writer } from '../../storage/database.ts'
import { invalidateDocument, invalidateMembership } from './cache-tags.ts'
import { isUnused } from './facet-removal.ts'
import { numberOf } from './facets.ts'
import type { Kind } from './kinds.ts'

/** How many documents are withdrawn in one turn of the event loop: some milliseconds. */
const batchSize = 250

const given = sql.placeholder

/** The documents of an article within a range of positions, by the facet `article`. */
const within = (tx: Writer) => {
  const { facetDocuments: f } = tx.t
  return and(
    eq(f.facet, numberOf(tx, given('kind'), 'article', given('articleId'))),
    gte(f.position, given('from')),
    lt(f.position, given('end'))
  )
}

const idsWithin = (tx: Writer) => {
  const { facetDocuments: f } = tx.t
  return tx.q.select({ id: f.id }).from(f).where(within(tx))
}

const positionsQuery = prepared((tx: Writer) => {
  const { facetDocuments: f } = tx.t
  return tx.q
    .select({ position: f.position })
    .from(f)
    .where(within(tx))
    .orderBy(asc(f.position))
    .limit(given('limit'))
    .prepare('positions_within')
})

const goneQuery = prepared((tx: Writer) => {
  const { published: p, withdrawn: w } = tx.t
  const at =
    sql<string>`case when ${p.modified} > ${given('now')} then ${p.modified} else ${given('now')} end`.as(
      'at'
    )
  return tx.q
    .insert(w)
    .select(
      tx.q
        .select({ kind: p.kind, id: p.id, at })
        .from(p)
        .where(and(eq(p.kind, given('kind')), inArray(p.id, idsWithin(tx))))
    )
    .onConflictDoNothing()
    .prepare('withdraw_within')
})

const documentsQuery = prepared((tx: Writer) => {
  const { published: p } = tx.t
  return tx.q
    .delete(p)
    .where(and(eq(p.kind, given('kind')), inArray(p.id, idsWithin(tx))))
    .returning({ id: p.id })
    .prepare('delete_within')
})

/** The facets of these documents but for the article that they belong to. */
const othersQuery = prepared((tx: Writer) => {
  const { facetValues: v, documentFacets: d } = tx.t
  return tx.q
    .select({ name: v.name, value: v.value })
    .from(d)
    .innerJoin(v, eq(v.number, d.facet))
    .where(and(inArray(d.id, idsWithin(tx)), ne(v.name, 'article')))
    .prepare('other_facets_within')
})

const unlistOthersQuery = prepared((tx: Writer) => {
  const { facetDocuments: f, documentFacets: d } = tx.t
  const article = numberOf(tx, given('kind'), 'article', given('articleId'))
  return tx.q
    .delete(f)
    .where(
      sql`(${f.facet}, ${f.position}, ${f.id}) in (select d.facet, w.position, w.id from ${f} as w
        join ${d} as d on d.id = w.id where w.facet = ${article} and w.position >= ${given('from')}
        and w.position < ${given('end')} and d.facet <> w.facet)`
    )
    .prepare('unlist_others_within')
})

const forgetQuery = prepared((tx: Writer) => {
  const { facetValues: v, documentFacets: d } = tx.t
  const theirs = tx.q
    .select({ facet: d.facet })
    .from(d)
    .where(inArray(d.id, idsWithin(tx)))
  return tx.q
    .delete(v)
    .where(and(inArray(v.number, theirs), isUnused(tx)))
    .prepare('forget_values_within')
})

const dropQuery = prepared((tx: Writer) => {
  const { documentFacets: d } = tx.t
  return tx.q
    .delete(d)
    .where(inArray(d.id, idsWithin(tx)))
    .prepare('drop_facets_within')
})

const unlistQuery = prepared((tx: Writer) =>
  tx.q.delete(tx.t.facetDocuments).where(within(tx)).prepare('unlist_within')
)

const forgetArticleQuery = prepared((tx: Writer) => {
  const { facetValues: v } = tx.t
  return tx.q
    .delete(v)
    .where(
      and(eq(v.kind, given('kind')), eq(v.name, 'article'), eq(v.value, given('articleId')), isUnused(tx))
    )
    .prepare('forget_article')
})

/**
 * Withdraws the documents of an article within a range of positions, in one transaction and many turns of the event
 * loop. For kinds that are not searchable and have no counted facets: comments.
 */
export async function withdrawRange(
  tx: Writer,
  { kind, articleId, from, end }: { kind: Kind; articleId: string; from: string; end: string }
) {
  const range = { kind, articleId, from, end, now: tx.now }
  for (;;) {
    const positions = await positionsQuery(tx).execute({ ...range, limit: batchSize + 1 })
    const part = { ...range, end: positions[batchSize]?.position ?? end }
    await goneQuery(tx).execute(part)
    for (const { id } of await documentsQuery(tx).execute(part)) invalidateDocument(tx, kind, id)
    invalidateMembership(tx, kind, await othersQuery(tx).execute(part))
    for (const query of [unlistOthersQuery, forgetQuery, dropQuery, unlistQuery])
      await query(tx).execute(part)
    invalidateMembership(tx, kind, [{ name: 'article', value: articleId }])
    if (positions.length <= batchSize) break
    await nextTurn()
  }
  await forgetArticleQuery(tx).execute({ kind, articleId })
}
