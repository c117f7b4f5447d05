// Long articles, and stories of many records, are written in several turns of the event loop.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { getTableColumns } from 'drizzle-orm'
import type { Reader } from '../../storage/database.ts'

/**
 * These, one by one, with a new turn of the event loop before each tenth, or however many are short: who writes many
 * records holds nobody up.
 */
export async function* inTurns<T>(items: T[], every = 10) {
  for (const [i, item] of items.entries()) {
    if (i % every === every - 1) await nextTurn()
    yield item
  }
}

/** What a row is answered with that was written: its body is known, and may take long to read. */
export function withoutBody({ t }: Reader) {
  const { body: _, ...columns } = getTableColumns(t.articles)
  return columns
}
