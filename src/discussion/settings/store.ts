// The site's settings for comments: one row, read for every new comment.
import { sql } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { unprocessable } from '../../http/problems.ts'
import { memoizedUntilCommit } from '../../storage/commits/memo.ts'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import { CommentSettings, type CurrentSettings, type Settings } from './schema.ts'

type Row = Tables['commentSettings']['$inferSelect']

const id = 'comments'
/** The row whose version counts changes of the blocklist: it is read together with the settings. */
const blocklist = 'blocklist'

/** The default settings. */
export const defaults = Object.freeze(
  Object.fromEntries(
    Object.entries(CommentSettings.properties).map(([name, schema]) => [
      name,
      (schema as { default?: unknown }).default
    ])
  ) as unknown as Settings
)

/** Reads both rows, the only ones of the table. */
const query = prepared(({ q, t: { commentSettings: s } }) => q.select().from(s).prepare('comment_settings'))

/** The effective settings, and the version of the blocklist. */
export const effective = memoizedUntilCommit(async (db): Promise<{ settings: Settings; terms: number }> => {
  const rows = await query(db).execute()
  const set = rows.find((row) => row.id === id)
  const terms = rows.find((row) => row.id === blocklist)?.version ?? 0
  return { settings: set ? { ...defaults, ...set.settings } : defaults, terms }
})

const form = (row: Row | undefined): CurrentSettings => ({
  ...defaults,
  ...row?.settings,
  version: row?.version ?? 0,
  updatedAt: row?.updatedAt ?? null
})

/** The effective settings with their version. */
export async function current(db: Reader): Promise<CurrentSettings> {
  return form((await query(db).execute()).find((row) => row.id === id))
}

/** Updates the settings by `edit`. Throws 412, 422, and what `edit` throws. */
export async function change(
  tx: Writer,
  versions: Expected,
  edit: (now: CommentSettings) => CommentSettings
): Promise<CurrentSettings> {
  const {
    version: before,
    updatedAt: _,
    ...now
  } = checkVersion(await current(tx), versions, 'comment settings')
  const settings = nonDefault(edit(now))
  const { minLength, maxLength } = { ...defaults, ...settings }
  if (minLength > maxLength)
    throw unprocessable('/minLength', 'No comment is as long as that: see maxLength.')
  const row = await put(tx, id, settings)
  await changes.append(tx, { action: 'update', kind: 'settings', id, version: before + 1 })
  return form(row)
}

/** Values that equal the default are not stored. */
const nonDefault = (settings: CommentSettings) =>
  Object.fromEntries(
    Object.entries(settings).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(defaults[name as keyof Settings])
    )
  )

/** Increments the version of the blocklist, so that every process recompiles it. */
export async function bumpBlocklistVersion(tx: Writer) {
  await put(tx, blocklist, {})
}

async function put({ q, t, now }: Writer, id: string, settings: Row['settings']): Promise<Row> {
  const { commentSettings: s } = t
  const set = { settings, updatedAt: now }
  const [row] = await q
    .insert(s)
    .values({ id, ...set, version: 1, createdAt: now })
    .onConflictDoUpdate({ target: s.id, set: { ...set, version: sql`${s.version} + 1` } })
    .returning()
  return row!
}
