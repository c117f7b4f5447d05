// Running merges to their end, a transaction for each slice; after a restart they go on where they were.
import { type JobOptions, startPolling } from '../../changes/polling.ts'
import { type RetentionPolicy, startRetention } from '../../changes/retention.ts'
import type { Database, Writer } from '../../storage/database.ts'
import { moveSome } from './move.ts'
import { slice } from './slice.ts'
import * as merges from './store.ts'
import { restoreSome } from './undo.ts'

/** Does the next slice of a merge; answers whether more can be done now. */
export async function advance(tx: Writer, id: string): Promise<boolean> {
  const merge = await merges.byId(tx, id)
  if (merge?.state === 'moving') return moveSome(tx, merge, slice)
  if (merge?.state === 'undoing') return restoreSome(tx, merge, slice)
  return false
}

/** Does what can be done of all merges; those with an article under a legal hold wait. */
export async function runMerges(db: Database, isStopped: () => boolean) {
  for (const { id, actor, role } of await merges.unfinished(db.read)) {
    let goesOn = true
    while (goesOn && !isStopped()) goesOn = await db.write({ name: actor, role }, (tx) => advance(tx, id))
  }
}

/** The polling interval, in ms. */
const interval = 500

/** What was moved is kept for as long as a merge can be taken back. */
export const retained: RetentionPolicy = {
  actor: 'merges',
  hasEnded: merges.hasEnded,
  removeSome: merges.forget
}

/** Runs merges until it is stopped, and forgets what can no longer be taken back. Every process polls. */
export function startMerges(db: Database, job: JobOptions) {
  let stopped = false
  const look = () => runMerges(db, () => stopped)
  const stopPolling = startPolling(look, { ...job, interval, atOnce: true })
  const stopRetention = startRetention(db, merges.days, retained, job)
  return async function stop() {
    stopped = true
    await Promise.all([stopPolling(), stopRetention()])
  }
}
