// Webhooks as a resource: who is told of what, how it is signed, and where it never goes.
import { Webhook as Verifier } from 'standardwebhooks'
import t from 'tap'
import type { Delivery } from '../../src/changes/deliveries/schema.ts'
import type { Change } from '../../src/changes/log/schema.ts'
import { isPublic } from '../../src/changes/webhooks/addresses.ts'
import type { IssuedWebhook, Webhook } from '../../src/changes/webhooks/schema.ts'
import { app } from '../support/app.ts'
import { forged } from '../support/forged-cursors.ts'
import { until } from '../support/until.ts'
import {
  allowed,
  clockwork,
  day,
  deliveries,
  receiver,
  settled,
  source,
  status,
  subscribe,
  webhook
} from '../support/webhook-receiver.ts'

t.test('a change is told to who asked for it, signed, in the form of the log', async (t) => {
  const client = await app(t, allowed)
  const { post, get } = client
  const { received, url } = await receiver(t)
  const made = await post('/v1/webhooks', { url, events: ['article.created', 'quote.created'] })
  const { secret, ...shown } = made.json<IssuedWebhook>()
  t.equal(made.status, 201)
  t.equal(made.headers.location, `/v1/webhooks/${shown.id}`)
  t.equal(made.headers['cache-control'], 'private, no-store')
  t.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
  t.match(shown, { url, events: ['article.created', 'quote.created'], disabledAt: null, version: 1 })
  const { id } = await client.draft()
  await until(() => received.length === 2)
  const log = (await get(`/v1/changes?article=${id}`)).json<{ data: Change[] }>().data
  for (const { headers, body, message } of received) {
    t.strictSame(new Verifier(secret).verify(body, headers), message)
    t.match(headers, { 'content-type': 'application/json', 'webhook-id': /^dlv_/, 'user-agent': 'OnRecord' })
    t.strictSame(
      message.data,
      log.find(({ seq }) => seq === message.data.seq)
    )
    t.equal(message.timestamp, message.data.at)
    t.equal(message.type, message.data.event)
  }
  t.strictSame(
    received.map(({ message }) => message.type),
    ['article.created', 'quote.created']
  )
  await until(() => settled(client, shown.id))
  t.match(await deliveries(client, shown.id), [
    {
      event: 'quote.created',
      status: 'delivered',
      attempts: 1,
      lastStatus: 204,
      lastError: null,
      nextAt: null
    },
    { event: 'article.created', id: received[0]!.id }
  ])
  for (const address of ['/v1/webhooks', `/v1/webhooks/${shown.id}`])
    t.notMatch((await get(address)).body, /whsec|secret"/)
})

t.test('a webhook without events is told of everything', async (t) => {
  const client = await app(t, allowed)
  const { received, url } = await receiver(t)
  t.match((await client.post('/v1/webhooks', { url })).json(), { events: [] })
  await client.draft()
  const everything = (await client.get('/v1/changes')).json<{ data: Change[] }>().data
  t.equal(everything[0]!.event, 'webhook.created', 'of itself, for a beginning')
  await until(() => received.length === everything.length)
  t.same(new Set(received.map(({ message }) => message.type)), new Set(everything.map(({ event }) => event)))
})

t.test('after a rotation both secrets verify for a day', async (t) => {
  const { clock, forward } = clockwork()
  const client = await app(t, { ...allowed, clock })
  const { received, url } = await receiver(t)
  const { id, secret: first } = await subscribe(client, url)
  const rotate = async () => (await client.post(`/v1/webhooks/${id}/rotate`)).json<IssuedWebhook>().secret
  const second = await rotate()
  t.not(second, first)
  t.match(await webhook(client, id), {
    oldSecretUntil: new Date(clock().getTime() + day).toISOString().slice(0, 15)
  })
  const verifying = async (...secrets: string[]) => {
    await source(client)
    const count = received.length + 1
    await until(() => received.length === count)
    const { headers, body } = received.at(-1)!
    const at = new Date(Number(headers['webhook-timestamp']) * 1000)
    return secrets.filter((secret) =>
      headers['webhook-signature']!.split(' ').includes(
        new Verifier(secret).sign(headers['webhook-id']!, at, body)
      )
    )
  }
  t.strictSame(await verifying(first, second), [first, second])
  const { body, headers } = received.at(-1)!
  for (const secret of [first, second]) t.ok(new Verifier(secret).verify(body, headers))
  const third = await rotate()
  t.strictSame(await verifying(first, second, third), [second, third], 'two hold, no more')
  forward(day + 1000)
  t.strictSame(await verifying(first, second, third), [third])
})

t.test('one delivery, or a range of changes, is told again', async (t) => {
  const client = await app(t, allowed)
  const { post, draft, patch, get } = client
  const { received, url } = await receiver(t)
  const { id: article } = await draft({ sources: [], quotes: [] })
  for (const dek of ['a', 'b', 'c']) await patch(`/v1/articles/${article}`, { dek })
  const { id } = await subscribe(client, url, ['article.updated'])
  const log = (await get(`/v1/changes?article=${article}&action=update`)).json<{ data: Change[] }>().data
  const { fromSeq, toSeq } = { fromSeq: log[0]!.seq, toSeq: log[2]!.seq }
  t.strictSame((await post(`/v1/webhooks/${id}/replay`, { fromSeq, toSeq })).json(), { deliveries: 3 })
  await until(() => settled(client, id))
  t.strictSame(
    received.map(({ message }) => message.data.seq),
    log.map(({ seq }) => seq),
    'in their order'
  )
  await post(`/v1/webhooks/${id}/replay`, { fromSeq, toSeq })
  await until(() => settled(client, id))
  t.equal(received.length, 6)
  t.equal(new Set(received.map(({ id }) => id)).size, 3, 'under the same ids')
  const answer = await post(`/v1/webhooks/${id}/deliveries/${received[1]!.id}/replay`)
  t.match(answer.json(), { id: received[1]!.id, status: 'pending', attempts: 0 })
  await until(() => received.length === 7)
  t.equal(received.at(-1)!.id, received[1]!.id)
  t.strictSame((await post(`/v1/webhooks/${id}/replay`, { fromSeq: 1, toSeq: 1 })).json(), { deliveries: 0 })

  const nobody = 'whk_01k9v3w8zhe5ra4gxm7y2bqd6c'
  const none = 'dlv_01k9v3w8zhe5ra4gxm7y2bqd6c'
  t.equal((await post(`/v1/webhooks/${id}/replay`, { fromSeq: 1, toSeq: 1001 })).status, 422)
  t.equal((await post(`/v1/webhooks/${id}/replay`, { fromSeq: 1, toSeq: 1000 })).status, 200)
  t.equal((await post(`/v1/webhooks/${id}/replay`, { fromSeq: 2, toSeq: 1 })).status, 422)
  t.equal((await post(`/v1/webhooks/${id}/replay`, { fromSeq: 0, toSeq: 1 })).status, 400)
  t.equal((await post(`/v1/webhooks/${nobody}/replay`, { fromSeq: 1, toSeq: 1 })).status, 404)
  t.equal((await post(`/v1/webhooks/${id}/deliveries/${none}/replay`)).status, 404)
  const other = await subscribe(client, url, [])
  t.equal((await post(`/v1/webhooks/${other.id}/deliveries/${received[1]!.id}/replay`)).status, 404)
})

t.test('deliveries are listed page by page', async (t) => {
  const client = await app(t, allowed)
  const { url } = await receiver(t)
  const { id } = await subscribe(client, url)
  for (let i = 0; i < 5; i++) await source(client, `Number ${i}`)
  const seqs: number[] = []
  let address: string | undefined = `/v1/webhooks/${id}/deliveries?limit=2`
  while (address !== undefined) {
    const answer = await client.get(address)
    seqs.push(...answer.json<{ data: Delivery[] }>().data.map(({ seq }) => seq))
    address = /^<(.+)>; rel="next"$/.exec(String(answer.headers.link))?.[1]
  }
  t.strictSame(seqs, [6, 5, 4, 3, 2])
  await until(() => settled(client, id))
  t.equal((await deliveries(client, id, '?status=delivered')).length, 5)
  t.strictSame(await deliveries(client, id, '?status=pending'), [])
  const { next } = (await client.get(`/v1/webhooks/${id}/deliveries?limit=1`)).json<{ next: string }>()
  const wrong = forged(next, 'x')
  for (const query of ['?cursor=x', `?cursor=${wrong}`, '?status=lost', '?limit=0'])
    t.equal((await client.get(`/v1/webhooks/${id}/deliveries${query}`)).status, 400, query)
  const nobody = '/v1/webhooks/whk_01k9v3w8zhe5ra4gxm7y2bqd6c'
  for (const address of [nobody, `${nobody}/deliveries`]) t.equal((await client.get(address)).status, 404)
  for (const what of ['rotate', 'enable']) t.equal((await client.post(`${nobody}/${what}`)).status, 404)
})

t.test('what was told is forgotten after 30 days', async (t) => {
  const { clock, forward } = clockwork()
  const client = await app(t, { ...allowed, clock })
  const { url } = await receiver(t)
  const { id } = await subscribe(client, url)
  for (const name of ['a', 'b']) await source(client, name)
  await until(() => settled(client, id))
  forward(29 * day)
  await source(client, 'c')
  await until(() => settled(client, id))
  t.equal((await deliveries(client, id)).length, 3)
  forward(2 * day)
  await source(client, 'd')
  await until(async () => (await deliveries(client, id)).length === 2)
})

t.test('a webhook is changed under If-Match, and deleted with what it is owed', async (t) => {
  const client = await app(t, allowed)
  const { get, patch, put, remove, call } = client
  const box = await receiver(t, status(500))
  const made = await subscribe(client, box.url)
  const url = `/v1/webhooks/${made.id}`
  const { etag } = (await get(url)).headers
  t.equal((await call('PATCH', url, { payload: { events: [] } })).status, 428)
  const changed = await patch(
    url,
    { events: ['article.published'] },
    { headers: { 'if-match': String(etag) } }
  )
  t.match(changed.json(), { url: box.url, events: ['article.published'], version: 2 })
  t.equal((await patch(url, { events: [] }, { headers: { 'if-match': String(etag) } })).status, 412)
  t.match((await put(url, { url: box.url })).json(), { events: [], version: 3 })
  t.equal((await patch(url, { url: 'http://user:pw@example.com/' })).status, 422)
  t.equal((await patch(url, { secret: 'x' })).status, 400)
  await source(client)
  await until(() => box.received.length > 0)
  t.equal((await remove(url)).status, 204)
  t.equal((await get(url)).status, 404)
  const owed = client.db.read.t.deliveries
  t.strictSame(await client.db.read.q.select().from(owed), [])
  // What was on its way when the webhook was deleted may still arrive, but nothing that came later.
  const other = await receiver(t)
  await subscribe(client, other.url)
  const later = (await source(client)).json<{ id: string }>()
  await until(() => other.received.length > 0)
  t.equal(other.received[0]!.message.data.id, later.id)
  t.notOk(box.received.some(({ message }) => message.data.id === later.id))
})

t.test('webhooks are listed newest first, and there are 100 at most', async (t) => {
  const client = await app(t)
  const { post, get } = client
  const url = 'https://site.example/hook'
  const ids: string[] = []
  for (let i = 0; i < 100; i++) ids.unshift((await subscribe(client, url)).id)
  t.match((await post('/v1/webhooks', { url })).json(), {
    status: 409,
    detail: 'There are 100 webhooks already.'
  })
  const first = (await get('/v1/webhooks?limit=60')).json<{ data: Webhook[]; next: string }>()
  const second = (await get(`/v1/webhooks?limit=60&cursor=${first.next}`)).json<{ data: Webhook[] }>()
  t.strictSame(
    [...first.data, ...second.data].map(({ id }) => id),
    ids
  )
})

t.test('what is no webhook is refused, and its place is named', async (t) => {
  const { post } = await app(t)
  const url = 'https://site.example/hook'
  for (const body of [
    {},
    { url: 'ftp://site.example/' },
    { url: 'file:///etc/passwd' },
    { url: 'javascript:alert(1)' },
    { url: '//site.example/' },
    { url: `https://site.example/${'x'.repeat(2000)}` },
    { url, events: ['article.stolen'] },
    { url, events: ['article.published', 'article.published'] },
    { url, events: 'article.published' },
    { url, secret: 'whsec_mine' }
  ])
    t.equal((await post('/v1/webhooks', body)).status, 400, JSON.stringify(body).slice(0, 60))
  for (const url of [
    'https://user@site.example/',
    'https://:pw@site.example/',
    'https://',
    'http://[::not-valid]/',
    'http://a:99999/'
  ])
    t.match([400, 422].includes((await post('/v1/webhooks', { url })).status), true, url)
})

/** Addresses that are not on the public internet, in every spelling a URL knows. */
const internal = `
  127.0.0.1 127.1 127.255.255.254 0.0.0.0 0 2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 0300.0250.0.1
  10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 169.254.169.254 2852039166 100.64.0.1 100.127.255.254
  192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
  [::] [::1] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:10.0.0.1] [::127.0.0.1] [::ffff:0:127.0.0.1]
  [64:ff9b::7f00:1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2001::1] [fe80::1] [febf::1] [fec0::1] [fc00::1]
  [fd12:3456::1] [ff02::1] [2001:db8::1] [100::1]
  localhost LOCALHOST localhost. a.localhost localhost.localdomain printer printer.local db.internal box.lan
  nas.home.arpa ip6-localhost %31%32%37.0.0.1 %6cocalhost`
  .trim()
  .split(/\s+/)

t.test('a webhook never goes to an address that is not public, however it is written', async (t) => {
  const { post } = await app(t)
  for (const host of internal)
    for (const url of [`http://${host}/`, `https://${host}:8443/hook`]) {
      const answer = await post('/v1/webhooks', { url })
      t.ok([400, 422].includes(answer.status), url)
    }
  const answer = await post('/v1/webhooks', { url: 'http://2130706433/' })
  t.match(answer.json(), {
    status: 422,
    errors: [{ pointer: '/url', detail: /leads to 127\.0\.0\.1, which is not on the public internet/ }]
  })
  for (const url of [
    'https://site.example/',
    'http://93.184.216.34/hook',
    'http://[2606:4700:4700::1111]/',
    'https://site.example.:8443/a?b=c',
    'http://11.0.0.1/',
    'http://172.32.0.1/',
    'http://169.253.0.1/',
    'http://100.128.0.1/'
  ])
    t.equal((await post('/v1/webhooks', { url })).status, 201, url)
  t.equal(isPublic('::ffff:93.184.216.34'), true)
  // Behind DNS64, in the range for that alone (RFC 6052, 3.1).
  t.equal(isPublic('64:ff9b::5db8:d822'), true)
  for (const address of ['64:ff9b::a00:1', '64:ff9b::c0a8:1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::5db8:d822'])
    t.equal(isPublic(address), false, address)
})

t.test('nothing private is told: no note, no key, no words', async (t) => {
  const client = await app(t, allowed)
  const { draft, post, patch } = client
  const box = await receiver(t)
  const { id: hook, secret } = await subscribe(client, `${box.url}?key=CANARY`, [])
  const { id } = await draft({ title: 'CANARY title', sources: [], quotes: [] })
  await patch(`/v1/articles/${id}`, { embargoUntil: null, dek: 'CANARY dek' })
  await post(`/v1/articles/${id}/submit`)
  await post(`/v1/articles/${id}/return`, { note: 'CANARY note' })
  await post(`/v1/articles/${id}/publish`, { note: 'CANARY note' })
  await post(`/v1/articles/${id}/withdraw`, { reason: 'CANARY reason' })
  await post('/v1/sources', { kind: 'person', name: 'CANARY source', notes: 'CANARY notes' })
  await post('/v1/tokens', { name: 'CANARY token', role: 'editor' })
  await until(() => settled(client, hook))
  t.ok(box.received.length >= 5)
  const told = (type: string) =>
    box.received.find(({ message }) => message.type === type)?.message.data.detail
  t.strictSame(told('article.returned'), {})
  t.strictSame(told('article.published'), { edition: 1 })
  t.ok(told('article.withdrawn'))
  for (const { body } of box.received) t.notMatch(body, /canary/i)
  t.notMatch(JSON.stringify(await deliveries(client, hook)), secret)
})
