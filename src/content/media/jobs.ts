// What goes on with media in the background.
import type { JobOptions } from '../../changes/polling.ts'
import type { Database } from '../../storage/database.ts'
import { startNotices } from '../credits/expiring.ts'
import { startRenewal } from './renewal.ts'

/** Asks for renditions that are missing, and tells of rights that end; until it is stopped. */
export function startMediaJobs(db: Database, job: JobOptions) {
  const stops = [startRenewal(db, job), startNotices(db, job)]
  return async function stop() {
    await Promise.all(stops.map((one) => one()))
  }
}
