// Long texts, compressed on SQLite. PostgreSQL compresses long values by itself.
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** In characters: a shorter text would hardly save a page. */
const minPacked = 1024

/** Level 1 takes half the time of gzip, and saves as much. */
const level = { [constants.ZSTD_c_compressionLevel]: 1 }

/** How far level 1 looks back, as a power of two. Room for that is made before anything is read: half a megabyte. */
const widest = 19

/** By how far is looked back; what is written is no longer than a quarter of that. */
const options = Array.from({ length: widest + 1 }, (_, bits) => ({
  params: { ...level, [constants.ZSTD_c_windowLog]: bits },
  chunkSize: Math.max(1024, Math.min(2 ** 16, 2 ** bits / 4))
}))

/** How far to look back in a text: over all of it, whatever its letters are, of which each takes three bytes at most. */
const reachOf = ({ length }: string) => Math.min(widest, Math.ceil(Math.log2(length)) + 2)

/** A text as it is stored: in Zstandard where it is long. */
export const packedText = (text: string): string | Buffer =>
  text.length < minPacked ? text : zstdCompressSync(text, options[reachOf(text)])

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
