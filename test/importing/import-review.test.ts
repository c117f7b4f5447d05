// What is kept of an import, and how an editor reviews what was read from the page.
import t, { type Test } from 'tap'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import { purgeExpired as emptyTrash } from '../../src/content/desk/trash/retention.ts'
import { deleteExpiredPages, startPageRetention } from '../../src/importing/records/retention.ts'
import type { Import, ImportCard, Imported } from '../../src/importing/records/schema.ts'
import { app, type Call, type Client } from '../support/app.ts'

const day = (n: number) => new Date(Date.UTC(2026, 10, n, 8))
const text = { headers: { 'content-type': 'text/plain' } }
const html = { headers: { 'content-type': 'text/html' } }

const page = `<!doctype html><html lang="en"><head><title>Pier opens again</title>
<link rel="canonical" href="https://tide.example/pier"></head><body><article><h1>Pier opens again</h1>
<figure><img src="https://tide.example/pier.jpg" alt="The pier"><figcaption>The pier at noon. <span class="credit">Ana Example/Harbour Wire</span></figcaption></figure>
<p>The pier of Port Aldis opens on Monday after two winters of repairs, and the keeper has painted its rails.</p>
<p>“We have painted every rail,” said Nell Fathom, the keeper of the pier.</p>
<p>“It took us two winters,” Fathom said.</p>
<p>The work cost more than the town had planned, according to Otto Brine.</p>
<p>“She never gave up,” he said.</p></article></body></html>`

interface Page {
  data: ImportCard[]
  next: string | null
}

async function newsroom(t: Test, config: object = {}) {
  const clock = { now: day(2) }
  const client = await app(t, { clock: () => clock.now, config })
  return { client, clock }
}

const importing = async (client: Client, content = page, as: Call = html) =>
  (await client.post('/v1/imports', content, as)).json<Imported>()
const get = async (client: Client, id: string) => (await client.get(`/v1/imports/${id}`)).json<Import>()
const list = async (client: Client, query = '') => (await client.get(`/v1/imports${query}`)).json<Page>()
const draft = async (client: Client, id: string) =>
  (await client.get(`/v1/articles/${id}?edition=draft`)).json<DraftArticle>()
const review = (client: Client, id: string, body: object, call: Call = {}) =>
  client.post(`/v1/imports/${id}/review`, body, call)

t.test('an import tells from which words and by which rule each record was read', async (t) => {
  const { client } = await newsroom(t)
  const imported = await importing(client)
  const { article, proposals } = imported
  const read = proposals.map(({ kind, rule, confidence, readFrom }) => [kind, rule, confidence, readFrom])
  t.same(read, [
    ['source', 'named-speaker', 'high', 'said Nell Fathom, the keeper of the pier'],
    ['quote', 'cue-after', 'high', 'said Nell Fathom, the keeper of the pier'],
    ['quote', 'cue-after', 'medium', 'Fathom said'],
    ['source', 'named-speaker', 'medium', 'according to Otto Brine'],
    ['claim', 'according-to', 'medium', 'according to Otto Brine'],
    ['quote', 'cue-after', 'low', 'he said'],
    ['credit', 'credit-element', 'high', 'Ana Example/Harbour Wire']
  ])
  const [source, quote] = proposals
  const [said] = article.quotes
  t.match(source, {
    id: article.sources[0]!.id,
    proposed: { kind: 'person', name: 'Nell Fathom' },
    version: 1
  })
  t.match(quote, {
    id: said!.id,
    state: 'waiting',
    proposed: {
      text: 'We have painted every rail',
      kind: 'direct',
      speakers: [{ sourceId: source!.id, name: 'Nell Fathom', relation: 'said' }]
    },
    decided: null
  })
  t.match(imported.import, {
    id: /^imp_/,
    articleId: article.id,
    title: 'Pier opens again',
    status: 'waiting',
    waiting: 7,
    doubtful: 1,
    mediaType: 'text/html',
    file: null,
    canonicalUrl: 'https://tide.example/pier',
    page: { bytes: Buffer.byteLength(page), until: '2026-12-02T08:00:00.000Z' }
  })
  const { import: card, warnings, matches } = imported
  t.same(await get(client, card.id), { ...card, warnings, proposals, matches })
  const published = await client.post(`/v1/articles/${article.id}/publish`, {
    waive: [{ code: 'speaker-unclear', reason: 'x' }]
  })
  t.notMatch(published.body, /cue-after|readFrom/, 'the draft knows nothing of it')
})

t.test('other rules are told, too', async (t) => {
  const { client } = await newsroom(t)
  const rulesOf = async (body: string) => {
    const { proposals } = await importing(client, `Harbour news\n\n${body}`, text)
    return proposals.map(({ kind, rule, confidence }) => `${kind} ${rule} ${confidence}`)
  }
  t.same(await rulesOf('Nell Fathom said: “The lock is dry now.”'), [
    'source named-speaker medium',
    'quote cue-before medium'
  ])
  t.match(
    await rulesOf(
      '“The lock is dry,” Otto Brine told the Example Times.\n\nOtto Brine said the lock was dry.'
    ),
    [
      'source outlet-told medium',
      'source named-speaker medium',
      'quote cue-after medium',
      'claim reported-speech high'
    ]
  )
  t.match(await rulesOf('“The lock is dry,” the company said.'), ['source described-speaker low'])
  t.match(
    (await rulesOf('The Example Wire reports:\n\nThe lock is dry, and the boats wait above it.')).at(-1),
    /^quote block-quote/
  )
  t.match(
    (await rulesOf('Nell Fathom said the lock was “as dry as a bone.”\n\n“And nobody fell in.”')).at(-1),
    'quote speaker-carried medium'
  )
  t.match((await rulesOf('“The lock is dry,” according to Nell Fathom.')).at(-1), /^quote according-to/)
  const caption =
    '<article><h1>Lock dry</h1><figure><img src="https://tide.example/a.jpg"><figcaption>The lock. Photo: Ana Example</figcaption></figure><p>The lock is dry, and all the boats wait above it until Monday morning.</p></article>'
  t.match((await importing(client, caption, html)).proposals, [{ rule: 'caption', confidence: 'medium' }])
})

t.test('the page is kept for a while, as a text to save', async (t) => {
  const { client, clock } = await newsroom(t)
  const { import: card } = await importing(client)
  const url = `/v1/imports/${card.id}/page`
  const answer = await client.get(url)
  t.equal(answer.body, page)
  t.match(answer.headers, {
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="${card.id}.html.txt"`,
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff'
  })
  const plain = await importing(client, 'A headline\n\nAnd words.', text)
  t.match((await client.get(`/v1/imports/${plain.import.id}/page`)).headers, {
    'content-disposition': `attachment; filename="${plain.import.id}.txt"`
  })
  t.equal(plain.import.status, 'decided', 'nothing was read that could be reviewed')
  clock.now = day(31)
  await deleteExpiredPages(client.db, () => clock.now, 30)
  t.equal((await client.get(url)).status, 200)
  clock.now = day(33)
  const stop = startPageRetention(
    client.db,
    { ONRECORD_IMPORT_DAYS: 30 },
    { clock: () => clock.now, failed: (error) => void t.fail(String(error)), interval: 1 }
  )
  await new Promise((done) => setTimeout(done, 30))
  await stop()
  t.equal((await client.get(url)).status, 404)
  t.match(await get(client, card.id), { page: null, waiting: 7 })
  const none = await app(t, { config: { ONRECORD_IMPORT_DAYS: 0 } })
  const unkept = await importing(none)
  t.equal(unkept.import.page, null)
  t.equal((await none.get(`/v1/imports/${unkept.import.id}/page`)).status, 404)
})

t.test('imports that wait are listed, page by page, by who may write', async (t) => {
  const { client } = await newsroom(t)
  const contributor = { token: (await client.token('contributor')).token }
  const first = await importing(client)
  const second = await importing(client, page.replaceAll('Pier', 'Dock').replaceAll('/pier', '/dock'), {
    ...html,
    ...contributor
  })
  await importing(client, 'A headline\n\nAnd words.', text)
  const ids = async (query = '') => (await list(client, query)).data.map(({ id }) => id)
  t.same(await ids(), [second.import.id, first.import.id])
  t.equal((await ids('?status=waiting,decided')).length, 3)
  t.same(await ids(`?article=${first.article.id}`), [first.import.id])
  t.same(await ids('?importedBy=a%20contributor'), [second.import.id])
  const { next, data } = await list(client, '?limit=1')
  t.equal(data.length, 1)
  t.same(await ids(`?limit=1&cursor=${next}`), [first.import.id])
  t.equal((await client.get('/v1/imports?cursor=x')).status, 400)
  t.equal((await client.get('/v1/imports', contributor)).status, 200)
  const moderator = { token: (await client.token('moderator')).token }
  const urls = ['/v1/imports', `/v1/imports/${first.import.id}`, `/v1/imports/${first.import.id}/page`]
  for (const url of urls) {
    t.equal((await client.get(url, moderator)).status, 403, url)
    t.equal((await client.read(url)).status, 401, url)
  }
  const answer = await client.get(urls[1]!)
  t.equal(
    (await client.get(urls[1]!, { headers: { 'if-none-match': String(answer.headers.etag) } })).status,
    304
  )
  t.equal((await client.get('/v1/imports/imp_01k9v3w8zhe5ra4gxm7y2bqd6c')).status, 404)
})

t.test('the same page imported twice is told, by its content and by its address', async (t) => {
  const { client } = await newsroom(t)
  const first = await importing(client)
  const told = ({ warnings }: Imported) => warnings.filter(({ code }) => code === 'imported-before')
  t.same(told(first), [])
  const again = told(await importing(client))
  t.equal(again.length, 1)
  t.match(again[0], { words: 'https://tide.example/pier', detail: /^The same page was imported before/ })
  t.ok(again[0]!.detail.includes(first.article.id) && again[0]!.detail.includes(first.import.id))
  const edited = told(await importing(client, page.replace('every rail', 'each rail')))
  t.match(edited[0], { detail: /^A page of the same address was imported before/ })
  await importing(client, 'A headline\n\nAnd words.', text)
  t.match(told(await importing(client, 'A headline\n\nAnd words.', text)), [{ words: '' }])
})

t.test('sources that the newsroom knows are proposed, and take the place of new ones', async (t) => {
  const { client } = await newsroom(t)
  const known = (
    await client.post('/v1/sources', { kind: 'person', name: 'Néll FATHOM', role: 'harbour keeper' })
  ).json<{ id: string }>()
  await client.post('/v1/sources', { kind: 'person', name: 'Nell Fathom Brine' })
  const { article, matches, proposals, import: card } = await importing(client)
  const [made] = matches
  t.same(matches, [
    {
      sourceId: made!.sourceId,
      name: 'Nell Fathom',
      known: [{ id: known.id, kind: 'person', name: 'Néll FATHOM', role: 'harbour keeper' }]
    }
  ])
  await client.patch(`/v1/articles/${article.id}`, {
    bylines: [{ name: 'Nell', sourceId: made!.sourceId }, { name: 'Ida' }]
  })
  const answer = await review(client, card.id, {
    sources: [{ id: made!.sourceId, decision: 'accept', mergeInto: known.id }],
    rest: 'accept'
  })
  t.equal(answer.status, 200)
  const reviewed = answer.json<Import>()
  t.match(reviewed, { status: 'decided', waiting: 0, matches: [] })
  t.match(reviewed.proposals[0], {
    state: 'accepted',
    mergedInto: known.id,
    version: null,
    decided: { name: 'Néll FATHOM' }
  })
  t.ok(
    reviewed.proposals.every(({ state }) => state === 'accepted'),
    'what a merged source said is not corrected thereby'
  )
  const after = await draft(client, article.id)
  t.notOk(JSON.stringify(after).includes(made!.sourceId))
  t.match(after.quotes[0]!.attributions[0]!.hops, [{ sourceId: known.id }])
  t.match(after.bylines, [{ sourceId: known.id }, { name: 'Ida' }])
  t.equal((await client.get(`/v1/sources/${made!.sourceId}?edition=draft`)).status, 404)
  t.equal(proposals.length, 7)
})

t.test('a source that others name stays when it is merged', async (t) => {
  const { client } = await newsroom(t)
  const fathom = { kind: 'person', name: 'Nell Fathom', role: 'baker' }
  const known = (await client.post('/v1/sources', fathom)).json<{ id: string }>()
  const { matches, import: card } = await importing(client)
  const { sourceId } = matches[0]!
  await client.post('/v1/sources', { kind: 'organization', name: 'The pier', affiliationId: sourceId })
  const merge = { sources: [{ id: sourceId, decision: 'accept', mergeInto: known.id }] }
  t.equal((await review(client, card.id, merge)).status, 200)
  t.equal((await client.get(`/v1/sources/${sourceId}?edition=draft`)).status, 200)
  const again = await review(client, card.id, {
    sources: [{ id: sourceId, decision: 'accept' }],
    rest: 'accept'
  })
  t.match(again.json<Import>(), { status: 'decided' })
})

t.test('a review corrects and rejects in one request', async (t) => {
  const { client } = await newsroom(t)
  const { article, proposals, import: card } = await importing(client)
  const [fathom, painted, winters, brine, claim, gave, credit] = proposals.map(({ id }) => id)
  const etag = String((await client.get(`/v1/imports/${card.id}`)).headers.etag)
  const body = {
    newSources: [
      { key: 'town', kind: 'organization', name: 'Town of Port Aldis' },
      { key: 'clerk', kind: 'person', name: 'Ida Clerk', affiliationId: 'town' }
    ],
    quotes: [
      { id: painted, decision: 'accept', version: 1 },
      {
        id: winters,
        decision: 'correct',
        correction: { text: 'two winters', kind: 'mixed', hops: [{ sourceId: 'clerk', relation: 'said' }] }
      },
      { id: gave, decision: 'reject' }
    ],
    claims: [
      {
        id: claim,
        decision: 'correct',
        correction: { claim: 'The work cost more', hops: [{ sourceId: 'town', relation: 'published' }] }
      }
    ],
    credits: [{ id: credit, decision: 'correct', correction: { suppliers: [], creators: ['Ana Example'] } }],
    sources: [
      { id: fathom, decision: 'correct', correction: { role: null, name: 'Nell Fathom-Brine' } },
      { id: brine, decision: 'reject' }
    ]
  }
  const answer = await review(client, card.id, body, { headers: { 'if-match': etag } })
  t.equal(answer.status, 200, answer.body)
  const reviewed = answer.json<Import>()
  t.match(reviewed, { status: 'decided', waiting: 0, doubtful: 0, version: 2 })
  t.same(
    reviewed.proposals.map(({ state }) => state),
    ['corrected', 'accepted', 'corrected', 'rejected', 'corrected', 'rejected', 'corrected']
  )
  t.match(reviewed.proposals[2], {
    decided: { text: 'two winters', kind: 'mixed', speakers: [{ name: 'Ida Clerk' }] },
    decidedAt: day(2).toISOString(),
    decidedBy: 'ONRECORD_ADMIN_TOKEN'
  })
  const after = await draft(client, article.id)
  t.same(
    after.quotes.map(({ text }) => text),
    ['We have painted every rail', 'two winters']
  )
  t.match(after.attributions, [{ claim: 'The work cost more', hops: [{ relation: 'published' }] }])
  t.match(after.media[0]!.credits, [{ creators: ['Ana Example'], suppliers: [] }])
  t.notOk(after.sources.some(({ name }) => name === 'Otto Brine'))
  t.same((await list(client)).data, [], 'it waits no longer')
  const { data } = (await client.get(`/v1/articles/${article.id}/history`)).json<{
    data: { sentence: string; event?: string }[]
  }>()
  t.equal(
    data[0]!.sentence,
    'ONRECORD_ADMIN_TOKEN (admin) reviewed what was read from the page: 1 accepted, 4 corrected, 2 rejected.'
  )
  const stale = await review(client, card.id, { rest: 'accept' }, { headers: { 'if-match': etag } })
  t.equal(stale.status, 412)
  t.equal(stale.headers.etag, answer.headers.etag)
})

t.test(
  'what was changed by hand before the review counts as corrected, what was deleted as rejected',
  async (t) => {
    const { client } = await newsroom(t)
    const { proposals, import: card } = await importing(client)
    const [, painted, winters, , , gave] = proposals.map(({ id }) => id)
    await client.patch(`/v1/quotes/${painted}`, { text: 'painted every rail' })
    await client.remove(`/v1/quotes/${winters}`)
    const { attributions } = (await client.get(`/v1/quotes/${gave}?edition=draft`)).json<{
      attributions: { id: string }[]
    }>()
    await client.remove(`/v1/attributions/${attributions[0]!.id}`)
    await client.post(`/v1/articles/${card.articleId}/quotes`, { text: 'The pier of Port Aldis' })
    const chain = [{ unnamed: { description: 'one painter' }, relation: 'said' }]
    const answer = await review(client, card.id, {
      quotes: [
        { id: winters, decision: 'reject' },
        { id: gave, decision: 'correct', correction: { hops: chain } }
      ],
      rest: 'accept'
    })
    t.equal(answer.status, 200, answer.body)
    const states = answer.json<Import>().proposals.map(({ state }) => state)
    t.same(states, ['accepted', 'corrected', 'rejected', 'accepted', 'accepted', 'corrected', 'accepted'])
    t.match((await client.get(`/v1/quotes/${gave}?edition=draft`)).json(), {
      attributions: [{ hops: chain }]
    })
  }
)

t.test('part of the proposals may be decided first, and decided anew', async (t) => {
  const { client } = await newsroom(t)
  const { proposals, import: card } = await importing(client)
  const [, painted] = proposals.map(({ id }) => id)
  const correction = { verbatim: 'We painted every rail' }
  const corrected = await review(client, card.id, {
    quotes: [{ id: painted, decision: 'correct', correction }]
  })
  t.match(corrected.json<Import>().proposals[1], { state: 'corrected' })
  t.match((await review(client, card.id, { quotes: [{ id: painted, decision: 'accept' }] })).json(), {
    status: 'waiting',
    waiting: 6
  })
  const rejected = (
    await review(client, card.id, { quotes: [{ id: painted, decision: 'reject' }] })
  ).json<Import>()
  t.match(rejected.proposals[1], { state: 'rejected', version: null })
  t.match((await review(client, card.id, { rest: 'accept' })).json(), { status: 'decided' })
  t.match((await get(client, card.id)).proposals[1], { state: 'rejected' })
})

t.test('a review that cannot be is refused with the place and the remedy, and nothing is done', async (t) => {
  const { client } = await newsroom(t)
  const { proposals, import: card } = await importing(client)
  const [fathom, painted, winters] = proposals.map(({ id }) => id)
  await client.remove(`/v1/quotes/${winters}`)
  const known = (await client.post('/v1/sources', { kind: 'person', name: 'Ann' })).json<{ id: string }>().id
  const unnamed = [{ unnamed: { description: 'x' }, relation: 'said' }]
  const cases: [body: object, status: number, pointer: string, detail: RegExp][] = [
    [{ quotes: [{ id: known.replace('src', 'quo'), decision: 'accept' }] }, 422, '/quotes/0/id', /no quote/],
    [
      { claims: [{ id: painted!.replace('quo', 'att'), decision: 'accept' }] },
      422,
      '/claims/0/id',
      /no claim/
    ],
    [
      {
        quotes: [
          { id: painted, decision: 'accept' },
          { id: painted, decision: 'reject' }
        ]
      },
      422,
      '/quotes/1/id',
      /two decisions/
    ],
    [
      { quotes: [{ id: winters, decision: 'accept' }] },
      422,
      '/quotes/0/decision',
      /no longer there: reject it/
    ],
    [
      { quotes: [{ id: painted, decision: 'accept', version: 7 }] },
      412,
      '/quotes/0/version',
      /its version is 1 now/
    ],
    [{ quotes: [{ id: painted, decision: 'correct' }] }, 422, '/quotes/0/correction', /Send what is right/],
    [
      { quotes: [{ id: painted, decision: 'accept', correction: { hops: unnamed } }] },
      422,
      '/quotes/0/correction',
      /Send what is right/
    ],
    [
      { quotes: [{ id: painted, decision: 'correct', correction: { text: 'not there' } }] },
      422,
      '/quotes/0/correction/text',
      /do not stand/
    ],
    [
      {
        quotes: [
          {
            id: painted,
            decision: 'correct',
            correction: { hops: [{ sourceId: 'nobody', relation: 'said' }] }
          }
        ]
      },
      422,
      '/quotes/0/correction/hops/0/sourceId',
      /no source “nobody”/
    ],
    [
      { sources: [{ id: fathom, decision: 'reject' }] },
      422,
      '/sources/0/decision',
      /still names the source .*mergeInto/
    ],
    [
      { sources: [{ id: fathom, decision: 'reject', mergeInto: known }] },
      422,
      '/sources/0/mergeInto',
      /with the decision `accept`/
    ],
    [
      { sources: [{ id: fathom, decision: 'accept', mergeInto: fathom }] },
      422,
      '/sources/0/mergeInto',
      /another than itself/
    ],
    [
      {
        sources: [
          {
            id: fathom,
            decision: 'accept',
            mergeInto: known.replace(/.$/, (end) => (end === '0' ? '1' : '0'))
          }
        ]
      },
      422,
      '/sources/0/mergeInto',
      /no source/
    ],
    [
      { newSources: [{ kind: 'person', name: 'A', affiliationId: 'b' }] },
      422,
      '/newSources/0/affiliationId',
      /no source b/
    ],
    [
      {
        newSources: [
          { key: 'a', kind: 'person', name: 'A' },
          { key: 'a', kind: 'person', name: 'B' }
        ]
      },
      422,
      '/newSources/1/key',
      /twice/
    ],
    [
      { quotes: [{ id: painted, decision: 'correct', correction: {} }] },
      400,
      '/quotes/0/correction',
      /^must have one of: /
    ],
    [
      { quotes: [{ id: painted, decision: 'correct', correction: { name: 'x' } }] },
      400,
      '/quotes/0/correction/name',
      /not known/
    ],
    [{}, 400, '', /^must have one of: /]
  ]
  for (const [body, status, pointer, detail] of cases) {
    const answer = await review(client, card.id, body)
    t.equal(answer.status, status, `${JSON.stringify(body)} ${answer.body}`)
    t.match(answer.json(), { errors: [{ pointer, detail }] })
  }
  const { waiting, version } = await get(client, card.id)
  t.same({ waiting, version }, { waiting: 7, version: 1 })
  t.equal((await review(client, 'imp_01k9v3w8zhe5ra4gxm7y2bqd6c', { rest: 'accept' })).status, 404)
})

t.test('an import goes with its article, and by itself without it', async (t) => {
  const { client, clock } = await newsroom(t)
  const { article, import: card } = await importing(client)
  const url = `/v1/imports/${card.id}`
  await client.remove(`/v1/articles/${article.id}`)
  for (const one of [url, `${url}/page`]) t.equal((await client.get(one)).status, 404)
  t.same((await list(client)).data, [])
  t.equal((await review(client, card.id, { rest: 'accept' })).status, 404)
  t.equal((await client.remove(url)).status, 404)
  await client.post(`/v1/trash/${article.id}/restore`)
  t.equal((await client.get(url)).status, 200)
  await client.remove(`/v1/articles/${article.id}`)
  clock.now = day(40)
  await emptyTrash(client.db, () => clock.now, 30)
  const { imports, importPages } = client.db.read.t
  t.same(await client.db.read.q.select().from(imports), [])
  t.same(await client.db.read.q.select().from(importPages), [])

  const other = await importing(client)
  const there = `/v1/imports/${other.import.id}`
  t.equal((await client.call('DELETE', there)).status, 428)
  t.equal((await client.remove(there, { headers: { 'if-match': '"7-2jmj7l5rSw0yVb_vlWAYkK"' } })).status, 412)
  t.equal((await client.remove(there)).status, 204)
  for (const one of [there, `${there}/page`]) t.equal((await client.get(one)).status, 404)
  t.equal((await client.get(`/v1/articles/${other.article.id}?edition=draft`)).status, 200)
  const events = (await client.get(`/v1/changes?article=${other.article.id}&kind=import`)).json<{
    data: { event: string }[]
  }>()
  t.same(
    events.data.map(({ event }) => event),
    ['import.created', 'import.deleted']
  )
})

t.test('a contributor reviews no draft that an editor approved', async (t) => {
  const { client } = await newsroom(t)
  const { article, proposals, import: card } = await importing(client)
  const contributor = { token: (await client.token('contributor')).token }
  await client.post(`/v1/articles/${article.id}/submit`)
  await client.post(`/v1/articles/${article.id}/approve`)
  const quotes = [{ id: proposals[1]!.id, decision: 'reject' }]
  t.equal((await review(client, card.id, { quotes }, contributor)).status, 409)
})

t.test('a source that is not named is accepted as it is, and one without letters matches none', async (t) => {
  const { client } = await newsroom(t)
  const content = 'Harbour news\n\n“The lock is dry,” one official told the Example Times.'
  const { import: card, sources, proposals } = await importing(client, content, text)
  t.match(proposals.at(-1)!.proposed.speakers, [{ name: 'Example Times' }, { name: 'one official' }])
  await client.patch(`/v1/sources/${sources[0]!.id}`, { name: '★' })
  t.same((await get(client, card.id)).matches, [])
  const answer = await review(client, card.id, { rest: 'accept' })
  t.same(
    answer.json<Import>().proposals.map(({ kind, state }) => `${kind} ${state}`),
    ['source corrected', 'quote accepted']
  )
})

t.test(
  'a chain that an editor leads to an article of ours tells its title, also when it is gone',
  async (t) => {
    const { client, clock } = await newsroom(t)
    const { import: card, article } = await importing(client)
    const cited = await client.draft({ title: 'The bill of the pier', sources: [], quotes: [] })
    const [claim] = article.attributions
    const lead = { hops: [{ articleId: cited.id, relation: 'reported' }] }
    t.equal((await client.patch(`/v1/attributions/${claim!.id}`, lead)).status, 200)
    const speakers = async () => {
      const answer = await review(client, card.id, { claims: [{ id: claim!.id, decision: 'accept' }] })
      t.equal(answer.status, 200, answer.body)
      const { proposals } = await get(client, card.id)
      return proposals.find(({ kind }) => kind === 'claim')!.decided!.speakers
    }
    const told = { articleId: cited.id, relation: 'reported' }
    t.same(await speakers(), [{ ...told, name: 'The bill of the pier' }])
    await client.remove(`/v1/articles/${cited.id}`)
    clock.now = day(40)
    await emptyTrash(client.db, () => clock.now, 30)
    t.equal((await client.get(`/v1/articles/${cited.id}?edition=draft`)).status, 404)
    t.same(await speakers(), [{ ...told, name: cited.id }])
  }
)
