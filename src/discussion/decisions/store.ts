// The history of a comment: decisions and edits.
import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import type { CommentDecision, NewDecision } from './schema.ts'

type Comment = Pick<Tables['comments']['$inferSelect'], 'id' | 'status'>

const given = sql.placeholder
const recordQuery = prepared(({ q, t: { commentDecisions } }: Writer) =>
  q
    .insert(commentDecisions)
    .values({
      commentId: given('commentId'),
      at: given('at'),
      actor: given('actor'),
      decision: given('decision'),
      before: given('before'),
      after: given('after'),
      reasons: given('reasons'),
      note: given('note')
    })
    .prepare('record_decision')
)

/** Adds to the history of a comment. */
export async function record(
  tx: Writer,
  decision: CommentDecision['decision'],
  before: Comment,
  after: Comment,
  { reasons = [], note = null }: NewDecision = {}
) {
  await recordQuery(tx).execute({
    commentId: after.id,
    at: tx.now,
    actor: tx.actor.name,
    decision,
    before: before.status,
    after: after.status,
    reasons,
    note
  })
}

/** The latest first, below this number. */
export async function list(
  { q, t: { commentDecisions: d } }: Reader,
  commentId: string,
  limit: number,
  before?: number
): Promise<CommentDecision[]> {
  const rows = await q
    .select()
    .from(d)
    .where(and(eq(d.commentId, commentId), before === undefined ? undefined : lt(d.seq, before)))
    .orderBy(desc(d.seq))
    .limit(limit)
  return rows.map(({ commentId: _, ...row }) => row as CommentDecision)
}
