// Cooperative scheduling of long work: a generator yields wherever the event loop may take a turn.
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Runs a generator to its end synchronously. */
export function runToEnd<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}

/** Runs a generator to its end, with a turn of the event loop at each `yield`. */
export async function runYielding<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    await nextTurn()
  }
}
