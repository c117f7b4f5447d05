// Empties the trash by itself of what was deleted long enough ago. Every process looks; what one deletes, no other does.
import type { Database } from '../../../storage/database.ts'
import * as trash from './store.ts'

/** How often it is looked whether something is to be deleted for good, in ms. */
const interval = 60_000

/** Articles to a transaction: others want to write in between. */
export const atOnce = 25

/** Deletes for good what was deleted so many days ago. */
export async function run(db: Database, clock: () => Date, days: number) {
  const instant = trash.limitOf(clock(), days)
  // Asked again inside the transaction: another process may have been faster.
  while (await trash.hasEnded(db.read, instant))
    await db.write('trash', (tx) => trash.empty(tx, instant, atOnce))
}

/** Keeps the trash until it is stopped. `failed` is told what went wrong; it is tried again. */
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
