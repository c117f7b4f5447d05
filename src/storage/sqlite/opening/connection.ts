// Connections to a file of SQLite, without what makes queries of it: a process that only copies and checks one starts in a fifth
// of the processor time.
import Sqlite from 'better-sqlite3'

type Connection = InstanceType<typeof Sqlite>

/** The oldest SQLite without the WAL-reset bug (sqlite.org/wal.html#walresetbug). */
const oldestVersion = '3.51.3'

/** Opens a connection with our pragmas. Throws when one of them was not applied. */
export function connect(file: string, readonly: boolean): Connection {
  const connection = new Sqlite(file, { readonly, fileMustExist: true })
  connection.pragma('busy_timeout = 5000')
  if (!readonly) {
    connection.pragma('journal_mode = WAL')
    // Overwrites deleted data with zeros (sqlite.org/pragma.html#pragma_secure_delete): personal data must be erasable.
    connection.pragma('secure_delete = ON')
  }
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  const expected = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, busy_timeout: 5000 }
  for (const [name, value] of Object.entries(expected)) {
    const set = connection.pragma(name, { simple: true })
    if (set !== value) throw new Error(`SQLite refused ${name} = ${value}: it says ${set}`)
  }
  return connection
}

/** Throws when better-sqlite3 bundles an older SQLite than the program needs. */
export function checkVersion(connection: Connection) {
  const version = String(connection.prepare('select sqlite_version()').pluck().get())
  if (version.localeCompare(oldestVersion, 'en', { numeric: true }) < 0) {
    throw new Error(`SQLite ${version} is too old: ${oldestVersion} or newer is needed`)
  }
}

/** Whether another process holds the lock: it writes, recovers the log after a crash, or checkpoints as it closes. */
export const isBusy = (error: unknown) =>
  error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')
