// Removing a database with everything that stands beside it.
import { existsSync, rmSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { tryLockExclusive } from '../backups/copies.ts'
import { Refusal } from '../opening/refusal.ts'
import { foldersOf } from './open.ts'
import { highWaterMarkFile } from './opening/mark-file.ts'

/** Removes the database in `file`. Answers whether there was one; throws a Refusal while a program uses it. */
export function removeDatabase(file: string): boolean {
  const wasThere = existsSync(file)
  const lock = wasThere ? lockOf(file) : undefined
  // The log goes before the database: a log without its database stops the next start, and says why.
  for (const one of [`${file}-wal`, `${file}-shm`, highWaterMarkFile(file), file, `${file}.secret`])
    rmSync(one, { force: true })
  for (const folder of Object.values(foldersOf(file))) rmSync(folder, { recursive: true, force: true })
  lock?.close()
  return wasThere
}

/** A connection that locks the database; none for a file that is damaged, which nobody can use. */
function lockOf(file: string): InstanceType<typeof Sqlite> | undefined {
  const lock = new Sqlite(file, { timeout: 1000 })
  try {
    // In this mode any other open connection makes locking fail.
    lock.pragma('locking_mode = exclusive')
    if (tryLockExclusive(lock)) return lock
  } catch {
    lock.close()
    return undefined
  }
  lock.close()
  throw new Refusal(`A program uses ${file}: stop it, then reset`)
}
