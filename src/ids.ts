import { TypeID, typeidUnboxed } from 'typeid-js'
import type { Prefix } from './schemas.ts'

/** A new TypeID: sortable by the time it was made, unguessable, never reused. */
export const newId = (prefix: Prefix): string => typeidUnboxed(prefix)

/** The least id that can have been made at an instant: ids begin with their time (RFC 9562, UUIDv7). */
export function firstId(prefix: Prefix, instant: string): string {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(Math.max(0, Date.parse(instant)), 0, 6)
  return TypeID.fromUUIDBytes(prefix, bytes).toString()
}

export const isId = (prefix: Prefix, value: string) => value.startsWith(`${prefix}_`)
