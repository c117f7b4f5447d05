// Retention: records that are removed by themselves when they were kept for so many days.
import type { Database, Reader, Writer } from '../storage/database.ts'
import { type JobOptions, startPolling } from './polling.ts'

const day = 24 * 60 * 60 * 1000

/** The end of so many days from an instant. */
export const afterDays = (at: string, days: number) => new Date(Date.parse(at) + days * day).toISOString()

/** What is removed in time. `instant` is when a record must have come to be removed now. */
export interface RetentionPolicy {
  /** The actor in the change log. */
  actor: string
  hasEnded(db: Reader, instant: string): Promise<boolean>
  /** Removes as many as one transaction should hold: other writes go in between. */
  removeSome(tx: Writer, instant: string): Promise<unknown>
}

/** Removes what was kept for so many days. */
export async function removeExpired(
  db: Database,
  clock: () => Date,
  days: number,
  retained: RetentionPolicy
) {
  const instant = afterDays(clock().toISOString(), -days)
  // Checked again inside the transaction: another process may have been faster.
  while (await retained.hasEnded(db.read, instant))
    await db.write(retained.actor, (tx) => retained.removeSome(tx, instant))
}

export interface RetentionOptions extends JobOptions {
  /** The polling interval, in ms. */
  interval?: number
}

/** Removes in time what was kept for so many days, until it is stopped. Every process polls. */
export function startRetention(
  db: Database,
  days: number,
  retained: RetentionPolicy,
  { clock, interval = 60_000, ...job }: RetentionOptions
) {
  const look = () => removeExpired(db, clock, days, retained)
  return startPolling(look, { ...job, interval, atOnce: true })
}
