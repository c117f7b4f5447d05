// SQLite: one read-only connection, one queued writer.
import Sqlite from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { type Database, type Reader, Unavailable, Violation, type Writer } from './database.ts'
import { schema } from './schema.sqlite.ts'

type Connection = InstanceType<typeof Sqlite>

/** The oldest SQLite without the WAL-reset bug (sqlite.org/wal.html#walresetbug). */
const oldest = '3.51.3'

/** A connection set up as ours always are. Throws when a setting did not take. */
export function connect(file: string, readonly: boolean): Connection {
  const connection = new Sqlite(file, { readonly, fileMustExist: true })
  connection.pragma('busy_timeout = 5000')
  if (!readonly) connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
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
const handle = (connection: Connection) =>
  drizzle(connection) as BetterSQLite3Database as unknown as Writer['q']

/** The database in a file that exists and is migrated (open.ts). */
export function sqlite(file: string, clock: () => Date): Database {
  const writer = connect(file, false)
  const reader = connect(file, true)
  const read: Reader = { q: handle(reader), t: schema }
  const q = handle(writer)

  // It counts the commits of other connections, and the reader never commits: it counts them all.
  const dataVersion = reader.prepare<[], number>('pragma data_version').pluck()
  let known: number | undefined
  const forget = () => {
    known = undefined
  }
  /** Read once for all requests that arrived together: what is sent later is handled in a later turn of the loop. */
  function version(): number {
    if (known !== undefined) return known
    setImmediate(forget)
    known = dataVersion.get()!
    return known
  }

  async function alone<T>(actor: string, work: (tx: Writer) => Promise<T>): Promise<T> {
    try {
      writer.exec('begin immediate')
      const result = await work({ q, t: schema, actor, now: clock().toISOString() })
      writer.exec('commit')
      forget()
      return result
    } catch (error) {
      if (writer.inTransaction) writer.exec('rollback')
      throw translated(error)
    }
  }

  let last: Promise<unknown> = Promise.resolve()
  return {
    read,
    version,
    write(actor, work) {
      const turn = last.then(() => alone(actor, work))
      last = turn.catch(() => {})
      return turn
    },
    async close() {
      await last
      reader.close()
      writer.close()
    }
  }
}

const unavailable = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY)/

/** The driver's error in the program's words; any other error as it is. */
function translated(error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error
  if (error.code === 'SQLITE_CONSTRAINT_UNIQUE' || error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY') {
    return new Violation('unique', error)
  }
  if (error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return new Violation('reference', error)
  return unavailable.test(error.code) ? new Unavailable(error.message, { cause: error }) : error
}
