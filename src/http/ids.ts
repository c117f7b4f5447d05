import { randomFillSync } from 'node:crypto'
import { fromString, fromUUIDBytes, toUUIDBytes } from 'typeid-js'
import type { Prefix } from './schemas.ts'

const size = 16
const pool = Buffer.alloc(256 * size)
let used = pool.length
let time = 0
let count = 0

/** Random bytes for one id, from a pool. */
function random(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += size
  return pool.subarray(used - size, used)
}

/**
 * A monotonic UUIDv7: a counter of 32 bits follows the time (RFC 9562, 6.2, method 1). When the system clock goes back,
 * the time stays where it was (typeid-js's generator would go back too). The counter starts at a random number with the
 * highest bit free.
 */
function newUUID(): Buffer {
  const bytes = random()
  const now = Date.now()
  count = now > time ? bytes.readUInt32BE(6) >>> 1 : count + 1
  time = Math.max(time, now)
  bytes.writeUIntBE(time, 0, 6)
  // Between the parts of the counter stand the version, 7, and the variant, binary 10.
  bytes[6] = 0x70 | (count >>> 28)
  bytes[7] = count >>> 20
  bytes[8] = 0x80 | ((count >>> 14) & 0x3f)
  bytes[9] = count >>> 6
  bytes[10] = ((count << 2) & 0xfc) | (bytes[10]! & 3)
  return bytes
}

/** A new TypeID: sortable by creation time, unguessable, never reused. */
export const newId = (prefix: Prefix): string => fromUUIDBytes(prefix, newUUID())

/** Has new ids stand after this one, although the clock was set back and the process began anew since. */
export function continueAfter(id: string) {
  const bytes = Buffer.from(toUUIDBytes(fromString(id)))
  time = Math.max(time, bytes.readUIntBE(0, 6) + 1)
}

/** The smallest possible id of an instant, for ranges by time: ids begin with it (RFC 9562, UUIDv7). */
export function firstId(prefix: Prefix, instant: string): string {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(Math.max(0, Date.parse(instant)), 0, 6)
  return fromUUIDBytes(prefix, bytes)
}

export const isId = (prefix: Prefix, value: string) => value.startsWith(`${prefix}_`)
