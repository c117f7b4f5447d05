// The file of the high-water mark (sqlite/high-water-mark.ts), as it is read.
import { existsSync, readFileSync } from 'node:fs'

/** The path of the mark of a database. */
export const highWaterMarkFile = (file: string) => `${file}.mark`

/** Reads the mark of a database; undefined where there is none. Throws when it is damaged. */
export function readHighWaterMark(file: string): { seq: number; change: string } | undefined {
  const text = existsSync(highWaterMarkFile(file)) ? readFileSync(highWaterMarkFile(file), 'utf8').trim() : ''
  // An empty file: the process was killed while it created the mark.
  if (text === '') return undefined
  const [, seq, change] = /^(\d+) (.+)$/.exec(text) ?? []
  if (seq === undefined)
    throw new Error(`its mark ${highWaterMarkFile(file)} is damaged, delete it if the database is not`)
  return { seq: Number(seq), change: change! }
}
