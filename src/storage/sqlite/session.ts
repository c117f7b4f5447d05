// A drizzle session over better-sqlite3 with a statement cache: each statement is prepared once, together with
// functions that encode its parameters and decode its rows.
import type Sqlite from 'better-sqlite3'
import { BetterSQLite3Database, BetterSQLiteSession, PreparedQuery } from 'drizzle-orm/better-sqlite3'
import { NoopCache } from 'drizzle-orm/cache/core/cache'
import { NoopLogger } from 'drizzle-orm/logger'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { parametersOf, rowMapperOf, type Values } from '../columns/statements.ts'

type Connection = InstanceType<typeof Sqlite>
type Statement = Sqlite.Statement<unknown[], unknown[]>
type None = Record<string, never>
type PrepareArguments = Parameters<BetterSQLiteSession<None, None>['prepareQuery']>

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
    const statement = this.#statements.get(query) ?? this.#prepare(query)
    this.#statements.delete(query)
    this.#statements.set(query, statement)
    if (this.#statements.size > maxStatements) this.#statements.delete(this.#statements.keys().next().value!)
    return statement
  }

  #prepare(query: string): Statement {
    const statement = this.#connection.prepare<unknown[], unknown[]>(withUnaryPlus(query))
    return statement.reader ? statement.raw() : statement
  }
}

/**
 * SQLite (3.54) looks at the value that is bound to a limit or compared for equality when it plans, and parses and plans
 * the statement anew each time one is bound. It does not look behind a unary plus, which changes no value.
 */
export const withUnaryPlus = (query: string) => query.replace(/ (=|is|limit) \?/g, ' $1 +?')

class Prepared extends PreparedQuery {
  readonly #statement: Statement
  readonly #parameters: (values: Values) => unknown[]
  /** Decodes a row; undefined where drizzle must do it. */
  readonly #form: ((row: unknown[]) => Values) | undefined
  readonly #method: 'run' | 'all' | 'get'

  constructor(...args: ConstructorParameters<typeof PreparedQuery>) {
    super(...args)
    const [statement, query, , , , , fields, method] = args
    this.#statement = statement as Statement
    this.#parameters = parametersOf(query.params)
    this.#form = fields && rowMapperOf(fields)
    this.#method = method
  }

  /**
   * Runs the statement at once. Drizzle answers a thenable, whose `then` makes three promises; the kit's types have a
   * promise here, as PostgreSQL would answer (columns/postgres.ts).
   */
  override execute(values: Values = {}) {
    return new Promise((resolve) => resolve(this[this.#method](values))) as unknown as ReturnType<
      PreparedQuery['execute']
    >
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
    return this.#statement.all(...this.#parameters(values))
  }
}
