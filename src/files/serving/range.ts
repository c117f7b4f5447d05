// Range requests (RFC 9110, 14): one range of bytes. Several, and other units, are answered with the whole.
import { HttpProblem } from '../../http/problems.ts'
import { withCount } from '../../storage/text/with-count.ts'
import type { ByteRange } from '../blobs/blobs.ts'

interface RangeHeaders {
  range?: string | undefined
  'if-range'?: string | string[] | undefined
}

/** The range that is asked for; undefined for the whole. Throws 416 for one beyond the end. */
export function rangeOf(headers: RangeHeaders, bytes: number, etag: string): ByteRange | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.range?.trim() ?? '') ?? []
  if (first === undefined || (first === '' && last === '')) return undefined
  // Another version than the client has a part of.
  if (headers['if-range'] !== undefined && headers['if-range'] !== etag) return undefined
  const range =
    first === ''
      ? { start: Math.max(0, bytes - Number(last)), end: bytes - 1 }
      : { start: Number(first), end: Math.min(last ? Number(last) : Infinity, bytes - 1) }
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined
  if (range.start >= bytes)
    throw new HttpProblem(
      'range-not-satisfiable',
      `The file has ${withCount(bytes, 'byte')}, and none from ${first || `the last ${last}`} on.`,
      undefined,
      { 'content-range': `bytes */${bytes}` }
    )
  return range
}
