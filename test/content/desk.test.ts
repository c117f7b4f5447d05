import t, { type Test } from 'tap'
import type { DraftArticle, NewStory } from '../../src/content/articles/schema.ts'
import type { Body } from '../../src/content/body/schema.ts'
import type { Problem } from '../../src/http/problems.ts'
import { type Answer, app, type Client, ferry } from '../support/app.ts'

type Fields = Record<string, unknown>
interface Draft extends Fields {
  id: string
  version: number
}
interface Page {
  data: Draft[]
  next: string | null
}

const draftOf = (collection: string, id: string) => `/v1/${collection}/${id}?edition=draft`
const tagOf = ({ headers }: Answer) => String(headers.etag)
const missing = (prefix: string) => `${prefix}_01k9v3w8zhe5ra4gxm7y2bqd6c`

/** The fields of a record that the other object has too. */
const same = (record: Fields, other: Fields) =>
  Object.fromEntries(Object.keys(other).map((name) => [name, record[name]]))

/** A refusal in short: its status, its kind and the places it names. */
function refusal(answer: Answer) {
  const { type, errors = [] } = answer.json<Problem>()
  return [answer.status, type.replace('/problems/', ''), ...errors.map(({ pointer }) => pointer)]
}

/** The words that a quote or a claim is anchored to, span by span. */
const anchored = ({ body }: Pick<DraftArticle, 'body'>, id: string) =>
  (body as Body).flatMap((block) => {
    if (block._type !== 'block') return []
    const defs = (block.markDefs ?? []).filter((def) => JSON.stringify(def).includes(id))
    const keys = defs.map(({ _key }) => _key)
    return block.children.flatMap(({ text, marks = [] }) =>
      marks.some((mark) => keys.includes(mark)) ? [text] : []
    )
  })

const article = async ({ get }: Client, id: string) =>
  (await get(draftOf('articles', id))).json<DraftArticle>()

/** A record of each kind: where it is made, with everything said or only what must be, and how it is changed. */
interface Kind {
  at(client: Client): Promise<string>
  full: Fields
  least: Fields
  /** What is there when only the least was said. */
  empty: Fields
  /** A merge patch of the full record, and what it changes. */
  patch: Fields
  patched: Fields
  /** A merge patch that is refused, and where. */
  refused: Fields
  place: string
}

const underArticle = (name: string) => async (client: Client) => {
  const body = { text: 'The ferry will keep sailing, she said. The board agreed on Monday.' }
  const { id } = await client.draft({ title: 'A ferry', body, sources: [], quotes: [] })
  return `/v1/articles/${id}/${name}`
}
const block = (text: string) => ({
  _type: 'block',
  _key: 'b',
  style: 'normal',
  markDefs: [],
  children: [{ _type: 'span', _key: 's', text, marks: [] }]
})
const unnamed = { unnamed: { description: 'one official', count: 1 }, relation: 'told', terms: 'background' }

const kinds: Record<string, Kind> = {
  articles: {
    at: async () => '/v1/articles',
    full: {
      slug: 'late-ferry',
      title: 'Late ferry',
      dek: 'It stays.',
      summary: 'The board agreed.',
      language: 'en-GB',
      section: 'harbour',
      tags: ['ferry', 'budget'],
      dateline: 'PORT ALDIS',
      bylines: [{ name: 'Ines Moura', role: 'reporter' }],
      body: [block('The ferry stays.')],
      origin: { publisher: 'Harbour Wire', url: 'https://wire.example/1', licence: 'CC BY' },
      canonicalUrl: 'https://news.example/late-ferry',
      publishedAt: '2026-01-02T03:04:05.000Z',
      embargoUntil: '2026-01-01T00:00:00.000Z',
      commentPolicy: { mode: 'open', closesAt: '2027-01-01T00:00:00.000Z' },
      extra: { deep: { a: 1, b: [1, 2] }, flag: true }
    },
    least: { title: 'Only a title' },
    // The slug is the one it had: an address is not lost by leaving it out.
    empty: {
      slug: 'late-ferry',
      dek: null,
      summary: null,
      language: 'und',
      section: null,
      tags: [],
      dateline: null,
      bylines: [],
      body: [],
      leadMediaId: null,
      origin: null,
      canonicalUrl: null,
      publishedAt: null,
      embargoUntil: null,
      commentPolicy: { mode: 'site' },
      extra: {},
      status: 'draft'
    },
    patch: {
      dek: null,
      tags: ['harbour'],
      origin: { url: null, publisher: 'Coast Wire' },
      commentPolicy: { closesAt: null },
      extra: { deep: { a: null, c: { d: null, e: 2 } }, flag: { on: true } }
    },
    patched: {
      dek: null,
      tags: ['harbour'],
      origin: { publisher: 'Coast Wire', licence: 'CC BY' },
      commentPolicy: { mode: 'open' },
      extra: { deep: { b: [1, 2], c: { e: 2 } }, flag: { on: true } }
    },
    refused: { title: null },
    place: '/title'
  },
  quotes: {
    at: underArticle('quotes'),
    full: {
      text: 'The ferry will keep sailing',
      kind: 'direct',
      display: 'block',
      language: 'en',
      verbatim: 'The ferry gonna sail',
      alterations: [{ kind: 'grammar', note: 'made a sentence' }, { kind: 'emphasis' }]
    },
    least: { text: 'The board agreed' },
    empty: {
      kind: 'direct',
      display: 'inline',
      language: null,
      verbatim: null,
      alterations: [],
      attributions: []
    },
    patch: { language: null, alterations: [{ kind: 'ellipsis' }] },
    patched: { language: null, alterations: [{ kind: 'ellipsis' }] },
    refused: { kind: 'shouted' },
    place: '/kind'
  },
  attributions: {
    at: underArticle('attributions'),
    full: {
      claim: 'The board agreed on Monday',
      hops: [{ ...unnamed, url: 'https://wire.example/2', at: '2026-01-02T00:00:00.000Z' }]
    },
    least: { claim: 'something nobody wrote', hops: [unnamed] },
    empty: { quoteId: null },
    patch: { claim: 'The board agreed' },
    patched: { claim: 'The board agreed', quoteId: null },
    refused: { hops: [] },
    place: '/hops'
  },
  sources: {
    at: async () => '/v1/sources',
    full: {
      kind: 'person',
      name: 'Mara Lindqvist',
      role: 'harbour master',
      url: 'https://port.example/mara',
      sameAs: ['https://www.wikidata.org/entity/Q1'],
      notes: 'Call before noon.'
    },
    least: { kind: 'organization', name: 'Harbour Board' },
    empty: { role: null, affiliationId: null, url: null, sameAs: [], notes: null },
    patch: { role: null, sameAs: [] },
    patched: { role: null, sameAs: [] },
    refused: { name: null },
    place: '/name'
  },
  media: {
    at: async () => '/v1/media',
    full: {
      kind: 'image',
      url: 'https://pictures.example/ferry.jpg',
      caption: 'The late ferry.',
      alt: 'A ferry at dusk.',
      width: 1600,
      height: 900,
      capturedAt: '2026-01-02T03:04:05.000Z',
      digitalSourceType: 'digitalCapture'
    },
    least: { kind: 'audio' },
    empty: {
      url: null,
      caption: null,
      alt: null,
      width: null,
      height: null,
      capturedAt: null,
      digitalSourceType: null,
      credits: []
    },
    patch: { alt: null, width: 800 },
    patched: { alt: null, width: 800 },
    refused: { width: 0 },
    place: '/width'
  },
  'media-credits': {
    at: async ({ post }) =>
      `/v1/media/${(await post('/v1/media', { kind: 'image' })).json<Draft>().id}/credits`,
    full: {
      creditLine: 'Photo by Ana Example/Harbour Wire',
      creators: ['Ana Example'],
      suppliers: ['Harbour Wire', 'Coast Images'],
      copyrightNotice: '© 2026 Ana Example',
      copyrightHolder: 'Ana Example',
      licence: { name: 'Editorial use only', url: 'https://pictures.example/licence' },
      usageTerms: 'Once.',
      acquireLicensePage: 'https://pictures.example/buy',
      expiresAt: '2027-01-01T00:00:00.000Z',
      territories: ['EU']
    },
    least: { creditLine: 'Handout' },
    empty: {
      creators: [],
      suppliers: [],
      copyrightNotice: null,
      copyrightHolder: null,
      licence: null,
      usageTerms: null,
      acquireLicensePage: null,
      expiresAt: null,
      territories: null
    },
    patch: { licence: { url: null }, territories: null },
    patched: { licence: { name: 'Editorial use only' }, territories: null },
    refused: { licence: { name: null } },
    place: '/licence/name'
  },
  corrections: {
    at: underArticle('corrections'),
    full: { kind: 'correction', text: 'It was 1989.', was: '1987', now: '1989' },
    least: { kind: 'update', text: 'The board has met.' },
    empty: { target: null, was: null, now: null, publishedAt: null },
    patch: { was: null, kind: 'clarification' },
    patched: { was: null, kind: 'clarification', now: '1989' },
    refused: { text: null },
    place: '/text'
  }
}

for (const [collection, kind] of Object.entries(kinds)) {
  t.test(`${collection}: created, read, replaced, patched and deleted`, async (t) => {
    const client = await app(t)
    const { get, put, patch, remove, post } = client
    const created = await post(await kind.at(client), kind.full)
    const { id, ...rest } = created.json<Draft>()
    const url = `/v1/${collection}/${id}`
    t.equal(created.status, 201)
    t.equal(created.headers.location, draftOf(collection, id))
    t.equal(created.headers['cache-control'], 'private, no-store')
    t.match(tagOf(created), /^"1-[\w-]{22}"$/)
    t.strictSame(same(rest, kind.full), kind.full)

    const read = await get(`${url}?edition=draft`)
    t.equal(read.status, 200)
    t.strictSame(
      [read.body, tagOf(read)],
      [created.body, tagOf(created)],
      'what was answered is what is read'
    )
    t.equal(read.headers['cache-control'], 'private, no-store')
    t.equal((await get(url, { token: null })).status, 404, 'the public sees nothing of it')

    const replaced = await put(url, kind.least, { headers: { 'if-match': tagOf(read) } })
    t.equal(replaced.status, 200)
    t.match(tagOf(replaced), /^"2-/)
    t.strictSame(same(replaced.json(), kind.least), kind.least)
    t.strictSame(same(replaced.json(), kind.empty), kind.empty, 'what is left out is gone')
    t.equal((await get(`${url}?edition=draft`)).body, replaced.body)

    await put(url, kind.full)
    const patched = await patch(url, kind.patch, {
      headers: { 'content-type': 'application/merge-patch+json' }
    })
    t.equal(patched.status, 200)
    const expected = { ...kind.full, ...kind.patched }
    t.strictSame(same(patched.json(), expected), expected)
    t.equal((await get(`${url}?edition=draft`)).body, patched.body)
    const unpatched = await patch(url, {})
    t.strictSame(same(unpatched.json(), expected), expected, 'an empty patch changes nothing')

    t.strictSame(refusal(await patch(url, kind.refused)), [400, 'invalid-input', kind.place])
    t.equal((await get(`${url}?edition=draft`)).body, unpatched.body, 'a refused patch changes nothing')

    const deleted = await remove(url)
    t.strictSame([deleted.status, deleted.body], [204, ''])
    for (const answer of [
      await get(`${url}?edition=draft`),
      await put(url, kind.least),
      await patch(url, {}),
      await remove(url)
    ])
      t.strictSame(refusal(answer), [404, 'not-found'])
  })

  t.test(`${collection}: a change needs the current tag`, async (t) => {
    const client = await app(t)
    const { get, call, post } = client
    const created = await post(await kind.at(client), kind.full)
    const url = `/v1/${collection}/${created.json<Draft>().id}`
    const first = tagOf(created)
    const guarded = (method: string, tag?: string) =>
      call(method, url, {
        payload: method === 'DELETE' ? undefined : method === 'PUT' ? kind.least : {},
        headers: tag === undefined ? {} : { 'if-match': tag }
      })
    const other = `"9-${'x'.repeat(22)}"`

    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      for (const tag of [undefined, '', ' '])
        t.strictSame(refusal(await guarded(method, tag)), [428, 'precondition-required'], `${method} ${tag}`)
      for (const tag of [other, `W/${other}`, '"x"', `${other},, W/"x"`])
        t.strictSame(refusal(await guarded(method, tag)), [412, 'stale'], `${method} ${tag}`)
      for (const tag of [
        first.replaceAll('"', ''),
        first.slice(1),
        `${other}, x`,
        `*, ${first}`,
        `w/${first}`
      ])
        t.strictSame(
          refusal(await guarded(method, tag)),
          [400, 'invalid-input', '/If-Match'],
          `${method} ${tag}`
        )
    }
    t.equal((await get(`${url}?edition=draft`)).body, created.body, 'a refused write changes nothing')

    const changed = await guarded('PUT', `${other}, ${first}`)
    t.equal(changed.status, 200, 'one of several tags may be the current one')
    t.strictSame(refusal(await guarded('PATCH', first)).slice(0, 2), [412, 'stale'], 'a tag works once')
    t.equal((await get(`${url}?edition=draft`)).body, changed.body)
    const weak = await guarded('PATCH', `W/${tagOf(changed)}`)
    t.equal(weak.status, 200, 'a proxy that compresses makes the tag weak')
    let last = weak
    for (const coding of ['gzip', 'br', 'zstd', 'deflate']) {
      last = await guarded('PATCH', tagOf(last).replace(/"$/, `-${coding}"`))
      t.equal(last.status, 200, `or names its coding: ${coding}`)
    }
    const odd = await guarded('PATCH', tagOf(last).replace(/"$/, '-other"'))
    t.strictSame(refusal(odd).slice(0, 2), [412, 'stale'], 'and no other word')
    t.equal((await guarded('DELETE', '*')).status, 204)
  })
}

t.test('a draft is not sent again to who has it', async (t) => {
  const { post, get } = await app(t)
  const created = await post('/v1/sources', { kind: 'person', name: 'Mara' })
  const url = draftOf('sources', created.json<Draft>().id)
  const tag = tagOf(created)
  for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
    const answer = await get(url, { headers: { 'if-none-match': known } })
    t.strictSame([answer.status, answer.body, tagOf(answer)], [304, '', tag], known)
  }
  for (const known of ['"other"', tag.slice(1, -1)])
    t.equal((await get(url, { headers: { 'if-none-match': known } })).status, 200, known)
})

t.test('two editors who read the same draft: the second is told', async (t) => {
  const { post, call, get } = await app(t)
  const created = await post('/v1/articles', { title: 'Race' })
  const url = `/v1/articles/${created.json<Draft>().id}`
  const answers = await Promise.all(
    ['one', 'two', 'three'].map((dek) =>
      call('PATCH', url, { payload: { dek }, headers: { 'if-match': tagOf(created) } })
    )
  )
  t.strictSame(answers.map(({ status }) => status).sort(), [200, 412, 412])
  const winner = answers.find(({ status }) => status === 200)!.json<DraftArticle>()
  t.equal((await get(`${url}?edition=draft`)).json<DraftArticle>().dek, winner.dek)
})

t.test('a draft article is read by its slug too', async (t) => {
  const { draft, get } = await app(t)
  const { id, slug } = await draft()
  t.equal(slug, 'late-ferry-keeps-sailing')
  t.equal((await get(draftOf('articles', slug))).json<Draft>().id, id)
  t.equal((await get(draftOf('articles', 'no-such-story'))).status, 404)
  t.equal((await get(draftOf('articles', missing('art')))).status, 404)
})

t.test('what belongs to nothing is not created', async (t) => {
  const { post } = await app(t)
  for (const [url, body] of [
    [`/v1/articles/${missing('art')}/quotes`, { text: 'x' }],
    [`/v1/articles/${missing('art')}/attributions`, { claim: 'x', hops: [unnamed] }],
    [`/v1/articles/${missing('art')}/corrections`, { kind: 'update', text: 'x' }],
    [`/v1/media/${missing('med')}/credits`, { creditLine: 'x' }]
  ] as const)
    t.strictSame(refusal(await post(url, body)), [404, 'not-found'], url)
})

/** Every page of a list, each of this length. */
async function pages({ get }: Client, url: string, limit: number) {
  const found: Page[] = []
  let at: string | undefined = `${url}&limit=${limit}`
  while (at !== undefined) {
    const answer: Answer = await get(at)
    const page = answer.json<Page>()
    found.push(page)
    const link = answer.headers.link as string | undefined
    at = link && /^<(.+)>; rel="next"$/.exec(link)?.[1]
    if (page.next !== null) found.at(-1)!.next = new URL(at!, 'http://x').searchParams.get('cursor')
  }
  return found
}

for (const [collection, kind] of Object.entries(kinds)) {
  t.test(`${collection}: pages follow one another, and nothing is on two`, async (t) => {
    const client = await app(t)
    const { post, get } = client
    const url = await kind.at(client)
    const made: string[] = []
    for (let i = 0; i < 5; i++) {
      const { slug: _, ...full } = kind.full
      made.unshift((await post(url, full)).json<Draft>().id)
    }
    const list = `/v1/${collection}?edition=draft`
    const found = await pages(client, list, 2)
    t.strictSame(
      found.map(({ data }) => data.length),
      [2, 2, 1]
    )
    t.strictSame(
      found.flatMap(({ data }) => data.map(({ id }) => id)),
      made,
      'newest first'
    )
    t.equal(found[2]!.next, null)

    const whole = await get(`${list}&limit=5`)
    t.equal(whole.headers['cache-control'], 'private, no-store')
    t.strictSame(
      [whole.json<Page>().next, whole.headers.link],
      [null, undefined],
      'a full last page has no next'
    )
    const first = (await get(`${list}&limit=2`)).json<Page>()
    const { slug: _, ...full } = kind.full
    await post(url, full)
    const second = (await get(`${list}&limit=2&cursor=${first.next}`)).json<Page>()
    t.strictSame(
      second.data.map(({ id }) => id),
      made.slice(2, 4),
      'what is new does not move the next page'
    )
  })
}

t.test('a page has 20 records when nobody says how many, and 100 at most', async (t) => {
  const { post, get } = await app(t)
  const sources = Array.from({ length: 101 }, (_, i) => ({ kind: 'person' as const, name: `Source ${i}` }))
  await post('/v1/articles', { title: 'Many', sources })
  t.equal((await get('/v1/sources?edition=draft')).json<Page>().data.length, 20)
  const most = await get('/v1/sources?edition=draft&kind=person&limit=100')
  t.equal(most.json<Page>().data.length, 100)
  t.equal(
    most.headers.link,
    `</v1/sources?edition=draft&kind=person&limit=100&cursor=${most.json<Page>().next}>; rel="next"`
  )
})

t.test('every filter of every list finds what it says, and nothing else', async (t) => {
  const client = await app(t)
  const { draft, get, post } = client
  const one = await draft({
    section: 'harbour',
    publishedAt: '2026-01-01T00:00:00Z',
    bylines: [{ name: 'Ines Moura', sourceId: 'ines' }],
    sources: [
      { key: 'ines', kind: 'person', name: 'Ines Moura' },
      { key: 'lindqvist', kind: 'person', name: 'Mara Lindqvist' }
    ],
    leadMediaId: 'lead',
    media: [
      {
        key: 'lead',
        kind: 'image',
        credits: [{ creditLine: 'Ana', creators: ['Ana'], suppliers: ['Wire'] }]
      }
    ]
  })
  const two = await draft({
    title: 'Bridge closed',
    section: 'roads',
    tags: ['bridge'],
    language: 'sv',
    publishedAt: '2026-02-01T00:00:00Z',
    body: { text: 'The bridge is closed, and it will be for long. Nobody knows.' },
    bylines: [{ name: 'Staff' }],
    sources: [{ key: 'board', kind: 'organization', name: 'Road Board' }],
    leadMediaId: 'clip',
    media: [{ key: 'clip', kind: 'video', credits: [{ creditLine: 'Handout' }] }],
    quotes: [{ text: 'it will be for long', kind: 'mixed', language: 'sv' }],
    attributions: [
      { claim: 'The bridge is closed', hops: [{ sourceId: 'board', relation: 'reported' }] },
      { claim: 'Nobody knows', hops: [{ unnamed: { description: 'a driver' }, relation: 'told' }] }
    ]
  })
  const [ines, lindqvist] = one.sources.map(({ id }) => id)
  const [board] = two.sources.map(({ id }) => id)
  const [lead, clip] = [one.media[0]!, two.media[0]!]
  const [quoteOne, quoteTwo] = [one.quotes[0]!, two.quotes[0]!]
  const [claim, rumour] = two.attributions.map(({ id }) => id)
  const said = quoteOne.attributions[0]!.id
  const noted = async (id: string, kind: string) =>
    (await post(`/v1/articles/${id}/corrections`, { kind, text: 'x' })).json<Draft>().id
  const [wrong, later] = [await noted(one.id, 'correction'), await noted(two.id, 'update')]
  await post(`/v1/articles/${one.id}/publish`)

  const found: Record<string, unknown[]> = {
    'articles?': [two.id, one.id],
    'articles?section=harbour': [one.id],
    'articles?section=sport': [],
    'articles?tag=ferry': [one.id],
    'articles?tag=fer': [],
    'articles?author=Ines%20Moura': [one.id],
    [`articles?author=${ines}`]: [one.id],
    'articles?author=Ines': [],
    [`articles?source=${board}`]: [two.id],
    [`articles?source=${missing('src')}`]: [],
    'articles?language=sv': [two.id],
    'articles?language=de': [],
    'articles?publishedAt.gte=2026-02-01T00:00:00Z': [two.id],
    'articles?publishedAt.gte=2026-02-02T00:00:00Z': [],
    'articles?publishedAt.lt=2026-02-01T00:00:00Z': [one.id],
    'articles?publishedAt.lt=2026-01-01T01:00:00%2B02:00': [],
    'articles?status=published': [one.id],
    'articles?status=draft': [two.id],
    'articles?status=withdrawn': [],
    'articles?section=roads&tag=bridge': [two.id],
    'articles?section=roads&tag=ferry': [],
    'quotes?': [quoteTwo.id, quoteOne.id],
    [`quotes?article=${one.id}`]: [quoteOne.id],
    [`quotes?article=${missing('art')}`]: [],
    [`quotes?source=${lindqvist}`]: [quoteOne.id],
    [`quotes?source=${board}`]: [],
    'quotes?kind=mixed': [quoteTwo.id],
    'quotes?kind=indirect': [],
    'quotes?language=sv': [quoteTwo.id],
    'quotes?language=de': [],
    'quotes?publishedAt.gte=2026-01-15T00:00:00Z': [quoteTwo.id],
    'quotes?publishedAt.lt=2026-01-15T00:00:00Z': [quoteOne.id],
    'attributions?': [rumour, claim, said],
    [`attributions?article=${two.id}`]: [claim, rumour],
    [`attributions?quote=${quoteOne.id}`]: [said],
    [`attributions?quote=${quoteTwo.id}`]: [],
    [`attributions?source=${board}`]: [claim],
    [`attributions?source=${ines}`]: [],
    'attributions?relation=told': [rumour],
    'attributions?relation=wrote': [],
    'attributions?unnamed=true': [rumour],
    'attributions?unnamed=false': [claim, said],
    'sources?kind=organization': [board],
    'sources?kind=document': [],
    [`sources?article=${one.id}`]: [lindqvist, ines],
    [`sources?article=${two.id}&kind=person`]: [],
    'media?kind=video': [clip.id],
    'media?kind=audio': [],
    [`media?article=${one.id}`]: [lead.id],
    [`media?article=${missing('art')}`]: [],
    [`media-credits?media=${lead.id}`]: [lead.credits[0]!.id],
    [`media-credits?media=${missing('med')}`]: [],
    [`media-credits?article=${two.id}`]: [clip.credits[0]!.id],
    [`media-credits?article=${missing('art')}`]: [],
    'corrections?': [later, wrong],
    [`corrections?article=${one.id}`]: [wrong],
    'corrections?kind=update': [later],
    'corrections?kind=retraction': []
  }
  for (const [url, ids] of Object.entries(found)) {
    const answer = await get(`/v1/${url}&edition=draft`)
    t.strictSame(answer.status === 200 && answer.json<Page>().data.map(({ id }) => id), ids, url)
  }
  const [card] = (await get('/v1/articles?edition=draft&section=roads')).json<Page>().data
  t.match(card, { title: 'Bridge closed', status: 'draft', leadMedia: { id: clip.id }, version: 2 })
  t.notOk('body' in card!, 'a card is short')
})

t.test('keys tie a whole story together', async (t) => {
  const { post, get } = await app(t)
  const answer = await post('/v1/articles', {
    title: 'Whole',
    body: [
      {
        _type: 'block',
        style: 'h2',
        children: [{ _type: 'span', text: 'The ferry stays', marks: ['q'] }],
        markDefs: [{ _type: 'quote', _key: 'q', quoteId: 'stays' }]
      },
      { _type: 'image', mediaId: 'dusk' },
      {
        _type: 'block',
        children: [{ _type: 'span', text: 'The board agreed', marks: ['c', 'strong'] }],
        markDefs: [{ _type: 'attribution', _key: 'c', attributionId: 'agreed' }]
      },
      { _type: 'rule' },
      { _type: 'embed', url: 'https://video.example/1' }
    ],
    leadMediaId: 'port',
    bylines: [{ sourceId: 'mara', name: 'Mara' }],
    sources: [
      { key: 'mara', kind: 'person', name: 'Mara', affiliationId: 'office' },
      { key: 'office', kind: 'organization', name: 'Office', affiliationId: 'port' },
      { key: 'port', kind: 'organization', name: 'Port' },
      { key: 'idle', kind: 'document', name: 'Nobody asked', affiliationId: 'office' }
    ],
    media: [
      { key: 'port', kind: 'image', credits: [{ key: 'first', creditLine: 'Ana' }, { creditLine: 'Bo' }] },
      { key: 'dusk', kind: 'image' }
    ],
    quotes: [
      {
        key: 'stays',
        text: 'The ferry stays',
        attributions: [{ key: 'x', hops: [{ sourceId: 'mara', relation: 'said' }, unnamed] }]
      }
    ],
    attributions: [
      { key: 'agreed', claim: 'The board agreed', hops: [{ sourceId: 'port', relation: 'published' }] }
    ]
  })
  t.equal(answer.status, 201)
  const whole = answer.json<DraftArticle>()
  const id = Object.fromEntries(whole.sources.map(({ name, id }) => [name, id]))
  t.strictSame(Object.keys(id).sort(), ['Mara', 'Office', 'Port'], 'sources are those that are named')
  t.strictSame(
    ['Mara', 'Office', 'Port'].map((name) => whole.sources.find((one) => one.name === name)?.affiliationId),
    [id.Office, id.Port, null]
  )
  t.strictSame(whole.bylines, [{ sourceId: id.Mara, name: 'Mara' }])
  const [lead, shown] = whole.media
  t.equal(whole.leadMediaId, lead?.id)
  t.strictSame(
    lead?.credits.map(({ creditLine }) => creditLine),
    ['Ana', 'Bo']
  )
  const [quote] = whole.quotes
  t.strictSame(quote?.attributions[0]?.hops[0], { sourceId: id.Mara, relation: 'said', terms: 'on_record' })
  t.strictSame(quote?.attributions[0]?.hops[1], unnamed)
  t.equal(whole.attributions[0]?.hops[0]?.sourceId, id.Port)
  t.strictSame(anchored(whole, quote!.id), ['The ferry stays'])
  t.strictSame(anchored(whole, whole.attributions[0]!.id), ['The board agreed'])
  t.match(whole.body, [
    { _type: 'block', style: 'h2' },
    { _type: 'image', mediaId: shown?.id }
  ])
  t.match((whole.body as Body).slice(3), [
    { _type: 'rule' },
    { _type: 'embed', url: 'https://video.example/1' }
  ])
  const idle = (await get('/v1/sources?edition=draft&kind=document')).json<Page>().data[0]
  t.equal(idle?.affiliationId, id.Office)
})

t.test('records that are there are named by their ids, in a story and later', async (t) => {
  const client = await app(t)
  const { post, put } = client
  const source = (await post('/v1/sources', { kind: 'person', name: 'Mara' })).json<Draft>().id
  const file = (await post('/v1/media', { kind: 'image' })).json<Draft>().id
  const story = {
    title: 'Known',
    body: { markdown: `![A ferry](${file})\n\nThe board agreed.` },
    leadMediaId: file,
    bylines: [{ sourceId: source, name: 'Mara' }]
  }
  const first = (
    await post('/v1/articles', {
      ...story,
      sources: [{ kind: 'organization', name: 'Unkeyed', affiliationId: null }],
      attributions: [{ claim: 'The board agreed', hops: [{ sourceId: source, relation: 'said' }] }]
    })
  ).json<DraftArticle>()
  t.strictSame([first.media.length, first.media[0]?.id, first.sources[0]?.id], [1, file, source])
  const second = await post('/v1/articles', { title: 'Other' })
  const changed = await put(`/v1/articles/${second.json<Draft>().id}`, story)
  t.strictSame([changed.status, changed.json<DraftArticle>().media[0]?.id], [200, file])
})

t.test('what was said with null is read as if it had been left out', async (t) => {
  const { post, get } = await app(t)
  const bylines = [{ name: 'Staff', sourceId: null, role: null }]
  const created = await post('/v1/articles', { title: 'Nulls', slug: null, bylines, publishedAt: null })
  t.strictSame(created.json<DraftArticle>().bylines, [{ name: 'Staff' }])
  const read = await get(draftOf('articles', created.json<Draft>().id))
  t.strictSame([read.body, tagOf(read)], [created.body, tagOf(created)])
})

t.test('a story is created whole or not at all', async (t) => {
  const { post, get } = await app(t)
  const good: NewStory = {
    title: 'All or nothing',
    body: { text: 'The ferry stays. The board agreed.' },
    sources: [{ key: 'mara', kind: 'person', name: 'Mara' }],
    media: [{ key: 'port', kind: 'image', credits: [{ creditLine: 'Ana' }] }],
    quotes: [{ text: 'The ferry stays', attributions: [{ hops: [{ sourceId: 'mara', relation: 'said' }] }] }]
  }
  const wrong = { kind: 'person' as const, name: 'Bo' }
  const hops = (sourceId: string) => [{ hops: [{ sourceId, relation: 'said' as const }] }]
  const annotated = (def: Fields) => [{ ...block('The ferry stays.'), markDefs: [{ _key: 'm', ...def }] }]
  const refused: [string, Fields, string][] = [
    ['a key used twice', { sources: [...good.sources!, { key: 'mara', ...wrong }] }, '/sources/1/key'],
    [
      'an unknown affiliation',
      { sources: [{ ...wrong, affiliationId: 'nobody' }] },
      '/sources/0/affiliationId'
    ],
    [
      'an affiliation to itself',
      { sources: [{ key: 'a', ...wrong, affiliationId: 'a' }] },
      '/sources/0/affiliationId'
    ],
    [
      'a circle of affiliations',
      {
        sources: [
          { key: 'a', ...wrong, affiliationId: 'b' },
          { key: 'b', ...wrong, affiliationId: 'a' }
        ]
      },
      '/sources/1/affiliationId'
    ],
    [
      'an unknown byline',
      { bylines: [{ name: 'x' }, { name: 'Bo', sourceId: 'bo' }] },
      '/bylines/1/sourceId'
    ],
    ['an unknown lead', { leadMediaId: 'bo' }, '/leadMediaId'],
    [
      'an unknown picture',
      { body: [block('The ferry stays.'), { _type: 'image', mediaId: 'bo' }] },
      '/body/1/mediaId'
    ],
    ['words not in the body', { quotes: [{ text: 'The ferry goes' }] }, '/quotes/0/text'],
    ['half a word', { quotes: [{ text: 'he ferry stay' }] }, '/quotes/0/text'],
    [
      'an unknown source of a quote',
      { quotes: [{ text: 'The ferry stays' }, { text: 'The board agreed', attributions: hops('bo') }] },
      '/quotes/1/attributions/0/hops/0/sourceId'
    ],
    [
      'an unknown source of a claim',
      { attributions: [{ claim: 'The board agreed', hops: hops('bo')[0]!.hops }] },
      '/attributions/0/hops/0/sourceId'
    ],
    [
      'an annotation without its quote',
      { quotes: [], body: annotated({ _type: 'quote', quoteId: missing('quo') }) },
      '/body/0/markDefs/0/quoteId'
    ],
    [
      'an annotation without its claim',
      { quotes: [], body: annotated({ _type: 'attribution', attributionId: 'bo' }) },
      '/body/0/markDefs/0/attributionId'
    ]
  ]
  for (const [title, part, pointer] of refused) {
    t.strictSame(
      refusal(await post('/v1/articles', { ...good, ...part })),
      [422, 'unprocessable', pointer],
      title
    )
  }
  for (const list of ['articles', 'sources', 'media', 'media-credits', 'quotes', 'attributions'])
    t.strictSame((await get(`/v1/${list}?edition=draft`)).json<Page>().data, [], `no ${list} left behind`)
  t.equal((await post('/v1/articles', { ...good })).status, 201)
})

/** What a body sent in this form is read as, in all forms. */
async function read(t: Test, body: NewStory['body'], media: string[] = []) {
  const { post, get } = await app(t)
  const files = media.map((key) => ({
    key,
    kind: 'image' as const,
    url: `https://pictures.example/${key}.jpg`,
    alt: `"${key}" [1]`,
    caption: 'At <dusk>.',
    credits: [{ creditLine: 'Ana' }, { creditLine: 'Bo' }]
  }))
  const created = await post('/v1/articles', { title: 'Forms', body, media: files })
  const { id } = created.json<DraftArticle>()
  const form = async (name: string) =>
    (await get(`${draftOf('articles', id)}&body=${name}`)).json<DraftArticle>().body as string
  return {
    created,
    article: created.json<DraftArticle>(),
    body: created.json<DraftArticle>().body as Body,
    html: await form('html'),
    markdown: await form('markdown'),
    text: await form('text'),
    portable: await form('portable-text')
  }
}

const shape = (body: Body) =>
  body.map((one) =>
    one._type === 'block'
      ? [one.listItem ?? one.style, ...one.children.map(({ text, marks = [] }) => [text, ...marks].join('|'))]
      : [one._type]
  )

t.test('Portable Text goes in and comes out as it was, and in every other form', async (t) => {
  const sent = [
    { ...block('A heading'), _key: 'b0', style: 'h2' },
    {
      _type: 'block' as const,
      _key: 'b1',
      style: 'normal' as const,
      markDefs: [{ _type: 'link' as const, _key: 'l', href: 'https://a.example/?a=1&b=2' }],
      children: [
        { _type: 'span' as const, _key: 's0', text: 'bold', marks: ['strong'] },
        { _type: 'span' as const, _key: 's1', text: ' <tag> ', marks: [] },
        { _type: 'span' as const, _key: 's2', text: 'link', marks: ['l', 'em'] },
        { _type: 'span' as const, _key: 's3', text: 'under', marks: ['underline'] },
        { _type: 'span' as const, _key: 's4', text: 'gone', marks: ['strike'] },
        { _type: 'span' as const, _key: 's5', text: 'x()', marks: ['code'] }
      ]
    },
    { ...block('one'), _key: 'b2', listItem: 'bullet', level: 1 },
    { _type: 'rule', _key: 'b3' },
    { _type: 'embed', _key: 'b4', url: 'https://video.example/?a=1&b=2' }
  ]
  const { body, html, markdown, text, portable } = await read(t, sent as Body)
  t.strictSame(body, sent)
  t.strictSame(portable, sent)
  t.equal(
    html,
    '<h2>A heading</h2><p><strong>bold</strong> &lt;tag&gt; <a href="https://a.example/?a=1&amp;b=2"><em>link</em></a><u>under</u><s>gone</s><code>x()</code></p><ul><li>one</li></ul><hr /><figure data-embed="https://video.example/?a=1&amp;b=2"><a href="https://video.example/?a=1&amp;b=2">https://video.example/?a=1&amp;b=2</a></figure>'
  )
  t.match(markdown, /^## A heading\n/)
  t.match(markdown, '**bold**')
  t.match(markdown, '~~gone~~')
  t.match(markdown, '<figure data-embed="https://video.example/?a=1&amp;b=2">')
  t.match(markdown, '\n***\n')
  t.equal(text, 'A heading\n\nbold <tag> linkundergonex()\n\none')
})

t.test('keys that were left out are made, and those that were sent stay', async (t) => {
  const span = (text: string, _key?: string) => ({ _type: 'span' as const, text, _key })
  const { body } = await read(t, [
    { _type: 'block', children: [span('a'), span('b', 's1'), span('c')] },
    { _type: 'block', _key: 'b0', children: [] },
    { _type: 'rule' }
  ])
  const keys = body.map(({ _key }) => _key)
  t.equal(keys[1], 'b0')
  t.equal(new Set(keys).size, 3)
  t.match(body[0], { style: 'normal', markDefs: [] })
  const spans = body[0]?._type === 'block' ? body[0].children.map(({ _key }) => _key) : []
  t.equal(spans[1], 's1')
  t.equal(new Set(spans).size, 3)
})

t.test('Markdown is read', async (t) => {
  const { body, article, markdown, html } = await read(
    t,
    {
      markdown:
        '# One\n\n##### Five\n\n###### Six\n\nThe **bold** *em* ~~gone~~ `x` [site](https://a.example) [bad](javascript:alert(1))\n\n![A ferry](port)\n\n> said\n\n- one\n\n---\n\nlast'
    },
    ['port']
  )
  t.strictSame(
    shape(body).map(([kind]) => kind),
    ['h2', 'h4', 'h4', 'normal', 'image', 'blockquote', 'bullet', 'rule', 'normal']
  )
  const [, , , line] = body
  t.match(line, { children: [{ text: 'The ' }, { text: 'bold', marks: ['strong'] }] })
  t.strictSame(
    line?._type === 'block' && line.markDefs?.map((def) => def._type === 'link' && def.href),
    ['https://a.example'],
    'an unsafe link is words'
  )
  t.match(JSON.stringify(line), 'bad')
  t.notMatch(JSON.stringify(body), '"href":"javascript')
  const [file] = article.media
  t.match(body[4], { _type: 'image', mediaId: file?.id })
  t.match(markdown, `![\\"port" \\[1\\]](${file?.id})`.replace('\\"', '"'))
  t.match(
    html,
    `<figure data-media="${file?.id}"><img src="https://pictures.example/port.jpg" alt="&quot;port&quot; [1]" /><figcaption>At &lt;dusk&gt;. Ana; Bo</figcaption></figure>`
  )
})

t.test('HTML is read', async (t) => {
  const { body, article } = await read(
    t,
    {
      html: '<h1>One</h1><script>alert(1)</script><style>p{}</style><p>The <b>bold</b> <i>em</i> <a href="https://a.example">site</a> <a href="javascript:alert(1)">bad</a></p><img src="port"><h6>Six</h6><hr><iframe src="https://video.example/1"></iframe><ol><li>one</li></ol>'
    },
    ['port']
  )
  t.strictSame(
    shape(body).map(([kind]) => kind),
    ['h2', 'normal', 'image', 'h4', 'rule', 'embed', 'number']
  )
  t.match(body[2], { mediaId: article.media[0]?.id })
  t.match(body[5], { url: 'https://video.example/1' })
  t.notMatch(JSON.stringify(body), /javascript|alert|p\{/)
  t.match(JSON.stringify(body[1]), 'bad')
})

t.test('plain text is read by its paragraphs', async (t) => {
  const { body, text, html } = await read(t, { text: '\n\n One\nline. \n \n\n<b>Two</b>\n' })
  t.strictSame(shape(body), [
    ['normal', 'One\nline.'],
    ['normal', '<b>Two</b>']
  ])
  t.equal(text, 'One\nline.\n\n<b>Two</b>')
  t.match(html, '&lt;b&gt;Two&lt;/b&gt;')
})

t.test('a body that cannot be held is refused', async (t) => {
  const { post, get } = await app(t)
  const marked = (marks: string[], ...keys: string[]) => [
    block('Before.'),
    {
      ...block('x'),
      children: [{ _type: 'span' as const, text: 'x', marks }],
      markDefs: keys.map((_key) => ({ _type: 'link' as const, _key, href: '/x' }))
    }
  ]
  const refused: [string, unknown, string][] = [
    ['a picture by address in Markdown', { markdown: '![x](https://a.example/x.jpg)' }, '/body'],
    ['a picture by address in HTML', { html: '<img src="https://a.example/x.jpg">' }, '/body'],
    ['a picture without an address', { html: '<img>' }, '/body'],
    ['a picture that is not there', { markdown: '![x](nobody)' }, '/body/0/mediaId'],
    ['too deep', { html: `${'<div>'.repeat(201)}x` }, '/body/html'],
    ['far too deep', { html: `${'<b>'.repeat(20_000)}x` }, '/body/html'],
    ['too many links in a paragraph', { markdown: '[x](/y) '.repeat(1001) }, '/body'],
    ['too many pieces in a paragraph', { markdown: '*x* '.repeat(2501) }, '/body'],
    ['quotes nested too deep', { markdown: `${'> '.repeat(200)}x` }, '/body/markdown'],
    ['lists nested too deep', { markdown: `${'- '.repeat(100)}x` }, '/body/markdown'],
    ['too many elements', { html: '<br>'.repeat(100_000) }, '/body/html'],
    [
      'too many attributes',
      { html: `<p ${Array.from({ length: 3000 }, (_, i) => `a${i}`).join(' ')}>x</p>` },
      '/body/html'
    ],
    ['front matter', { markdown: '---\ntitle: One\ntags:\n  - a\n---\n\nWords.' }, '/body/markdown'],
    ['too long a row', { html: `<table><tr>${'<td>x'.repeat(1001)}</table>` }, '/body'],
    ['a mark of nothing', marked(['strong', 'valueOf']), '/body/1/children/0/marks/1'],
    ['a mark of two things', marked(['m'], 'm', 'm'), '/body/1/markDefs/1/_key'],
    ['a mark that hides another', marked(['em'], 'em'), '/body/1/markDefs/0/_key'],
    ['too many blocks', { text: 'x\n\n'.repeat(5001) }, '/body']
  ]
  for (const [title, body, pointer] of refused)
    t.strictSame(refusal(await post('/v1/articles', { title, body })), [422, 'unprocessable', pointer], title)
  t.strictSame((await get('/v1/articles?edition=draft')).json<Page>().data, [])
})

t.test('whatever a body was written in, it can be sent back as it is read', async (t) => {
  const { post, put } = await app(t)
  const media = [{ key: 'port', kind: 'image' }]
  for (const [title, body, kinds] of [
    ['a picture among words', { markdown: 'before ![x](port) *after*' }, 'normal image normal'],
    ['pictures one after the other', { markdown: '![x](port) ![x](port)' }, 'image image'],
    ['a picture in a paragraph of HTML', { html: '<p>a <img src="port"> b</p>' }, 'normal image normal'],
    ['emphasis upon emphasis', { markdown: `${'*'.repeat(200)}x${'*'.repeat(200)}` }, 'normal'],
    [
      'lists in lists',
      { markdown: Array.from({ length: 30 }, (_, i) => `${' '.repeat(i * 2)}- x`).join('\n') }
    ],
    ['a table', { html: '<table><tr><td>a</td><td>b</td></tr></table>' }, 'table'],
    ['an empty one', { html: '' }, '']
  ] as const) {
    const made = await post('/v1/articles', { title, body, media })
    t.equal(made.status, 201, title)
    const article = made.json<DraftArticle>()
    const shown = shape(article.body as Body).map(([kind]) => kind)
    if (kinds !== undefined) t.equal(shown.join(' '), kinds, title)
    const again = await put(`/v1/articles/${article.id}`, { title, body: article.body })
    t.equal(again.status, 200, title)
    t.strictSame(again.json<DraftArticle>().body, article.body)
  }
})

t.test('a media record without a file or words is shown without them', async (t) => {
  const { post, get } = await app(t)
  const { id } = (
    await post('/v1/articles', {
      title: 'Bare',
      body: [
        { _type: 'image', mediaId: 'a' },
        { _type: 'image', mediaId: 'b' }
      ],
      media: [
        { key: 'a', kind: 'image' },
        { key: 'b', kind: 'image', url: 'https://pictures.example/b.jpg' }
      ]
    })
  ).json<DraftArticle>()
  const form = async (name: string) =>
    (await get(`${draftOf('articles', id)}&body=${name}`)).json<DraftArticle>().body
  const [file, other] = (await get(draftOf('articles', id))).json<DraftArticle>().media.map(({ id }) => id)
  t.equal(
    await form('html'),
    `<figure data-media="${file}"><figcaption></figcaption></figure><figure data-media="${other}"><img src="https://pictures.example/b.jpg" alt="" /><figcaption></figcaption></figure>`
  )
  t.equal(await form('markdown'), `![](${file})\n\n![](${other})`)
  t.equal(await form('text'), '')
})

t.test('a quote is anchored at its words', async (t) => {
  const client = await app(t)
  const places: [string, NewStory['body'], string, string[]][] = [
    ['as a whole', { text: 'She said "It stays." twice.' }, 'It stays.', ['It stays.']],
    ['not in the middle of a word', { text: 'It stays2 Itstays It stays' }, 'It stays', ['It stays']],
    [
      'in parts',
      { text: '"It stays," she said, "for good."' },
      'It stays, ... for good.',
      ['It stays,', 'for good.']
    ],
    [
      'over formatting',
      { markdown: 'She said it **really** stays.' },
      'it really stays',
      ['it ', 'really', ' stays']
    ],
    ['over paragraphs', { text: 'It stays\n\nfor good.' }, 'It stays for good.', ['It stays', 'for good.']],
    [
      'whatever the white space',
      { text: 'It  stays\nfor good' },
      ' It stays   for good',
      ['It  stays\nfor good']
    ],
    ['with 4-byte characters', { text: 'Ahoi 🚢 It stays 🚢!' }, 'It stays 🚢', ['It stays 🚢']]
  ]
  for (const [title, body, text, spans] of places) {
    const { id } = await client.draft({ title, body, quotes: [], sources: [] })
    const made = await client.post(`/v1/articles/${id}/quotes`, { text })
    t.equal(made.status, 201, title)
    const after = await article(client, id)
    t.strictSame(anchored(after, made.json<Draft>().id), spans, title)
    t.equal(after.version, 2, 'annotating the body is a change of the article')
  }
})

t.test('a direct quote must stand in the body, another need not', async (t) => {
  const client = await app(t)
  const { post, put, patch } = client
  const { id } = await client.draft({ body: { text: 'It stays. It really does.' }, quotes: [], sources: [] })
  const at = `/v1/articles/${id}/quotes`
  for (const text of ['It goes', 'It really does. ... It stays.', 'It ...  ... stays', 'tays'])
    t.strictSame(refusal(await post(at, { text })), [422, 'unprocessable', '/text'], text)
  const indirect = await post(at, { text: 'that it would stay', kind: 'indirect' })
  t.equal(indirect.status, 201)
  t.strictSame(anchored(await article(client, id), indirect.json<Draft>().id), [])

  const url = `/v1/quotes/${indirect.json<Draft>().id}`
  t.strictSame(refusal(await patch(url, { kind: 'direct' })), [422, 'unprocessable', '/text'])
  t.equal((await patch(url, { kind: 'direct', text: 'It stays.' })).status, 200)
  t.strictSame(anchored(await article(client, id), indirect.json<Draft>().id), ['It stays.'])
  const moved = await put(url, { text: 'It really does.' })
  t.equal(moved.status, 200)
  const after = await article(client, id)
  t.strictSame(anchored(after, indirect.json<Draft>().id), ['It really does.'], 'the anchor moved')
  t.strictSame(refusal(await put(url, { text: 'It does not.' })), [422, 'unprocessable', '/text'])
  t.strictSame(await article(client, id), after, 'a refused change moves nothing')
})

t.test('an anchor sent with the body must hold the words of its quote', async (t) => {
  const { post } = await app(t)
  const story = (text: string, kind?: string) => ({
    title: 'Sent',
    body: [
      {
        ...block(''),
        children: [
          { _type: 'span', text: 'It stays', marks: ['q'] },
          { _type: 'span', text: ', she said, ' },
          { _type: 'span', text: 'for good', marks: ['q'] }
        ],
        markDefs: [{ _type: 'quote', _key: 'q', quoteId: 'stays' }]
      }
    ],
    quotes: [{ key: 'stays', text, kind }]
  })
  t.equal((await post('/v1/articles', story('It stays ... for good'))).status, 201)
  t.equal((await post('/v1/articles', story('other words', 'indirect'))).status, 201)
  t.strictSame(refusal(await post('/v1/articles', story('It stays'))), [
    422,
    'unprocessable',
    '/quotes/0/text'
  ])
})

t.test('a deleted quote leaves its words, and takes its attributions', async (t) => {
  const client = await app(t)
  const before = await client.draft()
  const [quote] = before.quotes
  const said = quote!.attributions[0]!.id
  t.equal(anchored(before, quote!.id).length, 2)
  t.equal((await client.remove(`/v1/quotes/${quote!.id}`)).status, 204)
  const after = await article(client, before.id)
  t.strictSame([after.quotes, anchored(after, quote!.id), after.sources], [[], [], []])
  const text = async () =>
    (await client.get(`${draftOf('articles', before.id)}&body=text`)).json<DraftArticle>().body
  t.equal(await text(), ferry.body.text)
  t.equal((await client.get(draftOf('attributions', said))).status, 404)
})

t.test('a claim is anchored where its words stand, and its anchor follows it', async (t) => {
  const client = await app(t)
  const { post, patch, put, remove } = client
  const { id } = await client.draft({
    body: { text: 'The board agreed. It stays.' },
    quotes: [],
    sources: []
  })
  const made = await post(`/v1/articles/${id}/attributions`, { claim: 'The board agreed', hops: [unnamed] })
  const claim = made.json<Draft>().id
  const spans = async () => anchored(await article(client, id), claim)
  t.strictSame(await spans(), ['The board agreed'])
  t.equal((await patch(`/v1/attributions/${claim}`, { claim: 'It stays' })).status, 200)
  t.strictSame(await spans(), ['It stays'])
  await patch(`/v1/attributions/${claim}`, { hops: [{ ...unnamed, relation: 'confirmed' }] })
  t.strictSame(await spans(), ['It stays'], 'another chain does not move it')
  await put(`/v1/attributions/${claim}`, { claim: 'words that are nowhere', hops: [unnamed] })
  t.strictSame(await spans(), [])
  await put(`/v1/attributions/${claim}`, { claim: 'It stays.', hops: [unnamed] })
  t.equal((await spans()).join(''), 'It stays.')
  t.equal((await remove(`/v1/attributions/${claim}`)).status, 204)
  const after = await article(client, id)
  t.strictSame([after.attributions, anchored(after, claim)], [[], []])
})

t.test('an attribution is for a quote of the article or for a claim: one of the two', async (t) => {
  const { draft, post, put, patch, get } = await app(t)
  const [mine, other] = [await draft(), await draft()]
  const at = `/v1/articles/${mine.id}/attributions`
  const hops = [unnamed]
  const [quoteId, theirs] = [mine.quotes[0]!.id, other.quotes[0]!.id]
  for (const [input, pointer] of [
    [{ quoteId: theirs, hops }, '/quoteId'],
    [{ quoteId: missing('quo'), hops }, '/quoteId'],
    [{ hops }, ''],
    [{ quoteId, claim: 'The board agreed', hops }, ''],
    [{ claim: 'x', hops: [unnamed, { sourceId: missing('src'), relation: 'said' }] }, '/hops/1/sourceId']
  ] as const)
    t.strictSame(refusal(await post(at, input)), [422, 'unprocessable', pointer], JSON.stringify(input))
  const made = await post(at, { quoteId, hops })
  t.equal(made.status, 201)
  const url = `/v1/attributions/${made.json<Draft>().id}`
  t.strictSame(refusal(await patch(url, { quoteId: theirs })), [422, 'unprocessable', '/quoteId'])
  t.strictSame(refusal(await put(url, { hops })), [422, 'unprocessable', ''])
  t.equal((await put(url, { quoteId, hops })).json<Fields>().claim, null)
  t.equal((await put(url, { claim: 'The board agreed', hops })).json<Fields>().quoteId, null)
  const [quote] = (await get(`/v1/quotes?edition=draft&article=${mine.id}`)).json<Page>().data
  t.equal((quote!.attributions as unknown[]).length, 1)
})

t.test('a quote is added with its attributions, or not at all', async (t) => {
  const client = await app(t)
  const { draft, post, get } = client
  const { id } = await draft({ quotes: [] })
  const text = 'The ferry will keep sailing'
  const good = { hops: [unnamed] }
  const bad = { hops: [unnamed, { sourceId: missing('src'), relation: 'said' }] }
  const before = await article(client, id)
  const refused = await post(`/v1/articles/${id}/quotes`, { text, attributions: [good, bad] })
  t.strictSame(refusal(refused), [422, 'unprocessable', '/attributions/1/hops/1/sourceId'])
  t.strictSame(await article(client, id), before)
  const made = await post(`/v1/articles/${id}/quotes`, { text, attributions: [good, good] })
  t.equal(made.status, 201)
  const { attributions } = made.json<{ attributions: { id: string; hops: unknown[] }[] }>()
  t.strictSame(
    attributions.map(({ hops }) => hops),
    [[unnamed], [unnamed]]
  )
  t.equal((await get(draftOf('attributions', attributions[1]!.id))).status, 200)
})

t.test('quotes and claims are marked in HTML, and released beside pictures and rules', async (t) => {
  const client = await app(t)
  const story = await client.draft({
    body: [
      block('It stays.'),
      { _type: 'image', mediaId: 'a' },
      { _type: 'rule' },
      block('They agreed.')
    ].map((one, i) => ({ ...one, _key: `b${i}` })) as Body,
    media: [{ key: 'a', kind: 'image' }],
    sources: [],
    quotes: [{ text: 'It stays.' }],
    attributions: [{ claim: 'They agreed', hops: [{ unnamed: { description: 'x' }, relation: 'said' }] }]
  })
  const html = async () =>
    (await client.get(`${draftOf('articles', story.id)}&body=html`)).json<DraftArticle>().body as string
  const [quote, claim] = [story.quotes[0]!.id, story.attributions[0]!.id]
  t.match(await html(), `<p><span data-quote="${quote}">It stays.</span></p>`)
  t.match(await html(), `<p><span data-attribution="${claim}">They agreed</span>.</p>`)
  await client.remove(`/v1/quotes/${quote}`)
  await client.remove(`/v1/attributions/${claim}`)
  t.match(await html(), /^<p>It stays.<\/p><figure.*<hr \/><p>They agreed.<\/p>$/)
})

t.test(
  'a quote that has lost its words is kept, can be edited, and is anchored once they are back',
  async (t) => {
    const client = await app(t)
    const { patch, remove } = client
    const before = await client.draft()
    const [quote] = before.quotes
    const url = `/v1/quotes/${quote!.id}`
    t.equal((await patch(`/v1/articles/${before.id}`, { body: { text: 'Other words.' } })).status, 200)
    t.strictSame((await article(client, before.id)).quotes, before.quotes)
    t.equal((await patch(url, { display: 'block' })).status, 200)
    t.strictSame(refusal(await patch(url, { text: 'Yet other words.' })), [422, 'unprocessable', '/text'])
    t.strictSame(anchored(await article(client, before.id), quote!.id), [])
    await patch(`/v1/articles/${before.id}`, { body: ferry.body })
    t.equal(anchored(await article(client, before.id), quote!.id).length, 2)
    await patch(`/v1/articles/${before.id}`, { body: null })
    t.equal((await remove(url)).status, 204)
    t.strictSame((await article(client, before.id)).body, [])
  }
)

t.test('a body is not annotated with what the article does not have', async (t) => {
  const client = await app(t)
  const { put, patch } = client
  const [mine, other] = [await client.draft(), await client.draft()]
  const stray = {
    ...block('It stays.'),
    markDefs: [{ _type: 'quote', _key: 'q', quoteId: other.quotes[0]!.id }]
  }
  for (const change of [put, patch]) {
    const answer = await change(`/v1/articles/${mine.id}`, { title: 'x', body: [block('a'), stray] })
    t.strictSame(refusal(answer), [422, 'unprocessable', '/body/1/markDefs/0/quoteId'])
  }
  t.strictSame(await article(client, mine.id), mine)
})

t.test('what others rest on is not deleted', async (t) => {
  const { post, remove, draft, get } = await app(t)
  const above = (await post('/v1/sources', { kind: 'organization', name: 'Port' })).json<Draft>().id
  const story = await draft({
    leadMediaId: 'lead',
    media: [
      { key: 'lead', kind: 'image', credits: [{ creditLine: 'Ana' }] },
      { key: 'shown', kind: 'image', credits: [{ creditLine: 'Ana' }] }
    ],
    bylines: [{ name: 'Ines', sourceId: 'ines' }],
    sources: [
      { ...ferry.sources[0]!, affiliationId: above },
      { key: 'ines', kind: 'person', name: 'Ines' }
    ],
    body: { markdown: `${ferry.body.text}\n\n![x](shown)` }
  })
  const used = [
    ...story.sources.map(({ id }) => `/v1/sources/${id}`),
    ...story.media.map(({ id }) => `/v1/media/${id}`)
  ]
  t.equal(used.length, 5)
  for (const url of used) {
    const before = await get(`${url}?edition=draft`)
    t.strictSame(refusal(await remove(url)), [409, 'in-use'], url)
    t.equal((await get(`${url}?edition=draft`)).body, before.body)
  }

  const { id: published } = await draft({ title: 'Another', sources: [], quotes: [] })
  t.equal((await post(`/v1/articles/${published}/publish`)).status, 200)
  t.strictSame(refusal(await remove(`/v1/articles/${published}`)), [409, 'conflict'])
  const correction = await post(`/v1/articles/${story.id}/corrections`, { kind: 'update', text: 'x' })
  t.equal((await remove(`/v1/articles/${story.id}`)).status, 204)
  for (const [collection, id] of [
    ['quotes', story.quotes[0]!.id],
    ['attributions', story.quotes[0]!.attributions[0]!.id],
    ['corrections', correction.json<Draft>().id]
  ] as const)
    t.equal((await get(draftOf(collection, id))).status, 404, `its ${collection} went along`)
  const [first] = story.media
  const credit = first!.credits[0]!.id
  t.equal((await get(draftOf('media-credits', credit))).status, 200, 'what is shared stays')
  for (const url of used)
    t.strictSame(refusal(await remove(url)), [409, 'in-use'], 'the trash may give it back')
  t.equal((await remove(`/v1/trash/${story.id}`)).status, 204)
  // A person before the organization it belongs to.
  const ordered = [story.sources[1], story.sources[2], story.sources[0]].map(
    (one) => `/v1/sources/${one!.id}`
  )
  for (const url of [...ordered, ...story.media.map(({ id }) => `/v1/media/${id}`)])
    t.equal((await remove(url)).status, 204, url)
  t.equal((await get(draftOf('media-credits', credit))).status, 404, 'a credit goes with its media')
})

t.test('an affiliation is to another source that is there', async (t) => {
  const { post, put, patch } = await app(t)
  const make = async (name: string, affiliationId: string | null) =>
    (await post('/v1/sources', { kind: 'organization', name, affiliationId })).json<Draft>().id
  const port = await make('Port', null)
  const office = await make('Office', port)
  const desk = await make('Desk', office)
  const at = '/affiliationId'
  const input = { kind: 'organization', name: 'Nobody' }
  for (const answer of [
    await post('/v1/sources', { ...input, affiliationId: missing('src') }),
    await post('/v1/sources', { ...input, affiliationId: 'key' }),
    await put(`/v1/sources/${port}`, { ...input, affiliationId: port }),
    await patch(`/v1/sources/${port}`, { affiliationId: office }),
    await patch(`/v1/sources/${port}`, { affiliationId: desk })
  ])
    t.strictSame(refusal(answer), [422, 'unprocessable', at])
  t.equal((await patch(`/v1/sources/${desk}`, { affiliationId: port })).status, 200)
})

t.test('a correction is of a quote, an attribution or a credit of its article', async (t) => {
  const { draft, post, put, patch } = await app(t)
  const pictured = {
    leadMediaId: 'lead',
    media: [{ key: 'lead', kind: 'image' as const, credits: [{ creditLine: 'Ana' }] }]
  }
  const [mine, other] = [await draft(pictured), await draft(pictured)]
  const targets = ({ quotes, media }: DraftArticle) => [
    { quoteId: quotes[0]!.id },
    { attributionId: quotes[0]!.attributions[0]!.id },
    { creditId: media[0]!.credits[0]!.id }
  ]
  const at = `/v1/articles/${mine.id}/corrections`
  const input = { kind: 'correction', text: 'It was wrong.' }
  for (const target of targets(mine)) {
    const made = await post(at, { ...input, target })
    t.strictSame([made.status, made.json<Fields>().target], [201, target])
    const url = `/v1/corrections/${made.json<Draft>().id}`
    t.strictSame((await put(url, { ...input, target })).json<Fields>().target, target)
    t.strictSame((await patch(url, { target: null })).json<Fields>().target, null)
  }
  for (const target of targets(other)) {
    const pointer = `/target/${Object.keys(target)[0]}`
    t.strictSame(refusal(await post(at, { ...input, target })), [422, 'unprocessable', pointer])
  }
  t.strictSame(refusal(await post(at, { ...input, target: {} })), [400, 'invalid-input', '/target'])
  const both = { ...targets(mine)[0], ...targets(mine)[1] }
  t.strictSame(refusal(await post(at, { ...input, target: both })), [400, 'invalid-input', '/target'])

  const [quote, attribution] = targets(mine)
  const { id } = (await post(at, { ...input, target: quote })).json<Draft>()
  const moved = await patch(`/v1/corrections/${id}`, { target: { quoteId: null, ...attribution } })
  t.strictSame([moved.status, moved.json<Fields>().target], [200, attribution], 'a patch moves it to another')
  t.strictSame(refusal(await patch(`/v1/corrections/${id}`, { target: quote })), [
    400,
    'invalid-input',
    '/target'
  ])
})

t.test('a slug is made from the title, and used once', async (t) => {
  const { post, patch, put } = await app(t)
  const made = async (title: string) => (await post('/v1/articles', { title })).json<DraftArticle>()
  for (const [title, slug] of [
    ['Café ’ Ångström: “Größe”!', 'cafe-angstrom-grosse'],
    ['It’s a ship’s life', 'its-a-ships-life'],
    ['号外', '号外'],
    ['…', 'story'],
    ['ﬁnal ½', 'final-1-2'],
    ['x'.repeat(300), 'x'.repeat(100)],
    [`${'y'.repeat(99)} and more`, 'y'.repeat(99)]
  ] as const)
    t.equal((await made(title)).slug, slug, title)
  const first = await made('Same words')
  const second = await made('Same words')
  t.equal(first.slug, 'same-words')
  t.equal(second.slug, `same-words-${second.id.slice(-8)}`)
  t.equal((await made('…')).slug.slice(0, 6), 'story-')

  const taken = [409, 'slug-taken', '/slug']
  t.strictSame(refusal(await post('/v1/articles', { title: 'x', slug: 'same-words' })), taken)
  t.strictSame(refusal(await patch(`/v1/articles/${second.id}`, { slug: 'same-words' })), taken)
  t.strictSame(refusal(await put(`/v1/articles/${second.id}`, { title: 'x', slug: 'same-words' })), taken)
  t.equal((await patch(`/v1/articles/${first.id}`, { slug: 'same-words' })).status, 200, 'its own is free')
  t.equal(
    (await patch(`/v1/articles/${first.id}`, { title: 'Others' })).json<DraftArticle>().slug,
    'same-words'
  )
  t.equal((await patch(`/v1/articles/${first.id}`, { slug: 'others' })).json<DraftArticle>().slug, 'others')
  t.equal((await post('/v1/articles', { title: 'x', slug: 'same-words' })).status, 201, 'it is free again')
})
