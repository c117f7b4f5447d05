// The tables of a file: all at once in a new one, by migrations in one that an older release wrote.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { nameKey } from '../text/name-key.ts'
import { indexed } from '../text/tokenizer.ts'
import { Refusal } from './refusal.ts'

const migrations = join(import.meta.dirname, '../../../migrations/sqlite')

/** What the migrations make of an empty file, as statements: `npm run generate` writes it. */
const complete = join(import.meta.dirname, '../../../migrations/sqlite-complete.sql')

type Connection = InstanceType<typeof Sqlite>

/** When the newest migration of this release was generated (ms since 1970). */
export function newestMigration(): number {
  const journal = JSON.parse(readFileSync(join(migrations, 'meta/_journal.json'), 'utf8')) as {
    entries: { when: number }[]
  }
  return Math.max(...journal.entries.map(({ when }) => when))
}

function connect(file: string): Connection {
  const connection = new Sqlite(file)
  // SQLite ignores this pragma inside a transaction, and a table rebuild would then cascade.
  connection.pragma('foreign_keys = off')
  connection.pragma('journal_mode = WAL')
  // A table that is made anew leaves nothing of the older one in free pages.
  connection.pragma('secure_delete = ON')
  // The triggers of full text call this function.
  connection.function('indexed', { deterministic: true }, (text: unknown) => indexed(String(text)))
  // The names of sources that older releases wrote get their keys.
  connection.function('name_key', { deterministic: true }, (name: unknown) => nameKey(String(name)))
  return connection
}

/**
 * Makes the tables of an empty file, each in the form that it has today: a seventh of the work of all migrations. Those
 * that are newer than the statements follow.
 */
export function createTables(file: string, statements = complete) {
  const connection = connect(file)
  const sql = readFileSync(statements, 'utf8')
  connection.transaction(() => connection.exec(sql))()
  const last = connection.prepare('select max(created_at) from __drizzle_migrations').pluck().get()
  connection.close()
  if (Number(last) < newestMigration()) migrateGuarded(file)
}

/** Applies the migrations, and throws a Refusal when they leave dangling references. */
export function migrateGuarded(file: string, folder = migrations) {
  const connection = connect(file)
  migrate(drizzle(connection), { migrationsFolder: folder })
  const dangling = connection.pragma('foreign_key_check') as unknown[]
  connection.close()
  if (dangling.length > 0) throw new Refusal(`migrating ${file} left ${dangling.length} dangling references`)
}
