// Applying the verdict of the spam service to a comment.
import type { Writer } from '../../../storage/database.ts'
import { statusOf } from '../../comments/posting.ts'
import { row, write } from '../../comments/store.ts'
import { record } from '../../decisions/store.ts'
import type { Policy } from '../../settings/policy.ts'
import type { AkismetVerdict } from './client.ts'

const rule = 'akismet'

/**
 * Marks a comment as spam, or releases it from being held. A comment that was decided on, edited or deleted meanwhile
 * is not changed.
 */
export async function applyVerdict(
  tx: Writer,
  id: string,
  opinion: AkismetVerdict,
  policy: Pick<Policy, 'mode'>
) {
  const before = await row(tx, id)
  if (before?.status !== 'pending' || before.version !== 1) return
  const others = before.rules.filter((mark) => mark.rule !== rule)
  const spam = { rule, outcome: 'spam' as const, matched: 'it is said to be spam' }
  const rules = opinion === 'spam' ? [...others, spam] : others
  const status = statusOf(rules, policy)
  if (status === 'pending') return void (await write(tx, before, 'update', { rules }))
  const decision = status === 'spam' ? 'spam' : 'approve'
  await record(tx, decision, before, await write(tx, before, decision, { rules, status }))
}
