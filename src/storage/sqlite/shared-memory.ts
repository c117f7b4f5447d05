// Room for the next start on a disk that is full by then. SQLite keeps the index of the write-ahead log in FILE-shm, which
// it removes when the last connection closes and makes anew, 32 KB of it, before anything can be read
// (sqlite.org/walformat.html#shm).
import { existsSync, linkSync, rmSync, writeFileSync } from 'node:fs'

/** In bytes: as long as SQLite makes it. */
const length = 32 * 1024

/**
 * Leaves FILE-shm there after the last connection was closed. SQLite cuts it when it is opened and takes the same room
 * again. It is linked when it is whole, so nothing is ever written to one that somebody has opened meanwhile.
 */
export function reserveSharedMemory(file: string) {
  if (existsSync(`${file}-wal`)) return
  const made = `${file}-shm.${process.pid}.new`
  try {
    writeFileSync(made, Buffer.alloc(length), { mode: 0o600 })
    linkSync(made, `${file}-shm`)
  } catch {
    // Somebody has opened the database, or there is no room: then it is as if this had not been tried.
  } finally {
    rmSync(made, { force: true })
  }
}
