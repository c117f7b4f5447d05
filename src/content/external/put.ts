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
import { bodyTaken, settle } from './body.ts'
import { currentRecords, entriesOf, plansOf } from './entries.ts'
import { ownerOf } from './ids.ts'
import { Keys } from './keys.ts'
import * as records from './records.ts'
import type { ExternalId } from './schema.ts'
import * as sends from './sends.ts'
import { fieldsOf, sentOf } from './sent.ts'
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

/** Brings the draft up to date with what changed in the story since it was sent last. */
async function update(tx: Writer, row: articles.WorkingCopy, story: ConvertedStory, keys: Keys) {
  const { sources, media, quotes: _, attributions: _a, ...input } = story
  const kept = new Kept()
  const last = await sends.last(tx, row.id)
  await yieldIfLong(row.body)
  const base = last ?? { article: {}, sources: [], media: [], quotes: [], claims: [] }
  await stories.createShared(tx, keys, { sources, media }, sharedBefore(tx, base, keys, kept))
  const now = await currentRecords(tx, row.id)
  const entries = await entriesOf(tx, keys, story, base, now)
  await yieldIfDue()
  const resolved = stories.resolveKeys(keys, input)
  const sent = sentOf(keys, { sources, media }, resolved, entries)
  const plans = plansOf(keys, entries, base, now, kept)
  await yieldIfDue()
  const fields = fieldsTaken(row, base.article, resolved, kept)
  const newBody = await bodyTaken(row.body, { base: base.article.body, sent: resolved.body }, kept)
  await yieldIfDue()
  const body = await settle(row.body, newBody, { now, ...plans, kept })
  await yieldIfDue()
  const isSame =
    Object.keys(fields).length === 0 &&
    body === row.body &&
    records.isEmpty(plans.quotePlan) &&
    records.isEmpty(plans.claimPlan)
  if (jsonOf(sent) !== jsonOf(last ?? null)) await sends.keep(tx, row.id, sent)
  if (isSame) return { article: await draftArticle(tx, row), unchanged: true, kept: kept.all }
  await records.writeQuotes(tx, row.id, plans.quotePlan)
  await records.writeClaims(tx, row.id, plans.claimPlan)
  const written = await articles.change(
    tx,
    row.id,
    [row.version],
    (draft) => ({ ...draft, ...fields, body }),
    async (whole) => whole
  )
  return { article: await draftArticle(tx, written), unchanged: false, kept: kept.all }
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
