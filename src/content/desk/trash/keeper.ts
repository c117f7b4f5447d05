// Purges the trash after its retention time. Every process polls; each article is purged by one of them.
import type { Database } from '../../../storage/database.ts'
import * as trash from './store.ts'

/** The polling interval, in ms. */
const interval = 60_000

/** Articles per transaction: other writes go in between. */
export const atOnce = 25

/** Purges articles that were deleted so many days ago. */
export async function run(db: Database, clock: () => Date, days: number) {
  const instant = trash.limitOf(clock(), days)
  // Checked again inside the transaction: another process may have been faster.
  while (await trash.hasEnded(db.read, instant))
    await db.write('trash', (tx) => trash.empty(tx, instant, atOnce))
}

/** Runs until it is stopped. `failed` is called with errors, which are retried. */
export function keepTrash(
  db: Database,
  { ONRECORD_TRASH_DAYS: days }: { ONRECORD_TRASH_DAYS: number },
  { clock, failed }: { clock: () => Date; failed(error: unknown): void }
) {
  const look = () => run(db, clock, days).catch(failed)
  let running = look()
  const timer = setInterval(() => {
    running = running.then(look)
  }, interval).unref()
  return async function stop() {
    clearInterval(timer)
    await running
  }
}
