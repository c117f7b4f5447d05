// The moderators' queue: every comment there is, by what they look for, each page read through one index.
import { and, asc, desc, eq, gt, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { isPresent } from '../../content/articles/present.ts'
import { firstId } from '../../http/ids.ts'
import { utc } from '../../http/schemas.ts'
import type { Reader } from '../../storage/database.ts'
import type { CommentFilters, DraftComment } from './schema.ts'
import { draftForm, type Row } from './store.ts'

/** The filters, those that leave the fewest comments first: of those given, the first leads to its index. */
const columns = (t: Reader['t']['comments']) => ({
  parent: t.parentId,
  author: t.author,
  emailHash: t.email,
  network: t.network,
  article: t.articleId,
  status: t.status
})
type Name = keyof ReturnType<typeof columns>

/** Where reported ones are looked for, these leave more than that does. */
const many: Name[] = ['article', 'status']

/** Newest first, or oldest first. */
export async function list(
  db: Reader,
  filters: CommentFilters,
  limit: number,
  after?: string
): Promise<DraftComment[]> {
  const leads = columns(db.t.comments)
  const names = (Object.keys(leads) as Name[]).filter((name) => filters[name] !== undefined)
  const [lead] = names.filter((name) => !filters.reported || !many.includes(name))
  const others = names.filter((name) => name !== lead).map((name) => ledPast(leads[name], filters[name]!))
  const shared = and(...others, ...between(db, filters, after))
  const ascending = filters.sort === 'createdAt'
  // Several values are several ranges of the index, each in order: one statement for all would have to sort them.
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

/** The value is one of these, and no index is chosen for it: joined with nothing, the column is an expression. */
const ledPast = (column: ReturnType<typeof columns>[Name], values: string[]) =>
  inArray(sql<string>`${column} || ''`, values)

/** Ids begin with the time they were made, a moment after that of their comment: with them an index does the rest. */
function between(db: Reader, filters: CommentFilters, after: string | undefined) {
  const { comments } = db.t
  const from = filters['createdAt.gte'] && utc(filters['createdAt.gte'])
  const before = filters['createdAt.lt'] && utc(filters['createdAt.lt'])
  const beyond = filters.sort === 'createdAt' ? gt : lt
  return [
    isPresent(db, comments.articleId),
    after === undefined ? undefined : beyond(comments.id, after),
    from ? and(gte(comments.createdAt, from), gte(comments.id, firstId('com', from))) : undefined,
    before ? and(lt(comments.createdAt, before), lt(comments.id, firstId('com', later(before)))) : undefined,
    // Word for word as the index of the reported ones has it.
    filters.reported ? sql`${comments.reports} > 0` : undefined,
    filters.reported === false ? eq(comments.reports, 0) : undefined
  ]
}

/** The longest that a transaction takes before it makes its ids, and more: a minute. */
const later = (instant: string) => new Date(Date.parse(instant) + 60_000).toISOString()
