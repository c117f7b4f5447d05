// Which sets of renditions readers were ever shown, and of which records of media.
import { eq, sql } from 'drizzle-orm'
import { memoizedUntilCommit } from '../../storage/commits/memo.ts'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import { prepared, type Writer } from '../../storage/database.ts'

/** A record of media, and the digest in the address by which it is shown. */
export interface ShownFile {
  mediaId: string
  digest: string
}

const given = sql.placeholder

/** The digest may be that of a file which is shown as it came, or in an address elsewhere. */
const noteQuery = prepared(({ q, t: { publishedSets: p, renditionSets: s } }: Writer) =>
  q
    .insert(p)
    .select(
      q
        .select({ setId: s.id, mediaId: sql<string>`${given('mediaId')}`.as('media_id') })
        .from(s)
        .where(eq(s.id, given('digest')))
    )
    .onConflictDoNothing()
    .prepare('note_published_set')
)

/** Notes the sets by which a published article shows records of media. */
export async function notePublished(tx: Writer, shown: ShownFile[]) {
  for (const { mediaId, digest } of shown) {
    await yieldIfDue()
    await noteQuery(tx).execute({ mediaId, digest })
  }
}

/** The records of media that readers were ever shown by a set. */
export const mediaShownBy = memoizedUntilCommit(
  async ({ q, t: { publishedSets: p } }, setId: string): Promise<string[]> => {
    const rows = await q.select({ id: p.mediaId }).from(p).where(eq(p.setId, setId))
    return rows.map(({ id }) => id)
  }
)

/** The sets by which readers were ever shown a record of media. */
export const setsShowing = memoizedUntilCommit(
  async ({ q, t: { publishedSets: p } }, mediaId: string): Promise<string[]> => {
    const rows = await q.select({ id: p.setId }).from(p).where(eq(p.mediaId, mediaId))
    return rows.map(({ id }) => id)
  }
)
