// How the site takes comments: one row, read for every comment that comes in.
import { sql } from 'drizzle-orm'
import { Value } from 'typebox/value'
import * as changes from '../../changes/log/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { unprocessable } from '../../http/problems.ts'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import { memoizedUntilCommit } from '../../storage/memo.ts'
import { CommentSettings, type CurrentSettings, type Settings } from './schema.ts'

type Row = Tables['commentSettings']['$inferSelect']

const id = 'comments'
/** The row whose version counts the changes of the blocked terms: it is read along with the settings. */
const blocklist = 'blocklist'

/** What holds where nothing was set. */
export const standard = Object.freeze(Value.Default(CommentSettings, {}) as Settings)

/** Both rows: there are no others. */
const query = prepared(({ q, t: { commentSettings: s } }) => q.select().from(s).prepare('comment_settings'))

/** What holds, and how often the blocked terms were changed. */
export const holding = memoizedUntilCommit(async (db): Promise<{ settings: Settings; terms: number }> => {
  const rows = await query(db).execute()
  const set = rows.find((row) => row.id === id)
  const terms = rows.find((row) => row.id === blocklist)?.version ?? 0
  return { settings: set ? { ...standard, ...set.settings } : standard, terms }
})

const form = (row: Row | undefined): CurrentSettings => ({
  ...standard,
  ...row?.settings,
  version: row?.version ?? 0,
  updatedAt: row?.updatedAt ?? null
})

/** What holds, with its version. */
export async function current(db: Reader): Promise<CurrentSettings> {
  return form((await query(db).execute()).find((row) => row.id === id))
}

/** The settings with what `edit` makes of them. Throws 412, 422, and what `edit` throws. */
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
  const settings = differing(edit(now))
  const { minLength, maxLength } = { ...standard, ...settings }
  if (minLength > maxLength)
    throw unprocessable('/minLength', 'No comment is as long as that: see maxLength.')
  const row = await put(tx, id, settings)
  await changes.append(tx, { action: 'update', kind: 'settings', id, version: before + 1 })
  return form(row)
}

/** What is as it is by default is not kept. */
const differing = (settings: CommentSettings) =>
  Object.fromEntries(
    Object.entries(settings).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(standard[name as keyof Settings])
    )
  )

/** Has every process compile the blocked terms anew. */
export async function renewTerms(tx: Writer) {
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
