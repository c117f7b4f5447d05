// Turns of the event loop. SQLite runs on the thread that answers requests, so long work is done in slices: between two
// of them it asks here whether the turn has lasted long enough, and lets others have the next.
import { performance } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** How long a turn may last before the work in it waits for the next, in ms. */
const share = 8

/** When this turn was first asked about. */
let began: number | undefined

const end = () => {
  began = undefined
}

/** A wait for the next turn of the event loop where this one has lasted its share; most often nothing to wait for. */
export function yieldIfDue(): Promise<void> | undefined {
  const now = performance.now()
  if (began === undefined) {
    began = now
    setImmediate(end)
    return undefined
  }
  return now - began > share ? nextTurn() : undefined
}
