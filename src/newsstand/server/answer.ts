// A public answer, and the form in which it is kept.
import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** A public answer, ready to be sent. */
export interface Answer {
  status: 200 | 301 | 308
  headers: Record<string, string>
  /** None where only the headers were needed, to say that nothing has changed. */
  bytes?: Buffer
  /** The length of the bytes where they are kept compressed. */
  unpacked?: number
  /** When these bytes were last changed (ms since 1970, whole seconds), where that is known. */
  modified?: number
  /** True for what will be said otherwise in a moment: it is not kept. */
  isShortLived?: boolean
  /** From when on it is stale, though nothing was written (ms since 1970): what is about the last hours. */
  until?: number
  /** Its header lines, names and values in turn, once they were sent (listener.ts): with 200, 301 or 308, and with 304. */
  lines?: { whole: string[]; unchanged: string[] }
  /** Whether it is the one that this value of Accept chooses, where an address has several forms. */
  isFor?: (accept: string | undefined) => boolean
  /** The cache tags it depends on, as hashes (documents/cache-tags.ts). */
  tags: number[]
}

/**
 * The headers of a 304: all but those that describe the content (RFC 9110, 15.4.5). Policies are not among them, whatever
 * their name begins with: a browser takes that of the 304 for the page it has, and so does who reads what it may do.
 */
export const unchangedHeaders = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) =>
        !name.startsWith('content-') || name === 'content-security-policy' || name === 'content-usage'
    )
  )

/** The bytes of an answer as they are sent. */
export const bytesOf = ({ bytes, unpacked }: Answer): Buffer | undefined =>
  bytes && unpacked !== undefined ? inflateRawSync(bytes, { chunkSize: unpacked }) : bytes

/** Shorter ones are hardly smaller, and longer ones take a millisecond. */
const [minPacked, maxPacked] = [2048, 65_536]

/** The answer with its bytes compressed, for those asked for seldom; undefined where that makes no difference. */
export function packed(answer: Answer): Answer | undefined {
  const { bytes, headers, unpacked } = answer
  if (!bytes || unpacked !== undefined || headers['content-encoding'] !== undefined) return undefined
  if (bytes.length < minPacked || bytes.length > maxPacked) return undefined
  return { ...answer, bytes: unpooled(deflateRawSync(bytes, { level: 1 })), unpacked: bytes.length }
}

/** A packed answer with its bytes as they are sent. */
export function unpacked(answer: Answer): Answer {
  const { unpacked: _, ...rest } = answer
  return { ...rest, bytes: unpooled(bytesOf(answer)!) }
}

/** A copy outside the Buffer pool: a slice of the pool would keep all 8 kB of it in memory. */
export function unpooled(bytes: Buffer): Buffer {
  if (bytes.length === bytes.buffer.byteLength) return bytes
  const copy = Buffer.allocUnsafeSlow(bytes.length)
  bytes.copy(copy)
  return copy
}
