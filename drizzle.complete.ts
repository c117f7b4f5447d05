// Writes migrations/sqlite-complete.sql, from which a new database is made: what the migrations make of an empty file. Run
// after `npm run generate`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { migrateGuarded } from './src/storage/opening/migrations.ts'

/** The statements that make the tables, indexes and triggers of a file, and note which migrations are in them. */
export function statementsOf(file: string): string {
  const connection = new Sqlite(file, { readonly: true })
  // The tables behind those of full text are made with them.
  const made = connection
    .prepare<[], string>(
      `select sql from sqlite_schema as one
        where sql is not null and name not like 'sqlite~_%' escape '~' and not exists (
          select 1 from sqlite_schema as text
            where text.sql like 'create virtual %' and one.type = 'table' and one.name like text.name || '~_%' escape '~')
        order by case type when 'table' then 0 when 'index' then 1 else 2 end, rowid`
    )
    .pluck()
    .all()
  const notes = connection
    .prepare<[], string>(
      `select format('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (%Q, %d)', hash, created_at)
        from __drizzle_migrations order by created_at`
    )
    .pluck()
    .all()
  connection.close()
  return [
    '-- Written by npm run generate.',
    ...[...made, ...notes].map((statement) => `${statement};`),
    ''
  ].join('\n')
}

if (import.meta.main) {
  const folder = mkdtempSync(join(tmpdir(), 'onrecord-'))
  const file = join(folder, 'complete.db')
  migrateGuarded(file)
  writeFileSync(join(import.meta.dirname, 'migrations/sqlite-complete.sql'), statementsOf(file))
  rmSync(folder, { recursive: true })
}
