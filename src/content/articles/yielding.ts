// Long articles, and stories of many records, are written in several turns of the event loop.
import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * These, one by one, with a new turn of the event loop before each tenth, or however many are short: who writes many
 * records holds nobody up.
 */
export async function* yieldingEach<T>(items: T[], every = 10) {
  for (const [i, item] of items.entries()) {
    if (i % every === every - 1) await nextTurn()
    yield item
  }
}
