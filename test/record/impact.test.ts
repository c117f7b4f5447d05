// What rests on a source, an article, a quote or a chain.
import t, { type Test } from 'tap'
import type { DraftArticle, NewStory } from '../../src/content/articles/schema.ts'
import type { NewHop } from '../../src/content/attributions/schema.ts'
import type { Dependent, DependentPage } from '../../src/record/impact/schema.ts'
import { app, type Client } from '../support/app.ts'
import { forged } from '../support/forged-cursors.ts'

const words = 'the ferry will stop before summer'
const said = (sourceId: string): NewHop => ({ sourceId, relation: 'said' })
const cites = (articleId: string): NewHop => ({ articleId, relation: 'reported' })
const newest = { headers: { 'if-match': '*' } }

/** A newsroom with a source. */
async function newsroom(t: Test, clock = () => new Date()) {
  const client = await app(t, { clock })
  const source = async (name: string) =>
    (await client.post('/v1/sources', { kind: 'person', name })).json<{ id: string }>().id
  const draft = async (chains: NewHop[][], claim = words) => {
    const story: NewStory = {
      title: `Report of ${claim}`,
      language: 'en',
      section: 'harbour',
      bylines: [{ name: 'Ida Reporter' }],
      body: { text: `People say that ${claim}.` },
      attributions: chains.map((hops) => ({ claim, hops }))
    }
    const { id, attributions } = (await client.post('/v1/articles', story)).json<DraftArticle>()
    return { id, claims: attributions.map(({ id }) => id) }
  }
  const publish = (id: string, input: object = {}) => client.post(`/v1/articles/${id}/publish`, input, newest)
  return {
    ...client,
    source,
    draft,
    publish,
    lind: await source('Mara Lindqvist'),
    story: async (chains: NewHop[][], claim?: string) => {
      const made = await draft(chains, claim)
      await publish(made.id)
      return made
    }
  }
}

/** Every page of what rests on a record, as the public reads it. */
async function allOf({ read }: Pick<Client, 'read'>, record: string, limit = 100) {
  const found: Dependent[] = []
  let page: DependentPage
  let cursor = ''
  do {
    page = (await read(`/v1/${record}/dependents?limit=${limit}${cursor}`)).json<DependentPage>()
    found.push(...page.data)
    cursor = `&cursor=${page.next}`
  } while (page.next !== null)
  return { found, cut: page.cut }
}

const ids = ({ found }: { found: Dependent[] }) => found.map(({ id }) => id)

t.test('what rests on a source is told with the way there, through other articles too', async (t) => {
  const room = await newsroom(t)
  const { lind, read, get, post } = room
  const first = await room.story([[said(lind)]])
  const second = await room.story([
    [{ unnamed: { description: 'an aide' }, relation: 'told' }, cites(first.id)]
  ])
  const other = await room.story([[cites(first.id)]], 'the harbour is closed')
  const draft = await room.draft([[said(lind)]], 'a canary of a draft')
  const all = await allOf(room, `sources/${lind}`)
  t.same(ids(all), [first.id, first.claims[0], other.id, other.claims[0], second.id, second.claims[0]])
  t.match(all.found[0], {
    kind: 'article',
    label: `Report of ${words}`,
    path: [
      { from: first.id, to: first.claims[0], relation: 'contains' },
      { from: first.claims[0], to: lind, relation: 'said' }
    ]
  })
  t.match(all.found.at(-1), { kind: 'claim', label: words, articleId: second.id })
  t.same(
    all.found.at(-1)!.path.map(({ from, to, relation }) => [from, to, relation].slice(1)),
    [
      [all.found.at(-1)!.path[0]!.to, 'told'],
      [first.id, 'reported'],
      [first.claims[0], 'continues'],
      [lind, 'said']
    ]
  )
  t.same(ids(await allOf(room, `sources/${lind}`, 1)), ids(all), 'page by page')
  t.same(ids(await allOf(room, `sources/${lind}`, 3)), ids(all))
  t.same(ids(await allOf(room, `articles/${first.id}`)), [
    other.id,
    other.claims[0],
    second.id,
    second.claims[0]
  ])
  t.same(ids(await allOf(room, `attributions/${first.claims[0]}`)), [
    first.id,
    other.id,
    other.claims[0],
    second.id,
    second.claims[0]
  ])
  t.same(ids(await allOf(room, `articles/${second.id}`)), [])

  const url = `/v1/sources/${lind}/dependents`
  const page = await read(`${url}?limit=2`)
  t.match(page.headers, { link: /rel="next"/, 'surrogate-key': new RegExp(`articles.*${first.id}`) })
  t.equal(page.body, (await get(`${url}?limit=2`)).body, 'the same with a token')
  t.notMatch((await read(url)).body, /canary/)
  const unpublished = await get(`/v1/attributions/${draft.claims[0]}/dependents?edition=draft`)
  t.same(unpublished.json<DependentPage>().data, [], 'its article is not published')
  const desk = await get(`${url}?edition=draft&limit=1`)
  t.match(desk.headers, { 'cache-control': 'private, no-store', link: /rel="next"/ })
  t.equal((await read(`${url}?edition=draft`)).status, 401)
  for (const cursor of [forged(page.json<DependentPage>().next, 'x', 'y', 'z'), 'nonsense'])
    t.equal((await read(`${url}?cursor=${cursor}`)).status, 400)
  const beyond = forged(page.json<DependentPage>().next, '9', '', '')
  t.same((await read(`${url}?cursor=${beyond}`)).json<DependentPage>().data, [])

  // What is published is there at once, and what is withdrawn is gone.
  await room.publish(draft.id)
  t.equal(ids(await allOf(room, `sources/${lind}`)).length, 8)
  await post(`/v1/articles/${first.id}/withdraw`, {}, newest)
  t.same(ids(await allOf(room, `sources/${lind}`)), [draft.id, draft.claims[0]])
  t.equal((await read(`/v1/articles/${first.id}/dependents`)).status, 410)
  t.equal((await read(`/v1/attributions/${first.claims[0]}/dependents`)).status, 410)
  t.equal(
    (await get(`/v1/articles/${first.id}/dependents?edition=draft`)).json<DependentPage>().data.length,
    4
  )
  await post(`/v1/articles/${draft.id}/withdraw`, {}, newest)
  t.equal((await read(url)).status, 410)
})

t.test('what rests on a quote, and on one of its chains', async (t) => {
  const room = await newsroom(t)
  const { lind, get, read } = room
  const told: NewHop = { unnamed: { description: 'an aide' }, relation: 'told' }
  const quoted = await room.draft([])
  const quote = (
    await room.post(`/v1/articles/${quoted.id}/quotes`, {
      text: words,
      attributions: [{ hops: [said(lind)] }, { hops: [told, said(lind), told] }]
    })
  ).json<{ id: string; attributions: { id: string }[] }>()
  await room.publish(quoted.id)
  const citing = await room.story([[cites(quoted.id)]])
  const [, chain] = quote.attributions
  const further = [citing.id, citing.claims[0]]
  t.same(ids(await allOf(room, `sources/${lind}`)), [quoted.id, quote.id, ...further])
  t.same(ids(await allOf(room, `quotes/${quote.id}`)), [quoted.id, ...further])
  const all = await allOf(room, `attributions/${chain!.id}`)
  t.same(ids(all), [quoted.id, quote.id, ...further])
  t.match(all.found[1]!.path, [{ from: quote.id, to: chain!.id, relation: 'attributed' }])
  for (const record of [`quotes/${quote.id}`, `attributions/${chain!.id}`, `articles/${quoted.id}`])
    t.equal((await get(`/v1/${record}/dependents?edition=draft`)).body.length > 10, true)
  const nobody = quote.id.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
  t.equal((await read(`/v1/quotes/${nobody}/dependents`)).status, 404)
  t.equal((await get(`/v1/quotes/${nobody}/dependents?edition=draft`)).status, 404)
})

t.test('articles in a circle rest on each other', async (t) => {
  const room = await newsroom(t)
  const one = await room.story([[said(room.lind)]])
  const other = await room.story([[cites(one.id)]])
  await room.patch(`/v1/attributions/${one.claims[0]}`, { hops: [cites(other.id)] })
  await room.publish(one.id)
  t.same(ids(await allOf(room, `articles/${one.id}`)), [other.id, other.claims[0], one.claims[0]])
  t.equal((await room.read(`/v1/sources/${room.lind}/dependents`)).status, 410)
})

t.test('a published source tells how often it is named, first and last', async (t) => {
  let now = new Date('2026-11-02T08:00:00Z')
  const room = await newsroom(t, () => now)
  const { lind, read } = room
  const url = `/v1/sources/${lind}`
  const seen = async () => (await read(url)).json<{ seen: object }>().seen
  const first = await room.story([[said(lind)], [{ unnamed: { description: 'an aide' }, relation: 'told' }]])
  t.same(await seen(), {
    articles: 1,
    quotes: 0,
    attributions: 1,
    firstAt: now.toISOString(),
    lastAt: now.toISOString()
  })
  const { etag } = (await read(url)).headers
  t.equal((await read(url, { headers: { 'if-none-match': String(etag) } })).status, 304)
  const draft = await room.draft([[said(lind)]], 'a canary of a draft')
  t.match(await seen(), { articles: 1 })
  now = new Date('2026-11-03T08:00:00Z')
  await room.publish(draft.id)
  t.match(await seen(), { articles: 2, attributions: 2, lastAt: now.toISOString() })
  await room.post(`/v1/articles/${first.id}/withdraw`, {}, newest)
  t.match(await seen(), { articles: 1, attributions: 1, firstAt: now.toISOString() })

  // Whoever only writes is not quoted.
  const author = await room.source('Ida Reporter')
  const { id } = await room.draft([])
  await room.patch(`/v1/articles/${id}`, { bylines: [{ name: 'Ida Reporter', sourceId: author }] })
  await room.publish(id)
  t.same((await read(`/v1/sources/${author}`)).json<{ seen: object }>().seen, {
    articles: 0,
    quotes: 0,
    attributions: 0,
    firstAt: null,
    lastAt: null
  })
})
