// Deletes the pages of imports by itself when they were kept long enough. Every process looks.
import type { Database } from '../../storage/database.ts'
import * as imports from './store.ts'

/** Pages to a transaction: others want to write in between. */
export const atOnce = 100

/** Deletes the pages that were kept for so many days. */
export async function run(db: Database, clock: () => Date, days: number) {
  const instant = imports.limitOf(clock(), days)
  while (await imports.hasEnded(db.read, instant))
    await db.write('imports', (tx) => imports.dropPages(tx, instant, atOnce))
}

/** Keeps the pages until it is stopped. `failed` is told what went wrong; it is tried again. */
export function keep(
  db: Database,
  { ONRECORD_IMPORT_DAYS: days }: imports.Settings,
  {
    clock,
    failed,
    interval = 60_000
  }: {
    clock: () => Date
    failed(error: unknown): void
    /** How often it is looked, in ms. */
    interval?: number
  }
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
