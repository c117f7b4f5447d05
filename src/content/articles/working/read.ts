// Reading the working copy of an article: its row, tags and bylines.
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { isId } from '../../../http/ids.ts'
import { prepared, type Reader, type Tables } from '../../../storage/database.ts'
import type { Body } from '../../body/schema.ts'
import type { Article } from '../schema.ts'
import { normalSlug } from '../slugs/slug.ts'
import { isNotTrashed } from '../soft-deletion.ts'

type Stored = Tables['articles']['$inferSelect']
export type Row = Omit<Stored, 'body'> & { body: Body }
export type Byline = Article['bylines'][number]
/** An article's own part of the working copy. */
export type WorkingCopy = Row & { tags: string[]; bylines: Byline[] }

/** A row with the type of its body, which was validated when it was written. */
const rowOf = (stored: Stored): Row => stored as Row

type StoredByline = Pick<Tables['articleBylines']['$inferSelect'], 'sourceId' | 'name' | 'role'>

export const bylineForm = ({ sourceId, name, role }: Byline | StoredByline): Byline => ({
  ...(sourceId && { sourceId }),
  name,
  ...(role && { role })
})

/** What lists show of a draft: all but its body, of which a page may hold many megabytes. */
export type ListedDraft = Omit<WorkingCopy, 'body' | 'purposes'>

/** These rows with their tags and bylines. */
export async function withParts(
  { q, t }: Reader,
  rows: Omit<Stored, 'body' | 'purposes'>[]
): Promise<ListedDraft[]> {
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return []
  const { articleTags: a, articleBylines: b } = t
  const tags = await q.select().from(a).where(inArray(a.articleId, ids)).orderBy(asc(a.position))
  const bylines = await q.select().from(b).where(inArray(b.articleId, ids)).orderBy(asc(b.position))
  const [tagsOf, bylinesOf] = [Map.groupBy(tags, ofArticle), Map.groupBy(bylines, ofArticle)]
  return rows.map((row) => ({
    ...row,
    tags: (tagsOf.get(row.id) ?? []).map(({ tag }) => tag),
    bylines: (bylinesOf.get(row.id) ?? []).map(bylineForm)
  }))
}

const ofArticle = ({ articleId }: { articleId: string }) => articleId

const given = sql.placeholder

const queryBy = (column: 'id' | 'slug') =>
  prepared((db) => {
    const { articles } = db.t
    return db.q
      .select()
      .from(articles)
      .where(and(eq(articles[column], given('name')), isNotTrashed(db, articles.id)))
      .prepare(`article_by_${column}`)
  })
const byId = queryBy('id')
const bySlug = queryBy('slug')

const tagsQuery = prepared(({ q, t: { articleTags: a } }) =>
  q
    .select({ tag: a.tag })
    .from(a)
    .where(eq(a.articleId, given('id')))
    .orderBy(asc(a.position))
    .prepare('tags_of_article')
)

const bylinesQuery = prepared(({ q, t: { articleBylines: b } }) =>
  q
    .select({ sourceId: b.sourceId, name: b.name, role: b.role })
    .from(b)
    .where(eq(b.articleId, given('id')))
    .orderBy(asc(b.position))
    .prepare('bylines_of_article')
)

/** The working copy of the article of this id or slug. */
export async function byIdOrSlug(db: Reader, name: string): Promise<WorkingCopy | undefined> {
  if (isId('art', name)) {
    // PostgreSQL is asked once for all.
    const [[stored], parts] = await Promise.all([byId(db).execute({ name }), partsById(db, name)])
    return stored && { ...rowOf(stored), ...parts }
  }
  const [stored] = await bySlug(db).execute({ name: normalSlug(name) })
  return stored && { ...rowOf(stored), ...(await partsById(db, stored.id)) }
}

async function partsById(db: Reader, id: string) {
  const [tags, bylines] = await Promise.all([tagsQuery(db).execute({ id }), bylinesQuery(db).execute({ id })])
  return { tags: tags.map(({ tag }) => tag), bylines: bylines.map(bylineForm) }
}
