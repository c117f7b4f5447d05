// Reading the rows of an export from a copy of the database, which nobody writes to.
import Sqlite from 'better-sqlite3'
import { and, asc, getTableColumns, isNotNull, max, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { editionBytes } from '../../columns/edition-bytes.ts'
import type { Reader } from '../../database.ts'
import { readerOf } from '../../sqlite/database.ts'
import type { ExportedTable } from './decisions.ts'
import { facetsAfter } from './facets.ts'
import { isExported, recordOf } from './lines.ts'

/** How many rows are read at once. */
const pageSize = 100

/** A copy of the database. */
export interface Snapshot {
  read: Reader
  close(): void
}

/** Opens a copy of the database that nobody writes to. */
export function openSnapshot(file: string): Snapshot {
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true })
  return { read: readerOf(connection), close: () => void connection.close() }
}

/** The number of the last change that a copy has. */
export async function lastChange({ read: { q, t } }: Snapshot): Promise<number> {
  const [row] = await q.select({ seq: max(t.changes.seq) }).from(t.changes)
  return row!.seq ?? 0
}

const columnsOf = (table: PgTable): Record<string, PgColumn> => getTableColumns(table)

/**
 * The records of a table in the order of its key, those after `last` only; with `follows`, the columns that refer to later
 * rows, of those rows that have one.
 */
export async function* recordsOf(
  { read: { q, t } }: Snapshot,
  table: ExportedTable,
  { withPrivate, follows, last }: { withPrivate: boolean; follows: boolean; last?: Record<string, unknown> }
) {
  const { name, by, later = [], wide = [] } = table
  if (name === 'publishedFacets') {
    for await (const facet of facetsAfter({ q, t }, last)) yield recordOf(table, facet)
    return
  }
  const columns = columnsOf(t[name])
  const keys = by.map((key) => columns[key]!)
  const isShown = follows
    ? (column: string) => by.includes(column) || later.includes(column)
    : isExported(table, withPrivate)
  const selection = Object.fromEntries(
    Object.entries(columns)
      .filter(([column]) => isShown(column))
      .map(([column, of]) => [column, wide.includes(column) ? sql`cast(${of} as text)` : of])
  )
  if (name === 'editions') Object.assign(selection, { document: editionBytes })
  const isSet = follows ? isNotNull(columns[later[0]!]!) : undefined
  let after = last
  for (;;) {
    const beyond = after && isBeyond(keys, by, wide, after)
    const rows: Record<string, unknown>[] = await q
      .select(selection)
      .from(t[name] as PgTable)
      .where(and(isSet, beyond))
      .orderBy(...keys.map((key) => asc(key)))
      .limit(pageSize)
    for (const row of rows) yield recordOf(follows ? { ...table, later: [] } : table, row)
    if (rows.length < pageSize) return
    after = rows.at(-1)
  }
}

/** The condition that a row comes after one, by a key of several columns. */
function isBeyond(keys: PgColumn[], by: string[], wide: string[], last: Record<string, unknown>): SQL {
  const values = by.map((name) =>
    wide.includes(name) ? sql`cast(${last[name]} as integer)` : sql`${last[name]}`
  )
  return sql`(${sql.join(keys, sql`, `)}) > (${sql.join(values, sql`, `)})`
}
