// What becomes of a comment when the service that was asked about it has answered.
import { and, eq } from 'drizzle-orm'
import type { Opinion } from '../akismet/asking.ts'
import * as changes from '../changes/store.ts'
import type { Policy } from '../settings/policy.ts'
import type { Writer } from '../storage/database.ts'
import { statusOf } from './posting.ts'
import { refresh } from './showing.ts'
import { row } from './store.ts'

const rule = 'akismet'

/**
 * Marks a comment as spam, or lifts the hold. A comment that somebody decided on meanwhile, edited or deleted, stays as
 * it is.
 */
export async function settle(tx: Writer, id: string, opinion: Opinion, policy: Pick<Policy, 'mode'>) {
  const { q, t, now, actor } = tx
  const before = await row(tx, id)
  if (before?.status !== 'pending' || before.version !== 1) return
  const others = before.rules.filter((mark) => mark.rule !== rule)
  const spam = { rule, outcome: 'spam' as const, matched: 'it is said to be spam' }
  const rules = opinion === 'spam' ? [...others, spam] : others
  const status = statusOf(rules, policy)
  const version = before.version + 1
  const [after] = await q
    .update(t.comments)
    .set({ rules, status, version, updatedAt: now })
    .where(and(eq(t.comments.id, id), eq(t.comments.version, before.version)))
    .returning()
  if (status !== 'pending') {
    const decision = status === 'spam' ? 'spam' : 'approve'
    const decided = { at: now, actor: actor.name, decision, before: before.status, after: status }
    await q.insert(t.commentDecisions).values({ commentId: id, ...decided, reasons: [] })
  }
  const action = status === 'approved' ? 'approve' : 'update'
  await changes.append(tx, { action, kind: 'comment', id, articleId: before.articleId, version })
  await refresh(tx, after!)
}
