// Purges the trash after its retention time.
import {
  type RetentionOptions,
  type RetentionPolicy,
  removeExpired,
  startRetention
} from '../../../changes/retention.ts'
import type { Database } from '../../../storage/database.ts'
import * as trash from './store.ts'

/** Articles per transaction. */
export const batchSize = 25

const retained: RetentionPolicy = {
  actor: 'trash',
  hasEnded: trash.hasEnded,
  removeSome: (tx, instant) => trash.purgeDeletedBy(tx, instant, batchSize)
}

/** Purges articles that were deleted so many days ago. */
export const purgeExpired = (db: Database, clock: () => Date, days: number) =>
  removeExpired(db, clock, days, retained)

/** Purges articles in time until it is stopped. */
export const startTrashRetention = (
  db: Database,
  { ONRECORD_TRASH_DAYS: days }: { ONRECORD_TRASH_DAYS: number },
  options: RetentionOptions
) => startRetention(db, days, retained, options)
