// What comes from elsewhere is found again: ids of other systems, sources by name and address, pictures by address.
import t from 'tap'
import type { DraftArticle, NewStory } from '../../src/content/articles/schema.ts'
import type { DraftMedia } from '../../src/content/media/schema.ts'
import type { DraftSource, NewSource } from '../../src/content/sources/schema.ts'
import type { Problem } from '../../src/http/problems.ts'
import type { Imported } from '../../src/importing/records/schema.ts'
import { app, type Client, ferry } from '../support/app.ts'

interface Page<T> {
  data: T[]
}

const wire = (id: string) => ({ system: 'harbour-wire', id })

const sources = async ({ get }: Client, query = '') =>
  (await get(`/v1/sources?edition=draft&limit=100${query}`)).json<Page<DraftSource>>().data

/** The source that a story with this one names. */
async function named(client: Client, source: Partial<NewSource> & { name: string }) {
  const story = await client.draft({
    body: { text: '"Yes," she said.' },
    sources: [{ key: 'she', kind: 'person', ...source }],
    quotes: [{ text: 'Yes', attributions: [{ hops: [{ sourceId: 'she', relation: 'said' }] }] }]
  })
  return story.quotes[0]!.attributions[0]!.hops[0]!.sourceId!
}

t.test('an external id is kept at the desk, found, and had by one record of its kind', async (t) => {
  const client = await app(t)
  const { get, post, patch, read } = client
  const story = await client.draft({ externalId: wire('a:1') })
  const source = (
    await post('/v1/sources', { kind: 'person', name: 'Bo', externalId: wire('a:1') })
  ).json<DraftSource>()
  const file = (await post('/v1/media', { kind: 'image', externalId: wire('a:1') })).json<DraftMedia>()
  for (const [list, { id, externalId }] of [
    ['articles', story],
    ['sources', source],
    ['media', file]
  ] as const) {
    t.same(externalId, wire('a:1'))
    const found = async (value: string) =>
      (await get(`/v1/${list}?edition=draft&externalId=${value}`))
        .json<Page<{ id: string }>>()
        .data.map((one) => one.id)
    t.same(await found('harbour-wire:a:1'), [id], list)
    t.same(await found('harbour-wire:a'), [])
    t.same(await found('other:a:1,harbour-wire:a:1'), [id])
    t.match((await read(`/v1/${list}?externalId=harbour-wire:a:1`)).json(), {
      status: 400,
      detail: /needs edition=draft/
    })
    const body = {
      articles: { title: 'x' },
      sources: { kind: 'person', name: 'x' },
      media: { kind: 'image' }
    }[list]
    const taken = await post(`/v1/${list}`, { ...body, externalId: wire('a:1') })
    t.match(taken.json(), {
      status: 409,
      errors: [{ pointer: '/externalId', detail: new RegExp(`^${id} has the id a:1`) }]
    })
    const other = (await post(`/v1/${list}`, { ...body, externalId: wire('a:2') })).json<{ id: string }>().id
    t.equal((await patch(`/v1/${list}/${other}`, { externalId: wire('a:1') })).status, 409)
    t.equal(
      (await patch(`/v1/${list}/${id}`, { externalId: wire('a:1') })).status,
      200,
      'its own it may keep'
    )
    t.equal((await patch(`/v1/${list}/${id}`, { externalId: null })).status, 200)
    t.equal((await patch(`/v1/${list}/${other}`, { externalId: wire('a:1') })).status, 200, 'and give away')
    t.equal((await post(`/v1/${list}`, { ...body, externalId: { system: 'Wire', id: 'x' } })).status, 400)
  }
})

t.test('readers see neither external ids nor aliases, and a copy has none', async (t) => {
  const client = await app(t)
  const { read, post } = client
  const story = await client.draft({
    externalId: wire('zq-1'),
    sources: [{ ...ferry.sources[0]!, aliases: ['zq-alias'], externalId: wire('zq-2') }],
    leadMediaId: 'lead',
    media: [
      {
        key: 'lead',
        kind: 'image',
        url: 'https://a.example/b.jpg',
        alt: 'x',
        externalId: wire('zq-3'),
        credits: [{ creditLine: 'Ana' }]
      }
    ]
  })
  const copy = (await post(`/v1/articles/${story.id}/duplicate`)).json<DraftArticle>()
  t.equal(copy.externalId, null)
  t.equal((await post(`/v1/articles/${story.id}/publish`)).status, 200)
  for (const url of [
    `articles/${story.id}`,
    `sources/${story.sources[0]!.id}`,
    `media/${story.media[0]!.id}`,
    'articles',
    'sources',
    'media',
    'quotes?include=sources'
  ])
    t.notMatch((await read(`/v1/${url}`)).body, /zq-/, url)
})

t.test('an external id goes with its article into the trash', async (t) => {
  const { draft, remove, post } = await app(t)
  const { id } = await draft({ externalId: wire('1') })
  await remove(`/v1/articles/${id}`)
  t.match((await post('/v1/articles', { title: 'Again', externalId: wire('1') })).json(), { status: 409 })
})

t.test('a source is known by its aliases', async (t) => {
  const client = await app(t)
  const { post, patch } = client
  const { id } = (
    await post('/v1/sources', { kind: 'person', name: 'Mara Lindqvist', aliases: ['M. Lindqvist', 'Mára'] })
  ).json<DraftSource>()
  await post('/v1/sources', { kind: 'person', name: 'Another' })
  const found = async (query: string) => (await sources(client, query)).map((one) => one.id)
  t.same(await found('&alias=m%20LINDQVIST'), [id])
  t.same(await found('&alias=the%20mara%20lindqvist'), [id])
  t.same(await found('&alias=Lindqvist'), [])
  t.same(await found('&q=mara'), [id])
  await patch(`/v1/sources/${id}`, { aliases: ['Captain Lindqvist'] })
  t.same(await found('&alias=M.%20Lindqvist'), [])
  t.same(await found('&alias=captain%20lindqvist&q=captain'), [id])
  t.same(await found('&alias=mara%20lindqvist'), [id])
  await patch(`/v1/sources/${id}`, { name: '!!!', aliases: [] })
  t.same(await found('&alias=mara%20lindqvist'), [])
  t.match((await client.read('/v1/sources?alias=x')).json<Problem>(), {
    status: 400,
    detail: /needs edition=draft/
  })
})

t.test('a source of a story is the one that the newsroom has, where nothing contradicts', async (t) => {
  const client = await app(t)
  const { post } = client
  const made = async (source: Partial<NewSource>) =>
    (await post('/v1/sources', { kind: 'person', name: 'Mara Lindqvist', ...source })).json<DraftSource>().id
  const wiki = 'https://people.example/lindqvist'
  const port = await made({ kind: 'organization', name: 'Port' })
  const town = await made({ kind: 'organization', name: 'Town' })
  const mara = await made({
    role: 'harbour master',
    affiliationId: port,
    sameAs: [wiki],
    aliases: ['Captain Mara'],
    externalId: wire('p1')
  })
  const name = 'Mara Lindqvist'
  const same: [string, Partial<NewSource> & { name: string }][] = [
    ['the same name', { name }],
    ['another spelling', { name: 'mara LÍNDQVIST' }],
    ['an alias', { name: 'Captain Mara' }],
    ['the same role, written otherwise', { name, role: 'The Harbour Master' }],
    ['the same affiliation', { name, affiliationId: port }],
    ['an address, and another name', { name: 'M. L.', sameAs: ['https://b.example', wiki] }],
    ['an external id, and another name', { name: 'Q', role: 'mate', externalId: wire('p1') }]
  ]
  for (const [what, source] of same) t.equal(await named(client, source), mara, what)
  const others: [string, Partial<NewSource> & { name: string }][] = [
    ['another name', { name: 'Mara Lindquist' }],
    ['another kind', { name, kind: 'organization' }],
    ['another role', { name, role: 'teacher' }],
    ['another affiliation', { name, affiliationId: town }],
    ['another address', { name, sameAs: ['https://people.example/another'] }],
    ['an address, and another id', { name: 'M. L.', sameAs: [wiki], externalId: wire('p2') }],
    ['another id of the same system', { name, externalId: wire('p3') }]
  ]
  for (const [what, source] of others) {
    const id = await named(client, source)
    t.not(id, mara, what)
    t.equal(await named(client, source), id, `${what}: found again itself`)
  }
  t.same(
    (await client.get(`/v1/sources/${mara}?edition=draft`)).json<DraftSource>().version,
    1,
    'it stays as it was'
  )
})

t.test('of several of one name only the one that agrees is meant', async (t) => {
  const client = await app(t)
  const mate = await named(client, { name: 'Bo Ek', role: 'mate' })
  const cook = await named(client, { name: 'Bo Ek', role: 'cook' })
  t.equal(await named(client, { name: 'Bo Ek', role: 'cook' }), cook)
  const unclear = await named(client, { name: 'Bo Ek' })
  t.notOk([mate, cook].includes(unclear), 'it could be either')
  t.equal(await named(client, { name: 'Bo Ek' }), unclear)
  const twins = await client.draft({
    sources: [
      { key: 'one', kind: 'person', name: 'Bo Ek', role: 'mate' },
      { key: 'two', kind: 'person', name: 'Bo Ek', role: 'mate' }
    ],
    bylines: [
      { name: 'Bo', sourceId: 'one' },
      { name: 'Bo', sourceId: 'two' }
    ],
    quotes: []
  })
  t.equal(twins.bylines[0]!.sourceId, mate)
  t.not(twins.bylines[1]!.sourceId, mate, 'who lists two means two')
})

t.test('descriptions, documents and names of no letters are not found by their name', async (t) => {
  const client = await app(t)
  const twice = async (source: Partial<NewSource> & { name: string }) => [
    await named(client, source),
    await named(client, source)
  ]
  for (const source of [
    { name: 'the company', kind: 'organization' as const },
    { name: '★' },
    { name: 'Annual Report', kind: 'document' as const }
  ]) {
    const [one, two] = await twice(source)
    t.not(one, two, source.name)
  }
  const [one, two] = await twice({ name: 'Annual Report', kind: 'document', url: 'https://a.example/report' })
  t.equal(one, two, 'a document is, by its address')
  const [chinese, again] = await twice({ name: '李明' })
  t.equal(chinese, again, 'and a name of a script without capitals')
})

t.test('a source that is found takes the external id that it lacks', async (t) => {
  const client = await app(t)
  const id = await named(client, { name: 'Bo Ek' })
  t.equal(await named(client, { name: 'Bo Ek', externalId: wire('7') }), id)
  t.same(
    (await sources(client, '&externalId=harbour-wire:7')).map((one) => one.id),
    [id]
  )
  t.not(await named(client, { name: 'Bo Ek', externalId: wire('8') }), id)
})

t.test('an affiliation is the source that was found, too', async (t) => {
  const client = await app(t)
  const story: Partial<NewStory> = {
    bylines: [{ name: 'Bo', sourceId: 'bo' }],
    quotes: [],
    sources: [
      { key: 'bo', kind: 'person', name: 'Bo Ek', affiliationId: 'port' },
      { key: 'port', kind: 'organization', name: 'Port Office' }
    ]
  }
  const first = await client.draft(story)
  const second = await client.draft(story)
  t.same(second.sources, first.sources)
  t.equal((await sources(client)).length, 2)
})

t.test('a picture is found by its address where it says the same', async (t) => {
  const client = await app(t)
  const url = 'https://a.example/ferry.jpg'
  const shown = async (media: object) =>
    (
      await client.draft({
        leadMediaId: 'lead',
        media: [{ key: 'lead', kind: 'image', ...media }],
        sources: [],
        quotes: []
      })
    ).leadMediaId
  const credits = [{ creditLine: 'Ana' }]
  const first = await shown({ url, caption: 'A ferry', alt: 'Dusk', credits, externalId: wire('m1') })
  t.equal(await shown({ url, caption: 'A ferry', alt: 'Dusk', credits }), first)
  t.equal(await shown({ url }), first)
  t.equal(await shown({ caption: 'Renamed', externalId: wire('m1') }), first, 'by its id in any case')
  t.not(await shown({ url, caption: 'Another ferry' }), first)
  t.not(await shown({ url, alt: 'Dawn' }), first)
  t.not(await shown({ url, credits: [{ creditLine: 'Bo' }] }), first)
  t.not(await shown({ url, kind: 'video' }), first)
  t.not(await shown({ url: `${url}?2` }), first)
  t.not(await shown({ url, externalId: wire('m2') }), first)
  t.not(await shown({}), await shown({}), 'and none without an address')
  const both = await client.draft({
    media: [
      { key: 'one', kind: 'image', url },
      { key: 'two', kind: 'image', url },
      { key: 'three', kind: 'image', externalId: wire('m1') }
    ],
    body: { markdown: '![](one)\n\n![](two)\n\n![](three)' },
    sources: [],
    quotes: []
  })
  t.match(both, { media: [{ id: first }, { url }] })
})

t.test('imports of stories that share people make one source of each', async (t) => {
  const client = await app(t)
  const people = Array.from({ length: 10 }, (_, n) => `${'ABCDEFGHIJ'[n]}nna Holm${'abcdefghij'[n]}erg`)
  const page = (n: number) =>
    `Pier ${n} opens\n\n“We painted rail ${n},” said ${people[n % 10]}, the keeper of the pier.\n\n“Late again,” said ${people[(n * 3) % 10]}, the keeper of the pier.\n\nThe company said the pier would stay open.`
  const groups: string[] = []
  for (let n = 0; n < 40; n++) {
    const imported = (
      await client.post('/v1/imports', page(n), { headers: { 'content-type': 'text/plain' } })
    ).json<Imported>()
    if (n >= 20) {
      t.notOk(
        imported.proposals.some(({ kind, proposed }) => kind === 'source' && people.includes(proposed.name!))
      )
      t.ok(imported.warnings.some(({ code, words }) => code === 'source-known' && people.includes(words)))
    }
    groups.push(...imported.proposals.flatMap(({ kind, id }) => (kind === 'source' ? [id] : [])))
  }
  const persons = await sources(client, '&kind=person')
  t.equal(persons.length, 10)
  t.ok(groups.length > 40, 'the company is one of its own for each story')
})

type SentArticle = DraftArticle & { unchanged?: boolean; kept?: { pointer: string; detail: string }[] }

const address = '/v1/external/harbour-wire/urn%3Anewsml%3A1%2F2/article'

/** Sends a story by its id; answers the status and the draft. */
const send = async (
  { call }: Client,
  story: object,
  { ifMatch, ...options }: { ifMatch?: string; token?: string } = {}
) => {
  const headers = ifMatch === undefined ? {} : { 'if-match': ifMatch }
  const answer = await call('PUT', address, { payload: story, headers, ...options })
  return { ...answer, article: answer.json<SentArticle>() }
}

const bulletin = {
  ...ferry,
  body: {
    text: '"The ferry will keep sailing," Mara Lindqvist said on Monday. "We found the money," Bo Ek said.\n\nThe board agreed on 71 crossings.'
  },
  sources: [
    { key: 'mara', kind: 'person', name: 'Mara Lindqvist', role: 'harbour master' },
    { key: 'bo', kind: 'person', name: 'Bo Ek' }
  ],
  leadMediaId: 'lead',
  media: [
    {
      key: 'lead',
      kind: 'image',
      url: 'https://a.example/f.jpg',
      alt: 'A ferry',
      credits: [{ creditLine: 'Ana' }]
    }
  ],
  quotes: [
    {
      text: 'The ferry will keep sailing',
      attributions: [{ hops: [{ sourceId: 'mara', relation: 'said' }] }]
    },
    { text: 'We found the money', attributions: [{ hops: [{ sourceId: 'bo', relation: 'said' }] }] }
  ],
  attributions: [
    {
      claim: 'The board agreed on 71 crossings',
      hops: [{ unnamed: { description: 'the board' }, relation: 'said' }]
    }
  ]
} satisfies NewStory

/** The bulletin with 72 crossings. */
const corrected = {
  ...bulletin,
  body: { text: bulletin.body.text.replace('71', '72') },
  attributions: [{ ...bulletin.attributions[0]!, claim: 'The board agreed on 72 crossings' }]
}

const idsOf = ({ id, quotes, attributions, sources, media }: DraftArticle) => [
  id,
  ...[...quotes, ...quotes.flatMap((quote) => quote.attributions), ...attributions, ...sources, ...media].map(
    (one) => one.id
  )
]

t.test(
  'a story that is sent three times and changed once is one article, with one edition more',
  async (t) => {
    const client = await app(t)
    const { post, get, read } = client
    const first = await send(client, bulletin)
    t.equal(first.status, 201)
    t.equal(first.headers.location, `/v1/articles/${first.article.id}?edition=draft`)
    t.same(first.article.externalId, { system: 'harbour-wire', id: 'urn:newsml:1/2' })
    await post(`/v1/articles/${first.article.id}/publish`)
    const published = (await read(`/v1/articles/${first.article.id}`)).body
    const { seq } = (await get('/v1/changes?limit=100')).json<Page<{ seq: number }>>().data.at(-1)!

    const second = await send(client, bulletin)
    t.match(second, { status: 200, article: { unchanged: true, version: 2, kept: undefined } })
    t.same((await get(`/v1/changes?after=${seq}`)).json<Page<unknown>>().data, [], 'nothing was written')
    t.equal((await post(`/v1/articles/${first.article.id}/publish`)).json<DraftArticle>().unchanged, true)

    const third = await send(client, corrected, { ifMatch: String(second.headers.etag) })
    t.match(third, {
      status: 200,
      article: { unchanged: undefined, version: 3, status: 'published', publishedWithChanges: true }
    })
    t.same(idsOf(third.article), idsOf(first.article), 'under the ids there were')
    t.equal(third.article.attributions[0]!.claim, 'The board agreed on 72 crossings')
    t.match(JSON.stringify(third.article.body), third.article.attributions[0]!.id, 'the claim has its place')
    for (const { id } of third.article.quotes) t.match(JSON.stringify(third.article.body), id)
    t.equal(
      (await read(`/v1/articles/${first.article.id}`)).body,
      published,
      'readers see it when it is published'
    )
    await post(`/v1/articles/${first.article.id}/publish`)
    t.equal((await get(`/v1/articles/${first.article.id}/editions`)).json<Page<unknown>>().data.length, 2)
    t.equal((await get('/v1/articles?edition=draft&count=exact')).json<{ count: number }>().count, 1)
    t.equal((await sources(client)).length, 2)
    t.equal((await get('/v1/media?edition=draft')).json<Page<unknown>>().data.length, 1)
  }
)

t.test('what was edited here since the last send stays, and is told', async (t) => {
  const client = await app(t)
  const { patch, post, remove, get } = client
  const { article } = await send(client, bulletin)
  const url = `/v1/articles/${article.id}`
  await patch(url, { title: 'Our headline', tags: ['ours'] })
  await patch(`/v1/quotes/${article.quotes[0]!.id}`, { display: 'block' })
  await patch(`/v1/sources/${article.sources.find(({ name }) => name === 'Mara Lindqvist')!.id}`, {
    role: 'captain'
  })
  await patch(`/v1/media/${article.media[0]!.id}`, { alt: 'Our words' })
  await patch(`/v1/media-credits/${article.media[0]!.credits[0]!.id}`, { creditLine: 'Ana E.' })
  const added = (await post(`${url}/quotes`, { text: 'the board', kind: 'indirect' })).json<{ id: string }>()
  const next = {
    ...corrected,
    title: 'Their headline',
    dek: 'Their dek',
    sources: [
      { ...bulletin.sources[0]!, role: 'master', url: 'https://a.example/mara' },
      bulletin.sources[1]!
    ],
    media: [{ ...bulletin.media[0]!, caption: 'New', credits: [{ creditLine: 'Ana Example' }] }],
    quotes: [{ ...bulletin.quotes[0]!, language: 'en' }, bulletin.quotes[1]!]
  }
  const sent = await send(client, next)
  t.same(sent.article.kept!.map(({ pointer }) => pointer).sort(), [
    '/media/0/alt',
    '/media/0/credits',
    '/quotes/0/display',
    '/sources/0/role',
    '/tags',
    '/title'
  ])
  t.match(sent.article, { title: 'Our headline', dek: 'Their dek', tags: ['ours'] })
  t.match(
    sent.article.quotes.find(({ id }) => id === article.quotes[0]!.id),
    { display: 'block', language: 'en' }
  )
  t.match(
    sent.article.sources.find(({ name }) => name === 'Mara Lindqvist'),
    { role: 'captain', url: 'https://a.example/mara' }
  )
  t.match(sent.article.media, [{ alt: 'Our words', caption: 'New', credits: [{ creditLine: 'Ana E.' }] }])
  t.ok(
    sent.article.quotes.some(({ id }) => id === added.id),
    'what the desk added stays'
  )
  t.match(JSON.stringify(sent.article.body), '72 crossings')
  const again = await send(client, next)
  t.match(again, { article: { unchanged: true, kept: { length: 6 } } }, 'told as long as it differs')

  await remove(`/v1/quotes/${article.quotes[1]!.id}`)
  const body = { text: 'Another text altogether: "We found the money," Bo Ek said.' }
  await patch(url, { body: { text: 'Ours alone.' } })
  const last = await send(client, { ...next, body, quotes: [next.quotes[1]!, { text: 'Another text' }] })
  t.same(
    last.article
      .kept!.map(({ pointer }) => pointer)
      .filter((one) => /^.(body|quotes)/.test(one))
      .sort(),
    ['/body', '/quotes', '/quotes/0', '/quotes/1/text']
  )
  t.equal((await get(`/v1/quotes/${article.quotes[1]!.id}?edition=draft`)).status, 404)
})

t.test('quotes and claims are told apart by words and keys, and leave with the story', async (t) => {
  const client = await app(t)
  const said = (text: string, name = 'mara') => ({
    text,
    attributions: [{ hops: [{ sourceId: name, relation: 'said' as const }] }]
  })
  const { article } = await send(client, bulletin)
  const [sailing, money] = article.quotes
  const next = {
    ...bulletin,
    body: { text: '"The ferry will surely keep sailing," she said. "All of it is true," said Bo Ek.' },
    quotes: [
      said('All of it is true', 'bo'),
      {
        ...said('The ferry will surely keep sailing'),
        attributions: [{ hops: [{ sourceId: 'bo', relation: 'told' as const }] }, said('').attributions[0]!]
      }
    ],
    attributions: []
  }
  const { article: second, status } = await send(client, next)
  t.equal(status, 200)
  t.match(second.quotes, [
    { id: sailing!.id, text: 'The ferry will surely keep sailing', attributions: { length: 2 } },
    { text: 'All of it is true' }
  ])
  t.notOk(second.quotes.some(({ id }) => id === money!.id))
  t.equal(second.quotes[0]!.attributions[0]!.id, sailing!.attributions[0]!.id)
  t.same(second.attributions, [])
  const { article: third } = await send(client, {
    ...next,
    quotes: [said('All of it is true', 'bo'), said('The ferry will surely keep sailing')]
  })
  t.equal(third.quotes[0]!.attributions.length, 1)
  const keyed = {
    ...next,
    body: { text: '"One two three four," she said.' },
    quotes: [{ key: 'q', ...said('One two three four') }],
    attributions: [{ key: 'c', claim: 'she said', hops: [{ sourceId: 'mara', relation: 'said' as const }] }]
  }
  const { article: fourth } = await send(client, keyed)
  const { article: fifth } = await send(client, {
    ...keyed,
    body: { text: '"One five six," they said.' },
    quotes: [{ key: 'q', ...said('One five six') }],
    attributions: [{ ...keyed.attributions[0]!, claim: 'they said' }]
  })
  t.equal(fifth.quotes[0]!.id, fourth.quotes[0]!.id)
  t.equal(fifth.attributions[0]!.id, fourth.attributions[0]!.id)
  t.match(fifth.attributions[0], { claim: 'they said' })
})

t.test('what a correction points at stays', async (t) => {
  const client = await app(t)
  const { article } = await send(client, bulletin)
  const [quote] = article.quotes
  await client.post(`/v1/articles/${article.id}/corrections`, {
    kind: 'update',
    text: 'x',
    target: { quoteId: quote!.id }
  })
  await client.post(`/v1/articles/${article.id}/corrections`, { kind: 'update', text: 'y' })
  const sent = await send(client, { ...bulletin, quotes: bulletin.quotes.slice(1) })
  t.match(sent.article.kept, [{ pointer: '/quotes', detail: /a correction points at it/ }])
  t.equal(sent.article.quotes.length, 2)
})

t.test('a story is refused while an editor has settled its words, or keeps them', async (t) => {
  const client = await app(t)
  const { post, patch, remove } = client
  const { article } = await send(client, bulletin)
  const url = `/v1/articles/${article.id}`
  const refused = async (detail: RegExp) => {
    const { status, article: problem } = await send(client, corrected)
    t.match([status, problem], [409, { detail }])
  }
  await post(`${url}/submit`)
  t.equal((await send(client, { ...bulletin, dek: 'Under review' })).status, 200)
  await post(`${url}/approve`)
  await refused(/is approved: an editor must return it/)
  const publishAt = '2099-01-01T00:00:00Z'
  await post(`${url}/schedule`, { publishAt })
  await refused(/is scheduled: an editor must unschedule it/)
  await post(`${url}/publish`)
  await post(`${url}/schedule`, { publishAt })
  await refused(/next edition scheduled/)
  await post(`${url}/unschedule`)
  await patch(url, { legalHold: true })
  await refused(/under a legal hold/)
  await patch(url, { legalHold: false })
  await post(`${url}/withdraw`)
  t.equal((await send(client, corrected)).status, 200)
  await remove(url)
  await refused(/in the trash/)
})

t.test('a send is guarded like any write', async (t) => {
  const client = await app(t)
  const { patch } = client
  t.match(await send(client, bulletin, { ifMatch: '*' }), {
    status: 412,
    article: { detail: /not|no article/ }
  })
  t.match(await send(client, { ...bulletin, externalId: wire('other') }), {
    status: 422,
    article: { errors: [{ pointer: '/externalId' }] }
  })
  const { token } = await client.token('moderator')
  t.equal((await send(client, bulletin, { token })).status, 403)
  t.equal((await send(client, { ...bulletin, title: '' })).status, 400)
  const missing = await send(client, { ...bulletin, quotes: [{ text: 'Never said' }] })
  t.match(missing, { status: 422, article: { errors: [{ pointer: '/quotes/0/text' }] } })
  const { article, headers } = await send(client, {
    ...bulletin,
    externalId: { system: 'harbour-wire', id: 'urn:newsml:1/2' }
  })
  await patch(`/v1/articles/${article.id}`, { dek: 'x' })
  const stale = await send(client, corrected, { ifMatch: String(headers.etag) })
  t.match(stale, { status: 412, article: { errors: [{ pointer: '/dek' }] } })
  t.ok(stale.headers.etag)
  t.match(await send(client, { ...corrected, quotes: [{ text: 'Never said' }] }), {
    status: 422,
    article: { errors: [{ pointer: '/quotes/0/text' }] }
  })
})

t.test('an article that was not sent before keeps what it has', async (t) => {
  const client = await app(t)
  const made = await client.draft({ title: 'Ours', section: null })
  await client.patch(`/v1/articles/${made.id}`, {
    externalId: { system: 'harbour-wire', id: 'urn:newsml:1/2' }
  })
  const sent = await send(client, {
    ...ferry,
    dek: 'Theirs',
    embargoUntil: '2020-01-01T00:00:00Z',
    slug: 'theirs'
  })
  t.equal(sent.status, 200)
  t.same(idsOf(sent.article), idsOf(made))
  t.same(sent.article.kept!.map(({ pointer }) => pointer).sort(), ['/slug', '/title'])
  t.match(sent.article, {
    title: 'Ours',
    dek: 'Theirs',
    section: 'harbour',
    embargoUntil: '2020-01-01T00:00:00.000Z'
  })
})

t.test('links, pictures and anchors of a body are sent again as they are', async (t) => {
  const client = await app(t)
  const body = (href: string) => [
    {
      _type: 'block',
      markDefs: [
        { _key: 'a', _type: 'link', href },
        { _key: 'b', _type: 'quote', quoteId: 'q' }
      ],
      children: [
        { _type: 'span', text: 'We ', marks: ['a', 'b'] },
        { _type: 'span', text: 'found the money', marks: ['b', 'strong'] },
        { _type: 'span', text: ', he said.' }
      ]
    },
    { _type: 'image', mediaId: 'lead' }
  ]
  const story = {
    ...bulletin,
    body: body('https://a.example/1'),
    quotes: [{ key: 'q', text: 'We found the money' }],
    attributions: []
  }
  const { article, status } = await send(client, story)
  t.equal(status, 201)
  t.equal((await send(client, story)).article.unchanged, true)
  const { article: moved } = await send(client, { ...story, body: body('https://a.example/2') })
  t.match(JSON.stringify(moved.body), 'https://a.example/2')
  t.same(idsOf(moved), idsOf(article))
})

t.test('bylines, credits, hops and shared records are compared whole', async (t) => {
  const client = await app(t)
  const { remove } = client
  const hop = {
    sourceId: 'mara',
    relation: 'told' as const,
    url: 'https://a.example/x',
    at: '2026-01-01T00:00:00+01:00'
  }
  const story = {
    ...bulletin,
    bylines: [{ name: 'Bo', sourceId: 'bo', role: 'reporter' }, { name: 'Al' }],
    sources: [
      ...bulletin.sources,
      { kind: 'organization' as const, name: 'Unkeyed Board' },
      { key: 'port', kind: 'organization' as const, name: 'Port' },
      { key: 'ole', kind: 'person' as const, name: 'Ole By', affiliationId: 'port' }
    ],
    media: [
      { ...bulletin.media[0]!, credits: [{ creditLine: 'Ana' }, { creditLine: 'Bo' }] },
      { kind: 'image' as const, alt: 'Unkeyed' },
      { key: 'bare', kind: 'image' as const },
      { key: 'gone', kind: 'image' as const, url: 'https://a.example/gone.jpg' }
    ],
    quotes: [
      { ...bulletin.quotes[0]!, language: 'en-gb', attributions: [{ hops: [hop] }] },
      { text: 'We found the money' }
    ]
  }
  const { article, status } = await send(client, story)
  t.equal(status, 201)
  const { data } = (await client.get('/v1/media?edition=draft&url=https://a.example/gone.jpg')).json<
    Page<DraftMedia>
  >()
  await remove(`/v1/media/${data[0]!.id}`)
  const people = await sources(client)
  const [ole] = people.filter(({ name }) => name === 'Ole By')
  await remove(`/v1/sources/${ole!.id}`)
  const credited = (...lines: string[]) => ({
    ...story,
    media: [
      { ...story.media[0]!, credits: lines.map((creditLine) => ({ creditLine })) },
      ...story.media.slice(1)
    ]
  })
  const lines = async (next: object) =>
    (await send(client, next)).article.media[0]!.credits.map((one) => one.creditLine)
  t.same(await lines(credited('Ana', 'Bea', 'Cleo')), ['Ana', 'Bea', 'Cleo'])
  t.same(await lines(credited('Ana')), ['Ana'])
  t.equal((await sources(client)).length, people.length, 'what was deleted is made anew')
  const swapped = {
    ...story,
    sources: [
      { key: 'mara', kind: 'organization' as const, name: 'Mara Lindqvist' },
      { ...story.sources[0]!, key: 'other' },
      ...story.sources.slice(1)
    ]
  }
  const { article: other } = await send(client, swapped)
  t.match(
    other.sources.find(({ id }) => id === other.quotes[0]!.attributions[0]!.hops[0]!.sourceId),
    { kind: 'organization' }
  )
  const shownTwice = { ...bulletin.media[0]!, credits: [{ creditLine: 'Ana' }] }
  const { article: doubled } = await send(client, {
    ...swapped,
    media: [shownTwice, { ...shownTwice, key: 'bare' }]
  })
  t.equal(doubled.leadMediaId, article.leadMediaId)
  const front = {
    ...bulletin,
    body: {
      html: '<p>"The ferry will keep sailing," she said. "We found the money," he said. The board agreed on 71 crossings</p><button>x</button>'
    }
  }
  const warned = await send(client, front)
  t.ok((warned.article as { warnings?: object[] }).warnings)
})

t.test('a chain that goes on in an article of ours comes back as it was sent', async (t) => {
  const client = await app(t)
  const cited = await client.draft()
  const hop = { articleId: cited.id, relation: 'reported' as const, positionToKnow: 'It was there.' }
  const story = {
    title: 'What others report',
    body: { text: 'The board agreed, they say.' },
    attributions: [{ key: 'claim', claim: 'The board agreed', hops: [hop] }]
  }
  const first = await send(client, story)
  t.match(first.article.attributions[0]!.hops, [hop])
  const again = await send(client, { ...story, title: 'What others still report' })
  t.match(again.article.attributions[0]!.hops, [hop])
  t.equal(again.article.attributions[0]!.id, first.article.attributions[0]!.id)
})

t.test('stories that are sent by their ids and share people make one source of each', async (t) => {
  const client = await app(t)
  const people = Array.from({ length: 10 }, (_, n) => `${'ABCDEFGHIJ'[n]}nna Holm${'abcdefghij'[n]}erg`)
  for (let n = 0; n < 60; n++) {
    const [one, other] = [people[n % 10]!, people[(n * 3 + 1) % 10]!]
    const answer = await client.call('PUT', `/v1/external/wire/story-${n}/article`, {
      payload: {
        title: `Pier ${n} opens`,
        body: { text: `"We painted rail ${n}," said ${one}. The pier stays open, said ${other}.` },
        sources: [
          { key: 'one', kind: 'person', name: one.toUpperCase() },
          ...(one === other ? [] : [{ key: 'other', kind: 'person', name: other }])
        ],
        quotes: [
          { text: `We painted rail ${n}`, attributions: [{ hops: [{ sourceId: 'one', relation: 'said' }] }] }
        ],
        attributions: [
          {
            claim: 'The pier stays open',
            hops: [{ sourceId: one === other ? 'one' : 'other', relation: 'said' }]
          }
        ]
      }
    })
    t.equal(answer.status, 201)
  }
  t.equal((await sources(client)).length, 10)
})

t.test('a hop with nothing but an address is the same when the story is sent again', async (t) => {
  const client = await app(t)
  const url = 'https://port.example/mara'
  const mara = (await client.post('/v1/sources', { kind: 'person', name: 'Mara', url })).json<DraftSource>()
  const send = (title: string, hop: object) =>
    client.call('PUT', '/v1/external/wire/s/article', {
      payload: {
        title,
        body: { text: 'It stops. "Yes," she said.' },
        quotes: [{ text: 'Yes', attributions: [{ hops: [hop] }] }],
        attributions: [{ claim: 'It stops', hops: [hop] }]
      }
    })
  const first = (await send('One', { url, relation: 'said' })).json<SentArticle>()
  t.equal(first.quotes[0]!.attributions[0]!.hops[0]!.sourceId, mara.id)
  t.match((await send('One', { url, relation: 'said' })).json<SentArticle>(), { unchanged: true })
  const changed = (await send('One', { url, relation: 'wrote' })).json<SentArticle>()
  t.equal(changed.kept, undefined, 'nobody edited it here')
  t.match(changed.attributions[0]!.hops[0], { sourceId: mara.id, relation: 'wrote' })
  t.match((await send('One', { url: 'https://nobody.example/', relation: 'said' })).json(), {
    status: 422,
    errors: [{ pointer: '/quotes/0/attributions/0/hops/0/url' }]
  })
  t.match((await send('One', { relation: 'said' })).json(), {
    status: 400,
    detail: /exactly one of sourceId, articleId, unnamed, or `url` and none of them/
  })
})
