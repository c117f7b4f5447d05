// The client in client/, against the service over HTTP. What needs the generated types, a bundler or a framework is in
// test/machine/client.test.ts.
import t, { type Test } from 'tap'
import { connect, type Options } from '../client/src/connect.ts'
import { edit, hasEditions } from '../client/src/edit.ts'
import { itemsOf, pagesOf } from '../client/src/lists.ts'
import { dataOf, ProblemError } from '../client/src/problems.ts'
import type { ArticleCard, DraftArticle, NewStory } from '../src/content/articles/schema.ts'
import { admin, app, ferry } from './support/app.ts'

/** An operation as openapi-typescript describes it. */
interface Operation<Answer, Parameters = object> {
  parameters: Parameters
  responses: { 200: { headers: object; content: { 'application/json': Answer } } }
}
interface Write<Answer, Parameters, Sent> extends Operation<Answer, Parameters> {
  requestBody: { content: { 'application/json': Sent } }
}
interface Query {
  query?: { limit?: number; tag?: string[]; edition?: 'draft'; after?: number; cursor?: string }
}
interface Id {
  path: { id: string }
  query?: { edition?: 'draft' }
}

/** The part of the document that these tests use. */
interface Paths {
  '/v1/articles': {
    get: Operation<{ data: ArticleCard[]; next: string | null }, Query>
    post: Write<DraftArticle, object, NewStory>
  }
  '/v1/articles/{id}': {
    get: Operation<DraftArticle, Id>
    patch: Write<DraftArticle, Id & { header: { 'If-Match': string } }, Partial<NewStory>>
  }
  '/v1/changes': { get: Operation<{ data: { seq: number }[]; next: number | null }, Query> }
}

/** The service, listening, and a client that notes what it sent. */
async function served(t: Test, options: Partial<Options> = {}) {
  const service = await app(t)
  const baseUrl = await service.server.listen({ port: 0, host: '127.0.0.1' })
  const sent: string[] = []
  const fetch = (request: Request) => {
    sent.push(`${request.method} ${request.url.slice(baseUrl.length)}`)
    return globalThis.fetch(request)
  }
  const client = (more: Partial<Options> = {}) =>
    connect<Paths>({ baseUrl, token: admin, fetch, ...options, ...more })
  return { ...service, api: client(), client, sent, baseUrl }
}

t.test('lists of several pages are read item by item, each page when it is wanted', async (t) => {
  const { api, sent, draft, get } = await served(t)
  for (let i = 0; i < 5; i++) await draft({ title: `Ferry ${i}` })
  const query = { edition: 'draft', limit: 2 } as const
  const titles: string[] = []
  for await (const { title } of itemsOf(api, '/v1/articles', { params: { query } })) titles.push(title)
  t.same(titles.sort(), ['Ferry 0', 'Ferry 1', 'Ferry 2', 'Ferry 3', 'Ferry 4'])
  t.equal(sent.length, 3)
  for await (const _ of itemsOf(api, '/v1/articles', { params: { query } })) break
  t.equal(sent.length, 4, 'who stops early asks for no further page')
  const sizes: number[] = []
  for await (const { data } of pagesOf(api, '/v1/articles', { params: { query } })) sizes.push(data.length)
  t.same(sizes, [2, 2, 1])
  const all = (await get('/v1/changes?limit=100')).json<{ data: { seq: number }[] }>().data
  const changes: number[] = []
  for await (const { seq } of itemsOf(api, '/v1/changes', { params: { query: { limit: 2 } } }))
    changes.push(seq)
  t.same(
    changes,
    all.map(({ seq }) => seq),
    'the change log is paged by `after`'
  )
  await t.rejects(itemsOf(api, '/v1/articles', { params: { query: { limit: -1 } } }).next(), {
    name: 'ProblemError',
    status: 400
  })
})

t.test('several values of a filter, and a comma within one, are sent as the document says', async (t) => {
  const { api, draft } = await served(t)
  await draft({ title: 'Both', tags: ['Oslo, Norway', 'ferry'] })
  await draft({ title: 'One', tags: ['pumps'] })
  await draft({ title: 'None', tags: ['Oslo'] })
  const found = async (tag: string[]) => {
    const query = { edition: 'draft', tag } as const
    const { data } = await dataOf(api.GET('/v1/articles', { params: { query } }))
    return data.map(({ title }) => title).sort()
  }
  t.same(await found(['Oslo, Norway']), ['Both'])
  t.same(await found(['pumps', 'Oslo, Norway']), ['Both', 'One'])
})

t.test('a change is made of what stands there, and made anew when somebody was faster', async (t) => {
  const { api, draft, patch, sent } = await served(t)
  const { id } = await draft({ tags: ['ferry'] })
  const path = { path: { id } }
  const seen: unknown[] = []
  const article = await edit(api, '/v1/articles/{id}', path, async ({ tags }, conflict) => {
    if (!conflict) await patch(`/v1/articles/${id}`, { tags: ['ferry', 'budget'] })
    seen.push(conflict && { base: conflict.base.tags, changes: conflict.changes })
    return { tags: [...tags, 'harbour'] }
  })
  t.same(article.tags, ['ferry', 'budget', 'harbour'])
  t.same(seen, [undefined, { base: ['ferry'], changes: { tags: ['ferry', 'harbour'] } }])
  sent.length = 0
  t.match(await edit(api, '/v1/articles/{id}', path, () => undefined), { tags: article.tags })
  t.same(sent, [`GET /v1/articles/${id}?edition=draft`], 'nothing is sent where nothing is to change')
  let asked = 0
  const always = edit(
    api,
    '/v1/articles/{id}',
    path,
    async () => {
      await patch(`/v1/articles/${id}`, { title: `Ferry ${asked++}` })
      return { title: 'Mine' }
    },
    { tries: 2 }
  )
  await t.rejects(always, { name: 'ProblemError', status: 412, kind: 'stale', etag: /^"\d+-/ })
  t.equal(asked, 2)
  const refused = edit(api, '/v1/articles/{id}', path, () => ({ slug: 'Not A Slug' }))
  await t.rejects(refused, { name: 'ProblemError', status: 400, problem: { errors: [{ pointer: '/slug' }] } })
})

t.test('every record that is changed is read in its draft, where it has one', async (t) => {
  const { server } = await app(t)
  const { paths = {} } = server.swagger() as {
    paths?: Record<string, Record<string, { parameters?: object[] }>>
  }
  const changeable = Object.entries(paths).filter(([, { get, patch }]) => get && patch)
  t.ok(changeable.length > 8)
  for (const [path, { get }] of changeable)
    t.equal(hasEditions(path), /\bedition\b/i.test(JSON.stringify(get?.parameters ?? [])), path)
})

t.test('refusals are errors that say what kind they are, whoever gave them', async (t) => {
  const { api, client, baseUrl } = await served(t)
  const missing = dataOf(api.GET('/v1/articles/{id}', { params: { path: { id: 'no-such-story' } } }))
  await t.rejects(missing, {
    name: 'ProblemError',
    kind: 'not-found',
    status: 404,
    message: 'There is no such article.',
    etag: undefined,
    retryAfter: undefined
  })
  const proxy = (body: string | null, init: ResponseInit) =>
    dataOf(client({ fetch: async () => new Response(body, init) }).GET('/v1/articles'))
  await t.rejects(proxy('<h1>Bad gateway</h1>', { status: 502, statusText: 'Bad Gateway' }), {
    kind: 'unknown',
    status: 502,
    message: '<h1>Bad gateway</h1>',
    problem: { type: 'about:blank', title: 'Bad Gateway' }
  })
  await t.rejects(proxy('{"error": 1}', { status: 500 }), { kind: 'unknown', message: 'HTTP 500' })
  const anonymous = connect<Paths>({ baseUrl })
  const error = await dataOf(anonymous.POST('/v1/articles', { body: ferry })).catch((error: unknown) => error)
  t.ok(error instanceof ProblemError)
  t.match(error, { kind: 'token-missing', status: 401 })
})

t.test('a token may be a text, or be asked for with each request', async (t) => {
  const { client, baseUrl } = await served(t)
  const tokens = ['onr_wrong', undefined, admin]
  const api = client({ token: async () => tokens.shift() })
  const post = () => dataOf(api.POST('/v1/articles', { body: ferry }))
  await t.rejects(post(), { name: 'ProblemError', kind: 'token-invalid' })
  await t.rejects(post(), { name: 'ProblemError', kind: 'token-missing' })
  t.match(await post(), { title: ferry.title })
  t.match(await dataOf(connect<Paths>({ baseUrl }).GET('/v1/articles')), { data: [] })
})

/** A client whose requests are answered from a list; the last answer is given again. */
function answering(answers: [number, Record<string, string>][], options: Partial<Options> = {}) {
  const sent: { method: string; body: string; signal: AbortSignal }[] = []
  const fetch = async (request: Request) => {
    sent.push({ method: request.method, body: await request.text(), signal: request.signal })
    const [status, headers] = answers[Math.min(sent.length, answers.length) - 1]!
    return new Response('{}', { status, headers })
  }
  return { api: connect<Paths>({ baseUrl: 'http://news.example', fetch, ...options }), sent }
}
const now = { 'Retry-After': '0' }

t.test('a request that is refused for now is sent again, where that does nothing twice', async (t) => {
  const cases: [string, number, number][] = [
    ['a read that is over its budget', 429, 3],
    ['a read that is shed', 503, 3],
    ['a read that fails', 500, 1]
  ]
  for (const [title, status, count] of cases) {
    const { api, sent } = answering([[status, now]])
    t.match(await api.GET('/v1/articles'), { response: { status } })
    t.equal(sent.length, count, title)
  }
  const writes: [string, number, Record<string, string>, number][] = [
    ['a POST that was not looked at', 429, {}, 3],
    ['a POST that may have been done', 503, {}, 1],
    ['a POST that is done once', 503, { 'Idempotency-Key': 'a' }, 3]
  ]
  for (const [title, status, headers, count] of writes) {
    const { api, sent } = answering([[status, now]])
    await api.POST('/v1/articles', { body: ferry, headers })
    t.same(
      sent.map(({ body }) => body),
      Array(count).fill(JSON.stringify(ferry)),
      title
    )
  }
  const patch = answering([
    [503, now],
    [200, {}]
  ])
  const init = { params: { path: { id: 'a' }, header: { 'If-Match': '"1"' } }, body: { title: 'A' } }
  t.match(await patch.api.PATCH('/v1/articles/{id}', init), { response: { status: 200 } })
  t.equal(patch.sent.length, 2, 'a PATCH with If-Match')
})

t.test('Retry-After is a number or a date, and has a bound', async (t) => {
  const past = new Date(Date.now() - 60_000).toUTCString()
  const cases: [string, Record<string, string>, number][] = [
    ['a date that is over', { 'Retry-After': past }, 2],
    ['no time', {}, 1],
    ['no date', { 'Retry-After': 'soon' }, 1],
    ['too long', { 'Retry-After': '31' }, 1]
  ]
  for (const [title, headers, count] of cases) {
    const { api, sent } = answering([
      [503, headers],
      [200, {}]
    ])
    await api.GET('/v1/articles')
    t.equal(sent.length, count, title)
  }
  const once = answering([[429, now]], { tries: 1 })
  await once.api.GET('/v1/articles')
  t.equal(once.sent.length, 1)
  const long = answering([[429, { 'Retry-After': '7' }]], { longestWait: 5 })
  await t.rejects(dataOf(long.api.GET('/v1/articles')), { name: 'ProblemError', retryAfter: 7 })
})

t.test('who waits for Retry-After can be stopped', async (t) => {
  const stop = new AbortController()
  const { api, sent } = answering([[429, { 'Retry-After': '20' }]])
  const call = api.GET('/v1/articles', { signal: stop.signal })
  setTimeout(() => stop.abort(new Error('enough')), 5)
  await t.rejects(call, { message: 'enough' })
  t.equal(sent.length, 1)
  const early = new AbortController()
  const stopped = connect<Paths>({
    baseUrl: 'http://news.example',
    fetch: async () => {
      early.abort(new Error('before'))
      return new Response('{}', { status: 429, headers: { 'Retry-After': '20' } })
    }
  })
  await t.rejects(stopped.GET('/v1/articles', { signal: early.signal }), { message: 'before' })
})
