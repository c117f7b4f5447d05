// Adding a comment to its thread.
import { eq, sql } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { newId } from '../../http/ids.ts'
import { unprocessable } from '../../http/problems.ts'
import * as newsstand from '../../newsstand/documents/published.ts'
import { insertAll } from '../../storage/columns/rows.ts'
import { prepared, type Writer } from '../../storage/database.ts'
import { publishComment } from './publication.ts'
import type { NewComment } from './schema.ts'
import type { Row } from './store.ts'

export const maxDepth = 8

/** Creates a pending comment without applying rules, for the sample newsroom. Throws 422 for a missing parent. */
export const create = async (tx: Writer, { id }: { id: string }, input: NewComment): Promise<Row> =>
  add(tx, id, input, await parentOf(tx, id, input), { status: 'pending' })

export type InitialValues = Pick<Row, 'status'> & Partial<Omit<Row, 'id'>>
export type Parent = Pick<Row, 'id' | 'articleId' | 'thread' | 'depth'>

/** Adds a comment to its thread, below its parent; an approved one is public at once. */
export async function add(...given: Parameters<typeof insert>): Promise<Row> {
  const row = await insert(...given)
  if (row.status === 'approved') await publishComment(given[0], row)
  return row
}

/** Adds a comment to its thread, below its parent, and publishes nothing. */
async function insert(
  tx: Writer,
  articleId: string,
  input: NewComment,
  parent: Parent | undefined,
  given: InitialValues
): Promise<Row> {
  const row = newRow(tx, articleId, input, parent, given)
  await insertRows(tx, [row])
  return row
}

/** A new comment below its parent, as it is to be inserted. */
export function newRow(
  { now }: Writer,
  articleId: string,
  input: NewComment,
  parent: Parent | undefined,
  given: InitialValues
): Row {
  const id = newId('com')
  return {
    id,
    articleId,
    parentId: parent?.id ?? null,
    depth: (parent?.depth ?? 0) + 1,
    thread: `${parent?.thread ?? ''}${id.slice('com_'.length)}`,
    authorName: input.author.name,
    body: input.body,
    reasons: [],
    editedAt: null,
    author: null,
    email: null,
    network: null,
    sealedEmail: null,
    editKey: null,
    rules: [],
    fingerprint: null,
    reports: 0,
    version: 1,
    createdAt: now,
    updatedAt: now,
    ...given
  }
}

/** Inserts new comments, each behind what it answers, and publishes nothing. */
export async function insertRows(tx: Writer, rows: Row[]) {
  await insertAll(tx, tx.t.comments, rows)
  const logged = rows.map(({ id, articleId }) => ({ id, articleId, version: 1 }))
  await changes.appendAll(
    tx,
    logged.map((one) => ({ action: 'create', kind: 'comment', ...one }))
  )
}

const given = sql.placeholder

const parentQuery = prepared(({ q, t: { comments: c } }) =>
  q
    .select({ id: c.id, articleId: c.articleId, thread: c.thread, depth: c.depth })
    .from(c)
    .where(eq(c.id, given('id')))
    .prepare('parent_of_comment')
)

/** The parent, which must be public. Throws the same 422 for a hidden and a missing one, and one at the maximum depth. */
export async function parentOf(
  tx: Writer,
  articleId: string,
  { parentId }: NewComment
): Promise<Parent | undefined> {
  if (!parentId) return undefined
  const visible = await newsstand.isPublished(tx, 'comment', parentId)
  const [parent] = visible ? await parentQuery(tx).execute({ id: parentId }) : []
  if (parent?.articleId !== articleId)
    throw unprocessable(
      '/parentId',
      'There is no such comment on this article: answer one that is approved, or send null.'
    )
  if (parent.depth >= maxDepth)
    throw unprocessable('/parentId', `Replies nest ${maxDepth} deep and no deeper.`)
  return parent
}
