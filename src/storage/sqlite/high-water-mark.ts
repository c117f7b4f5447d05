// The high-water mark: the last acknowledged change, in a file beside the database. SQLite silently reads a truncated
// or damaged write-ahead log as far as it goes, and applies the log of another database; either way that change is
// missing or different at the next start, which is refused then.
import { closeSync, constants, fsyncSync, openSync, writeSync } from 'node:fs'
import { desc } from 'drizzle-orm'
import { type Database, prepared } from '../database.ts'
import { highWaterMarkFile } from './opening/mark-file.ts'

/** In bytes: each mark overwrites the one before with a single write. */
const markSize = 128

const lastQuery = prepared(({ q, t: { changes: c } }) =>
  q
    .select({ seq: c.seq, at: c.at, action: c.action, kind: c.kind, id: c.id })
    .from(c)
    .orderBy(desc(c.seq))
    .limit(1)
    .prepare('last_change')
)

/** Keeps the mark of a database up to date. */
export function highWaterMark(db: Database, file: string) {
  let descriptor: number | undefined
  let markedVersion: number | undefined

  /**
   * To be called after every commit, before it is acknowledged. A mark may lag behind but never be ahead: so it is not
   * synced, and a write error is ignored, because the commit itself is on disk.
   */
  async function update() {
    try {
      // A group commit is marked once.
      const version = db.version()
      if (version === markedVersion) return
      markedVersion = version
      const [last] = await lastQuery(db.read).execute()
      if (last) overwrite(Object.values(last).join(' '))
    } catch {
      markedVersion = undefined
    }
  }

  function overwrite(text: string) {
    const isFirst = descriptor === undefined
    descriptor ??= openSync(highWaterMarkFile(file), constants.O_RDWR | constants.O_CREAT, 0o600)
    writeSync(descriptor, `${text.padEnd(markSize - 1)}\n`, 0)
    // So that a power failure leaves no empty file.
    if (isFirst) fsyncSync(descriptor)
  }

  return {
    keep: update,
    close() {
      if (descriptor !== undefined) closeSync(descriptor)
      descriptor = undefined
    }
  }
}
