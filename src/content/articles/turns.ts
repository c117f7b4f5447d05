import { setImmediate as nextTurn } from 'node:timers/promises'

/** These, one by one, with a new turn of the event loop before each tenth: who writes many records holds nobody up. */
export async function* inTurns<T>(items: T[]) {
  for (const [i, item] of items.entries()) {
    if (i % 10 === 9) await nextTurn()
    yield item
  }
}
