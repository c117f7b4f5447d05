// What the rest of the program knows of a database. Nobody but storage/ knows which one it is.
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type { Tables } from './tables.ts'

type Drizzle = PgDatabase<PgQueryResultHKT>

export type { Tables }

/** Reads the last commit. */
export interface Reader {
  readonly q: Pick<Drizzle, 'select' | 'selectDistinct'>
  readonly t: Tables
}

/** Reads and writes inside one transaction. */
export interface Writer extends Reader {
  readonly q: Pick<Drizzle, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete'>
  /** Who writes, for the change log. */
  readonly actor: string
  /** The instant of this transaction, the same for every row it writes. */
  readonly now: string
}

export interface Database {
  readonly read: Reader
  /** A number that moves whenever anybody commits, in whatever process. */
  version(): number
  /**
   * Runs `work` in one transaction, alone; what it answers is on disk. `work` may run more than once and
   * awaits nothing but `tx`.
   */
  write<T>(actor: string, work: (tx: Writer) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A rule of the tables that a write would have broken. */
export class Violation extends Error {
  readonly kind: 'unique' | 'reference'
  constructor(kind: Violation['kind'], cause: unknown) {
    super(`a ${kind} rule of the tables was broken`, { cause })
    this.kind = kind
  }
}

/** The database cannot answer right now: it is locked by another process, or its disk is full. */
export class Unavailable extends Error {}

/** A statement prepared once per database, on first use: for the reads that must be fast. */
export function prepared<T>(build: (db: Reader) => T): (db: Reader) => T {
  const statements = new WeakMap<Reader, T>()
  return (db) => {
    const statement = statements.get(db) ?? build(db)
    statements.set(db, statement)
    return statement
  }
}
