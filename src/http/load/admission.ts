// Whose writes go first: those of readers wait outside the queue of the database, a few at a time are let in.
import { performance } from 'node:perf_hooks'
import type { Actor, Database } from '../../storage/database.ts'
import { Unavailable } from '../../storage/database.ts'

/** How many writes of readers may be in the queue at once: so many another waits for at most. */
const atOnce = 32

/** The database, where writes without a token let others go first. Throws Unavailable when they wait too long, in ms. */
export function admitFairly(db: Database, patience: number): Database {
  const waiting: { begin: () => void; since: number }[] = []
  let inside = 0

  function turn() {
    const now = performance.now()
    if (now - (waiting[0]?.since ?? now) > patience) throw new Unavailable('too many writes wait')
    return new Promise<void>((begin) => waiting.push({ begin, since: now }))
  }

  /** Lets the next in, in the place of one that has left. */
  function leave() {
    const next = waiting.shift()
    if (next) next.begin()
    else inside--
  }

  return {
    ...db,
    async write(actor, work) {
      if (!isReader(actor)) return db.write(actor, work)
      if (inside < atOnce) inside++
      else await turn()
      // The next begins in another turn of the event loop: in between, what editors sent is read.
      return db.write(actor, work).finally(() => setImmediate(leave))
    }
  }
}

const isReader = (actor: Actor | string) => typeof actor !== 'string' && actor.role === null
