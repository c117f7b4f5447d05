// Long texts of the working copy, compressed on SQLite. PostgreSQL compresses long values by itself.
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
