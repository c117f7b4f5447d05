// Who is accused and who was asked: records of the desk, which publishing asks and readers never see.
import t from 'tap'
import type { CheckResult } from '../../src/publishing/checks/schema.ts'
import type { Allegation, ReplyRequest } from '../../src/publishing/replies/schema.ts'
import { app, type Client, ferry } from '../support/app.ts'

const at = '2026-11-02T08:00:00.000Z'
const nowhere = 'src_01k9v3w8zhe5ra4gxm7y2bqd6c'

async function accusing(client: Client, story: object = {}) {
  const article = await client.draft({ bylines: [{ name: 'Edda Sorring' }], ...story })
  const url = `/v1/articles/${article.id}`
  return {
    article,
    url,
    accuse: (input: object = {}) =>
      client.post(`${url}/allegations`, {
        statement: { quoteId: article.quotes[0]!.id },
        accused: { name: 'Ida Quill' },
        ...input
      }),
    ask: (input: object = {}) =>
      client.post(`${url}/reply-requests`, { person: { name: 'Ida Quill' }, ...input }),
    failing: async () =>
      (await client.get(`${url}/checks`))
        .json<{ checks: CheckResult[] }>()
        .checks.map(({ code }) => code)
        .join(' ')
  }
}

t.test('somebody accused is asked, answers, and is published; readers are told none of it', async (t) => {
  const client = await app(t, { clock: () => new Date(at) })
  const { article, url, accuse, ask, failing } = await accusing(client)
  const made = await accuse({ accused: { name: 'canary Quill' }, note: 'canary' })
  t.equal(made.status, 201)
  const allegation = made.json<Allegation>()
  t.equal(made.headers.location, `/v1/allegations/${allegation.id}`)
  t.same((await client.get(`/v1/allegations/${allegation.id}`)).json(), allegation)
  t.equal(await failing(), 'accused-not-asked')
  t.match((await client.post(`${url}/publish`)).json(), { status: 409, type: '/problems/checks-failed' })

  const deadline = '2026-11-02T09:00:00+01:00'
  const asked = (
    await ask({ person: { name: 'Canary QUILL' }, about: 'canary', via: 'canary', deadline })
  ).json<ReplyRequest>()
  t.match(asked, { state: 'asked', askedAt: at, deadline: at, repliedAt: null, terms: null, version: 1 })
  t.equal(await failing(), 'refusal-not-told', 'the deadline is over')
  const answered = await client.patch(`/v1/reply-requests/${asked.id}`, {
    state: 'answered',
    terms: 'background'
  })
  t.match(answered.json(), { state: 'answered', repliedAt: at, terms: 'background', version: 2 })
  t.equal(await failing(), '')
  t.equal((await client.post(`${url}/publish`)).status, 200)

  for (const path of [url, `/v1/quotes/${article.quotes[0]!.id}`, '/v1/articles', '/v1/search?q=ferry'])
    t.notMatch((await client.read(path)).body, /canary|alg_|req_/i, path)
  for (const path of ['/v1/allegations', '/v1/reply-requests', `/v1/allegations/${allegation.id}`])
    t.equal((await client.read(path)).status, 401)
  const events = (await client.get('/v1/changes?kind=allegation,reply_request')).json<{
    data: { event: string }[]
  }>()
  t.same(
    events.data.map(({ event }) => event),
    ['allegation.created', 'reply_request.created', 'reply_request.answered']
  )
  t.notMatch(JSON.stringify(events), /canary/i)
  const history = await client.get(`${url}/history`)
  t.match(history.body, 'marked an allegation')
  t.match(history.body, 'kept the answer to a request for comment')
})

t.test('sources and names are the same person where they share a name', async (t) => {
  const client = await app(t, { clock: () => new Date(at) })
  const source = (
    await client.post('/v1/sources', { kind: 'person', name: 'Ida Quill', aliases: ['I. Quill'] })
  ).json<{ id: string }>().id
  const other = (await client.post('/v1/sources', { kind: 'person', name: 'Ida Quill' })).json<{
    id: string
  }>().id
  for (const [accused, person, expected] of [
    [{ sourceId: source }, { name: 'i quill' }, ''],
    [{ name: 'IDA QUILL' }, { sourceId: source }, ''],
    [{ sourceId: source }, { sourceId: source }, ''],
    [{ sourceId: source }, { sourceId: other }, 'accused-not-asked'],
    [{ name: '!' }, { name: '?' }, 'accused-not-asked'],
    [{ name: 'Bo Quill' }, { name: 'Ida Quill' }, 'accused-not-asked']
  ] as const) {
    const { accuse, ask, failing } = await accusing(client)
    t.equal((await accuse({ accused })).status, 201)
    t.equal((await ask({ person, state: 'answered', terms: 'deep_background' })).status, 201)
    t.equal(await failing(), expected, JSON.stringify([accused, person]))
  }
  const heard = await accusing(client, {
    sources: [{ key: 'lindqvist', kind: 'person', name: 'Mara Lindqvist' }],
    attributions: [
      {
        claim: 'The board agreed',
        hops: [{ unnamed: { description: 'one official', reason: 'Forbidden to speak.' }, relation: 'told' }]
      }
    ]
  })
  const [chain] = heard.article.quotes[0]!.attributions
  const accused = { sourceId: heard.article.sources[0]!.id }
  await heard.accuse({ statement: { attributionId: heard.article.attributions[0]!.id }, accused })
  t.match(
    (await client.get(`${heard.url}/checks`)).json(),
    { checks: [{ code: 'accused-not-asked', pointer: '/attributions/0' }] },
    'a claim accuses as a quote does'
  )
  await heard.accuse({ statement: { attributionId: chain!.id }, accused })
  await heard.ask({ person: { sourceId: heard.article.sources[0]!.id }, state: 'answered' })
  t.equal(await heard.failing(), '', 'who is quoted is heard')
  await heard.ask({ person: { sourceId: source }, state: 'answered' })
  t.equal(await heard.failing(), 'reply-not-in-article')
  t.equal((await client.remove(`/v1/sources/${source}`)).status, 409, 'who is asked is not deleted')
  const french = await accusing(client, { language: 'fr' })
  await french.ask({ state: 'declined' })
  t.equal(await french.failing(), '', 'phrases are known in English')
})

t.test('what is recorded has to be possible', async (t) => {
  const client = await app(t, { clock: () => new Date(at) })
  const { article, accuse, ask } = await accusing(client)
  const theirs = (await client.draft(ferry)).quotes[0]!.id
  const early = '2026-11-01T08:00:00.000Z'
  for (const [answer, pointer] of [
    [await accuse({ statement: { quoteId: theirs } }), '/statement/quoteId'],
    [await accuse({ accused: { sourceId: nowhere } }), '/accused/sourceId'],
    [await ask({ person: { sourceId: nowhere } }), '/person/sourceId'],
    [await ask({ terms: 'background' }), '/terms'],
    [await ask({ repliedAt: at }), '/repliedAt'],
    [await ask({ deadline: early }), '/deadline'],
    [await ask({ state: 'answered', repliedAt: early }), '/repliedAt']
  ] as const)
    t.match(answer.json(), { status: 422, errors: [{ pointer }] }, pointer)
  for (const answer of [
    await accuse({ statement: {} }),
    await accuse({ accused: { name: 'x', sourceId: article.sources[0]!.id } }),
    await ask({ person: {} }),
    await ask({ state: 'vanished' })
  ])
    t.equal(answer.status, 400)
  t.equal(
    (
      await client.post('/v1/articles/art_01k9v3w8zhe5ra4gxm7y2bqd6c/allegations', {
        statement: { quoteId: theirs },
        accused: { name: 'x' }
      })
    ).status,
    404
  )
})

t.test('the desk lists, changes and deletes allegations and requests', async (t) => {
  let now = at
  const client = await app(t, { clock: () => new Date(now) })
  const { article, url, accuse, ask } = await accusing(client)
  const sourceId = article.sources[0]!.id
  const [one, two] = [await accuse(), await accuse({ accused: { sourceId } })].map((answer) =>
    answer.json<Allegation>()
  )
  const [first, second] = [
    await ask({ deadline: '2026-11-03T08:00:00Z' }),
    await ask({ person: { sourceId }, state: 'declined' })
  ].map((answer) => answer.json<ReplyRequest>())
  const ids = async (path: string) =>
    (await client.get(path)).json<{ data: { id: string }[] }>().data.map(({ id }) => id)
  for (const [path, expected] of [
    ['/v1/allegations', [two!.id, one!.id]],
    [`/v1/allegations?article=${article.id}&source=${sourceId}`, [two!.id]],
    ['/v1/reply-requests', [second!.id, first!.id]],
    [`/v1/reply-requests?article=${article.id}&source=${sourceId}`, [second!.id]],
    ['/v1/reply-requests?state=asked&deadline.lt=2026-11-03T08:00:00.001Z', [first!.id]],
    ['/v1/reply-requests?deadline.lt=2026-11-03T08:00:00Z', []]
  ] as const)
    t.same(await ids(path), expected, path)
  for (const kind of ['allegations', 'reply-requests']) {
    const { next } = (await client.get(`/v1/${kind}?limit=1`)).json<{ next: string }>()
    t.equal((await ids(`/v1/${kind}?limit=1&cursor=${next}`)).length, 1)
  }

  const viewer = (await client.token('viewer')).token
  const contributor = (await client.token('contributor')).token
  t.equal((await client.get('/v1/allegations', { token: viewer })).status, 200)
  t.equal((await client.remove(`/v1/allegations/${one!.id}`, { token: contributor })).status, 403)
  t.match((await client.patch(`/v1/allegations/${one!.id}`, { note: 'x' })).json(), { note: 'x', version: 2 })
  const stale = { headers: { 'if-match': '"1"' } }
  t.equal((await client.patch(`/v1/allegations/${one!.id}`, { note: 'y' }, stale)).status, 412)

  now = '2026-11-02T10:00:00.000Z'
  const request = `/v1/reply-requests/${second!.id}`
  t.match((await client.patch(request, { state: 'answered' })).json(), { state: 'answered', repliedAt: now })
  t.match((await client.patch(request, { note: 'x' })).json(), { repliedAt: now, version: 3 })
  t.match((await client.patch(request, { state: 'asked' })).json(), { state: 'asked', repliedAt: null })
  t.match((await client.patch(request, { state: 'declined', repliedAt: '2026-11-02T09:00:00Z' })).json(), {
    repliedAt: '2026-11-02T09:00:00.000Z'
  })
  for (const path of [request, `/v1/allegations/${two!.id}`]) {
    t.equal((await client.remove(path)).status, 204)
    t.equal((await client.get(path)).status, 404)
    t.equal((await client.remove(path)).status, 404)
  }
  t.equal((await client.remove(url)).status, 204)
  t.same(await ids('/v1/allegations'), [], 'not of what is in the trash')
  t.same(await ids('/v1/reply-requests'), [])
})
