// What rests on what: constructed newsrooms, and random ones against a model.
import t, { type Test } from 'tap'
import type { DraftArticle, NewStory } from '../../src/content/articles/schema.ts'
import type { NewHop } from '../../src/content/attributions/schema.ts'
import type { Provenance } from '../../src/record/provenance/schema.ts'
import { app, type Client } from '../support/app.ts'

const words = 'the ferry will stop before summer'
const official = { description: 'one harbour official', reason: 'Not allowed to speak.' }
const said = (sourceId: string): NewHop => ({ sourceId, relation: 'said' })
const reported = (sourceId: string): NewHop => ({ sourceId, relation: 'reported' })
const cites = (articleId: string): NewHop => ({ articleId, relation: 'reported' })
const told: NewHop = { unnamed: official, relation: 'told' }

/** A newsroom with some sources. */
async function newsroom(t: Test) {
  const client = await app(t)
  const source = async (input: object) => (await client.post('/v1/sources', input)).json<{ id: string }>().id
  const board = await source({ kind: 'organization', name: 'Harbour Board' })
  const ids = {
    board,
    lind: await source({
      kind: 'person',
      name: 'Mara Lindqvist',
      role: 'harbour master',
      affiliationId: board
    }),
    brine: await source({ kind: 'person', name: 'Ole Brine', affiliationId: board }),
    post: await source({
      kind: 'organization',
      name: 'Harbour Post',
      url: 'https://post.example/',
      sameAs: ['https://social.example/post']
    }),
    wire: await source({ kind: 'organization', name: 'Coast Wire' })
  }
  return {
    ...client,
    ids,
    story: (chains: NewHop[][], claim?: string) => publish(client, storyOf(chains, claim))
  }
}

const storyOf = (chains: NewHop[][], claim = words): NewStory => ({
  title: `Report of ${claim}`,
  language: 'en',
  section: 'harbour',
  bylines: [{ name: 'Ida Reporter' }],
  body: { text: `People say that ${claim}.` },
  attributions: chains.map((hops) => ({ claim, hops }))
})

const nobody = 'art_01k9v3w8zhe5ra4gxm7y2bqd6c'
const newest = { headers: { 'if-match': '*' } }

async function publish({ post }: Pick<Client, 'post'>, sent: NewStory): Promise<string> {
  const { id } = (await post('/v1/articles', sent)).json<DraftArticle>()
  await post(`/v1/articles/${id}/publish`, {}, newest)
  return id
}

const provenanceOf = async ({ read }: Pick<Client, 'read'>, id: string) =>
  (await read(`/v1/articles/${id}/provenance`)).json<Provenance>()

const codesOf = ({ warnings }: Pick<Provenance, 'warnings'>) => warnings.map(({ code }) => code)

t.test('a chain leads from the reader to the origin, step by step', async (t) => {
  const room = await newsroom(t)
  const { ids, read, post } = room
  const id = await room.story([
    [{ ...reported(ids.post), url: 'https://post.example/1', at: '2026-11-02T08:30:00Z' }, said(ids.lind)]
  ])
  const found = await provenanceOf(room, id)
  const claim = found.statements[0]!.id
  t.same(
    found.nodes.map(({ id, kind, label }) => [id, kind, label]),
    [
      [id, 'article', `Report of ${words}`],
      [claim, 'claim', words],
      [ids.post, 'source', 'Harbour Post'],
      [ids.lind, 'source', 'Mara Lindqvist']
    ]
  )
  t.same(
    found.edges.map(({ from, to, relation }) => [from, to, relation]),
    [
      [id, claim, 'contains'],
      [claim, ids.post, 'reported'],
      [ids.post, ids.lind, 'said']
    ]
  )
  t.same(found.roots, [ids.lind])
  t.match(found, { independent: 1, unnamed: 0, warnings: [], cut: false })
  t.same((await read(`/v1/attributions/${claim}/provenance`)).json<Provenance>().roots, [ids.lind])
  t.equal((await read(`/v1/attributions/${nobody.replace('art', 'att')}/provenance`)).status, 404)

  await post(`/v1/articles/${id}/withdraw`, {}, newest)
  t.equal((await read(`/v1/articles/${id}/provenance`)).status, 410)
})

t.test('a quote rests on its own chains, and each of them can be asked alone', async (t) => {
  const room = await newsroom(t)
  const { ids, read } = room
  const attributions = [{ hops: [said(ids.lind)] }, { hops: [reported(ids.wire), told] }]
  const id = await publish(room, {
    ...storyOf([]),
    body: { text: '"The ferry will keep sailing," said the harbour master.' },
    quotes: [{ text: 'The ferry will keep sailing,', attributions }]
  })
  const { quotes } = (await read(`/v1/articles/${id}`)).json<DraftArticle>()
  const [quote] = quotes
  const all = (await read(`/v1/quotes/${quote!.id}/provenance`)).json<Provenance>()
  t.match(all, { id: quote!.id, independent: 2, unnamed: 1 })
  t.equal(all.nodes.find((node) => node.kind === 'unnamed')?.label, official.description)
  const one = (await read(`/v1/attributions/${quote!.attributions[1]!.id}/provenance`)).json<Provenance>()
  t.match(one, { independent: 1, unnamed: 1 })
  t.same(codesOf(one), ['all-unnamed'])
  const chain = `/v1/attributions/${quote!.attributions[1]!.id}/provenance?as=svg`
  t.match((await read(chain)).body, /<title id="title">What this rests on<\/title>/)
  for (const subject of [`quotes/${quote!.id}`, `attributions/${quote!.attributions[0]!.id}`]) {
    const { nodes } = (await room.get(`/v1/${subject}/provenance?edition=draft`)).json<Provenance>()
    t.ok(nodes.some(({ label }) => label === 'Mara Lindqvist'))
  }
})

t.test('three outlets with one informant have one root', async (t) => {
  const room = await newsroom(t)
  const { ids } = room
  const id = await room.story([
    [reported(ids.post), said(ids.lind)],
    [reported(ids.wire), said(ids.lind)],
    [said(ids.lind)]
  ])
  const found = await provenanceOf(room, id)
  t.same([found.roots, found.independent], [[ids.lind], 1])
  t.same(codesOf(found), ['single-root'])
  t.match(found.warnings[0]!.detail, /3 say it, and all of it rests on one origin: “Mara Lindqvist”/)
})

t.test('two who know it themselves are independent; two of one organization are not', async (t) => {
  const room = await newsroom(t)
  const { ids } = room
  const apart = await provenanceOf(room, await room.story([[said(ids.lind)], [said(ids.wire)]]))
  t.match(apart, { independent: 2, warnings: [] })
  const colleagues = await provenanceOf(room, await room.story([[said(ids.lind)], [said(ids.brine)]]))
  t.match(colleagues, { independent: 1, roots: [ids.lind, ids.brine] })
  t.same(codesOf(colleagues), ['single-root'])
})

t.test('who passes on what a root says does not confirm it', async (t) => {
  const room = await newsroom(t)
  const { ids } = room
  const id = await room.story([[reported(ids.post)], [reported(ids.post), said(ids.lind)]])
  const found = await provenanceOf(room, id)
  t.match(found, { roots: [ids.post, ids.lind], independent: 1, warnings: [] })
})

t.test('nobody at the end is named', async (t) => {
  const room = await newsroom(t)
  const id = await room.story([[reported(room.ids.wire), told]])
  const found = await provenanceOf(room, id)
  t.match(found, { independent: 1, unnamed: 1 })
  t.same(codesOf(found), ['all-unnamed'])
})

t.test('a chain goes on in an article of ours, with the same words where it has them', async (t) => {
  const room = await newsroom(t)
  const { ids } = room
  const first = await publish(room, {
    ...storyOf([[said(ids.lind)]]),
    body: { text: `People say that ${words}. They say that it is cold.` },
    attributions: [
      { claim: words, hops: [said(ids.lind)] },
      { claim: 'it is cold', hops: [said(ids.wire)] }
    ]
  })
  const same = await provenanceOf(room, await room.story([[cites(first)]], `${words.toUpperCase()}`))
  t.same(same.roots, [ids.lind], 'but for capitals')
  t.ok(same.edges.some(({ relation }) => relation === 'continues'))
  const other = await provenanceOf(room, await room.story([[cites(first)]], 'the harbour is closed'))
  t.same(other.roots, [ids.lind, ids.wire], 'or else all of them')
  const plain = await publish(room, { ...storyOf([]), title: 'Without anybody' })
  const end = await provenanceOf(room, await room.story([[cites(plain)]]))
  t.same(end.roots, [plain], 'an article that names nobody is where a chain ends')
})

t.test('articles that cite each other rest on nobody', async (t) => {
  const room = await newsroom(t)
  const { ids, post, patch, get } = room
  const one = await room.story([[said(ids.lind)]])
  const other = await room.story([[cites(one)]])
  const { attributions } = (await get(`/v1/articles/${one}?edition=draft`)).json<DraftArticle>()
  await patch(`/v1/attributions/${attributions[0]!.id}`, { hops: [cites(other)] })
  await post(`/v1/articles/${one}/publish`, {}, newest)
  const found = await provenanceOf(room, one)
  t.match(found, { roots: [], independent: 0 })
  t.same(codesOf(found), ['circular'])
  t.same(new Set(found.warnings[0]!.nodes), new Set([one, other]))
  t.match((await room.read(`/v1/articles/${one}/provenance?as=svg`)).body, /rests on nobody/)
})

t.test('what rests on a retracted or withdrawn article says so', async (t) => {
  const room = await newsroom(t)
  const { ids, post } = room
  const fallen = await room.story([[said(ids.lind)]])
  const id = await room.story([[cites(fallen)], [said(ids.wire)]])
  t.same(codesOf(await provenanceOf(room, id)), [])
  const retraction = await post(`/v1/articles/${fallen}/corrections`, {
    kind: 'retraction',
    text: 'It was wrong.'
  })
  await post(`/v1/corrections/${retraction.json<{ id: string }>().id}/publish`, {}, newest)
  const retracted = await provenanceOf(room, id)
  t.same(codesOf(retracted), ['rests-on-retracted'])
  t.equal(retracted.nodes.find((node) => node.id === fallen)?.state, 'retracted')
  t.match(await provenanceOf(room, fallen), { nodes: [{ id: fallen, state: 'retracted' }] })
  await post(`/v1/articles/${fallen}/withdraw`, {}, newest)
  const withdrawn = await provenanceOf(room, id)
  t.match((await room.read(`/v1/articles/${id}/provenance?as=svg`)).body, /class="article fallen"/)
  t.same(withdrawn.roots, [fallen, ids.wire])
  t.same(codesOf(withdrawn), ['rests-on-retracted'])
  const node = withdrawn.nodes.find(({ id }) => id === fallen)
  t.match(node, { label: 'An article that was withdrawn', state: 'withdrawn' }, 'nor shows its title')
})

t.test('a hop names an article, or an address that an article or a source has', async (t) => {
  const room = await newsroom(t)
  const { ids, post, patch, get, token, read } = room
  const canonicalUrl = 'https://news.example/ferry'
  const first = await publish(room, { ...storyOf([[said(ids.lind)]]), canonicalUrl })
  const draft = (
    await post('/v1/articles', storyOf([[{ url: canonicalUrl, relation: 'reported' }]]))
  ).json<DraftArticle>()
  t.match(draft.attributions[0]!.hops, [{ articleId: first, url: canonicalUrl }])
  const named = async (hop: object) =>
    post(`/v1/articles/${draft.id}/attributions`, { claim: 'People say', hops: [hop] })
  t.match((await named({ url: 'https://social.example/post', relation: 'reported' })).json(), {
    hops: [{ sourceId: ids.post }]
  })
  const refused = async (hop: object, pointer: string, detail: RegExp) => {
    const answer = await named(hop)
    t.equal(answer.status, 422)
    t.match(answer.json(), { errors: [{ pointer, detail }] })
  }
  await refused(
    { url: 'https://other.example/', relation: 'said' },
    '/hops/0/url',
    /No article and no source has the address/
  )
  await post('/v1/sources', { kind: 'organization', name: 'The Post', url: 'https://social.example/post' })
  await refused(
    { url: 'https://social.example/post', relation: 'said' },
    '/hops/0/url',
    /Several have the address/
  )
  await refused(cites(draft.id), '/hops/0/articleId', /cannot rest on itself/)
  await refused(cites(nobody), '/hops/0/articleId', /There is no article/)
  t.equal((await named({ ...cites(first), ...said(ids.lind) })).status, 400, 'one of the two')
  t.equal((await named({ relation: 'said' })).status, 400)

  const viewed = await get(`/v1/articles/${draft.id}/provenance?edition=draft`)
  t.same(viewed.json<Provenance>().roots, [ids.post, ids.lind])
  t.match(viewed.headers, { 'cache-control': 'private, no-store' })
  t.equal((await read(`/v1/articles/${draft.id}/provenance?edition=draft`)).status, 401)
  t.equal((await read(`/v1/articles/${draft.id}/provenance`)).status, 404)
  const { id } = draft.attributions[0]!
  const { token: contributor } = (await post('/v1/tokens', { name: 'desk', role: 'contributor' })).json<{
    token: string
  }>()
  const chain = await get(`/v1/attributions/${id}/provenance?edition=draft`, { token: contributor })
  t.same(chain.json<Provenance>().roots, [ids.lind])
  t.equal(
    chain.json<Provenance>().nodes.some((node) => node.kind === 'article'),
    true
  )
  await token('contributor')

  await patch(`/v1/attributions/${id}`, { hops: [{ ...cites(first), positionToKnow: 'It was there.' }] })
  t.match((await get(`/v1/attributions/${id}?edition=draft`)).json(), {
    hops: [{ positionToKnow: 'It was there.' }]
  })
})

t.test('the graph comes in five forms, chosen by the address or by Accept', async (t) => {
  const room = await newsroom(t)
  const { post, read } = room
  const hostile = `<script>alert("1")</script> & ']]> \\N #quot; \u0007\u202e \`x\``
  const name = (await post('/v1/sources', { kind: 'person', name: hostile, role: '"]; a -> b' })).json<{
    id: string
  }>()
  const quoted = await publish(room, {
    ...storyOf([]),
    title: hostile,
    body: { text: `He said “${hostile}” to us.` },
    quotes: [{ text: hostile, attributions: [{ hops: [said(name.id)] }, { hops: [told] }] }]
  })
  const id = await room.story([[cites(quoted)], ...Array.from({ length: 3 }, () => [told])], 'x'.repeat(200))
  const url = `/v1/articles/${id}/provenance`
  const as = (form: string) => read(`${url}?as=${form}`)

  const svg = await as('svg')
  t.match(svg.headers, {
    'content-type': 'image/svg+xml; charset=utf-8',
    'content-security-policy': /sandbox/,
    vary: /accept, accept-encoding/
  })
  t.notMatch(svg.body, /<script|href|https?:(?!\/\/www.w3.org\/2000\/svg)/)
  t.notOk(svg.body.includes('\u0007'), 'no control characters')
  t.match(svg.body, /&lt;script&gt;alert\(/)
  t.match(svg.body, /<desc id="description">The claim x+ rests on/)
  t.notMatch(svg.body, /&(?!amp;|lt;|gt;|quot;|#39;)/, 'every ampersand is escaped')

  const dot = await as('dot')
  t.match(dot.headers['content-type'], /^text\/vnd.graphviz/)
  t.match(dot.body, /\[shape=ellipse, label="Source\\n<script>alert\(\\"1\\"\)/)
  const strings = dot.body.replaceAll(/"(?:[^"\\]|\\.)*"/g, '')
  t.notMatch(strings, /"|script/, 'all words are within strings')

  const mermaid = await as('mermaid')
  t.match(mermaid.body, /#lt;script#gt;alert\(#quot;1#quot;\)/)
  t.notMatch(mermaid.body.replaceAll(/"[^"\n]*"/g, ''), /script/)

  const jsonld = await as('jsonld')
  t.match(jsonld.headers['content-type'], /^application\/ld\+json/)
  const graph = jsonld.json<{ '@graph': { '@type': string | string[] }[] }>()['@graph']
  const types = new Set(graph.flatMap((node) => node['@type']))
  t.same(
    types,
    new Set([
      'schema:NewsArticle',
      'prov:Entity',
      'schema:Claim',
      'schema:Quotation',
      'schema:Person',
      'prov:Person',
      'prov:Agent'
    ])
  )

  const accepting = (accept: string) => read(url, { headers: { accept } })
  const browser = 'image/avif,image/webp,image/svg+xml,image/*,*/*;q=0.8'
  for (const _ of [1, 2]) t.equal((await accepting(browser)).body, svg.body, 'as an image')
  t.match((await accepting('application/ld+json')).headers['content-type'], /ld\+json/)
  t.match((await accepting('text/html')).status, 406)
  const json = await read(url)
  t.match(json.headers, {
    'content-type': 'application/json; charset=utf-8',
    'surrogate-key': new RegExp(quoted)
  })
  const again = await read(url, { headers: { 'if-none-match': String(json.headers.etag) } })
  t.equal(again.status, 304)
  for (const form of ['svg', 'dot', 'jsonld', 'mermaid', 'json']) {
    const draft = await room.get(`${url}?edition=draft&as=${form}`)
    t.equal(draft.status, 200)
    const headers = { 'if-none-match': String(draft.headers.etag) }
    const known = await room.get(`${url}?edition=draft&as=${form}`, { headers })
    t.strictSame([known.status, known.body, known.headers.etag], [304, '', draft.headers.etag])
  }
})

t.test('a picture of many nodes says how many it leaves out', async (t) => {
  const room = await newsroom(t)
  const names = Array.from({ length: 160 }, (_, i) => `official number ${i}`)
  const chains = names
    .slice(0, 20)
    .map((description) => [{ unnamed: { description }, relation: 'told' } as NewHop])
  const id = await publish(room, {
    ...storyOf([]),
    body: { text: names.map((name) => `The ${name} spoke.`).join(' ') },
    attributions: names.map((name, i) => ({ claim: `The ${name} spoke`, hops: chains[i % 20]! }))
  })
  t.match((await room.read(`/v1/articles/${id}/provenance?as=svg`)).body, /31 more are not drawn\./)
})

t.test('a graph ends after twenty hops or two thousand nodes, and says so', async (t) => {
  const room = await newsroom(t)
  let last = await room.story([[told]])
  const long = Array.from({ length: 9 }, () => reported(room.ids.wire))
  for (let i = 0; i < 3; i++) last = await room.story([[...long, cites(last)]])
  const deep = await provenanceOf(room, last)
  t.match(deep, { cut: true })
  t.equal(deep.statements[0]!.unnamed, 0)

  const somebody = (n: number): NewHop => ({ unnamed: { description: `official ${n}` }, relation: 'told' })
  const chains = Array.from({ length: 101 }, (_, c) =>
    Array.from({ length: 20 }, (_, h) => somebody(20 * c + h))
  )
  const wide = await provenanceOf(
    room,
    await publish(room, {
      ...storyOf([]),
      body: { text: chains.map((_, i) => `This is number ${i}.`).join(' ') },
      attributions: chains.map((hops, i) => ({ claim: `This is number ${i}.`, hops }))
    })
  )
  t.match(wide, { cut: true })
  t.ok(wide.nodes.length > 1900 && wide.nodes.length <= 2000)
})
