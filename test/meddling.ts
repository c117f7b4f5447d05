// Changing a database behind the back of the service that has it open.
import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { isBusy } from '../src/storage/sqlite/database.ts'

/**
 * Executes a statement. A transaction of the service may be open, which ends only when this process goes on: waiting for it as
 * SQLite does would wait for ever.
 */
export async function meddle(file: string, statement: string) {
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
