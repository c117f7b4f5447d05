// In which articles pictures, audio and video were published: what their makers are paid for.
import { and, count, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import type { Article } from '../../content/articles/schema.ts'
import type { Media } from '../../content/media/schema.ts'
import { prepared, type Reader, type Writer } from '../../storage/database.ts'

/** The credits of a file, as a use keeps them. */
const creditsOf = ({ credits }: Media) =>
  credits.map(({ creditLine, creators, suppliers, licence }) => ({
    creditLine,
    creators,
    suppliers,
    licence: licence?.name ?? null
  }))

const usesQuery = prepared(({ q, t: { mediaUses: u } }: Reader) =>
  q
    .select({ mediaId: u.mediaId, endedAt: u.endedAt })
    .from(u)
    .where(eq(u.articleId, sql.placeholder('articleId')))
    .prepare('uses_of_article')
)

/** What was recorded of an article. */
export const usesOf = (tx: Writer, articleId: string) => usesQuery(tx).execute({ articleId })

/** Records what a published article shows from now on, and no longer shows. */
export async function recordUses(
  tx: Writer,
  { id: articleId, media }: Article,
  at: string,
  known: Awaited<ReturnType<typeof usesOf>>
) {
  const { mediaUses: u, articles: a } = tx.t
  const shown = media.filter(({ unavailable }) => unavailable === undefined)
  const isShown = new Set(shown.map(({ id }) => id))
  const changed = known.filter(({ mediaId, endedAt }) => isShown.has(mediaId) !== (endedAt === null))
  for (const { mediaId, endedAt } of changed)
    await tx.q
      .update(u)
      .set({ endedAt: endedAt === null ? tx.now : null })
      .where(and(eq(u.articleId, articleId), eq(u.mediaId, mediaId)))
  const before = new Set(known.map(({ mediaId }) => mediaId))
  const added = shown.filter(({ id }) => !before.has(id))
  if (added.length === 0) return
  const [row] = await tx.q.select({ purposes: a.purposes }).from(a).where(eq(a.id, articleId))
  await tx.q.insert(u).values(
    added.map((file) => ({
      articleId,
      mediaId: file.id,
      kind: file.kind,
      purposes: row!.purposes,
      credits: creditsOf(file),
      at
    }))
  )
}

/** Ends the uses of an article that is withdrawn. */
export async function endUses(tx: Writer, articleId: string) {
  const { mediaUses: u } = tx.t
  await tx.q
    .update(u)
    .set({ endedAt: tx.now })
    .where(and(eq(u.articleId, articleId), isNull(u.endedAt)))
}

/** In how many articles but this one each of these was published. */
export async function usesElsewhere(
  { q, t: { mediaUses: u } }: Reader,
  articleId: string,
  mediaIds: string[]
): Promise<Map<string, number>> {
  if (mediaIds.length === 0) return new Map()
  const rows = await q
    .select({ id: u.mediaId, uses: count() })
    .from(u)
    .where(and(inArray(u.mediaId, mediaIds), ne(u.articleId, articleId)))
    .groupBy(u.mediaId)
  return new Map(rows.map(({ id, uses }) => [id, uses]))
}
