// Syncing the write-ahead log after a commit. SQLite would do it within the commit, on the event loop: where the disk has
// files of megabytes to write, that holds all readers up for a tenth of a second. So it is done here, and by a thread
// beside the event loop once it takes long; while the disk is fast, a thread would be waited for longer than the disk.
import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { promisify } from 'node:util'
import { Unavailable } from '../database.ts'

const syncInThread = promisify(fdatasync)

/** How long a sync may take, in ms, so that the next one is done on the event loop as well. */
const quick = 4

/**
 * After a sync that failed, the system takes what was not written for written: a later sync would succeed, with a gap before
 * it at which a log is read no further (wiki.postgresql.org/wiki/Fsync_Errors). So there is none.
 */
const broken = (cause: Error) =>
  new Unavailable(
    `The log of the database could not be synced to the disk (${cause.message}). Nothing is written any more: see to the disk, then restart.`,
    { cause }
  )

/** Syncs the log of the database in a file, which is there with its first commit. */
export function logSync(file: string, maxOnLoop = quick) {
  let log: number | undefined
  /** How long the last sync took, in ms. */
  let took = 0
  let failure: Unavailable | undefined

  function opened(): number {
    try {
      return openSync(`${file}-wal`, 'r+')
    } catch (error) {
      throw new Unavailable((error as Error).message, { cause: error })
    }
  }

  function fail(error: unknown): never {
    failure = broken(error as Error)
    throw failure
  }

  /** Throws Unavailable where a sync has failed. */
  function check() {
    if (failure) throw failure
  }

  return {
    check,
    /** Syncs what was committed; it is on disk when this answers. Throws Unavailable. */
    sync(): Promise<void> | undefined {
      check()
      log ??= opened()
      const began = performance.now()
      const done = () => {
        took = performance.now() - began
      }
      if (took > maxOnLoop) return syncInThread(log).then(done, fail)
      try {
        fdatasyncSync(log)
      } catch (error) {
        fail(error)
      }
      done()
      return undefined
    },
    close() {
      if (log !== undefined) closeSync(log)
    }
  }
}
