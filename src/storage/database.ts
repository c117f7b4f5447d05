// The database interface that the rest of the program uses. Only storage/ knows which database is behind it.
import type { Placeholder, SQL, SQLWrapper } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT, PgTable } from 'drizzle-orm/pg-core'
import type { Tables } from './tables/tables.ts'
import type { Term } from './text/tokenizer.ts'

type Drizzle = PgDatabase<PgQueryResultHKT>

export type { Tables, Term }

/** Reads a snapshot of the last commit. */
export interface Reader {
  readonly q: Pick<Drizzle, 'select' | 'selectDistinct'>
  readonly t: Tables
  readonly fullText: FullText
  /**
   * A number that changes with every commit of any process (SQLite's data_version); absent inside a transaction or a
   * snapshot.
   */
  readonly version?: (() => number) | undefined
}

/** A full-text index: what to select from, and how its rows are matched. */
export interface TextIndex {
  /** The index as a table. Each of its rows has the number of a row of the table that is indexed. */
  from: SQL
  row: SQL
  /** The condition that a row matches a full-text expression. */
  matches(expression: Placeholder | SQL): SQL
  /**
   * The numbers of the rows of a page, in place of `from`. Absent where the index answers them in their order by itself (FTS5).
   */
  page?(of: IndexPage): SQL
}

/** A page of the rows of an index in the order of their numbers, joined to a table. Its words are `FullText.wordParameters`. */
export interface IndexPage {
  join: PgTable
  on: SQLWrapper
  /** The condition on both. */
  where: SQL
  /** The first number, and that behind the last one. */
  range: [Placeholder, Placeholder]
  ascending: boolean
  limit: Placeholder
}

/** Full-text search of this database; it ignores case and accents. */
export interface FullText {
  headlines: TextIndex
  everything: TextIndex
  /** Over `desk_words`: drafts and sources. */
  desk: TextIndex
  /** An expression for rows that have every term in these columns (any, by default), but not every one in `unless`. */
  expression(terms: Term[], columns?: string[], unless?: string): string
  /** The parameters of `TextIndex.page` for these terms. Absent where an index has no `page`. */
  wordParameters?(terms: Term[]): Record<string, string>
  /** An expression for rows that match one of these. */
  either(expressions: string[]): string
  /** Casts a text to its bytes in UTF-8. */
  bytes(text: SQL): SQL<Buffer>
  /** Casts bytes in UTF-8 to their text: twenty short texts cost less than as many buffers. */
  text(bytes: SQL): SQL<string>
}

/** Who writes: a name, and the role of their token; null for the program itself. */
export interface Actor {
  name: string
  role: 'viewer' | 'contributor' | 'editor' | 'moderator' | 'admin' | null
}

/** Rows that are inserted later, together (columns/gathering.ts). */
export interface Gathering {
  /** Keeps rows of this table, if it is one of those whose rows are kept; answers whether. */
  take(table: PgTable, rows: Record<string, unknown>[]): boolean
}

/** Stands for the hashes of all cache tags. */
export const allTags = 0

/** Reads and writes inside one transaction. */
export interface Writer extends Reader {
  readonly q: Pick<Drizzle, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete'>
  /** Who writes, for the change log. */
  readonly actor: Actor
  /** The time of this transaction, the same in every row that it writes. */
  readonly now: string
  /** The hashes of the cache tags that this transaction invalidates, or `allTags`; committed with it. */
  readonly invalidated: Set<number>
  /**
   * Has `work` done before the transaction is committed, after all other work, in the order of the rows of an index that
   * it writes, and for one row in the order in which it was given. FTS5 keeps new words in memory until another statement
   * needs a statement journal or a row is lower than the one before, and then writes them out: so it writes those of a
   * whole transaction at once.
   */
  beforeCommit(work: () => Promise<void>, row?: bigint): void
  /** Where rows are kept to be inserted together; absent where each is inserted at once. */
  readonly gathering?: Gathering
  /** Runs `work` as a part of this transaction, for this actor. Throws what `write` would throw. */
  within<T>(actor: Actor | string, work: (tx: Writer) => Promise<T>): Promise<T>
}

/** What some transactions changed for readers. */
export interface Invalidations {
  /** The number of the last of them. */
  seq: number
  /** The hashes of the cache tags they invalidated; undefined for all tags. */
  tags: Uint32Array[] | undefined
}

/** A finished copy of the database: complete, checked, and synced to disk. */
export interface Copy {
  bytes: number
  /** In hexadecimal digits. */
  sha256: string
}

/** Copies of the database, in files of their own, each with its SHA-256 beside it. */
export interface Copies {
  /** The default folder of backups: beside the database. */
  readonly folder: string
  /** Why this database makes neither copies nor exports; absent where it does. */
  readonly refusal?: string
  /**
   * Copies a snapshot of the database in a child process, while this one goes on serving. Throws an Error that says why
   * there is no copy, and leaves no file behind then.
   */
  make(file: string, stop: AbortSignal): Promise<Copy>
  /** Writes an export, likewise: documented JSON Lines, without tokens, secrets and private fields. */
  export(file: string, stop: AbortSignal): Promise<Copy>
  /** The copy or export in this file, if it is complete. */
  find(file: string): Copy | undefined
  /** Removes a copy, its checksum and what an interrupted one left. */
  remove(file: string): void
  /**
   * Runs `work` while holding a lock of all processes; answers whether it ran. A crash frees the lock. `lost` is aborted where
   * it is lost otherwise: with the connection to a server, when another process may take it.
   */
  withLock(name: 'backup' | 'import', work: (lost: AbortSignal) => Promise<void>): Promise<boolean>
}

export interface Database {
  readonly read: Reader
  readonly copies: Copies
  /** The default folder of the files of media: beside the database. */
  readonly filesFolder: string
  /** The folder of exports that were sent to be imported, until they are. */
  readonly importsFolder: string
  /**
   * Notes which folder the files of media lie in, by a mark of it, unless one is noted; answers the one that is. Absent where
   * all processes are on one machine.
   */
  claimFiles?(mark: string): Promise<string>
  /** A number that changes with every commit of any process. */
  version(): number
  /**
   * Learns of all commits that were acknowledged before, so that `version` and what is kept by it are not older. Answers since
   * when the database has been silent (performance.now), where it is. Absent where they are known anyhow (SQLite).
   */
  fresh?(): Promise<number | undefined>
  /**
   * What readers see otherwise since the transaction of this number, in whatever process: undefined for everything.
   * Transactions that change nothing for readers have no number.
   */
  invalidatedSince(seq: number | undefined): Invalidations
  /** When the first right to show a published picture ends: the least value of this facet, by the last commit. */
  firstFacet(kind: 'article', name: 'ends'): string | undefined
  /**
   * Why nothing is written although the database answers: it lacks what was acknowledged. Undefined where it does not; absent
   * where that is found when it is opened.
   */
  loss?(): string | undefined
  /** How many bytes are free on its disk; infinitely many where that is a server's. */
  freeBytes(): Promise<number>
  /**
   * Runs `work`, whose reads all see the state of the first of them, until it is done or calls `end`. Absent where they do
   * anyhow: SQLite answers at once, so nothing comes in between.
   */
  snapshot?<T>(work: (end: () => void) => Promise<T>): Promise<T>
  /**
   * Runs `work` in one transaction, alone, and answers after the commit is on disk. `work` may run more than once
   * (group commit), so it must have no side effect but on `tx`, and it awaits nothing else.
   */
  write<T>(actor: Actor | string, work: (tx: Writer) => Promise<T>): Promise<T>
  /** Checkpoints and truncates the write-ahead log, so that deleted data is neither in it nor in the file. */
  truncateLog(): Promise<void>
  close(): Promise<void>
}

/** A write that would break a unique or foreign key constraint. */
export class Violation extends Error {
  readonly kind: 'unique' | 'reference'
  constructor(kind: Violation['kind'], cause: unknown) {
    super(`a ${kind} rule of the tables was broken`, { cause })
    this.kind = kind
  }
}

/** The database cannot answer right now: another process has locked it, or its disk fails. */
export class Unavailable extends Error {
  /** What it is that cannot, for the answer. */
  readonly what: string = 'The database'
  /** After how many seconds it may be asked again. */
  readonly retryAfter: number = 1
}

/** The database lacks what was acknowledged: nothing is written until an operator has looked into it. */
export class Loss extends Unavailable {
  override readonly what = 'The database lacks a change that was acknowledged, so it'
  override readonly retryAfter = 60
}

/** The disk of the database is full. */
export class Full extends Unavailable {
  override readonly what: string = 'The disk of the service'
}

/** Builds something once per database, on first use: prepared statements of hot queries. */
export function prepared<T, Db extends Reader = Reader>(build: (db: Db) => T): (db: Db) => T {
  const statements = new WeakMap<object, T>()
  return (db) => {
    const statement = statements.get(db.q) ?? build(db)
    statements.set(db.q, statement)
    return statement
  }
}

/** The same for a query that has a few shapes: one prepared statement for each. */
export function preparedEach<Shape, T, Db extends Reader = Reader>(
  nameOf: (shape: Shape) => string,
  build: (db: Db, shape: Shape) => T
): (db: Db, shape: Shape) => T {
  const statements = prepared<Map<string, T>, Db>(() => new Map())
  return (db, shape) => {
    const byName = statements(db)
    const statement = byName.get(nameOf(shape)) ?? build(db, shape)
    byName.set(nameOf(shape), statement)
    return statement
  }
}
