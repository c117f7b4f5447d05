// The scheduler: publishes and withdraws scheduled articles when they are due, and takes out pictures whose rights end.
import { performance } from 'node:perf_hooks'
import { and, asc, eq, lte, sql } from 'drizzle-orm'
import { type JobOptions, startPolling } from '../../changes/polling.ts'
import { assemble } from '../../content/articles/assemble.ts'
import * as articles from '../../content/articles/store.ts'
import { type Database, prepared, type Reader, type Writer } from '../../storage/database.ts'
import { checkForPublishing, checksFailedProblem } from '../checks/run.ts'
import { isUnchanged, publishNow, type Territory, withdraw } from '../compile/publish.ts'
import { endRights } from '../rights/end.ts'
import { cancelSchedule, changesSinceApproval, returnForReview } from './approved-records.ts'

/** The polling interval, in ms. */
const interval = 500

/** Articles per transaction: many may be due at once, and other writes go in between. */
const batchSize = 25

// Two statements: with an OR, SQLite would scan all articles that are not scheduled.
const toPublishQuery = prepared(({ q, t: { articles: a } }) =>
  q
    .select({ id: a.id })
    .from(a)
    .where(lte(a.publishAt, sql.placeholder('now')))
    .orderBy(asc(a.publishAt), asc(a.id))
    .limit(batchSize)
    .prepare('articles_to_publish')
)

const toWithdrawQuery = prepared(({ q, t: { articles: a } }) =>
  q
    .select({ id: a.id })
    .from(a)
    .where(and(lte(a.withdrawAt, sql.placeholder('now')), eq(a.status, 'published')))
    .orderBy(asc(a.withdrawAt), asc(a.id))
    .limit(batchSize)
    .prepare('articles_to_withdraw')
)

/** The first articles that are due to be published or withdrawn. */
async function dueBy(db: Reader, now: string) {
  const toPublish = await toPublishQuery(db).execute({ now })
  const toWithdraw = await toWithdrawQuery(db).execute({ now })
  return { toPublish, toWithdraw, count: toPublish.length + toWithdraw.length }
}

/** Processes due articles, and answers how many. Of several processes, one does it. */
export async function runDue(db: Database, now: () => Date, place: Territory = {}): Promise<number> {
  let done = 0
  for (;;) {
    const { count } = await dueBy(db.read, now().toISOString())
    if (count === 0) return done
    done += await db.write('timetable', async (tx) => {
      // Checked again inside the transaction: another process may have been faster.
      const { toPublish, toWithdraw, count } = await dueBy(tx, tx.now)
      for (const { id } of toPublish) await publishDue(tx, id, place)
      for (const { id } of toWithdraw) await withdraw(tx, id, '*', { reason: 'As scheduled.' })
      return count
    })
  }
}

/**
 * Publishes a due article. Where a check fails by now, or a shared record changed since the snapshot, it is
 * unscheduled.
 */
async function publishDue(tx: Writer, id: string, place: Territory) {
  const row = (await articles.byIdOrSlug(tx, id))!
  const at = row.publishAt!
  const read = await assemble(tx, row)
  const faults = await changesSinceApproval(tx, row, read.article)
  if (faults.length > 0) return void (await returnForReview(tx, row, faults))
  if (await isUnchanged(tx, row, read.article))
    return cancelSchedule(tx, row, 'There was nothing to publish as scheduled.')
  const { blocking, waivers: waived } = await checkForPublishing(tx, row, read.article, { at, ...place })
  if (blocking.length === 0) await publishNow(tx, row, read, { note: null, at, waived })
  else
    await cancelSchedule(
      tx,
      row,
      `It could not be published as scheduled. ${checksFailedProblem(blocking).message}`
    )
}

/** Runs the scheduler until it is stopped, and knows when it last ran (performance.now). */
export function startScheduler(db: Database, { clock, ...job }: JobOptions, place: Territory = {}) {
  let lastRun = performance.now()
  async function poll() {
    await runDue(db, clock, place)
    await endRights(db, clock, place.territory)
    lastRun = performance.now()
  }
  return { lastRunAt: () => lastRun, stop: startPolling(poll, { ...job, interval }) }
}
