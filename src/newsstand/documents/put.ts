// Publishing documents: many at once, with few statements.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { tagOf } from '../../http/etag.ts'
import { takeEdition } from '../../storage/columns/edition-bytes.ts'
import { insertAll } from '../../storage/columns/rows.ts'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import { prepared, preparedEach, type Writer } from '../../storage/database.ts'
import { addAllWords, freeRowOf, setWords } from '../search/document-words.ts'
import { invalidateDocument, invalidateFacets, invalidateMonth, ofSlug } from './cache-tags.ts'
import { type Document, type Row, rowOf } from './document.ts'
import { type Added, addAllFacets, pairsOf, setFacets } from './facet-writes.ts'
import { shared as sharedKinds } from './kinds.ts'
import { asyncThreshold, bytesOf, pack } from './packing.ts'

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

const clearWithdrawnQuery = preparedEach(String, ({ q, t: { withdrawn: w } }: Writer, many: number) => {
  const ids = Array.from({ length: many }, (_, i) => given(String(i + 1)))
  return q
    .delete(w)
    .where(and(eq(w.kind, given('0')), inArray(w.id, ids)))
    .returning({ id: w.id, at: w.at })
    .prepare(`${many}_not_withdrawn`)
})

/** How many documents one statement looks for. */
const idsAtOnce = 16

/** Deletes what says that these documents are withdrawn. Answers when each of them was, by its id. */
async function clearWithdrawn(tx: Writer, documents: Document[]): Promise<Map<string, string>> {
  const answers: PromiseLike<{ id: string; at: string }[]>[] = []
  for (const [kind, some] of Map.groupBy(documents, (one) => one.kind))
    for (let i = 0; i < some.length; i += idsAtOnce) {
      const ids = some.slice(i, i + idsAtOnce).map(({ id }) => id)
      answers.push(clearWithdrawnQuery(tx, ids.length).execute({ ...[kind, ...ids] }))
    }
  return new Map((await Promise.all(answers)).flat().map(({ id, at }) => [id, at]))
}

/** What is on the newsstand of these documents, by their ids. */
async function publishedBefore(tx: Writer, documents: Document[]): Promise<Map<string, Before>> {
  const found = new Map<string, Before>()
  for (let i = 0; i < documents.length; i += idsAtOnce) {
    await yieldIfDue()
    const some = documents.slice(i, i + idsAtOnce)
    const rows = await Promise.all(some.map(({ kind, id }) => beforeQuery(tx).execute({ kind, id })))
    for (const [j, [before]] of rows.entries()) if (before) found.set(some[j]!.id, before)
  }
  return found
}

/**
 * Publishes documents (upsert). Of a shared record that is the same as before only its article is added, since all of its
 * facets but that are made of its bytes; `anew` writes all of it, as another release may make them otherwise. `isNew`
 * says which are not on the newsstand, so that they need not be looked for.
 */
export async function putAll(
  tx: Writer,
  documents: Document[],
  { anew = false, isNew = () => false }: { anew?: boolean; isNew?: (document: Document) => boolean } = {}
) {
  // A substitute may be among the media of an article twice.
  const added = new Map<string, Document>()
  const unchanged: Added[] = []
  const known = documents.filter((document) => !isNew(document))
  const unknown = documents.filter(isNew)
  const worded = unknown.find(({ words }) => words)
  const [befores, withdrawnAt, freeRow] = await Promise.all([
    publishedBefore(tx, known),
    clearWithdrawn(tx, unknown),
    worded && freeRowOf(tx, worded)
  ])
  let isReplaced = false
  for (const document of documents) {
    await yieldIfDue()
    const { kind, id } = document
    const before = befores.get(id)
    if (before === undefined) added.set(id, document)
    else if (!anew && sharedKinds.includes(kind) && isSame(before, document, tagOf(bytesOf(document.value))))
      unchanged.push({ ...document, facets: pairsOf({ article: document.facets.article! }) })
    else {
      isReplaced = true
      await replace(tx, document, before)
    }
  }
  const notThere = known.filter(({ id }) => added.has(id))
  for (const [id, at] of await clearWithdrawn(tx, notThere)) withdrawnAt.set(id, at)
  // A document that was replaced may have taken the free row.
  await insertNew(tx, [...added.values()], withdrawnAt, isReplaced ? undefined : freeRow)
  await addAllFacets(tx, unchanged)
}

/** Publishes a document (upsert). */
export const put = (tx: Writer, document: Document) => putAll(tx, [document])

type Before = Awaited<ReturnType<ReturnType<typeof beforeQuery>['execute']>>[number]

/** Whether a document is what it was before, but for its facets. */
const isSame = (before: Before, { position, moment }: Document, etag: string) =>
  before.position === position && before.moment === (moment ?? null) && before.etag === etag

/** Publishes a document in the place of what it was before. */
async function replace(tx: Writer, document: Document, before: Before) {
  const { kind, id } = document
  const row = rowOf(document, await pack(document.value))
  const isShared = sharedKinds.includes(kind)
  if (!isSame(before, document, row.etag)) {
    invalidateDocument(tx, kind, id)
    invalidateMonth(tx, kind, before.position)
    invalidateMonth(tx, kind, row.position)
    invalidateFacets(tx, kind, pairsOf(document.facets))
  }
  if (kind === 'article' && before.etag !== row.etag) await takeEdition(tx, id)
  const modified = before.etag === row.etag ? before.modified : newLastModified(tx.now, before.modified)
  await upsertQuery(tx).execute({ ...row, modified })
  await keepAddress(tx, row)
  await setFacets(tx, document, document.facets, { from: before.position, shared: isShared })
  if (document.words) {
    await yieldIfLong(row)
    await setWords(tx, row, document.words)
  }
}

/** Publishes documents that are not on the newsstand: one statement for the rows that all of them have in a table. */
export const addAll = async (tx: Writer, documents: Document[]) =>
  insertNew(tx, documents, await clearWithdrawn(tx, documents))

/** The same, once nothing says that they are withdrawn; `withdrawnAt` tells when each was. */
async function insertNew(
  tx: Writer,
  documents: Document[],
  withdrawnAt: Map<string, string>,
  freeRow?: Awaited<ReturnType<typeof freeRowOf>>
) {
  if (documents.length === 0) return
  const rows: (Row & { modified: string })[] = []
  const worded: Parameters<typeof addAllWords>[1] = []
  for (const document of documents) {
    await yieldIfDue()
    const row = rowOf(document, await pack(document.value))
    rows.push({ ...row, modified: newLastModified(tx.now, withdrawnAt.get(row.id)) })
    invalidateDocument(tx, row.kind, row.id)
    invalidateMonth(tx, row.kind, row.position)
    if (document.words) worded.push({ document: row, words: document.words })
    await yieldIfLong(row)
  }
  await insertAll(tx, tx.t.published, rows)
  for (const row of rows) await keepAddress(tx, row)
  await addAllFacets(
    tx,
    documents.map(({ kind, id, position, facets }) => ({ kind, id, position, facets: pairsOf(facets) }))
  )
  await addAllWords(tx, worded, freeRow)
}

/** Publishes a document that is not on the newsstand. */
export const add = (tx: Writer, document: Document) => addAll(tx, [document])

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

/** Records the slug of a document, if it has one, for redirects. */
async function keepAddress(tx: Writer, { slug, id: articleId }: Row) {
  if (slug === null) return
  tx.invalidated.add(ofSlug(slug))
  await addressQuery(tx).execute({ slug, articleId })
}

/**
 * This instant in whole seconds, or the second after `before`: two editions within a second would have the same
 * Last-Modified (RFC 9110, 8.8.2.2).
 */
function newLastModified(now: string, before = '') {
  const second = `${now.slice(0, 19)}.000Z`
  if (second > before) return second
  return new Date(Math.floor(Date.parse(before) / 1000) * 1000 + 1000).toISOString()
}
