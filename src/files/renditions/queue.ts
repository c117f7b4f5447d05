// Making renditions in the background: every process takes sets from the table, and makes them in worker threads of
// their own, so that conversions of bodies do not wait behind pictures.
import type { Database } from '../../storage/database.ts'
import { inThread } from '../../threads/run.ts'
import type { Blobs } from '../blobs/blobs.ts'
import type { render } from './render.ts'
import * as sets from './store.ts'

/** The actor in the change log. */
const actor = 'renditions'

/** How often each process looks for sets that others wait for, in ms. */
const interval = 1000

const renderInThread = inThread<typeof render>(new URL('./render.ts', import.meta.url).href, 'render', {
  // A picture of 120 megapixels takes some 20 s on a busy machine, in threads of libvips, which only the clock can tell of.
  patience: 180_000,
  idle: 10_000
})

export interface QueueOptions {
  /** How many pictures are worked on at once. */
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

  async function make({ set, file }: sets.Claimed) {
    try {
      const store = await blobs()
      const rendered = await store.withFile(set.file, (path) =>
        renderInThread(
          {
            path,
            folder: store.incoming,
            width: file.width!,
            height: file.height!,
            frames: file.frames!,
            recipe: set.recipe
          },
          'busy'
        )
      )
      for (const { digest, path, type } of rendered.renditions) await store.put(digest, path, type)
      await db.write(actor, (tx) => sets.finish(tx, set.id, rendered))
    } catch (error) {
      failed(error)
      await db.write(actor, (tx) => sets.fail(tx, set, (error as Error).message))
    }
  }

  function wake() {
    if (stopped || running.size >= Math.max(1, threads)) return
    const one = work()
      .catch(failed)
      .finally(() => running.delete(one))
    running.add(one)
  }

  const timer = setInterval(wake, interval).unref()
  return {
    wake,
    async stop() {
      stopped = true
      clearInterval(timer)
      await Promise.all(running)
    }
  }
}
