// Whether a file is a database of this program, whole, and with all that was acknowledged.
import { statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { Refusal } from '../../opening/refusal.ts'
import { integrityFault } from '../integrity-check.ts'
import { checkVersion } from './connection.ts'
import { highWaterMarkFile, readHighWaterMark } from './mark-file.ts'

export interface InspectOptions {
  /** The name of the file in error messages. */
  label?: string
  /** Whether all of its pages are checked. */
  checkPages?: boolean
  /** Checks all records and foreign keys as well. */
  thorough?: boolean
}

/** When the last applied migration was generated (ms since 1970). Throws a Refusal for a damaged or foreign file. */
export const inspect = (
  file: string,
  { label = file, checkPages: look = true, thorough = false }: InspectOptions = {}
): number =>
  orRefuse(label, () => {
    if (statSync(file).size === 0)
      throw new Refusal(`${label} is empty: it is not a database; delete it to start a new newsroom`)
    // Read-only: the last connection to close would checkpoint the log into the file, even the log of another database.
    const connection = new Sqlite(file, { readonly: true, fileMustExist: true })
    try {
      checkVersion(connection)
      const fault = look ? integrityFault(connection, thorough) : undefined
      if (fault) throw damaged(label, fault)
      const last = lastMigration(connection, label)
      checkMark(connection, file)
      return last
    } finally {
      connection.close()
    }
  })

/** Does `work`; turns whatever it throws into a Refusal that names the file. */
export function orRefuse<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(`${file} cannot be opened: ${(error as Error).message}`, { cause: error })
  }
}

/** Throws a Refusal when the last acknowledged change is missing. */
function checkMark(connection: InstanceType<typeof Sqlite>, file: string) {
  const mark = readHighWaterMark(file)
  if (mark === undefined) return
  const { seq, change } = mark
  const marked = connection
    .prepare("select at || ' ' || action || ' ' || kind || ' ' || id from changes where seq = ?")
    .pluck()
  if (marked.get(seq) === change) return
  throw new Refusal(
    `${file} lacks change ${seq} (${change}), which was acknowledged: the file or its write-ahead log ${file}-wal is ` +
      `older, damaged or of another newsroom; bring back both, or delete ${highWaterMarkFile(file)} to go on without what is lost`
  )
}

/** The Refusal of a damaged file. */
export const damaged = (file: string, fault: string) => new Refusal(`${file} is damaged: ${fault}`)

function lastMigration(connection: InstanceType<typeof Sqlite>, file: string): number {
  const foreign = `${file} is a database, but not one of On Record`
  const known = connection
    .prepare("select count(*) from sqlite_master where type = 'table' and name = '__drizzle_migrations'")
    .pluck()
  if (known.get() === 0) throw new Refusal(`${foreign}: it has no migration table`)
  const last = connection.prepare('select max(created_at) from __drizzle_migrations').pluck().get()
  if (last === null) throw new Refusal(`${foreign}: its migration table is empty`)
  return Number(last)
}
