// Putting documents on the newsstand, and taking them from it.
import { and, eq, inArray, ne } from 'drizzle-orm'
import { tagOf } from '../etag.ts'
import type { Writer } from '../storage/database.ts'
import type { Kind } from './published.ts'

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

/** Records that several articles may hold at once: public while one of them does. */
const shared: Kind[] = ['source', 'media', 'credit']
const compiled: Kind[] = ['article', 'quote', 'attribution', 'correction', ...shared]

/**
 * Puts the documents of an article on the newsstand in the place of those it held before. What no article
 * holds any more is withdrawn; with no documents, the whole article is. With `renewed`, only those documents are
 * written, and those it did not hold before.
 */
export async function place(tx: Writer, articleId: string, documents: Document[], renewed?: Set<string>) {
  const before = new Map((await held(tx, articleId)).map(({ kind, id }) => [id, kind]))
  for (const document of documents) {
    if (!renewed || renewed.has(document.id) || !before.has(document.id)) await put(tx, document)
    before.delete(document.id)
  }
  for (const [id, kind] of before) await release(tx, kind as Kind, id, articleId)
}

/** What this article holds on the newsstand. */
function held({ q, t: { publishedFacets } }: Writer, articleId: string) {
  const { kind, id, name, value } = publishedFacets
  return q
    .select({ kind, id })
    .from(publishedFacets)
    .where(and(inArray(kind, compiled), eq(name, 'article'), eq(value, articleId)))
}

/** Rows to a statement: SQLite takes 32766 values in one. */
const atOnce = 5000

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
  for (let i = 0; i < rows.length; i += atOnce) {
    await q
      .insert(t.publishedFacets)
      .values(rows.slice(i, i + atOnce))
      .onConflictDoNothing()
  }
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
