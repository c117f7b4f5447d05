// drizzle's way to better-sqlite3 for many small statements: each is prepared once, and how its parameters and its
// rows are read is found out then.
import type Sqlite from 'better-sqlite3'
import { Column, is, Param, Placeholder, SQL } from 'drizzle-orm'
import { BetterSQLite3Database, BetterSQLiteSession, PreparedQuery } from 'drizzle-orm/better-sqlite3'
import { NoopCache } from 'drizzle-orm/cache/core/cache'
import { NoopLogger } from 'drizzle-orm/logger'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'

type Connection = InstanceType<typeof Sqlite>
type Statement = Sqlite.Statement<unknown[], unknown[]>
type Values = Record<string, unknown>
type None = Record<string, never>
type Preparing = Parameters<BetterSQLiteSession<None, None>['prepareQuery']>
type Field = NonNullable<Preparing[1]>[number]

/** How many statements a connection keeps. */
const most = 500

/** drizzle over a connection. */
export function openSession(connection: Connection): BetterSQLite3Database {
  const dialect = new SQLiteSyncDialect()
  const session = new Session(connection, dialect, undefined)
  return new BetterSQLite3Database('sync', dialect, session, undefined)
}

class Session extends BetterSQLiteSession<None, None> {
  readonly #connection: Connection
  readonly #statements = new Map<string, Statement>()

  constructor(...given: ConstructorParameters<typeof BetterSQLiteSession<None, None>>) {
    super(...given)
    this.#connection = given[0]
  }

  override prepareQuery(...[query, fields, method, inArrays, mapper, about, caching]: Preparing) {
    const statement = this.#statement(query.sql)
    const [logger, cache] = [new NoopLogger(), new NoopCache()]
    return new Prepared(statement, query, logger, cache, about, caching, fields, method, inArrays, mapper)
  }

  /** The one used longest ago makes room for another. */
  #statement(written: string): Statement {
    // SQLite plans by the limit, and so plans anew whenever one is bound; but not when a sign stands before it.
    const text = written.replaceAll(' limit ?', ' limit +?')
    const statement = this.#statements.get(text) ?? this.#connection.prepare<unknown[], unknown[]>(text)
    this.#statements.delete(text)
    this.#statements.set(text, statement)
    if (this.#statements.size > most) this.#statements.delete(this.#statements.keys().next().value!)
    return statement
  }
}

class Prepared extends PreparedQuery {
  readonly #statement: Statement
  readonly #parameters: (values: Values) => unknown[]
  /** How a row is read; none where drizzle must do it. */
  readonly #form: ((row: unknown[]) => Values) | undefined

  constructor(...given: ConstructorParameters<typeof PreparedQuery>) {
    super(...given)
    const [statement, query, , , , , fields] = given
    this.#statement = statement as Statement
    this.#parameters = parametersOf(query.params)
    this.#form = fields && formOf(fields)
  }

  override run(values: Values = {}) {
    return this.#statement.run(...this.#parameters(values))
  }

  override all(values: Values = {}) {
    const form = this.#form
    if (form === undefined) return super.all(values)
    return this.values(values).map(form)
  }

  override values(values: Values = {}) {
    return this.#statement.raw().all(...this.#parameters(values))
  }
}

type Parameter = (values: Values) => unknown

/** What is bound, of what is given for the placeholders. */
function parametersOf(params: unknown[]) {
  const parameters = params.map(parameterOf)
  return (values: Values) => parameters.map((parameter) => parameter(values))
}

function parameterOf(param: unknown): Parameter {
  if (is(param, Placeholder)) return named(param)
  if (!is(param, Param) || !is(param.value, Placeholder)) return () => param
  const { encoder } = param
  const value = named(param.value)
  return (values) => encoder.mapToDriverValue(value(values))
}

const named =
  ({ name }: Placeholder): Parameter =>
  (values) => {
    if (name in values) return values[name]
    throw new Error(`no value for ${name}`)
  }

type Decode = (value: unknown) => unknown

/** How rows of these fields become objects; undefined where there are others than columns and expressions by one name. */
function formOf(fields: Field[]): ((row: unknown[]) => Values) | undefined {
  if (!fields.every(({ path, field }) => path.length === 1 && (is(field, Column) || is(field, SQL))))
    return undefined
  const decoders = fields.map(({ path, field }) => [path[0]!, decoderOf(field)] as const)
  return (row) => {
    const values: Values = {}
    for (let i = 0; i < decoders.length; i++) {
      const [name, decode] = decoders[i]!
      const value = row[i]
      values[name] = value === null ? null : decode(value)
    }
    return values
  }
}

/** What reads values of the driver, as drizzle would (its utils.ts, mapResultRow); it keeps them out of its types. */
function decoderOf(field: Field['field']): Decode {
  const decoder = is(field, Column) ? field : (field as unknown as Decoding).decoder
  return (value) => decoder.mapFromDriverValue(value)
}

interface Decoding {
  decoder: { mapFromDriverValue: Decode }
}
