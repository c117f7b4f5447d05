// The timetable: what was scheduled is published, and withdrawn, when its time has come.
import { performance } from 'node:perf_hooks'
import { and, asc, eq, lte, sql } from 'drizzle-orm'
import * as articles from '../../content/articles/store.ts'
import { type Database, prepared, type Reader, type Writer } from '../../storage/database.ts'
import { checksFailed, failing } from '../checks/failing.ts'
import { type Place, publishNow, unchanged, withdraw } from '../compile/publish.ts'
import { disagreements, sendBack, takeBack } from './agreed.ts'

/** How often it is looked whether something is due, in ms. */
const interval = 500

/** Articles to a transaction: many may be due at once, and others want to write in between. */
const atOnce = 25

// A statement each: for both at once SQLite would walk through all articles that are not scheduled.
const toPublishQuery = prepared(({ q, t: { articles: a } }) =>
  q
    .select({ id: a.id })
    .from(a)
    .where(lte(a.publishAt, sql.placeholder('now')))
    .orderBy(asc(a.publishAt), asc(a.id))
    .limit(atOnce)
    .prepare('articles_to_publish')
)

const toWithdrawQuery = prepared(({ q, t: { articles: a } }) =>
  q
    .select({ id: a.id })
    .from(a)
    .where(and(lte(a.withdrawAt, sql.placeholder('now')), eq(a.status, 'published')))
    .orderBy(asc(a.withdrawAt), asc(a.id))
    .limit(atOnce)
    .prepare('articles_to_withdraw')
)

/** The first articles that are to be published or withdrawn by now. */
async function dueBy(db: Reader, now: string) {
  const toPublish = await toPublishQuery(db).execute({ now })
  const toWithdraw = await toWithdrawQuery(db).execute({ now })
  return { toPublish, toWithdraw, count: toPublish.length + toWithdraw.length }
}

/** Does what is due by now, and answers how many articles that was. What one process does, no other does again. */
export async function run(db: Database, now: () => Date, place: Place = {}): Promise<number> {
  let done = 0
  for (;;) {
    const { count } = await dueBy(db.read, now().toISOString())
    if (count === 0) return done
    done += await db.write('timetable', async (tx) => {
      // Asked again, now that nobody else writes: another process may have been faster.
      const { toPublish, toWithdraw, count } = await dueBy(tx, tx.now)
      for (const { id } of toPublish) await publishDue(tx, id, place)
      for (const { id } of toWithdraw) await withdraw(tx, id, '*', { reason: 'As scheduled.' })
      return count
    })
  }
}

/**
 * Publishes an article whose time has come; where a check fails by now, or a shared record is not as it was agreed on, it
 * goes back to be mended.
 */
async function publishDue(tx: Writer, id: string, place: Place) {
  const row = (await articles.byName(tx, id))!
  const at = row.publishAt!
  const faults = await disagreements(tx, row)
  if (faults.length > 0) return void (await sendBack(tx, row, faults))
  if (await unchanged(tx, row)) return takeBack(tx, row, 'There was nothing to publish as scheduled.')
  const { blocking, waivers: waived } = await failing(tx, row, { at, ...place })
  if (blocking.length === 0) await publishNow(tx, row, { note: null, at, waived })
  else await takeBack(tx, row, `It could not be published as scheduled. ${checksFailed(blocking).message}`)
}

/**
 * Keeps the timetable until it is stopped, and knows when it last was (performance.now). `failed` is told what went
 * wrong; it is tried again.
 */
export function runTimetable(
  db: Database,
  now: () => Date,
  failed: (error: unknown) => void,
  place: Place = {}
) {
  let stopped = false
  let running = Promise.resolve()
  let kept = performance.now()
  async function look() {
    try {
      await run(db, now, place)
      kept = performance.now()
    } catch (error) {
      failed(error)
    }
  }
  const timer = setInterval(() => {
    running = running.then(async () => {
      if (!stopped) await look()
    })
  }, interval)
  timer.unref()
  return {
    keptAt: () => kept,
    async stop() {
      stopped = true
      clearInterval(timer)
      await running
    }
  }
}
