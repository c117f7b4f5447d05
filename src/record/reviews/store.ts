// The rows of reviews: found, cleared, listed.
import { and, desc, eq, getTableColumns, inArray, isNull, lt, sql } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import * as articles from '../../content/articles/store.ts'
import { newId } from '../../http/ids.ts'
import { found, HttpProblem } from '../../http/problems.ts'
import { insertAll, updateRow } from '../../storage/columns/rows.ts'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import { type Row as CauseRow, causeOf } from './causes.ts'
import type { Review, ReviewQuery } from './schema.ts'

export type Row = Tables['reviews']['$inferSelect']

const ofArticleQuery = prepared(({ q, t: { reviews } }) =>
  q
    .select()
    .from(reviews)
    .where(eq(reviews.articleId, sql.placeholder('articleId')))
    .prepare('reviews_of_article')
)

/** All reviews of an article. */
export const ofArticle = (db: Reader, articleId: string): Promise<Row[]> =>
  ofArticleQuery(db).execute({ articleId })

/** Notes that an article rests on a cause. With a note, an editor knew it when it was published. */
export async function flag(tx: Writer, cause: CauseRow, articleId: string, note: string | null = null) {
  const row = (await ofArticle(tx, articleId)).find(({ causeId }) => causeId === cause.id)
  const cleared = note === null ? null : { note, clearedAt: tx.now, clearedBy: tx.actor.name }
  const state = cleared ? 'cleared' : 'open'
  const set = { ...(cleared ?? { note, clearedAt: null, clearedBy: null }), state, run: cause.run }
  if (row === undefined) {
    const added = { ...set, id: newId('rev'), causeId: cause.id, articleId, at: tx.now }
    await insertAll(tx, tx.t.reviews, [added])
    await tell(tx, added, 'flag', { reason: cause.reason, kind: cause.kind, subjectId: cause.subjectId })
  } else if (row.state === 'moot' || (row.state === 'open' && cleared)) {
    await updateRow(tx, tx.t.reviews, { id: row.id }, set)
    await tell(tx, row, cleared ? 'clear' : 'flag', cleared ? { note } : { reason: cause.reason })
  } else await updateRow(tx, tx.t.reviews, { id: row.id }, { run: cause.run })
}

/** Notes that an article does not rest on a cause any more. */
export async function settle(tx: Writer, row: Row) {
  await updateRow(tx, tx.t.reviews, { id: row.id }, { state: 'moot' })
  await tell(tx, row, 'clear', { note: 'It does not rest on it any more.' })
}

const tell = (
  tx: Writer,
  { id, articleId, causeId }: Pick<Row, 'id' | 'articleId' | 'causeId'>,
  action: 'flag' | 'clear',
  detail: object
) =>
  changes.append(tx, {
    ...{ action, kind: 'article', id: articleId, articleId },
    detail: { reviewId: id, causeId, ...detail }
  })

const withCause = ({ q, t: { reviews, causes } }: Reader) =>
  q
    .select({ review: getTableColumns(reviews), cause: getTableColumns(causes) })
    .from(reviews)
    .innerJoin(causes, eq(causes.id, reviews.causeId))

const wireForm = ({ review, cause }: { review: Row; cause: CauseRow }): Review => ({
  id: review.id,
  articleId: review.articleId,
  cause: causeOf(cause),
  state: review.state as Review['state'],
  at: review.at,
  note: review.note,
  clearedAt: review.clearedAt,
  clearedBy: review.clearedBy
})

/** The review of this id, or undefined. */
export async function byId(db: Reader, id: string): Promise<Review | undefined> {
  const [row] = await withCause(db).where(eq(db.t.reviews.id, id))
  return row && wireForm(row)
}

/** Newest first; those of doubts that have ended are not open, even before their rows follow. */
export async function list(db: Reader, query: ReviewQuery, limit: number, after?: string) {
  const { reviews, causes } = db.t
  const { state = 'open', cause, article } = query
  const rows = await withCause(db)
    .where(
      and(
        eq(reviews.state, state),
        state === 'open' ? isNull(causes.endedAt) : undefined,
        after === undefined ? undefined : lt(reviews.id, after),
        cause && inArray(reviews.causeId, cause),
        article && inArray(reviews.articleId, article)
      )
    )
    .orderBy(desc(reviews.id))
    .limit(limit)
  return rows.map(wireForm)
}

/** Clears a review with a note. Throws 404, and 409 where there is nothing to clear. */
export async function clear(tx: Writer, id: string, note: string): Promise<Review> {
  const { reviews } = tx.t
  const [row] = await tx.q.select().from(reviews).where(eq(reviews.id, id))
  const { articleId, causeId, state } = found(row, 'review')
  found(await articles.byIdOrSlug(tx, articleId), 'article')
  if (state !== 'open')
    throw new HttpProblem('conflict', `There is nothing to clear: the review is ${state}.`)
  await updateRow(
    tx,
    reviews,
    { id },
    { state: 'cleared', note, clearedAt: tx.now, clearedBy: tx.actor.name }
  )
  await tell(tx, { id, articleId, causeId }, 'clear', { note })
  return (await byId(tx, id))!
}
