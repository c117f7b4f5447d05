// Migrations of PostgreSQL: one process at a time applies them, each in a transaction.
import { join } from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type pg from 'pg'
import { Refusal } from '../opening/refusal.ts'

const folder = join(import.meta.dirname, '../../../migrations/postgres')

const table = '__drizzle_migrations'

/** Brings a database up to date. Answers whether it was empty, and whether published documents wait to be recompiled. */
export async function migrate(client: pg.Client, where: string) {
  // Another process may take long.
  await client.query("set lock_timeout = 0; select pg_advisory_lock(hashtext('onrecord migrations'))")
  const applied = await lastMigration(client, where)
  const migrations = readMigrationFiles({ migrationsFolder: folder })
  const newest = Math.max(...migrations.map(({ folderMillis }) => folderMillis))
  if (applied > newest)
    throw new Refusal(
      `${where} was written by a newer release of On Record: update the program, or restore a dump made with this one`
    )
  for (const { sql, hash, folderMillis } of migrations) {
    if (folderMillis <= applied) continue
    const note = `insert into "${table}" (hash, created_at) values ('${hash}', ${folderMillis})`
    await client.query(['begin', ...sql.map((one) => one.replace(/;\s*$/, '')), note, 'commit'].join(';\n'))
  }
  const created = applied === 0
  return { created, migrated: await isRebuildDue(client, newest, created) }
}

/** When the last applied migration was generated (ms since 1970); 0 for an empty database. Throws a Refusal for a foreign one. */
async function lastMigration(client: pg.Client, where: string): Promise<number> {
  const { rows } = await client.query<{ tables: number; known: boolean }>(
    `select count(*)::int as tables, coalesce(bool_or(tablename = '${table}'), false) as known
     from pg_tables where schemaname = current_schema()`
  )
  const { tables, known } = rows[0]!
  if (!known && tables > 0) throw new Refusal(`${where} has tables, but not those of On Record`)
  await client.query(
    `create table if not exists "${table}" (id serial primary key, hash text not null, created_at bigint)`
  )
  const last = await client.query<{ at: number }>(
    `select coalesce(max(created_at), 0)::float8 as at from "${table}"`
  )
  return last.rows[0]!.at
}

/** Whether published documents wait to be recompiled; notes that they do where this release has noted nothing. */
async function isRebuildDue(client: pg.Client, release: number, created: boolean): Promise<boolean> {
  const { rows } = await client.query<{ after: string | null }>(
    `select after from rebuilds where release = '${release}'`
  )
  if (rows[0] !== undefined) return rows[0].after !== null
  await client.query(
    `begin; delete from rebuilds; insert into rebuilds values ('${release}', ${created ? 'null' : "''"}); commit`
  )
  return !created
}
