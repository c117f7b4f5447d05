// Opening a database of PostgreSQL: migrated where it is empty or of an older release; refused, with the reason, where it is
// foreign or of a newer one, or where the server is set so that it may lose what it acknowledged.
import { resolve } from 'node:path'
import type pg from 'pg'
import { Unavailable } from '../database.ts'
import type { OpenedDatabase, OpenOptions } from '../opening/opened.ts'
import { Refusal } from '../opening/refusal.ts'
import { addressOf } from './connections/address.ts'
import { connectToPrimary } from './connections/connect.ts'
import { checkOwnSession } from './connections/own-session.ts'
import { postgres } from './database.ts'
import { checkDurability } from './durability.ts'
import { translated } from './errors.ts'
import { migrate } from './migrations.ts'

/** The oldest release that it was tried on. */
const oldestVersion = 15

/** Opens the database at a `postgres:` URL. Throws a Refusal when it cannot be served. */
export async function openPostgres(
  url: string,
  clock: () => Date = () => new Date(),
  { folder, files, isReplicated = false }: OpenOptions = {}
): Promise<OpenedDatabase> {
  const address = addressOf(url)
  try {
    const client = await connectToPrimary(address)
    try {
      await checkServer(client, address.where)
      await checkOwnSession(client, () => connectToPrimary(address), address.where)
      await checkDurability(client, address.where, isReplicated)
      const state = await migrate(client, address.where)
      const database = await postgres(address, clock, {
        folder: folder ?? resolve('data', address.name),
        files,
        isReplicated
      })
      return { ...database, where: address.where, ...state }
    } finally {
      await client.end()
    }
  } catch (error) {
    const known = translated(error)
    if (known instanceof Unavailable) throw new Refusal(known.message, { cause: known })
    throw known
  }
}

/** Throws a Refusal where the server is too old, or changes what is written. */
export async function checkServer(client: pg.Client, where: string) {
  const { rows } = await client.query<Record<string, string>>(`select
    current_setting('server_version_num') as version, current_setting('server_encoding') as encoding`)
  const { version, encoding } = rows[0]!
  if (Number(version) < oldestVersion * 10_000)
    throw new Refusal(
      `${where} is PostgreSQL ${Math.floor(Number(version) / 10_000)}: ${oldestVersion} or newer is needed`
    )
  if (encoding !== 'UTF8')
    throw new Refusal(`${where} has the encoding ${encoding}: create the database with the encoding UTF8`)
}
