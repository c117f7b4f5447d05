// The column kit on PostgreSQL. Its types are the ones every query is checked against; columns.sqlite.ts
// exports the same names with the same meaning.
import {
  type AnyPgColumn,
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex
} from 'drizzle-orm/pg-core'

export { index, primaryKey, unique, uniqueIndex }
export type Column = AnyPgColumn

export const table = pgTable
/** A TypeID made by the application. */
export const id = () => text('id').primaryKey()
/** A TypeID of another row. */
export const ref = (name: string) => text(name)
export const string = (name: string) => text(name)
/** A UTC instant as ISO-8601 text with milliseconds: fixed width, so it sorts. */
export const instant = (name: string) => text(name)
export const whole = (name: string) => integer(name)
/** An integer of 64 bits. */
export const wide = (name: string) => bigint(name, { mode: 'bigint' })
export const flag = (name: string) => boolean(name)
/** JSON that is stored and read whole, and never queried inside. */
export const json = <T>(name: string) => jsonb(name).$type<T>()
export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
/** An autoincremented row number. */
export const serial = (name: string) => integer(name).primaryKey().generatedAlwaysAsIdentity()
