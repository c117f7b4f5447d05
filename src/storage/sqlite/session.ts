// A drizzle session over better-sqlite3 with a statement cache: each statement is prepared once, together with
// functions that encode its parameters and decode its rows.
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
type PrepareArguments = Parameters<BetterSQLiteSession<None, None>['prepareQuery']>
type Field = NonNullable<PrepareArguments[1]>[number]

/** How many prepared statements a connection caches. */
const maxStatements = 500

/** drizzle over a connection. */
export function openSession(connection: Connection): BetterSQLite3Database {
  const dialect = new SQLiteSyncDialect()
  const session = new Session(connection, dialect, undefined)
  return new BetterSQLite3Database('sync', dialect, session, undefined)
}

class Session extends BetterSQLiteSession<None, None> {
  readonly #connection: Connection
  readonly #statements = new Map<string, Statement>()

  constructor(...args: ConstructorParameters<typeof BetterSQLiteSession<None, None>>) {
    super(...args)
    this.#connection = args[0]
  }

  override prepareQuery(
    ...[query, fields, method, inArrays, mapper, metadata, cacheConfig]: PrepareArguments
  ) {
    const statement = this.#statement(query.sql)
    const [logger, cache] = [new NoopLogger(), new NoopCache()]
    return new Prepared(
      statement,
      query,
      logger,
      cache,
      metadata,
      cacheConfig,
      fields,
      method,
      inArrays,
      mapper
    )
  }

  /** The prepared statement, from an LRU cache. */
  #statement(query: string): Statement {
    // SQLite re-plans a statement whenever another LIMIT is bound; a unary plus before it prevents that.
    const text = query.replaceAll(' limit ?', ' limit +?')
    const statement = this.#statements.get(text) ?? this.#connection.prepare<unknown[], unknown[]>(text)
    this.#statements.delete(text)
    this.#statements.set(text, statement)
    if (this.#statements.size > maxStatements) this.#statements.delete(this.#statements.keys().next().value!)
    return statement
  }
}

class Prepared extends PreparedQuery {
  readonly #statement: Statement
  readonly #parameters: (values: Values) => unknown[]
  /** Decodes a row; undefined where drizzle must do it. */
  readonly #form: ((row: unknown[]) => Values) | undefined

  constructor(...args: ConstructorParameters<typeof PreparedQuery>) {
    super(...args)
    const [statement, query, , , , , fields] = args
    this.#statement = statement as Statement
    this.#parameters = parametersOf(query.params)
    this.#form = fields && rowMapperOf(fields)
  }

  override run(values: Values = {}) {
    return this.#statement.run(...this.#parameters(values))
  }

  override all(values: Values = {}) {
    const mapRow = this.#form
    if (mapRow === undefined) return super.all(values)
    return this.values(values).map(mapRow)
  }

  override values(values: Values = {}) {
    return this.#statement.raw().all(...this.#parameters(values))
  }
}

type Parameter = (values: Values) => unknown

/** A function from the values of the placeholders to the parameters to bind. */
function parametersOf(params: unknown[]) {
  const parameters = params.map(parameterOf)
  return (values: Values) => parameters.map((parameter) => parameter(values))
}

function parameterOf(param: unknown): Parameter {
  if (is(param, Placeholder)) return placeholderValue(param)
  if (!is(param, Param) || !is(param.value, Placeholder)) return () => param
  const { encoder } = param
  const value = placeholderValue(param.value)
  return (values) => encoder.mapToDriverValue(value(values))
}

const placeholderValue =
  ({ name }: Placeholder): Parameter =>
  (values) => {
    if (name in values) return values[name]
    throw new Error(`no value for ${name}`)
  }

type Decode = (value: unknown) => unknown

/** A function that maps rows to objects; undefined where a field is nested, or neither a column nor an expression. */
function rowMapperOf(fields: Field[]): ((row: unknown[]) => Values) | undefined {
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

/** Decodes a value of the driver as drizzle would (mapResultRow in its utils.ts). Its types hide the decoder. */
function decoderOf(field: Field['field']): Decode {
  const decoder = is(field, Column) ? field : (field as unknown as HasDecoder).decoder
  return (value) => decoder.mapFromDriverValue(value)
}

interface HasDecoder {
  decoder: { mapFromDriverValue: Decode }
}
