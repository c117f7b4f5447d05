import { count } from 'drizzle-orm'
import Fastify from 'fastify'
import t from 'tap'
import * as sources from '../../src/content/sources/store.ts'
import { actorOf } from '../../src/http/callers/caller.ts'
import { idempotentWrites } from '../../src/http/idempotency/replay.ts'
import type { Problem } from '../../src/http/problems.ts'
import { Unavailable, type Writer } from '../../src/storage/database.ts'
import { app, type Client, database, ferry, opened, secret } from '../support/app.ts'
import { issuer } from '../support/oidc-issuer.ts'

const key = (key: string, token?: string | null) => ({
  headers: { 'idempotency-key': key },
  ...(token !== undefined && { token })
})
const mara = { kind: 'person', name: 'Mara' }

async function rows({ db: { read } }: Client, table: 'sources' | 'answers' | 'comments' | 'tokens') {
  const [row] = await read.q.select({ n: count() }).from(read.t[table])
  return row!.n
}

const kind = (answer: { json<T>(): T }) => answer.json<Problem>().type.replace('/problems/', '')

t.test('a POST that is sent again is answered as it was, and done once', async (t) => {
  const client = await app(t)
  const { post } = client
  const first = await post('/v1/sources', mara, key('one'))
  const again = await post('/v1/sources', mara, key('one'))
  t.equal(first.status, 201)
  t.strictSame([again.status, again.body], [first.status, first.body])
  for (const name of ['location', 'etag', 'content-type', 'cache-control'])
    t.equal(again.headers[name], first.headers[name], name)
  t.equal(first.headers['idempotency-replayed'], undefined)
  t.equal(again.headers['idempotency-replayed'], 'true')
  t.not(again.headers['x-request-id'], first.headers['x-request-id'])
  t.equal(await rows(client, 'sources'), 1)
  t.notSame((await post('/v1/sources', mara, key('two'))).body, first.body, 'another key is another request')
  t.notSame((await post('/v1/sources', mara)).body, first.body, 'so is none')
})

t.test('a key belongs to its token and its address', async (t) => {
  const client = await app(t)
  const { post, token } = client
  const { token: ines } = await token('editor')
  const { token: bo } = await token('editor')
  const answers = [
    await post('/v1/sources', mara, key('k', ines)),
    await post('/v1/sources', mara, key('k', bo)),
    await post('/v1/media', { kind: 'image' }, key('k', bo))
  ]
  t.strictSame(
    answers.map(({ status }) => status),
    [201, 201, 201]
  )
  t.equal(await rows(client, 'sources'), 2)
  t.equal((await post('/v1/sources', mara, key('k', null))).status, 401, 'a key opens nothing')
})

t.test('a key belongs to its holder, whatever the text of the token is by now', async (t) => {
  const people = await issuer(t)
  const client = await app(t, { config: people.config })
  const { post } = client
  const signed = (sub: string, iat: number) => people.sign({ roles: ['editor'], sub, iat })
  const now = Math.floor(Date.now() / 1000)
  const first = await post('/v1/sources', mara, key('k', await signed('ines', now - 9)))
  const again = await post('/v1/sources', mara, key('k', await signed('ines', now)))
  t.strictSame([again.status, again.body], [201, first.body], 'a refreshed JWT')
  const other = await post('/v1/sources', mara, key('k', await signed('bo', now)))
  t.notSame(other.body, first.body, 'somebody else')

  const issued = await client.token('editor')
  const made = await post('/v1/sources', mara, key('k', issued.token))
  const { token } = (await post(`/v1/tokens/${issued.id}/rotate`, { grace: 3600 })).json<{ token: string }>()
  t.equal((await post('/v1/sources', mara, key('k', token))).body, made.body, 'a rotated token')
  t.equal((await post('/v1/sources', mara, key('k', issued.token))).body, made.body, 'and the one before')
  t.equal(await rows(client, 'sources'), 3)
})

t.test('readers with the same key do not meet', async (t) => {
  const client = await app(t)
  const { id } = await client.draft()
  await client.post(`/v1/articles/${id}/publish`)
  const comment = { author: { name: 'Ines' }, body: 'Hello' }
  const from = (remoteAddress: string) =>
    client.post(`/v1/articles/${id}/comments`, comment, { ...key('k', null), remoteAddress })
  const first = await from('198.51.100.1')
  t.equal((await from('198.51.100.1')).body, first.body)
  const other = await from('198.51.100.2')
  t.notOk(other.body.includes(first.json<{ id: string }>().id), 'nobody is shown what another was')
})

t.test('an answer that another secret sealed is not shown, and not done again', async (t) => {
  const file = await database(t)
  const { post } = await app(t, { file })
  await post('/v1/sources', mara, key('k'))
  const later = await app(t, { file, config: { ONRECORD_SECRET: `another ${secret}` } })
  const answer = await later.post('/v1/sources', mara, key('k'))
  t.match(answer.json(), { status: 409, type: '/problems/conflict', detail: /ONRECORD_SECRET/ })
  t.equal(await rows(later, 'sources'), 1)
})

t.test('another request with the same key is refused', async (t) => {
  const client = await app(t)
  const { post } = client
  await post('/v1/sources', mara, key('one'))
  for (const other of [
    { ...mara, name: 'Bo' },
    { ...mara, role: null }
  ]) {
    const answer = await post('/v1/sources', other, key('one'))
    t.strictSame([answer.status, kind(answer)], [422, 'key-reused'])
  }
  t.equal(await rows(client, 'sources'), 1)
})

t.test('a hundred retries at once make one row', async (t) => {
  const client = await app(t)
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => client.post('/v1/sources', mara, key('one')))
  )
  const made = answers.filter(({ status }) => status === 201)
  t.ok(made.length >= 1)
  t.equal(new Set(made.map(({ body }) => body)).size, 1)
  for (const answer of answers.filter(({ status }) => status !== 201)) {
    t.strictSame([answer.status, kind(answer)], [409, 'key-in-progress'])
    t.equal(answer.headers['retry-after'], '1')
  }
  t.equal(await rows(client, 'sources'), 1)
  t.equal((await client.post('/v1/sources', mara, key('one'))).body, made[0]!.body)
})

t.test('two processes with the same request do it once', async (t) => {
  const file = await database(t)
  const clients = [await app(t, { file }), await app(t, { file })]
  const answers = await Promise.all(
    clients.flatMap(({ post }) => Array.from({ length: 5 }, () => post('/v1/sources', mara, key('one'))))
  )
  t.ok(answers.some(({ status }) => status === 201))
  t.ok(answers.every(({ status }) => status === 201 || status === 409))
  t.equal(await rows(clients[0]!, 'sources'), 1)
  const replays = await Promise.all(clients.map(({ post }) => post('/v1/sources', mara, key('one'))))
  t.equal(replays[0]!.body, replays[1]!.body)
  t.equal(replays[1]!.status, 201)
})

t.test('what was refused is not kept: it is tried anew', async (t) => {
  const client = await app(t)
  const { post } = client
  const { id } = await client.draft({ ...ferry, title: 'Ferry' })
  const early = await post(`/v1/articles/${id}/schedule`, { publishAt: '2000-01-01T00:00:00Z' }, key('a'))
  t.equal(early.status, 422)
  const quote = { kind: 'direct', text: 'nobody said this' }
  t.equal((await post(`/v1/articles/${id}/quotes`, quote, key('a'))).status, 422)
  t.equal((await post('/v1/articles', { title: '' }, key('a'))).status, 400)
  t.equal(await rows(client, 'answers'), 0)
  const fixed = await post(`/v1/articles/${id}/quotes`, { ...quote, kind: 'indirect' }, key('a'))
  t.equal(fixed.status, 201, 'the key is free')
})

t.test('an answer is kept for 24 hours', async (t) => {
  let now = new Date('2026-11-02T08:00:00Z')
  const client = await app(t, { clock: () => now })
  const { post } = client
  const first = await post('/v1/sources', mara, key('one'))
  for (let i = 0; i < 12; i++) await post('/v1/sources', mara, key(`other ${i}`))
  now = new Date('2026-11-03T07:59:59Z')
  t.equal((await post('/v1/sources', mara, key('one'))).body, first.body)
  now = new Date('2026-11-03T08:00:01Z')
  t.not((await post('/v1/sources', mara, key('new'))).body, first.body)
  t.equal(await rows(client, 'answers'), 4, 'each new one sweeps away ten that are over')
  t.not((await post('/v1/sources', mara, key('one'))).body, first.body)
})

t.test('what shows a secret once shows it to who asks again, and to nobody who reads the file', async (t) => {
  const client = await app(t)
  const input = { name: 'Ines', role: 'editor' }
  const made = await client.post('/v1/tokens', input, key('a token'))
  const { token } = made.json<{ token: string }>()
  t.equal((await client.post('/v1/tokens', input, key('a token'))).json<{ token: string }>().token, token)
  t.equal(await rows(client, 'tokens'), 1)
  const kept = await client.db.read.q.select().from(client.db.read.t.answers)
  t.equal(kept.length, 1)
  t.notOk(
    JSON.stringify(kept.map((row) => ({ ...row, sealed: row.sealed.toString('latin1') }))).includes(token)
  )
})

t.test('every kind of POST takes a key: actions, batches, imports, and what needs no token', async (t) => {
  const client = await app(t)
  const { post } = client
  const { id } = await client.draft()
  const comment = { author: { name: 'Ines' }, body: 'Hello' }
  const operations = [
    { method: 'POST', path: '/v1/sources', body: mara, key: 'm' },
    { method: 'PATCH', path: '/v1/sources/$m', ifMatch: '*', body: { name: 'Bo' } }
  ]
  const page = { ...key('x'), headers: { 'idempotency-key': 'x', 'content-type': 'text/plain' } }
  for (const [url, body, options] of [
    [`/v1/articles/${id}/publish`, { note: 'now' }, key('x')],
    [`/v1/articles/${id}/comments`, comment, key('x', null)],
    ['/v1/batch', { operations }, key('x')],
    ['/v1/imports', 'A headline\n\nAnd words.', page],
    [`/v1/articles/${id}/duplicate`, undefined, key('x')]
  ] as const) {
    const first = await post(url, body, options)
    const again = await post(url, body, options)
    t.ok(first.status < 300, `${url}: ${first.status}`)
    t.strictSame([again.status, again.body], [first.status, first.body], url)
    t.equal(again.headers['idempotency-replayed'], 'true', url)
  }
  t.equal(await rows(client, 'comments'), 1)
})

t.test('a key is what the document says it is', async (t) => {
  const { post, put, draft } = await app(t)
  for (const bad of ['', 'x'.repeat(256), 'caf\u00e9']) {
    const answer = await post('/v1/sources', mara, key(bad))
    t.match(answer.json(), { status: 400, errors: [{ in: 'headers', pointer: '/Idempotency-Key' }] })
  }
  const { id, ...story } = await draft()
  t.ok(story)
  const answer = await put(`/v1/articles/${id}`, { title: 'x' }, key('only POST minds it'))
  t.equal(answer.status, 200)
})

t.test('what is answered too late was not done', async (t) => {
  const stored = await opened(t, await database(t))
  const { db, serve } = idempotentWrites(stored, { secret, clock: () => new Date(), answerTimeout: 50 })
  const server = Fastify()
  t.teardown(async () => {
    await server.close()
    await stored.close()
  })
  serve(server)
  const [written, paused] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  server.post('/slow', { schema: { operationId: 'slow' } as object }, async (request) => {
    await db.write(actorOf(request), (tx) => sources.create(tx, { kind: 'person', name: 'Mara' }))
    written.resolve()
    await paused.promise
    return 'done'
  })
  const answer = server.inject({ method: 'POST', url: '/slow', headers: { 'idempotency-key': 'one' } })
  await written.promise
  await db.write('somebody else', (tx) => sources.create(tx, { kind: 'person', name: 'Bo' }))
  paused.resolve()
  t.equal((await answer).statusCode, 500, 'the client learns that it was not')
  const rows = await stored.read.q.select().from(stored.read.t.sources)
  t.strictSame(
    rows.map(({ name }) => name),
    ['Bo'],
    'and nobody waited longer for it'
  )
})

t.test('a second write for the same request belongs to the first', async (t) => {
  const stored = await opened(t, await database(t))
  const { db, serve } = idempotentWrites(stored, { secret, clock: () => new Date() })
  const server = Fastify()
  t.teardown(async () => {
    await server.close()
    await stored.close()
  })
  serve(server)
  server.post('/two', { schema: { operationId: 'two' } as object }, async (request) => {
    for (const name of ['Mara', 'Bo'])
      await db.write(actorOf(request), (tx) => sources.create(tx, { kind: 'person', name }))
    throw new Error('and then it fails')
  })
  const headers = { 'idempotency-key': 'one' }
  t.equal((await server.inject({ method: 'POST', url: '/two', headers })).statusCode, 500)
  t.strictSame(await stored.read.q.select().from(stored.read.t.sources), [], 'so neither is there')
})

t.test(
  'what is undone with a write that failed beside it is to be sent again, and then is done once',
  async (t) => {
    const stored = await opened(t, await database(t))
    const { db, serve } = idempotentWrites(stored, { secret, clock: () => new Date() })
    const server = Fastify()
    t.teardown(async () => {
      await server.close()
      await stored.close()
    })
    serve(server)
    const create = (name: string) => (tx: Writer) => sources.create(tx, { kind: 'person', name })
    server.setErrorHandler((error, _request, reply) =>
      reply.code(error instanceof Unavailable ? 503 : 500).send()
    )
    let failing: Promise<unknown> | undefined
    server.post('/one', { schema: { operationId: 'one' } as object }, async (request) => {
      const answer = db.write(actorOf(request), create('Mara'))
      failing ??= db.write('somebody else', async (tx) => {
        await create('Bo')(tx)
        throw new Error('no')
      })
      failing.catch(() => {})
      await answer
      return 'done'
    })
    const send = () => server.inject({ method: 'POST', url: '/one', headers: { 'idempotency-key': 'one' } })
    t.equal((await send()).statusCode, 503)
    await t.rejects(failing!, { message: 'no' })
    t.strictSame([(await send()).statusCode, (await send()).statusCode], [200, 200])
    const rows = await stored.read.q.select().from(stored.read.t.sources)
    t.strictSame(
      rows.map(({ name }) => name),
      ['Mara']
    )
  }
)
