// Long work in several turns of the event loop: a generator yields wherever others may have a turn.
import { setImmediate as nextTurn } from 'node:timers/promises'

/** The result of a generator, without a pause. */
export function atOnce<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}

/** The result of a generator, with a new turn of the event loop at each `yield`. */
export async function inSlices<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    await nextTurn()
  }
}
