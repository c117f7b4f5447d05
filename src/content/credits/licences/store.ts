// The licences that the newsroom knows: one row.
import { sql } from 'drizzle-orm'
import * as changes from '../../../changes/log/store.ts'
import { checkVersion, type Expected } from '../../../http/etag.ts'
import { unprocessable } from '../../../http/problems.ts'
import { prepared, type Reader, type Tables, type Writer } from '../../../storage/database.ts'
import { nameKey } from '../../../storage/text/name-key.ts'
import { common } from './common.ts'
import type { Licence, Licences, NewLicences } from './schema.ts'

const id = 'licences'

const query = prepared(({ q, t: { licences: l } }) => q.select().from(l).prepare('licences'))

/** The list, with its version. */
export async function current(db: Reader): Promise<Licences> {
  const [row] = await query(db).execute()
  return formOf(row)
}

const formOf = (row: Tables['licences']['$inferSelect'] | undefined): Licences => ({
  // The column holds what `change` was given.
  licences: (row?.licences ?? []) as Licence[],
  common,
  version: row?.version ?? 0,
  updatedAt: row?.updatedAt ?? null
})

/** Keeps another list. Throws 412, 422 for two licences of one name, and what `edit` throws. */
export async function change(
  tx: Writer,
  versions: Expected,
  edit: (now: NewLicences) => NewLicences
): Promise<Licences> {
  const { version, licences: before } = checkVersion(await current(tx), versions, 'list of licences')
  const { licences } = edit({ licences: before })
  const names = licences.map(({ name }) => nameKey(name))
  const twice = names.findIndex((name, i) => names.indexOf(name) < i)
  if (twice >= 0)
    throw unprocessable(`/licences/${twice}/name`, `${licences[twice]!.name} is in the list already.`)
  const set = { licences, updatedAt: tx.now }
  const { licences: l } = tx.t
  const [row] = await tx.q
    .insert(l)
    .values({ id, ...set, version: 1, createdAt: tx.now })
    .onConflictDoUpdate({ target: l.id, set: { ...set, version: sql`${l.version} + 1` } })
    .returning()
  await changes.append(tx, { action: 'update', kind: 'settings', id, version: version + 1 })
  return formOf(row)
}
