// Withdrawing a range of documents with a statement for each table, instead of one for each document.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, eq, gte, inArray, lt, ne, sql } from 'drizzle-orm'
import { prepared, type Writer } from '../../storage/database.ts'
import { invalidateDocument, invalidateMembership } from './cache-tags.ts'
import type { Kind } from './kinds.ts'

/** How many documents are withdrawn in one turn of the event loop: some milliseconds. */
const batchSize = 250

const given = sql.placeholder

/** The documents of an article within a range of positions, by the facet `article`. */
const within = ({ t: { publishedFacets: f } }: Writer) =>
  and(
    eq(f.kind, given('kind')),
    eq(f.name, 'article'),
    eq(f.value, given('articleId')),
    gte(f.position, given('from')),
    lt(f.position, given('end'))
  )

const idsWithin = (tx: Writer) => {
  const { publishedFacets: f } = tx.t
  return tx.q.select({ id: f.id }).from(f).where(within(tx))
}

const positionsQuery = prepared((tx: Writer) => {
  const { publishedFacets: f } = tx.t
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

const otherFacetsQuery = prepared((tx: Writer) => {
  const { publishedFacets: f } = tx.t
  return tx.q
    .delete(f)
    .where(and(eq(f.kind, given('kind')), ne(f.name, 'article'), inArray(f.id, idsWithin(tx))))
    .returning({ name: f.name, value: f.value })
    .prepare('unlist_others_within')
})

const facetsQuery = prepared((tx: Writer) =>
  tx.q.delete(tx.t.publishedFacets).where(within(tx)).prepare('unlist_within')
)

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
    invalidateMembership(tx, kind, await otherFacetsQuery(tx).execute(part))
    await facetsQuery(tx).execute(part)
    invalidateMembership(tx, kind, [{ name: 'article', value: articleId }])
    if (positions.length <= batchSize) return
    await nextTurn()
  }
}
