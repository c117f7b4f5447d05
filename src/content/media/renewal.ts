// Asking for the renditions that pictures need since the settings were changed: a few at a time, in the background.
import { and, asc, eq, gt, isNotNull } from 'drizzle-orm'
import { type JobOptions, startPolling } from '../../changes/polling.ts'
import * as settings from '../../files/settings/store.ts'
import type { Database } from '../../storage/database.ts'
import { renewRenditions } from './renditions.ts'
import { creditsOf } from './store.ts'

/** How often each process looks whether the settings were changed, in ms. */
const interval = 1000

/** How many pictures one transaction asks for. */
const batchSize = 25

/** Runs until it is stopped. It begins anew with each start: what was asked for already is not made again. */
export function startRenewal(db: Database, job: Omit<JobOptions, 'clock'>) {
  let done: number | undefined
  let stopped = false

  async function look() {
    const { version } = await settings.current(db.read)
    // Without settings, and with none changed since, every picture asked for its renditions when it was written.
    if (version === (done ?? 0)) return
    let after = ''
    while (!stopped) {
      const ids = await picturesAfter(db, after)
      if (ids.length === 0) break
      await db.write('renditions', (tx) => renewRenditions(tx, ids, creditsOf))
      after = ids.at(-1)!
    }
    done = version
  }

  const stopPolling = startPolling(look, { ...job, interval })
  return function stop() {
    stopped = true
    return stopPolling()
  }
}

async function picturesAfter({ read: { q, t } }: Database, after: string): Promise<string[]> {
  const { media: m } = t
  const rows = await q
    .select({ id: m.id })
    .from(m)
    .where(and(gt(m.id, after), eq(m.kind, 'image'), isNotNull(m.file)))
    .orderBy(asc(m.id))
    .limit(batchSize)
  return rows.map(({ id }) => id)
}
