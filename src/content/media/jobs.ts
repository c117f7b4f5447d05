// What goes on with media in the background.
import type { Database } from '../../storage/database.ts'
import { startNotices } from '../credits/expiring.ts'
import { startRenewal } from './renewal.ts'

/** Asks for renditions that are missing, and tells of rights that end; until it is stopped. */
export function startMediaJobs(db: Database, options: { clock: () => Date; failed(error: unknown): void }) {
  const stops = [startRenewal(db, options.failed), startNotices(db, options)]
  return async function stop() {
    await Promise.all(stops.map((one) => one()))
  }
}
