// Listing drafts by filters.
import {
  and,
  asc,
  count,
  desc,
  eq,
  exists,
  getTableColumns,
  gte,
  inArray,
  lt,
  not,
  or,
  sql
} from 'drizzle-orm'
import { utc } from '../../../http/schemas.ts'
import type { Reader } from '../../../storage/database.ts'
import { termsOf } from '../../../storage/text/query-parser.ts'
import { hasExternalId } from '../../external/ids.ts'
import type { ArticleFilters } from '../schema.ts'
import { isNotTrashed } from '../soft-deletion.ts'
import { type ListedDraft, withParts } from '../store.ts'
import { hasWords } from './desk-words.ts'
import { isInLanguage } from './language.ts'

/** The query of a list of drafts: filters, search terms and order. */
export type DraftQuery = ArticleFilters & { q?: string; sort?: string }

/** Up to `limit` drafts after a cursor key; the newest first by default. */
export async function list(
  db: Reader,
  query: DraftQuery,
  limit: number,
  after?: string
): Promise<ListedDraft[]> {
  const { articles: a } = db.t
  const [direction, beyond] = query.sort === 'updatedAt' ? [asc, sql`>`] : [desc, sql`<`]
  const keys = query.sort === undefined ? [a.id] : [a.updatedAt, a.id]
  const from = after === undefined ? undefined : keysIn(after)
  // Both stand behind the body in the row, or are it.
  const { body: _, purposes: _p, ...columns } = getTableColumns(a)
  const rows = await db.q
    .select(columns)
    .from(a)
    .where(and(conditions(db, query), from && sql`(${sql.join(keys, sql`, `)}) ${beyond} (${from})`))
    .orderBy(...keys.map(direction))
    .limit(limit)
  return withParts(db, rows)
}

/** The sort key of a draft. */
export const keyOf = ({ id, updatedAt }: { id: string; updatedAt: string }, sort?: string) =>
  sort === undefined ? id : `${updatedAt} ${id}`

/** The key of a cursor as values to compare with: cursors are bound to the order that they were given for. */
const keysIn = (key: string) =>
  sql.join(
    key.split(' ').map((one) => sql`${one}`),
    sql`, `
  )

/** The total number of matching drafts. */
export async function countAll(db: Reader, query: DraftQuery): Promise<number> {
  const [row] = await db.q.select({ drafts: count() }).from(db.t.articles).where(conditions(db, query))
  return row!.drafts
}

function conditions(db: Reader, filters: DraftQuery) {
  const { articles } = db.t
  const from = filters['publishedAt.gte']
  const before = filters['publishedAt.lt']
  const updated = { from: filters['updatedAt.gte'], before: filters['updatedAt.lt'] }
  return and(
    isNotTrashed(db, articles.id),
    filters.q === undefined ? undefined : hasWords(db, 'article', articles.id, termsOf(filters.q)),
    filters.status && inArray(articles.status, filters.status),
    filters.section && inArray(articles.section, filters.section),
    filters.translationOf && inArray(articles.translationOf, filters.translationOf),
    filters.language && isInLanguage(sql`${articles.language}`, filters.language),
    filters.hasCorrection === undefined ? undefined : hasCorrection(db, filters.hasCorrection),
    from ? gte(articles.publishedAt, utc(from)) : undefined,
    before ? lt(articles.publishedAt, utc(before)) : undefined,
    updated.from ? gte(articles.updatedAt, utc(updated.from)) : undefined,
    updated.before ? lt(articles.updatedAt, utc(updated.before)) : undefined,
    hasExternalId(articles, filters.externalId),
    filters.tag && hasTag(db, filters.tag),
    filters.author && hasAuthor(db, filters.author),
    filters.source && hasSource(db, filters.source)
  )
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
