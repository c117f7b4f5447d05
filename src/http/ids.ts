import { randomFillSync } from 'node:crypto'
import { fromUUIDBytes } from 'typeid-js'
import type { Prefix } from './schemas.ts'

const size = 16
const pool = Buffer.alloc(256 * size)
let drawn = pool.length
let time = 0
let count = 0

/** Random bytes for one id. Those of many are drawn at a time. */
function random(): Buffer {
  if (drawn === pool.length) {
    randomFillSync(pool)
    drawn = 0
  }
  drawn += size
  return pool.subarray(drawn - size, drawn)
}

/**
 * A UUIDv7 above all that this process made before: a counter of 32 bits follows the time (RFC 9562, 6.2, method 1). The
 * time stands still while the clock is behind it: the generator of typeid-js would go back with the clock. The counter
 * begins at random, with its highest bit free for what it counts.
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

/** A new TypeID: sortable by the time it was made, unguessable, never reused. */
export const newId = (prefix: Prefix): string => fromUUIDBytes(prefix, newUUID())

/** The least id that can have been made at an instant: ids begin with their time (RFC 9562, UUIDv7). */
export function firstId(prefix: Prefix, instant: string): string {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(Math.max(0, Date.parse(instant)), 0, 6)
  return fromUUIDBytes(prefix, bytes)
}

export const isId = (prefix: Prefix, value: string) => value.startsWith(`${prefix}_`)
