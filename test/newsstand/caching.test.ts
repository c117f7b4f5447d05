// Caching: what is sent, to whom it need not be sent again, and that nobody is ever shown what is old.
import { once } from 'node:events'
import http from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as later, setImmediate as turn } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { build } from '../../src/app.ts'
import { readConfig } from '../../src/config/config.ts'
import type { Article, NewStory } from '../../src/content/articles/schema.ts'
import { cache } from '../../src/newsstand/server/cache.ts'
import { normalUrl } from '../../src/newsstand/server/normal-url.ts'
import { admin, app, type Client, ferry, noLoadLimits, opened, secret } from '../support/app.ts'
import { publicLists } from '../support/lists.ts'

/** The clock, and who wants to hear nothing of commits, of caches without an app. */
const now = () => new Date()
const ignored = () => {}

const caching = 'public, max-age=5, stale-while-revalidate=60, stale-if-error=86400'

type Headers = Record<string, string>

/** An answer as it comes over the wire. */
async function fetched(
  server: FastifyInstance,
  url: string,
  headers: Headers = {},
  method: 'GET' | 'HEAD' = 'GET'
) {
  const { statusCode, headers: had, rawPayload } = await server.inject({ method, url, headers })
  return { status: statusCode, headers: had as Headers, bytes: rawPayload }
}

async function publish(client: Client, id: string) {
  const answer = await client.post(`/v1/articles/${id}/publish`)
  if (answer.status !== 200) throw new Error(answer.body)
  return (await client.read(`/v1/articles/${id}`)).json<Article>()
}

const published = async (client: Client, story: Partial<NewStory> = {}) =>
  publish(client, (await client.draft(story)).id)

/** An article, its addresses in every form, and the lists it stands in. */
async function everything(client: Client) {
  const media = [
    { key: 'lead', kind: 'image' as const, caption: 'A ferry', credits: [{ creditLine: 'Ana' }] }
  ]
  const body = { text: `${ferry.body.text}\n\n${'The board agreed again. '.repeat(100)}` }
  const article = await published(client, { ...ferry, body, media, leadMediaId: 'lead' })
  const comment = (
    await client.post(`/v1/articles/${article.id}/comments`, {
      author: { name: 'Ines' },
      body: 'Good. '.repeat(300)
    })
  ).json<{ id: string }>()
  await client.post(`/v1/comments/${comment.id}/approve`)
  const [quote] = article.quotes
  const [lead] = article.media
  const documents = [
    `articles/${article.id}`,
    `articles/${article.slug}`,
    ...['html', 'markdown', 'text', 'portable-text'].map((form) => `articles/${article.id}?body=${form}`),
    `quotes/${quote!.id}`,
    `attributions/${quote!.attributions[0]!.id}`,
    `sources/${article.sources[0]!.id}`,
    `media/${lead!.id}`,
    `media-credits/${lead!.credits[0]!.id}`,
    `comments/${comment.id}`
  ]
  const lists = [
    `articles/${article.id}?include=comments`,
    `articles/${article.id}/comments`,
    `articles/${article.id}/related`,
    'articles',
    'articles?include=quotes,sources,media,comments&count=exact',
    'articles?fields=title',
    'quotes?kind=direct',
    'comments',
    'sources?include=articles',
    'search?q=ferry',
    'sections',
    'tags?sort=-articles'
  ]
  const urls = (paths: string[]) => paths.map((path) => `/v1/${path}`)
  return { article, documents: urls(documents), lists: urls(lists) }
}

t.test('gzip is sent to who takes it, and is the same when unpacked', async (t) => {
  const client = await app(t)
  const { documents, lists } = await everything(client)
  let compressed = 0
  for (const url of [...documents, ...lists]) {
    const plain = await fetched(client.server, url)
    const packed = await fetched(client.server, url, { 'accept-encoding': 'gzip' })
    const again = await fetched(client.server, url, { 'accept-encoding': 'gzip' })
    t.same([packed.status, again.bytes], [200, packed.bytes], url)
    for (const { headers, bytes } of [plain, packed, again])
      t.match(headers, {
        vary: 'accept-encoding',
        'content-length': String(bytes.length),
        'content-type': 'application/json; charset=utf-8',
        etag: /^"[\w-]+"$/
      })
    t.equal(plain.headers['content-encoding'], undefined)
    if (plain.bytes.length <= 1024) {
      t.same([packed.bytes, packed.headers.etag], [plain.bytes, plain.headers.etag], `${url} is small`)
      continue
    }
    compressed++
    t.equal(packed.headers['content-encoding'], 'gzip', url)
    t.ok(packed.bytes.length < plain.bytes.length)
    t.same(gunzipSync(packed.bytes), plain.bytes, url)
    t.not(packed.headers.etag, plain.headers.etag, 'a strong tag is of one coding')
    const others = ({
      etag: _e,
      'content-length': _l,
      'content-encoding': _c,
      'x-request-id': _x,
      date: _d,
      ...rest
    }: Headers) => rest
    t.same(others(packed.headers), others(plain.headers))
  }
  t.ok(compressed > 10, `${compressed} are compressed`)
  const [url] = documents
  for (const accepted of ['gzip', 'GZIP', 'br, gzip', 'gzip;q=0.5', 'deflate, gzip;q=1.0, *;q=0.5', '*'])
    t.equal(
      (await fetched(client.server, url!, { 'accept-encoding': accepted })).headers['content-encoding'],
      'gzip',
      accepted
    )
  for (const accepted of [
    'gzip;q=0',
    'gzip; q=0.0',
    'identity',
    'br',
    '',
    'gzipped',
    '*;q=0, identity',
    'identity, gzip;q=0'
  ])
    t.equal(
      (await fetched(client.server, url!, { 'accept-encoding': accepted })).headers['content-encoding'],
      undefined,
      accepted
    )
})

t.test('each form has a tag of its own, and 304 is for who has that form', async (t) => {
  const client = await app(t)
  const { documents, lists } = await everything(client)
  for (const config of [undefined, 0]) {
    const { server } = config === undefined ? client : await another(t, client, { ONRECORD_CACHE_MB: config })
    const tags = new Map<string, string>()
    for (const url of [...documents, ...lists]) {
      const codings: Headers[] = [{}, { 'accept-encoding': 'gzip' }]
      const answers = await Promise.all(codings.map((accepted) => fetched(client.server, url, accepted)))
      for (const [i, { headers, bytes }] of answers.entries()) {
        const { etag } = headers
        const form = `${headers['content-encoding']} ${bytes.toString('base64')}`
        if (tags.has(etag!) && tags.get(etag!) !== form) t.fail(`${url} has the tag of other bytes`)
        tags.set(etag!, form)
        for (const known of [etag, `W/${etag}`, '*', `"a", ${etag}`]) {
          const unchanged = await fetched(server, url, { ...codings[i], 'if-none-match': known! })
          t.same([unchanged.status, unchanged.bytes.length], [304, 0], `${url} ${known}`)
          for (const name of ['etag', 'vary', 'cache-control', 'last-modified', 'surrogate-key', 'link'])
            t.equal(unchanged.headers[name], headers[name], `${url} ${known}: ${name}`)
          for (const name of ['content-encoding', 'content-type'])
            t.notOk(name in unchanged.headers, '304 describes no content')
        }
        const other = answers[1 - i]!.headers.etag!
        if (other === etag) continue
        const changed = await fetched(server, url, { ...codings[i], 'if-none-match': other })
        t.same(
          [changed.status, changed.headers.etag],
          [200, etag],
          `${url} in the other coding is another form`
        )
      }
    }
  }
})

/** Another server of the same newsroom, as another process would be. */
async function another(t: Test, client: Client, config: object, clock?: () => Date) {
  const server = await build(
    await opened(t, client.db.file, clock),
    {
      ...readConfig({}),
      ONRECORD_SECRET: secret,
      ONRECORD_ADMIN_TOKEN: admin,
      LOG_LEVEL: 'silent',
      ONRECORD_RATE_LIMIT: 'off',
      ...config
    },
    { clock, loadLimits: noLoadLimits }
  )
  t.teardown(() => server.close())
  return { server }
}
type Test = Parameters<typeof app>[0]

/** A clock that stands still until it is told to go on. */
function clockAt(instant: string) {
  const clock = { now: Date.parse(instant) }
  return { clock: () => new Date(clock.now), pass: (milliseconds: number) => (clock.now += milliseconds) }
}

t.test('If-Modified-Since is asked only where there is no If-None-Match', async (t) => {
  const { clock, pass } = clockAt('2026-11-02T10:00:00.000Z')
  const client = await app(t, { clock })
  const { documents, lists } = await everything(client)
  pass(60_000)
  const since = (url: string, instant: string, more: Headers = {}) =>
    fetched(client.server, url, { 'if-modified-since': instant, ...more })
  // How often a source is named changes without its document.
  for (const url of documents.filter((url) => !url.startsWith('/v1/sources/'))) {
    const { headers } = await fetched(client.server, url)
    const modified = headers['last-modified']!
    t.match(modified, /^Mon, 02 Nov 2026 10:00:0\d GMT$/, url)
    for (const instant of [modified, 'Mon, 02 Nov 2026 11:00:00 GMT', 'Fri, 01 Jan 2038 00:00:00 GMT'])
      for (const accepted of ['gzip', 'identity']) {
        const { etag } = (await fetched(client.server, url, { 'accept-encoding': accepted })).headers
        const unchanged = await since(url, instant, { 'accept-encoding': accepted })
        t.same([unchanged.status, unchanged.headers.etag], [304, etag], `${url} ${instant}`)
        t.equal(unchanged.headers['last-modified'], modified)
      }
    for (const instant of [
      'Mon, 02 Nov 2026 09:59:59 GMT',
      'Thu, 01 Jan 1970 00:00:00 GMT',
      'tomorrow',
      '',
      '2999',
      '99999999999999'
    ])
      t.equal((await since(url, instant)).status, 200, `${url} ${instant}`)
    t.equal((await since(url, 'Fri, 01 Jan 2038 00:00:00 GMT', { 'if-none-match': '"other"' })).status, 200)
    t.equal(
      (await since(url, 'Thu, 01 Jan 1970 00:00:00 GMT', { 'if-none-match': headers.etag! })).status,
      304
    )
  }
  for (const url of lists) {
    const { headers } = await fetched(client.server, url)
    t.equal(headers['last-modified'], undefined, `${url}: only its tag tells`)
    t.equal((await since(url, 'Fri, 01 Jan 2038 00:00:00 GMT')).status, 200, url)
  }
})

t.test(
  'Last-Modified moves with every edition, within one second too, and is never later than the clock',
  async (t) => {
    const { clock, pass } = clockAt('2026-11-02T10:00:00.100Z')
    const client = await app(t, { clock })
    const { id, sources } = await published(client)
    const url = `/v1/articles/${id}`
    const look = async (path = url) => {
      const { status, headers } = await fetched(client.server, path)
      t.ok(
        !headers['last-modified'] || Date.parse(headers['last-modified']) <= clock().getTime(),
        'not in the future'
      )
      return { status, tag: headers.etag!, modified: headers['last-modified']! }
    }
    const isKnown = async (modified: string, path = url) =>
      (await fetched(client.server, path, { 'if-modified-since': modified })).status === 304
    const first = await look()
    t.equal(first.modified, 'Mon, 02 Nov 2026 10:00:00 GMT')
    t.ok(await isKnown(first.modified))

    pass(100)
    await client.patch(url, { title: 'Second' })
    t.ok(await isKnown(first.modified), 'the desk changes nothing')
    await publish(client, id)
    const second = await look()
    t.not(second.tag, first.tag)
    t.notOk(await isKnown(first.modified), 'who has the first of this second has not the second')
    pass(100)
    await client.patch(url, { title: 'Third' })
    await publish(client, id)
    t.notOk(await isKnown((await look()).modified), 'nor is anything said of what may still change')
    pass(5000)
    const third = await look()
    t.ok(third.modified > second.modified && (await isKnown(third.modified)))
    t.notOk(await isKnown(second.modified))

    pass(5000)
    const source = `/v1/sources/${sources[0]!.id}`
    const before = await look(source)
    await client.patch(url, { title: 'Fourth' })
    await publish(client, id)
    t.same(await look(source), before, 'a source that did not change is as old as it was')
    t.not((await look()).modified, third.modified)

    await client.post(`${url}/withdraw`)
    t.equal((await look()).status, 410)
    pass(10)
    await publish(client, id)
    pass(5000)
    const back = await look()
    t.ok(await isKnown(back.modified))
    t.notOk(await isKnown(third.modified), 'what was away is no older edition')
  }
)

t.test('a reader who has the document needs its metadata only; the next one gets the document', async (t) => {
  const client = await app(t)
  const { documents } = await everything(client)
  const tags = new Map<string, string>()
  for (const url of documents) tags.set(url, (await fetched(client.server, url)).headers.etag!)
  // Nothing is in the cache of another process.
  const { server } = await app(t, { file: client.db.file })
  for (const [url, tag] of tags) {
    const known = { 'if-none-match': tag }
    for (const when of ['read', 'cached'])
      t.equal((await fetched(server, url, known)).status, 304, `${url} ${when}`)
    const whole = await fetched(server, url)
    t.same([whole.status, whole.headers.etag], [200, tag], url)
    t.ok(whole.bytes.length > 0, url)
  }
})

t.test('HEAD is GET without the body', async (t) => {
  const client = await app(t)
  const { documents, lists, article } = await everything(client)
  const alike = ({ 'x-request-id': _x, date: _d, ...headers }: Headers) => headers
  for (const url of [...documents, ...lists])
    for (const coding of ['gzip', 'identity'] as const) {
      const accepted = { 'accept-encoding': coding }
      const head = await fetched(client.server, url, accepted, 'HEAD')
      const get = await fetched(client.server, url, accepted)
      const cached = await fetched(client.server, url, accepted, 'HEAD')
      for (const { status, bytes, headers } of [head, cached]) {
        t.same([status, bytes.length], [200, 0], url)
        t.same(alike(headers), alike(get.headers), `${url} ${coding}`)
      }
      const known = { ...accepted, 'if-none-match': get.headers.etag! }
      t.equal((await fetched(client.server, url, known, 'HEAD')).status, 304)
    }
  t.equal((await fetched(client.server, '/v1/articles/never-was', {}, 'HEAD')).status, 404)
  await client.post(`/v1/articles/${article.id}/withdraw`)
  t.equal((await fetched(client.server, documents[0]!, {}, 'HEAD')).status, 410)
})

t.test('Cache-Control is as it is set; the desk and errors are not cached', async (t) => {
  const config = { ONRECORD_MAX_AGE: 60, ONRECORD_STALE_WHILE_REVALIDATE: 0, ONRECORD_STALE_IF_ERROR: 7 }
  const client = await app(t, { config })
  const { documents, lists, article } = await everything(client)
  for (const url of [...documents, ...lists])
    t.match((await client.read(url)).headers, {
      'cache-control': 'public, max-age=60, stale-while-revalidate=0, stale-if-error=7',
      vary: 'accept-encoding'
    })
  await client.patch(`/v1/articles/${article.id}`, { slug: 'another-slug' })
  const desk = [
    ...documents
      .filter((url) => !url.includes('?'))
      .map((url) => `${url.replace(article.slug, article.id)}?edition=draft`),
    ...publicLists.map((list) => `/v1/${list}?edition=draft`)
  ]
  for (const url of desk) {
    const { status, headers } = await client.get(url)
    t.match({ status, ...headers }, { status: 200, 'cache-control': 'private, no-store' }, url)
    const { 'surrogate-key': keys, 'last-modified': modified } = headers
    t.same([keys, modified], [undefined, undefined])
  }
  t.match((await client.post(`/v1/articles/${article.id}/publish`)).headers, {
    'cache-control': 'private, no-store'
  })

  const moved = await fetched(client.server, `/v1/articles/${article.slug}?body=html`)
  t.equal(moved.status, 308)
  t.match(moved.headers, {
    location: '/v1/articles/another-slug?body=html',
    'cache-control': 'public, max-age=60, stale-while-revalidate=0, stale-if-error=7',
    vary: 'accept-encoding',
    'surrogate-key': article.id,
    'content-length': '0'
  })
  t.equal(
    (await fetched(client.server, `/v1/articles/${article.slug}`, { 'if-none-match': '*' })).status,
    308
  )
  t.equal(
    (
      await fetched(client.server, `/v1/articles/${article.slug}`, {
        'if-modified-since': 'Fri, 01 Jan 2038 00:00:00 GMT'
      })
    ).status,
    308
  )

  const { id } = await client.draft()
  for (const [url, status] of [
    [`/v1/articles/${id}`, 404],
    ['/v1/articles/never-was', 404],
    ['/v1/articles?nothing=1', 400],
    ['/v1/articles?cursor=x', 400],
    ['/v1/search', 400],
    ['/v1/articles?edition=draft', 401],
    ['/v1/nothing', 404]
  ] as const)
    for (let i = 0; i < 2; i++) {
      const answer = await client.read(url)
      t.match({ status: answer.status, ...answer.headers }, { status, 'cache-control': 'no-store' }, url)
    }
})

t.test('410 tells when it was withdrawn, by every name it had', async (t) => {
  const { clock, pass } = clockAt('2026-11-02T10:00:00.000Z')
  const client = await app(t, { clock })
  const { article, documents } = await everything(client)
  await client.patch(`/v1/articles/${article.id}`, { slug: 'another-slug' })
  await publish(client, article.id)
  for (const url of documents) await client.read(url)
  pass(90_061_001)
  await client.post(`/v1/articles/${article.id}/withdraw`)
  for (const url of [
    ...documents,
    '/v1/articles/another-slug',
    `/v1/articles/${article.id}/comments`,
    `/v1/articles/${article.id}/related`
  ]) {
    const { status, headers, body } = await client.read(url, {
      headers: { 'if-none-match': '*', 'accept-encoding': 'gzip' }
    })
    t.equal(status, 410, url)
    t.match(JSON.parse(body).detail, /was withdrawn at 2026-11-03T11:01:01\.001Z\.$/, url)
    t.equal(headers['cache-control'], 'no-store')
  }
  pass(1000)
  await publish(client, article.id)
  for (const url of documents) t.match((await client.read(url)).status, /200|308/, url)
})

/** What is answered over a connection: that of a server which listens, not of its routes alone. */
async function overSocket(
  address: string,
  path: string,
  headers: Headers = {},
  method: 'GET' | 'HEAD' = 'GET'
) {
  const [response] = (await once(http.request(address + path, { headers, method }).end(), 'response')) as [
    http.IncomingMessage
  ]
  return { status: response.statusCode, headers: response.headers as Headers, bytes: await buffer(response) }
}

t.test('what is answered before routing is what routes answer', async (t) => {
  const client = await app(t)
  const { article, documents, lists } = await everything(client)
  await client.patch(`/v1/articles/${article.id}`, { slug: 'another-slug' })
  await publish(client, article.id)
  // A second edition within a second is dated to the next one, and until then Last-Modified is the time of the answer.
  await later(1100)
  const urls = [...documents, ...lists]
  const own = ({
    'x-request-id': _x,
    date: _d,
    connection: _c,
    'keep-alive': _k,
    'transfer-encoding': _t,
    ...rest
  }: Headers) => rest
  const settings = [
    {},
    { ONRECORD_CORS_ORIGINS: '*' },
    { ONRECORD_CORS_ORIGINS: 'localhost, https://one.example' },
    { ONRECORD_CORS_ORIGINS: 'localhost' }
  ]
  for (const setting of settings) {
    const { server } = await another(t, client, setting)
    const address = await server.listen({ port: 0, host: '127.0.0.1' })
    for (const url of urls)
      for (const coding of ['gzip', 'identity']) {
        const headers: Headers = { 'accept-encoding': coding, origin: 'https://one.example' }
        const first = await fetched(server, url, headers)
        const forms: [Headers, 'GET' | 'HEAD'][] = [
          [headers, 'GET'],
          [headers, 'HEAD'],
          [{ ...headers, 'x-request-id': 'from-a-gateway' }, 'GET'],
          [{ ...headers, 'if-none-match': first.headers.etag ?? '"a"' }, 'GET'],
          [{ ...headers, accept: 'text/html' }, 'GET']
        ]
        for (const [sent, method] of forms) {
          const right = await fetched(server, url, sent, method)
          const { status, headers: had, bytes } = await overSocket(address, url, sent, method)
          t.same([status, own(had)], [right.status, own(right.headers)], `${method} ${url}`)
          t.equal(sent['x-request-id'] ?? had['x-request-id']!, had['x-request-id'])
          if (status !== 406) t.ok(bytes.equals(right.bytes), url)
        }
      }
    const twoHosts = await overSocket(address, urls[0]!, { host: 'a, b' })
    t.equal(twoHosts.status, 400)
    const { body } = await server.inject({ url: '/metrics', headers: { authorization: `Bearer ${admin}` } })
    t.ok(Number(/^onrecord_answers_at_once_total\S* (\d+)/m.exec(body)![1]) > urls.length * 10)
  }
})

t.test('Surrogate-Key names what an answer depends on', async (t) => {
  const client = await app(t)
  const { article, documents, lists } = await everything(client)
  const other = await published(client, { title: 'Another', quotes: [], sources: [], tags: ferry.tags })
  const keys = async (url: string) => String((await client.read(url)).headers['surrogate-key']).split(' ')
  for (const url of documents) {
    const [, list, name] = /^\/v1\/([\w-]+)\/([\w-]+)/.exec(url)!
    const own = list === 'articles' ? article.id : name!
    const shared = ['sources', 'media', 'media-credits'].includes(list!)
    t.same(new Set(await keys(url)), new Set(shared ? [own, list] : [own, article.id]), url)
  }
  interface Item {
    id: string
    articleId?: string
    included?: Record<string, Item | { data: Item[] } | null>
    item?: Item
  }
  const idsIn = (items: Item[]): string[] =>
    items.flatMap(({ id, articleId, included = {}, item }) => [
      ...(item ? idsIn([item]) : [articleId ?? id]),
      ...Object.values(included).flatMap((one) =>
        one === null ? [] : idsIn('data' in one ? one.data : [one])
      )
    ])
  const including = [
    '/v1/quotes?include=article,sources',
    '/v1/attributions?include=quote',
    '/v1/media-credits?include=media',
    '/v1/comments?include=article,replies',
    '/v1/sources?include=articles,quotes'
  ]
  for (const url of [...lists, ...including]) {
    const named = await keys(url)
    const { data, ...one } = (await client.read(url)).json<{ data?: Item[] } & Item>()
    const [, list, , under] = /^\/v1\/([\w-]+)(\/[\w-]+(\/[\w-]+)?)?/.exec(url)!
    if (/sections|tags/.test(list!)) t.same(named, ['articles'], url)
    else if (!url.includes('fields'))
      for (const id of idsIn(data ?? [one])) t.ok(named.includes(id), `${url} names ${id}`)
    if (data && !under)
      t.ok(
        named.includes(list === 'search' || /sections|tags/.test(list!) ? 'articles' : list!),
        `${url} names its list`
      )
    t.equal(new Set(named).size, named.length, 'each once')
  }
  t.ok((await keys(`/v1/articles/${article.id}/related`)).includes(other.id))
  t.ok((await keys(`/v1/articles/${article.id}/related`)).includes(article.id))
  t.ok((await keys('/v1/articles?fields=title')).includes(other.id), 'whatever is shown of them')
})

/** A database in which nothing happens. */
const still = { version: () => 1, invalidatedSince: () => ({ seq: 0, tags: [] }) }
/** An answer of so many bytes that are compressed already. */
const answerOf = (length: number) => ({
  status: 200 as const,
  headers: { 'content-encoding': 'gzip' },
  bytes: Buffer.alloc(length),
  tags: []
})

t.test(
  'who reads more than there is room for finds most of what is kept, and what is asked for anew gets in',
  async (t) => {
    const kept = cache(still, 100 * 10_000, now, ignored)
    let made = 0
    const read = async (key: string) => {
      const make = async () => {
        made++
        return answerOf(8900)
      }
      if (kept.get(key) === undefined) await kept.fill(key, make)
    }
    const all = Array.from({ length: 130 }, (_, i) => `${i}`)
    for (let i = 0; i < 5; i++) for (const key of all) await read(key)
    t.ok(made < 130 + 4 * 45, `${made} of 650 were made`)
    for (let i = 0; i < 300; i++) await read(`new ${i % 10}`)
    const before = made
    for (let i = 0; i < 10; i++) await read(`new ${i}`)
    t.equal(made, before)
  }
)

t.test('what is asked for only once takes no room from what was asked for before', async (t) => {
  const kept = cache(still, 100_000, now, ignored)
  const make = async () => answerOf(8900)
  const known = Array.from({ length: 10 }, (_, i) => `${i}`)
  for (const key of known) await kept.fill(key, make)
  for (let i = 0; i < 10_000; i++) await kept.fill(`once ${i}`, make)
  t.same(
    known.filter((key) => kept.get(key)),
    known
  )
  for (let i = 0; i < 10; i++) for (let n = 0; n < 5; n++) await kept.fill(`again ${n}`, make)
  t.ok(known.filter((key) => kept.get(key)).length < known.length)
})

t.test('bytes are kept alone, without the memory that they were a part of', async (t) => {
  const kept = cache(still, 100_000, now, ignored)
  const bytes = Buffer.alloc(60_000).subarray(10, 20)
  await kept.fill('part', async () => ({ ...answerOf(0), bytes }))
  const own = kept.get('part')!.bytes!
  t.same(own, bytes)
  t.equal(own.buffer.byteLength, 10)
})

t.test('an address is kept once, however it is spelled', async (t) => {
  const client = await app(t)
  const { id, slug } = await published(client, { quotes: [], sources: [] })
  const spellings = [
    [`/v1/articles/${id}`, `/v1/articles/${id}?`, `/v1/articles/${id}?&&`, `/v1/%61rticles/${id}`],
    [
      `/v1/articles/${slug}?body=html&include=comments`,
      `/v1/articles/${slug}?body=h%74ml&include=c%6Fmments`,
      `/v1/articles/${slug}?include=comments&&b%6Fdy=html&`,
      `/v1/articles/${slug.replace('-', '%2d')}?include=%63omments&body=html`
    ],
    ['/v1/search?q=ferry+winter', '/v1/search?q=ferry%20winter', '/v1/search?&q=%66erry%20winter']
  ]
  for (const [first, ...others] of spellings) {
    const right = await fetched(client.server, first!)
    t.equal(right.status, 200, first!)
    for (const url of others) {
      const { status, bytes } = await fetched(client.server, url)
      t.equal(status, 200, url)
      t.ok(bytes.equals(right.bytes), url)
      t.equal(normalUrl(url), normalUrl(first!), url)
    }
  }
  t.not(normalUrl(spellings[0]![0]!), normalUrl(spellings[1]![0]!))
  for (const url of ['/v1/articles/%zz', '/v1/articles/%E0%A4', '/v1/articles/a%2Fb', '/v1/%'])
    t.ok([400, 404].includes((await fetched(client.server, url)).status), url)
  t.equal(normalUrl('/a%2fb?x=2&x=1'), '/a%2Fb?x=2&x=1')
  t.equal(normalUrl('/a?y=%2c&x=%61,b&x'), '/a?x=a,b&x=&y=%2C')
})

t.test('whoever asks while something is published gets one edition, and then the new one', async (t) => {
  const client = await app(t, { config: { ONRECORD_CACHE_MB: 1 } })
  const long = (title: string) => ({ title, body: { text: `${title} `.repeat(20_000) } })
  const { id, slug } = await published(client, { ...long('edition-0'), quotes: [], sources: [] })
  const addresses = [id, slug].flatMap((name) =>
    ['text', 'html', 'markdown', 'portable-text'].flatMap((form) =>
      ['', '&include=comments'].map((more) => `/v1/articles/${name}?body=${form}${more}`)
    )
  )
  const other = await published(client, { ...ferry, title: 'Another' })
  const titleAt = async (url: string) => {
    const { status, bytes } = await fetched(client.server, url)
    return status === 200 && JSON.parse(bytes.toString()).title
  }
  for (let i = 1; i <= 6; i++) {
    const now = `edition-${i}`
    await client.patch(`/v1/articles/${id}`, long(now))
    // More than is kept in memory, asked for before, while and after it changes.
    const urls = [...addresses.slice(0, 6), ...addresses.slice(0, 6)]
    t.equal(await titleAt(`/v1/articles/${other.id}`), 'Another')
    for (const url of urls) t.equal(await titleAt(url), `edition-${i - 1}`)
    t.equal(await titleAt(`/v1/articles/${other.id}`), 'Another')
    const [answer, ...titles] = await Promise.all([
      client.post(`/v1/articles/${id}/publish`),
      ...addresses.slice(6, 11).map(titleAt),
      ...addresses.slice(11).map((url) => turn().then(() => titleAt(url)))
    ])
    t.equal(answer.status, 200)
    for (const title of titles)
      if (title !== now && title !== `edition-${i - 1}`) t.fail(`${title} while ${now}`)
    for (const url of urls) t.equal(await titleAt(url), now)
  }
})

t.test('what several articles share is the same wherever it stands', async (t) => {
  const client = await app(t)
  const { article } = await everything(client)
  const { id: media, credits } = article.media[0]!
  const credit = credits[0]!.id
  for (const [url, change] of [
    [`/v1/media-credits/${credit}`, { creditLine: 'Bo' }],
    [`/v1/media/${media}`, { caption: 'Another ferry' }]
  ] as const) {
    const look = async (url: string) => (await client.read(url)).json<Article['media'][number]>()
    await look(`/v1/media/${media}`)
    await client.patch(url, change)
    await client.post(`${url}/republish`)
    const inArticle = (await client.read(`/v1/articles/${article.id}`)).json<Article>().media[0]!
    t.match(JSON.stringify(inArticle), Object.values(change)[0]!)
    t.same(await look(`/v1/media/${media}`), inArticle)
    t.same(await look(`/v1/media-credits/${credit}`), inArticle.credits[0])
  }
})

// The same walk of writes and reads, whatever is kept in memory.

const write = fc.record({
  what: fc.constantFrom(
    ...([
      'edit',
      'publish',
      'publish',
      'publish',
      'withdraw',
      'slug',
      'comment',
      'approve',
      'reject',
      'source',
      'credit',
      'media',
      'correct'
    ] as const)
  ),
  which: fc.nat({ max: 3 }),
  server: fc.nat({ max: 2 }),
  pass: fc.constantFrom(0, 0, 300, 1000, 5000)
})
const forms = (etag: string, modified: string): [Headers, 'GET' | 'HEAD'][] => [
  [{}, 'GET'],
  [{ 'accept-encoding': 'gzip' }, 'GET'],
  [{ 'if-none-match': etag }, 'GET'],
  [{ 'if-none-match': etag, 'accept-encoding': 'gzip' }, 'GET'],
  [{ 'if-modified-since': modified }, 'GET'],
  [{ 'if-modified-since': modified, 'accept-encoding': 'gzip' }, 'HEAD']
]

t.test('whatever is kept in memory, the answers are the same, and those of the moment', async (t) => {
  const { clock, pass } = clockAt('2026-11-02T10:00:00.000Z')
  const client = await app(t, { clock })
  const servers = [client.server]
  for (const megabytes of [0, 1])
    servers.push((await another(t, client, { ONRECORD_CACHE_MB: megabytes }, clock)).server)
  const made = async (url: string, input: object) => (await client.post(url, input)).json<{ id: string }>().id
  const source = await made('/v1/sources', { kind: 'person', name: 'Mara' })
  const media = await made('/v1/media', { kind: 'image', caption: 'A ferry' })
  const credit = await made(`/v1/media/${media}/credits`, { creditLine: 'Ana' })
  const drafts: { id: string; title: string; slug: string }[] = []
  const standing: (string | undefined)[] = []
  const slugs = new Set<string>()
  for (let i = 0; i < 4; i++) {
    const { id, slug } = await client.draft({
      title: `Ferry ${i}`,
      sources: [],
      leadMediaId: media,
      commentPolicy: { mode: 'premoderated' },
      body: {
        text: `"The ferry will keep sailing, and that is that." ${'The board agreed. '.repeat(4000 * (i % 2) + 10)}`
      },
      quotes: [
        {
          text: 'The ferry will keep sailing',
          attributions: [{ hops: [{ sourceId: source, relation: 'said' }] }]
        }
      ]
    })
    drafts.push({ id, title: `Ferry ${i}`, slug })
    slugs.add(slug)
  }
  const comments: string[] = []
  let written = 0

  async function change({
    what,
    which,
    server,
    pass: milliseconds
  }: {
    what: string
    which: number
    server: number
    pass: number
  }) {
    pass(milliseconds)
    const draft = drafts[which]!
    const url = `/v1/articles/${draft.id}`
    const call = async (method: 'POST' | 'PATCH', url: string, payload?: object) =>
      servers[server]!.inject({
        method,
        url,
        headers: { authorization: `Bearer ${admin}`, 'if-match': '*' },
        ...(payload && { payload })
      })
    const word = `new${++written}`
    const comment = comments[written % (comments.length || 1)]
    if (what === 'edit') {
      draft.title = `Ferry ${which} ${word}`
      await call('PATCH', url, { title: draft.title, tags: ['ferry', word], section: `s${written % 3}` })
    } else if (what === 'slug') {
      draft.slug = `ferry-${which}-${word}`
      slugs.add(draft.slug)
      await call('PATCH', url, { slug: draft.slug })
    } else if (what === 'publish' && (await call('POST', `${url}/publish`)).statusCode === 200)
      standing[which] = draft.title
    else if (what === 'withdraw' && (await call('POST', `${url}/withdraw`)).statusCode === 200)
      standing[which] = undefined
    else if (what === 'comment') {
      const answer = await call('POST', `${url}/comments`, { author: { name: 'Ines' }, body: word })
      if (answer.statusCode === 201) comments.push(answer.json().id)
    } else if (what === 'approve' && comment) await call('POST', `/v1/comments/${comment}/approve`)
    else if (what === 'reject' && comment) await call('POST', `/v1/comments/${comment}/reject`, {})
    else if (what === 'correct') await call('POST', `${url}/corrections`, { kind: 'update', text: word })
    else if (what === 'source') {
      await call('PATCH', `/v1/sources/${source}`, { role: word })
      await call('POST', `/v1/sources/${source}/republish`)
    } else if (what === 'credit') {
      await call('PATCH', `/v1/media-credits/${credit}`, { creditLine: word })
      await call('POST', `/v1/media-credits/${credit}/republish`)
    } else if (what === 'media') {
      await call('PATCH', `/v1/media/${media}`, { caption: `A ferry ${word}` })
      await call('POST', `/v1/media/${media}/republish`)
    }
  }

  const tags = new Map<string, { etag: string; modified: string }>()
  let reads = 0
  async function compare() {
    const urls = [
      ...drafts.flatMap(({ id }) =>
        ['', '?body=text', '?include=comments', '/comments', '/related'].map(
          (rest) => `articles/${id}${rest}`
        )
      ),
      ...[...slugs].slice(-8).map((slug) => `articles/${slug}`),
      ...comments.slice(-3).map((id) => `comments/${id}`),
      `sources/${source}`,
      `media/${media}`,
      `media-credits/${credit}`,
      ...'articles articles?tag=ferry articles?q=ferry&sort=relevance quotes?include=article sources?include=articles media'.split(
        ' '
      ),
      ...'media-credits?include=media corrections comments?count=exact search?q=ferry sections tags'.split(
        ' '
      )
    ]
    for (const path of urls) {
      const url = `/v1/${path}`
      const { etag = '"none"', modified = 'nonsense' } = tags.get(url) ?? {}
      const [headers, method] = forms(etag, modified)[reads++ % 6]!
      const [kept, ...others] = await Promise.all(
        servers.map((server) => fetched(server, url, headers, method))
      )
      for (const other of others)
        for (const part of ['status', 'bytes', 'headers'] as const) {
          const alike = [kept!, other].map((one) =>
            part === 'headers' ? withoutOwn(one.headers) : String(one[part])
          )
          if (JSON.stringify(alike[0]) !== JSON.stringify(alike[1]))
            throw new Error(
              `${method} ${url} ${JSON.stringify(headers)}: ${JSON.stringify(alike).slice(0, 1000)}`
            )
        }
      const { etag: tag, 'last-modified': last } = kept!.headers
      if (tag) tags.set(url, { etag: tag, modified: last ?? 'nonsense' })
    }
    for (const [i, { id }] of drafts.entries())
      for (const server of servers) {
        const { status, bytes } = await fetched(server, `/v1/articles/${id}`)
        const title = status === 200 ? JSON.parse(bytes.toString()).title : undefined
        if (title !== standing[i]) throw new Error(`article ${i} is ${status} ${title}, not ${standing[i]}`)
      }
  }
  await fc.assert(
    fc.asyncProperty(fc.array(write, { minLength: 40, maxLength: 40 }), async (writes) => {
      for (const one of writes) {
        await change(one)
        // What another process committed is seen by what is asked of this one afterwards, in a later turn.
        await turn()
        await compare()
      }
    }),
    { numRuns: 1, endOnFailure: true }
  )
  t.ok(reads > 1000, `${reads} reads`)
  t.match((await client.read('/v1/articles')).headers, { 'cache-control': caching })
})

const withoutOwn = ({ 'x-request-id': _x, date: _d, ...headers }: Headers) => headers
