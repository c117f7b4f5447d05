// Changing a database behind the back of the service that has it open.
import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { isBusy } from '../../src/storage/sqlite/opening/connection.ts'
import { statements } from '../postgres/server.ts'

/**
 * Executes a statement, in a file or at a URL. A transaction of the service may have the file, which ends only when this
 * process goes on: waiting for it as SQLite does would wait for ever.
 */
export async function meddle(file: string, statement: string) {
  if (file.startsWith('postgres:')) {
    await statements(file, statement)
    return
  }
  const connection = new Sqlite(file, { timeout: 0 })
  for (;;) {
    try {
      connection.exec(statement)
      break
    } catch (error) {
      if (!isBusy(error)) throw error
      await pause(5)
    }
  }
  connection.close()
}
