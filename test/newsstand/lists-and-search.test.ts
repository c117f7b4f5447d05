// Finding: every list, search and count says what a scan of the published documents says, and nothing else.
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { inlined } from '../../fuzz/document.ts'
import type { Article, NewStory } from '../../src/content/articles/schema.ts'
import type { Comment } from '../../src/discussion/comments/schema.ts'
import { firstRow } from '../../src/newsstand/search/document-words.ts'
import { type Answer, app, type Client, ferry } from '../support/app.ts'
import { forged } from '../support/forged-cursors.ts'
import { publicLists } from '../support/lists.ts'
import { attributionsOf, placeOf, placesIn } from './text-order.ts'

interface Page<T> {
  data: T[]
  next: string | null
  count?: number
}
type Parts = { text: string; match?: true }[]
interface SearchResult {
  kind: string
  title: Parts | null
  snippet: Parts
  item: { id: string; title?: string }
}
interface Topic {
  name: string
  articles: number
}

const nextOf = ({ headers }: Answer) => /^<(.+)>; rel="next"$/.exec(String(headers.link ?? ''))?.[1]

/** Every item of a list, page by page as the Link header leads; `between` runs after each page. */
async function walk<T>(client: Client, first: string, between: () => Promise<unknown> = async () => {}) {
  const found: T[] = []
  const counts = new Set<number | undefined>()
  for (let url: string | undefined = first; url !== undefined; ) {
    const answer: Answer = await client.get(url)
    if (answer.status !== 200) throw new Error(`${url}: ${answer.body}`)
    const { data, next, count } = answer.json<Page<T>>()
    found.push(...data)
    counts.add(count)
    url = nextOf(answer)
    if ((next === null) !== (url === undefined)) throw new Error(`${first}: next and Link differ`)
    await between()
  }
  return { found, counts: [...counts] }
}

const idsOf = (items: { id: string }[]) => items.map(({ id }) => id)

/** The ids of a list, all of its pages. */
const listed = async (client: Client, url: string) =>
  idsOf((await walk<{ id: string }>(client, `${url}${url.includes('?') ? '&' : '?'}limit=100`)).found)

async function created(client: Client, url: string, input: object) {
  const answer = await client.post(url, input)
  if (answer.status !== 201) throw new Error(answer.body)
  return answer.json<{ id: string }>()
}

const bare = { sources: [], quotes: [], tags: [], section: null } satisfies Partial<NewStory>

async function publish(client: Client, id: string) {
  const answer = await client.post(`/v1/articles/${id}/publish`)
  if (answer.status !== 200) throw new Error(answer.body)
  return (await client.read(`/v1/articles/${id}`)).json<Article>()
}

const published = async (client: Client, story: Partial<NewStory> = {}) =>
  publish(client, (await client.draft(story)).id)

/** A clock that is a minute later whenever somebody looks. */
function minutes() {
  let now = Date.parse('2026-11-01T00:00:00Z')
  return () => {
    now += 60_000
    return new Date(now)
  }
}

// The newsroom that everything is looked for in: always the same one.

const days = ['01', '02', '03', '04', '05'].map((day) => `2026-10-${day}T08:00:00.000Z`)
const vocabulary = [
  'ferry',
  'Ferries',
  'café',
  'naïve',
  'Zoe\u0308',
  'Москва',
  'e-mail',
  "don't",
  '2026',
  'fer'
]
const words = fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 5 })
const seldom = <T>(one: fc.Arbitrary<T>) => fc.option(one, { freq: 2 })
const several = <T>(...from: T[]) => fc.subarray(from, { maxLength: 2 })

const hop = fc.record({
  source: seldom(fc.nat({ max: 4 })),
  relation: fc.constantFrom('said' as const, 'told' as const, 'confirmed' as const)
})
const chains = (minLength: number) =>
  fc.array(fc.array(hop, { minLength: 1, maxLength: 2 }), { minLength, maxLength: 2 })
const plan = fc.record({
  fate: fc.constantFrom('draft', 'withdrawn', 'edited', 'again', 'stands', 'stands', 'stands'),
  title: words,
  dek: seldom(words),
  words,
  section: seldom(fc.constantFrom('harbour', 'council', 'arts, books')),
  tags: several('ferry', 'Budget', 'crab, fish', 'café'),
  language: fc.constantFrom('en', 'nb', 'de-CH'),
  publishedAt: fc.constantFrom(...days),
  bylines: several(0, 1, 2),
  lead: seldom(fc.nat({ max: 5 })),
  pictures: several(0, 1, 2, 3, 4, 5),
  quotes: fc.array(
    fc.record({
      kind: fc.constantFrom('indirect' as const, 'mixed' as const),
      words,
      language: seldom(fc.constantFrom('nb', 'fr')),
      chains: chains(1)
    }),
    { maxLength: 2 }
  ),
  claims: chains(0),
  corrections: several('correction', 'update'),
  comments: fc.array(fc.record({ parent: fc.nat({ max: 3 }), shown: fc.boolean() }), { maxLength: 4 })
})
type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never

const names = ['Mara', 'Anselm', 'Hedvig', 'Board', 'Lindqvist, Åsa']

async function sharedRecords(client: Client) {
  const sources: string[] = []
  for (const [i, name] of names.entries()) {
    const kind = ['person', 'organization', 'document'][i % 3]
    const affiliationId = i === 2 ? sources[0] : null
    sources.push((await created(client, '/v1/sources', { kind, name, affiliationId })).id)
  }
  const media: string[] = []
  for (const [i, caption] of [...vocabulary.slice(0, 5), null].entries()) {
    const kind = ['image', 'image', 'video'][i % 3]
    const alt = i % 2 ? `Zoë and ${vocabulary[i]}` : null
    const { id } = await created(client, '/v1/media', { kind, caption, alt })
    for (let n = 0; n <= i % 2; n++)
      await created(client, `/v1/media/${id}/credits`, {
        creditLine: `Credit ${i}.${n}`,
        creators: names.slice(i % 3, 3 + n),
        suppliers: names.slice(3 + n),
        expiresAt: n ? days[i % 5]!.replace('2026', '2036') : null
      })
    media.push(id)
  }
  return { sources, media }
}

function storyOf(plan: Plan, i: number, { sources, media }: Awaited<ReturnType<typeof sharedRecords>>) {
  const hopsOf = (chain: Plan['claims'][number]) => ({
    hops: chain.map(({ source, relation }) =>
      source === null
        ? { unnamed: { description: 'an official' }, relation }
        : { sourceId: sources[source]!, relation }
    )
  })
  return {
    slug: `story-${i}`,
    title: plan.title.join(' '),
    dek: plan.dek?.join(', ') ?? null,
    section: plan.section,
    tags: plan.tags,
    language: plan.language,
    publishedAt: plan.publishedAt,
    bylines: plan.bylines.map((n) => ({ name: names[n]!, ...(n !== 1 && { sourceId: sources[n]! }) })),
    leadMediaId: plan.lead === null ? null : media[plan.lead]!,
    sources: [],
    body: [
      { _type: 'block', children: [{ _type: 'span', text: plan.words.join(' ') }] },
      ...plan.pictures.map((n) => ({ _type: 'image' as const, mediaId: media[n]! }))
    ],
    quotes: plan.quotes.map(({ kind, words, language, chains }) => ({
      kind,
      language,
      text: words.join(' '),
      attributions: chains.map(hopsOf)
    })),
    attributions: plan.claims.map((chain) => ({ claim: 'who knows', ...hopsOf(chain) }))
  } satisfies Partial<NewStory>
}

/** Articles of every fate, with their comments: what may be found is what the documents of the public say. */
async function newsroom(client: Client) {
  const shared = await sharedRecords(client)
  const plans = fc.sample(plan, { numRuns: 45, seed: 20261102 })
  const ids: string[] = []
  for (const [i, plan] of plans.entries()) {
    const { id } = await client.draft(storyOf(plan, i, shared))
    ids.push(id)
    for (const kind of plan.corrections)
      await created(client, `/v1/articles/${id}/corrections`, { kind, text: 'It was not so.' })
    if (plan.fate === 'draft') continue
    await publish(client, id)
    await comment(client, id, plan.comments)
  }
  for (const [i, { fate }] of plans.entries()) {
    const url = `/v1/articles/${ids[i]}`
    if (fate === 'withdrawn') await client.post(`${url}/withdraw`)
    if (fate === 'edited') await client.patch(url, { tags: ['ferry'], title: 'ferry', publishedAt: days[0] })
    if (fate !== 'again') continue
    await client.patch(url, { tags: ['Budget'], title: 'Ferries again', publishedAt: days[4] })
    await publish(client, ids[i]!)
  }
  const drafts = []
  for (const id of ids) drafts.push((await client.get(`/v1/articles/${id}?edition=draft`)).json<Article>())
  const articles: Article[] = []
  const texts = new Map<string, string>()
  const comments: Comment[] = []
  for (const id of ids) {
    const answer = await client.read(`/v1/articles/${id}`)
    if (answer.status !== 200) continue
    articles.push(answer.json())
    const { body } = (await client.read(`/v1/articles/${id}?body=text`)).json<{ body: string }>()
    texts.set(id, body)
    const thread = (await client.read(`/v1/articles/${id}/comments?limit=100`)).json<Page<Comment>>()
    comments.push(...thread.data)
  }
  return { ids, shared, drafts, articles, texts, comments, made: await madeAt(client) }
}

async function comment(client: Client, articleId: string, plans: Plan['comments']) {
  const posted: string[] = []
  for (const { parent, shown } of plans) {
    const parentId = posted[parent] ?? null
    const { id } = await created(client, `/v1/articles/${articleId}/comments`, {
      parentId,
      author: { name: 'Ines' },
      body: 'I take it every day.'
    })
    if (shown) {
      await client.post(`/v1/comments/${id}/approve`)
      posted.push(id)
    }
  }
}

/** When the records that articles share were made. */
async function madeAt(client: Client) {
  const made = new Map<string, string>()
  for (const list of ['sources', 'media']) {
    const url = `/v1/${list}?edition=draft&limit=100`
    for (const { id, createdAt } of (await walk<{ id: string; createdAt: string }>(client, url)).found)
      made.set(id, createdAt)
  }
  return made
}

type Newsroom = Awaited<ReturnType<typeof newsroom>>

/** A public record: where it stands in its list, and by which value of which filter it is found. */
interface Item {
  id: string
  at: string
  found: Record<string, (string | null | undefined)[]>
  instants?: Record<string, string | null>
}
interface Documents {
  articles: Article[]
  comments: Comment[]
  made: Map<string, string>
}

/** Every list as the documents say it must be. */
function expectedLists({ articles, comments, made }: Documents): Record<string, Item[]> {
  const unique = <T extends { id: string }>(of: (article: Article) => T[]) => {
    const all = new Map(articles.flatMap((article) => of(article).map((one) => [one.id, one] as const)))
    return [...all.values()].map((record) => ({
      record,
      article: articles
        .filter((article) => of(article).some(({ id }) => id === record.id))
        .map(({ id }) => id)
    }))
  }
  const within = (article: Article) => ({
    id: article.id,
    at: article.publishedAt!,
    instants: { publishedAt: article.publishedAt, updatedAt: article.updatedAt }
  })
  const sourcesOf = (some: Article['attributions']) =>
    some.flatMap(({ hops }) => hops.map(({ sourceId }) => sourceId))
  const pathOf = (comment: Comment): string => {
    const parent = comments.find(({ id }) => id === comment.parentId)
    return `${parent ? pathOf(parent) : ''}${comment.id.slice(4)}`
  }
  return {
    articles: articles.map((article) => ({
      ...within(article),
      found: {
        section: [article.section],
        tag: article.tags,
        author: article.bylines.flatMap(({ name, sourceId }) => [name, sourceId]),
        source: sourcesOf(attributionsOf(article)),
        language: [article.language],
        hasCorrection: [String(article.corrections.length > 0)]
      }
    })),
    quotes: articles.flatMap((article) =>
      article.quotes.map((quote, i) => ({
        ...within(article),
        id: quote.id,
        at: placeOf(article, i),
        found: {
          article: [article.id],
          source: sourcesOf(quote.attributions),
          kind: [quote.kind],
          language: [quote.language ?? article.language]
        }
      }))
    ),
    attributions: articles.flatMap((article) =>
      attributionsOf(article).map((attribution, i) => ({
        id: attribution.id,
        at: placeOf(article, i),
        found: {
          article: [article.id],
          quote: [attribution.quoteId],
          source: sourcesOf([attribution]),
          relation: attribution.hops.map(({ relation }) => relation),
          unnamed: [String(attribution.hops.some(({ unnamed }) => unnamed))]
        }
      }))
    ),
    sources: unique(({ sources }) => sources).map(({ record: { id, kind }, article }) => ({
      id,
      at: made.get(id)!,
      found: { kind: [kind], article }
    })),
    media: unique(({ media }) => media).map(({ record: { id, kind, credits }, article }) => ({
      id,
      at: made.get(id)!,
      found: {
        kind: [kind],
        article,
        creator: credits.flatMap(({ creators }) => creators),
        supplier: credits.flatMap(({ suppliers }) => suppliers)
      }
    })),
    'media-credits': unique(({ media }) => media.flatMap(({ credits }) => credits)).map(
      ({ record: { id, mediaId, creators, suppliers, expiresAt }, article }) => ({
        id,
        at: made.get(mediaId)!,
        found: { creator: creators, supplier: suppliers, media: [mediaId], article },
        instants: { expiresAt }
      })
    ),
    corrections: articles.flatMap((article) =>
      article.corrections.map(({ id, kind, publishedAt }) => ({
        id,
        at: publishedAt!,
        found: { article: [article.id], kind: [kind] }
      }))
    ),
    comments: comments.map((one) => ({
      id: one.id,
      at: pathOf(one),
      found: { article: [one.articleId], parent: [one.parentId] }
    }))
  }
}

/** When an item was published, without its place in the text. */
const instantOf = ({ at }: Pick<Item, 'at'>) => at.split('~')[0]!

/** Whether a list is that of one text, which stands in its order. */
const isOneText = (list: string, query: Query) =>
  ['quotes', 'attributions'].includes(list) && query.article?.length === 1

/** The ranges a list takes beside its filters. */
const rangesOf: Record<string, string[]> = {
  articles: ['publishedAt.gte', 'publishedAt.lt', 'updatedAt.gte', 'updatedAt.lt'],
  quotes: ['publishedAt.gte', 'publishedAt.lt'],
  'media-credits': ['expiresAt.lt']
}

type Query = Record<string, string[]>
interface Asked {
  query: Query
  sort?: string | undefined
  limit: number
}

/** The filters of a list with values to give them: those there are, and one there is not. */
function valuesOf(list: string, items: Item[], desk: boolean): Map<string, string[]> {
  const filters = Object.keys(items[0]!.found).map((name) => {
    const known = items.flatMap(({ found }) => found[name]!.filter((value) => typeof value === 'string'))
    const open = ['section', 'tag', 'author', 'creator', 'supplier'].includes(name)
    return [name, [...new Set(known), ...(open ? ['none such'] : [])].sort()] as const
  })
  const ranges = (rangesOf[list] ?? []).map((name) => {
    const [instant] = name.split('.') as [string]
    const known = items.flatMap(({ instants }) => instants?.[instant] ?? [])
    return [name, [...new Set(known), '2026-10-03T10:00:00+02:00'].sort()] as const
  })
  return new Map([...filters, ...ranges].filter(([name]) => !desk || !/creator|supplier/.test(name)))
}

/** How many values a parameter takes. */
const mostOf = (name: string) => (/\.|hasCorrection|unnamed/.test(name) ? 1 : 3)

/** Random queries of a list, of up to three filters. */
function queries(list: string, items: Item[], desk = false): fc.Arbitrary<Query> {
  const all = valuesOf(list, items, desk)
  const some = (name: string) => {
    const values = all.get(name)!
    return fc.subarray(values, { minLength: 1, maxLength: Math.min(mostOf(name), values.length) })
  }
  return fc
    .subarray([...all.keys()], { maxLength: Math.min(3, all.size) })
    .chain((chosen) => fc.record(Object.fromEntries(chosen.map((name) => [name, some(name)]))))
}

/** Every filter of a list alone, with its first values, its last, and several. */
const alone = (list: string, items: Item[], desk = false): Query[] =>
  [...valuesOf(list, items, desk)].flatMap(([name, values]) => [
    { [name]: [values[0]!] },
    { [name]: [values.at(-1)!] },
    { [name]: values.slice(0, mostOf(name)) }
  ])

const matches = ({ found, instants }: Item, query: Query) =>
  Object.entries(query).every(([name, values]) => {
    const [field, bound] = name.split('.') as [string, string | undefined]
    if (bound === undefined) return values.some((value) => found[name]!.includes(value))
    const at = Date.parse(instants?.[field] ?? '')
    return bound === 'gte' ? at >= Date.parse(values[0]!) : at < Date.parse(values[0]!)
  })

/** A query string: several values with commas between them, and `%2C` for a comma within one. */
const queryOf = (query: Query, more: Record<string, string>) =>
  [
    ...Object.entries(query).map(([name, values]) => `${name}=${values.map(encodeURIComponent).join()}`),
    new URLSearchParams(more)
  ].join('&')

const byPlace = (a: Item, b: Item) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1)

t.test('what is found is what a scan of all documents finds', async (t) => {
  const client = await app(t, { clock: minutes() })
  const documents = await newsroom(client)
  await t.test('in every list: any filters, any order, pages of any length', (t) =>
    scanLists(t, client, documents)
  )
  await t.test('at the desk: any filters, the newest first', (t) => scanDrafts(t, client, documents))
  await t.test('by words: all of them, headlines before all else, the newest first', (t) =>
    scanWords(t, client, documents)
  )
})

async function scanLists(t: Test, client: Client, documents: Documents) {
  for (const [list, unsorted] of Object.entries(expectedLists(documents))) {
    const items = unsorted.sort(byPlace)
    t.ok(items.length > 4, `${list}: ${items.length} to find`)
    const instant = ['sources', 'media', 'media-credits'].includes(list) ? 'createdAt' : 'publishedAt'
    const orders = list === 'comments' ? [] : [instant, `-${instant}`]
    const how: fc.Arbitrary<Asked> = fc.record({
      query: queries(list, items),
      sort: fc.constantFrom(undefined, ...orders),
      limit: fc.integer({ min: 1, max: 30 })
    })
    const examples = alone(list, items).map((query): [Asked] => [{ query, sort: undefined, limit: 7 }])
    let found = 0
    await fc.assert(
      fc.asyncProperty(how, async ({ query, sort, limit }) => {
        const ascending = (sort === instant && !isOneText(list, query)) || list === 'comments'
        const expected = idsOf(items.filter((item) => matches(item, query)))
        if (!ascending) expected.reverse()
        const asked = queryOf(query, { ...(sort && { sort }), limit: String(limit), count: 'exact' })
        const is = await walk<{ id: string }>(client, `/v1/${list}?${asked}`)
        found += expected.length
        return idsOf(is.found).join() === expected.join() && is.counts.join() === String(expected.length)
      }),
      { numRuns: 40 + examples.length, examples }
    )
    t.ok(found > 60, `${list}: ${found} found`)
  }
}

async function scanDrafts(t: Test, client: Client, { drafts, made }: Newsroom) {
  const comments = (await walk<Comment & { status: string }>(client, '/v1/comments?edition=draft&limit=100'))
    .found
  const lists = expectedLists({ articles: drafts, comments, made })
  const statuses = [
    ['articles', drafts as (Article & { status: string })[]],
    ['comments', comments]
  ] as const
  for (const [list, records] of statuses)
    for (const [i, item] of lists[list]!.entries()) item.found.status = [records[i]!.status]
  // An affiliation comes along when an article is published; at the desk only what the article names itself is found.
  const namedBy = ({ bylines, quotes, attributions }: Article) => [
    ...bylines.map(({ sourceId }) => sourceId),
    ...[...quotes.flatMap((quote) => quote.attributions), ...attributions].flatMap(({ hops }) =>
      hops.map(({ sourceId }) => sourceId)
    )
  ]
  for (const item of lists.sources!)
    item.found.article = idsOf(drafts.filter((one) => namedBy(one).includes(item.id)))
  /** Those of one draft in the order of its text, those without a place last. */
  const inText = (items: Item[], query: Query) => {
    const draft = drafts.find(({ id }) => id === query.article![0])
    const place = draft && placesIn(draft)
    const startOf = ({ id, found }: Item) => place!(found.quote?.[0] ?? id)
    return items
      .filter((item) => matches(item, query))
      .sort((a, b) => (startOf(a) === startOf(b) ? (a.id < b.id ? -1 : 1) : startOf(a) - startOf(b)))
  }
  for (const [list, unsorted] of Object.entries(lists)) {
    const items = unsorted.sort((a, b) => (a.id < b.id ? 1 : -1))
    const how: fc.Arbitrary<Asked> = fc.record({
      query: queries(list, items, true),
      limit: fc.integer({ min: 1, max: 30 })
    })
    const examples = alone(list, items, true).map((query): [Asked] => [{ query, limit: 7 }])
    await fc.assert(
      fc.asyncProperty(how, async ({ query, limit }) => {
        const expected = idsOf(
          isOneText(list, query) ? inText(items, query) : items.filter((item) => matches(item, query))
        )
        const asked = queryOf(query, { limit: String(limit), edition: 'draft' })
        const { found } = await walk<{ id: string }>(client, `/v1/${list}?${asked}`)
        return idsOf(found).join() === expected.join()
      }),
      { numRuns: 20 + examples.length, examples }
    )
    t.pass(list)
  }
}

// Words.

/** The words of a text as everybody would count them: no capitals, no accents. */
const tokens = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []

/** What is looked for: words that stand together, the last of them perhaps only begun. */
interface Looked {
  typed: string
  words: string[]
  open: boolean
}

const shouted = (word: string) =>
  fc.constantFrom(word, word.toUpperCase(), word.normalize('NFD'), tokens(word).join('-'))
const looked: fc.Arbitrary<Looked> = fc.oneof(
  fc
    .constantFrom(...vocabulary, 'nowhere')
    .chain(shouted)
    .map((typed) => ({ typed, words: tokens(typed), open: false })),
  fc
    .tuple(fc.constantFrom(...vocabulary), fc.constantFrom(...vocabulary))
    .map(([a, b]) => ({ typed: `"${a} ${b}"`, words: tokens(`${a} ${b}`), open: false })),
  fc
    .tuple(fc.constantFrom('ferry', 'mockup', 'Москва', 'Zoë', 'e-mail'), fc.nat({ max: 6 }))
    .map(([word, n]) => {
      const begun = word.slice(0, n + 1).replace(/-$/, '')
      const typed = tokens(begun)
      return { typed: `${begun}*`, words: typed, open: [...typed.at(-1)!].length > 1 }
    })
)

const stands = (text: string, { words, open }: Looked) => {
  const all = tokens(text)
  return all.some((_, i) =>
    words.every((word, n) =>
      open && n === words.length - 1 ? all[i + n]?.startsWith(word) : all[i + n] === word
    )
  )
}

interface Searched extends Item {
  kind: string
  headline: string
  text: string
}

function searched({ articles, texts, ...rest }: Newsroom): Searched[] {
  const lists = expectedLists({ articles, ...rest })
  const itemOf = (list: string, id: string) => lists[list]!.find((one) => one.id === id)!
  const quotes = articles.flatMap((article) => article.quotes)
  const media = new Map(articles.flatMap((article) => article.media).map((file) => [file.id, file]))
  return [
    ...articles.map((a) => ({
      ...itemOf('articles', a.id),
      kind: 'article',
      headline: a.title,
      text: [a.dek, texts.get(a.id), ...a.bylines.map(({ name }) => name), ...a.tags]
        .filter(Boolean)
        .join('\n')
    })),
    ...quotes.map(({ id, text }) => ({ ...itemOf('quotes', id), kind: 'quote', headline: '', text })),
    ...[...media.values()].map(({ id, caption, alt }) => ({
      ...itemOf('media', id),
      kind: 'media',
      headline: '',
      text: `${caption ?? ''}\n${alt ?? ''}`
    }))
  ]
}

async function scanWords(t: Test, client: Client, documents: Newsroom) {
  const all = searched(documents)
  const span = fc.record(
    { 'publishedAt.gte': fc.constantFrom(...days), 'publishedAt.lt': fc.constantFrom(...days) },
    { requiredKeys: [] }
  )
  const asking = (list: string, kinds: string[]) =>
    fc.record({
      list: fc.constant(list),
      kinds: fc.constant(kinds),
      terms: fc.array(looked, { minLength: 1, maxLength: 3 }),
      query:
        list === 'search'
          ? span
          : queries(
              list,
              all.filter(({ kind }) => kinds.includes(kind))
            ),
      sort: fc.constantFrom(undefined, 'relevance', 'publishedAt', '-publishedAt'),
      limit: fc.integer({ min: 1, max: 20 })
    })
  const how = fc.oneof(
    asking('articles', ['article']),
    asking('quotes', ['quote']),
    fc.subarray(['article', 'quote', 'media'], { minLength: 1 }).chain((kinds) => asking('search', kinds))
  )
  let found = 0
  await fc.assert(
    fc.asyncProperty(how, async ({ list, kinds, terms, query, sort, limit }) => {
      const spanned = ([name, value]: [string, string | string[]]): [string, string[]] => [
        name,
        [value].flat()
      ]
      const asked = Object.fromEntries(Object.entries(query).map(spanned))
      const expected = all.filter(
        (item) =>
          kinds.includes(item.kind) &&
          matches({ ...item, instants: { publishedAt: instantOf(item), ...item.instants } }, asked) &&
          terms.every((term) => stands(item.headline, term) || stands(item.text, term))
      )
      const relevant = sort === 'relevance' || (sort === undefined && list === 'search')
      const tier = ({ headline }: Searched) => (terms.every((term) => stands(headline, term)) ? 1 : 0)
      const placeOf = (item: Searched) => `${relevant ? tier(item) : 0} ${instantOf(item)}`
      const places = expected.map(placeOf).sort()
      if (sort !== 'publishedAt') places.reverse()
      const kind = list === 'search' && kinds.length < 3 && { kind: kinds }
      const parameter = queryOf(
        { ...asked, ...kind },
        {
          q: terms.map(({ typed }) => typed).join(' '),
          ...(sort && { sort }),
          limit: String(limit),
          count: 'exact'
        }
      )
      const is = await walk<{ id: string; item?: { id: string } }>(client, `/v1/${list}?${parameter}`)
      const ids = is.found.map((one) => one.item?.id ?? one.id)
      const placesFound = ids.map((id) => placeOf(all.find((item) => item.id === id)!))
      found += ids.length
      return (
        [...ids].sort().join() === idsOf(expected).sort().join() &&
        placesFound.join() === places.join() &&
        is.counts.join() === String(expected.length)
      )
    }),
    { numRuns: 200 }
  )
  t.ok(found > 100, `${found} found`)
}

t.test('what stands throughout is found once, whatever is published while a reader pages', async (t) => {
  const client = await app(t)
  const made: Article[] = []
  for (let i = 0; i < 60; i++)
    made.push(
      await published(client, {
        ...bare,
        title: i % 2 ? `Late ferry ${i}` : `The boat ${i}`,
        slug: `story-${i}`,
        tags: [['ferry'], ['budget'], ['ferry', 'budget']][i % 3]!,
        publishedAt: days[i % 3]!,
        body: { text: 'The ferry sails.' }
      })
    )
  for (const query of [
    'articles?sort=publishedAt',
    'articles?sort=-publishedAt',
    'articles?tag=ferry,budget',
    'articles?tag=ferry,budget&sort=publishedAt',
    'articles?q=ferry',
    'articles?q=ferry&sort=publishedAt',
    'articles?q=ferry&sort=relevance&tag=ferry,budget',
    'search?q=ferry&kind=article,quote'
  ]) {
    const moving = made.splice(0, 6)
    const edited = [...made]
    let round = 0
    const { found } = await walk<{ id: string; item?: { id: string } }>(
      client,
      `/v1/${query}${query.includes('?') ? '&' : '?'}limit=7`,
      async () => {
        round++
        const [gone, moved, again] = moving.splice(0, 3)
        for (const { id } of edited.splice(-3)) {
          await client.patch(`/v1/articles/${id}`, { body: { text: `The ferry sails: ${query} ${round}.` } })
          await publish(client, id)
        }
        if (again === undefined) return
        await client.post(`/v1/articles/${gone!.id}/withdraw`)
        for (const { id } of [moved!, again]) {
          const publishedAt = id === again.id ? '2026-11-01T08:00:00.000Z' : '2026-09-01T08:00:00.000Z'
          await client.patch(`/v1/articles/${id}`, { publishedAt })
          await publish(client, id)
        }
        const publishedAt = days[1]!
        await published(client, { ...bare, title: 'A new ferry', tags: ['ferry'], publishedAt })
      }
    )
    const stable = new Set(idsOf(made))
    const counted = found.map(({ id, item }) => item?.id ?? id).filter((id) => stable.has(id))
    t.same([...counted].sort(), [...stable].sort(), `${query}: once each`)
    t.ok(moving.length === 0 && round > 3, 'things moved meanwhile')
  }
})

t.test('a word is found however it is written, and by nothing that is not it', async (t) => {
  const client = await app(t)
  const body = [
    'Café Zoë, naïve; ØRE and Ångström.',
    "Cafe\u0301s closed: the co-operative won’t, don't. A. B. Ab",
    'Москва и Йошкар-Ола. Αθήνα ΟΔΟΣ οδός',
    '東京タワー 한국 홍길동 हिन्दी שָׁלוֹם',
    'AND OR NOT NEAR headline text quote caption search',
    'I ❤️ 🚢 ferry🚢boats 100% C++ #1 a_b user@example.org 3.14 50€',
    'quo"ted back\\slash semi;colon pi|pe per%cent'
  ].join('\n\n')
  const { id } = await published(client, { ...bare, title: 'Words', body: { text: body } })
  const other = await published(client, { ...bare, title: 'Another', body: { text: 'Nothing of this.' } })
  const found = async (q: string) => listed(client, `/v1/articles?q=${encodeURIComponent(q)}`)
  for (const q of [
    'CAFE',
    'café',
    'cafe\u0301',
    'CAFÉS',
    'caf\u00adé',
    'zoe',
    'ZOË',
    'naive',
    'øre',
    'Øre',
    'angstrom',
    'co operative',
    'co-operative',
    '"CO OPERATIVE"',
    'won’t',
    "won't",
    '"don t"',
    'МОСКВА',
    'йошкар',
    'Йошкар-Ола',
    'йошкар'.normalize('NFD'),
    'αθήνα',
    'ΑΘΗΝΑ',
    'αθηνα',
    'οδος',
    'ΟΔΌΣ',
    '東京タワー',
    '東京*',
    '京',
    '국',
    '한국',
    '한국'.normalize('NFD'),
    'हिन्दी',
    'and or not near',
    'NEAR(headline text)',
    'headline:text',
    '{headline text} : quote',
    '^words',
    'caption*search',
    'quote + caption',
    '-ferry',
    'ferry 🚢',
    '🚢 ferry',
    'boats',
    'fer* bo*',
    'c++ #1',
    'a_b',
    'user@example.org',
    '3.14',
    '50 €',
    'quo ted',
    '"co operative won',
    'back\\slash',
    'semi;colon pi|pe',
    'per%cent',
    "' words",
    'words\tcafé'
  ])
    t.same(await found(q), [id], q)
  for (const q of [
    'caf',
    'caféteria',
    '"zoe café"',
    '"operative co"',
    'c* café zzz',
    'f*',
    'ферри',
    '한길동',
    'nothing words',
    'words NOT nothing',
    'words OR nothing'
  ])
    t.same(await found(q), [], q)
  for (const nothing of [
    '"',
    '*',
    '-',
    '""',
    '"*"',
    '🚢',
    '❤️',
    '%',
    '_',
    '\\',
    '(',
    '()',
    '^*:',
    '…',
    '\u0301',
    '\u0301\u0301*',
    '\u{10ffff}',
    '\t'
  ])
    for (const list of ['articles', 'quotes', 'search']) {
      const { status, body } = await client.read(`/v1/${list}?count=exact&q=${encodeURIComponent(nothing)}`)
      t.same([status, body], [200, '{"data":[],"next":null,"count":0}'], `${list} ${nothing}`)
    }
  t.same(await found('nothing'), [other.id])
  t.same(await found('a'), [id], 'one letter is a word')
  t.same(await found('a*'), [id], 'and not the beginning of one')
  t.same(await found('ab*'), [id])
  t.same(await found('é*'), [])
  for (const list of ['articles', 'quotes', 'search'])
    for (const q of ['', 'a'.repeat(201), 'é'.repeat(2000)])
      t.match((await client.read(`/v1/${list}?q=${encodeURIComponent(q)}`)).json(), {
        status: 400,
        errors: [{ in: 'query', pointer: '/q' }]
      })
  t.equal((await client.read(`/v1/articles?q=${'a '.repeat(100)}`)).status, 200)
  t.equal((await client.read('/v1/articles?q=words&q=and')).status, 400, 'words are given once')
  t.match((await client.read('/v1/articles?sort=relevance')).json(), {
    status: 400,
    errors: [{ in: 'query', pointer: '/sort', detail: /needs words/ }]
  })
  t.equal((await client.read('/v1/search')).status, 400)
})

const hostile = [
  '\u0000',
  'a\u0000b',
  "' or 1=1 --",
  "'; drop table published; --",
  "') union select document from published --",
  'ferry") OR ("a',
  'ferry* OR *',
  '{document} : *',
  'NEAR(ferry budget, 99999999999999999999)',
  'rowid:1',
  '"unclosed',
  '"" "" ""',
  '\\',
  '\\,',
  'a\\',
  '%25%00',
  '%',
  '_',
  '*',
  '../../../etc/passwd',
  '<script>alert(1)</script>',
  '{{7*7}}<%= 7*7 %>',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  '-1',
  '1e309',
  '0x7fffffff',
  'true',
  '[object Object]',
  '\ufeff',
  '\u202etxt.exe',
  '\ud83d\ude00'.repeat(50),
  'Ω'.repeat(199),
  'i\u0307'.repeat(60),
  'Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f',
  '田中さんにあげて下さい',
  'ﬁﬂŁİıſß',
  '\u0001\u0007\u001b[31m'
]

t.test('no string in any parameter finds more than what is called so, or breaks anything', async (t) => {
  const client = await app(t)
  const article = await published(client)
  const document = inlined(client.document) as {
    paths: Record<string, { get?: { security?: object[]; parameters?: { name: string; in: string }[] } }>
  }
  const lists = Object.entries(document.paths).filter(
    ([path, { get }]) =>
      path.startsWith('/v1/') &&
      // Those that are open to everybody.
      get?.security?.some((way) => Object.keys(way).length === 0) &&
      get?.parameters?.some(({ name }) => name === 'limit')
  )
  t.ok(lists.length > 10)
  let asked = 0
  for (const [path, { get }] of lists) {
    const url = path.replace('{id}', article.id)
    for (const { name } of get!.parameters!.filter((one) => one.in === 'query'))
      for (const value of hostile) {
        const needed = path === '/v1/search' && name !== 'q' ? '&q=ferry' : ''
        const { statusCode, body } = await client.server.inject(
          `${url}?${name}=${encodeURIComponent(value)}${needed}`
        )
        asked++
        if (statusCode !== 200 && statusCode !== 400) t.fail(`${url} ${name}=${value}: ${statusCode}`)
        if (statusCode === 200 && JSON.parse(body).data.length > 0)
          t.fail(`${url} ${name}=${value} finds ${body}`)
      }
    for (const name of ['__proto__', 'constructor', 'q[]', "section'", 'author.email', 'rowid'])
      t.equal(
        (await client.server.inject(`${url}?${encodeURIComponent(name)}=1`)).statusCode,
        400,
        `${url} ${name}`
      )
  }
  t.ok(asked > 1000, `${asked} questions`)
  t.equal((await client.read('/v1/articles')).json<Page<Article>>().data.length, 1, 'and all is still there')

  for (const value of hostile.filter((one) => one.length <= 100 && !/\p{Cc}|^\s*$/u.test(one))) {
    const { id } = await published(client, {
      ...bare,
      tags: [value],
      section: value,
      bylines: [{ name: value }]
    })
    for (const name of ['tag', 'section', 'author'])
      t.same(
        await listed(client, `/v1/articles?${name}=${encodeURIComponent(value)}`),
        [id],
        `${name} ${value}`
      )
    await client.post(`/v1/articles/${id}/withdraw`)
  }
})

const joinedText = (parts: Parts) => parts.map(({ text }) => text).join('')
const marked = (parts: Parts | null) => parts?.flatMap(({ text, match }) => (match ? [text] : []))

t.test('a snippet is a stretch of the text, its matches marked where the words stand', async (t) => {
  const client = await app(t)
  const plain = [
    'ferry ',
    'FERRY, ',
    'ferries ',
    'xferry ',
    '“',
    '’',
    '†',
    '—',
    ' … ',
    'word '.repeat(12),
    '‰'.repeat(90)
  ]
  const piece = fc.constantFrom(
    'ferry ',
    'Férry, ',
    'ferries ',
    'xferry ',
    'winter ',
    '🚢',
    '👩‍👩‍👧',
    'e\u0301',
    '<b>ferry</b> ',
    '"><script>alert(1)</script>',
    'word '.repeat(12),
    'x'.repeat(70),
    '\u00a0',
    '.'
  )
  const texts = [piece, fc.constantFrom(...plain)].flatMap((piece) =>
    fc.sample(fc.array(piece, { minLength: 1, maxLength: 40 }), { numRuns: 60, seed: 3 })
  )
  const bodies = new Map<string, string>()
  for (const [i, pieces] of texts.entries()) {
    const text = `${pieces.join('')} ferry ${pieces.toReversed().join('')}`
    const body = [{ _type: 'block' as const, children: [{ _type: 'span' as const, text }] }]
    const title = i % 2 ? 'The ferry <b> FERRY' : 'Boats'
    bodies.set((await published(client, { ...bare, title, slug: `s-${i}`, body })).id, text)
  }
  const { found } = await walk<SearchResult>(client, '/v1/search?q=ferry&limit=20')
  t.equal(found.length, texts.length)
  const whole = /(?<![\p{L}\p{N}\p{M}])f(?:e|é)r\p{M}*ry(?![\p{L}\p{N}\p{M}])/giu
  for (const { kind, title, snippet, item } of found) {
    const text = bodies.get(item.id)!
    const all = joinedText(snippet)
    const stretch = all.replace(/^… /, '').replace(/ …$/, '')
    const at = text.indexOf(stretch)
    if (at < 0) t.fail('not of the text', { all, text })
    if (all.startsWith('… ') ? at === 0 : !text.startsWith(stretch))
      t.fail('cut without a sign', { all, text })
    if (!all.endsWith(' …') && !text.endsWith(stretch)) t.fail('cut at the end without a sign', { all, text })
    if (!snippet.every((part) => part.text.isWellFormed())) t.fail('a character was cut', { all })
    if (stretch.length > 400) t.fail(`${stretch.length} characters`)
    const places = snippet.some(({ match }) => match)
      ? [...stretch.matchAll(whole)].map(([word]) => word)
      : null
    if (places?.join() !== marked(snippet)?.join()) t.fail('marked elsewhere', { snippet, places })
    t.same(
      [kind, marked(title)],
      ['article', item.title === 'Boats' ? [] : ['ferry', 'FERRY']],
      'and the headline whole'
    )
    t.equal(joinedText(title!), item.title)
  }

  const said = async (text: string, q: string) => {
    const { id } = await published(client, { ...bare, title: 'Other', body: { text } })
    const { data } = (await client.read(`/v1/search?q=${encodeURIComponent(q)}&limit=100`)).json<
      Page<SearchResult>
    >()
    return marked(data.find(({ item }) => item.id === id)!.snippet)
  }
  t.same(await said('A co-operative and co operatives, cooperative.', 'co-op*'), [
    'co-operative',
    'co operatives'
  ])
  t.same(await said('Jose\u0301, JOSÉ; Josés.', 'josé'), ['Jose\u0301', 'JOSÉ'])
  t.same(await said('한국 홍길동 하나', '한국'), ['한국'], 'every syllable is a letter of its own')
  t.same(await said('мой мои МОЙ', 'мой'), ['мой', 'МОЙ'])
  t.same(await said('ΟΔΟΣ οδος', 'οδος'), ['ΟΔΟΣ', 'οδος'])
  t.same(await said('हिन्दी भाषा', 'हिन्दी'), ['हिन्दी'])
  for (const begin of ['', 'x', '\u{10783}', 'Ǆ'])
    t.same(await said(`${begin} ferry ${'🚢'.repeat(300)}`, 'ferry'), ['ferry'], 'no ship is cut in two')
  t.same(await said('“Ferry”, a ferry’s—FERRY… ferryman', 'ferry'), ['Ferry', 'ferry', 'FERRY'])
  t.same(await said('The winter—pier. Winterpier; winter piers, winter pier', '"winter pier"'), [
    'winter—pier',
    'winter pier'
  ])
  t.same(await said(`${'far '.repeat(200)}near the winter pier`, 'winter pier'), ['winter', 'pier'])
  t.same(
    await said(`winter ${'far '.repeat(200)} the winter pier`, 'winter pier'),
    ['winter', 'pier'],
    'the best of it'
  )

  const told = async (q: string, story: Partial<NewStory>) => {
    const { id } = await published(client, { ...bare, bylines: [], title: 'Lines', ...story })
    const { data } = (await client.read(`/v1/search?q=${encodeURIComponent(q)}&limit=100`)).json<
      Page<SearchResult>
    >()
    return data.find(({ item }) => item.id === id)!.snippet
  }
  const lines = { dek: 'Gorse burns at night', summary: 'Nobody is hurt.', tags: ['heath', 'fire'] }
  t.same(
    joinedText(await told('gorse', { ...lines, body: { text: 'The “gorse!”\n\nIt burned (for long…)' } })),
    'Gorse burns at night · Nobody is hurt. The “gorse!” It burned (for long…) heath · fire',
    'fields and paragraphs are told apart where no sentence ends'
  )
  t.same(await told('"night nobody"', { ...lines, body: { text: 'ñ' } }), [
    { text: 'Gorse burns at ' },
    { text: 'night · Nobody', match: true },
    { text: ' is hurt. ñ · heath · fire' }
  ])
  const words = 'word\n\n'.repeat(60)
  for (let i = 0; i < 6; i++) {
    const text = `${words}${'x'.repeat(i)} broom ${words}`
    const all = joinedText(
      await told('broom', { body: [{ _type: 'block', children: [{ _type: 'span', text }] }] })
    )
    t.match(all, /^… (?:word · ){2,}x* ?broom (?:word · ){5,}word …$/, 'no dot at its ends')
  }

  const file = await created(client, '/v1/media', {
    kind: 'image',
    caption: 'A tug.',
    alt: 'Smoke over a tug'
  })
  await created(client, `/v1/media/${file.id}/credits`, { creditLine: 'Ana' })
  const article = await published(client, { ...ferry, leadMediaId: file.id, title: 'Nothing else' })
  const { data: pictures } = (await client.read('/v1/search?q=tug&kind=media')).json<Page<SearchResult>>()
  t.match(pictures, [{ kind: 'media', title: null, item: { id: file.id } }])
  t.same(marked(pictures[0]!.snippet), ['tug', 'tug'])
  t.equal(joinedText(pictures[0]!.snippet), 'A tug. Smoke over a tug')
  const { data: quotes } = (await client.read('/v1/search?q=keep+sailing&kind=quote')).json<
    Page<SearchResult>
  >()
  t.match(quotes, [{ kind: 'quote', title: null, item: { id: article.quotes[0]!.id } }])
})

t.test('fields gives those and no others, include what belongs to it', async (t) => {
  const client = await app(t)
  const quotes = Array.from({ length: 23 }, (_, i) => ({
    kind: 'indirect' as const,
    text: `What ${i} said`,
    attributions: [{ hops: [{ sourceId: `s${i}`, relation: 'said' as const }] }]
  }))
  const sources = quotes.map((_, i) => ({ key: `s${i}`, kind: 'person' as const, name: `Person ${i}` }))
  const media = [{ key: 'lead', kind: 'image' as const, credits: [{ creditLine: 'Ana' }] }]
  quotes[0]!.attributions = sources
    .slice(0, 20)
    .map(({ key }) => ({ hops: [{ sourceId: key, relation: 'said' }] }))
  quotes[1]!.attributions = sources.slice(0, 20).map(({ key }, i) => ({
    hops: [
      { sourceId: key, relation: 'said' },
      { sourceId: `s${20 + (i % 3)}`, relation: 'said' }
    ]
  }))
  const article = await published(client, {
    quotes,
    sources,
    media,
    leadMediaId: 'lead',
    attributions: [{ claim: 'The board agreed', hops: [{ sourceId: 's1', relation: 'said' }] }]
  })
  await comment(
    client,
    article.id,
    Array.from({ length: 25 }, (_, i) => ({ parent: i % 3 ? 0 : 99, shown: true }))
  )
  const read = async <T>(url: string) => (await client.read(url)).json<T>()

  t.same(await read('/v1/articles?fields=title,id'), {
    data: [{ id: article.id, title: article.title }],
    next: null
  })
  t.same((await read<Page<object>>('/v1/articles?fields=title&q=ferry')).data, [{ title: article.title }])
  for (const list of ['quotes', 'attributions', 'sources', 'media', 'media-credits', 'comments'])
    for (const one of (await read<Page<object>>(`/v1/${list}?fields=id&limit=100`)).data)
      t.same(Object.keys(one), ['id'], list)

  type Included = Record<string, Page<{ id: string; articleId: string }>>
  type Including = Page<{ id: string; included: Included }>
  const names = ['quotes', 'attributions', 'corrections', 'sources', 'media', 'comments']
  const [whole] = (await read<Including>(`/v1/articles?include=${names}&fields=id`)).data
  t.same(Object.keys(whole!), ['id', 'included'])
  t.same(Object.keys(whole!.included), names)
  for (const name of names) {
    const { data, next } = whole!.included[name]!
    const all = await listed(client, `/v1/${name}?article=${article.id}`)
    t.equal(data.length, Math.min(20, all.length), name)
    const rest = next === null ? [] : await listed(client, next)
    t.same([...idsOf(data), ...rest], all, `${name}: the address of the rest goes on where it stopped`)
    t.equal(next === null, all.length <= 20, name)
  }
  t.ok(whole!.included.comments!.next && whole!.included.quotes!.next && whole!.included.sources!.next)

  const { data: all } = await read<Including>('/v1/quotes?include=article,sources&limit=100')
  for (const { id, included } of all as (Including['data'][number] & { included: { article: unknown } })[]) {
    t.match(included.article, { id: article.id, title: article.title, leadMedia: { kind: 'image' } })
    const named = article.quotes
      .find((one) => one.id === id)!
      .attributions.flatMap(({ hops }) => hops.map(({ sourceId }) => sourceId!))
    const { data, next } = included.sources!
    t.equal(data.length, Math.min(20, new Set(named).size))
    const rest = next === null ? [] : (await read<Including>(next)).data
    const others = rest.flatMap(({ included }) => idsOf(included.sources!.data))
    t.same(
      new Set([...idsOf(data), ...others]),
      new Set(named),
      'its attributions have room for all of theirs'
    )
  }
  const [reply] = (await read<Page<Comment>>(`/v1/comments?article=${article.id}&limit=100`)).data.filter(
    ({ parentId }) => parentId !== null
  )
  const thread = await read<Including>(`/v1/comments?include=article,replies&limit=1`)
  t.match(thread.data, [{ id: reply!.parentId!, included: { article: { id: article.id } } }])
  t.same(
    idsOf(thread.data[0]!.included.replies!.data),
    (await listed(client, `/v1/comments?parent=${reply!.parentId}`)).slice(0, 20)
  )
  const [attribution] = (
    await read<Including>('/v1/attributions?include=quote,article,sources&limit=100')
  ).data.filter((one) => 'claim' in one && one.claim)
  t.match(attribution!.included, {
    quote: null,
    article: { id: article.id },
    sources: { data: [{ name: 'Person 1' }] }
  })
  t.match((await read<Including>('/v1/media-credits?include=media')).data, [
    { included: { media: { kind: 'image' } } }
  ])
  const [source] = (await read<Including>('/v1/sources?include=articles,quotes,articles')).data
  t.same(idsOf(source!.included.articles!.data), [article.id])
  t.match((await read<{ included: object }>(`/v1/articles/${article.slug}?include=comments`)).included, {
    comments: { data: (await read<Page<object>>(`/v1/articles/${article.id}/comments`)).data }
  })
  for (const [url, told] of [
    ['articles?include=quotes,nothing', /quotes, attributions, corrections, sources, media, comments/],
    ['quotes?include=email', /article, sources/],
    ['articles?fields=body', /id, slug, title/],
    ['comments?fields=email', /author/],
    ['sources?fields=notes', /sameAs/],
    [`articles/${article.id}?include=quotes`, /comments/]
  ] as const)
    t.match(
      (await client.read(`/v1/${url}`)).json(),
      { status: 400, errors: [{ in: 'query', detail: told }] },
      url
    )
  t.equal((await client.read('/v1/media?include=credits')).status, 400)
})

t.test(
  'several values have commas between them, a comma within one is encoded, and twenty are the most',
  async (t) => {
    const client = await app(t)
    await client.put('/v1/publisher', { name: 'News', url: 'https://news.example', language: 'en' })
    const tagged = async (...tags: string[]) => (await published(client, { ...bare, tags })).id
    const [ab, a, b, slash] = [
      await tagged('a, b'),
      await tagged('a'),
      await tagged('b'),
      await tagged('a\\')
    ]
    for (const [query, ids] of [
      ['tag=a%2C%20b', [ab]],
      ['tag=a%2c+b', [ab]],
      ['t%61g=a%2C%20b', [ab]],
      ['tag=a,b', [b, a]],
      ['tag=a%2C%20b,a', [a, ab]],
      ['tag=a&tag=b', [b, a]],
      ['tag=a&tag=a%2C+b', [a, ab]],
      ['tag=a,a,a', [a]],
      ['tag=a%5C', [slash]],
      ['tag=a%2Cb', []],
      ['tag=c', []]
    ] as const) {
      t.same(await listed(client, `/v1/articles?${query}`), ids, query)
      const drafts = (await client.get(`/v1/articles?edition=draft&${query}`)).json<{
        data: { id: string }[]
      }>()
      t.same(
        drafts.data.map(({ id }) => id),
        [...ids],
        query
      )
      const feed = (await client.read(`/v1/feeds/json?${query}`)).json<{ items: unknown[] }>()
      t.equal(feed.items.length, ids.length, query)
      // The Link of each page leads through all of them.
      const walked: string[] = []
      for (let next: string | undefined = `/v1/articles?limit=1&${query}`; next; ) {
        const { headers, ...page } = await client.read(next)
        walked.push(...page.json<{ data: { id: string }[] }>().data.map(({ id }) => id))
        next = /<(.*)>; rel="next"/.exec(String(headers.link))?.[1]
      }
      t.same(walked, ids, query)
    }
    t.match((await client.read('/v1/articles?fields=id%2Ctitle')).json(), {
      status: 400,
      errors: [{ in: 'query', pointer: '/fields/0', detail: /must be one of: .* repeat the parameter/ }]
    })
    t.same(await listed(client, `/v1/articles?tag=${Array(19).fill('c')},a`), [a])
    t.same(await listed(client, `/v1/articles?tag=${Array.from({ length: 19 }, (_, i) => `c${i}`)},a`), [a])
    t.match((await client.read(`/v1/articles?tag=${Array(20).fill('c')},a`)).json(), {
      status: 400,
      errors: [{ in: 'query', pointer: '/tag', detail: 'must have 20 items at most.' }]
    })
    for (const value of ['', ',', 'a,,b', 'a,']) {
      const answer = await client.read(`/v1/articles?tag=${value}`)
      t.match(answer.json(), { status: 400, errors: [{ in: 'query' }] }, value)
    }
    t.equal((await client.read('/v1/articles?hasCorrection=maybe')).status, 400)
    t.equal((await client.read('/v1/articles?count=about')).status, 400)
  }
)

t.test('what only one edition offers is refused in the other, by name', async (t) => {
  const client = await app(t)
  for (const [list, parameter] of [
    ['articles', 'sort=publishedAt'],
    ['articles', 'fields=id'],
    ['articles', 'include=quotes'],
    ['quotes', 'q=a'],
    ['quotes', 'count=exact'],
    ['attributions', 'include=quote'],
    ['sources', 'sort=createdAt'],
    ['media', 'fields=id'],
    ['media-credits', 'creator=a'],
    ['media-credits', 'supplier=a'],
    ['media-credits', 'include=media'],
    ['corrections', 'include=article'],
    ['comments', 'count=exact'],
    ['comments', 'include=article']
  ] as const) {
    const [name] = parameter.split('=')
    t.equal((await client.get(`/v1/${list}?${parameter}`)).status, 200, `${list} ${parameter}`)
    t.match((await client.get(`/v1/${list}?edition=draft&${parameter}`)).json(), {
      status: 400,
      errors: [{ in: 'query', pointer: `/${name}`, detail: /published edition only/ }]
    })
  }
  t.match(
    (await client.get('/v1/articles/art_00000000000000000000000000?edition=draft&include=comments')).json(),
    {
      status: 400,
      errors: [{ pointer: '/include' }]
    }
  )
  for (const url of ['articles?status=draft', 'comments?status=pending'])
    t.match((await client.get(`/v1/${url}`)).json(), {
      status: 400,
      errors: [{ pointer: '/status', detail: /edition=draft/ }]
    })
})

t.test(
  'related articles share sources, or tags, or the section: never itself, never what is not public',
  async (t) => {
    const client = await app(t)
    const person = async (name: string) => (await created(client, '/v1/sources', { kind: 'person', name })).id
    const [mara, anselm] = [await person('Mara'), await person('Anselm')]
    const about = (title: string, { by, ...story }: Partial<NewStory> & { by?: string }) =>
      published(client, {
        ...bare,
        title,
        body: { text: 'It was said.' },
        ...(by && {
          attributions: [{ claim: 'It was', hops: [{ sourceId: by, relation: 'said' as const }] }]
        }),
        ...story
      })
    const section = await about('Same section', { section: 'harbour' })
    const tag = await about('Same tag', { tags: ['crab'] })
    const source = await about('Same source', { by: mara })
    const both = await about('Source and tag', { by: mara, tags: ['crab'] })
    const unlike = await about('Nothing shared', { by: anselm, tags: ['other'], section: 'sport' })
    const gone = await about('Withdrawn', { by: mara, tags: ['crab'], section: 'harbour' })
    await client.post(`/v1/articles/${gone.id}/withdraw`)
    const draft = await client.draft({ ...bare, title: 'A draft', tags: ['crab'], section: 'harbour' })
    const one = await about('This one', { by: mara, tags: ['crab'], section: 'harbour' })
    const related = async (query = '') =>
      idsOf((await client.read(`/v1/articles/${one.id}/related${query}`)).json<Page<Article>>().data)
    t.same(await related(), [both.id, source.id, tag.id, section.id])
    t.same(await related('?limit=2'), [both.id, source.id])
    t.match((await client.read(`/v1/articles/${one.id}/related`)).json(), {
      data: [{ title: 'Source and tag', slug: both.slug }, {}, {}, {}],
      next: null
    })
    t.same((await client.read(`/v1/articles/${unlike.id}/related`)).json(), { data: [], next: null })
    await client.patch(`/v1/articles/${both.id}`, { tags: [], attributions: undefined })
    t.equal((await related())[0], both.id, 'an edit waits for its publishing')
    await client.post(`/v1/articles/${both.id}/withdraw`)
    t.same(await related(), [source.id, tag.id, section.id])
    for (let i = 0; i < 4; i++) await about(`Later ${i}`, { section: 'harbour' })
    t.equal((await related()).length, 5, 'five, when nobody says how many')
    t.equal((await related('?limit=20')).length, 7)
    t.same((await related()).slice(0, 2), [source.id, tag.id], 'what is common says little')
    const older = await about('Older', { tags: ['alpha'], publishedAt: days[0]! })
    const newer = await about('Newer', { tags: ['beta'], publishedAt: days[1]! })
    const { id } = await about('Of both', { tags: ['alpha', 'beta'] })
    const among = (await client.read(`/v1/articles/${id}/related`)).json<Page<Article>>()
    t.same(idsOf(among.data), [newer.id, older.id], 'the newest first among equals')
    for (const limit of ['0', '101', 'x'])
      t.equal((await client.read(`/v1/articles/${one.id}/related?limit=${limit}`)).status, 400)
    t.equal((await client.read(`/v1/articles/${gone.id}/related`)).status, 410)
    t.equal((await client.read(`/v1/articles/${draft.id}/related`)).status, 404)
    t.equal((await client.read('/v1/articles/art_00000000000000000000000000/related')).status, 404)
    t.equal((await client.read(`/v1/articles/${one.slug}/related`)).status, 200)
  }
)

t.test('sections and tags are those that something is published under, with how much', async (t) => {
  const client = await app(t)
  const topics = async (list: string, query = '') =>
    (await walk<Topic>(client, `/v1/${list}?limit=2${query}`)).found.map(
      ({ name, articles }) => `${name} ${articles}`
    )
  t.same([await topics('sections'), await topics('tags')], [[], []])
  const one = await published(client, { ...bare, section: 'harbour', tags: ['ferry', 'crab'] })
  const two = await published(client, { ...bare, section: 'arts, books', tags: ['ferry', 'Ferry', 'Åre'] })
  await published(client, { ...bare, section: 'harbour', tags: ['ferry'] })
  await client.draft({ ...bare, section: 'drafts', tags: ['drafted'] })
  t.same(await topics('sections'), ['arts, books 1', 'harbour 2'])
  t.same(await topics('tags'), ['Ferry 1', 'crab 1', 'ferry 3', 'Åre 1'])
  const largest = async () => (await client.read('/v1/tags?sort=-articles&limit=2')).json()
  t.same(await largest(), {
    data: [
      { name: 'ferry', articles: 3 },
      { name: 'Ferry', articles: 1 }
    ],
    next: null
  })
  t.same((await client.read('/v1/tags')).json<Page<Topic>>().data.length, 4)

  await client.patch(`/v1/articles/${one.id}`, {
    section: 'council',
    tags: ['crab', 'pumps'],
    publishedAt: days[0]
  })
  t.same(await topics('tags'), ['Ferry 1', 'crab 1', 'ferry 3', 'Åre 1'], 'an edit waits for its publishing')
  await publish(client, one.id)
  t.same(await topics('sections'), ['arts, books 1', 'council 1', 'harbour 1'])
  t.same(await topics('tags'), ['Ferry 1', 'crab 1', 'ferry 2', 'pumps 1', 'Åre 1'])
  await publish(client, one.id)
  await client.post(`/v1/articles/${two.id}/withdraw`)
  t.same(await topics('sections', '&sort=name'), ['council 1', 'harbour 1'])
  t.same(await topics('tags'), ['crab 1', 'ferry 1', 'pumps 1'])
  await publish(client, two.id)
  t.same(await topics('tags'), ['Ferry 1', 'crab 1', 'ferry 2', 'pumps 1', 'Åre 1'])
  for (const { name, articles } of (await client.read('/v1/tags')).json<Page<Topic>>().data)
    t.equal((await listed(client, `/v1/articles?tag=${name}`)).length, articles, name)
  for (const cursor of ['nonsense', Buffer.from('["a","b"]').toString('base64url')])
    t.match((await client.read(`/v1/tags?cursor=${cursor}`)).json(), { type: '/problems/invalid-cursor' })
})

t.test('an article is found by each of a hundred tags, and by none that an edit took from it', async (t) => {
  const client = await app(t)
  const tags = Array.from({ length: 100 }, (_, i) => `tag ${i}`)
  const { id } = await published(client, { ...bare, tags })
  const counted = async () =>
    (await walk<Topic>(client, '/v1/tags?limit=100')).found.filter(({ articles }) => articles === 1).length
  t.equal(await counted(), 100)
  for (const tag of tags) t.same(await listed(client, `/v1/articles?tag=${encodeURIComponent(tag)}`), [id])
  await client.patch(`/v1/articles/${id}`, { tags: [...tags.slice(40), 'one more'] })
  await publish(client, id)
  t.equal(await counted(), 61)
  t.same(await listed(client, '/v1/articles?tag=tag%2039'), [])
  for (const tag of ['tag 40', 'one more'])
    t.same(await listed(client, `/v1/articles?tag=${encodeURIComponent(tag)}`), [id])
})

t.test('a cursor is only what a page of the same list gave', async (t) => {
  const client = await app(t)
  for (let i = 0; i < 3; i++) await published(client, { ...bare, title: `Ferry ${i}` })
  const { next } = (await client.read('/v1/articles?limit=1')).json<Page<Article>>()
  const most = String((1n << 63n) - 2n)
  const nextOf = async (url: string) => (await client.read(`/v1/${url}&limit=1`)).json<Page<Article>>().next
  for (const url of ['articles?q=ferry', 'search?q=ferry', 'articles?q=ferry&sort=relevance']) {
    const own = await nextOf(url)
    for (const cursor of [
      next!,
      'nonsense',
      forged(own, '0'),
      forged(own, '2', '1'),
      forged(own, '0', 'x'),
      forged(own, '0', '01'),
      forged(own, '0', '-0'),
      forged(own, '0', String((1n << 63n) - 1n)),
      forged(own, '0', String(1n << 63n))
    ])
      t.match(
        (await client.read(`/v1/${url}&cursor=${cursor}`)).json(),
        { type: '/problems/invalid-cursor' },
        cursor
      )
  }
  for (const sort of ['relevance', 'publishedAt', '-publishedAt'])
    for (const row of ['0', '-1', most, `-${most}`]) {
      const url = `search?q=ferry&sort=${sort}`
      const cursor = forged(await nextOf(url), '1', row)
      t.equal((await client.read(`/v1/${url}&cursor=${cursor}`)).status, 200, `${sort} ${row}`)
    }
})

t.test('what is not published is found by nothing', async (t) => {
  const client = await app(t)
  const secrets: string[] = []
  const secret = (where: string) => {
    secrets.push(`zq${where}`)
    return `zq${where}`
  }
  const full = (where: string, said: string) => ({
    title: `${secret(`${where}title`)} story`,
    section: secret(`${where}section`),
    tags: [secret(`${where}tag`)],
    bylines: [{ name: secret(`${where}byline`) }],
    dek: secret(`${where}dek`),
    dateline: secret(`${where}dateline`),
    body: { text: `${secret(`${where}body`)} stands. It was said.` },
    sources: [
      { key: 'who', kind: 'person' as const, name: secret(`${where}source`), notes: secret(`${where}notes`) }
    ],
    media: [
      {
        key: 'lead',
        kind: 'image' as const,
        caption: secret(`${where}caption`),
        alt: secret(`${where}alt`),
        credits: [
          {
            creditLine: secret(`${where}credit`),
            creators: [secret(`${where}creator`)],
            suppliers: [secret(`${where}supplier`)]
          }
        ]
      }
    ],
    leadMediaId: 'lead',
    quotes: [
      {
        kind: 'indirect' as const,
        text: secret(`${where}quote`),
        attributions: [{ hops: [{ sourceId: 'who', relation: 'said' as const }] }]
      }
    ],
    attributions: [{ claim: said, hops: [{ sourceId: 'who', relation: 'said' as const }] }]
  })
  const shown = await published(client, { ...ferry, title: 'Shown', tags: ['shared'], section: 'harbour' })
  const draft = await client.draft(full('draft', 'It was said'))
  const gone = await published(client, full('withdrawn', 'It was said'))
  await client.post(`/v1/articles/${gone.id}/withdraw`)
  const [source] = shown.sources
  await client.patch(`/v1/sources/${source!.id}`, { notes: secret('notes'), role: secret('role') })
  await client.patch(`/v1/articles/${shown.id}`, {
    title: secret('editedtitle'),
    tags: [secret('editedtag'), 'shared'],
    section: secret('editedsection'),
    bylines: [{ name: secret('editedbyline') }],
    embargoUntil: '2999-01-01T00:00:00Z'
  })
  await created(client, `/v1/articles/${shown.id}/quotes`, { kind: 'indirect', text: secret('editedquote') })
  await created(client, `/v1/articles/${shown.id}/corrections`, {
    kind: 'update',
    text: secret('correction')
  })
  const author = { name: 'Ines', email: 'zqemail@example.org', key: secret('key-of-the-author') }
  secrets.push('zqemail')
  const spoken = await created(client, `/v1/articles/${shown.id}/comments`, { author, body: 'Shown.' })
  await client.post(`/v1/comments/${spoken.id}/approve`)
  await created(client, `/v1/articles/${shown.id}/comments`, { author, body: secret('pending') })

  const include: Record<string, string> = {
    articles: 'quotes,attributions,corrections,sources,media,comments',
    quotes: 'article,sources',
    attributions: 'article,sources,quote',
    sources: 'articles,quotes',
    comments: 'article,replies',
    corrections: 'article',
    'media-credits': 'media'
  }
  const everything = [
    ...publicLists.flatMap((list) => [
      `${list}?limit=100&count=exact`,
      ...(include[list] ? [`${list}?limit=100&include=${include[list]}`] : []),
      ...[draft.id, gone.id].map((id) => `${list}?${list === 'articles' ? 'q' : 'article'}=${id}`)
    ]),
    'sections',
    'tags',
    'tags?sort=-articles',
    `articles/${shown.id}?include=comments`,
    `articles/${shown.id}/related`,
    `articles/${shown.id}/comments`,
    'search?q=story',
    'search?q=said&limit=100',
    `articles?source=${draft.sources[0]!.id}`,
    `articles?source=${gone.sources[0]!.id}`,
    'articles?tag=shared'
  ]
  for (const url of everything) {
    const answer = await client.read(`/v1/${url}`)
    t.equal(answer.status, 200, url)
    const leaked = secrets.filter((word) => answer.body.includes(word))
    if (leaked.length > 0 || answer.body.includes(draft.id) || answer.body.includes(gone.id))
      t.fail(`${url} tells ${leaked}`)
  }
  const empty = '{"data":[],"next":null,"count":0}'
  for (const word of secrets)
    for (const url of [
      ...['articles', 'quotes', 'search'].flatMap((list) => [
        `${list}?q=${word}`,
        `${list}?q=${word.slice(0, -1)}*`,
        `${list}?q=shown+${word}`
      ]),
      ...['section', 'tag', 'author'].map((name) => `articles?${name}=${word}`),
      ...['creator', 'supplier'].map((name) => `media-credits?${name}=${word}`)
    ])
      if ((await client.read(`/v1/${url}&count=exact`)).body !== empty) t.fail(`${url} finds something`)
  t.same(await listed(client, '/v1/articles?q=shown'), [shown.id], 'what is published is')

  // A filter on what is private does not exist.
  const asked = async (list: string, name: string, value: string) => {
    const { status, body } = await client.read(`/v1/${list}?${name}=${encodeURIComponent(value)}`)
    return [status, body.replace(/urn:uuid:[-0-9a-f]+/, '')]
  }
  for (const [list, name, stored] of [
    ['comments', 'email', author.email],
    ['comments', 'author.email', author.email],
    ['comments', 'key', author.key],
    ['comments', 'author', 'Ines'],
    ['sources', 'notes', 'zqnotes'],
    ['articles', 'embargoUntil', '2999-01-01T00:00:00Z'],
    ['articles', 'embargoUntil.gte', '2999-01-01T00:00:00Z'],
    ['attributions', 'terms', 'on_record'],
    ['articles', 'status', 'draft'],
    ['comments', 'status', 'pending']
  ] as const) {
    const [status, body] = await asked(list, name, stored)
    t.equal(status, 400, `${list} ${name}`)
    if (name !== 'status') t.same(await asked(list, name, 'never stored'), [status, body], `${list} ${name}`)
  }
})

t.test('a millisecond that is full overflows into the next', async (t) => {
  const client = await app(t)
  const { publishedAt } = await published(client, {
    ...bare,
    title: 'Ferry one',
    publishedAt: '2026-10-03T08:00:00Z'
  })
  const last = firstRow(publishedAt!) + (1n << 20n) - 1n
  const words = { headline: 'Ferry', text: '', quote: '', caption: '' }
  await client.db.write('test', (tx) =>
    tx.q
      .insert(tx.t.searchable)
      .values({ row: last, kind: 'article', id: 'last', ...words })
      .returning()
  )
  const { id } = await published(client, { ...bare, title: 'Ferry two', publishedAt: '2026-10-03T08:00:00Z' })
  const { data } = (await client.read('/v1/articles?q=ferry')).json<Page<{ id: string }>>()
  t.equal(data[0]!.id, id)
  t.equal(data.length, 2)
})

t.test('a beginning of any length finds the words that begin so, where they are searched', async (t) => {
  const client = await app(t)
  const { id } = await published(client, {
    ...bare,
    title: 'Ferries of Åland',
    // Letters of Deseret are beyond 16 bits; those of Cherokee are folded to capitals.
    body: { text: 'A TIMETABLE for winter, \u{10428}\u{10429}\u{1042a}\u{1042b} \u{10428}\u{10430} ꭰꭱꭲꭳ' }
  })
  const found = async (q: string, kinds = '') => {
    const { data } = (await client.read(`/v1/search?q=${encodeURIComponent(q)}${kinds}`)).json<
      Page<{ item: { id: string } }>
    >()
    return data.map(({ item }) => item.id)
  }
  const there = [
    'fe*',
    'fer*',
    'ferr*',
    'FE*',
    'ti*',
    'tim*',
    'timet*',
    'al*',
    'Ål*',
    'wi* ti* fo*',
    'fe* winter',
    'ferries of al*'
  ]
  const beyond = [
    '\u{10428}\u{10429}*',
    '\u{10400}\u{10401}\u{10402}*',
    '\u{10428}\u{10429}\u{1042a}\u{1042b}*',
    'ꭰꭱ*',
    'ᎠᎡᎢ*'
  ]
  for (const q of [...there, ...beyond]) {
    t.same(await found(q), [id], q)
    t.same(await found(q, '&kind=article'), [id], `${q} in articles`)
    t.same(await found(q, '&kind=quote'), [], `${q} in quotes`)
  }
  for (const q of ['er*', 'fex*', 'fe* sum*', '"ti* ferries"', 'of wi*x', '\u{10429}\u{1042a}*', '¦fe'])
    t.same(await found(q), [], q)
  t.same((await client.read('/v1/search?q=fe*&sort=relevance')).json<Page<object>>().data.length, 1)
})

t.test('what is marked is whole words, each once, however the words overlap', async (t) => {
  const client = await app(t)
  await published(client, { ...bare, title: 'Ferry', body: { text: 'Offerry ferryman, ferry-house; ferry' } })
  const marked = async (q: string) => {
    const answer = await client.read(`/v1/search?q=${encodeURIComponent(q)}`)
    const [found] = answer.json<{ data: { snippet: { text: string; match?: true }[] }[] }>().data
    return found!.snippet.filter(({ match }) => match).map(({ text }) => text)
  }
  t.same(await marked('ferry'), ['ferry', 'ferry'])
  t.same(await marked('ferry fer*'), ['ferryman', 'ferry', 'ferry'])
  t.same(await marked('ferry house fer*'), ['ferryman', 'ferry', 'house', 'ferry'])
})
