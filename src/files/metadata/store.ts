// What was read of files, beside their records.
import { eq, inArray } from 'drizzle-orm'
import type { Reader, Writer } from '../../storage/database.ts'
import type { PictureMetadata } from './read.ts'
import type { PictureProposal } from './schema.ts'

/** Keeps what a file says of itself. The same bytes say the same, but an older release may have read less of them. */
export async function keep(tx: Writer, file: string, { proposal, ...details }: PictureMetadata) {
  const said = { proposal, details }
  const { fileMetadata: f } = tx.t
  await tx.q
    .insert(f)
    .values({ file, ...said })
    .onConflictDoUpdate({ target: f.file, set: said })
}

/** What a file says of itself; undefined where nothing was read of it. */
export async function byFile({ q, t }: Reader, file: string): Promise<PictureMetadata | undefined> {
  const [row] = await q.select().from(t.fileMetadata).where(eq(t.fileMetadata.file, file))
  // Both columns hold what `keep` was given.
  return row && ({ proposal: row.proposal, ...row.details } as PictureMetadata)
}

/** What is proposed of these records of media, by their ids. */
export async function proposalsOf(
  { q, t: { fileMetadata: f, media: m } }: Reader,
  mediaIds: string[]
): Promise<Map<string, PictureProposal>> {
  if (mediaIds.length === 0) return new Map()
  const rows = await q
    .select({ id: m.id, proposal: f.proposal })
    .from(m)
    .innerJoin(f, eq(f.file, m.file))
    .where(inArray(m.id, mediaIds))
  return new Map(rows.map(({ id, proposal }) => [id, proposal as PictureProposal]))
}
