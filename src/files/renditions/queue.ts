// Making renditions in the background: every process takes sets from the table.
import type { Database } from '../../storage/database.ts'
import type { Blobs } from '../blobs/blobs.ts'
import { actor, makeSet, mostEncoders } from './make.ts'
import * as sets from './store.ts'

/** How often each process looks for sets that others wait for, in ms. */
const interval = 1000

export interface QueueOptions {
  /** How many threads encode at once, two of them one picture. */
  threads: number
  clock: () => Date
  /** Called with errors, which are retried. */
  failed(error: unknown): void
}

export type RenditionQueue = ReturnType<typeof startRendering>

/** Makes renditions until it is stopped. `wake` has it look at once. */
export function startRendering(db: Database, blobs: () => Promise<Blobs>, options: QueueOptions) {
  const { threads, clock, failed } = options
  let stopped = false
  const running = new Set<Promise<void>>()

  /** Takes one set after the other, as long as there are any. */
  async function work() {
    while (!stopped && (await sets.hasDue(db.read, clock().toISOString()))) {
      const claimed = await db.write(actor, (tx) => sets.claim(tx))
      if (claimed) await make(claimed)
    }
  }

  async function make(claimed: sets.Claimed) {
    try {
      await makeSet(db, await blobs(), claimed)
    } catch (error) {
      failed(error)
      await db.write(actor, (tx) => sets.fail(tx, claimed.set, (error as Error).message))
    }
  }

  function wake() {
    if (stopped || running.size >= Math.max(1, Math.floor(threads / mostEncoders))) return
    const one = work()
      .catch(failed)
      .finally(() => running.delete(one))
    running.add(one)
  }

  const timer = setInterval(wake, interval).unref()
  return {
    wake,
    /** Makes what is due, and waits for it. */
    async drain() {
      wake()
      await Promise.all(running)
    },
    async stop() {
      stopped = true
      clearInterval(timer)
      await Promise.all(running)
    }
  }
}
