// Admission control for writes: those of anonymous readers wait outside the write queue, so that editors go first.
import { performance } from 'node:perf_hooks'
import type { Actor, Database } from '../../storage/database.ts'
import { Unavailable } from '../../storage/database.ts'

/** How many anonymous writes may be in the write queue at once: an editor's waits for so many at most. */
const maxConcurrent = 32

/** A database with admission control. Anonymous writes throw Unavailable when the first waits over `maxWait` ms. */
export function admitFairly(db: Database, maxWait: number): Database {
  const waiting: { begin: () => void; since: number }[] = []
  let running = 0

  function waitForTurn() {
    const now = performance.now()
    if (now - (waiting[0]?.since ?? now) > maxWait) throw new Unavailable('too many writes wait')
    return new Promise<void>((begin) => waiting.push({ begin, since: now }))
  }

  /** Admits the next one in the place of one that has finished. */
  function leave() {
    const next = waiting.shift()
    if (next) next.begin()
    else running--
  }

  return {
    ...db,
    async write(actor, work) {
      if (!isReader(actor)) return db.write(actor, work)
      if (running < maxConcurrent) running++
      else await waitForTurn()
      // The next begins in another turn of the event loop, so that requests of editors are read in between.
      return db.write(actor, work).finally(() => setImmediate(leave))
    }
  }
}

const isReader = (actor: Actor | string) => typeof actor !== 'string' && actor.role === null
