// Authors edit and delete their own comments with the edit key that they received, for some minutes.
import { and, eq, sql } from 'drizzle-orm'
import { isNotTrashed } from '../../content/articles/soft-deletion.ts'
import { found, HttpProblem } from '../../http/problems.ts'
import { prepared, type Writer } from '../../storage/database.ts'
import { hashed } from '../../storage/secrets.ts'
import { withCount } from '../../storage/text/with-count.ts'
import type { EditJudge } from '../comments/edits.ts'
import { shownStatus } from '../comments/posting.ts'
import { publicForm } from '../comments/publication.ts'
import { type Row, removeOrEmpty, write } from '../comments/store.ts'
import { record } from '../decisions/store.ts'
import { effective } from '../settings/store.ts'
import type { EditedOwnComment, OwnComment } from './schema.ts'

const ownQuery = prepared((db) => {
  const { comments } = db.t
  const own = and(eq(comments.id, sql.placeholder('id')), eq(comments.editKey, sql.placeholder('hash')))
  return db.q
    .select()
    .from(comments)
    .where(and(own, isNotTrashed(db, comments.articleId)))
    .prepare('own_comment')
})

/** The comment of this edit key. Throws 404 for another key, and 409 after the edit window. */
async function ownComment(tx: Writer, id: string, editKey: string): Promise<Row> {
  const [row] = await ownQuery(tx).execute({ id, hash: hashed(editKey) })
  const { createdAt } = found(row, 'comment with this editKey')
  const { editMinutes: minutes } = (await effective(tx)).settings
  if (Date.parse(tx.now) - Date.parse(createdAt) > minutes * 60_000)
    throw new HttpProblem(
      'conflict',
      `Its author may change a comment for ${withCount(minutes, 'minute')}: that time is over.`
    )
  return row!
}

/** Edits a comment for its author; the rules apply as to a new one. Throws 404, 409, 403, 422. */
export async function edit(
  tx: Writer,
  id: string,
  { editKey, body }: EditedOwnComment,
  judge: EditJudge
): Promise<OwnComment> {
  const before = await ownComment(tx, id, editKey)
  if (before.status === 'rejected' || before.status === 'spam')
    throw new HttpProblem('conflict', 'It was not accepted: there is nothing to edit.')
  const judged = await judge(tx, { ...before, body })
  const after = await write(tx, before, 'update', { body, editedAt: tx.now, ...judged })
  await record(tx, 'edit', before, after)
  return { ...publicForm(after), status: shownStatus(after) }
}

/** Deletes a comment for its author; one with replies becomes an empty placeholder. Throws 404, 409. */
export async function remove(tx: Writer, id: string, editKey: string) {
  await removeOrEmpty(tx, await ownComment(tx, id, editKey))
}
