// Which files of media a copy of a database names; it may be of an older release.
import Sqlite from 'better-sqlite3'

/** Bytes that a record names. */
export interface NamedFile {
  digest: string
  bytes: number
  type: string
}

/** The tables that name bytes: uploaded files, and renditions. */
const tables = ['files', 'rendition_files']

/** What the records of the database in this file name, in no order; what two of them name may come twice. */
export function* namedFiles(file: string): Generator<NamedFile> {
  const connection = new Sqlite(file, { fileMustExist: true })
  try {
    const there = connection.prepare(`select 1 from sqlite_master where type = 'table' and name = ?`)
    for (const table of tables.filter((name) => there.get(name) !== undefined)) {
      let last = ''
      const rows = connection.prepare<[], NamedFile>(
        `select digest, bytes, type from ${table} order by digest`
      )
      for (const row of rows.iterate()) {
        if (row.digest !== last) yield row
        last = row.digest
      }
    }
  } finally {
    connection.close()
  }
}

/** Whether the database in this file names any. */
export function namesFiles(file: string): boolean {
  const [first] = namedFiles(file)
  return first !== undefined
}
