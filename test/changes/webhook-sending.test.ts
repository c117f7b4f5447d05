// How a webhook is sent: whatever the receiver is and does, and whatever happens here.
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import type { Delivery } from '../../src/changes/deliveries/schema.ts'
import type { Change } from '../../src/changes/log/schema.ts'
import { isPublic } from '../../src/changes/webhooks/addresses.ts'
import { dispatch } from '../../src/changes/webhooks/dispatch.ts'
import { send } from '../../src/changes/webhooks/send.ts'
import { app, database, opened } from '../support/app.ts'
import { until } from '../support/until.ts'
import {
  allowed,
  type Behaviour,
  deliveries,
  ok,
  receiver,
  settled,
  source,
  status,
  subscribe,
  webhook
} from '../support/webhook-receiver.ts'

t.test('a delivery tells what went wrong', async (t) => {
  const client = await app(t, { ...allowed, requestTimeout: 60_000 })
  const box = await receiver(t)
  const told = async (behave: Behaviour, { url = box.url, by = client } = {}) => {
    box.behave = behave
    const { id } = await subscribe(by, url)
    await source(by)
    let last: Delivery | undefined
    await until(async () => {
      ;[last] = await deliveries(by, id)
      return last!.lastAt !== null && (last!.lastStatus ?? last!.lastError) !== null
    })
    await by.remove(`/v1/webhooks/${id}`)
    return [last!.status, last!.lastStatus, last!.lastError]
  }
  const unreached = (why: string) => ['pending', null, `It could not be reached: ${why}`]
  t.strictSame(await told(status(301, { location: 'http://example.com/' })), [
    'pending',
    301,
    'It answered 301: redirects are not followed.'
  ])
  t.strictSame(await told(status(404)), ['pending', 404, 'It answered 404.'])
  const impatient = await app(t, { ...allowed, requestTimeout: 250 })
  t.strictSame(await told(() => {}, { by: impatient }), unreached('it took too long.'))
  t.strictSame(await told((response) => response.destroy()), unreached('socket hang up'))
  t.strictSame(
    await told((response) => void response.writeHead(200).end(Buffer.alloc(1_000_000))),
    ['delivered', 200, null],
    'only the status counts'
  )
  // Time enough for the status on a busy machine.
  const patient = await app(t, { ...allowed, requestTimeout: 2000 })
  t.strictSame(await told((response) => void response.writeHead(200).write('...'), { by: patient }), [
    'delivered',
    200,
    null
  ])
  const free = http.createServer().listen(0)
  await once(free, 'listening')
  const { port } = free.address() as AddressInfo
  free.close()
  t.match(
    (await told(ok, { url: `http://127.0.0.1:${port}/` }))[2],
    /It could not be reached: .*ECONNREFUSED/
  )
  t.match(
    (await told(ok, { url: `http://localhost:${port}/` }))[2],
    /It could not be reached: .*ECONNREFUSED/
  )
  t.match((await told(ok, { url: 'http://nowhere.invalid/' }))[2], /It could not be reached: getaddrinfo/)
  t.match(
    (await told(ok, { url: box.url.replace('http:', 'https:') }))[2],
    /It could not be reached: .*(SSL|EPROTO)/
  )
})

t.test('at most 64 KB of an answer are read', async (t) => {
  let sent = 0
  const box = await receiver(t, (response) => {
    response.writeHead(500)
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(16_384))) sent += 16_384
    }
    response.on('drain', more)
    more()
  })
  const letter = { url: box.url, headers: {}, body: '{}' }
  const outcome = await send(letter, {
    allows: () => true,
    timeout: 60_000,
    stopped: new AbortController().signal
  })
  t.match(outcome, { status: 500, error: 'It answered 500.' })
  t.ok(sent < 10_000_000, `${sent} bytes were sent before it was cut off`)
})

t.test('410 disables a webhook at once, and enabling it tells what happens from then on', async (t) => {
  const client = await app(t, allowed)
  const { post, get } = client
  const box = await receiver(t, status(410))
  const { id } = await subscribe(client, box.url)
  await source(client)
  await until(async () => (await webhook(client, id)).disabledAt !== null)
  t.match(await webhook(client, id), { disabledReason: 'It answered 410: it wants to be told no more.' })
  t.match(await deliveries(client, id, '?status=failed'), [{ lastStatus: 410, nextAt: null }])
  const log = async () => (await get('/v1/changes?kind=webhook')).json<{ data: Change[] }>().data
  t.match((await log()).at(-1), { event: 'webhook.disabled', actor: { name: 'webhooks', role: null }, id })
  await source(client, 'Missed')
  t.equal((await deliveries(client, id)).length, 1, 'it is told of nothing')
  const [failed] = await deliveries(client, id)
  t.equal((await post(`/v1/webhooks/${id}/deliveries/${failed!.id}/replay`)).status, 409)
  t.equal((await post(`/v1/webhooks/${id}/replay`, { fromSeq: 1, toSeq: 9 })).status, 409)
  box.behave = ok
  const enabled = await post(`/v1/webhooks/${id}/enable`)
  t.match(enabled.json(), { disabledAt: null, disabledReason: null, failingSince: null })
  await source(client, 'Told')
  await until(() => settled(client, id))
  t.equal(box.received.length, 2)
  t.strictSame((await post(`/v1/webhooks/${id}/replay`, { fromSeq: 1, toSeq: 9 })).json(), { deliveries: 3 })
  await until(() => settled(client, id))
  t.equal(
    new Set(box.received.map(({ message }) => message.data.seq)).size,
    3,
    'a replay tells what was missed'
  )
  t.equal((await log()).at(-1)!.event, 'webhook.enabled')
})

t.test('a receiver that hangs holds nobody up, and is not sent more than a few at once', async (t) => {
  const client = await app(t, allowed)
  const hanging = await receiver(t, () => {})
  const well = await receiver(t)
  await subscribe(client, hanging.url)
  await subscribe(client, well.url)
  for (let i = 0; i < 30; i++) await source(client, `Number ${i}`)
  await until(() => well.received.length === 30)
  t.equal(hanging.received.length, 4)
})

t.test('however many receivers hang, another is told at once, one delivery after the other', async (t) => {
  const client = await app(t, allowed)
  const slow = await receiver(t, () => {})
  const fast = await receiver(t)
  for (let i = 0; i < 20; i++) await subscribe(client, slow.url)
  const { id } = await subscribe(client, fast.url)
  for (let i = 0; i < 30; i++) await source(client, `Mara ${i}`)
  await until(() => fast.received.length === 30)
  await until(() => settled(client, id))
  t.ok(slow.received.length >= 20, 'each has a place')
  t.ok(slow.received.length <= 16 + 20, `${slow.received.length} are on their way`)
})

t.test('what leads to such an address is not connected to', async (t) => {
  const lax = await app(t, allowed)
  const box = await receiver(t)
  const byAddress = await subscribe(lax, box.url)
  const byName = await subscribe(lax, `http://localhost:${box.port}/`)
  await lax.server.close()
  const strict = await app(t, { file: lax.db.file })
  await source(strict)
  for (const [{ id }, host] of [
    [byAddress, '127.0.0.1'],
    [byName, 'localhost']
  ] as const) {
    await until(async () => (await deliveries(strict, id))[0]!.lastError !== null)
    const [last] = await deliveries(strict, id)
    t.match(last, { status: 'pending', lastStatus: null })
    t.ok(last!.lastError!.endsWith(`${host} is not on the public internet.`), last!.lastError!)
  }
  t.equal(box.received.length, 0)
})

t.test('the address that was connected to is checked again, before anything is sent', async (t) => {
  let connections = 0
  let bytes = 0
  const server = http.createServer().on('connection', (socket) => {
    connections++
    socket.on('data', (part) => (bytes += part.length))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.teardown(() => server.close())
  const { port } = server.address() as AddressInfo
  let asked = 0
  const outcome = await send(
    { url: `http://127.0.0.1:${port}/`, headers: { 'content-length': '2' }, body: '{}' },
    { allows: () => asked++ === 0, timeout: 60_000, stopped: new AbortController().signal }
  )
  t.equal(outcome.error, 'It could not be reached: 127.0.0.1 is not on the public internet.')
  await until(() => connections > 0)
  await pause(50)
  t.strictSame({ connections, bytes }, { connections: 1, bytes: 0 })
})

t.test('what could not be written down is written down later', async (t) => {
  const first = await app(t, allowed)
  const box = await receiver(t)
  const { id } = await subscribe(first, box.url)
  await first.server.close()
  const db = await opened(t, first.db.file)
  await db.write('t', async ({ q, t: { deliveries: d } }) => {
    const row = { webhookId: id, seq: 1, event: 'source.created', articleId: 'src', attempts: 0 }
    const at = new Date().toISOString()
    await q
      .insert(d)
      .values({ ...row, id: 'dlv_01k9v3w8zhe5ra4gxm7y2bqd6c', status: 'pending', createdAt: at, nextAt: at })
  })
  let writes = 0
  const troubled: typeof db = {
    ...db,
    write: async (actor, work) => {
      if (++writes === 2) throw new Error('the disk is full')
      return db.write(actor, work)
    }
  }
  const failures: unknown[] = []
  const stop = dispatch(troubled, {
    clock: () => new Date(),
    allows: () => true,
    timeout: 60_000,
    onError: (error) => failures.push(error)
  })
  const rows = () => db.read.q.select().from(db.read.t.deliveries)
  await until(async () => (await rows())[0]!.status === 'delivered')
  t.match(failures, [{ message: 'the disk is full' }])
  t.equal(box.received.length, 1, 'and it was sent once')
  await stop()
  await db.close()
})

t.test('without webhooks nothing is written, and nothing is looked up twice', async (t) => {
  const db = await opened(t, await database(t))
  let writes = 0
  const watched: typeof db = {
    ...db,
    write: (actor, work) => {
      writes++
      return db.write(actor, work)
    }
  }
  const failed = (error: unknown) => t.fail(String(error))
  const stop = dispatch(watched, {
    clock: () => new Date(),
    allows: isPublic,
    timeout: 60_000,
    onError: failed
  })
  const before = process.cpuUsage()
  await pause(1000)
  const { user, system } = process.cpuUsage(before)
  t.comment(`a second of doing nothing took ${Math.round((user + system) / 1000)} ms of CPU`)
  t.equal(writes, 0)
  await stop()
  await db.close()
})
