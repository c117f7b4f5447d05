// The drafts of a newsroom, by the filters of the list.
import { and, desc, eq, exists, gte, lt, or } from 'drizzle-orm'
import { canonical, utc } from '../schemas.ts'
import type { Reader } from '../storage/database.ts'
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
  const rows = await db.q
    .select()
    .from(articles)
    .where(
      and(
        after === undefined ? undefined : lt(articles.id, after),
        filters.status && eq(articles.status, filters.status),
        filters.section ? eq(articles.section, filters.section) : undefined,
        filters.language ? eq(articles.language, canonical(filters.language)) : undefined,
        from ? gte(articles.publishedAt, utc(from)) : undefined,
        before ? lt(articles.publishedAt, utc(before)) : undefined,
        filters.tag ? hasTag(db, filters.tag) : undefined,
        filters.author ? hasAuthor(db, filters.author) : undefined,
        filters.source ? hasSource(db, filters.source) : undefined
      )
    )
    .orderBy(desc(articles.id))
    .limit(limit)
  return working(db, rows)
}

function hasTag({ q, t: { articles, articleTags: a } }: Reader, tag: string) {
  return exists(
    q
      .select({ id: a.articleId })
      .from(a)
      .where(and(eq(a.tag, tag), eq(a.articleId, articles.id)))
  )
}

function hasAuthor({ q, t: { articles, articleBylines: b } }: Reader, author: string) {
  const named = or(eq(b.name, author), eq(b.sourceId, author))
  return exists(
    q
      .select({ id: b.articleId })
      .from(b)
      .where(and(named, eq(b.articleId, articles.id)))
  )
}

function hasSource({ q, t: { articles, attributions, hops } }: Reader, source: string) {
  return exists(
    q
      .select({ id: hops.attributionId })
      .from(hops)
      .innerJoin(attributions, eq(attributions.id, hops.attributionId))
      .where(and(eq(hops.sourceId, source), eq(attributions.articleId, articles.id)))
  )
}
