// What comes from elsewhere is found again: ids of other systems, sources by name and address, pictures by address.
import t from 'tap'
import type { DraftArticle, NewStory } from '../src/content/articles/schema.ts'
import type { DraftMedia } from '../src/content/media/schema.ts'
import type { DraftSource, NewSource } from '../src/content/sources/schema.ts'
import type { Problem } from '../src/http/problems.ts'
import type { Imported } from '../src/importing/records/schema.ts'
import { app, type Client, ferry } from './app.ts'

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
    externalId: wire('zq1'),
    sources: [{ ...ferry.sources[0]!, aliases: ['zqalias'], externalId: wire('zq2') }],
    leadMediaId: 'lead',
    media: [
      {
        key: 'lead',
        kind: 'image',
        url: 'https://a.example/b.jpg',
        alt: 'x',
        externalId: wire('zq3'),
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
    t.notMatch((await read(`/v1/${url}`)).body, /zq/, url)
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
