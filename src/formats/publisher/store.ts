// What the newsroom says of itself: one row, read for every feed that is made.
import * as changes from '../../changes/log/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { allTags, type Reader, type Writer } from '../../storage/database.ts'
import { put, type Row, row } from './about.ts'
import type { DraftPublisher, NewPublisher, Publisher } from './schema.ts'

const id = 'publisher'

/** What holds where nothing was said. */
const unsaid: Publisher = {
  name: 'News',
  description: null,
  language: null,
  url: null,
  articleUrl: null,
  apiUrl: null,
  logoUrl: null,
  copyrightNotice: null,
  policies: {}
}

/** What was said, with its version. */
export async function current(db: Reader): Promise<DraftPublisher> {
  return draftOf(await row(db, id))
}

function draftOf(row: Row | undefined): DraftPublisher {
  const said = Object.entries((row?.about ?? {}) as NewPublisher).filter(([, value]) => value !== null)
  return {
    ...unsaid,
    ...Object.fromEntries(said),
    version: row?.version ?? 0,
    updatedAt: row?.updatedAt ?? null
  }
}

/** What readers are told; `siteUrl` is the front page where nobody said which it is. */
export async function publisher(db: Reader, siteUrl: string | undefined): Promise<Publisher> {
  const { version: _, updatedAt: __, ...said } = await current(db)
  return { ...said, url: said.url ?? siteUrl ?? null }
}

/** Says something else. Throws 412, and what `edit` throws. */
export async function change(
  tx: Writer,
  versions: Expected,
  edit: (now: NewPublisher) => NewPublisher
): Promise<DraftPublisher> {
  const { version, updatedAt: _, ...now } = checkVersion(await current(tx), versions, 'publisher')
  const written = await put(tx, id, edit(now))
  // Where pages are stands in the headers of all that is public.
  tx.invalidated.add(allTags)
  await changes.append(tx, { action: 'update', kind: 'settings', id, version: version + 1 })
  return draftOf(written)
}
