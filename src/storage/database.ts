// What the rest of the program knows of a database. Nobody but storage/ knows which one it is.
import type { Placeholder, SQL } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type { Tables } from './tables/tables.ts'
import type { Term } from './text/tokenizer.ts'

type Drizzle = PgDatabase<PgQueryResultHKT>

export type { Tables, Term }

/** Reads the last commit. */
export interface Reader {
  readonly q: Pick<Drizzle, 'select' | 'selectDistinct'>
  readonly t: Tables
  readonly fullText: FullText
  /** A number that moves whenever anybody commits, in whatever process; a transaction has none. */
  version?(): number
}

/** An index over the table `searchable`: what to select from, and how its rows are found and ordered. */
export interface TextIndex {
  /** What to select from, with `searchable` beside it, of which each row has the number of one of these. */
  from: SQL
  row: SQL
  /** Whether the row is one of those that an expression finds. */
  matches(expression: Placeholder | SQL): SQL
}

/** How this database finds words: whatever they are written with, upper or lower case, accents or none. */
export interface FullText {
  headlines: TextIndex
  everything: TextIndex
  /** Over `desk_words`: drafts and sources. */
  desk: TextIndex
  /** What finds the rows that have every term in some of these columns, or any; but not every one in the column `unless`. */
  expression(terms: Term[], columns?: string[], unless?: string): string
  /** A text as bytes, in UTF-8. */
  bytes(text: SQL): SQL<Buffer>
}

/** Who writes: a name, and the role of the token it was done with; none for the program itself. */
export interface Actor {
  name: string
  role: 'contributor' | 'editor' | 'moderator' | 'admin' | null
}

/** Reads and writes inside one transaction. */
export interface Writer extends Reader {
  readonly q: Pick<Drizzle, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete'>
  /** Who writes, for the change log. */
  readonly actor: Actor
  /** The instant of this transaction, the same for every row it writes. */
  readonly now: string
  /** Runs `work` as a part of this transaction, for this actor. What it throws is what `write` would throw. */
  within<T>(actor: Actor | string, work: (tx: Writer) => Promise<T>): Promise<T>
}

/** A copy of the database: whole, checked, and on disk. */
export interface Copy {
  bytes: number
  /** In hexadecimal digits. */
  sha256: string
}

/** Copies of the database, in files of their own, each with its SHA-256 beside it. */
export interface Copies {
  /** Where they are kept unless somebody says otherwise: beside the database. */
  readonly folder: string
  /**
   * Copies the database as it is at one moment, in another process, while everybody goes on. Throws an Error that says
   * why there is no copy, and leaves nothing behind then.
   */
  make(file: string, stop: AbortSignal): Promise<Copy>
  /** The copy in this file, where it was made to the end. */
  at(file: string): Copy | undefined
  /** Removes it, and what was left of making it. */
  remove(file: string): void
  /** Runs `work` unless somebody does such work now, in whatever process; answers whether it ran. A crash ends a turn. */
  alone(work: () => Promise<void>): Promise<boolean>
}

export interface Database {
  readonly read: Reader
  readonly copies: Copies
  /** A number that moves whenever anybody commits, in whatever process. */
  version(): number
  /** How many bytes are free where it is kept. */
  free(): Promise<number>
  /**
   * Runs `work` in one transaction, alone; what it answers is on disk. `work` may run more than once and
   * awaits nothing but `tx`.
   */
  write<T>(actor: Actor | string, work: (tx: Writer) => Promise<T>): Promise<T>
  /** Takes the write-ahead log into the file and cuts it: what was deleted is in neither then. */
  cutLog(): Promise<void>
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

/** The database cannot answer right now: it is locked by another process, or its disk does not work. */
export class Unavailable extends Error {}

/** The disk of the database is full. */
export class Full extends Unavailable {}

/** What is made once per database, on first use: the statements of what must be fast. */
export function prepared<T, Db extends Reader = Reader>(build: (db: Db) => T): (db: Db) => T {
  const statements = new WeakMap<object, T>()
  return (db) => {
    const statement = statements.get(db.q) ?? build(db)
    statements.set(db.q, statement)
    return statement
  }
}

/** The same, made for each of the few shapes that a statement comes in. */
export function preparedEach<Shape, T, Db extends Reader = Reader>(
  nameOf: (shape: Shape) => string,
  build: (db: Db, shape: Shape) => T
): (db: Db, shape: Shape) => T {
  const statements = prepared<Map<string, T>, Db>(() => new Map())
  return (db, shape) => {
    const known = statements(db)
    const statement = known.get(nameOf(shape)) ?? build(db, shape)
    known.set(nameOf(shape), statement)
    return statement
  }
}
