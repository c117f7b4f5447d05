// Expected refusals under load (429, 503, 507), in the log: one line a minute with counts, however many there are.
import type { FastifyBaseLogger } from 'fastify'
import type { Kind } from '../problems.ts'

/** Problems that say that there is no room at present, and nothing of a fault in the program. */
const expected = new Set<Kind>([
  'too-many-requests',
  'unavailable',
  'overloaded',
  'busy',
  'not-ready',
  'insufficient-storage'
])

interface Refused {
  count: number
  /** Why the last one was. */
  reason: string
}

type Log = Pick<FastifyBaseLogger, 'warn'>
export type Refusals = ReturnType<typeof countRefusals>

/** Counts refusals by kind. The first is logged at once, those that follow it within the interval (ms) together. */
export function countRefusals(interval = 60_000) {
  let counts: Partial<Record<Kind, Refused>> = {}
  let timer: NodeJS.Timeout | undefined

  /** Logs what was not logged yet. */
  function write(log: Log) {
    clearTimeout(timer)
    timer = undefined
    if (Object.keys(counts).length === 0) return
    log.warn({ refused: counts }, 'requests were refused')
    counts = {}
    timer = setTimeout(write, interval, log).unref()
  }

  return {
    /** Counts a problem if it is an expected refusal, and answers whether it is. */
    count(kind: Kind, reason: string, log: Log): boolean {
      if (!expected.has(kind)) return false
      counts[kind] = { count: (counts[kind]?.count ?? 0) + 1, reason }
      if (timer === undefined) write(log)
      return true
    },
    write
  }
}
