// Which file an address leads to, and who may see it: readers see what a published article shows.
import { and, eq, sql } from 'drizzle-orm'
import { memoizedUntilCommit } from '../../storage/commits/memo.ts'
import { prepared, type Reader } from '../../storage/database.ts'
import * as sets from '../renditions/store.ts'
import * as files from '../store.ts'
import { addressName, renditionName } from './addresses.ts'

/** What the newsstand knows of records of media, which is above files. */
export interface PublishedMedia {
  /** Whether all of these were published, and are no longer. */
  areGone(db: Reader, mediaIds: string[]): Promise<boolean>
  /** When the last of these that are published with this digest in an address stops to be; null where none does. */
  rightsEndAt(db: Reader, mediaIds: string[], digest: string): Promise<string | null>
}

/** A file that can be sent. */
export interface Located {
  /** The digest of its bytes. */
  digest: string
  type: string
  bytes: number
  /** The file that was uploaded: its own, or the one it was made of. */
  file: string
}

/** What is at an address; undefined where nothing is. */
export const locate = memoizedUntilCommit(locatedAt)

async function locatedAt(db: Reader, digest: string, name: string): Promise<Located | undefined> {
  const set = (await sets.byIds(db, [digest])).get(digest)
  if (set) {
    const one = set.renditions.find((rendition) => renditionName(rendition) === name)
    return one && { digest: one.digest, type: one.type, bytes: one.bytes, file: set.file }
  }
  const file = await files.byDigest(db, digest)
  if (file === undefined || !(await namesOf(db, digest, file.type)).includes(name)) return undefined
  return { digest, type: file.type, bytes: file.bytes, file: digest }
}

/** The names that a file has in the records that it belongs to. */
async function namesOf({ q, t: { media: m } }: Reader, digest: string, type: string): Promise<string[]> {
  const rows = await q.select({ name: m.fileName }).from(m).where(eq(m.file, digest))
  return rows.map(({ name }) => addressName(name, type))
}

const shownQuery = prepared(({ q, t: { publishedFacets: f } }) =>
  q
    .select({ id: f.id })
    .from(f)
    .where(and(eq(f.kind, 'article'), eq(f.name, 'file'), eq(f.value, sql.placeholder('digest'))))
    .limit(1)
    .prepare('articles_with_file')
)

/** Whether a published article shows what has this digest in its address. */
export const isShown = memoizedUntilCommit(
  async (db, digest: string) => (await shownQuery(db).execute({ digest })).length > 0
)

/** The records of media that a file belongs to. */
export const mediaOf = memoizedUntilCommit(
  async ({ q, t: { media: m } }, file: string): Promise<string[]> => {
    return (await q.select({ id: m.id }).from(m).where(eq(m.file, file))).map(({ id }) => id)
  }
)
