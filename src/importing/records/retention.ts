// Deletes the pages of imports after their retention time; their imports stay.
import { type Retained, type RetentionOptions, removeEnded, retain } from '../../changes/retention.ts'
import type { Database } from '../../storage/database.ts'
import * as imports from './store.ts'

/** Pages per transaction. */
export const batchSize = 100

const retained: Retained = {
  actor: 'imports',
  hasEnded: imports.hasEnded,
  removeSome: (tx, instant) => imports.dropPages(tx, instant, batchSize)
}

/** Deletes the pages that were kept for so many days. */
export const deleteExpiredPages = (db: Database, clock: () => Date, days: number) =>
  removeEnded(db, clock, days, retained)

/** Deletes pages in time until it is stopped. */
export const startPageRetention = (
  db: Database,
  { ONRECORD_IMPORT_DAYS: days }: imports.Settings,
  options: RetentionOptions
) => retain(db, days, retained, options)
