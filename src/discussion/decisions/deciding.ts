// What moderators decide. Who may stands in auth.ts.
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

/** Every decision there is. Each may be taken on any comment: it leads from every status to its own. */
export const decisions: Record<DecisionName, Decision> = {
  approve: { to: 'approved', summary: 'Show a comment to the public, once every comment above it is shown.' },
  reject: { to: 'rejected', summary: 'Keep a comment, and what answers it, from the public.' },
  spam: { to: 'spam', summary: 'Mark a comment as spam: the public does not see it, nor what answers it.' },
  restore: { to: 'pending', summary: 'Take back what was decided: the comment waits again.' }
}

/**
 * Decides on a comment; from then on its reports are counted anew. A decision that leaves everything as it is, as one
 * sent twice does, writes nothing. Throws 404, 412.
 */
export async function decide(
  tx: Writer,
  id: string,
  versions: Expected,
  decision: DecisionName,
  input: NewDecision
): Promise<DraftComment> {
  return draftForm(await decided(tx, checkVersion(await row(tx, id), versions, 'comment'), decision, input))
}

async function decided(tx: Writer, before: Row, decision: DecisionName, input: NewDecision): Promise<Row> {
  const { reasons = [], note } = input
  const set = { status: decisions[decision].to, reasons, reports: 0 }
  if (!note && isDeepStrictEqual({ ...before, ...set }, before)) return before
  const after = await write(tx, before, decision, set)
  await record(tx, decision, before, after, input)
  return after
}

/** Decides alike on all that are there, and names those that are not. */
export async function decideAll(tx: Writer, { decision, ids, ...input }: NewDecisions): Promise<Decided> {
  const results: Decided['results'] = []
  for (const id of ids) {
    const before = await row(tx, id)
    if (before === undefined) {
      results.push({ id, status: null, version: null, detail: 'There is no such comment.' })
      continue
    }
    const { status, version } = await decided(tx, before, decision, input)
    results.push({ id, status, version, detail: null })
  }
  return { results }
}
