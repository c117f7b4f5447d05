import { typeid } from 'typeid-js'
import type { Prefix } from './schemas.ts'

/** A new TypeID: sortable by the time it was made, unguessable, never reused. */
export const newId = (prefix: Prefix): string => typeid(prefix).toString()

export const isId = (prefix: Prefix, value: string) => value.startsWith(`${prefix}_`)
