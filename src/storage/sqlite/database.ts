// SQLite: one read-only connection, and one that writes what waits (queue.sqlite.ts).
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { performance } from 'node:perf_hooks'
import Sqlite from 'better-sqlite3'
import {
  type Actor,
  type Database,
  Full,
  type Reader,
  Unavailable,
  Violation,
  type Writer
} from '../database.ts'
import { indexed } from '../text/tokenizer.ts'
import { checkpoints } from './checkpoints.ts'
import { fullText } from './fulltext.ts'
import { schema } from './schema.ts'
import { openSession as drizzleOver } from './session.ts'
import { reserveSharedMemory } from './shared-memory.ts'
import { writeQueue } from './write-queue.ts'

type Connection = InstanceType<typeof Sqlite>

/** The oldest SQLite without the WAL-reset bug (sqlite.org/wal.html#walresetbug). */
const oldest = '3.51.3'

/** A connection set up as ours always are. Throws when a setting did not take. */
export function connect(file: string, readonly: boolean): Connection {
  const connection = new Sqlite(file, { readonly, fileMustExist: true })
  connection.pragma('busy_timeout = 5000')
  if (!readonly) {
    connection.pragma('journal_mode = WAL')
    // What is deleted or written over is zeros in the file (sqlite.org/pragma.html#pragma_secure_delete): people are erased.
    connection.pragma('secure_delete = ON')
  }
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  connection.function('indexed', { deterministic: true }, (text: unknown) => indexed(String(text)))
  const expected = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, busy_timeout: 5000 }
  for (const [name, value] of Object.entries(expected)) {
    const set = connection.pragma(name, { simple: true })
    if (set !== value) throw new Error(`SQLite refused ${name} = ${value}: it says ${set}`)
  }
  return connection
}

/** Throws when the SQLite inside better-sqlite3 is older than the program needs. */
export function checkVersion(connection: Connection) {
  const version = String(connection.prepare('select sqlite_version()').pluck().get())
  if (version.localeCompare(oldest, 'en', { numeric: true }) < 0) {
    throw new Error(`SQLite ${version} is too old: ${oldest} or newer is needed`)
  }
}

// The second of the two casts of storage/: drizzle for SQLite wears the types of drizzle for PostgreSQL.
const handle = (connection: Connection) => drizzleOver(connection) as unknown as Writer['q']

/** The database in a file that exists and is migrated (open.ts). */
export function sqlite(file: string, clock: () => Date): Omit<Database, 'copies'> {
  const writer = connect(file, false)
  writer.pragma('busy_timeout = 0')
  // Checkpoints are made beside the writing. A log of so many pages, which they did not keep up with, is the writer's.
  writer.pragma('wal_autocheckpoint = 16384')
  // What a savepoint would bring back: in a file, that would be written page by page, and synced with the log.
  writer.pragma('temp_store = MEMORY')
  const { committed, cut, stop } = checkpoints(file)
  const reader = connect(file, true)
  // In KiB: the upper pages of the indexes stay in memory, whatever is read in between.
  reader.pragma('cache_size = -4096')
  const read: Reader = { q: handle(reader), t: schema, fullText, version }
  const q = handle(writer)

  // It counts the commits of other connections, and the reader never commits: it counts them all.
  const dataVersion = reader.prepare<[], number>('pragma data_version').pluck()
  let known: number
  let readIn = -1
  /**
   * Read once for all requests that one call of epoll found waiting. They were sent before it was read; what is sent
   * later, knowing of a later commit, is found by a later call, and then the counts of libuv differ.
   */
  function version(): number {
    const { loopCount, events } = performance.nodeTiming.uvMetricsInfo
    if (readIn !== loopCount + events) {
      known = dataVersion.get()!
      readIn = loopCount + events
    }
    return known
  }

  /** The open transaction, in the hands of this actor. */
  const writing = (actor: Actor, now: string): Writer => ({
    q,
    t: schema,
    fullText,
    actor,
    now,
    async within(actor, work) {
      try {
        return await work(writing(named(actor), now))
      } catch (error) {
        throw translated(error)
      }
    }
  })

  const { write, drained } = writeQueue(writer, {
    isBusy,
    translated,
    committed() {
      readIn = -1
      committed()
    }
  })
  return {
    read,
    version,
    async free() {
      const { bavail, bsize } = await statfs(dirname(file))
      return bavail * bsize
    },
    write: (actor, work) => write(() => work(writing(named(actor), clock().toISOString()))),
    cutLog: cut,
    async close() {
      await drained()
      await stop()
      reader.close()
      writer.close()
      reserveSharedMemory(file)
    }
  }
}

const named = (actor: Actor | string): Actor =>
  typeof actor === 'string' ? { name: actor, role: null } : actor

/** Another process writes, checkpoints as the last one to close, or repairs the log after a crash. */
export const isBusy = (error: unknown) =>
  error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')

const unavailable = /^SQLITE_(BUSY|LOCKED|PROTOCOL|IOERR|CANTOPEN|READONLY)/

/** The driver's error in the program's words; any other error as it is. */
function translated(error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error
  if (error.code === 'SQLITE_CONSTRAINT_UNIQUE' || error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY') {
    return new Violation('unique', error)
  }
  if (error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return new Violation('reference', error)
  if (error.code === 'SQLITE_FULL') return new Full(error.message, { cause: error })
  return unavailable.test(error.code) ? new Unavailable(error.message, { cause: error }) : error
}
