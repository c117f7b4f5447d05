// Publishing comments: one is public if it is approved and so are all its ancestors.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, eq, gte, lt, sql } from 'drizzle-orm'
import { add, type Document, put } from '../../newsstand/documents/document.ts'
import * as newsstand from '../../newsstand/documents/published.ts'
import { withdrawRange } from '../../newsstand/documents/range.ts'
import { prepared, type Tables, type Writer } from '../../storage/database.ts'
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

/** How many comments are published in one turn of the event loop: some milliseconds. */
const batchSize = 100

/** The approved comments of a range of a thread, in thread order. */
const approvedQuery = prepared(({ q, t: { comments } }) =>
  q
    .select()
    .from(comments)
    .where(
      and(
        eq(comments.articleId, sql.placeholder('articleId')),
        gte(comments.thread, sql.placeholder('from')),
        lt(comments.thread, sql.placeholder('end')),
        eq(comments.status, 'approved')
      )
    )
    .orderBy(asc(comments.thread))
    .limit(sql.placeholder('limit'))
    .prepare('approved_comments')
)

/** Updates the publication of a comment and its replies after a change of status from `before`. */
export async function refresh(tx: Writer, changed: Row, before: Row['status']) {
  const { id, articleId, parentId, thread, status } = changed
  const [was, is] = [before === 'approved', status === 'approved']
  if (was && (await newsstand.isPublished(tx, 'comment', id))) {
    if (is) await put(tx, document(changed))
    else await withdrawRange(tx, { kind: 'comment', articleId, from: thread, end: endOf(thread) })
  } else if (is && !was && (await newsstand.isPublished(tx, 'article', articleId))) {
    if (parentId !== null && !(await newsstand.isPublished(tx, 'comment', parentId))) return
    await show(tx, { articleId, from: thread, end: endOf(thread) }, parentId)
  }
}

/** The end of the range of a thread path: ids contain no tilde. */
const endOf = (thread: string) => `${thread}~`

/**
 * Publishes a thread of which nothing is public: its comments that are approved and whose ancestors are. `shown` is the
 * public parent, or null. One transaction, in many turns of the event loop.
 */
async function show(
  tx: Writer,
  range: { articleId: string; from: string; end: string },
  shown: string | null
) {
  const parents = new Set([shown])
  let from = range.from
  for (;;) {
    const rows = await approvedQuery(tx).execute({ ...range, from, limit: batchSize + 1 })
    for (const comment of rows.slice(0, batchSize)) {
      if (!parents.has(comment.parentId)) continue
      parents.add(comment.id)
      await put(tx, document(comment))
    }
    if (rows.length <= batchSize) return
    from = rows[batchSize]!.thread
    await nextTurn()
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

/** Publishes a new comment below a public one. */
export const place = (tx: Writer, added: Row) => add(tx, document(added))

/** Publishes all comments of an article that is published (again). */
export const placeAll = (tx: Writer, articleId: string) => show(tx, { articleId, ...everything }, null)

/** Withdraws all comments of an article. */
export const withdrawAll = (tx: Writer, articleId: string) =>
  withdrawRange(tx, { kind: 'comment', articleId, ...everything })

const everything = { from: '', end: '~' }
