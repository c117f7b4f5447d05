// Reading and writing whole tables, of whichever database, and the digests by which two are compared.
import { createHash, hash } from 'node:crypto'
import { asc, getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm'
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core'
import { insertAll } from '../../columns/rows.ts'
import type { Reader, Tables, Writer } from '../../database.ts'
import { schema } from '../../postgres/schema.ts'

export type Row = Record<string, unknown>

const columnsOf = (table: PgTable): Record<string, PgColumn> => getTableColumns(table)

/** The tables whose rows are numbered by the database, by their names there, and the column of the number. */
export const numbered = Object.values(schema as Record<string, PgTable>).flatMap((table) =>
  Object.values(columnsOf(table))
    .filter(({ generatedIdentity }) => generatedIdentity !== undefined)
    .map(({ name }) => ({ table: getTableName(table), column: name }))
)

/** What a move writes otherwise: indexes of words, which hold no texts, a view, and how far this very release has recompiled. */
const written = new Set<string>(['deskIndex', 'wordIndex', 'headlineIndex', 'publishedFacets', 'rebuilds'])

/** The tables that are moved. */
export const movedTables = Object.keys(schema).filter((name) => !written.has(name)) as (keyof Tables)[]

/** How many rows are read at once. */
const pageSize = 256

/** Integers that a number of JavaScript cannot hold; SQLite's driver reads them as texts only. */
const isWide = (column: PgColumn) => column.columnType === 'PgBigInt64'

/** The names of the columns of a table's primary key. */
function keyOf(name: keyof Tables): string[] {
  const table: PgTable = schema[name]
  const [primary] = getTableConfig(table).primaryKeys
  const columns = Object.entries(columnsOf(table))
  return columns
    .filter(([, column]) => column.primary || primary?.columns.some((one) => one.name === column.name))
    .map(([key]) => key)
}

/** All rows of a table in the order of its key, some at a time. */
export async function* pagesOf({ q, t }: Pick<Reader, 'q' | 't'>, name: keyof Tables): AsyncGenerator<Row[]> {
  const of = columnsOf(schema[name])
  const columns = columnsOf(t[name])
  const wide = Object.keys(columns).filter((key) => isWide(of[key]!))
  const key = keyOf(name)
  const selection: Record<string, PgColumn | SQL> = { ...columns }
  for (const one of wide) selection[one] = sql`cast(${columns[one]!} as text)`
  const keys = key.map((one) => columns[one]!)
  const beyond = (last: Row) => {
    const values = key.map((one) =>
      wide.includes(one) ? sql`cast(${last[one]} as bigint)` : sql`${last[one]}`
    )
    return sql`(${sql.join(keys, sql`, `)}) > (${sql.join(values, sql`, `)})`
  }
  let after: Row | undefined
  for (;;) {
    const rows: Row[] = await q
      .select(selection)
      .from(t[name] as PgTable)
      .where(after && beyond(after))
      .orderBy(...keys.map((one) => asc(one)))
      .limit(pageSize)
    after = rows.at(-1)
    const last = { ...after }
    for (const row of rows)
      for (const one of wide) if (row[one] !== null) row[one] = BigInt(row[one] as string)
    if (rows.length > 0) yield rows
    if (rows.length < pageSize) return
    after = last
  }
}

export const insertRows = (tx: Writer, name: keyof Tables, rows: Row[]) =>
  insertAll(tx, tx.t[name] as PgTable, rows)

/** The number and the digest of rows that come in the order of their key. */
export function digesting() {
  const all = createHash('sha256')
  let rows = 0
  return {
    add(some: Row[]) {
      rows += some.length
      for (const row of some) all.update(hash('sha256', JSON.stringify(Object.values(row).map(plain))))
    },
    result: () => ({ rows, sha256: all.copy().digest('hex') })
  }
}

const plain = (value: unknown) =>
  typeof value === 'bigint' ? String(value) : Buffer.isBuffer(value) ? value.toString('base64') : value
