// Checkpoints beside the writing, by the thread of checkpointer.ts: no commit is kept waiting by them.
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { Worker } from 'node:worker_threads'

const program = join(import.meta.dirname, `checkpoint-thread${extname(import.meta.filename)}`)

/** The thread has little to remember. */
const resourceLimits = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 64 }

/** In bytes: while the write-ahead log is smaller, no thread is needed. */
const small = 4 * 2 ** 20

/** The checkpoints of the database in a file. Where they fail (a full disk), they are tried again after a commit. */
export function checkpoints(file: string) {
  let thread: Worker | undefined

  function begin(): Worker {
    const begun = new Worker(program, { workerData: file, resourceLimits })
    const ended = () => {
      thread = undefined
    }
    begun.once('error', ended).once('exit', ended).unref()
    return begun
  }

  return {
    /** To be called after every commit. */
    committed() {
      if (thread === undefined && statSync(`${file}-wal`).size < small) return
      thread ??= begin()
      thread.postMessage('committed')
    },
    /**
     * Brings all of the log into the file and cuts it. Where that cannot be (a full disk, somebody who reads in it for
     * longer than 5 s), a later checkpoint does it.
     */
    async cut() {
      thread ??= begin()
      const worker = thread
      worker.ref()
      worker.postMessage('cut')
      await Promise.allSettled([once(worker, 'message')])
      worker.unref()
    },
    /** Waits until the thread has ended. */
    async stop() {
      if (thread === undefined) return
      const { promise, resolve } = Promise.withResolvers()
      thread.once('exit', resolve)
      thread.ref()
      thread.postMessage('stop')
      await promise
    }
  }
}
