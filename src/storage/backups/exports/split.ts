// Splitting a file into lines, in bounded memory.
import { createReadStream } from 'node:fs'
import { Refusal } from '../../opening/refusal.ts'

/** In bytes: no record is longer. */
const maxLine = 256 * 1024 * 1024

export interface Line {
  /** Without the line feed. */
  bytes: Buffer
  /** Whether it ends with a line feed: the last one of a file may be cut off. */
  isWhole: boolean
}

/** The lines of a file. Throws a Refusal for one that is longer than `max`. */
export async function* splitLines(file: string, max = maxLine): AsyncGenerator<Line> {
  let pieces: Buffer[] = []
  let length = 0
  // Without an encoding, its chunks are bytes.
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield { bytes: Buffer.concat([...pieces, chunk.subarray(from, end)]), isWhole: true }
      from = end + 1
      pieces = []
      length = 0
    }
    if (from === chunk.length) continue
    pieces.push(chunk.subarray(from))
    length += chunk.length - from
    if (length > max) throw new Refusal(`${file} is no export: a line has more than ${max} bytes`)
  }
  if (length > 0) yield { bytes: Buffer.concat(pieces), isWhole: false }
}
