// The blocks of a GIF (GIF89a, 12 to 27): what tells whether one is whole, since decoders take one that breaks off for whole.
import { closeSync, openSync, readSync } from 'node:fs'

const image = 0x2c
const extension = 0x21

/** The byte at a place; undefined behind the end. */
type ByteAt = (at: number) => number | undefined

interface Block {
  /** What an extension is for; undefined for a frame. */
  label: number | undefined
  start: number
  /** Where the next one starts; undefined where the file ends before. */
  end: number | undefined
}

/** How many bytes a table of colours has, by the flags that tell it. */
const tableLength = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

/** The blocks of a GIF, to its trailer, which some programs leave out, or to what is none. */
export function* blocksOf(byteAt: ByteAt): Generator<Block> {
  let start: number | undefined = 13 + tableLength(byteAt(10) ?? 0)
  while (start !== undefined) {
    const kind = byteAt(start)
    if (kind !== image && kind !== extension) return
    const label = kind === extension ? byteAt(start + 1) : undefined
    const data = kind === extension ? start + 2 : start + 11 + tableLength(byteAt(start + 9) ?? 0)
    const end = afterData(byteAt, data)
    yield { label, start, end }
    start = end
  }
}

/** Where the sub-blocks that start here end: each has its length before it, and the last has none. */
function afterData(byteAt: ByteAt, start: number): number | undefined {
  let at = start
  let length = byteAt(at)
  while (length) {
    at += 1 + length
    length = byteAt(at)
  }
  return length === 0 ? at + 1 : undefined
}

/** How much is read at a time. */
const piece = 256 * 1024

/** Whether the file of a GIF ends within one of its blocks. */
export function gifBreaksOff(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(piece)
    /** Where in the file the bytes of the buffer begin. */
    let from = 0
    let length = 0
    const byteAt = (at: number) => {
      if (at >= from + length) {
        from = at
        length = readSync(file, buffer, 0, piece, at)
      }
      return at - from < length ? buffer[at - from] : undefined
    }
    for (const { end } of blocksOf(byteAt)) if (end === undefined) return true
    return false
  } finally {
    closeSync(file)
  }
}
