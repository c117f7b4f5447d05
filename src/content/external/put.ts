// A whole story that is sent again by its external id: the draft gets what changed since the last send, under the ids
// that it has; what was edited here stays.
import { eq, sql } from 'drizzle-orm'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { type Fault, HttpProblem, unprocessable } from '../../http/problems.ts'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import { prepared, type Reader, type Writer } from '../../storage/database.ts'
import { jsonOf } from '../../storage/text/json-text.ts'
import { draftArticle } from '../articles/assemble.ts'
import type { ConvertedArticle, ConvertedStory, DraftArticle } from '../articles/schema.ts'
import * as articles from '../articles/store.ts'
import * as stories from '../articles/story.ts'
import { originalOf } from '../articles/translations/store.ts'
import { yieldIfLong } from '../body/length.ts'
import * as corrections from '../corrections/store.ts'
import * as quotes from '../quotes/store.ts'
import { bodyTaken, settle } from './body.ts'
import { ownerOf } from './ids.ts'
import { Keys } from './keys.ts'
import { matched } from './matching.ts'
import { withNamedClaims, withNamedHops } from './named.ts'
import * as records from './records.ts'
import type { ExternalId } from './schema.ts'
import * as sends from './sends.ts'
import { fieldsOf, hopsOf, quoteOf, sentOf } from './sent.ts'
import { sharedBefore } from './shared.ts'
import { Kept, taken } from './three-way.ts'

export interface Outcome {
  article: DraftArticle
  isNew: boolean
  /** Whether the draft stayed as it was. */
  unchanged: boolean
  /** What of the story stayed as it was edited here. */
  kept: Fault[]
}

/**
 * Writes the story; `keys` learn which records its entries are. Throws 409 and 422 with a pointer into it, and 412; 409
 * for an article whose words are settled.
 */
export async function put(
  tx: Writer,
  externalId: ExternalId,
  story: ConvertedStory,
  versions: Expected | undefined,
  keys = new Keys()
): Promise<Outcome> {
  const id = await articleOf(tx, externalId)
  if (id === undefined) {
    if (versions !== undefined)
      throw new HttpProblem('stale', 'There is no article of this id yet: send it without If-Match.')
    const article = await stories.create(tx, { ...story, externalId }, keys)
    return { article, isNew: true, unchanged: false, kept: [] }
  }
  const row = checkVersion(await articles.byIdOrSlug(tx, id), versions ?? '*', 'article')
  checkOpen(row)
  const translationOf = await originalOf(tx, row.id, story.translationOf, row.translationOf)
  const named = story.translationOf && { translationOf }
  return { isNew: false, ...(await update(tx, row, { ...story, ...named, externalId }, keys)) }
}

const trashedQuery = prepared(({ q, t: { trash } }) =>
  q
    .select({ id: trash.articleId })
    .from(trash)
    .where(eq(trash.articleId, sql.placeholder('id')))
    .prepare('external_article_trashed')
)

/** The article of this id. Throws 409 for one in the trash. */
export async function articleOf(db: Reader, externalId: ExternalId) {
  const id = await ownerOf(db, 'articles', externalId)
  const [trashed] = id === undefined ? [] : await trashedQuery(db).execute({ id })
  if (trashed)
    throw new HttpProblem(
      'conflict',
      `The article ${id} of this id is in the trash: restore it, or delete it for good, before it is sent again.`
    )
  return id
}

/** Throws 409 for an article whose words an editor settled, or that is preserved. */
function checkOpen({ status, publishAt, legalHold }: articles.WorkingCopy) {
  const because = legalHold
    ? 'is under a legal hold: an editor must lift it'
    : status === 'approved' || status === 'scheduled'
      ? `is ${status}: an editor must ${status === 'approved' ? 'return' : 'unschedule'} it`
      : publishAt !== null
        ? `has its next edition scheduled for ${publishAt}: an editor must unschedule it`
        : undefined
  if (because) throw new HttpProblem('conflict', `The article ${because} before it is sent again.`)
}

async function update(tx: Writer, row: articles.WorkingCopy, story: ConvertedStory, keys: Keys) {
  const { sources, media, quotes: said = [], attributions: claimed = [], ...input } = story
  const kept = new Kept()
  const last = await sends.last(tx, row.id)
  await yieldIfLong(row.body)
  const base = last ?? { article: {}, sources: [], media: [], quotes: [], claims: [] }
  await stories.createShared(tx, keys, { sources, media }, sharedBefore(tx, base, keys, kept))
  const now = await currentRecords(tx, row.id)
  const quoted = await sameAs(
    (await withNamedHops(tx, stories.withIds(keys, 'quo', '/quotes', said))).map((one) => ({
      ...one,
      text: one.record.text
    })),
    textsOf(base.quotes, now.quotes),
    (key, id) => keys.use('quo', key, id, true)
  )
  const claims = await sameAs(
    (await withNamedClaims(tx, stories.withIds(keys, 'att', '/attributions', claimed))).map((one) => ({
      ...one,
      text: one.record.claim
    })),
    textsOf(base.claims, now.claims),
    (key, id) => keys.use('att', key, id, true)
  )
  await yieldIfDue()
  const resolved = stories.resolveKeys(keys, input)
  const sent = sentOf(keys, { sources, media }, resolved, { quoted, claims })
  const quotePlan = records.plan(
    {
      base: base.quotes,
      now: now.quotes,
      targets: now.targets,
      sent: quoted.map(({ id, pointer, record }) => ({
        id,
        pointer,
        record: quoteOf(record),
        hops: (record.attributions ?? []).map(({ hops }) => hopsOf(keys, hops))
      }))
    },
    kept,
    { path: '/quotes', chain: '/attributions' }
  )
  const claimPlan = records.plan(
    {
      base: base.claims,
      now: now.claims,
      targets: now.targets,
      sent: claims.map(({ id, pointer, record }) => ({
        id,
        pointer,
        record: { claim: record.claim },
        hops: [hopsOf(keys, record.hops)]
      }))
    },
    kept,
    { path: '/attributions', chain: '/hops' }
  )
  await yieldIfDue()
  const fields = fieldsTaken(row, base.article, resolved, kept)
  const body = await bodyTaken(row.body, { base: base.article.body, sent: resolved.body }, kept)
  await yieldIfDue()
  const settled = await settle(row.body, body, { now, quotePlan, claimPlan, kept })
  await yieldIfDue()
  const isSame =
    Object.keys(fields).length === 0 &&
    settled === row.body &&
    records.isEmpty(quotePlan) &&
    records.isEmpty(claimPlan)
  if (jsonOf(sent) !== jsonOf(last ?? null)) await sends.keep(tx, row.id, sent)
  if (isSame) return { article: await draftArticle(tx, row), unchanged: true, kept: kept.all }
  await records.writeQuotes(tx, row.id, quotePlan)
  await records.writeClaims(tx, row.id, claimPlan)
  const written = await articles.change(
    tx,
    row.id,
    [row.version],
    (draft) => ({ ...draft, ...fields, body: settled }),
    async (whole) => whole
  )
  return { article: await draftArticle(tx, written), unchanged: false, kept: kept.all }
}

/** The quotes and claims of the draft, and what its corrections point at. */
async function currentRecords(tx: Writer, articleId: string) {
  const { quotes: said, attributions } = await quotes.ofArticle(tx, articleId)
  const corrected = await corrections.ofArticle(tx, articleId)
  return {
    quotes: said.map((quote) => ({ id: quote.id, record: quoteOf(quote), chains: quote.attributions })),
    claims: attributions.flatMap(({ id, claim, hops }) =>
      claim === null ? [] : [{ id, record: { claim }, chains: [{ id, hops }] }]
    ),
    targets: new Set(corrected.flatMap(({ target }) => Object.values(target ?? {})))
  }
}

/** Those of the last send, and those that were added here since, by their words. */
function textsOf(
  base: sends.Sent['quotes'],
  now: { id: string; record: { text: string } | { claim: string } }[]
) {
  const words = (record: Record<string, unknown>) => String(record.text ?? record.claim)
  const known = new Set(base.map(({ id }) => id))
  return {
    base: base.map(({ id, key, record }) => ({ id, key, text: words(record) })),
    added: now.flatMap(({ id, record }) => (known.has(id) ? [] : [{ id, text: words({ ...record }) }]))
  }
}

/** The entries under the ids that they had. */
async function sameAs<T extends { id: string; key: string | undefined; text: string }>(
  entries: T[],
  { base, added }: ReturnType<typeof textsOf>,
  use: (key: string | undefined, id: string) => void
): Promise<T[]> {
  const matches = await matched(entries, base)
  const open = new Map(added.map((one) => [one.text, one.id]))
  return entries.map((entry, i) => {
    const id = matches[i]?.id ?? open.get(entry.text)
    if (id === undefined) return entry
    open.delete(entry.text)
    use(entry.key, id)
    return { ...entry, id }
  })
}

/** The fields of the article that change, but for its body. */
function fieldsTaken(
  row: articles.WorkingCopy,
  before: Record<string, unknown>,
  resolved: ConvertedArticle,
  kept: Kept
): Partial<ConvertedArticle> {
  const { body: _, ...sent } = fieldsOf(resolved)
  // A field that the last send did not name was at its default then.
  const defaults = fieldsOf({ title: '', commentPolicy: { mode: 'site' }, legalHold: false })
  return taken({ before: { ...defaults, ...before }, now: articles.inputOf(row), sent }, kept, '')
}

/** Throws 422 where the story names another id than its address. */
export function checkNamed({ system, id }: ExternalId, { externalId }: Pick<ConvertedStory, 'externalId'>) {
  if (!externalId || (externalId.system === system && externalId.id === id)) return
  throw unprocessable('/externalId', `The address says ${system} and ${id}: send the same, or leave it out.`)
}
