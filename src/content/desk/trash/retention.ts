// Purges the trash after its retention time.
import { type Retained, type RetentionOptions, removeEnded, retain } from '../../../changes/retention.ts'
import type { Database } from '../../../storage/database.ts'
import * as trash from './store.ts'

/** Articles per transaction. */
export const batchSize = 25

const retained: Retained = {
  actor: 'trash',
  hasEnded: trash.hasEnded,
  removeSome: (tx, instant) => trash.empty(tx, instant, batchSize)
}

/** Purges articles that were deleted so many days ago. */
export const purgeExpired = (db: Database, clock: () => Date, days: number) =>
  removeEnded(db, clock, days, retained)

/** Purges articles in time until it is stopped. */
export const startTrashRetention = (
  db: Database,
  { ONRECORD_TRASH_DAYS: days }: { ONRECORD_TRASH_DAYS: number },
  options: RetentionOptions
) => retain(db, days, retained, options)
