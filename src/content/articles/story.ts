// A whole story in one request: an article with the records it rests on, all or nothing.
import * as changes from '../../changes/log/store.ts'
import { newId } from '../../http/ids.ts'
import { prefixPointers } from '../../http/problems.ts'
import type { Prefix } from '../../http/schemas.ts'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import type { Writer } from '../../storage/database.ts'
import type { NewHop } from '../attributions/schema.ts'
import * as attributions from '../attributions/store.ts'
import { anchorAll } from '../body/anchors/anchoring.ts'
import { claimAnchor, keyOfAnchor, quoteAnchor } from '../body/anchors/anchors.ts'
import { tokenizeAhead } from '../body/anchors/tokens.ts'
import { withReferences } from '../body/mentions.ts'
import type { Body } from '../body/schema.ts'
import * as credits from '../credits/store.ts'
import { type Given, type Item, Keys as LocalKeys } from '../external/keys.ts'
import { withNamedClaims, withNamedHops } from '../external/named.ts'
import * as sends from '../external/sends.ts'
import { firstSent } from '../external/sent.ts'
import { find as findMedia } from '../media/finding.ts'
import * as media from '../media/store.ts'
import * as quotes from '../quotes/store.ts'
import { checkAnchors, checkWordsFound } from '../quotes/wording.ts'
import { find as findSource } from '../sources/finding.ts'
import type { NewSource } from '../sources/schema.ts'
import * as sources from '../sources/store.ts'
import { checkUnknownAnchors } from './anchoring.ts'
import { newDraft } from './assemble.ts'
import type { ConvertedArticle, ConvertedStory, DraftArticle, NewStory } from './schema.ts'
import * as articles from './store.ts'
import { yieldingEach } from './yielding.ts'

/**
 * Creates the article and everything sent with it; `keys` may contain existing records. Throws 409 and 422 with a
 * pointer into the story.
 */
export async function create(
  tx: Writer,
  story: ConvertedStory,
  keys = new LocalKeys()
): Promise<DraftArticle> {
  const { sources, media, quotes: said = [], attributions: claimed = [], ...input } = story
  await createShared(tx, keys, { sources, media })
  const quoted = await withNamedHops(tx, withIds(keys, 'quo', '/quotes', said))
  const claims = await withNamedClaims(tx, withIds(keys, 'att', '/attributions', claimed))
  const resolved = resolveKeys(keys, input)
  if (quoted.length + claims.length > 0) await tokenizeAhead(resolved.body)
  await yieldIfDue()
  const body = await withAnchors(resolved.body, quoted, claims)
  await yieldIfDue()
  checkUnknownAnchors(body, { quotes: quoted, attributions: claims })
  const article = await articles.create(tx, { ...resolved, body })
  const { translationOf } = article
  const sent = { ...resolved, ...(input.translationOf && { translationOf }) }
  if (input.externalId) await sends.keep(tx, article.id, firstSent(keys, story, sent, { quoted, claims }))
  return newDraft(tx, article, await createSaid(tx, keys, article.id, quoted, claims))
}

/** Creates the quotes of an article that was just created, and the attributions of quotes and claims. */
async function createSaid(
  tx: Writer,
  keys: LocalKeys,
  articleId: string,
  quoted: Given<Item<'quotes'>>[],
  claims: Given<Item<'attributions'>>[]
) {
  const given: attributions.Given[] = []
  const logged: changes.NewChange[] = []
  const log = (kind: 'quote' | 'attribution', id: string) =>
    logged.push({ action: 'create', kind, id, articleId, version: 1 })
  const attribute = (one: attributions.Given) => {
    log('attribution', one.id)
    given.push({ ...one, input: { ...one.input, hops: resolveHops(keys, one.input.hops) } })
  }
  for (const { record, pointer, id: quoteId } of quoted) {
    log('quote', quoteId)
    for (const [i, { hops }] of (record.attributions ?? []).entries())
      attribute({ id: newId('att'), pointer: `${pointer}/attributions/${i}`, input: { quoteId, hops } })
  }
  for (const { record, pointer, id } of claims)
    attribute({ id, pointer, input: { claim: record.claim, hops: record.hops } })
  const rows = await quotes.insertUnlogged(
    tx,
    articleId,
    quoted.map(({ record, id }) => ({ id, input: record }))
  )
  const all = await attributions.createUnlogged(tx, articleId, given)
  await changes.appendAll(tx, logged)
  return { quotes: quotes.asWritten(rows, all), attributions: all }
}

export const withIds = <T extends { key?: string }>(
  keys: LocalKeys,
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
async function withAnchors(
  body: Body,
  quoted: Given<Item<'quotes'>>[],
  claims: Given<Item<'attributions'>>[]
): Promise<Body> {
  await checkAnchors(body, quoted)
  const said = quoted.map(({ record, id }) => ({ to: quoteAnchor(id), text: record.text }))
  const claimed = claims.map(({ record, id }) => ({ to: claimAnchor(id), text: record.claim }))
  const anchoring = await anchorAll(body, [...said, ...claimed], { ordered: true })
  const missing = new Set(anchoring.missing.map(({ to }) => keyOfAnchor(to)))
  const lost = quoted.filter(({ id }) => missing.has(keyOfAnchor(quoteAnchor(id))))
  await checkWordsFound(body, lost)
  return anchoring.body
}

/** Finds the shared records or creates them: sources, and media with their credits. */
export async function createShared(
  tx: Writer,
  keys: LocalKeys,
  shared: Pick<NewStory, 'sources' | 'media'>,
  before?: Before
) {
  const newSources = parentsFirst(keys, withIds(keys, 'src', '/sources', shared.sources ?? []))
  for await (const one of yieldingEach(newSources)) await findOrCreateSource(tx, keys, one, before)
  for await (const one of yieldingEach(withIds(keys, 'med', '/media', shared.media ?? [])))
    await findOrCreateMedia(tx, keys, one, before)
}

/** What an earlier send of the same story tells: which record an entry was; it is brought up to date on the way. */
export interface Before {
  source(entry: Given<Item<'sources'>>, source: NewSource): Promise<string | undefined>
  media(entry: Given<Item<'media'>>): Promise<string | undefined>
}

/** The source of a story: the one that is meant, which stays as it is, or a new one. */
async function findOrCreateSource(
  tx: Writer,
  keys: LocalKeys,
  entry: Given<Item<'sources'>>,
  before?: Before
) {
  const { record, key, pointer, id } = entry
  const affiliationId = record.affiliationId && keys.id('src', record.affiliationId)
  const source = { ...record, affiliationId }
  const same = await before?.source(entry, source)
  if (same !== undefined) return keys.use('src', key, same, true)
  const search = { taken: keys.taken, isApart: key !== undefined && keys.apart.has(key) }
  const known = await findSource(tx, source, search)
  if (known === undefined) await prefixPointers(pointer, () => sources.create(tx, source, id))
  else if (source.externalId && known.externalId === null)
    await sources.change(tx, known.id, '*', (now) => ({ ...now, externalId: source.externalId }))
  keys.use('src', key, known?.id ?? id, known !== undefined)
}

/** The file of a story with its credits, likewise. */
async function findOrCreateMedia(tx: Writer, keys: LocalKeys, entry: Given<Item<'media'>>, before?: Before) {
  const { record, key, pointer, id } = entry
  const { credits: newCredits = [], ...file } = record
  const known = (await before?.media(entry)) ?? (await findMedia(tx, record, keys.taken))
  keys.use('med', key, known ?? id, known !== undefined)
  if (known !== undefined) return
  const stored = key === undefined ? undefined : keys.files.get(key)
  const input = stored ? { ...file, kind: stored.kind } : file
  await prefixPointers(pointer, () => media.create(tx, input, id, stored))
  for (const [i, { key: _, ...credit }] of newCredits.entries())
    await prefixPointers(`${pointer}/credits/${i}`, () => credits.create(tx, id, credit))
}

/** Sources in topological order of their affiliations; a cycle is left as it is, and refused later. */
function parentsFirst(keys: LocalKeys, items: Given<Item<'sources'>>[]) {
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

const resolveHops = (keys: LocalKeys, hops: NewHop[]) =>
  hops.map((hop) => (hop.sourceId ? { ...hop, sourceId: keys.id('src', hop.sourceId) } : hop))

/** The article with its keys resolved to ids. */
export function resolveKeys(keys: LocalKeys, input: ConvertedArticle) {
  const prefixes = { quote: 'quo', attribution: 'att', media: 'med' } as const
  const bylines = (input.bylines ?? []).map((byline) =>
    byline.sourceId ? { ...byline, sourceId: keys.id('src', byline.sourceId) } : byline
  )
  const body = withReferences(input.body ?? [], (kind, id) => keys.id(prefixes[kind], id))
  return { ...input, bylines, body, leadMediaId: input.leadMediaId && keys.id('med', input.leadMediaId) }
}
