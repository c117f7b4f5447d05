// Which renditions the newsroom wants: one row.
import { sql } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { unprocessable } from '../../http/problems.ts'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import type { MediaSettings, NewMediaSettings } from './schema.ts'

const id = 'media-settings'

/** What holds where nothing was said. */
const standard: Required<NewMediaSettings> = {
  widths: [320, 640, 960, 1280, 1920],
  formats: ['jpeg', 'webp', 'avif'],
  crops: [],
  baseUrl: null
}

const query = prepared(({ q, t: { mediaSettings: m } }) => q.select().from(m).prepare('media_settings'))

/** What was said, with its version. */
export async function current(db: Reader): Promise<MediaSettings> {
  const [row] = await query(db).execute()
  return formOf(row)
}

const formOf = (row: Tables['mediaSettings']['$inferSelect'] | undefined): MediaSettings => ({
  ...standard,
  ...(row?.settings as NewMediaSettings | undefined),
  version: row?.version ?? 0,
  updatedAt: row?.updatedAt ?? null
})

/** Says something else. Throws 412, 422 for two crops of one name, and what `edit` throws. */
export async function change(
  tx: Writer,
  versions: Expected,
  edit: (now: NewMediaSettings) => NewMediaSettings
): Promise<MediaSettings> {
  const { version, updatedAt: _, ...now } = checkVersion(await current(tx), versions, 'media settings')
  const settings = edit(now)
  checkNames(settings.crops ?? [])
  const set = { settings, updatedAt: tx.now }
  const { mediaSettings: m } = tx.t
  const [row] = await tx.q
    .insert(m)
    .values({ id, ...set, version: 1, createdAt: tx.now })
    .onConflictDoUpdate({ target: m.id, set: { ...set, version: sql`${m.version} + 1` } })
    .returning()
  await changes.append(tx, { action: 'update', kind: 'settings', id, version: version + 1 })
  return formOf(row)
}

function checkNames(crops: { name: string }[]) {
  const twice = crops.findIndex(({ name }, i) => crops.findIndex((one) => one.name === name) < i)
  if (twice >= 0)
    throw unprocessable(
      `/crops/${twice}/name`,
      `Another crop has the name ${crops[twice]!.name}: choose one of its own.`
    )
}
