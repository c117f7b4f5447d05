// HTTP that refuses nonsense, and what every answer says beside its content.
import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import t, { type Test } from 'tap'
import { readConfig } from '../../src/config/config.ts'
import type { Problem } from '../../src/http/problems.ts'
import { type Answer, admin, app, type Client } from '../support/app.ts'
import { raw } from './raw-socket.ts'

/** A refusal in short: its status and its kind. */
function refusal({ status, body }: Pick<Answer, 'status' | 'body'>) {
  return [status, (JSON.parse(body) as Problem).type.replace('/problems/', '')]
}

/** A published article; answers its path. */
async function published({ draft, post }: Client) {
  const { id } = await draft()
  await post(`/v1/articles/${id}/publish`)
  return `/v1/articles/${id}`
}

async function listening(t: Test, options = {}) {
  const client = await app(t, options)
  await client.server.listen({ port: 0, host: '127.0.0.1' })
  return { ...client, port: (client.server.addresses()[0] as AddressInfo).port }
}

const passing = [
  '*/*',
  'application/json',
  'application/*',
  'APPLICATION/JSON',
  ' application/json ; q=0.1',
  'application/json;charset=utf-8;version=2',
  'text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8',
  'text/html;q=1.0,application/json;q=0.001',
  'application/json;profile=x;q=0, application/json',
  '*/*;q=0, application/json',
  '',
  'json',
  'nonsense, , ;q=1'
]
/** The form of an article that each leads to, where one is acceptable. */
const excluding: [string, string?][] = [
  ['text/html', 'html'],
  ['application/xml, text/*', 'markdown'],
  ['application/problem+json'],
  ['application/json;q=0'],
  ['application/json;Q=0.0, text/html', 'html'],
  ['application/json;q=0, */*', 'jsonld'],
  ['application/*;q=0, */*;q=1', 'markdown'],
  ['*/*;q=0']
]

t.test('who takes no JSON is told so, whether the answer is kept or not', async (t) => {
  const client = await app(t)
  const path = await published(client)
  for (const url of [path, '/v1/articles', '/v1/search?q=ferry', '/openapi.json']) {
    for (const round of ['first', 'kept']) {
      for (const accept of passing)
        t.equal((await client.read(url, { headers: { accept } })).status, 200, `${url} ${round} ${accept}`)
      for (const [accept, form] of excluding) {
        const answer = await client.read(url, { headers: { accept } })
        if (url === path && form !== undefined) {
          t.strictSame([answer.status, answer.headers.location], [303, `${path}/${form}`], accept)
          continue
        }
        t.strictSame(refusal(answer), [406, 'not-acceptable'], `${url} ${round} ${accept}`)
        t.match(answer.json<Problem>().detail, 'application/json')
      }
    }
  }
  const article = { title: 'x' }
  const refused = await client.post('/v1/articles', article, { headers: { accept: 'text/html' } })
  t.strictSame(refusal(refused), [406, 'not-acceptable'], 'nothing is written by it')
  t.equal((await client.get('/v1/articles?edition=draft')).json<{ data: object[] }>().data.length, 1)
  for (const accept of ['text/html', 'x'.repeat(300), `${'text/html, '.repeat(30)}*/*`])
    t.match((await client.read('/v1/nowhere', { headers: { accept } })).status, 404)
  for (let i = 0; i < 300; i++)
    t.equal((await client.read(path, { headers: { accept: `application/json;n=${i}` } })).status, 200)
})

t.test('each operation is acceptable in the type it answers in', async (t) => {
  const { read, get, draft, remove } = await app(t)
  const status = async (url: string, accept: string) => (await read(url, { headers: { accept } })).status
  t.equal(await status('/problems/gone', 'text/html'), 200)
  t.equal(await status('/problems/gone', 'application/json'), 406)
  const stream = await get('/v1/changes/stream', { headers: { accept: 'application/json' } })
  t.strictSame(refusal(stream), [406, 'not-acceptable'])
  const { id } = await draft()
  const gone = await remove(`/v1/articles/${id}`, { headers: { accept: 'text/html', 'if-match': '*' } })
  t.equal(gone.status, 204, 'what has no content is in no type')
})

t.test('a body is taken as it is, not compressed', async (t) => {
  const { post, draft, get } = await app(t)
  await draft()
  for (const coding of ['gzip', 'br', 'zstd', 'deflate', 'GZIP', 'identity, gzip', 'nonsense']) {
    const answer = await post('/v1/articles', { title: 'x' }, { headers: { 'content-encoding': coding } })
    t.strictSame(refusal(answer), [415, 'unsupported-media-type'], coding)
    t.equal(answer.headers['accept-encoding'], 'identity')
    t.match(answer.json<Problem>().detail, coding)
  }
  const plain = await post('/v1/articles', { title: 'x' }, { headers: { 'content-encoding': 'Identity' } })
  t.equal(plain.status, 201)
  t.equal((await get('/v1/articles?edition=draft')).json<{ data: object[] }>().data.length, 2)
})

const guards = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer'
}

t.test('every answer tells browsers to make nothing else of it', async (t) => {
  const client = await listening(t)
  const path = await published(client)
  const etag = String((await client.read(path)).headers.etag)
  for (const [title, answer] of [
    ['read', await client.read('/v1/articles')],
    ['kept', await client.read('/v1/articles')],
    ['unchanged', await client.read(path, { headers: { 'if-none-match': etag } })],
    ['draft', await client.get(`${path}?edition=draft`)],
    ['404', await client.read('/v1/articles/none')],
    ['nowhere', await client.read('/nowhere')],
    ['405', await client.remove('/v1/articles')],
    ['401', await client.post('/v1/articles', {}, { token: null })],
    ['a page', await client.read('/problems/gone')]
  ] as const)
    t.match(answer.headers, guards, title)
  const { head } = await raw(client.port, 'HELLO\r\n\r\n')
  for (const [name, value] of Object.entries(guards)) t.match(head, `${name}: ${value}`)
  t.match(head, /\r\nX-Request-Id: urn:uuid:/i)
  t.notMatch(head, /strict-transport-security/i, 'which is for whoever ends TLS to say')
  const docs = await client.server.inject('/docs/')
  t.match(
    docs.headers['content-security-policy'],
    /default-src 'none'.*script-src 'self';.*frame-ancestors 'none'/
  )
  t.notMatch(docs.body, /<script(?![^>]*src=)|\son\w+=/, 'its page needs no script of its own')
})

t.test('a request keeps the id it came with, if that is a short plain one', async (t) => {
  const { get, read } = await app(t)
  const told = async (id: string) => {
    const answer = await get('/v1/articles?sort=x', { headers: { 'x-request-id': id } })
    t.equal(answer.json<Problem>().instance, answer.headers['x-request-id'])
    return answer.headers['x-request-id']
  }
  const uuid = '01890a5d-ac96-774b-bcce-b302099a8057'
  for (const id of [uuid, 'a1b2c3d4', '0'.repeat(64), 'edge-7.request_12']) t.equal(await told(id), id)
  for (const id of [
    '',
    'short',
    'x'.repeat(65),
    'with space',
    'a,b,c,d,e,f',
    '<script>alert',
    'über-lange-id'
  ])
    t.match(await told(id), /^urn:uuid:[\da-f-]{36}$/, id)
  const body = async (id: string) => (await read('/v1/articles/x', { headers: { 'x-request-id': id } })).body
  t.equal(await body(uuid), await body('a1b2c3d4'), 'a 404 is the same, whatever the id')
})

t.test('a request is for one host', async (t) => {
  const { port } = await listening(t)
  const ask = (hosts: string, version = '1.1') =>
    raw(port, `GET /v1/articles HTTP/${version}\r\n${hosts}Connection: close\r\n\r\n`)
  for (const host of [
    'a',
    'news.example',
    'news.example:80',
    '127.0.0.1:3000',
    '[::1]:3000',
    'a:',
    'xn--bcher-kva.example'
  ])
    t.equal((await ask(`Host: ${host}\r\n`)).status, 200, host)
  t.equal((await ask('', '1.0')).status, 200, 'HTTP/1.0 knows no Host')
  for (const hosts of [
    '',
    'Host: a\r\nHost: b\r\n',
    'Host: a\r\nhost: a\r\n',
    'Host: a\r\nX: y\r\nHOST: b\r\n',
    'Host: a b\r\n',
    'Host: a,b\r\n',
    'Host: a/b\r\n',
    'Host: me@a\r\n',
    'Host: a:b\r\n',
    'Host: [::1\r\n',
    'Host: a\u00e9\r\n'
  ])
    t.strictSame(refusal(await ask(hosts)), [400, 'malformed-request'], hosts)
})

t.test('what could be read in two ways is refused', async (t) => {
  const { port, get } = await listening(t)
  const authorization = `Authorization: Bearer ${admin}\r\n`
  const type = 'Content-Type: application/json\r\n'
  const post = `POST /v1/articles HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${authorization}`
  const story = '{"title":"x"}'
  for (const [title, bytes, status] of [
    ['two lengths', `${post}${type}Content-Length: 13\r\nContent-Length: 12\r\n\r\n${story}`, 400],
    [
      'a length and pieces',
      `${post}${type}Content-Length: 13\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n${story}\r\n0\r\n\r\n`,
      400
    ],
    ['a coding of the transfer', `${post}${type}Transfer-Encoding: gzip\r\n\r\n${story}`, 400],
    ['a length with a sign', `${post}${type}Content-Length: +13\r\n\r\n${story}`, 400],
    ['pieces of no size', `${post}${type}Transfer-Encoding: chunked\r\n\r\nz\r\n${story}\r\n0\r\n\r\n`, 400],
    ['two content types', `${post}${type}Content-Type: text/html\r\nContent-Length: 13\r\n\r\n${story}`, 415],
    ['two tokens', `${post}${authorization}${type}Content-Length: 13\r\n\r\n${story}`, 401],
    ['a folded line', `${post}X: a\r\n b\r\n${type}Content-Length: 13\r\n\r\n${story}`, 400],
    ['a space before the colon', `${post}X : a\r\n${type}Content-Length: 13\r\n\r\n${story}`, 400],
    ['a bare line feed', `${post.replaceAll('\r\n', '\n')}${type}Content-Length: 13\n\n${story}`, 400],
    ['U+0000 in a header', `${post}X: \0\r\n${type}Content-Length: 13\r\n\r\n${story}`, 400],
    ['a tunnel', 'CONNECT news.example:443 HTTP/1.1\r\nHost: news.example:443\r\n\r\n', 400],
    ['a method nobody knows', 'NONSENSE /v1/articles HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    [
      'an expectation that nobody can meet',
      `${post}${type}Expect: the-impossible\r\nConnection: close\r\nContent-Length: 13\r\n\r\n${story}`,
      417
    ],
    ['TRACE', 'TRACE /v1/articles HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 405],
    ['PROPFIND', 'PROPFIND /v1/articles HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 405],
    ['OPTIONS', 'OPTIONS /v1/articles HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 405],
    ['OPTIONS of everything', 'OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 404],
    [
      'an upgrade',
      'POST /v1/search HTTP/1.1\r\nHost: a\r\nConnection: close, upgrade\r\nUpgrade: websocket\r\n\r\n',
      405
    ],
    ['a body too large by its length', `${post}${type}Content-Length: 3000000\r\n\r\n{`, 413],
    [
      'an address too long',
      `GET /v1/articles/${'x'.repeat(501)} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
      414
    ],
    ['a header too long', `GET /v1/articles HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['headers too many', `GET /v1/articles HTTP/1.1\r\nHost: a\r\n${'X: y\r\n'.repeat(4000)}\r\n`, 431]
  ] as const) {
    const answer = await raw(port, bytes)
    t.equal(answer.status, status, `${title}: ${answer.body}`)
    t.match(answer.head, /content-type: application\/problem\+json/i, title)
    if (status === 431) t.match(answer.body, 'more than 16 kB together: send fewer parameters', title)
  }
  const drafts = await get('/v1/articles?edition=draft')
  t.same(drafts.json<{ data: object[] }>().data, [], 'nothing was written by any of them')
})

t.test('a client has ten seconds for the head of a request and 25 for all of it', async (t) => {
  const { server } = await app(t)
  const { headersTimeout, requestTimeout, keepAliveTimeout, timeout } = server.server
  t.strictSame([headersTimeout, requestTimeout, keepAliveTimeout, timeout], [10_000, 25_000, 72_000, 120_000])
})

t.test('who is too slow is told so and cut off', async (t) => {
  const { server, port } = await listening(t)
  server.server.headersTimeout = 300
  server.server.requestTimeout = 600
  for (const bytes of [
    '',
    'GET /v1/articles HTTP/1.1\r\nHost: a\r\n',
    `POST /v1/articles HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${admin}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`
  ]) {
    const answer = await raw(port, bytes)
    t.strictSame(refusal(answer), [408, 'request-timeout'])
    t.match(answer.body, 'The request did not come as fast as it has to')
    t.match(answer.head, /\r\nConnection: close$/i)
  }
})

t.test('who still sends what is refused reads why', async (t) => {
  const { port } = await listening(t)
  const large = Buffer.alloc(30_000_000, ' ')
  const url = `http://127.0.0.1:${port}/v1/articles`
  const type = { 'content-type': 'application/json' }
  // Most clients give up where what they send comes to nobody, though an answer is there.
  for (let n = 0; n < 10; n++) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { ...type, authorization: `Bearer ${admin}` },
      body: large
    })
    t.equal(answer.status, 413)
    t.match(await answer.json(), { detail: 'The body is larger than the 2097152 bytes this takes.' })
    t.equal(await sentBy(request(url, { method: 'POST', agent: false, headers: type }), large), 401)
  }

  const head = `POST /v1/articles HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 1000000000\r\n\r\n`
  const endless = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => endless.write(head))
  const sending = setInterval(() => endless.write('and on '), 100)
  t.teardown(() => clearInterval(sending))
  const closed = new Promise((resolve) => endless.on('error', () => {}).once('close', resolve))
  await once(endless.resume(), 'end')
  t.notOk(endless.destroyed, 'it may send on for a while')
  await closed
})

/** Sends a body, and answers the status. */
async function sentBy(asked: ClientRequest, body: Buffer) {
  asked.end(body)
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  answer.resume()
  return answer.statusCode
}

t.test('nonsense that follows a request does not get into its answer', async (t) => {
  const { port } = await listening(t)
  const stream = `GET /v1/changes/stream HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${admin}\r\n\r\n`
  const socket = connect(port, '127.0.0.1', () => socket.write(stream))
  let said = ''
  socket.on('data', (data) => {
    if (said === '') socket.write('NONSENSE\r\n\r\n')
    said += data
  })
  await once(socket, 'close')
  t.match(said, /^HTTP\/1.1 200 OK/)
  t.equal(said.split('HTTP/1.1').length, 2)
})

const site = 'https://news.example'
const hostile = [
  'null',
  '',
  '*',
  'https://news.example.evil.example',
  'https://evilnews.example',
  'https://evil.example',
  'https://news.example@evil.example',
  'https://evil.example/https://news.example',
  'https://evil.example?https://news.example',
  'https://evil.example#https://news.example',
  'http://news.example',
  'https://news.example:8443',
  'https://news.example:443',
  'https://news.example/',
  'https://news.example/path',
  'https://news.example.',
  'https://NEWS.example',
  'HTTPS://news.example',
  'https://sub.news.example',
  'https://newsXexample',
  'https://news.example, https://evil.example',
  'https://evil.example, https://news.example',
  'https://news.example https://evil.example',
  ' https://news.example.evil',
  'https://news.example%00.evil.example',
  'https://news.example`.evil.example',
  'https://news.example_.evil.example',
  'https://news.example{.evil.example',
  'file://',
  'chrome-extension://news.example',
  'data:text/html,news.example',
  'news.example',
  '//news.example',
  'undefined',
  'https://[::1]',
  'javascript:news.example'
]

const allowed = (answer: Pick<Answer, 'headers'>) => answer.headers['access-control-allow-origin']
const varies = (answer: Answer) => String(answer.headers.vary).toLowerCase().split(/, */).includes('origin')

t.test('without a setting no page of another site reads anything', async (t) => {
  const client = await app(t)
  const path = await published(client)
  const headers = { origin: site, 'access-control-request-method': 'GET' }
  for (const method of ['GET', 'OPTIONS']) {
    const answer = await client.call(method, path, { headers, token: null })
    t.notMatch(Object.keys(answer.headers).join(), 'access-control')
    t.equal(answer.status, method === 'GET' ? 200 : 405)
  }
  t.equal((await client.read(path)).headers.vary, 'accept, accept-encoding')
})

t.test('the pages of configured sites read the answers, kept ones too, and nobody else does', async (t) => {
  t.ok(hostile.length > 30)
  const client = await app(t, { config: { ONRECORD_CORS_ORIGINS: `${site}, http://localhost:5173` } })
  const path = await published(client)
  for (const url of [path, '/v1/articles?limit=1', '/v1/articles/none', '/openapi.json', '/v1/nowhere']) {
    for (const origin of [...hostile, site, 'http://localhost:5173', site]) {
      const answer = await client.read(url, { headers: { origin } })
      t.equal(allowed(answer), hostile.includes(origin) ? undefined : origin, `${url} for ${origin}`)
      t.notOk('access-control-allow-credentials' in answer.headers)
      t.ok(varies(answer), `${url} depends on it`)
    }
    t.equal(allowed(await client.read(url)), undefined)
  }
  const { headers } = await client.read(path, { headers: { origin: site } })
  t.equal(headers['access-control-expose-headers'], 'Allow, ETag, Link, Location, Retry-After, X-Request-Id')
  t.match(headers.vary, /accept-encoding/i)
  const unchanged = await client.read(path, {
    headers: { origin: site, 'if-none-match': String(headers.etag) }
  })
  t.strictSame([unchanged.status, allowed(unchanged), varies(unchanged)], [304, site, true])
  t.equal(allowed(await client.get(`${path}?edition=draft`, { headers: { origin: site } })), site)
  t.equal(
    allowed(await client.post('/v1/articles', {}, { token: null, headers: { origin: site } })),
    site,
    'a 401'
  )
})

t.test('a preflight is told the methods of the address', async (t) => {
  const client = await app(t, { config: { ONRECORD_CORS_ORIGINS: site } })
  const path = await published(client)
  const preflight = (url: string, headers: Record<string, string> = {}) =>
    client.server.inject({
      method: 'OPTIONS',
      url,
      headers: { origin: site, 'access-control-request-method': 'PATCH', ...headers }
    })
  const answer = await preflight(path, { 'access-control-request-headers': 'if-match, x-evil' })
  t.equal(answer.statusCode, 204)
  t.match(answer.headers, {
    'access-control-allow-origin': site,
    'access-control-allow-methods': 'DELETE, GET, HEAD, PATCH, PUT',
    'access-control-max-age': '600',
    vary: /origin/i,
    ...guards
  })
  const headers = String(answer.headers['access-control-allow-headers'])
  t.match(headers, /\bAuthorization\b.*\bIf-Match\b/)
  t.notMatch(headers, /evil|\*/)
  const list = await preflight('/v1/articles?limit=1')
  t.equal(list.headers['access-control-allow-methods'], 'GET, HEAD, POST')
  for (const origin of hostile.filter((origin) => origin !== ''))
    t.equal((await preflight(path, { origin })).headers['access-control-allow-origin'], undefined, origin)
  t.equal((await preflight('/v1/nowhere')).statusCode, 404)
  for (const headers of [{ origin: site }, { 'access-control-request-method': 'GET' }]) {
    const plain = await client.call('OPTIONS', path, { headers, token: null })
    t.strictSame(refusal(plain), [405, 'method-not-allowed'])
    t.equal(plain.headers.allow, 'DELETE, GET, HEAD, PATCH, PUT')
  }
})

t.test('with * every page reads the answers, and they depend on no origin', async (t) => {
  const client = await app(t, { config: { ONRECORD_CORS_ORIGINS: '*' } })
  const path = await published(client)
  for (const origin of [site, 'null', 'https://evil.example']) {
    const answer = await client.read(path, { headers: { origin } })
    t.strictSame([allowed(answer), answer.headers.vary], ['*', 'accept, accept-encoding'])
    t.notOk('access-control-allow-credentials' in answer.headers)
  }
})

t.test('what is no origin is no setting', (t) => {
  for (const ok of ['*', site, `${site},http://localhost:5173`, 'http://[::1]:3000, https://a.example:8443'])
    t.equal(readConfig({ ONRECORD_CORS_ORIGINS: ok }).ONRECORD_CORS_ORIGINS, ok)
  for (const bad of [
    '',
    'null',
    `${site}/`,
    `${site};http://a`,
    '*.example',
    'https://*.example',
    `*,${site}`,
    'news.example',
    'HTTPS://news.example'
  ])
    t.throws(() => readConfig({ ONRECORD_CORS_ORIGINS: bad }), /ONRECORD_CORS_ORIGINS/, bad)
  t.end()
})
