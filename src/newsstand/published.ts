// The newsstand: one uniform store of compiled documents and the facets they are found by.
import { and, asc, desc, eq, gte, inArray, lt, ne, sql } from 'drizzle-orm'
import { tagOf } from '../etag.ts'
import { prepared, type Reader, type Writer } from '../storage/database.ts'

export type Kind =
  | 'article'
  | 'quote'
  | 'attribution'
  | 'source'
  | 'media'
  | 'credit'
  | 'correction'
  | 'comment'

/** A public document as it is compiled: `value` is served, `card` is its short form for lists. */
export interface Document {
  kind: Kind
  id: string
  /** Where it stands in its lists: an instant; for comments, the thread. */
  position: string
  slug?: string
  value: object
  card?: object
  /** The values each filter finds it by. Every document has `article`, the articles it is public through. */
  facets: Record<string, string[]>
}

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

/** Records that several articles may hold at once: public while one of them does. */
const shared: Kind[] = ['source', 'media', 'credit']
const compiled: Kind[] = ['article', 'quote', 'attribution', 'correction', ...shared]

/**
 * Puts the documents of an article on the newsstand in the place of those it held before. What no article
 * holds any more is withdrawn; with no documents, the whole article is.
 */
export async function place(tx: Writer, articleId: string, documents: Document[]) {
  const before = await held(tx, articleId)
  for (const document of documents) await put(tx, document)
  const kept = new Set(documents.map(({ kind, id }) => `${kind} ${id}`))
  for (const { kind, id } of before) {
    if (!kept.has(`${kind} ${id}`)) await release(tx, kind as Kind, id, articleId)
  }
}

/** What this article holds on the newsstand. */
function held({ q, t: { publishedFacets } }: Writer, articleId: string) {
  const { kind, id, name, value } = publishedFacets
  return q
    .select({ kind, id })
    .from(publishedFacets)
    .where(and(inArray(kind, compiled), eq(name, 'article'), eq(value, articleId)))
}

/** Puts one document on the newsstand, in the place of its older form. */
export async function put(tx: Writer, { kind, id, position, slug, value, card, facets }: Document) {
  const { q, t } = tx
  const document = Buffer.from(JSON.stringify(value))
  const row = {
    kind,
    id,
    slug: slug ?? null,
    position,
    etag: tagOf(document),
    document,
    card: card ? Buffer.from(JSON.stringify(card)) : document
  }
  await q
    .insert(t.published)
    .values(row)
    .onConflictDoUpdate({ target: [t.published.kind, t.published.id], set: row })
  await q.delete(t.withdrawn).where(and(eq(t.withdrawn.kind, kind), eq(t.withdrawn.id, id)))
  await dropFacets(tx, kind, id, shared.includes(kind))
  const rows = Object.entries(facets).flatMap(([name, values]) =>
    [...new Set(values)].map((value) => ({ kind, name, value, position, id }))
  )
  if (rows.length > 0) await q.insert(t.publishedFacets).values(rows).onConflictDoNothing()
  if (slug === undefined) return
  await q
    .insert(t.addresses)
    .values({ slug, articleId: id })
    .onConflictDoUpdate({ target: t.addresses.slug, set: { articleId: id } })
}

async function dropFacets(
  { q, t: { publishedFacets: f } }: Writer,
  kind: Kind,
  id: string,
  butHolders: boolean
) {
  await q.delete(f).where(and(eq(f.kind, kind), eq(f.id, id), butHolders ? ne(f.name, 'article') : undefined))
}

/** Takes a document from an article; when no other article holds it, from the newsstand. */
async function release(tx: Writer, kind: Kind, id: string, articleId: string) {
  const { q, t } = tx
  const f = t.publishedFacets
  const holders = and(eq(f.kind, kind), eq(f.id, id), eq(f.name, 'article'))
  await q.delete(f).where(and(holders, eq(f.value, articleId)))
  const others = await q.select({ id: f.id }).from(f).where(holders).limit(1)
  if (others.length === 0) await withdraw(tx, kind, id)
}

/** Takes a document from the newsstand: from now on it is answered 410. */
export async function withdraw(tx: Writer, kind: Kind, id: string) {
  const { q, t, now } = tx
  const gone = await q
    .delete(t.published)
    .where(and(eq(t.published.kind, kind), eq(t.published.id, id)))
    .returning({ id: t.published.id })
  await dropFacets(tx, kind, id, false)
  if (gone.length > 0) await q.insert(t.withdrawn).values({ kind, id, at: now }).onConflictDoNothing()
}
