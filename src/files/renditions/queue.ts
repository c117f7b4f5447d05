// Making renditions in the background: every process takes sets from the table.
import { type JobOptions, startPolling } from '../../changes/polling.ts'
import type { Database } from '../../storage/database.ts'
import type { Blobs } from '../blobs/blobs.ts'
import { actor, make } from './make.ts'
import * as sets from './store.ts'

/** How often each process looks for sets that others wait for, in ms. */
const interval = 1000

export interface QueueOptions extends JobOptions {
  /** How many renditions are encoded at once. */
  threads: number
}

/** Makes renditions until it is stopped. `wake` has it look at once. */
export function startRendering(db: Database, blobs: () => Promise<Blobs>, options: QueueOptions) {
  const { threads, clock, failed } = options
  let stopped = false
  const running = new Set<Promise<void>>()

  /** One more than can be encoded: what was encoded of one is synced while others are encoded. */
  const maxRunning = Math.max(1, threads) + 1

  /** Makes one set after the other, as long as there are any. */
  async function work() {
    let next = await claim()
    while (next) next = (await finished(next)) ?? (await claim())
  }

  /** The next set; undefined where there is none, or no more is to be begun. */
  async function claim(): Promise<sets.Claimed | undefined> {
    while (!stopped && (await sets.hasDue(db.read, clock().toISOString()))) {
      const claimed = await db.write(actor, sets.claim)
      if (claimed) return claimed
    }
    return undefined
  }

  /** Makes a set. Answers the next, which is taken as this one is recorded: that spares a sync. */
  async function finished(claimed: sets.Claimed): Promise<sets.Claimed | undefined> {
    try {
      const rendered = await make(await blobs(), claimed)
      return await db.write(actor, async (tx) => {
        await sets.finish(tx, claimed.set.id, rendered)
        return stopped ? undefined : sets.claim(tx)
      })
    } catch (error) {
      failed(error)
      await db.write(actor, (tx) => sets.fail(tx, claimed.set, (error as Error).message))
      return undefined
    }
  }

  function wake() {
    if (stopped || running.size >= maxRunning) return
    const one = work()
      .catch(failed)
      .finally(() => running.delete(one))
    running.add(one)
  }

  const stopPolling = startPolling(async () => wake(), { ...options, interval })
  return {
    wake,
    /** Makes what is due, and waits for it. */
    async drain() {
      wake()
      await Promise.all(running)
    },
    async stop() {
      stopped = true
      await stopPolling()
      await Promise.all(running)
    }
  }
}
