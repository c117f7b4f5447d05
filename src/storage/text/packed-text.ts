// Long texts, compressed on SQLite. PostgreSQL compresses long values by itself.
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** In characters: a shorter text would hardly save a page. */
const minPacked = 1024

/** Level 1 takes half the time of gzip, and saves as much. */
const options = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** A text as it is stored: in Zstandard where it is long. */
export const packedText = (text: string): string | Buffer =>
  text.length < minPacked ? text : zstdCompressSync(text, options)

/** A text that was stored so, or by an older release as it is. */
export const unpackedText = (stored: string | Buffer): string =>
  typeof stored === 'string' ? stored : zstdDecompressSync(stored).toString()

/** As much of a text is read for what is shown of it, in characters, and in bytes of what is stored. */
export const maxShown = 100_000

/** A text of which the beginning is read: longer ones stay texts, so that SQL can cut them. */
export function packedUpToCut(text: string): string | Buffer {
  if (text.length > maxShown) return text
  const packed = packedText(text)
  return packed.length > maxShown ? text : packed
}

/** The first bytes of what Zstandard writes (RFC 8878, 3.1.1); no text in UTF-8 has them. */
const magic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/** The bytes of a text in UTF-8, of those that were stored of it. */
export const textBytes = (stored: Buffer): Buffer =>
  stored.subarray(0, magic.length).equals(magic) ? zstdDecompressSync(stored) : stored
