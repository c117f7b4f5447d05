// Writing the records of an export.
import { hash } from 'node:crypto'
import { getTableColumns } from 'drizzle-orm'
import { packedNow, smallest, storedForm } from '../../../newsstand/documents/packing.ts'
import type { ExportedTable } from '../../../storage/backups/exports/decisions.ts'
import { insertAll, type Table, updateRow } from '../../../storage/columns/rows.ts'
import type { Writer } from '../../../storage/database.ts'
import { beside, instead } from './derive.ts'
import type { Arriving } from './read.ts'

type Values = Record<string, unknown>

/** Writes records of one table, in the order of the export. */
export async function writeRecords(tx: Writer, [first, ...more]: [Arriving, ...Arriving[]]) {
  const { table, follows } = first
  const records = [first, ...more].map(({ row }) => row)
  if (follows) return setFollowing(tx, table, records)
  const rows = records.map((record) => rowOf(tx, table, record))
  // The rows are those of this table: the compiler cannot tell from its name.
  const [own, derive] = [instead[table.name], beside[table.name]] as ((
    tx: Writer,
    rows: Values[]
  ) => Promise<void>)[]
  if (own) return own(tx, rows)
  await insertAll(tx, tableOf(tx, table), rows)
  await derive?.(tx, rows)
}

const tableOf = (tx: Writer, { name }: ExportedTable): Table => tx.t[name]

/** Sets the columns that refer to rows which came later. */
async function setFollowing(tx: Writer, table: ExportedTable, records: Values[]) {
  const isKey = (column: string) => table.by.includes(column)
  for (const record of records) {
    const part = (ofKey: boolean) =>
      Object.fromEntries(Object.entries(record).filter(([column]) => isKey(column) === ofKey))
    await updateRow(tx, tableOf(tx, table), part(true), part(false))
  }
}

/** A record as the row of its table: with bytes for texts, and something for what an export never has. */
function rowOf(tx: Writer, table: ExportedTable, record: Values): Values {
  const { name, texts = {}, never = {} } = table
  const columns = getTableColumns(tableOf(tx, table))
  const row: Values = {}
  for (const [column, { columnType, notNull }] of Object.entries(columns)) {
    const value = record[column]
    if (value === undefined) row[column] = notNull ? undefined : null
    else row[column] = columnType === 'SQLiteBlobBuffer' ? bytesOf(String(value), texts[column]) : value
  }
  for (const [column, filled] of Object.entries(never)) if (filled === 'own') row[column] = ownOf(record.id)
  if (name === 'published')
    Object.assign(row, storedForm(packedNow(Buffer.from(String(record.document))), row.card !== null))
  return row
}

/** In the form of a keyed hash, and of nobody. */
const ownOf = (id: unknown) => hash('sha256', `imported ${id}`, 'base64url').slice(0, 22)

function bytesOf(text: string, form: 'plain' | 'gzip' | undefined): Buffer {
  if (form === undefined) return Buffer.from(text, 'base64')
  const packed = packedNow(Buffer.from(text))
  return form === 'gzip' ? smallest(packed) : packed.bytes
}
