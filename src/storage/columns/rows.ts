// Rows that are read, inserted and updated by statements which are prepared once for each database, table and set of columns:
// drizzle takes longer to write the SQL of a wide row than SQLite to run it.
import { and, type Column, eq, getTableColumns, getTableName, inArray, type SQL, sql } from 'drizzle-orm'
import type { PgInsertValue, PgTable, PgUpdateSetSource } from 'drizzle-orm/pg-core'
import { yieldIfDue } from '../commits/turns.ts'
import { prepared, preparedEach, type Reader, type Writer } from '../database.ts'

/** How many rows one statement inserts: there is a prepared one for each number. */
const maxRowsAtOnce = 16

/** How many values one statement looks for: there is a prepared one for each power of two. */
const maxValuesAtOnce = 256

export type { PgTable as Table }

type Values = Record<string, unknown>

const columnsOf = (table: PgTable): Record<string, Column> => getTableColumns(table)

/** A value as the driver takes it. Drizzle itself would write a placeholder of null in a JSON column as JSON `null`. */
const encoded = (column: Column, value: unknown) =>
  value === null || value === undefined ? null : column.mapToDriverValue(value)

/** The placeholder of a parameter, named by its place among all of them (sqlite/session.ts). */
const given = (place: number) => sql`${sql.placeholder(String(place))}`

/** The values of placeholders that are named by their places, in their order. */
// Drizzle takes an object by its keys, which the places of a list are.
export const byPlace = (values: unknown[]) => values as unknown as Values

interface Statement<Answer> {
  execute(values: Values): Promise<Answer>
}

/** Columns of a table, and the statements that insert so many rows with them. */
interface Shape<Answer> {
  names: string[]
  columns: Column[]
  statements: Map<number, Statement<Answer>>
}

/** How rows of a table are inserted. */
interface Insertions<Answer> {
  /** Its columns in their order, each with a bit of its own among 53, which is more than a table has. */
  bits: { name: string; column: Column; bit: number }[]
  /** By the sum of the bits of the columns that a row has: names would have to be put together for each statement. */
  shapes: Map<number, Shape<Answer>>
}

function newInsertions<Answer>(table: PgTable): Insertions<Answer> {
  const bits = Object.entries(columnsOf(table)).map(([name, column], i) => ({ name, column, bit: 2 ** i }))
  return { bits, shapes: new Map() }
}

/** The shape of rows. Columns that none of them has get their default, as in drizzle. */
function shapeOf<Answer>({ bits, shapes }: Insertions<Answer>, rows: Values[]): Shape<Answer> {
  const isGiven = ({ name }: { name: string }) => rows.some((row) => row[name] !== undefined)
  let sum = 0
  for (const one of bits) if (isGiven(one)) sum += one.bit
  const known = shapes.get(sum)
  if (known) return known
  const given = bits.filter(isGiven)
  const shape: Shape<Answer> = {
    names: given.map(({ name }) => name),
    columns: given.map(({ column }) => column),
    statements: new Map()
  }
  shapes.set(sum, shape)
  return shape
}

/** The values of rows by their places, as a statement takes them. */
function valuesOf(rows: Values[], { names, columns }: Shape<unknown>): Values {
  const values = new Array<unknown>(rows.length * names.length)
  let place = 0
  for (const row of rows)
    for (let i = 0; i < names.length; i++) values[place++] = encoded(columns[i]!, row[names[i]!])
  return byPlace(values)
}

/** Inserts rows, so many at once; `build` makes the statement, which is prepared once. */
async function insertPortions<Answer>(
  insertions: Map<PgTable, Insertions<Answer>>,
  table: PgTable,
  rows: Values[],
  build: (names: string[], rows: number) => Statement<Answer>,
  answered: (answer: Answer) => void = () => {}
) {
  const known = insertions.get(table) ?? newInsertions(table)
  insertions.set(table, known)
  const shape = shapeOf(known, rows)
  for (let i = 0; i < rows.length; i += maxRowsAtOnce) {
    await yieldIfDue()
    const some = rows.length <= maxRowsAtOnce ? rows : rows.slice(i, i + maxRowsAtOnce)
    const statement = shape.statements.get(some.length) ?? build(shape.names, some.length)
    shape.statements.set(some.length, statement)
    answered(await statement.execute(valuesOf(some, shape)))
  }
}

/** So many rows with these columns, whose placeholders are named by their places. */
export const placeholdersOf = <Name extends string>(names: readonly Name[], rows: number) =>
  Array.from({ length: rows }, (_, row) => {
    const places = names.map((name, i) => [name, given(row * names.length + i)] as const)
    // Of the names alone.
    return Object.fromEntries(places) as Record<Name, SQL>
  })

const insertions = prepared<Map<PgTable, Insertions<unknown>>, Writer>(() => new Map())

/** Inserts rows; those of tables that are gathered, later (gathering.ts). */
export async function insertAll<Table extends PgTable>(
  tx: Writer,
  table: Table,
  rows: PgInsertValue<Table>[]
) {
  if (rows.length === 0 || tx.gathering?.take(table, rows)) return
  await insertPortions(insertions(tx), table, rows, (names, many) =>
    tx.q
      .insert<PgTable>(table)
      .values(placeholdersOf(names, many))
      .prepare(`insert_${getTableName(table)}_${many}`)
  )
}

type Numbered = { number: number | string }

const numberedInsertions = prepared<Map<PgTable, Insertions<Numbered[]>>, Writer>(() => new Map())

/** Inserts rows, and answers the numbers that they got in the serial column, in their order. */
export async function insertNumbered<Table extends PgTable>(
  tx: Writer,
  table: Table,
  serial: keyof Table['$inferSelect'] & string,
  rows: PgInsertValue<Table>[]
): Promise<number[]> {
  const numbers: number[] = []
  await insertPortions(
    numberedInsertions(tx),
    table,
    rows,
    (names, many) =>
      tx.q
        .insert<PgTable>(table)
        .values(placeholdersOf(names, many))
        .returning({ number: sql<number | string>`${columnsOf(table)[serial]}` })
        .prepare(`insert_numbered_${getTableName(table)}_${many}`),
    // Rows are numbered in their order, and returned in any.
    (added) => numbers.push(...added.map(({ number }) => Number(number)).sort((one, other) => one - other))
  )
  return numbers
}

interface Change {
  table: PgTable
  names: string[]
  keys: string[]
}

const updateQuery = preparedEach(
  ({ table, names, keys }: Change) => `${getTableName(table)} ${names.join()} ${keys.join()}`,
  ({ q }: Writer, { table, names, keys }: Change) => {
    const columns = columnsOf(table)
    return q
      .update(table)
      .set(Object.fromEntries(names.map((name, i) => [name, given(i)])))
      .where(and(...keys.map((name, i) => eq(columns[name]!, given(names.length + i)))))
      .prepare(`update_${getTableName(table)}`)
  }
)

/** Sets these columns of the row that has these keys. Columns that are undefined stay as they are. */
export async function updateRow<Table extends PgTable>(
  tx: Writer,
  table: Table,
  keys: Partial<Table['$inferSelect']>,
  set: PgUpdateSetSource<Table>
) {
  const columns = columnsOf(table)
  const values: Values = {}
  // In the order of the columns, as drizzle writes them.
  const names = Object.keys(columns).filter((name) => (set as Values)[name] !== undefined)
  let place = 0
  for (const name of names) values[place++] = encoded(columns[name]!, (set as Values)[name])
  for (const [name, value] of Object.entries(keys)) values[place++] = encoded(columns[name]!, value)
  await updateQuery(tx, { table, names, keys: Object.keys(keys) }).execute(values)
}

/** Stores a value of a row again, in the form that this release gives it. */
export async function storeAnew<Table extends PgTable>(
  tx: Writer,
  table: Table,
  keys: Partial<Table['$inferSelect']>,
  name: keyof Table['$inferSelect'] & string
) {
  const columns = columnsOf(table)
  const isIt = Object.entries(keys).map(([key, value]) => eq(columns[key]!, value))
  const from: PgTable = table
  const rows = await tx.q
    .select({ value: sql`${columns[name]!}`.mapWith(columns[name]!) })
    .from(from)
    .where(and(...isIt))
  for (const { value } of rows) {
    const set: Values = { [name]: value }
    await updateRow<PgTable>(tx, table, keys, set)
  }
}

interface Lookup {
  table: PgTable
  name: string
  values: number
}

const lookupQuery = preparedEach(
  ({ table, name, values }: Lookup) => `${getTableName(table)} ${name} ${values}`,
  ({ q }: Reader, { table, name, values }: Lookup) =>
    q
      .select()
      .from(table)
      .where(
        inArray(
          columnsOf(table)[name]!,
          Array.from({ length: values }, (_, place) => given(place))
        )
      )
      .prepare(`look_up_${getTableName(table)}`)
)

/** The rows that have one of these values in a column, each once, in no order. */
export async function rowsIn<Table extends PgTable>(
  db: Reader,
  table: Table,
  name: keyof Table['$inferSelect'] & string,
  values: string[]
): Promise<Table['$inferSelect'][]> {
  const wanted = values.length > 1 ? [...new Set(values)] : values
  const found: unknown[] = []
  for (let i = 0; i < wanted.length; i += maxValuesAtOnce) {
    const some = wanted.slice(i, i + maxValuesAtOnce)
    const places = 2 ** Math.ceil(Math.log2(some.length))
    // Of fewer values than there are places, the first is looked for again.
    const given = Array.from({ length: places }, (_, place) => some[place] ?? some[0])
    found.push(...(await lookupQuery(db, { table, name, values: places }).execute(byPlace(given))))
  }
  // The statement selects all columns of the table; drizzle infers them only of a table that it knows.
  return found as Table['$inferSelect'][]
}
