// What the author of a comment may do to it, with the edit key they were given, for some minutes.
import { and, eq, sql } from 'drizzle-orm'
import * as articles from '../articles/store.ts'
import { hashed } from '../comments/editkey.ts'
import { editMinutes } from '../comments/limits.ts'
import { publicForm } from '../comments/showing.ts'
import { type Row, takeAway, write } from '../comments/store.ts'
import { record } from '../decisions/store.ts'
import { found, HttpProblem } from '../problems.ts'
import { prepared, type Writer } from '../storage/database.ts'
import type { EditedOwnComment, OwnComment } from './schema.ts'

/** What the rules say of a comment that was edited: what becomes of it, and why. */
export type Judge = (tx: Writer, comment: Row) => Promise<Pick<Row, 'status' | 'rules' | 'fingerprint'>>

/** Where nobody looks at comments before they are public, an edited one stays so; elsewhere it waits again. */
export const byPolicy: Judge = async (tx, { articleId, status, rules, fingerprint }) => {
  const { commentPolicy } = (await articles.byName(tx, articleId))!
  return { status: commentPolicy.mode === 'open' ? status : 'pending', rules, fingerprint }
}

const ownQuery = prepared(({ q, t: { comments } }) =>
  q
    .select()
    .from(comments)
    .where(and(eq(comments.id, sql.placeholder('id')), eq(comments.editKey, sql.placeholder('hash'))))
    .prepare('own_comment')
)

/** The comment that the key belongs to. Throws 404 for any other, and 409 when its author's time is over. */
async function own(tx: Writer, id: string, editKey: string): Promise<Row> {
  const [row] = await ownQuery(tx).execute({ id, hash: hashed(editKey) })
  const { createdAt } = found(row, 'comment')
  const minutes = editMinutes()
  if (Date.parse(tx.now) - Date.parse(createdAt) > minutes * 60_000)
    throw new HttpProblem(
      'conflict',
      `Its author may change a comment for ${minutes} minutes; they are over.`
    )
  return row!
}

/** Takes the new words of its author: they are judged as those of a new comment. Throws 404, 409. */
export async function edit(
  tx: Writer,
  id: string,
  { editKey, body }: EditedOwnComment,
  judge: Judge = byPolicy
): Promise<OwnComment> {
  const before = await own(tx, id, editKey)
  if (before.status === 'rejected' || before.status === 'spam')
    throw new HttpProblem('conflict', 'It was not accepted: there is nothing to edit.')
  const judged = await judge(tx, { ...before, body })
  const after = await write(tx, before, 'update', { body, editedAt: tx.now, ...judged })
  await record(tx, 'edit', before, after)
  return { ...publicForm(after), status: after.status }
}

/** Deletes the comment for its author; where others answered, its place stays, empty. Throws 404, 409. */
export async function remove(tx: Writer, id: string, editKey: string) {
  await takeAway(tx, await own(tx, id, editKey))
}
