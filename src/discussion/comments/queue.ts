// The moderation queue: all comments, filtered, each page read from a single index.
import { and, asc, desc, eq, gt, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { isNotTrashed } from '../../content/articles/soft-deletion.ts'
import { firstId } from '../../http/ids.ts'
import { utc } from '../../http/schemas.ts'
import type { Reader } from '../../storage/database.ts'
import type { CommentFilters, DraftComment } from './schema.ts'
import { draftForm, type Row } from './store.ts'

/** The filters, the most selective first: the first one that is given chooses the index. */
const columns = (t: Reader['t']['comments']) => ({
  parent: t.parentId,
  author: t.author,
  emailHash: t.email,
  network: t.network,
  article: t.articleId,
  status: t.status
})
type Name = keyof ReturnType<typeof columns>

/** Filters that are less selective than `reported`. */
const unselective: Name[] = ['article', 'status']

/** Newest first, or oldest first. */
export async function list(
  db: Reader,
  filters: CommentFilters,
  limit: number,
  after?: string
): Promise<DraftComment[]> {
  const leads = columns(db.t.comments)
  const names = (Object.keys(leads) as Name[]).filter((name) => filters[name] !== undefined)
  const [lead] = names.filter((name) => !filters.reported || !unselective.includes(name))
  const others = names
    .filter((name) => name !== lead)
    .map((name) => withoutIndex(leads[name], filters[name]!))
  const shared = and(...others, ...between(db, filters, after))
  const ascending = filters.sort === 'createdAt'
  // Each value is an ordered range of the index: one statement for several would have to sort.
  const values = lead && new Set<string>(filters[lead])
  const ranges = values ? [...values].map((value) => and(eq(leads[lead!], value), shared)) : [shared]
  const pages = ranges.map((where) => page(db, where, ascending, limit))
  const rows = (await Promise.all(pages)).flat().sort((a, b) => (a.id < b.id === ascending ? -1 : 1))
  return rows.slice(0, limit).map(draftForm)
}

function page(
  { q, t: { comments } }: Reader,
  where: SQL | undefined,
  ascending: boolean,
  limit: number
): PromiseLike<Row[]> {
  const order = ascending ? asc(comments.id) : desc(comments.id)
  return q.select().from(comments).where(where).orderBy(order).limit(limit)
}

/** A condition that uses no index: `|| ''` makes an expression of the column. */
const withoutIndex = (column: ReturnType<typeof columns>[Name], values: string[]) =>
  inArray(sql<string>`${column} || ''`, values)

/** Ids begin with their creation time, shortly after that of the comment, so an index by id narrows the range. */
function between(db: Reader, filters: CommentFilters, after: string | undefined) {
  const { comments } = db.t
  const from = filters['createdAt.gte'] && utc(filters['createdAt.gte'])
  const before = filters['createdAt.lt'] && utc(filters['createdAt.lt'])
  const beyond = filters.sort === 'createdAt' ? gt : lt
  return [
    isNotTrashed(db, comments.articleId),
    after === undefined ? undefined : beyond(comments.id, after),
    from ? and(gte(comments.createdAt, from), gte(comments.id, firstId('com', from))) : undefined,
    before ? and(lt(comments.createdAt, before), lt(comments.id, firstId('com', later(before)))) : undefined,
    // Must be the literal condition of the partial index.
    filters.reported ? sql`${comments.reports} > 0` : undefined,
    filters.reported === false ? eq(comments.reports, 0) : undefined
  ]
}

/** More than the longest time from the start of a transaction until it creates its ids: a minute. */
const later = (instant: string) => new Date(Date.parse(instant) + 60_000).toISOString()
