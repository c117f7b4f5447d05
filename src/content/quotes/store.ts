import { and, asc, desc, eq, exists, gte, inArray, lt, sql } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { newId } from '../../http/ids.ts'
import { canonical } from '../../http/input/language-tags.ts'
import { prefixPointers } from '../../http/problems.ts'
import { utc } from '../../http/schemas.ts'
import { insertAll } from '../../storage/columns/rows.ts'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import { checkNoLegalHold } from '../articles/guards.ts'
import { isInLanguage } from '../articles/list/language.ts'
import { pageInOrder } from '../articles/list/text-order.ts'
import { isNotTrashed } from '../articles/soft-deletion.ts'
import * as articles from '../articles/store.ts'
import type { Attribution } from '../attributions/schema.ts'
import * as attributions from '../attributions/store.ts'
import { anchorAll } from '../body/anchors/anchoring.ts'
import { quoteAnchor, withoutAnchors } from '../body/anchors/anchors.ts'
import { tokenizeAhead } from '../body/anchors/tokens.ts'
import type { Body } from '../body/schema.ts'
import { checkUntargeted } from '../corrections/targets.ts'
import type { DraftQuote, NewArticleQuote, NewQuote, Quote, QuoteFilters } from './schema.ts'
import { checkWordsFound } from './wording.ts'

type Row = Tables['quotes']['$inferSelect']

const publicForm = (row: Row, attributions: Attribution[]): Quote => ({
  id: row.id,
  articleId: row.articleId,
  ...inputOf(row),
  attributions
})

const draftForm = (row: Row, attributions: Attribution[]): DraftQuote => {
  const { version, createdAt, updatedAt } = row
  return { ...publicForm(row, attributions), version, createdAt, updatedAt }
}

/** A quote in the form of its input, for PATCH. */
const inputOf = ({ text, kind, display, language, verbatim, alterations }: Row) => ({
  ...{ text, kind, display },
  ...{ language, verbatim, alterations }
})

/** A quote as it is stored, with defaults written out. */
export const columns = (input: NewQuote) => ({
  text: input.text,
  kind: input.kind ?? ('direct' as const),
  display: input.display ?? ('inline' as const),
  language: input.language ? canonical(input.language) : null,
  verbatim: input.verbatim ?? null,
  alterations: input.alterations ?? []
})

async function withAttributions<T>(
  db: Reader,
  rows: Row[],
  form: (row: Row, of: Attribution[]) => T
): Promise<T[]> {
  const all = await attributions.ofQuotes(
    db,
    rows.map(({ id }) => id)
  )
  return joined(rows, all, form)
}

/** These quotes in this form, each with its attributions of all these. */
function joined<T>(rows: Row[], all: Attribution[], form: (row: Row, of: Attribution[]) => T): T[] {
  const byQuote = Map.groupBy(all, ({ quoteId }) => quoteId)
  return rows.map((row) => form(row, byQuote.get(row.id) ?? []))
}

async function row(db: Reader, id: string): Promise<Row | undefined> {
  const { quotes } = db.t
  const present = isNotTrashed(db, quotes.articleId)
  const [found] = await db.q
    .select()
    .from(quotes)
    .where(and(eq(quotes.id, id), present))
  return found
}

export async function byId(db: Reader, id: string): Promise<DraftQuote | undefined> {
  const found = await row(db, id)
  return found && (await withAttributions(db, [found], draftForm))[0]
}

const saidQuery = prepared(({ q, t: { quotes } }) =>
  q
    .select()
    .from(quotes)
    .where(eq(quotes.articleId, sql.placeholder('articleId')))
    .orderBy(quotes.id)
    .prepare('quotes_of_article')
)

/** Every quote of an article, and every attribution, those of the quotes too, oldest first. */
export async function ofArticle(
  db: Reader,
  articleId: string
): Promise<{ quotes: Quote[]; attributions: Attribution[] }> {
  const [all, rows] = await Promise.all([
    attributions.ofArticle(db, articleId),
    saidQuery(db).execute({ articleId })
  ])
  return { quotes: joined(rows, all, publicForm), attributions: all }
}

/** Newest first; those of one article in the order of its text. */
export async function list(
  db: Reader,
  filters: QuoteFilters,
  limit: number,
  after?: string
): Promise<DraftQuote[]> {
  const { quotes, attributions, hops, articles } = db.t
  const bySource = (some: string[]) =>
    exists(
      db.q
        .select({ id: hops.attributionId })
        .from(hops)
        .innerJoin(attributions, eq(attributions.id, hops.attributionId))
        .where(and(inArray(hops.sourceId, some), eq(attributions.quoteId, quotes.id)))
    )
  const { 'publishedAt.gte': from, 'publishedAt.lt': before } = filters
  const [articleId, another] = filters.article ?? []
  const ofOne = articleId !== undefined && another === undefined
  const found = db.q
    .select({ quote: quotes })
    .from(quotes)
    .innerJoin(articles, eq(articles.id, quotes.articleId))
    .where(
      and(
        isNotTrashed(db, quotes.articleId),
        after === undefined || ofOne ? undefined : lt(quotes.id, after),
        filters.article && inArray(quotes.articleId, filters.article),
        filters.kind && inArray(quotes.kind, filters.kind),
        filters.language &&
          isInLanguage(sql`coalesce(${quotes.language}, ${articles.language})`, filters.language),
        from ? gte(articles.publishedAt, utc(from)) : undefined,
        before ? lt(articles.publishedAt, utc(before)) : undefined,
        filters.source && bySource(filters.source)
      )
    )
    .orderBy(ofOne ? asc(quotes.id) : desc(quotes.id))
  const rows = (await (ofOne ? found : found.limit(limit))).map(({ quote }) => quote)
  const page = ofOne ? await pageInOrder(db, articleId, rows, { limit, after }) : rows
  return withAttributions(db, page, draftForm)
}

/** A quote of this article, whose body has it anchored already. */
export async function insert(tx: Writer, articleId: string, input: NewQuote, id: string): Promise<Row> {
  const [added] = await insertUnlogged(tx, articleId, [{ id, input }])
  await changes.append(tx, { action: 'create', kind: 'quote', id, articleId, version: 1 })
  return added!
}

/** Quotes of this article, whose body has them anchored already. The caller logs them. */
export async function insertUnlogged(
  tx: Writer,
  articleId: string,
  said: { id: string; input: NewQuote }[]
): Promise<Row[]> {
  const edited = { version: 1, createdAt: tx.now, updatedAt: tx.now }
  const rows = said.map(({ id, input }) => ({ id, articleId, ...columns(input), ...edited }))
  await insertAll(tx, tx.t.quotes, rows)
  return rows
}

/** Quotes that were just written, with theirs of these attributions, oldest first. */
export const asWritten = (rows: Row[], all: Attribution[]) =>
  joined(
    rows.toSorted(({ id }, other) => Number(id > other.id) - Number(id < other.id)),
    all,
    publicForm
  )

/** Replaces all quotes of an article, at this version, with their attributions. */
export async function replaceAll(tx: Writer, articleId: string, said: Quote[], version: number) {
  const { q, t, now } = tx
  await q.delete(t.quotes).where(eq(t.quotes.articleId, articleId))
  const edited = { version, createdAt: now, updatedAt: now }
  const rows = said.map((quote) => ({ id: quote.id, articleId, ...columns(quote), ...edited }))
  await insertAll(tx, t.quotes, rows)
}

/** A quote of this article with its attributions, anchored in its body. Throws 422. */
export async function create(
  tx: Writer,
  article: articles.WorkingCopy,
  input: NewArticleQuote
): Promise<DraftQuote> {
  const id = newId('quo')
  await tokenizeAhead(article.body)
  const { body, missing } = await anchorAll(article.body, [{ to: quoteAnchor(id), text: input.text }])
  if (missing.length > 0) await checkWordsFound(article.body, [{ record: input, pointer: '' }])
  await articles.write(tx, article, { body })
  const added = await insert(tx, article.id, input, id)
  for (const [i, { hops }] of (input.attributions ?? []).entries()) {
    await prefixPointers(`/attributions/${i}`, () =>
      attributions.create(tx, article.id, { quoteId: id, hops })
    )
  }
  return (await withAttributions(tx, [added], draftForm))[0]!
}

/** Updates a quote by `edit`, and anchors its new text. Throws 404, 412, 422, and what `edit` throws. */
export async function change(tx: Writer, id: string, versions: Expected, edit: (now: NewQuote) => NewQuote) {
  const before = checkVersion(await row(tx, id), versions, 'quote')
  const input = edit(inputOf(before))
  const article = (await articles.byIdOrSlug(tx, before.articleId))!
  // Words that have left the body since are the business of publishing, not of who edits something else.
  const same = input.text === before.text && input.kind === before.kind
  if (!same) await tokenizeAhead(article.body)
  await articles.write(tx, article, same ? {} : { body: await withReworded(article.body, id, input) })
  const version = before.version + 1
  const [after] = await tx.q
    .update(tx.t.quotes)
    .set({ ...columns(input), version, updatedAt: tx.now })
    .where(and(eq(tx.t.quotes.id, id), eq(tx.t.quotes.version, before.version)))
    .returning()
  await changes.append(tx, { action: 'update', kind: 'quote', id, articleId: before.articleId, version })
  return (await withAttributions(tx, [after!], draftForm))[0]!
}

/** The body with this quote anchored at its new text. Throws 422. */
async function withReworded(old: Body, id: string, input: NewQuote): Promise<Body> {
  const to = quoteAnchor(id)
  const { body, missing } = await anchorAll(withoutAnchors(old, [to]), [{ to, text: input.text }], {
    old,
    reworded: true
  })
  if (missing.length > 0) await checkWordsFound(old, [{ record: input, pointer: '' }])
  return body
}

/** Deletes a quote with its attributions; its text stays in the body. Throws 404, 412, 409. */
export async function remove(tx: Writer, id: string, versions: Expected) {
  const { articleId } = checkVersion(await row(tx, id), versions, 'quote')
  const article = (await articles.byIdOrSlug(tx, articleId))!
  checkNoLegalHold(article)
  const of = await attributions.ofQuotes(tx, [id])
  await checkUntargeted(tx, [articleId], [id, ...of.map((one) => one.id)])
  await articles.write(tx, article, { body: withoutAnchors(article.body, [quoteAnchor(id)]) })
  await tx.q.delete(tx.t.quotes).where(eq(tx.t.quotes.id, id))
  await changes.append(tx, { action: 'delete', kind: 'quote', id, articleId })
}
