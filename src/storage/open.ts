// Opening a database file: made when there is none, migrated when it is older, refused by name when it is not
// what it should be. Nothing is ever created over a file that is there.
import { existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import type { Database } from './database.ts'
import { checkVersion, sqlite } from './sqlite.ts'

const migrations = join(import.meta.dirname, '../../migrations/sqlite')

/** Why a start was refused, for the person who starts it. */
export class Refusal extends Error {}

export interface Opened extends Database {
  /** Where the file is. */
  readonly file: string
  /** Whether this start made it. */
  readonly created: boolean
  /** Whether this start brought an older one up to date. */
  readonly migrated: boolean
}

/** The database at a `file:` URL. Throws a Refusal when the file there cannot be served. */
export function open(url: string, clock: () => Date = () => new Date()): Opened {
  if (!url.startsWith('file:'))
    throw new Refusal(`This release stores in SQLite: DATABASE_URL must be file:PATH, not ${url}`)
  const file = resolve(url.slice('file:'.length).replace(/^\/\//, ''))
  const created = !existsSync(file)
  if (created) create(file)
  const migrated = !created && check(file)
  return { ...sqlite(file, clock), file, created, migrated }
}

/** Made under another name and renamed when it is whole, so that a crash leaves no half database behind. */
function create(file: string) {
  if (existsSync(`${file}-wal`)) {
    throw new Refusal(
      `${file} is missing but its write-ahead log ${file}-wal is there: bring the database back, or move the log away`
    )
  }
  mkdirSync(dirname(file), { recursive: true })
  const unfinished = `${file}.${process.pid}.new`
  migrateGuarded(unfinished)
  renameSync(unfinished, file)
}

/** Throws a Refusal naming what is wrong with the file; brings an older one up to date, and answers whether it was. */
function check(file: string): boolean {
  if (statSync(file).size === 0)
    throw new Refusal(`${file} is empty: it is not a database; delete it to start a new newsroom`)
  const applied = inspect(file)
  const journal = JSON.parse(readFileSync(join(migrations, 'meta/_journal.json'), 'utf8')) as {
    entries: { when: number }[]
  }
  const newest = Math.max(...journal.entries.map(({ when }) => when))
  if (applied > newest) {
    throw new Refusal(
      `${file} was written by a newer release of On Record: update the program, or restore a backup made with this one`
    )
  }
  if (applied < newest) migrateGuarded(file)
  return applied < newest
}

/** When the last applied migration was made (ms since 1970). Throws a Refusal for a damaged or foreign file. */
function inspect(file: string): number {
  try {
    const connection = new Sqlite(file, { fileMustExist: true })
    try {
      return lastMigration(connection, file)
    } finally {
      connection.close()
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(`${file} cannot be opened: ${(error as Error).message}`, { cause: error })
  }
}

function lastMigration(connection: InstanceType<typeof Sqlite>, file: string): number {
  connection.pragma('busy_timeout = 5000')
  checkVersion(connection)
  const found = connection.pragma('quick_check(1)', { simple: true })
  if (found !== 'ok') throw new Refusal(`${file} is damaged: ${found}`)
  const foreign = `${file} is a database, but not one of On Record`
  const known = connection
    .prepare("select count(*) from sqlite_master where type = 'table' and name = '__drizzle_migrations'")
    .pluck()
  if (known.get() === 0) throw new Refusal(`${foreign}: it has no migration table`)
  const last = connection.prepare('select max(created_at) from __drizzle_migrations').pluck().get()
  if (last === null) throw new Refusal(`${foreign}: its migration table is empty`)
  return Number(last)
}

/** Applies the migrations and proves that no reference was left dangling. */
export function migrateGuarded(file: string, folder = migrations) {
  const connection = new Sqlite(file)
  // SQLite ignores this pragma inside a transaction, and a table rebuild would then cascade.
  connection.pragma('foreign_keys = off')
  connection.pragma('journal_mode = WAL')
  migrate(drizzle(connection), { migrationsFolder: folder })
  const dangling = connection.pragma('foreign_key_check') as unknown[]
  connection.close()
  if (dangling.length > 0) throw new Refusal(`migrating ${file} left ${dangling.length} dangling references`)
}
