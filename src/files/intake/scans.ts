// The scans of a JPEG. The format allows any number, and each goes over all blocks of the picture: three thousand of a
// few bytes keep a decoder busy for half a minute.
import { open } from 'node:fs/promises'

/** How much is read at a time. */
const piece = 256 * 1024

const startOfImage = 0xd8
const endOfImage = 0xd9
const startOfScan = 0xda

/** What may follow 0xff among the data of a scan: a byte of the data, a restart, or fill. */
const isData = (byte: number) => byte === 0 || byte === 0xff || (byte >= 0xd0 && byte <= 0xd7)

/** How many scans a JPEG has; counting ends where there are more than `maxScans`. */
export async function scansOf(path: string, maxScans: number): Promise<number> {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(piece)
    /** Where in the file the bytes of the buffer begin. */
    let from = 0
    let bytes = buffer.subarray(0, 0)
    let scans = 0
    let at = 0
    while (scans <= maxScans) {
      if (at + 4 > from + bytes.length) {
        const { bytesRead } = await file.read(buffer, 0, piece, at)
        if (bytesRead < 4) break
        from = at
        bytes = buffer.subarray(0, bytesRead)
      }
      const found = bytes.indexOf(0xff, at - from)
      if (found < 0 || found + 4 > bytes.length) {
        // No marker in the rest, or only its beginning.
        at = from + (found < 0 ? bytes.length : found)
        continue
      }
      const marker = bytes[found + 1]!
      at = from + found + 1
      if (isData(marker)) continue
      if (marker === endOfImage) break
      if (marker === startOfScan) scans++
      at += marker === startOfImage ? 1 : 1 + bytes.readUInt16BE(found + 2)
    }
    return scans
  } finally {
    await file.close()
  }
}
