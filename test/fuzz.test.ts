import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { seeded } from '../bench/random.ts'
import { broken } from '../fuzz/breaking.ts'
import { type Answer, faults } from '../fuzz/contract.ts'
import { suite } from '../fuzz/corpus.ts'
import { strangers } from '../fuzz/html.ts'
import { without } from '../fuzz/places.ts'
import { operators, type Report, table, told, unproved } from '../fuzz/report.ts'
import { curl, type Request } from '../fuzz/requests.ts'
import { fuzz } from '../fuzz/run.ts'
import { everywhere } from '../fuzz/suites.ts'
import { type Send, sender } from '../fuzz/transport.ts'
import { admin, app, folder, onPostgres } from './support/app.ts'

/** Requests to an app of its own, over HTTP. */
async function listening(t: Test): Promise<Send> {
  const { server } = await app(t)
  const { send, close } = sender(await server.listen({ port: 0 }))
  t.teardown(close)
  return send
}

t.test('6,000 requests find nothing that does not hold', async (t) => {
  const report = await fuzz({ send: await listening(t), admin, requests: 6000, seed: 1 })
  for (const { finding } of report.found.values()) t.fail(told(finding, 'http://127.0.0.1:3000'))
  t.ok(report.sent >= 6000)
  const never = unproved(report, onPostgres ? operators : [])
  t.ok(never.length < 15, `these never succeeded: ${never}`)
  if (onPostgres)
    for (const name of ['createBackup', 'createExport']) t.ok(report.rows.get(name)!.statuses.has(409), name)
})

type Falsify = (answer: Answer, request: Request, send: Send) => Answer | Promise<Answer>

const isWrite = ({ method }: Request) => !['GET', 'HEAD'].includes(method)
let word = ''
let refusals = 0
const gone = new Set<string>()

/** What could be wrong with a server, by the oracle that finds it. */
const planted: [oracle: string, fault: string, only: RegExp, Falsify][] = [
  [
    'no answer is a failure of the server',
    'a 500',
    /list/,
    (answer, { url }) => (url.includes('limit') ? { ...answer, status: 500 } : answer)
  ],
  [
    'no answer is a failure of the server',
    'no answer',
    /list/,
    (answer, { url }) => (url.includes('sort') ? { status: 0, headers: {}, body: 'reset' } : answer)
  ],
  [
    'answers are as documented',
    'one property more',
    /listSections/,
    (answer, { url }) =>
      url.startsWith('/v1/sections?') ? { ...answer, body: answer.body.replace('{', '{"zq":1,') } : answer
  ],
  [
    'answers are as documented',
    'a status that nobody documented',
    /getQuote/,
    (answer) => (answer.status === 404 ? { ...answer, status: 418 } : answer)
  ],
  [
    'answers are as documented',
    'another content type',
    /listTags/,
    (answer) => (answer.status === 400 ? { ...answer, headers: { 'content-type': 'text/html' } } : answer)
  ],
  [
    'answers are as documented',
    'JSON that is none',
    /listTags/,
    (answer, { url }) => (url.startsWith('/v1/tags') ? { ...answer, body: `${answer.body}}` } : answer)
  ],
  [
    'answers are as documented',
    'a 204 with a body',
    /Source$/,
    (answer) => (answer.status === 204 ? { ...answer, body: 'done' } : answer)
  ],
  [
    'the answer fits the request',
    'an unknown parameter is taken',
    /listArticles/,
    (answer, { url }, send) =>
      answer.status === 400 && url.endsWith('=1')
        ? send({ method: 'GET', url: '/v1/articles', headers: {} })
        : answer
  ],
  [
    'the answer fits the request',
    'a small body is too large',
    /createSource/,
    (answer) => (answer.status === 415 ? { ...answer, status: 413 } : answer)
  ],
  [
    'the answer fits the request',
    'nobody needs a token',
    /createSource/,
    (answer, request, send) =>
      answer.status === 401
        ? send({ ...request, headers: { ...request.headers, authorization: `Bearer ${admin}` } })
        : answer
  ],
  [
    'who may is let through',
    'nobody may, with a token',
    /createSource|getSource/,
    (answer, { headers }) =>
      'authorization' in headers && answer.status === 200 ? { ...answer, status: 403 } : answer
  ],
  [
    'who may is let through',
    'everything needs a token',
    /listTags/,
    (answer, { headers, url }) =>
      'authorization' in headers || !url.startsWith('/v1/') ? answer : { ...answer, status: 401 }
  ],
  [
    'a 405 says what the address takes',
    'no Allow',
    /listTags/,
    ({ headers: { allow: _, ...headers }, ...answer }) => ({ ...answer, headers })
  ],
  [
    'a 415 says what is taken',
    'no Accept',
    /createSource/,
    ({ headers: { accept: _, 'accept-patch': __, ...headers }, ...answer }) => ({ ...answer, headers })
  ],
  [
    'what is secret stays so',
    'a draft in a header',
    /createSource|listTags/,
    (answer, { headers, body }) => {
      word = /zqsecret\d+/.exec(String(body))?.[0] ?? word
      return 'authorization' in headers
        ? answer
        : { ...answer, headers: { ...answer.headers, 'x-draft': word } }
    }
  ],
  [
    'what is secret stays so',
    'a draft is found',
    /createArticle|publishArticle|search/,
    (answer, { url }, send) =>
      url.includes('zqsecret') ? send({ method: 'GET', url: '/v1/search?q=ferry', headers: {} }) : answer
  ],
  [
    'what is refused writes nothing',
    'a refused request writes',
    /createSource/,
    async (answer, request, send) => {
      if (answer.status >= 400 && isWrite(request)) await written(send)
      return answer
    }
  ],
  [
    'what is refused writes nothing',
    'a refused request alters the record',
    /(create|update)Source$/,
    (answer, request) => {
      if (isWrite(request) && answer.status >= 400) refusals++
      return request.url.includes('edition=draft')
        ? { ...answer, headers: { ...answer.headers, etag: `"${refusals}"` } }
        : answer
    }
  ],
  [
    'what is sent again is done once',
    'what is sent again is done again',
    /createSource/,
    (answer, request, send) => {
      const { 'Idempotency-Key': _, ...headers } = request.headers
      return 'idempotency-replayed' in answer.headers ? send({ ...request, headers }) : answer
    }
  ],
  [
    'what is sent again is done once',
    'a key takes another body',
    /createSource/,
    (answer, { headers }) =>
      'Idempotency-Key' in headers && answer.status === 422 ? { ...answer, status: 409 } : answer
  ],
  [
    'what is sent again is done once',
    'an answer from memory writes',
    /createSource/,
    async (answer, _, send) => {
      if ('idempotency-replayed' in answer.headers) await written(send)
      return answer
    }
  ],
  [
    'texts come back byte for byte',
    'a lost byte',
    /createSource/,
    (answer, request) =>
      isWrite(request) ? { ...answer, body: answer.body.replace(/("name":"[^"\\]+)[^"\\]"/, '$1"') } : answer
  ],
  [
    'what was written is read back',
    'what is written is not kept',
    /createSource/,
    (answer, { method, url }) =>
      method === 'GET' && url.startsWith('/v1/sources/')
        ? { ...answer, body: answer.body.replace(/("name":"[^"\\]+)[^"\\]"/, '$1"') }
        : answer
  ],
  [
    'what was deleted is gone',
    'use after deletion',
    /(create|delete)Source/,
    (answer, { method, url }) => {
      const address = url.split('?')[0]!
      if (method === 'DELETE' && answer.status === 204) gone.add(address)
      return gone.has(address) && answer.status === 404 ? { ...answer, status: 200, body: '{}' } : answer
    }
  ],
  [
    'what was made is where Location says',
    'a Location of nothing',
    /createSource/,
    (answer) =>
      answer.headers.location
        ? { ...answer, headers: { ...answer.headers, location: '/v1/nowhere' } }
        : answer
  ],
  [
    'what was made is where Location says',
    'no Location',
    /createSource/,
    ({ headers: { location: _, ...headers }, ...answer }) => ({ ...answer, headers })
  ],
  [
    'there is a next page',
    'no Link',
    /(create|list)Sources?$/,
    ({ headers: { link: _, ...headers }, ...answer }) => ({ ...answer, headers })
  ],
  [
    'there is a next page',
    'a Link to nothing',
    /(create|list)Sources?$/,
    (answer) =>
      answer.headers.link
        ? { ...answer, headers: { ...answer.headers, link: '</v1/nowhere>; rel="next"' } }
        : answer
  ],
  [
    'two reads are alike',
    'every read is another',
    /listTags/,
    (answer) => ({ ...answer, headers: { ...answer.headers, etag: `"${Math.random()}"` } })
  ],
  [
    'what is known is not sent again',
    'what is known is sent again',
    /listTags/,
    (answer, { headers: { 'If-None-Match': _, ...headers }, ...request }, send) =>
      answer.status === 304 ? send({ ...request, headers }) : answer
  ],
  [
    'HEAD is GET without a body',
    'HEAD is another',
    /listTags/,
    (answer, { method }) => (method === 'HEAD' ? { ...answer, headers: {} } : answer)
  ],
  [
    'HTML has nothing but what bodies are made of',
    'a script in a body',
    /createArticle/,
    (answer, { url }) =>
      url.includes('body=html')
        ? { ...answer, body: answer.body.replace('"body":"', '"body":"<script>alert(1)</script>') }
        : answer
  ],
  [
    'HTML of what was written is clean',
    'no HTML',
    /createArticle/,
    (answer, { url }) => (url.includes('body=html') ? { ...answer, status: 400 } : answer)
  ]
]

/** Writes something that nobody asked for. */
const written = (send: Send) =>
  send({
    method: 'POST',
    url: '/v1/sources',
    headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
    body: '{"kind":"person","name":"Nobody"}'
  })

/** One app for all that is planted: what is wrong is between it and the driver. */
let served: Promise<Send> | undefined

/** The findings of an oracle in a run that ends with the first of them. */
async function firstOf(oracle: string, only: RegExp, falsify: Falsify): Promise<Report> {
  served ??= listening(t)
  const send = await served
  const ending = new AbortController()
  return await fuzz({
    send: async (request) => falsify(await send(request), request, send),
    admin,
    requests: 1000,
    only,
    seed: 7,
    signal: ending.signal,
    progress: ({ found }) => {
      if ([...found.keys()].some((key) => key.startsWith(oracle))) ending.abort()
    }
  })
}

for (const [oracle, fault, only, falsify] of planted) {
  t.test(`${fault} is found`, async (t) => {
    const { found, sent } = await firstOf(oracle, only, falsify)
    t.ok(
      [...found.keys()].some((key) => key.startsWith(oracle)),
      `${oracle}: ${sent} requests`
    )
  })
}

t.test('HTML is held against what bodies are made of, as a browser reads it', (t) => {
  t.same(strangers('<p>a <strong>b</strong> <a href="/c">d</a><br/><hr /></p>'), [])
  t.same(strangers('<figure data-media="med_1"><img src="https://a.example" alt="" /></figure>'), [])
  t.same(strangers('<a href="jav&#x09;ascript:alert(1)">x</a>'), ['a: javascript:'])
  t.same(strangers('<a href="http://[">x</a>'), [])
  t.same(strangers('<p onclick="x">y</p><!--z-->'), ['p[onclick]', 'comment'])
  t.same(strangers('<svg><a href="#x">y</a></svg>'), ['<svg>', '<a>'])
  t.end()
})

/** Objects in objects, this deep. */
const nested = (depth: number): object =>
  depth === 0 ? {} : { type: 'object', properties: { in: nested(depth - 1) }, required: ['in'] }

/** What answers an imaginary document: whatever is asked for is there, and nothing is ever done. */
function imaginary(): Send {
  const token = { security: [{ token: [] }], description: 'Needs a token of the role editor, admin.' }
  const json = (schema: object) => ({ content: { 'application/json': { schema } } })
  const operation = (operationId: string, more: object = {}) => ({
    operationId,
    ...token,
    responses: { 200: json({}) },
    ...more
  })
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 20 } }
  const odd = {
    type: 'object',
    properties: {
      always: { const: 'this' },
      deep: nested(8),
      number: { type: 'number', example: 4.5 },
      pattern: { type: 'string', pattern: '^a+$' },
      none: { type: 'null' },
      choice: { anyOf: [{ type: 'boolean' }, { type: 'string', format: 'email' }] },
      one: {
        type: 'object',
        properties: { a: { type: 'integer' }, b: { type: 'integer' } },
        oneOf: [{ required: ['a'] }, { maxProperties: 0 }]
      },
      some: { type: 'object', properties: { a: { type: 'integer' } }, minProperties: 1 },
      many: { type: 'object', additionalProperties: { type: 'string' } },
      open: { type: 'object', additionalProperties: true },
      list: { type: 'array', items: { type: 'string' } },
      short: { type: 'string', maxLength: 5 },
      children: { type: 'array', items: { type: 'object', properties: { text: { type: 'string' } } } }
    },
    examples: [{ number: 1.5, many: { a: 'b' }, list: ['a', 'b'], short: 'a', children: [{ text: 'a' }] }]
  }
  const whatever = {
    type: 'object',
    additionalProperties: true,
    examples: [{ a: 'b', in: { children: [{ text: 'c' }] } }]
  }
  const form = { name: 'body', in: 'query', schema: { enum: ['html'] } }
  const more: Record<string, object> = {
    get: { parameters: [form] },
    post: { requestBody: json(odd), security: [{}] },
    put: { requestBody: json(whatever) }
  }
  const paths = {
    '/openapi.json': { get: operation('getOpenApi', { security: [{}] }) },
    '/v1/tokens': { get: operation('listTokens'), post: operation('createToken') },
    '/v1/changes': { get: operation('listChanges') },
    '/v1/ghosts/{id}': { delete: operation('deleteGhost', { parameters: [id], 'x-roles': ['editor'] }) },
    '/v1/things': Object.fromEntries(
      ['get', 'post', 'put', 'patch', 'delete'].map((method) => [
        method,
        operation(`${method}Things`, more[method])
      ])
    )
  }
  const document = { paths, components: { schemas: {} } }
  const others = { list: ['other'], children: [{ id: '1', text: 'other' }] }
  const answer = { token: 'onr_any', status: 'approved', next: null, ...others }
  return async ({ method, url, headers }) => {
    const body = url === '/openapi.json' ? document : answer
    const status = method === 'DELETE' ? 204 : 'cookie' in headers ? 415 : 200
    const isEmpty = status === 204 || url.startsWith('/v1/changes') || url.includes('body=html')
    return {
      status,
      headers: { 'content-type': 'application/json' },
      body: isEmpty ? '' : JSON.stringify(body)
    }
  }
}

t.test('a document of any other form can be asked as well', async (t) => {
  const report = await fuzz({ send: imaginary(), admin, requests: 3000, seed: 1 })
  t.same(unproved(report), [])
  t.match(table(report), /deleteGhost .*204:/)
  t.ok(report.found.size > 0)
  const deletions = await fuzz({ send: imaginary(), admin, requests: 500, seed: 1, only: /^delete/ })
  t.same(
    [...deletions.rows].flatMap(([name, { sent }]) => (sent > 0 ? [name] : [])),
    ['deleteGhost', 'deleteThings']
  )
  const suites = await everywhere({ send: imaginary(), admin, requests: 10, seed: 1 }, ['x'])
  t.ok(suites.rows.get('putThings')!.sent > 0)
})

t.test('a finding is told with a line for a shell that asks again', async (t) => {
  const request = { method: 'POST', url: '/v1/x?a=1', headers: { authorization: 'Bearer onr_1', 'x-a': 'b' } }
  const address = 'http://127.0.0.1:3000'
  t.equal(
    curl(address, { ...request, body: '{"a":"it\'s \\ é\n"}' }, 'editor'),
    `curl -i -X POST --path-as-is -H "Authorization: Bearer $TOKEN" -H 'x-a: b' --data-binary $'{"a":"it\\'s \\\\ \\xc3\\xa9\\x0a"}' 'http://127.0.0.1:3000/v1/x?a=1' # TOKEN: editor`
  )
  t.equal(
    curl(address, { method: 'HEAD', url: '/', headers: {} }, null),
    `curl -I --path-as-is 'http://127.0.0.1:3000/'`
  )
  const answer = { status: 500, headers: {}, body: 'oops' }
  const finding = { oracle: 'o', operation: 'x', twist: '', expected: '200', request, role: null, answer }
  t.match(told({ ...finding, twist: 'no token' }, address), /^x \(no token\): o\n/)
  t.match(told(finding, address), /^x: o\n {2}expected 200\n {2}answered 500 "oops"\n {2}curl -i/)
})

t.test('the texts of a suite are sent in every text field', async (t) => {
  const send = await listening(t)
  let sent = 0
  const report = await everywhere(
    {
      send,
      admin,
      requests: 100,
      seed: 1,
      only: /^(create|update)(Article|Source)$|importPage/,
      progress: () => sent++
    },
    ['café', '<b>x</b>', '\u0000']
  )
  t.same([...report.found.keys()], [])
  t.ok(sent > 30)
})

t.test('a value is made wrong at any of its places', (t) => {
  const text = { type: 'string', maxLength: 3, enum: ['a', 'b'] }
  const list = { type: 'array', maxItems: 1, items: { type: 'integer', minimum: 1, maximum: 2 } }
  const schema = {
    type: 'object',
    required: ['text'],
    properties: { text, list },
    additionalProperties: false
  }
  const document = { paths: {}, components: { schemas: {} } }
  const made = Array.from({ length: 300 }, (_, seed) =>
    broken(document, schema, { text: 'a', list: [1] }, seeded(seed))
  )
  const refused = made.filter((value) => value === undefined || faults(document, schema, value).length > 0)
  t.ok(refused.length > 250, `${refused.length} of 300 are wrong`)
  t.end()
})

t.test('a place of a list or an object can be left out', (t) => {
  t.same(without({ a: [1, 2] }, ['a', 0]), { a: [2] })
  t.same(without({ a: [1, 2] }, ['a']), {})
  t.end()
})

t.test('suites of several forms are read', (t) => {
  const file = join(folder(t), 'suite.json')
  writeFileSync(
    file,
    '["a", {"payload": "b"}, {"input": "c"}, {"json": "\\"d\\""}, {"json": "1"}, {"title": "e"}]'
  )
  t.same(suite(file), ['a', 'b', 'c', 'd'])
  t.end()
})

t.test('packed answers are unpacked, streams are left, and what does not answer is told', async (t) => {
  const answers = createServer((request, response) => {
    if (request.url === '/lost') request.socket.destroy()
    else if (request.url === '/stream')
      response.setHeader('content-type', 'text/event-stream').write(': on\n')
    else response.setHeader('content-encoding', 'gzip').end(gzipSync('packed'))
  }).listen(0)
  await once(answers, 'listening')
  const { send, close } = sender(`http://127.0.0.1:${(answers.address() as AddressInfo).port}`, 200)
  t.teardown(() => {
    close()
    answers.close()
  })
  const get = (url: string) => send({ method: 'GET', url, headers: {} })
  t.match(await get('/'), { status: 200, body: 'packed' })
  t.match(await get('/stream'), { status: 200, body: '' })
  t.match(await get('/lost'), { status: 0 })
})
