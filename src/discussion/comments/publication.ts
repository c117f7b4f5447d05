// What the public sees of the comments: those that were approved, with all above them approved.
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

/** How many comments are put on the newsstand in one turn of the event loop: some milliseconds. */
const atOnce = 100

/** What is approved of a thread, from one place in it to before another, in its order. */
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

/** Brings what the public sees of a comment and its replies up to date with the desk, where `before` was its status. */
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

/** Where a thread that begins so is over: ids have no tilde. */
const endOf = (thread: string) => `${thread}~`

/**
 * Puts what the public may see of a thread on the newsstand, where nothing of it is: what is approved, with all above it
 * approved. `shown` is the comment above that is there, null where there is none. It is one transaction, in many turns of
 * the event loop.
 */
async function show(
  tx: Writer,
  range: { articleId: string; from: string; end: string },
  shown: string | null
) {
  const parents = new Set([shown])
  let from = range.from
  for (;;) {
    const rows = await approvedQuery(tx).execute({ ...range, from, limit: atOnce + 1 })
    for (const comment of rows.slice(0, atOnce)) {
      if (!parents.has(comment.parentId)) continue
      parents.add(comment.id)
      await put(tx, document(comment))
    }
    if (rows.length <= atOnce) return
    from = rows[atOnce]!.thread
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

/** Puts a new comment on the newsstand, below one that is shown there. */
export const place = (tx: Writer, added: Row) => add(tx, document(added))

/** Puts every comment of an article that is published (again) on the newsstand. */
export const placeAll = (tx: Writer, articleId: string) => show(tx, { articleId, ...everything }, null)

/** Takes every comment of an article from the newsstand. */
export const withdrawAll = (tx: Writer, articleId: string) =>
  withdrawRange(tx, { kind: 'comment', articleId, ...everything })

const everything = { from: '', end: '~' }
