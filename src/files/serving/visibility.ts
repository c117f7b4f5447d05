// Which file an address leads to, and who may see it: readers see what a published article shows.
import { and, eq, sql } from 'drizzle-orm'
import { memoizedUntilCommit } from '../../storage/commits/memo.ts'
import { prepared, type Reader } from '../../storage/database.ts'
import type { StoredRendition } from '../../storage/tables/files.ts'
import { mediaShownBy } from '../renditions/publications.ts'
import * as sets from '../renditions/store.ts'
import * as files from '../store.ts'
import { addressName, renditionName } from './addresses.ts'

/** What the newsstand knows of records of media, which is above files. */
export interface PublishedMedia {
  /** Those of these that are published with their files. */
  withFiles(db: Reader, mediaIds: string[]): Promise<string[]>
  /** Whether one of these was published with its file, and is no longer. */
  areGone(db: Reader, mediaIds: string[]): Promise<boolean>
  /** When the rights end of the last of these that are published; null where they do not, or none is. */
  rightsEndAt(db: Reader, mediaIds: string[]): Promise<string | null>
}

/** A file that can be sent. */
export interface Located {
  /** The digest of its bytes. */
  digest: string
  type: string
  bytes: number
  /** The file that was uploaded: its own, or the one it was made of. */
  file: string
  /** What is sent of a picture. */
  rendition?: StoredRendition
}

/** What is at an address; undefined where nothing is. */
export const locate = memoizedUntilCommit(locatedAt)

async function locatedAt(db: Reader, digest: string, name: string): Promise<Located | undefined> {
  const set = (await sets.byIds(db, [digest])).get(digest)
  if (set) {
    const one = set.renditions.find((rendition) => renditionName(rendition) === name)
    return one && { digest: one.digest, type: one.type, bytes: one.bytes, file: set.file, rendition: one }
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

/**
 * The records of media that readers were ever shown by this digest in an address; where there are none, as for a file that is
 * shown as it came, all that it belongs to.
 */
export async function recordsOf(db: Reader, digest: string, { file }: Located): Promise<string[]> {
  const shown = await mediaShownBy(db, digest)
  return shown.length > 0 ? shown : mediaOf(db, file)
}
