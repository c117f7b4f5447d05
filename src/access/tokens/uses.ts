// The last use of tokens: to the hour, and written in batches with a delay. Every commit empties the response caches of
// all processes, so a token in constant use causes only one write an hour.
import type { Database } from '../../storage/database.ts'
import type { Token } from './schema.ts'
import * as tokens from './store.ts'

/** How old a recorded use may be before it is updated, in ms. */
const precision = 60 * 60 * 1000

export interface RecorderOptions {
  /** How long uses are collected before they are written, in ms. */
  delay: number
  failed(error: unknown): void
}

/** Records uses. `stop` flushes them; a use that could not be written is recorded again the next time. */
export function usageRecorder(db: Database, { delay, failed }: RecorderOptions) {
  const pending = new Map<string, string>()
  let timer: NodeJS.Timeout | undefined
  let writing = Promise.resolve()

  async function write() {
    const some = [...pending]
    await db.write('tokens', (tx) => tokens.used(tx, some)).catch(failed)
    for (const [id] of some) pending.delete(id)
  }

  return {
    note({ id, lastUsedAt }: Token, now: Date) {
      if (pending.has(id) || (lastUsedAt !== null && now.getTime() - Date.parse(lastUsedAt) < precision))
        return
      pending.set(id, now.toISOString())
      timer ??= setTimeout(() => {
        timer = undefined
        writing = write()
      }, delay).unref()
    },
    async stop() {
      clearTimeout(timer)
      await writing
      if (pending.size > 0) await write()
    }
  }
}
