// In which articles pictures, audio and video were published: what their makers are paid for.
import { and, count, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Article } from '../../content/articles/schema.ts'
import type { Media } from '../../content/media/schema.ts'
import { insertAll } from '../../storage/columns/rows.ts'
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

const purposesQuery = prepared(({ q, t: { articles: a } }: Reader) =>
  q
    .select({ purposes: a.purposes })
    .from(a)
    .where(eq(a.id, sql.placeholder('id')))
    .prepare('purposes_of_article')
)

/** Records what a published article shows from now on, and no longer shows. */
export async function recordUses(
  tx: Writer,
  { id: articleId, media }: Article,
  at: string,
  known: Awaited<ReturnType<typeof usesOf>>
) {
  const { mediaUses: u } = tx.t
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
  const [row] = await purposesQuery(tx).execute({ id: articleId })
  await insertAll(
    tx,
    u,
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

const elsewhereQuery = prepared(({ q, t: { mediaUses: u } }: Reader) =>
  q
    .select({ uses: count() })
    .from(u)
    .where(and(eq(u.mediaId, sql.placeholder('mediaId')), ne(u.articleId, sql.placeholder('articleId'))))
    .prepare('uses_elsewhere')
)

/** In how many articles but this one each of these was published. */
export async function usesElsewhere(
  db: Reader,
  articleId: string,
  mediaIds: string[]
): Promise<Map<string, number>> {
  const asked = mediaIds.map((mediaId) => elsewhereQuery(db).execute({ mediaId, articleId }))
  const counts = await Promise.all(asked)
  return new Map(mediaIds.map((id, i) => [id, Number(counts[i]![0]!.uses)]))
}
