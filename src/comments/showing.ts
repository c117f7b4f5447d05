// What the public sees of the comments: those that were approved, with all above them approved.
import { and, asc, eq, gte, lt, sql } from 'drizzle-orm'
import { add, type Document, put, withdraw } from '../newsstand/document.ts'
import * as newsstand from '../newsstand/published.ts'
import { prepared, type Tables, type Writer } from '../storage/database.ts'
import type { Comment } from './schema.ts'

type Row = Tables['comments']['$inferSelect']

export const publicForm = (row: Row): Comment => ({
  id: row.id,
  articleId: row.articleId,
  parentId: row.parentId,
  depth: row.depth,
  author: { name: row.authorName },
  body: row.body,
  createdAt: row.createdAt,
  editedAt: row.editedAt
})

const belowQuery = prepared(({ q, t: { comments } }) =>
  q
    .select()
    .from(comments)
    .where(
      and(
        eq(comments.articleId, sql.placeholder('articleId')),
        gte(comments.thread, sql.placeholder('thread')),
        lt(comments.thread, sql.placeholder('end'))
      )
    )
    .orderBy(asc(comments.thread))
    .prepare('comments_below')
)

/** Brings what the public sees of a comment and its replies up to date with the desk. */
export async function refresh(tx: Writer, changed: Row) {
  const { id, articleId, parentId, thread, status } = changed
  // What was not shown and is not to be, as every comment that waits: nothing below it is shown either.
  if (status !== 'approved' && !(await newsstand.isPublished(tx, 'comment', id))) return
  if (!(await newsstand.isPublished(tx, 'article', articleId))) return
  const rows = await belowQuery(tx).execute({ articleId, thread, end: `${thread}~` })
  const above = parentId === null || (await newsstand.isPublished(tx, 'comment', parentId))
  await show(tx, rows, above ? parentId : undefined)
}

/**
 * Puts the rows that the public may see on the newsstand and takes the others from it. Rows come in thread order;
 * `shownParent` is the parent above them that is shown, null where there is none, undefined where it is hidden.
 */
async function show(tx: Writer, rows: Row[], shownParent: string | null | undefined) {
  const shown = new Set<string | null | undefined>(shownParent === undefined ? [] : [null, shownParent])
  for (const comment of rows) {
    if (comment.status === 'approved' && shown.has(comment.parentId)) {
      shown.add(comment.id)
      await put(tx, document(comment))
    } else await withdraw(tx, 'comment', comment.id)
  }
}

const document = (row: Row): Document => ({
  kind: 'comment',
  id: row.id,
  articleId: row.articleId,
  position: row.thread,
  value: publicForm(row),
  facets: { article: [row.articleId], ...(row.parentId && { parent: [row.parentId] }) }
})

/** Puts a new comment on the newsstand, below one that is shown there. */
export const place = (tx: Writer, added: Row) => add(tx, document(added))

/** Puts every comment of an article that is published (again) on the newsstand. */
export async function placeAll(tx: Writer, articleId: string) {
  const { comments } = tx.t
  const rows = await tx.q
    .select()
    .from(comments)
    .where(eq(comments.articleId, articleId))
    .orderBy(asc(comments.thread))
  await show(tx, rows, null)
}

/** Takes every comment of an article from the newsstand. */
export async function withdrawAll(tx: Writer, articleId: string) {
  const { comments } = tx.t
  const rows = await tx.q.select({ id: comments.id }).from(comments).where(eq(comments.articleId, articleId))
  for (const { id } of rows) await withdraw(tx, 'comment', id)
}
