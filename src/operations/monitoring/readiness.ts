// The readiness probe.
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../storage/database.ts'
import { ping } from './store.ts'

/** How long a result is cached, in ms. */
const cacheTime = 1000

/** The time-out of the test write, in ms. */
const writeTimeout = 2000

/** How long ago the scheduler may have run last, in ms. */
const schedulerTimeout = 10_000

/** How many bytes must be free on the disk. */
const minFreeBytes = 64 * 1024 * 1024

export interface ReadinessSources {
  /** Whether the service is shutting down. */
  isStopping(): boolean
  /** When the scheduler last ran (performance.now). */
  lastRunAt(): number
}

/** Finds out why the service is not ready: undefined when it is. */
export function readiness(db: Database, { isStopping, lastRunAt }: ReadinessSources) {
  let probedAt = Number.NEGATIVE_INFINITY
  let found: Promise<string[]>

  return async function reasons(): Promise<string[]> {
    if (isStopping()) return ['the service is stopping']
    const now = performance.now()
    if (now - probedAt >= cacheTime) {
      probedAt = now
      found = probe(db, lastRunAt)
    }
    return found
  }
}

async function probe(db: Database, lastRunAt: () => number): Promise<string[]> {
  const isLate = performance.now() - lastRunAt() > schedulerTimeout
  const found = await Promise.all([
    reasonIfFails(async () => void (await ping(db.read)), 'the database cannot be read'),
    reasonIfFails(() => canWrite(db), 'the database takes no writes'),
    reasonIfFails(
      async () => hasRoom(await db.freeBytes()),
      `the disk has less than ${minFreeBytes >> 20} MB left`
    ),
    db.loss?.(),
    isLate ? 'the timetable is not kept' : undefined
  ])
  return found.filter((reason) => reason !== undefined)
}

const reasonIfFails = (work: () => Promise<void>, reason: string) =>
  work().then(
    () => undefined,
    () => reason
  )

/** An empty transaction: it takes the write lock, and writes nothing. */
async function canWrite(db: Database) {
  const waited = new AbortController()
  const late = pause(writeTimeout, undefined, { signal: waited.signal, ref: false }).then(() => {
    throw new Error('too late')
  })
  try {
    await Promise.race([db.write('readiness', async () => {}), late])
  } finally {
    waited.abort()
  }
}

function hasRoom(free: number) {
  if (free < minFreeBytes) throw new Error('too full')
}
