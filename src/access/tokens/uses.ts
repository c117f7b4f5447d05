// When tokens were last used: to the hour, and written a little later for all that were. A write makes every process
// forget the public answers it keeps, so a token that is at work all day costs one an hour.
import type { Database } from '../../storage/database.ts'
import type { Token } from './schema.ts'
import * as tokens from './store.ts'

/** How old what is written may be before it is written anew, in ms. */
const precision = 60 * 60 * 1000

export interface Noting {
  /** How long a use waits to be written, in ms. */
  delay: number
  failed(error: unknown): void
}

/** Notes uses. `stop` writes what is left; what cannot be written is noted again at the next use. */
export function usageRecorder(db: Database, { delay, failed }: Noting) {
  const noted = new Map<string, string>()
  let timer: NodeJS.Timeout | undefined
  let writing = Promise.resolve()

  async function write() {
    const some = [...noted]
    await db.write('tokens', (tx) => tokens.used(tx, some)).catch(failed)
    for (const [id] of some) noted.delete(id)
  }

  return {
    note({ id, lastUsedAt }: Token, now: Date) {
      if (noted.has(id) || (lastUsedAt !== null && now.getTime() - Date.parse(lastUsedAt) < precision)) return
      noted.set(id, now.toISOString())
      timer ??= setTimeout(() => {
        timer = undefined
        writing = write()
      }, delay).unref()
    },
    async stop() {
      clearTimeout(timer)
      await writing
      if (noted.size > 0) await write()
    }
  }
}
