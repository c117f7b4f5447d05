// The column kit on SQLite: the names of postgres.ts.
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
import { parseJson, storedJson } from '../text/json-text.ts'
import { packedText, packedUpToCut, unpackedText } from '../text/packed-text.ts'

export { index, primaryKey, unique, uniqueIndex }

export const table = sqliteTable
export const id = () => text('id').primaryKey()
export const ref = (name: string) => text(name)
export const string = (name: string) => text(name)
export const instant = (name: string) => text(name)
export const whole = (name: string) => integer(name)
export const wide = customType<{ data: bigint; driverData: bigint }>({ dataType: () => 'integer' })
export const flag = (name: string) => integer(name, { mode: 'boolean' })
const jsonText = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'text',
  toDriver: storedJson,
  fromDriver: parseJson
})
export const json = <T>(name: string) => jsonText(name).$type<T>()
const packedJson = customType<{ data: unknown; driverData: string | Buffer }>({
  dataType: () => 'text',
  toDriver: (value) => packedText(storedJson(value)),
  fromDriver: (stored) => parseJson(unpackedText(stored))
})
const packedString = customType<{ data: string; driverData: string | Buffer }>({
  dataType: () => 'text',
  toDriver: packedUpToCut,
  fromDriver: unpackedText
})
export const longString = (name: string) => packedString(name)
export const longJson = <T>(name: string) => packedJson(name).$type<T>()
export const bytes = (name: string) => blob(name, { mode: 'buffer' })
export const serial = (name: string) => integer(name).primaryKey({ autoIncrement: true })
/** The words of a full-text index: FTS5 splits what it is given. */
export const words = (name: string) => text(name)
