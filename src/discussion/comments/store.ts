import { and, eq, sql } from 'drizzle-orm'
import type { Action } from '../../changes/log/events.ts'
import * as changes from '../../changes/log/store.ts'
import { isNotTrashed } from '../../content/articles/soft-deletion.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { HttpProblem } from '../../http/problems.ts'
import { withdraw } from '../../newsstand/documents/document.ts'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import { record } from '../decisions/store.ts'
import { isEmptied as isPlaceholder, publicForm, updatePublication, withdrawPlaces } from './publication.ts'
import type { DraftComment, EditedComment } from './schema.ts'

export type Row = Tables['comments']['$inferSelect']

export const draftForm = (row: Row): DraftComment => ({
  ...publicForm(row),
  author: { name: row.authorName, key: row.author, emailHash: row.email, email: null },
  network: row.network,
  status: row.status,
  reasons: row.reasons,
  rules: row.rules,
  reports: row.reports,
  version: row.version,
  updatedAt: row.updatedAt
})

const rowQuery = prepared((db) => {
  const { comments } = db.t
  return db.q
    .select()
    .from(comments)
    .where(and(eq(comments.id, sql.placeholder('id')), isNotTrashed(db, comments.articleId)))
    .prepare('comment_by_id')
})

/** The row itself, for moderation. */
export async function row(db: Reader, id: string): Promise<Row | undefined> {
  const [found] = await rowQuery(db).execute({ id })
  return found
}

export async function byId(db: Reader, id: string): Promise<DraftComment | undefined> {
  const found = await row(db, id)
  return found && draftForm(found)
}

/** Edits a comment for a moderator. Throws 404, 409 for a placeholder, 412, and what `edit` throws. */
export async function change(
  tx: Writer,
  id: string,
  versions: Expected,
  edit: (now: EditedComment) => EditedComment
) {
  const before = checkVersion(await row(tx, id), versions, 'comment')
  if (isPlaceholder(before))
    throw new HttpProblem('conflict', 'Its author deleted it: only its place is left.')
  const { authorName: name, body } = before
  const input = edit({ author: { name }, body })
  const after = await write(tx, before, 'update', {
    authorName: input.author.name,
    body: input.body,
    editedAt: tx.now
  })
  await record(tx, 'edit', before, after)
  return draftForm(after)
}

/** The columns that a write may change. */
const writableColumns = [
  'authorName',
  'body',
  'status',
  'reasons',
  'rules',
  'reports',
  'fingerprint',
  'editedAt',
  'version',
  'updatedAt'
] as const

const updateQuery = prepared(({ q, t: { comments } }: Writer) => {
  const set = writableColumns.map((name) => [name, sql`${sql.param(sql.placeholder(name), comments[name])}`])
  return q
    .update(comments)
    .set(Object.fromEntries(set))
    .where(and(eq(comments.id, sql.placeholder('id')), eq(comments.version, sql.placeholder('known'))))
    .returning()
    .prepare('write_comment')
})

/** Writes changed columns, logs the change, and updates the publication. */
export async function write(tx: Writer, before: Row, action: Action, set: Partial<Row>): Promise<Row> {
  const { id, articleId, version } = before
  const next = { version: version + 1, updatedAt: tx.now }
  const [after] = await updateQuery(tx).execute({ ...before, ...set, ...next, known: version })
  await changes.append(tx, { action, kind: 'comment', id, articleId, version: next.version })
  await updatePublication(tx, after!, before.status)
  return after!
}

/** Deletes a comment without replies. Throws 404, 412, and 409 for one with replies. */
export async function remove(tx: Writer, id: string, versions: Expected) {
  const before = checkVersion(await row(tx, id), versions, 'comment')
  if (await isAnswered(tx, id))
    throw new HttpProblem(
      'in-use',
      'Others have answered this comment. Reject it, which hides it with its answers, or delete those first.'
    )
  await deleteRow(tx, before)
}

/** Deletes a comment, and the placeholders above it that have no replies any more. */
async function deleteRow(tx: Writer, { id, articleId, parentId }: Row) {
  await tx.q.delete(tx.t.comments).where(eq(tx.t.comments.id, id))
  await withdraw(tx, 'comment', id)
  await changes.append(tx, { action: 'delete', kind: 'comment', id, articleId })
  const above = parentId && (await row(tx, parentId))
  if (!above || !isPlaceholder(above)) return
  if (await isAnswered(tx, above.id)) await withdrawPlaces(tx, above.id)
  else await deleteRow(tx, above)
}

async function isAnswered({ q, t: { comments } }: Reader, id: string): Promise<boolean> {
  const [reply] = await q.select({ id: comments.id }).from(comments).where(eq(comments.parentId, id)).limit(1)
  return reply !== undefined
}

/** Deletes a comment; one with replies becomes a placeholder without any data of its author. */
export async function removeOrEmpty(tx: Writer, before: Row): Promise<'deleted' | 'emptied'> {
  const { q, t } = tx
  const { id } = before
  if (!(await isAnswered(tx, id))) {
    await deleteRow(tx, before)
    return 'deleted'
  }
  // Decisions and reports about the text are deleted as well.
  await q.delete(t.commentDecisions).where(eq(t.commentDecisions.commentId, id))
  await q.delete(t.commentReports).where(eq(t.commentReports.commentId, id))
  const nobody = { author: null, email: null, network: null, sealedEmail: null, editKey: null }
  await q.update(t.comments).set(nobody).where(eq(t.comments.id, id))
  const nothing = {
    authorName: '',
    body: '',
    reasons: [],
    rules: [],
    reports: 0,
    fingerprint: null,
    editedAt: null
  }
  await write(tx, before, 'delete', nothing)
  return 'emptied'
}
