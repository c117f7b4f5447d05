// Syncing the write-ahead log after a commit. SQLite would do it within the commit, on the event loop: where the disk has
// files of megabytes to write, that holds all readers up for a tenth of a second. So it is done here, and by a thread
// beside the event loop once it takes long; while the disk is fast, a thread would be waited for longer than the disk.
import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { promisify } from 'node:util'
import { Unavailable } from '../database.ts'

const syncBeside = promisify(fdatasync)

/** How long a sync may take, in ms, so that the next one is done on the event loop as well. */
const quick = 4

/** What was to be written is not surely on disk. */
const unavailable = (error: unknown) => new Unavailable((error as Error).message, { cause: error })

/** Syncs the log of the database in a file, which is there with its first commit. */
export function logSync(file: string, mostOnLoop = quick) {
  let log: number | undefined
  /** How long the last sync took, in ms. */
  let took = 0

  async function beside(opened: number, began: number) {
    try {
      await syncBeside(opened)
    } catch (error) {
      throw unavailable(error)
    }
    took = performance.now() - began
  }

  return {
    /** Syncs what was committed; it is on disk when this answers. Throws Unavailable. */
    sync(): Promise<void> | undefined {
      const began = performance.now()
      try {
        log ??= openSync(`${file}-wal`, 'r+')
        if (took > mostOnLoop) return beside(log, began)
        fdatasyncSync(log)
      } catch (error) {
        throw unavailable(error)
      }
      took = performance.now() - began
      return undefined
    },
    close() {
      if (log !== undefined) closeSync(log)
    }
  }
}
