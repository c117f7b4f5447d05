// A drizzle session over connections to PostgreSQL. Unlike drizzle's own it names statements by a digest of their text,
// because the server tells names apart by 63 bytes, and it wraps no error in one that holds the parameters.
import { hash } from 'node:crypto'
import { NoopCache } from 'drizzle-orm/cache/core/cache'
import { PgDatabase, PgDialect, PgPreparedQuery, type PgQueryResultHKT, PgSession } from 'drizzle-orm/pg-core'
import * as utils from 'drizzle-orm/utils'
import { parametersOf, rowMapperOf, type Values } from '../columns/statements.ts'
import type { Answer, Statement } from './connections/pipeline.ts'

/** Runs a statement, on whatever connection it has. One whose answer nobody reads need not be waited for. */
export type Run = (
  statement: Statement,
  values?: unknown[],
  isRead?: boolean
) => Promise<Pick<Answer, 'rows'>>

/** Decodes a row of a query with joins. Drizzle exports it, but hides it from its types. */
const { mapResultRow } = utils as unknown as {
  mapResultRow(fields: Fields, row: unknown[], joins: Record<string, boolean> | undefined): Values
}

type PrepareArguments = Parameters<PgSession['prepareQuery']>
type Fields = NonNullable<PrepareArguments[1]>

/** drizzle over `run`. */
export function openSession(run: Run): PgDatabase<PgQueryResultHKT> {
  const dialect = new PgDialect()
  return new PgDatabase(dialect, new Session(dialect, run), undefined)
}

class Session extends PgSession {
  readonly #run: Run

  constructor(dialect: PgDialect, run: Run) {
    super(dialect)
    this.#run = run
  }

  override prepareQuery(...[query, fields, name]: PrepareArguments) {
    return new Prepared(this.#run, query, fields, Boolean(name))
  }

  /** Transactions are the write queue's. */
  override transaction(): Promise<never> {
    throw new Error('a transaction is begun by the write queue only')
  }
}

/** The fields of a query with joins, and which of its tables may be missing in a row; drizzle sets it. */
interface Joined {
  joinsNotNullableMap?: Record<string, boolean>
}

class Prepared extends PgPreparedQuery<{ execute: never; all: never; values: never }> {
  readonly #run: Run
  readonly #statement: Statement
  readonly #parameters: (values: Values) => unknown[]
  readonly #fields: Fields | undefined
  readonly #form: ((row: unknown[]) => Values) | undefined

  constructor(run: Run, query: PrepareArguments[0], fields: PrepareArguments[1], isNamed: boolean) {
    super(query, new NoopCache(), undefined)
    this.#run = run
    const text = query.sql
    this.#statement = isNamed ? { text, name: hash('sha256', text, 'base64url') } : { text }
    this.#parameters = parametersOf(query.params)
    this.#fields = fields
    this.#form = fields && rowMapperOf(fields)
  }

  override async execute(values: Values = {}): Promise<never> {
    const fields = this.#fields
    const { rows } = await this.#run(this.#statement, this.#parameters(values), fields !== undefined)
    if (fields === undefined) return [] as never
    const { joinsNotNullableMap } = this as Joined
    const mapped = this.#form
      ? rows.map(this.#form)
      : rows.map((row) => mapResultRow(fields, row, joinsNotNullableMap))
    // What a query answers is known to its builder, not to the session.
    return mapped as never
  }
}
