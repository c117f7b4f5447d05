// The mark of a database: the last change that was acknowledged, in a file beside it. A log that was cut, lost or
// damaged SQLite reads as far as it goes, and the log of another database it takes for its own, without a word; with
// either, that change is not in the change log any more, or is not what it was.
import { closeSync, constants, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { desc } from 'drizzle-orm'
import { type Database, prepared } from '../database.ts'

/** Where the mark of a database is. */
export const highWaterMarkFile = (file: string) => `${file}.mark`

/** What the mark of a database says; undefined where there is none. Throws for one that cannot be read. */
export function readHighWaterMark(file: string): { seq: number; change: string } | undefined {
  const text = existsSync(highWaterMarkFile(file)) ? readFileSync(highWaterMarkFile(file), 'utf8').trim() : ''
  // An empty one was being made when the program was killed.
  if (text === '') return undefined
  const [, seq, change] = /^(\d+) (.+)$/.exec(text) ?? []
  if (seq === undefined)
    throw new Error(`its mark ${highWaterMarkFile(file)} is damaged, delete it if the database is not`)
  return { seq: Number(seq), change: change! }
}

/** In bytes: each mark is written over the one before, in one piece. */
const size = 128

const lastQuery = prepared(({ q, t: { changes: c } }) =>
  q
    .select({ seq: c.seq, at: c.at, action: c.action, kind: c.kind, id: c.id })
    .from(c)
    .orderBy(desc(c.seq))
    .limit(1)
    .prepare('last_change')
)

/** What moves the mark of a database on. */
export function highWaterMark(db: Database, file: string) {
  let open: number | undefined
  let known: number | undefined

  /**
   * To be called after every commit, before it is acknowledged. A mark may say too little, never too much: so it needs
   * no sync of its own, and what it cannot be written with is no reason to refuse what is on disk.
   */
  async function keep() {
    try {
      // What was committed together is marked once.
      const version = db.version()
      if (version === known) return
      known = version
      const [last] = await lastQuery(db.read).execute()
      if (last) put(Object.values(last).join(' '))
    } catch {
      known = undefined
    }
  }

  function put(text: string) {
    const isFirst = open === undefined
    open ??= openSync(highWaterMarkFile(file), constants.O_RDWR | constants.O_CREAT, 0o600)
    writeSync(open, `${text.padEnd(size - 1)}\n`, 0)
    // So that a loss of power leaves no empty one.
    if (isFirst) fsyncSync(open)
  }

  return {
    keep,
    close() {
      if (open !== undefined) closeSync(open)
      open = undefined
    }
  }
}
