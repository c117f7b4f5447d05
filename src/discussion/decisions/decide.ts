// Moderation decisions. Permissions are in access/permissions.ts.
import { isDeepStrictEqual } from 'node:util'
import { checkVersion, type Expected } from '../../http/etag.ts'
import type { Writer } from '../../storage/database.ts'
import type { DraftComment } from '../comments/schema.ts'
import { draftForm, type Row, row, write } from '../comments/store.ts'
import type { Decided, DecisionName, NewDecision, NewDecisions } from './schema.ts'
import { record } from './store.ts'

interface Decision {
  to: DraftComment['status']
  summary: string
}

/** All decisions. Each is possible from every status, and leads to its own. */
export const decisions: Record<DecisionName, Decision> = {
  approve: { to: 'approved', summary: 'Show a comment to the public, once every comment above it is shown.' },
  reject: { to: 'rejected', summary: 'Keep a comment, and what answers it, from the public.' },
  spam: { to: 'spam', summary: 'Mark a comment as spam: the public does not see it, nor what answers it.' },
  restore: { to: 'pending', summary: 'Take back what was decided: the comment waits again.' }
}

/**
 * Decides on a comment, and resets its count of reports. A decision without effect, such as one sent twice, writes
 * nothing. Throws 404, 412.
 */
export async function decide(
  tx: Writer,
  id: string,
  versions: Expected,
  decision: DecisionName,
  input: NewDecision
): Promise<DraftComment> {
  return draftForm(
    await applyDecision(tx, checkVersion(await row(tx, id), versions, 'comment'), decision, input)
  )
}

async function applyDecision(
  tx: Writer,
  before: Row,
  decision: DecisionName,
  input: NewDecision
): Promise<Row> {
  const { reasons = [], note } = input
  const set = { status: decisions[decision].to, reasons, reports: 0 }
  if (!note && isDeepStrictEqual({ ...before, ...set }, before)) return before
  const after = await write(tx, before, decision, set)
  await record(tx, decision, before, after, input)
  return after
}

/** Takes the same decision on several comments, and answers the ids that do not exist. */
export async function decideAll(tx: Writer, { decision, ids, ...input }: NewDecisions): Promise<Decided> {
  const results: Decided['results'] = []
  for (const id of ids) {
    const before = await row(tx, id)
    if (before === undefined) {
      results.push({ id, status: null, version: null, detail: 'There is no such comment.' })
      continue
    }
    const { status, version } = await applyDecision(tx, before, decision, input)
    results.push({ id, status, version, detail: null })
  }
  return { results }
}
