// A whole story in one request: an article with the records it rests on, all or nothing.
import { within } from '../../http/problems.ts'
import type { Prefix } from '../../http/schemas.ts'
import type { Writer } from '../../storage/database.ts'
import type { NewHop } from '../attributions/schema.ts'
import * as attributions from '../attributions/store.ts'
import { anchored } from '../body/anchors/anchoring.ts'
import { claimAnchor, nameOf, quoteAnchor } from '../body/anchors/anchors.ts'
import { tokenizeAhead } from '../body/anchors/tokens.ts'
import { redirected } from '../body/mentions.ts'
import type { Body } from '../body/schema.ts'
import * as credits from '../credits/store.ts'
import { type Given, type Item, Keys } from '../external/keys.ts'
import * as sends from '../external/sends.ts'
import { sentOf } from '../external/sent.ts'
import { find as findMedia } from '../media/finding.ts'
import * as media from '../media/store.ts'
import * as quotes from '../quotes/store.ts'
import { find as findSource } from '../sources/finding.ts'
import type { NewSource } from '../sources/schema.ts'
import * as sources from '../sources/store.ts'
import { checkStrays } from './anchoring.ts'
import { newDraft } from './assemble.ts'
import type { ConvertedArticle, ConvertedStory, DraftArticle, NewStory } from './schema.ts'
import * as articles from './store.ts'
import { inTurns } from './yielding.ts'

/**
 * Creates the article and everything sent with it; `keys` may contain existing records. Throws 409 and 422 with a
 * pointer into the story.
 */
export async function create(tx: Writer, story: ConvertedStory, keys = new Keys()): Promise<DraftArticle> {
  const { sources, media, quotes: said = [], attributions: claimed = [], ...input } = story
  await createShared(tx, keys, { sources, media })
  const quoted = given(keys, 'quo', '/quotes', said)
  const claims = given(keys, 'att', '/attributions', claimed)
  const resolved = redirect(keys, input)
  if (quoted.length + claims.length > 0) await tokenizeAhead(resolved.body)
  const body = withAnchors(resolved.body, quoted, claims)
  checkStrays(body, { quotes: quoted, attributions: claims })
  const article = await articles.create(tx, { ...resolved, body })
  if (input.externalId) await sends.keep(tx, article.id, sentOf(keys, story, resolved, { quoted, claims }))
  for await (const quote of inTurns(quoted)) await createQuote(tx, keys, article.id, quote)
  for await (const { record, pointer, id } of inTurns(claims)) {
    const chain = { claim: record.claim, hops: named(keys, record.hops) }
    await within(pointer, () => attributions.create(tx, article.id, chain, id))
  }
  return newDraft(tx, article, { rests: quoted.length + claims.length > 0 })
}

export const given = <T extends { key?: string }>(
  keys: Keys,
  prefix: Prefix,
  path: string,
  records: T[]
): Given<T>[] =>
  records.map(({ key, ...record }, i) => ({
    record,
    key,
    pointer: `${path}/${i}`,
    id: keys.name(prefix, key, `${path}/${i}`)
  }))

/** The body with the quotes and claims of the story anchored. Throws 422 for a direct quote whose words are not there. */
function withAnchors(
  body: Body,
  quoted: Given<Item<'quotes'>>[],
  claims: Given<Item<'attributions'>>[]
): Body {
  quotes.checkAnchors(body, quoted)
  const said = quoted.map(({ record, id }) => ({ to: quoteAnchor(id), text: record.text }))
  const claimed = claims.map(({ record, id }) => ({ to: claimAnchor(id), text: record.claim }))
  const anchoring = anchored(body, [...said, ...claimed], { ordered: true })
  const missing = new Set(anchoring.missing.map(({ to }) => nameOf(to)))
  for (const { record, pointer, id } of quoted) {
    if (missing.has(nameOf(quoteAnchor(id)))) quotes.checkMissing(body, record, `${pointer}/text`)
  }
  return anchoring.body
}

/** Finds the shared records or creates them: sources, and media with their credits. */
export async function createShared(
  tx: Writer,
  keys: Keys,
  shared: Pick<NewStory, 'sources' | 'media'>,
  before?: Before
) {
  const newSources = parentsFirst(keys, given(keys, 'src', '/sources', shared.sources ?? []))
  for await (const one of inTurns(newSources)) await findOrCreateSource(tx, keys, one, before)
  for await (const one of inTurns(given(keys, 'med', '/media', shared.media ?? [])))
    await findOrCreateMedia(tx, keys, one, before)
}

/** What an earlier send of the same story tells: which record an entry was; it is brought up to date on the way. */
export interface Before {
  source(entry: Given<Item<'sources'>>, source: NewSource): Promise<string | undefined>
  media(entry: Given<Item<'media'>>): Promise<string | undefined>
}

/** The source of a story: the one that is meant, which stays as it is, or a new one. */
async function findOrCreateSource(tx: Writer, keys: Keys, entry: Given<Item<'sources'>>, before?: Before) {
  const { record, key, pointer, id } = entry
  const affiliationId = record.affiliationId && keys.id('src', record.affiliationId)
  const source = { ...record, affiliationId }
  const same = await before?.source(entry, source)
  if (same !== undefined) return keys.use('src', key, same, true)
  const search = { taken: keys.taken, isApart: key !== undefined && keys.apart.has(key) }
  const known = await findSource(tx, source, search)
  if (known === undefined) await within(pointer, () => sources.create(tx, source, id))
  else if (source.externalId && known.externalId === null)
    await sources.change(tx, known.id, '*', (now) => ({ ...now, externalId: source.externalId }))
  keys.use('src', key, known?.id ?? id, known !== undefined)
}

/** The file of a story with its credits, likewise. */
async function findOrCreateMedia(tx: Writer, keys: Keys, entry: Given<Item<'media'>>, before?: Before) {
  const { record, key, pointer, id } = entry
  const { credits: newCredits = [], ...file } = record
  const known = (await before?.media(entry)) ?? (await findMedia(tx, record, keys.taken))
  keys.use('med', key, known ?? id, known !== undefined)
  if (known !== undefined) return
  await within(pointer, () => media.create(tx, file, id))
  for (const { key: _, ...credit } of newCredits) await credits.create(tx, id, credit)
}

/** Sources in topological order of their affiliations; a cycle is left as it is, and refused later. */
function parentsFirst(keys: Keys, items: Given<Item<'sources'>>[]) {
  const rest = new Map(items.map((item) => [item.id, item]))
  const ordered: typeof items = []
  const visit = (item: Given<Item<'sources'>>) => {
    if (!rest.delete(item.id)) return
    const above = item.record.affiliationId && rest.get(keys.id('src', item.record.affiliationId))
    if (above) visit(above)
    ordered.push(item)
  }
  for (const item of items) visit(item)
  return ordered
}

async function createQuote(
  tx: Writer,
  keys: Keys,
  articleId: string,
  { record, pointer, id }: Given<Item<'quotes'>>
) {
  await quotes.insert(tx, articleId, record, id)
  for (const [i, { hops }] of (record.attributions ?? []).entries()) {
    const chain = { quoteId: id, hops: named(keys, hops) }
    await within(`${pointer}/attributions/${i}`, () => attributions.create(tx, articleId, chain))
  }
}

export const named = (keys: Keys, hops: NewHop[]) =>
  hops.map((hop) => (hop.sourceId ? { ...hop, sourceId: keys.id('src', hop.sourceId) } : hop))

/** The article with its keys resolved to ids. */
export function redirect(keys: Keys, input: ConvertedArticle) {
  const prefixes = { quote: 'quo', attribution: 'att', media: 'med' } as const
  const bylines = (input.bylines ?? []).map((byline) =>
    byline.sourceId ? { ...byline, sourceId: keys.id('src', byline.sourceId) } : byline
  )
  const body = redirected(input.body ?? [], (kind, id) => keys.id(prefixes[kind], id))
  return { ...input, bylines, body, leadMediaId: input.leadMediaId && keys.id('med', input.leadMediaId) }
}
