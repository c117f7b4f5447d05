// Turns of the event loop. SQLite runs on the thread that answers requests, so long work is done in slices: between two
// of them it asks here whether the turn has lasted long enough, and lets others have the next.
import { performance } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** How long a turn may last before the work in it waits for the next, in ms. */
const share = 8

/** When this turn was first asked about, or began for who waited for it. */
let began: number | undefined

const end = () => {
  began = undefined
}

function begin() {
  if (began !== undefined) return
  began = performance.now()
  setImmediate(end)
}

/** A wait for the next turn of the event loop where this one has lasted its share; most often nothing to wait for. */
export function yieldIfDue(): Promise<void> | undefined {
  if (began !== undefined && performance.now() - began > share) return nextTurn().then(begin)
  begin()
  return undefined
}
