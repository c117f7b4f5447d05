// Logging with counts, one line a minute: of requests that are refused under load (429, 503, 507), and of work in the background
// that fails while the database cannot be asked.
import type { FastifyBaseLogger } from 'fastify'
import { Unavailable } from '../../storage/database.ts'
import type { Kind } from '../problems.ts'

/** Problems that are caused by load or a full disk, not by a bug. */
const expected = new Set<Kind>([
  'too-many-requests',
  'unavailable',
  'overloaded',
  'busy',
  'not-ready',
  'insufficient-storage'
])

interface RefusalCount {
  count: number
  /** Why the last one was refused. */
  reason: string
}

type Log = Pick<FastifyBaseLogger, 'warn'>
export type Refusals = ReturnType<typeof countRefusals>

/** Counts refusals by kind. The first is logged at once, those within the interval after it (ms) together. */
export function countRefusals(interval = 60_000, message = 'requests were refused') {
  let counts: Partial<Record<Kind, RefusalCount>> = {}
  let timer: NodeJS.Timeout | undefined

  /** Logs the counts since the last line. */
  function flush(log: Log) {
    clearTimeout(timer)
    timer = undefined
    if (Object.keys(counts).length === 0) return
    log.warn({ refused: counts }, message)
    counts = {}
    timer = setTimeout(flush, interval, log).unref()
  }

  return {
    /** Counts a problem if it is an expected refusal. */
    count(kind: Kind, reason: string, log: Log) {
      if (!expected.has(kind)) return
      counts[kind] = { count: (counts[kind]?.count ?? 0) + 1, reason }
      if (timer === undefined) flush(log)
    },
    flush
  }
}

/**
 * Logs errors of work that nobody waits for, and that is tried again: bugs with their stack; while the database cannot be asked,
 * which many find several times a second, one line a minute.
 */
export function logFailures(log: Pick<FastifyBaseLogger, 'warn' | 'error'>): (error: unknown) => void {
  const waits = countRefusals(undefined, 'what runs by itself is tried again')
  return (error) => {
    if (error instanceof Unavailable) waits.count('unavailable', error.message, log)
    else log.error(error)
  }
}
