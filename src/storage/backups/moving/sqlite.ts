// A file of SQLite as one side of a move.
import { existsSync } from 'node:fs'
import { writersOf } from '../../commits/writer.ts'
import { Refusal } from '../../opening/refusal.ts'
import { handle } from '../../sqlite/database.ts'
import { fullText } from '../../sqlite/fulltext.ts'
import { fileOf, foldersOf, open } from '../../sqlite/open.ts'
import { connect } from '../../sqlite/opening/connection.ts'
import { schema } from '../../sqlite/schema.ts'
import { notRebuilt, type Side } from './side.ts'

/** Opens a file, which must be there to be moved from, and takes its lock. */
export async function sqliteSide(url: string, isSource: boolean): Promise<Side> {
  const file = fileOf(url)
  if (isSource && !existsSync(file)) throw new Refusal(`There is no ${file}`)
  const { migrated, close } = open(url)
  await close()
  if (migrated) throw new Refusal(notRebuilt(file))
  const connection = connect(file, false)
  try {
    connection.exec('begin immediate')
  } catch (error) {
    connection.close()
    throw new Refusal(`${file} is being written to: ${(error as Error).message}`, { cause: error })
  }
  connection.pragma('defer_foreign_keys = ON')
  const writerFor = writersOf({ q: handle(connection), t: schema, fullText }, (error) => error)
  const sequences = connection.prepare<[], { name: string; seq: number }>(
    'select name, seq from sqlite_sequence'
  )
  return {
    where: file,
    tx: writerFor('move', new Date().toISOString(), () => {}),
    ...foldersOf(file),
    numbers: async () => new Map(sequences.all().map(({ name, seq }) => [name, seq])),
    async setNumbers(numbers) {
      const remove = connection.prepare('delete from sqlite_sequence where name = ?')
      const insert = connection.prepare('insert into sqlite_sequence (name, seq) values (?, ?)')
      for (const [name, seq] of numbers) {
        remove.run(name)
        insert.run(name, seq)
      }
    },
    commit: async () => void connection.exec('commit'),
    async close() {
      if (connection.inTransaction) connection.exec('rollback')
      connection.close()
    }
  }
}
