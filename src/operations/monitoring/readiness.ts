// Whether the service can do its work.
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../storage/database.ts'
import { read } from './store.ts'

/** How long an answer holds, in ms: asking more often costs nothing more. */
const memory = 1000

/** How long a write may wait for its turn, in ms. */
const patience = 2000

/** How long ago the timetable may have been kept, in ms. */
const lately = 10_000

/** How many bytes must be free. */
const floor = 64 * 1024 * 1024

export interface Watched {
  /** Whether the service is about to end. */
  stopping(): boolean
  /** When the timetable was last kept (performance.now). */
  keptAt(): number
}

/** Finds out why the service is not ready: nothing when it is. */
export function readiness(db: Database, { stopping, keptAt }: Watched) {
  let asked = Number.NEGATIVE_INFINITY
  let found: Promise<string[]>

  return async function reasons(): Promise<string[]> {
    if (stopping()) return ['the service is stopping']
    const now = performance.now()
    if (now - asked >= memory) {
      asked = now
      found = look(db, keptAt)
    }
    return found
  }
}

async function look(db: Database, keptAt: () => number): Promise<string[]> {
  const isLate = performance.now() - keptAt() > lately
  const found = await Promise.all([
    unless(async () => void (await read(db.read)), 'the database cannot be read'),
    unless(() => canWrite(db), 'the database takes no writes'),
    unless(async () => hasRoom(await db.freeBytes()), `the disk has less than ${floor >> 20} MB left`),
    isLate ? 'the timetable is not kept' : undefined
  ])
  return found.filter((reason) => reason !== undefined)
}

const unless = (work: () => Promise<void>, reason: string) =>
  work().then(
    () => undefined,
    () => reason
  )

/** An empty transaction: it needs the lock that writing needs, and writes nothing. */
async function canWrite(db: Database) {
  const waited = new AbortController()
  const late = pause(patience, undefined, { signal: waited.signal, ref: false }).then(() => {
    throw new Error('too late')
  })
  try {
    await Promise.race([db.write('readiness', async () => {}), late])
  } finally {
    waited.abort()
  }
}

function hasRoom(free: number) {
  if (free < floor) throw new Error('too full')
}
