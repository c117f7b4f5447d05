// Reserves disk space for the next start, in case the disk is full by then. SQLite keeps the index of the write-ahead
// log in FILE-shm; it deletes the file when the last connection closes, and needs 32 KB for a new one before anything
// can be read (sqlite.org/walformat.html#shm).
import { existsSync, linkSync, rmSync, writeFileSync } from 'node:fs'

/** In bytes: what SQLite allocates first. */
const shmSize = 32 * 1024

/**
 * Creates FILE-shm after the last connection was closed; SQLite truncates and reuses it. It is created under another
 * name and then linked, so this never writes to a file that another process has opened meanwhile.
 */
export function reserveSharedMemory(file: string) {
  if (existsSync(`${file}-wal`)) return
  const temporary = `${file}-shm.${process.pid}.new`
  try {
    writeFileSync(temporary, Buffer.alloc(shmSize), { mode: 0o600 })
    linkSync(temporary, `${file}-shm`)
  } catch {
    // Another process has opened the database, or the disk is full: nothing is reserved.
  } finally {
    rmSync(temporary, { force: true })
  }
}
