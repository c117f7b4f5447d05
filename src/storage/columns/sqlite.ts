// The column kit on SQLite: the names of columns.postgres.ts.
import {
  blob,
  customType,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  unique,
  uniqueIndex
} from 'drizzle-orm/sqlite-core'

export { index, primaryKey, unique, uniqueIndex }

export const table = sqliteTable
export const id = () => text('id').primaryKey()
export const ref = (name: string) => text(name)
export const string = (name: string) => text(name)
export const instant = (name: string) => text(name)
export const whole = (name: string) => integer(name)
export const wide = customType<{ data: bigint; driverData: bigint }>({ dataType: () => 'integer' })
export const flag = (name: string) => integer(name, { mode: 'boolean' })
export const json = <T>(name: string) => text(name, { mode: 'json' }).$type<T>()
export const bytes = (name: string) => blob(name, { mode: 'buffer' })
export const serial = (name: string) => integer(name).primaryKey({ autoIncrement: true })
