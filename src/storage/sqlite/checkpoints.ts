// Checkpoints of the write-ahead log, made by a thread (checkpoint-thread.ts) so that no commit waits for them.
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { Worker } from 'node:worker_threads'

const program = join(import.meta.dirname, `checkpoint-thread${extname(import.meta.filename)}`)

/** The thread needs little memory. */
const resourceLimits = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 64 }

/** In bytes: while the log is smaller, no thread is started. */
const minLogSize = 4 * 2 ** 20

/** In ms: the thread is told once of the commits within so long. */
const interval = 25

/** Checkpoints the database in a file. One that fails (a full disk) is tried again after the next commit. */
export function checkpoints(file: string) {
  let thread: Worker | undefined
  let timer: NodeJS.Timeout | undefined

  function tell() {
    timer = undefined
    thread ??= startThread()
    thread.postMessage('committed')
  }

  function startThread(): Worker {
    const worker = new Worker(program, { workerData: file, resourceLimits })
    const ended = () => {
      thread = undefined
    }
    worker.once('error', ended).once('exit', ended).unref()
    return worker
  }

  return {
    /** To be called after every commit. */
    committed() {
      if (timer || (thread === undefined && statSync(`${file}-wal`).size < minLogSize)) return
      timer = setTimeout(tell, interval).unref()
    },
    /**
     * Checkpoints all of the log and truncates it. Where that fails (a full disk, a reader that holds a snapshot for
     * longer than 5 s), a later checkpoint does it.
     */
    async truncate() {
      thread ??= startThread()
      const worker = thread
      worker.ref()
      worker.postMessage('cut')
      await Promise.allSettled([once(worker, 'message')])
      worker.unref()
    },
    /** Waits until the thread has ended. */
    async stop() {
      clearTimeout(timer)
      if (thread === undefined) return
      const { promise, resolve } = Promise.withResolvers()
      thread.once('exit', resolve)
      thread.ref()
      thread.postMessage('stop')
      await promise
    }
  }
}
