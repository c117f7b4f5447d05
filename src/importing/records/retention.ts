// Deletes the pages of imports after their retention time; their imports stay.
import {
  type RetentionOptions,
  type RetentionPolicy,
  removeExpired,
  startRetention
} from '../../changes/retention.ts'
import type { Database } from '../../storage/database.ts'
import * as imports from './store.ts'

/** Pages per transaction. */
export const batchSize = 100

const retained: RetentionPolicy = {
  actor: 'imports',
  hasEnded: imports.hasEnded,
  removeSome: (tx, instant) => imports.dropPages(tx, instant, batchSize)
}

/** Deletes the pages that were kept for so many days. */
export const deleteExpiredPages = (db: Database, clock: () => Date, days: number) =>
  removeExpired(db, clock, days, retained)

/** Deletes pages in time until it is stopped. */
export const startPageRetention = (
  db: Database,
  { ONRECORD_IMPORT_DAYS: days }: imports.Settings,
  options: RetentionOptions
) => startRetention(db, days, retained, options)
