// The drafts of a newsroom, by the filters of the list.
import { and, desc, eq, exists, gte, inArray, lt, not, or } from 'drizzle-orm'
import { canonical } from '../languages.ts'
import { utc } from '../schemas.ts'
import type { Reader } from '../storage/database.ts'
import { isPresent } from './present.ts'
import type { ArticleFilters } from './schema.ts'
import { type Working, working } from './store.ts'

/** Newest first. */
export async function list(
  db: Reader,
  filters: ArticleFilters,
  limit: number,
  after?: string
): Promise<Working[]> {
  const { articles } = db.t
  const from = filters['publishedAt.gte']
  const before = filters['publishedAt.lt']
  const updated = { from: filters['updatedAt.gte'], before: filters['updatedAt.lt'] }
  const rows = await db.q
    .select()
    .from(articles)
    .where(
      and(
        isPresent(db, articles.id),
        after === undefined ? undefined : lt(articles.id, after),
        filters.status && inArray(articles.status, filters.status),
        filters.section && inArray(articles.section, filters.section),
        filters.language && inArray(articles.language, filters.language.map(canonical)),
        filters.hasCorrection === undefined ? undefined : hasCorrection(db, filters.hasCorrection),
        from ? gte(articles.publishedAt, utc(from)) : undefined,
        before ? lt(articles.publishedAt, utc(before)) : undefined,
        updated.from ? gte(articles.updatedAt, utc(updated.from)) : undefined,
        updated.before ? lt(articles.updatedAt, utc(updated.before)) : undefined,
        filters.tag && hasTag(db, filters.tag),
        filters.author && hasAuthor(db, filters.author),
        filters.source && hasSource(db, filters.source)
      )
    )
    .orderBy(desc(articles.id))
    .limit(limit)
  return working(db, rows)
}

function hasTag({ q, t: { articles, articleTags: a } }: Reader, tags: string[]) {
  return exists(
    q
      .select({ id: a.articleId })
      .from(a)
      .where(and(inArray(a.tag, tags), eq(a.articleId, articles.id)))
  )
}

function hasAuthor({ q, t: { articles, articleBylines: b } }: Reader, authors: string[]) {
  const named = or(inArray(b.name, authors), inArray(b.sourceId, authors))
  return exists(
    q
      .select({ id: b.articleId })
      .from(b)
      .where(and(named, eq(b.articleId, articles.id)))
  )
}

function hasSource({ q, t: { articles, attributions, hops } }: Reader, some: string[]) {
  return exists(
    q
      .select({ id: hops.attributionId })
      .from(hops)
      .innerJoin(attributions, eq(attributions.id, hops.attributionId))
      .where(and(inArray(hops.sourceId, some), eq(attributions.articleId, articles.id)))
  )
}

function hasCorrection({ q, t: { articles, corrections: c } }: Reader, has: boolean) {
  const corrected = exists(q.select({ id: c.id }).from(c).where(eq(c.articleId, articles.id)))
  return has ? corrected : not(corrected)
}
