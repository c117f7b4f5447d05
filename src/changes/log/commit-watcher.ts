// Watching for commits of any process. SQLite notifies nobody, so its data version is polled while somebody waits.
import { performance } from 'node:perf_hooks'
import type { Database } from '../../storage/database.ts'

/** How often the data version is read, in ms. */
const interval = 100

/** Wakes those who wait when a transaction was committed, in whatever process. */
export function watchCommits(db: Database) {
  const waiting = new Map<() => void, { version: number; until: number }>()
  let timer: NodeJS.Timeout | undefined

  function look() {
    const version = db.version()
    const now = performance.now()
    for (const [wake, asleep] of waiting) if (version !== asleep.version || now >= asleep.until) release(wake)
  }

  function release(wake: () => void) {
    waiting.delete(wake)
    if (waiting.size === 0) clearInterval(timer)
    wake()
  }

  return {
    /** Waits until the database is no longer at this version, and no longer than `until` (performance.now). */
    waitForCommit(version: number, until: number): Promise<void> {
      if (waiting.size === 0) timer = setInterval(look, interval).unref()
      return new Promise((resolve) => waiting.set(resolve, { version, until }))
    },
    /** Wakes everybody who waits. */
    notifyAll() {
      for (const wake of waiting.keys()) release(wake)
    }
  }
}
