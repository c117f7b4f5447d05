import { and, asc, desc, eq, exists, inArray, isNotNull, lt, not, sql } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { newId } from '../../http/ids.ts'
import { prefixPointers, unprocessable } from '../../http/problems.ts'
import { insertAll } from '../../storage/columns/rows.ts'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import { checkNoLegalHold } from '../articles/guards.ts'
import { pageInOrder } from '../articles/list/text-order.ts'
import { isNotTrashed } from '../articles/soft-deletion.ts'
import * as articles from '../articles/store.ts'
import { anchorAll } from '../body/anchors/anchoring.ts'
import { claimAnchor, withoutAnchors } from '../body/anchors/anchors.ts'
import { tokenizeAhead } from '../body/anchors/tokens.ts'
import { checkUntargeted } from '../corrections/targets.ts'
import { checkCited } from './cited.ts'
import { assembleChains, hopsOfArticle, withHops, writeChains, writeHops } from './hops.ts'
import type { Attribution, AttributionFilters, DraftAttribution, Hop, NewAttribution } from './schema.ts'

type Row = Tables['attributions']['$inferSelect']

const publicForm = ({ id, articleId, quoteId, claim }: Row, hops: Hop[]): Attribution => ({
  id,
  articleId,
  quoteId,
  claim,
  hops
})

const draftForm = (row: Row, hops: Hop[]): DraftAttribution => ({
  ...publicForm(row, hops),
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt
})

async function row(db: Reader, id: string): Promise<Row | undefined> {
  const { attributions } = db.t
  const present = isNotTrashed(db, attributions.articleId)
  const [found] = await db.q
    .select()
    .from(attributions)
    .where(and(eq(attributions.id, id), present))
  return found
}

export async function byId(db: Reader, id: string): Promise<DraftAttribution | undefined> {
  const found = await row(db, id)
  return found && (await withHops(db, [found], draftForm))[0]
}

const ofArticleQuery = prepared(({ q, t: { attributions } }) =>
  q
    .select()
    .from(attributions)
    .where(eq(attributions.articleId, sql.placeholder('articleId')))
    .orderBy(attributions.id)
    .prepare('attributions_of_article')
)

/** Every attribution of an article, oldest first. */
export async function ofArticle(db: Reader, articleId: string): Promise<Attribution[]> {
  const [rows, hops] = await Promise.all([
    ofArticleQuery(db).execute({ articleId }),
    hopsOfArticle(db, articleId)
  ])
  return assembleChains(rows, hops, publicForm)
}

/** The attributions of these quotes, oldest first. */
export async function ofQuotes(db: Reader, quoteIds: string[]): Promise<Attribution[]> {
  if (quoteIds.length === 0) return []
  const { attributions } = db.t
  const rows = await db.q
    .select()
    .from(attributions)
    .where(inArray(attributions.quoteId, quoteIds))
    .orderBy(attributions.id)
  return withHops(db, rows, publicForm)
}

/** Newest first; those of one article in the order of its text. */
export async function list(db: Reader, filters: AttributionFilters, limit: number, after?: string) {
  const { attributions, hops } = db.t
  const hop = (...conditions: Parameters<typeof and>) =>
    exists(
      db.q
        .select({ id: hops.attributionId })
        .from(hops)
        .where(and(eq(hops.attributionId, attributions.id), ...conditions))
    )
  const unnamed = hop(isNotNull(hops.unnamed))
  const [articleId, another] = filters.article ?? []
  const ofOne = articleId !== undefined && another === undefined
  const found = db.q
    .select()
    .from(attributions)
    .where(
      and(
        isNotTrashed(db, attributions.articleId),
        after === undefined || ofOne ? undefined : lt(attributions.id, after),
        filters.article && inArray(attributions.articleId, filters.article),
        filters.quote && inArray(attributions.quoteId, filters.quote),
        filters.source && hop(inArray(hops.sourceId, filters.source)),
        filters.relation && hop(inArray(hops.relation, filters.relation)),
        filters.unnamed === undefined ? undefined : filters.unnamed ? unnamed : not(unnamed)
      )
    )
    .orderBy(ofOne ? asc(attributions.id) : desc(attributions.id))
  const idOf = ({ id, quoteId }: Row) => quoteId ?? id
  const rows = ofOne
    ? await pageInOrder(db, articleId, await found, { limit, after, idOf })
    : await found.limit(limit)
  return withHops(db, rows, draftForm)
}

/** Creates an attribution, a copy of one with the chain `before` if that is given. Throws 422 for a missing source or quote. */
export async function create(
  tx: Writer,
  articleId: string,
  input: NewAttribution,
  id = newId('att'),
  before: Hop[] = []
) {
  await checkQuote(tx, articleId, input)
  const { rows, hops } = await insertUnlogged(tx, articleId, [{ id, pointer: '', input, before }])
  await changes.append(tx, { action: 'create', kind: 'attribution', id, articleId, version: 1 })
  return assembleChains(rows, hops, draftForm)[0]!
}

/** An attribution that is to be written. Its pointer begins those of its faults. */
export interface Given {
  id: string
  pointer: string
  input: NewAttribution
  /** The chain that it is a copy of: an article that this names may be gone. */
  before?: Hop[]
}

/**
 * Attributions of claims and of quotes that the article has, oldest first; the caller logs them. Throws 422 for a missing
 * source.
 */
export async function createUnlogged(tx: Writer, articleId: string, given: Given[]): Promise<Attribution[]> {
  const { rows, hops } = await insertUnlogged(tx, articleId, given)
  return assembleChains(
    rows.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    hops,
    publicForm
  )
}

async function insertUnlogged(tx: Writer, articleId: string, given: Given[]) {
  const edited = { version: 1, createdAt: tx.now, updatedAt: tx.now }
  const rows = given.map(({ id, input: { quoteId = null, claim = null } }) => ({
    ...{ id, articleId, quoteId, claim },
    ...edited
  }))
  for (const { pointer, input, before } of given)
    await prefixPointers(pointer, () => checkCited(tx, articleId, input.hops, before))
  await insertAll(tx, tx.t.attributions, rows)
  const chains = given.map(({ id, pointer, input: { hops } }) => ({ id, pointer, hops }))
  return { rows, hops: await writeChains(tx, chains) }
}

/** Replaces all attributions of an article, at this version. Throws 422. */
export async function replaceAll(tx: Writer, articleId: string, all: Attribution[], version: number) {
  const { q, t, now } = tx
  await q.delete(t.attributions).where(eq(t.attributions.articleId, articleId))
  const edited = { version, createdAt: now, updatedAt: now }
  for (const { id, quoteId, claim, hops } of all) {
    await insertAll(tx, t.attributions, [{ id, articleId, quoteId, claim, ...edited }])
    await writeHops(tx, id, hops)
  }
}

/** Updates an attribution by `edit`. Throws 404, 412, 422, and what `edit` throws. */
export async function change(
  tx: Writer,
  id: string,
  versions: Expected,
  edit: (now: NewAttribution) => NewAttribution
): Promise<DraftAttribution> {
  const { q, t, now } = tx
  const before = checkVersion(await byId(tx, id), versions, 'attribution')
  const input = edit({ quoteId: before.quoteId, claim: before.claim, hops: before.hops })
  await checkQuote(tx, before.articleId, input)
  await checkCited(tx, before.articleId, input.hops, before.hops)
  await moveClaim(tx, before, input.claim)
  const version = before.version + 1
  const [after] = await q
    .update(t.attributions)
    .set({ quoteId: input.quoteId ?? null, claim: input.claim ?? null, version, updatedAt: now })
    .where(and(eq(t.attributions.id, id), eq(t.attributions.version, before.version)))
    .returning()
  await q.delete(t.hops).where(eq(t.hops.attributionId, id))
  const hops = await writeHops(tx, id, input.hops)
  await changes.append(tx, {
    action: 'update',
    kind: 'attribution',
    id,
    articleId: before.articleId,
    version
  })
  return draftForm(after!, hops)
}

/** Deletes an attribution. Throws 404, 412, 409. */
export async function remove(tx: Writer, id: string, versions: Expected) {
  const before = checkVersion(await byId(tx, id), versions, 'attribution')
  checkNoLegalHold((await articles.byIdOrSlug(tx, before.articleId))!)
  await checkUntargeted(tx, [before.articleId], [id])
  await moveClaim(tx, before, null)
  await tx.q.delete(tx.t.attributions).where(eq(tx.t.attributions.id, id))
  await changes.append(tx, { action: 'delete', kind: 'attribution', id, articleId: before.articleId })
}

/** Anchors the claim at its new words, where they stand in the body. One that is as it was stays where it is. */
async function moveClaim(tx: Writer, before: DraftAttribution, claim: string | null | undefined) {
  const article = (await articles.byIdOrSlug(tx, before.articleId))!
  if ((claim ?? null) === before.claim) return articles.write(tx, article, {})
  const to = claimAnchor(before.id)
  const wanted = claim ? [{ to, text: claim }] : []
  await tokenizeAhead(article.body)
  const { body } = await anchorAll(withoutAnchors(article.body, [to]), wanted, {
    old: article.body,
    reworded: true
  })
  return articles.write(tx, article, { body })
}

const quoteQuery = prepared(({ q, t: { quotes } }) =>
  q
    .select({ articleId: quotes.articleId })
    .from(quotes)
    .where(eq(quotes.id, sql.placeholder('quoteId')))
    .prepare('article_of_quote')
)

/** Throws 422 unless it has exactly one of a quote of the article and a claim. */
async function checkQuote(db: Reader, articleId: string, { quoteId, claim }: NewAttribution) {
  if (!quoteId === !claim)
    throw unprocessable(
      '',
      'An attribution is for a quote (`quoteId`) or for a claim (`claim`): one of the two.'
    )
  if (!quoteId) return
  const [quote] = await quoteQuery(db).execute({ quoteId })
  if (quote?.articleId !== articleId) throw unprocessable('/quoteId', `The article has no quote ${quoteId}.`)
}
