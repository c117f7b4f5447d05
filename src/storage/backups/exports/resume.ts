// What an interrupted export has written.
import { createHash, type Hash } from 'node:crypto'
import { existsSync, truncateSync } from 'node:fs'
import type { Header, RecordLine, Trailer } from './lines.ts'
import { splitLines } from './split.ts'

export interface Begun {
  /** Its first line; none where it was interrupted before that. */
  header?: Header
  /** Its last record. */
  last?: RecordLine
  /** Of all its bytes. */
  hash: Hash
  lines: number
}

/** The lines that a file has, which is cut after the last whole one of them. */
export async function begun(file: string): Promise<Begun> {
  const found: Begun = { hash: createHash('sha256'), lines: 0 }
  if (!existsSync(file)) return found
  let length = 0
  for await (const { bytes, isWhole } of splitLines(file)) {
    const line = isWhole ? parsed(bytes) : undefined
    if (line === undefined || line.kind === 'end') break
    if (line.kind === 'export') found.header = line
    else found.last = line
    found.hash.update(bytes).update('\n')
    found.lines++
    length += bytes.length + 1
  }
  truncateSync(file, length)
  return found
}

/** A line as it was written; undefined for what a crash of the machine left in its place. */
function parsed(bytes: Buffer): Header | RecordLine | Trailer | undefined {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}
