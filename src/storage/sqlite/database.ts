// SQLite: one read-only connection, and one for the write queue (../commits/write-queue.ts).
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { performance } from 'node:perf_hooks'
import Sqlite from 'better-sqlite3'
import { logSync } from '../commits/log-sync.ts'
import { writeQueue } from '../commits/write-queue.ts'
import { writersOf } from '../commits/writer.ts'
import { type Database, Full, type Reader, Unavailable, Violation, type Writer } from '../database.ts'
import { checkpoints } from './checkpoints.ts'
import { fullText } from './fulltext.ts'
import { invalidationLog } from './invalidations.ts'
import { connect, isBusy } from './opening/connection.ts'
import { schema } from './schema.ts'
import { openSession as drizzleOver } from './session.ts'
import { reserveSharedMemory } from './shared-memory.ts'
import { transactionsOf } from './transactions.ts'

type Connection = InstanceType<typeof Sqlite>

// The second of the two casts of storage/: drizzle for SQLite typed as drizzle for PostgreSQL.
export const handle = (connection: Connection) => drizzleOver(connection) as unknown as Writer['q']

/** Reads a file that nobody writes to. */
export const readerOf = (connection: Connection): Reader => ({ q: handle(connection), t: schema, fullText })

/** Connects to a file that exists and is migrated (open.ts). */
export function sqlite(
  file: string,
  clock: () => Date
): Omit<Database, 'copies' | 'filesFolder' | 'importsFolder'> {
  const writer = connect(file, false)
  writer.pragma('busy_timeout = 0')
  // The log is synced after each commit all the same, but not on the event loop where that takes long (log-sync.ts).
  writer.pragma('synchronous = NORMAL')
  // A thread makes the checkpoints. Only a log of so many pages, with which it did not keep up, the writer checkpoints.
  writer.pragma('wal_autocheckpoint = 16384')
  // The statement journal of savepoints stays in memory; in a file it would be written page by page, and synced.
  writer.pragma('temp_store = MEMORY')
  // In KiB: what a group of writes changes. With the 2 MB of the default, pages are written before the commit, and again with it.
  writer.pragma('cache_size = -8192')
  const { committed, truncate, stop } = checkpoints(file)
  const log = logSync(file)
  const reader = connect(file, true)
  // In KiB: enough for the upper pages of the indexes to stay in memory.
  reader.pragma('cache_size = -4096')
  const read: Reader = { q: handle(reader), t: schema, fullText, version }
  const q = handle(writer)

  // It counts the commits of other connections. The reader never commits, so it counts them all.
  const dataVersion = reader.prepare<[], number>('pragma data_version').pluck()
  let known: number
  let readAtTick = -1
  /**
   * Read once for all requests of one poll phase of the event loop. They were sent before it was read; a request that
   * is sent after a later commit arrives in a later poll, and then libuv's counters differ.
   */
  function version(): number {
    const { loopCount, events } = performance.nodeTiming.uvMetricsInfo
    if (readAtTick !== loopCount + events) {
      known = dataVersion.get()!
      readAtTick = loopCount + events
    }
    return known
  }

  const writerFor = writersOf({ q, t: schema, fullText }, translated)

  const invalidations = invalidationLog(reader, writer)
  const firstFacet = reader
    .prepare<[string, string], string>(
      'select value from facet_values where kind = +? and name = +? order by value limit 1'
    )
    .pluck()
  const { write, drained } = writeQueue(
    transactionsOf(writer, {
      isBusy,
      translated,
      log,
      committed() {
        readAtTick = -1
        committed()
      }
    })
  )
  return {
    read,
    version,
    invalidatedSince: invalidations.since,
    firstFacet: (kind, name) => firstFacet.get(kind, name),
    async freeBytes() {
      const { bavail, bsize } = await statfs(dirname(file))
      return bavail * bsize
    },
    write: (actor, work) =>
      write(async (beforeCommit) => {
        const tx = writerFor(actor, clock().toISOString(), beforeCommit)
        const result = await work(tx)
        invalidations.append(tx.invalidated)
        return result
      }),
    truncateLog: truncate,
    async close() {
      await drained()
      await stop()
      reader.close()
      log.close()
      writer.close()
      reserveSharedMemory(file)
    }
  }
}

const unavailable = /^SQLITE_(BUSY|LOCKED|PROTOCOL|IOERR|CANTOPEN|READONLY)/

/** Maps an error of the driver to ours; any other error as it is. */
function translated(error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error
  if (error.code === 'SQLITE_CONSTRAINT_UNIQUE' || error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY') {
    return new Violation('unique', error)
  }
  if (error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return new Violation('reference', error)
  if (error.code === 'SQLITE_FULL') return new Full(error.message, { cause: error })
  return unavailable.test(error.code) ? new Unavailable(error.message, { cause: error }) : error
}
