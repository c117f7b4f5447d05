// A document of the newsstand: its row, publishing and withdrawing it.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, eq, sql } from 'drizzle-orm'
import { tagOf } from '../../http/etag.ts'
import { prepared, type Writer } from '../../storage/database.ts'
import { addWords, dropWords, setWords, type Words } from '../search/document-words.ts'
import { invalidateDocument, invalidateFacets, invalidateMonth, ofSlug } from './cache-tags.ts'
import { addFacets, dropFacets, pairsOf, setFacets } from './facet-writes.ts'
import { type Kind, shared as sharedKinds } from './kinds.ts'
import { asyncThreshold, type Packed, pack } from './packing.ts'

/** A public document as it is compiled: `value` is served, `card` is its short form for lists. */
export interface Document {
  kind: Kind
  id: string
  /** Its sort key in lists: an instant, and for quotes and attributions their place in the text; for comments, the thread path. */
  position: string
  /** Another instant to filter by. */
  moment?: string | null
  /** The article it belongs to; none for shared records. */
  articleId?: string
  slug?: string
  value: object
  card?: object
  words?: Words
  /** The values of its facets. Every document has `article`: the articles through which it is public. */
  facets: Record<string, string[]>
}

/** The row of a document, without `modified`. */
export function rowOf(document: Document, { bytes, gzip }: Packed) {
  const { kind, id, position, moment, articleId, slug, card } = document
  return {
    kind,
    id,
    slug: slug ?? null,
    position,
    moment: moment ?? null,
    articleId: articleId ?? null,
    etag: tagOf(bytes),
    document: bytes,
    card: card ? Buffer.from(JSON.stringify(card)) : null,
    gzip
  }
}

type Row = ReturnType<typeof rowOf>

const beforeQuery = prepared(({ q, t: { published } }) =>
  q
    .select({
      etag: published.etag,
      modified: published.modified,
      position: published.position,
      moment: published.moment
    })
    .from(published)
    .where(and(eq(published.kind, sql.placeholder('kind')), eq(published.id, sql.placeholder('id'))))
    .prepare('published_before')
)

const given = sql.placeholder

const upsertQuery = prepared(({ q, t: { published: p } }: Writer) =>
  q
    .insert(p)
    .values({
      kind: given('kind'),
      id: given('id'),
      slug: given('slug'),
      position: given('position'),
      moment: given('moment'),
      articleId: given('articleId'),
      etag: given('etag'),
      modified: given('modified'),
      card: given('card'),
      document: given('document'),
      gzip: given('gzip')
    })
    .onConflictDoUpdate({
      target: [p.kind, p.id],
      set: {
        slug: sql`excluded.slug`,
        position: sql`excluded.position`,
        moment: sql`excluded.moment`,
        articleId: sql`excluded.article_id`,
        etag: sql`excluded.etag`,
        modified: sql`excluded.modified`,
        card: sql`excluded.card`,
        document: sql`excluded.document`,
        gzip: sql`excluded.gzip`
      }
    })
    .prepare('put_document')
)

const returnedQuery = prepared(({ q, t: { withdrawn } }: Writer) =>
  q
    .delete(withdrawn)
    .where(and(eq(withdrawn.kind, given('kind')), eq(withdrawn.id, given('id'))))
    .returning({ at: withdrawn.at })
    .prepare('not_withdrawn')
)

/**
 * Publishes a document (upsert). Of a shared record that is the same as before only its article is added, since all of its
 * facets but that are made of its bytes; `anew` writes all of it, as another release may make them otherwise.
 */
export async function put(tx: Writer, document: Document, { anew = false } = {}) {
  const { kind, id } = document
  const [before] = await beforeQuery(tx).execute({ kind, id })
  if (before === undefined) {
    const [gone] = await returnedQuery(tx).execute({ kind, id })
    return add(tx, document, gone?.at)
  }
  const row = rowOf(document, await pack(document.value))
  const isShared = sharedKinds.includes(kind)
  const isSame = (['etag', 'position', 'moment'] as const).every((column) => before[column] === row[column])
  if (isSame && isShared && !anew) return setFacets(tx, document, { article: document.facets.article! }, true)
  if (!isSame) {
    invalidateDocument(tx, kind, id)
    invalidateMonth(tx, kind, before.position)
    invalidateMonth(tx, kind, row.position)
    invalidateFacets(tx, kind, pairsOf(document.facets))
  }
  await store(tx, row, before.etag === row.etag ? before.modified : newLastModified(tx.now, before.modified))
  await setFacets(tx, document, document.facets, isShared)
  if (document.words) {
    await yieldIfLong(row)
    await setWords(tx, searchedOf(row), document.words)
  }
}

/** Publishes a document that is not on the newsstand; `gone` is when it was withdrawn, if it was. */
export async function add(tx: Writer, document: Document, gone?: string) {
  const row = rowOf(document, await pack(document.value))
  invalidateDocument(tx, document.kind, document.id)
  invalidateMonth(tx, document.kind, document.position)
  await store(tx, row, newLastModified(tx.now, gone))
  await addFacets(tx, document, pairsOf(document.facets))
  if (document.words) {
    await yieldIfLong(row)
    await addWords(tx, searchedOf(row), document.words)
  }
}

/** Waits for a new turn of the event loop where the document is long: its words take some time as well. */
const yieldIfLong = async (row: Row) => {
  if (row.document.length > asyncThreshold) await nextTurn()
}

const addressQuery = prepared(({ q, t: { addresses } }: Writer) =>
  q
    .insert(addresses)
    .values({ slug: given('slug'), articleId: given('articleId') })
    .onConflictDoUpdate({ target: addresses.slug, set: { articleId: sql`excluded.article_id` } })
    .prepare('put_address')
)

/** Stores the row of a document, and records its slug for redirects. */
async function store(tx: Writer, row: Row, modified: string) {
  await upsertQuery(tx).execute({ ...row, modified })
  const { slug, id: articleId } = row
  if (slug === null) return
  tx.invalidated.add(ofSlug(slug))
  await addressQuery(tx).execute({ slug, articleId })
}

const searchedOf = ({ card, document, ...row }: Row) => ({ ...row, card: card ?? document })

/**
 * This instant in whole seconds, or the second after `before`: two editions within a second would have the same
 * Last-Modified (RFC 9110, 8.8.2.2).
 */
function newLastModified(now: string, before = '') {
  const second = `${now.slice(0, 19)}.000Z`
  if (second > before) return second
  return new Date(Math.floor(Date.parse(before) / 1000) * 1000 + 1000).toISOString()
}

const goneQuery = prepared(({ q, t: { published } }: Writer) =>
  q
    .delete(published)
    .where(and(eq(published.kind, given('kind')), eq(published.id, given('id'))))
    .returning({ modified: published.modified, position: published.position })
    .prepare('delete_document')
)

const withdrawnQuery = prepared(({ q, t: { withdrawn } }: Writer) =>
  q
    .insert(withdrawn)
    .values({ kind: given('kind'), id: given('id'), at: given('at') })
    .onConflictDoNothing()
    .prepare('withdrawn')
)

/** Withdraws a document: from now on it is answered 410. */
export async function withdraw(tx: Writer, kind: Kind, id: string) {
  const [gone] = await goneQuery(tx).execute({ kind, id })
  if (gone === undefined) return
  invalidateDocument(tx, kind, id)
  invalidateMonth(tx, kind, gone.position)
  await dropFacets(tx, kind, id)
  await dropWords(tx, kind, id)
  const at = tx.now > gone.modified ? tx.now : gone.modified
  await withdrawnQuery(tx).execute({ kind, id, at })
}
