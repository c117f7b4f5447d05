// Long texts, compressed on SQLite. PostgreSQL compresses long values by itself.
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** In characters: a shorter text would hardly save a page. */
const minPacked = 1024

/** Level 1 takes half the time of gzip, and saves as much. */
const level = { [constants.ZSTD_c_compressionLevel]: 1 }

/** Windows, as powers of two: from that of the shortest text to that of level 1, half a megabyte, allocated before anything is read. */
const [minWindowLog, maxWindowLog] = [12, 19]

/** The options for each window: with an output buffer of a quarter of it, of 1 to 64 KB. */
const options = Array.from({ length: maxWindowLog - minWindowLog + 1 }, (_, i) => ({
  params: { ...level, [constants.ZSTD_c_windowLog]: minWindowLog + i },
  chunkSize: Math.min(2 ** 16, 2 ** (minWindowLog + i) / 4)
}))

/** The window that holds all of a text, whatever its letters are: a UTF-16 unit takes three bytes of UTF-8 at most. */
const windowLogOf = ({ length }: string) => Math.min(maxWindowLog, Math.ceil(Math.log2(length)) + 2)

/** A text as it is stored: in Zstandard where it is long. */
export const packedText = (text: string): string | Buffer =>
  text.length < minPacked ? text : zstdCompressSync(text, options[windowLogOf(text) - minWindowLog])

/** A text that was stored so, or by an older release as it is. */
export const unpackedText = (stored: string | Buffer): string =>
  typeof stored === 'string' ? stored : zstdDecompressSync(stored).toString()

/** Snippets are made of this much of a text, in characters, or in bytes of what is stored. */
export const maxShown = 100_000

/** A text of which the beginning is read: longer ones stay texts, so that SQL can cut them. */
export function packedUpToCut(text: string): string | Buffer {
  if (text.length > maxShown) return text
  const packed = packedText(text)
  return packed.length > maxShown ? text : packed
}

/** The first bytes of what Zstandard writes (RFC 8878, 3.1.1); no text in UTF-8 has them. */
const magic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/** The bytes in UTF-8 of a text that was stored. */
export const textBytes = (stored: Buffer): Buffer =>
  stored.subarray(0, magic.length).equals(magic) ? zstdDecompressSync(stored) : stored
