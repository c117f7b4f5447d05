// Revisions: the last drafts of an article, so that overwritten ones are not lost.
import { and, desc, eq, lt, lte } from 'drizzle-orm'
import type { Reader, Writer } from '../../storage/database.ts'
import type { ConvertedArticle } from './schema.ts'

/** How many revisions of an article are kept. */
const maxRevisions = 50

/** Stores the draft as a revision, and deletes the oldest. */
export async function keep(
  tx: Writer,
  { id, version }: { id: string; version: number },
  draft: ConvertedArticle
) {
  const { q, t, now, actor } = tx
  const { revisions: r } = t
  await q
    .insert(r)
    .values({ articleId: id, version, at: now, actor: actor.name, draft: { ...draft } })
    .onConflictDoNothing()
  const [oldest] = await q
    .select({ version: r.version })
    .from(r)
    .where(eq(r.articleId, id))
    .orderBy(desc(r.version))
    .limit(1)
    .offset(maxRevisions)
  if (oldest) await q.delete(r).where(and(eq(r.articleId, id), lte(r.version, oldest.version)))
}

/** Newest first, without their content. */
export function list({ q, t: { revisions: r } }: Reader, articleId: string, limit: number, before?: number) {
  return q
    .select({ version: r.version, at: r.at, actor: r.actor })
    .from(r)
    .where(and(eq(r.articleId, articleId), before === undefined ? undefined : lt(r.version, before)))
    .orderBy(desc(r.version))
    .limit(limit)
}

/** The draft as it was at this version. */
export async function byVersion({ q, t: { revisions: r } }: Reader, articleId: string, version: number) {
  const [row] = await q
    .select()
    .from(r)
    .where(and(eq(r.articleId, articleId), eq(r.version, version)))
  return row && { ...row, draft: row.draft as unknown as ConvertedArticle }
}
