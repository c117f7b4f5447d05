// The change log as it grows, for those who listen.
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { Change } from '../../src/changes/log/schema.ts'
import { admin, app, type Client } from '../support/app.ts'
import { issuer } from '../support/oidc-issuer.ts'
import { until } from '../support/until.ts'
import { everything, source } from './log.ts'

interface Listener {
  /** The events so far. */
  events: { id: number; event: string; data: Change }[]
  /** What the server says besides. */
  comments: string[]
  status: number
  headers: http.IncomingHttpHeaders
  /** Resolves when the stream has ended, whoever ended it. */
  ended: Promise<unknown>
  /** Waits until there are so many events. */
  heard(count: number): Promise<void>
  hangUp(): void
}

const listening = async ({ server }: Client) => {
  if (!server.server.listening) await server.listen({ port: 0, host: '127.0.0.1' })
  return (server.server.address() as AddressInfo).port
}

/** Listens to the stream as a browser does. */
async function listen(
  t: Test,
  client: Client,
  {
    query = '',
    token = admin,
    headers = {}
  }: { query?: string; token?: string | null; headers?: object } = {}
): Promise<Listener> {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` }
  const request = http.get({
    port: await listening(client),
    path: `/v1/changes/stream${query}`,
    headers: { ...authorization, ...headers },
    agent: false
  })
  request.on('error', () => {})
  t.teardown(() => request.destroy())
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]
  const listener: Listener = {
    events: [],
    comments: [],
    status: response.statusCode!,
    headers: response.headers,
    ended: new Promise((resolve) => response.once('close', resolve)),
    async heard(count) {
      await until(() => listener.events.length >= count)
    },
    hangUp: () => request.destroy()
  }
  response.on('error', () => {})
  let text = ''
  response.setEncoding('utf8').on('data', (part) => {
    text += part
    const blocks = text.split('\n\n')
    text = blocks.pop()!
    for (const block of blocks) hear(listener, block)
  })
  return listener
}

function hear({ events, comments }: Listener, block: string) {
  if (block.startsWith(':')) return void comments.push(block)
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)![1]!
  events.push({ id: Number(field('id')), event: field('event'), data: JSON.parse(field('data')) as Change })
}

t.test('a stream tells each change as it is committed, in the form of the list', async (t) => {
  const client = await app(t)
  const { post } = client
  await post('/v1/sources', source('Before'))
  const listener = await listen(t, client)
  t.equal(listener.status, 200)
  t.match(listener.headers, {
    'content-type': 'text/event-stream',
    'cache-control': 'private, no-store',
    'x-accel-buffering': 'no'
  })
  await post('/v1/sources', source('Line\nbreak \u2028 \r\n id: 99\n\n'))
  await listener.heard(1)
  t.strictSame(listener.comments, [': the change log'], 'at once, and not with the next heartbeat')
  const [last] = (await everything(client)).slice(-1)
  t.strictSame(listener.events, [{ id: last!.seq, event: 'source.created', data: last }])
})

t.test('a stream tells what another process has committed', async (t) => {
  const client = await app(t)
  const other = await app(t, { file: client.db.file })
  const listener = await listen(t, client)
  await other.post('/v1/sources', source('Elsewhere'))
  await listener.heard(1)
  t.equal(listener.events[0]!.event, 'source.created')
})

t.test('a listener who comes back misses nothing and hears nothing twice', async (t) => {
  const client = await app(t)
  const { post } = client
  const heard: number[] = []
  const busy = (async () => {
    for (let i = 0; i < 150; i++) {
      while (i - heard.length >= 50) await pause(10)
      await post('/v1/sources', source(`Number ${i}`))
    }
  })()
  let last = 0
  let times = 0
  while (heard.length < 150) {
    const headers = last === 0 ? {} : { 'last-event-id': String(last) }
    // The header is what a browser adds when it comes back to the same address.
    const listener = await listen(t, client, { query: '?after=0', headers })
    await Promise.race([listener.heard(20), pause(400)]).catch(() => {})
    listener.hangUp()
    await listener.ended
    heard.push(...listener.events.map(({ id }) => id))
    last = heard.at(-1)!
    times++
  }
  await busy
  t.strictSame(
    heard,
    Array.from({ length: 150 }, (_, i) => i + 1)
  )
  t.ok(times > 2, `in ${times} pieces`)
})

t.test('a stream begins where it is asked to, and not at what is no change', async (t) => {
  const client = await app(t)
  const { post, server } = client
  for (const name of ['a', 'b', 'c']) await post('/v1/sources', source(name))
  const from = async (options: object) => {
    const listener = await listen(t, client, options)
    await listener.heard(1)
    listener.hangUp()
    return listener.events.map(({ id }) => id)
  }
  t.strictSame(await from({ query: '?after=1' }), [2, 3])
  t.strictSame(await from({ headers: { 'last-event-id': '2' } }), [3])
  t.strictSame(await from({ query: '?after=2', headers: { 'last-event-id': '' } }), [3])
  const refused = async (url: string, headers = {}) => {
    const answer = await server.inject({ url, headers: { authorization: `Bearer ${admin}`, ...headers } })
    t.equal(answer.statusCode, 400, url)
    t.match(answer.headers['content-type'], 'application/problem+json')
    return answer.json<{ errors: object[] }>().errors
  }
  await refused('/v1/changes/stream?after=-1')
  await refused('/v1/changes/stream?from=1')
  for (const id of ['x', '-1', '1.5', '1'.repeat(16)])
    t.match(await refused('/v1/changes/stream', { 'last-event-id': id }), [
      { in: 'headers', pointer: '/last-event-id' }
    ])
})

t.test('a stream is for tokens of the desk', async (t) => {
  const client = await app(t)
  for (const [token, status] of [
    [null, 401],
    ['onr_unknown', 401],
    [(await client.token('contributor')).token, 200],
    [(await client.token('moderator')).token, 200]
  ] as const)
    t.equal((await listen(t, client, { token })).status, status)
  const { server } = client
  const head = { method: 'HEAD', url: '/v1/changes/stream' } as const
  t.equal((await server.inject(head)).statusCode, 401)
  const answer = await server.inject({ ...head, headers: { authorization: `Bearer ${admin}` } })
  t.match(answer, { statusCode: 200, headers: { 'content-type': 'text/event-stream' } })
})

t.test('a stream shows that it lives, and ends with its token', async (t) => {
  let now = new Date('2026-11-02T08:00:00Z')
  const client = await app(t, { heartbeat: 100, clock: () => now })
  const { token, remove } = client
  const expiring = await token('editor', { expiresAt: '2026-11-02T09:00:00Z' })
  const revoked = await token('editor')
  const listeners = await Promise.all(
    [expiring.token, revoked.token, admin].map((token) => listen(t, client, { token }))
  )
  const [first, second, third] = listeners as [Listener, Listener, Listener]
  await until(() => listeners.every(({ comments }) => comments.length >= 3))
  t.equal(first.comments.at(-1), ': still here')
  await remove(`/v1/tokens/${revoked.id}`)
  await second.ended
  now = new Date('2026-11-02T09:00:00Z')
  await first.ended
  const beats = third.comments.length
  // The others live on.
  await until(() => third.comments.length > beats)
})

t.test('a token that ends ends its streams before the next event', async (t) => {
  const people = await issuer(t)
  const client = await app(t, { config: people.config })
  const { token, post, remove } = client
  const soon = (ms: number) => new Date(Date.now() + ms).toISOString()
  const revoked = await token('editor')
  const rotated = await token('editor')
  const graced = await token('editor')
  const expiring = await token('editor', { expiresAt: soon(3000) })
  const jwt = await people.sign({ roles: ['editor'], exp: Math.floor(Date.now() / 1000) - 2 })
  const texts = [revoked.token, rotated.token, graced.token, expiring.token, jwt]
  const [first, second, third, ...others] = await Promise.all(
    texts.map((token) => listen(t, client, { token }))
  )
  await remove(`/v1/tokens/${revoked.id}`)
  await post('/v1/sources', source('After the first'))
  await first!.ended
  t.strictSame(first!.events, [], 'revoked')
  await second!.heard(2)
  await post(`/v1/tokens/${rotated.id}/rotate`)
  await post('/v1/sources', source('After the second'))
  await second!.ended
  t.notOk(
    second!.events.some(({ event }) => event === 'token.rotated'),
    'rotated'
  )
  await post(`/v1/tokens/${graced.id}/rotate`, { grace: 3600 })
  await post('/v1/sources', source('For the third'))
  await third!.heard(6)
  for (const { ended } of others) await ended
})

t.test('a listener who hangs up is forgotten, and beyond a thousand nobody more is let in', async (t) => {
  const client = await app(t)
  const port = await listening(client)
  const agent = new http.Agent({ maxSockets: Number.POSITIVE_INFINITY })
  const ask = (token = admin) =>
    new Promise<http.IncomingMessage>((resolve, reject) =>
      http
        .get(
          {
            port,
            agent,
            path: '/v1/changes/stream',
            headers: { authorization: `Bearer ${token}` }
          },
          resolve
        )
        .on('error', reject)
    )
  const open: http.IncomingMessage[] = []
  for (let i = 0; i < 20; i++) {
    const { token } = await client.token('contributor')
    open.push(...(await Promise.all(Array.from({ length: 50 }, () => ask(token)))))
    const more = await ask(token)
    t.equal(more.statusCode, 429, 'one holder has fifty at most')
    more.resume()
  }
  t.ok(open.every(({ statusCode }) => statusCode === 200))
  let heard = 0
  for (const response of open) {
    response.on('error', () => {})
    response.on('data', (part: Buffer) => {
      if (part.includes('source.created')) heard++
    })
  }
  const refused = await ask()
  t.equal(refused.statusCode, 503)
  t.equal(refused.headers['retry-after'], '30')
  refused.resume()
  const began = performance.now()
  await client.post('/v1/sources', source('For all'))
  await until(() => heard === 1000)
  t.comment(`1000 listeners heard of a change within ${Math.round(performance.now() - began)} ms`)
  for (const response of open.splice(0, 10)) response.destroy()
  // There is room again, once the service has seen that they are gone.
  await until(async () => {
    const response = await ask()
    if (response.statusCode === 200) open.push(response)
    else response.resume()
    return response.statusCode === 200
  })
  for (const response of open) response.destroy()
})

/** Fills the log with changes that take some room. */
async function fill({ db }: Client, megabytes: number) {
  const { changes: table } = db.read.t
  const row = {
    at: '2026-11-02T08:00:00.000Z',
    actor: 'a test',
    action: 'update',
    kind: 'article',
    id: 'art_01k9v3w8zhe5ra4gxm7y2bqd6c',
    detail: { words: 'x'.repeat(10_000) }
  }
  for (let i = 0; i < megabytes; i++)
    await db.write('t', async ({ q }) => {
      await q.insert(table).values(Array.from({ length: 100 }, () => row))
    })
}

/** A client that asks for everything and reads nothing. */
async function sleeper(t: Test, client: Client) {
  const request = http.get({
    port: await listening(client),
    path: '/v1/changes/stream?after=0',
    headers: { authorization: `Bearer ${admin}` },
    agent: false
  })
  request.on('error', () => {})
  t.teardown(() => request.destroy())
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]
  response.on('error', () => {})
  return response
}

t.test('who does not read is dropped, and takes no memory meanwhile', async (t) => {
  const client = await app(t, { heartbeat: 400 })
  await fill(client, 30)
  const { server } = client.server
  await listening(client)
  const before = process.memoryUsage().rss
  const dropped: Promise<unknown>[] = []
  server.on('connection', (socket) => dropped.push(new Promise((resolve) => socket.once('close', resolve))))
  const asleep = await Promise.all(Array.from({ length: 10 }, () => sleeper(t, client)))
  const awake = await listen(t, client)
  await Promise.all(dropped.slice(0, 10))
  const grown = (process.memoryUsage().rss - before) / 2 ** 20
  t.comment(`ten sleepers on a log of 30 MB: ${Math.round(grown)} MB more`)
  t.ok(grown < 200, `${grown} MB`)
  await client.post('/v1/sources', source('x'))
  await awake.heard(1)
  for (const response of asleep) {
    response.resume()
    await new Promise((resolve) => response.once('close', resolve))
    t.notOk(response.complete, 'cut off, not ended')
  }
})

t.test('who reads, however slowly, hears everything', async (t) => {
  // Who reads nothing for two heartbeats is dropped: this one reads slowly for longer.
  const heartbeat = 1500
  const client = await app(t, { heartbeat })
  await fill(client, 16)
  const response = await sleeper(t, client)
  const slowly = performance.now() + 3 * heartbeat
  let read = 0
  let pauses = 0
  for await (const part of response) {
    const before = read
    read += (part as Buffer).length
    // A piece of the log is a megabyte: what is taken of it counts before all of it is.
    const isStep = Math.floor(read / 200_000) > Math.floor(before / 200_000)
    if (isStep && performance.now() < slowly) {
      pauses++
      await pause(60)
    }
    if (read > 16_000_000) break
  }
  t.ok(read > 16_000_000)
  t.ok(pauses > 0)
})

t.test('streams end when the service does, asleep or awake', async (t) => {
  // No heartbeat comes that would drop who is asleep.
  const client = await app(t, { heartbeat: 600_000 })
  await fill(client, 12)
  const awake = await listen(t, client)
  await sleeper(t, client)
  await pause(300)
  await client.server.close()
  await awake.ended
  t.strictSame(awake.events, [])
})
