// Reading the newsstand: one uniform store of compiled documents and the facets they are found by.
import { and, asc, count, desc, eq, gte, lt, sql } from 'drizzle-orm'
import { prepared, type Reader } from '../storage/database.ts'

export type Kind =
  | 'article'
  | 'quote'
  | 'attribution'
  | 'source'
  | 'media'
  | 'credit'
  | 'correction'
  | 'comment'

const select = ({ q, t: { published } }: Reader) =>
  q
    .select({ id: published.id, slug: published.slug, etag: published.etag, document: published.document })
    .from(published)

const byIdQuery = prepared((db) => {
  const { published } = db.t
  return select(db)
    .where(and(eq(published.kind, sql.placeholder('kind')), eq(published.id, sql.placeholder('id'))))
    .prepare('published_by_id')
})
const bySlugQuery = prepared((db) =>
  select(db)
    .where(eq(db.t.published.slug, sql.placeholder('slug')))
    .prepare('published_by_slug')
)

/** The published document of this id, or undefined. */
export async function byId(db: Reader, kind: Kind, id: string) {
  const [row] = await byIdQuery(db).execute({ kind, id })
  return row
}

/** The published article at this slug, or undefined. */
export async function bySlug(db: Reader, slug: string) {
  const [row] = await bySlugQuery(db).execute({ slug })
  return row
}

/** The article that was last published at this slug, whatever its slug is now. */
export async function formerly({ q, t: { addresses } }: Reader, slug: string): Promise<string | undefined> {
  const [row] = await q.select().from(addresses).where(eq(addresses.slug, slug))
  return row?.articleId
}

/** Whether this was public once and is no longer. */
export async function wasWithdrawn(
  { q, t: { withdrawn } }: Reader,
  kind: Kind,
  id: string
): Promise<boolean> {
  const rows = await q
    .select({ id: withdrawn.id })
    .from(withdrawn)
    .where(and(eq(withdrawn.kind, kind), eq(withdrawn.id, id)))
  return rows.length > 0
}

/** The articles that hold this record on the newsstand. */
export async function holders(
  { q, t: { publishedFacets: f } }: Reader,
  kind: Kind,
  id: string
): Promise<string[]> {
  const held = and(eq(f.kind, kind), eq(f.id, id), eq(f.name, 'article'))
  return (await q.select({ articleId: f.value }).from(f).where(held)).map(({ articleId }) => articleId)
}

/** How many articles hold a record, and how many of them hold it in this form (`heldAs`). */
export async function countHolders(
  { q, t: { publishedFacets: f } }: Reader,
  kind: Kind,
  id: string,
  form: string
) {
  const held = and(eq(f.kind, kind), eq(f.id, id), eq(f.name, 'article'))
  const heldSo = and(eq(f.kind, 'article'), eq(f.name, 'record'), eq(f.value, form))
  const [all] = await q.select({ articles: count() }).from(f).where(held)
  const [so] = await q.select({ articles: count() }).from(f).where(heldSo)
  return { all: all!.articles, inThisForm: so!.articles }
}

export interface PageQuery {
  kind: Kind
  facets: Record<string, string | undefined>
  /** Positions from this one on, and before that one. */
  from?: string
  before?: string
  /** The position and id of the last item of the page before. */
  after?: [position: string, id: string]
  limit: number
}

/** Up to `limit` cards, newest first; comments in the order of their threads. */
export async function page(db: Reader, query: PageQuery) {
  const { published, publishedFacets } = db.t
  const [first, ...others] = Object.entries(query.facets).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }]
  )
  // Without a filter the documents themselves are in order; with one, the rows of that facet are.
  const list = first ? publishedFacets : published
  const ascending = query.kind === 'comment'
  const direction = ascending ? asc : desc
  const after = query.after && sql`(${query.after[0]}, ${query.after[1]})`
  const rows = db.q
    .select({ id: published.id, position: published.position, card: published.card })
    .from(published)
    .$dynamic()
  if (first) {
    const same = and(eq(publishedFacets.kind, published.kind), eq(publishedFacets.id, published.id))
    rows.innerJoin(
      publishedFacets,
      and(same, eq(publishedFacets.name, first.name), eq(publishedFacets.value, first.value))
    )
  }
  return await rows
    .where(
      and(
        eq(list.kind, query.kind),
        ...others.map(({ name, value }) => alsoHas(list, name, value)),
        query.from === undefined ? undefined : gte(list.position, query.from),
        query.before === undefined ? undefined : lt(list.position, query.before),
        after &&
          (ascending
            ? sql`(${list.position}, ${list.id}) > ${after}`
            : sql`(${list.position}, ${list.id}) < ${after}`)
      )
    )
    .orderBy(direction(list.position), direction(list.id))
    .limit(query.limit)

  function alsoHas(of: typeof list, name: string, value: string) {
    return sql`exists (select 1 from ${publishedFacets} as other where other.kind = ${of.kind}
      and other.name = ${name} and other.value = ${value}
      and other.position = ${of.position} and other.id = ${of.id})`
  }
}
