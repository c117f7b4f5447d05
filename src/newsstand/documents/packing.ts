// The bytes of documents, as they are and compressed: made once for the newsstand and for the edition that is kept.
import { promisify } from 'node:util'
import { crc32, gunzip, gunzipSync, gzip, gzipSync } from 'node:zlib'
import { jsonOf } from '../../storage/text/json-text.ts'

export interface Packed {
  bytes: Buffer
  /** In gzip, where they are more than `minCompressed`. */
  gzip: Buffer | null
}

/** Smaller documents fit in one packet anyway. */
const minCompressed = 1024

/** In bytes: shorter documents are compressed synchronously, within some milliseconds. */
export const asyncThreshold = 100_000

/** Level 6 takes half as long again, for a hundredth of the bytes of an article. */
const options = { level: 4 }

/** Long documents are compressed in libuv's thread pool: it takes a tenth of a second. */
const gzipAsync = promisify<Buffer, typeof options, Buffer>(gzip)
const gunzipAsync = promisify<Buffer, Buffer>(gunzip)

/** The bytes of values that are being published. */
const made = new WeakMap<object, Packed>()

/** The bytes in which a value is served. */
export const bytesOf = (value: object) => Buffer.from(jsonOf(value))

/** The bytes of a value, which does not change any more, without blocking the event loop where it is long. */
export async function pack(value: object): Promise<Packed> {
  const known = made.get(value)
  if (known) return known
  const bytes = bytesOf(value)
  const packed =
    bytes.length > asyncThreshold ? { bytes, gzip: await gzipAsync(bytes, options) } : packedNow(bytes)
  made.set(value, packed)
  return packed
}

/** The same at once, of its bytes. */
export const packedNow = (bytes: Buffer): Packed => ({
  bytes,
  gzip: bytes.length > minCompressed ? gzipSync(bytes, options) : null
})

/** In gzip where they are compressed, as they are otherwise. */
export const smallest = ({ bytes, gzip }: Packed): Buffer => gzip ?? bytes

/** How a document is stored: in gzip alone where lists show its card, as nearly all clients take it; else both ways. */
export const storedForm = (packed: Packed, hasCard: boolean) =>
  hasCard ? { document: smallest(packed), gzip: null } : { document: packed.bytes, gzip: packed.gzip }

/** Whether bytes were stored in gzip: JSON never begins so. */
export const isGzip = (bytes: Buffer) => bytes[0] === 0x1f && bytes[1] === 0x8b

/** The JSON that was stored as it is, or in gzip. */
export const unpacked = (bytes: Buffer): string => (isGzip(bytes) ? gunzipSync(bytes) : bytes).toString()

/** In bytes of gzip: what is shorter is inflated synchronously, within some milliseconds. */
const asyncGunzipThreshold = asyncThreshold / 2

/** The bytes that were stored as they are, or in gzip, without blocking the event loop where they are long. */
export const inflated = (bytes: Buffer): Buffer | Promise<Buffer> => {
  if (!isGzip(bytes)) return bytes
  return bytes.length > asyncGunzipThreshold ? gunzipAsync(bytes) : gunzipSync(bytes)
}

/**
 * Whether these bytes, stored as they are or in gzip, are those of a JSON text. The end of gzip has a checksum and the length
 * of what was compressed (RFC 1952, 2.3.1): what differs in these need not be inflated.
 */
export async function isStoredAs(bytes: Buffer, json: string): Promise<boolean> {
  if (isGzip(bytes)) {
    const [checksum, length] = [bytes.readUInt32LE(bytes.length - 8), bytes.readUInt32LE(bytes.length - 4)]
    if (length !== Buffer.byteLength(json) || checksum !== crc32(json)) return false
  }
  return (await inflated(bytes)).toString() === json
}
