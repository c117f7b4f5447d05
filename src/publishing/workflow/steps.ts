// The workflow steps except publishing itself.
import * as changes from '../../changes/log/store.ts'
import { assemble, draftArticle } from '../../content/articles/assemble.ts'
import type { DraftArticle } from '../../content/articles/schema.ts'
import * as articles from '../../content/articles/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { HttpProblem, unprocessable } from '../../http/problems.ts'
import { utcOrNull } from '../../http/schemas.ts'
import { faultAt, refuse } from '../../http/server/several-faults.ts'
import type { Writer } from '../../storage/database.ts'
import { checkDraft, type Territory } from '../compile/publish.ts'
import {
  changesSinceApproval,
  noSchedule,
  type Outcome,
  returnForReview,
  snapshotRecords
} from './approved-records.ts'
import type { Note, Schedule } from './schema.ts'
import { checkStep } from './workflow.ts'

type Step = 'submit' | 'approve' | 'return' | 'unschedule'

/** Takes a step that only changes the state. Throws 404, 412, and 409 where it is not possible. */
export async function takeStep(
  tx: Writer,
  name: Step,
  id: string,
  versions: Expected,
  { note }: Note
): Promise<DraftArticle> {
  const before = checkVersion(await articles.byIdOrSlug(tx, id), versions, 'article')
  checkStep(name, before.status)
  const row = await articles.write(tx, before, await columnsWritten[name](tx, before))
  const detail = note ? { detail: { note } } : {}
  await changes.append(tx, {
    action: name,
    kind: 'article',
    id,
    articleId: id,
    version: row.version,
    ...detail
  })
  return draftArticle(tx, row)
}

/** The columns that each step writes. */
const columnsWritten: Record<
  Step,
  (
    tx: Writer,
    before: articles.WorkingCopy
  ) => Promise<Partial<articles.WorkingCopy>> | Partial<articles.WorkingCopy>
> = {
  submit: () => ({ ...noSchedule, status: 'in_review' }),
  return: () => ({ ...noSchedule, status: 'draft' }),
  async approve(tx, before) {
    const { article } = await assemble(tx, before)
    return { ...noSchedule, status: 'approved', agreed: snapshotRecords(article, tx.now) }
  },
  unschedule(_, before) {
    if (!isScheduled(before)) throw new HttpProblem('conflict', 'Nothing is planned for the article.')
    // An older release did not store the former state.
    const kept = before.unscheduled ?? {
      status: before.status === 'published' ? 'published' : 'approved',
      withdrawAt: null
    }
    return { ...noSchedule, ...kept, agreed: kept.status === 'approved' ? before.agreed : null }
  }
}

/** Whether the article is scheduled. */
const isScheduled = ({ publishAt, withdrawAt }: articles.WorkingCopy) =>
  publishAt !== null || withdrawAt !== null

/**
 * Schedules publishing and withdrawal; for a published article, its next edition or its withdrawal. Throws 404, 412,
 * 400 and 422 for times that are missing or past, and 409 with every check that would fail then and is not waived.
 * Where a shared record changed since the approval, it sends the article back and answers the problem.
 */
export async function schedule(
  tx: Writer,
  id: string,
  versions: Expected,
  { waive = [], note, territory, ...times }: Schedule & Territory
): Promise<Outcome> {
  const before = checkVersion(await articles.byIdOrSlug(tx, id), versions, 'article')
  checkStep('schedule', before.status)
  const { publishAt, withdrawAt } = scheduledTimes(before, times, tx.now)
  const { article } = await assemble(tx, before)
  const faults = await changesSinceApproval(tx, before, article)
  if (faults.length > 0) return returnForReview(tx, before, faults)
  if (publishAt !== null)
    await checkDraft(tx, { ...before, withdrawAt, waivers: [] }, article, { at: publishAt, waive, territory })
  const row = await articles.write(tx, before, {
    status: before.status === 'published' ? 'published' : 'scheduled',
    publishAt,
    withdrawAt,
    waivers: waive,
    agreed: publishAt === null ? null : (before.agreed ?? snapshotRecords(article, tx.now)),
    unscheduled: before.unscheduled ?? stateBefore(before)
  })
  await changes.append(tx, {
    action: 'schedule',
    kind: 'article',
    id,
    articleId: id,
    version: row.version,
    detail: { ...(publishAt && { publishAt }), ...(withdrawAt && { withdrawAt }), ...(note && { note }) }
  })
  return draftArticle(tx, row)
}

/** The state that unscheduling restores. */
const stateBefore = ({ status, withdrawAt }: articles.WorkingCopy) =>
  status === 'scheduled' ? null : { status, withdrawAt }

/** The requested times. For a published article each may be set alone; the other stays as it is. */
function scheduledTimes(before: articles.WorkingCopy, { publishAt, withdrawAt }: Schedule, now: string) {
  const isLive = before.status === 'published'
  if (!isLive && !publishAt) throw missing('/publishAt', 'is missing: say when it is to be published.')
  if (isLive && publishAt === undefined && withdrawAt === undefined)
    throw missing('/publishAt', 'is missing, and so is /withdrawAt: say when what is to happen.')
  const kept = (time: string | null) => (isLive ? time : null)
  const times = {
    publishAt: publishAt === undefined ? kept(before.publishAt) : utcOrNull(publishAt),
    withdrawAt: withdrawAt === undefined ? kept(before.withdrawAt) : utcOrNull(withdrawAt)
  }
  const isOver = (name: 'publishAt' | 'withdrawAt') => times[name] !== null && times[name] <= now
  refuse(
    (['publishAt', 'withdrawAt'] as const)
      .filter(isOver)
      .map((name) => faultAt(`/${name}`, `It is ${now} already: send a later instant.`))
  )
  if (times.publishAt && times.withdrawAt && times.withdrawAt <= times.publishAt)
    throw unprocessable('/withdrawAt', 'It would be withdrawn before it is published.')
  return times
}

const missing = (pointer: string, detail: string) =>
  new HttpProblem('invalid-input', `Body: ${pointer}: ${detail}`, [{ pointer, detail }])
