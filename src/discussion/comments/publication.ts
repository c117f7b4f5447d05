// Publishing comments: one is public if it is approved and so are all its ancestors; an empty place, while an answer below is.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, eq, gte, lt, sql } from 'drizzle-orm'
import { type Document, withdraw } from '../../newsstand/documents/document.ts'
import * as newsstand from '../../newsstand/documents/published.ts'
import { add, put } from '../../newsstand/documents/put.ts'
import { withdrawRange } from '../../newsstand/documents/range.ts'
import { findDocuments } from '../../newsstand/lists/query.ts'
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

/** Whether a comment is the empty place of one that was deleted. */
export const isEmptied = ({ body }: Pick<Row, 'body'>) => body === ''

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

const rowQuery = prepared(({ q, t: { comments } }) =>
  q
    .select()
    .from(comments)
    .where(eq(comments.id, sql.placeholder('id')))
    .prepare('comment_in_thread')
)

/** Updates the publication of a comment and its replies after a change of status from `before`. */
export async function updatePublication(tx: Writer, changed: Row, before: Row['status']) {
  const { id, articleId, parentId, thread, status } = changed
  const [was, is] = [before === 'approved', status === 'approved']
  if (was && (await newsstand.isPublished(tx, 'comment', id))) {
    if (is && (!isEmptied(changed) || (await isAnswered(tx, id)))) return put(tx, document(changed))
    await withdrawRange(tx, { kind: 'comment', articleId, from: thread, end: endOf(thread) })
    await withdrawPlaces(tx, parentId)
  } else if (is && !was && (await newsstand.isPublished(tx, 'article', articleId))) {
    const top = await topOf(tx, changed)
    if (top) await publishThread(tx, { articleId, from: top.thread, end: endOf(top.thread) }, top.parentId)
  }
}

/** Whether an answer to the comment is public. */
const isAnswered = async (tx: Writer, id: string) =>
  (await findDocuments(tx, { kind: 'comment', facets: { parent: [id] }, ascending: true, limit: 1 })).length >
  0

/** Withdraws the empty places from this one upwards that have no public answer any more. */
export async function withdrawPlaces(tx: Writer, from: string | null) {
  for (let id = from; id !== null; ) {
    const [place] = await rowQuery(tx).execute({ id })
    if (!isEmptied(place!) || (await isAnswered(tx, id))) return
    await withdraw(tx, 'comment', id)
    id = place!.parentId
  }
}

/** The topmost of the empty places that come back with an answer, or the answer; undefined below what is not public. */
async function topOf(tx: Writer, row: Row): Promise<Row | undefined> {
  const { parentId } = row
  if (parentId === null || (await newsstand.isPublished(tx, 'comment', parentId))) return row
  const [parent] = await rowQuery(tx).execute({ id: parentId })
  return parent && isEmptied(parent) && parent.status === 'approved' ? topOf(tx, parent) : undefined
}

/** The end of the range of a thread path: ids contain no tilde. */
const endOf = (thread: string) => `${thread}~`

/**
 * Publishes a thread of which nothing is public: its comments that are approved and whose ancestors are. `shown` is the
 * public parent, or null. One transaction, in many turns of the event loop.
 */
async function publishThread(
  tx: Writer,
  range: { articleId: string; from: string; end: string },
  shown: string | null
) {
  const parents = new Set([shown])
  // Empty places, until an answer comes that is to be seen.
  const places = new Map<string | null, Row>()
  let from = range.from
  for (;;) {
    const rows = await approvedQuery(tx).execute({ ...range, from, limit: batchSize + 1 })
    for (const comment of rows.slice(0, batchSize)) {
      if (!parents.has(comment.parentId)) continue
      parents.add(comment.id)
      if (isEmptied(comment)) places.set(comment.id, comment)
      else for (const row of [...taken(places, comment.parentId), comment]) await put(tx, document(row))
    }
    if (rows.length <= batchSize) return
    from = rows[batchSize]!.thread
    await nextTurn()
  }
}

/** Takes the empty places from this one upwards out of those that wait, the topmost first. */
function taken(places: Map<string | null, Row>, id: string | null): Row[] {
  const place = places.get(id)
  if (!place) return []
  places.delete(id)
  return [...taken(places, place.parentId), place]
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
export const publishComment = (tx: Writer, added: Row) => add(tx, document(added))

/** Publishes all comments of an article that is published (again). */
export const publishAll = (tx: Writer, articleId: string) =>
  publishThread(tx, { articleId, ...everything }, null)

/** Withdraws all comments of an article. */
export const withdrawAll = (tx: Writer, articleId: string) =>
  withdrawRange(tx, { kind: 'comment', articleId, ...everything })

const everything = { from: '', end: '~' }
