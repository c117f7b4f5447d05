// Queries of published documents.
import { and, asc, count, eq, gt, inArray, sql } from 'drizzle-orm'
import { memoizedUntilCommit } from '../../storage/commits/memo.ts'
import { prepared, type Reader } from '../../storage/database.ts'
import { facetsNamed, numberOf } from './facets.ts'
import type { Kind } from './kinds.ts'
import { inflated, isGzip } from './packing.ts'

/** The metadata columns of a document. */
const head = ({ t: { published: p } }: Reader) => ({
  id: p.id,
  slug: p.slug,
  articleId: p.articleId,
  etag: p.etag,
  modified: p.modified
})

/** What is read for each form: the beginning of the bytes, which says whether they are in gzip; what was stored; or gzip, if any. */
const forms = ({ t: { published: p } }: Reader) => ({
  head: { stored: sql<Buffer>`substr(coalesce(${p.gzip}, ${p.document}), 1, 2)` },
  document: { stored: sql<Buffer>`${p.document}` },
  gzip: { stored: sql<Buffer>`coalesce(${p.gzip}, ${p.document})` }
})
export type Form = keyof ReturnType<typeof forms>

const queries = (form: Form) => {
  const select = (db: Reader) => db.q.select({ ...head(db), ...forms(db)[form] }).from(db.t.published)
  return {
    byId: prepared((db) => {
      const { kind, id } = db.t.published
      return select(db)
        .where(and(eq(kind, sql.placeholder('kind')), eq(id, sql.placeholder('id'))))
        .prepare(`published_${form}_by_id`)
    }),
    bySlug: prepared((db) =>
      select(db)
        .where(eq(db.t.published.slug, sql.placeholder('slug')))
        .prepare(`published_${form}_by_slug`)
    )
  }
}
const readQueries = { head: queries('head'), document: queries('document'), gzip: queries('gzip') }

type Stored = Awaited<ReturnType<ReturnType<typeof readQueries.head.byId>['execute']>>[number]

/** A document as it was stored, in a form; of its head there are no bytes. */
async function inForm({ stored, ...row }: Stored, form: Form) {
  if (form === 'document') return { ...row, bytes: await inflated(stored), gzipped: false }
  return { ...row, bytes: form === 'head' ? null : stored, gzipped: isGzip(stored) }
}

/** The published document of this id, or undefined. */
export async function byId(db: Reader, kind: Kind, id: string, form: Form = 'document') {
  const [row] = await readQueries[form].byId(db).execute({ kind, id })
  return row && inForm(row, form)
}

/** The published article at this slug, or undefined. */
export async function bySlug(db: Reader, slug: string, form: Form = 'document') {
  const [row] = await readQueries[form].bySlug(db).execute({ slug: slug.normalize('NFC') })
  return row && inForm(row, form)
}

/** The bytes of the published document of this id, or undefined. */
export async function documentOf(db: Reader, kind: Kind, id: string): Promise<Buffer | undefined> {
  const row = await byId(db, kind, id)
  return row && row.bytes!
}

const editionQuery = prepared(({ q, t: { published: p } }) =>
  q
    .select({ document: p.document, updatedAt: p.moment })
    .from(p)
    .where(and(eq(p.kind, 'article'), eq(p.id, sql.placeholder('id'))))
    .prepare('edition_by_id')
)

/** The published edition of an article as it is stored, and when it was updated; undefined where it is not published. */
export async function edition(db: Reader, id: string) {
  const [row] = await editionQuery(db).execute({ id })
  return row && { stored: row.document, updatedAt: row.updatedAt! }
}

const cardQuery = prepared(({ q, t: { published: p }, fullText }) =>
  q
    .select({
      id: p.id,
      articleId: p.articleId,
      card: fullText.text(sql`coalesce(${p.card}, ${p.document})`)
    })
    .from(p)
    .where(and(eq(p.kind, sql.placeholder('kind')), eq(p.id, sql.placeholder('id'))))
    .prepare('card_by_id')
)

/** The cards of those of these documents that are published. */
export async function cards(db: Reader, kind: Kind, ids: string[]) {
  const rows = await Promise.all(ids.map((id) => cardQuery(db).execute({ kind, id })))
  return rows.flat()
}

/** Ids of published documents in ascending order, after this one. */
export async function idsAfter({ q, t: { published: p } }: Reader, kind: Kind, after: string, limit: number) {
  const rows = await q
    .select({ id: p.id })
    .from(p)
    .where(and(eq(p.kind, kind), gt(p.id, after)))
    .orderBy(asc(p.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** The positions of these documents, by id. */
export async function positions({ q, t: { published: p } }: Reader, kind: Kind, ids: string[]) {
  const rows = await q
    .select({ id: p.id, position: p.position })
    .from(p)
    .where(and(eq(p.kind, kind), inArray(p.id, ids)))
  return rows.map(({ id, position }) => [id, position] as const)
}

/** A covering index answers this. */
const existsQuery = prepared(({ q, t: { published: p } }) =>
  q
    .select({ id: p.id })
    .from(p)
    .where(and(eq(p.kind, sql.placeholder('kind')), eq(p.id, sql.placeholder('id'))))
    .prepare('is_published')
)

export const isPublished = memoizedUntilCommit(
  async (db, kind: Kind, id: string) => (await existsQuery(db).execute({ kind, id })).length > 0
)

/** The article that was last published under this slug. */
export async function articleAtFormerSlug(
  { q, t: { addresses } }: Reader,
  slug: string
): Promise<string | undefined> {
  const [row] = await q
    .select()
    .from(addresses)
    .where(eq(addresses.slug, slug.normalize('NFC')))
  return row?.articleId
}

/** When a document was withdrawn; undefined if it never was public, or still is. */
export async function withdrawnAt(
  { q, t: { withdrawn } }: Reader,
  kind: Kind,
  id: string
): Promise<string | undefined> {
  const [row] = await q
    .select({ at: withdrawn.at })
    .from(withdrawn)
    .where(and(eq(withdrawn.kind, kind), eq(withdrawn.id, id)))
  return row?.at
}

/** The published articles that hold a shared record. */
export const holders = async (db: Reader, kind: Kind, id: string): Promise<string[]> =>
  (await facetsNamed(db, kind, id, 'article')).map(({ value }) => value)

/** How many articles hold a record, and how many of them in this form (its digest, a value of their facet `record`). */
export async function countHolders(db: Reader, kind: Kind, id: string, form: string) {
  const { facetValues: v, facetDocuments: f, documentFacets: d } = db.t
  const articles = count()
  const [all] = await db.q
    .select({ articles })
    .from(d)
    .innerJoin(v, eq(v.number, d.facet))
    .where(and(eq(d.id, id), eq(v.kind, kind), eq(v.name, 'article')))
  const [same] = await db.q
    .select({ articles })
    .from(f)
    .where(eq(f.facet, numberOf(db, 'article', 'record', form)))
  return { all: all!.articles, inThisForm: same!.articles }
}
