// Transactions of SQLite, for the write queue.
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type Sqlite from 'better-sqlite3'
import type { Transactions } from '../commits/write-queue.ts'

type Connection = InstanceType<typeof Sqlite>

interface Driver {
  /** Whether the error says that another process holds the lock, so that a retry may succeed. */
  isBusy(error: unknown): boolean
  /** Maps an error of the driver to ours. */
  translated(error: unknown): unknown
  /** Has what was committed on disk when `sync` answers; `check` throws once that has failed. */
  log: { sync(): Promise<void> | undefined; check(): void }
  committed(): void
}

export function transactionsOf(
  writer: Connection,
  { isBusy, translated, log, committed }: Driver
): Transactions {
  const prepare = (statement: string) => writer.prepare<[]>(statement)
  const begin = prepare('begin immediate')
  const commit = prepare('commit')
  const rollback = prepare('rollback')
  const savepoint = prepare('savepoint write')
  const release = prepare('release write')
  const rollbackToSavepoint = prepare('rollback to write')
  /** How many rows this connection has inserted, updated and deleted, by foreign key actions too. */
  const changes = writer.prepare<[], number>('select total_changes()').pluck()

  return {
    /**
     * Retries until no other process holds the lock: SQLite's own busy timeout would block the event loop. From here to
     * the commit nothing is busy (sqlite.org/rescode.html#busy).
     */
    async begin(until) {
      log.check()
      for (;;) {
        try {
          begin.run()
          return
        } catch (error) {
          if (!isBusy(error) || performance.now() > until) throw error
        }
        await pause(1 + 4 * Math.random())
      }
    },
    commit() {
      commit.run()
      const synced = log.sync()
      if (synced === undefined) committed()
      return synced?.then(committed)
    },
    rollback: () => void rollback.run(),
    savepoint: () => void savepoint.run(),
    release: () => void release.run(),
    rollbackToSavepoint: () => void rollbackToSavepoint.run(),
    // Each statement is answered at once.
    flush() {},
    // SQLite rolls the whole transaction back where the disk is full, say (sqlite.org/lang_transaction.html, 3.1).
    isOpen: () => writer.inTransaction,
    changes: () => changes.get()!,
    translated
  }
}
