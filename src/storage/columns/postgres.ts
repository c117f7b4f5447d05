// The column kit on PostgreSQL. Its types are the ones every query is checked against; sqlite.ts exports the same names
// with the same meaning.
import {
  type AnyPgColumn,
  bigint,
  boolean,
  customType,
  index,
  pgTable,
  primaryKey,
  unique,
  uniqueIndex
} from 'drizzle-orm/pg-core'
import { vectorOf } from '../postgres/vectors.ts'
import { parseJson, storedJson } from '../text/json-text.ts'

export { index, primaryKey, unique, uniqueIndex }
export type Column = AnyPgColumn

export const table = pgTable
/** Text that compares as its bytes do, whatever the language of the database: keyset pages depend on it. */
const text = customType<{ data: string }>({ dataType: () => 'text collate "C"' })
/** A TypeID made by the application. */
export const id = () => text('id').primaryKey()
/** A TypeID of another row. */
export const ref = (name: string) => text(name)
export const string = (name: string) => text(name)
/** A text that may be long, and is read by its bytes (text/packed-text.ts): SQLite stores it compressed. */
export const longString = string
/** A UTC instant as ISO-8601 text with milliseconds: fixed width, so it sorts. */
export const instant = (name: string) => text(name)
/** A whole number: of 64 bits, as SQLite's are, because change numbers and sizes of files may pass 2^31. */
export const whole = (name: string) => bigint(name, { mode: 'number' })
/** An integer of 64 bits. */
export const wide = (name: string) => bigint(name, { mode: 'bigint' })
export const flag = (name: string) => boolean(name)
// Not jsonb: that sorts keys and drops doubles, and a draft would be answered otherwise than it was sent.
const jsonText = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'json',
  toDriver: storedJson,
  fromDriver: parseJson
})
/** JSON that is stored and read whole, and never queried inside. */
export const json = <T>(name: string) => jsonText(name).$type<T>()
/** The same of long values, which SQLite stores compressed. */
export const longJson = json
export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
/** An autoincremented row number. */
export const serial = (name: string) =>
  bigint(name, { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()
/** The words of a full-text index: given as a folded text, never read. */
export const words = (name: string) =>
  customType<{ data: string; driverData: string }>({
    dataType: () => 'tsvector',
    toDriver: (folded) => vectorOf(name, folded)
  })(name)
