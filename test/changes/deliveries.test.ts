// What becomes of deliveries: receivers that fail in every way, restarts, crashes and several processes.
import { setTimeout as pause } from 'node:timers/promises'
import { Webhook as Verifier } from 'standardwebhooks'
import t from 'tap'
import { app } from '../support/app.ts'
import { until } from '../support/until.ts'
import {
  allowed,
  atRest,
  type Behaviour,
  clockwork,
  deliveries,
  hour,
  minute,
  ok,
  receiver,
  settled,
  source,
  status,
  subscribe,
  webhook
} from '../support/webhook-receiver.ts'

t.test('what fails is tried again, and later changes of the same article wait', async (t) => {
  const { clock, forward } = clockwork()
  const client = await app(t, { ...allowed, clock })
  const { patch, draft } = client
  const box = await receiver(t, status(500))
  const { id, secret } = await subscribe(client, box.url, ['article.created', 'article.updated'])
  const one = await draft({ title: 'One', sources: [], quotes: [] })
  for (const title of ['One and', 'One and more']) await patch(`/v1/articles/${one.id}`, { title })
  const other = await draft({ title: 'Other', sources: [], quotes: [] })
  await until(() => box.received.length === 2)
  await until(() => atRest(client, id, clock))
  t.same(
    box.received.map(({ message }) => message.data.articleId),
    [one.id, other.id],
    'the first change of each'
  )
  t.match((await deliveries(client, id)).at(-1), {
    status: 'pending',
    attempts: 1,
    lastStatus: 500,
    lastError: 'It answered 500.'
  })
  t.match(await webhook(client, id), { failingSince: /T/ })
  forward(6000)
  await until(() => box.received.length === 4)
  const [first] = box.received
  const again = box.received.findLast(({ id }) => id === first!.id)
  t.not(again, first, 'the same delivery')
  t.not(again!.headers['webhook-timestamp'], first!.headers['webhook-timestamp'])
  t.equal(
    new Verifier(secret).sign(
      again!.id,
      new Date(Number(again!.headers['webhook-timestamp']) * 1000),
      again!.body
    ),
    again!.headers['webhook-signature']
  )
  box.behave = ok
  await until(() => atRest(client, id, clock))
  forward(40_000)
  await until(() => settled(client, id))
  const told = new Map<string, number>()
  for (const { id, message } of box.received) told.set(id, message.data.seq)
  t.equal(told.size, 4, 'none is lost')
  const ofOne = box.received.filter(({ message }) => message.data.articleId === one.id)
  t.strictSame(
    ofOne.map(({ message }) => message.data.seq),
    ofOne.map(({ message }) => message.data.seq).sort((a, b) => a - b),
    'in order'
  )
  t.match(await webhook(client, id), { failingSince: null, disabledAt: null })
})

t.test('whatever a receiver does, no change is lost and the order is kept', async (t) => {
  const { clock, forward } = clockwork()
  const client = await app(t, { ...allowed, clock, requestTimeout: 200 })
  const { patch, draft } = client
  const large = Buffer.alloc(1_000_000, 'x')
  const moods: Behaviour[] = [
    () => {},
    (response) => response.destroy(),
    status(302, { location: '/elsewhere' }),
    (response) => response.writeHead(500).end(large),
    (response) => void response.writeHead(503).write('...'),
    status(404),
    (response) => response.writeHead(200, { 'content-length': 10 }).write('x') && response.destroy()
  ]
  const box = await receiver(t, (response, one, earlier) => {
    const mood = earlier < 3 ? moods[(one.message.data.seq + earlier) % moods.length]! : ok
    mood(response, one, earlier)
  })
  const { id } = await subscribe(client, box.url, ['article.created', 'article.updated'])
  const articles: string[] = []
  for (let i = 0; i < 6; i++)
    articles.push((await draft({ title: `Number ${i}`, sources: [], quotes: [] })).id)
  for (let i = 0; i < 5; i++)
    await Promise.all(articles.map((article) => patch(`/v1/articles/${article}`, { dek: `Edit ${i}` })))
  while (!(await settled(client, id))) {
    forward(5 * minute)
    await until(() => atRest(client, id, clock))
  }
  const all = await deliveries(client, id)
  t.equal(all.length, 36)
  t.ok(all.every(({ status }) => status === 'delivered'))
  for (const article of articles) {
    const seqs = box.received.flatMap(({ message: { data } }) =>
      data.articleId === article ? [data.seq] : []
    )
    t.strictSame(
      seqs,
      [...seqs].sort((a, b) => a - b)
    )
    t.equal(new Set(seqs).size, 6)
  }
  t.notOk(
    box.received.some(({ path }) => path === '/elsewhere'),
    'no redirect was followed'
  )
})

t.test('a day of nothing but failures disables a webhook', async (t) => {
  const { clock, forward } = clockwork()
  const client = await app(t, { ...allowed, clock })
  const box = await receiver(t, status(500))
  const { id } = await subscribe(client, box.url)
  await source(client)
  const waits = [6000, 40_000, 3 * minute, 12 * minute, 70 * minute, 3.4 * hour, 9 * hour, 13.5 * hour]
  for (const [i, wait] of waits.entries()) {
    await until(() => box.received.length === i + 1)
    await until(() => atRest(client, id, clock))
    t.equal((await webhook(client, id)).disabledAt, null, `not after ${i + 1} attempts`)
    forward(wait)
  }
  await until(() => box.received.length === 9)
  await source(client, 'Waiting')
  await until(async () => (await webhook(client, id)).disabledAt !== null)
  t.equal(
    (await webhook(client, id)).disabledReason,
    'Nothing could be delivered for a day. It answered 500.'
  )
  const all = await deliveries(client, id)
  t.ok(all.every(({ status, nextAt }) => status === 'failed' && nextAt === null))
  t.equal(all.at(-1)!.attempts, 9)
})

t.test('what is given up lets the next of its article go', async (t) => {
  const { clock, forward } = clockwork()
  const client = await app(t, { ...allowed, clock })
  const box = await receiver(t, (response, { message }) =>
    response.writeHead(message.type === 'article.created' ? 500 : 200).end()
  )
  const { id } = await subscribe(client, box.url, ['article.created', 'article.updated', 'source.created'])
  const { id: article } = await client.draft({ sources: [], quotes: [] })
  await client.patch(`/v1/articles/${article}`, { dek: 'x' })
  for (let i = 0; i < 12 && !(await settled(client, id)); i++) {
    await source(client, `Well ${i}`)
    await until(() => atRest(client, id, clock))
    forward(13.5 * hour)
  }
  const all = await deliveries(client, id)
  t.match(
    all.filter(({ event }) => event.startsWith('article')),
    [
      { event: 'article.updated', status: 'delivered', attempts: 1 },
      { event: 'article.created', status: 'failed', attempts: 9, nextAt: null }
    ]
  )
  t.equal((await webhook(client, id)).disabledAt, null, 'others were delivered meanwhile')
})

t.test('what is owed survives a restart, and what was on its way is sent again', async (t) => {
  const { clock, forward } = clockwork()
  const first = await app(t, { ...allowed, clock })
  const box = await receiver(t, status(500))
  const { id } = await subscribe(first, box.url)
  await source(first, 'Failed before')
  await until(() => box.received.length === 1)
  box.behave = () => {}
  await source(first, 'On its way')
  await until(() => box.received.length === 2)
  const began = performance.now()
  await first.server.close()
  t.ok(performance.now() - began < 5000, 'a stop waits a little, and no more')
  box.behave = ok
  const second = await app(t, { ...allowed, clock, file: first.db.file })
  await until(() => box.received.length === 3)
  t.equal(box.received[2]!.id, box.received[1]!.id, 'at once: it was given back')
  forward(6000)
  await until(() => settled(second, id))
  t.match(await deliveries(second, id), [
    { status: 'delivered', attempts: 1 },
    { status: 'delivered', attempts: 2 }
  ])
})

t.test('what a crash took with it is sent again when its lease is over', async (t) => {
  const { clock, forward } = clockwork()
  const first = await app(t, { ...allowed, clock, requestTimeout: 60_000 })
  const box = await receiver(t, () => {})
  const { id } = await subscribe(first, box.url)
  await source(first)
  await until(() => box.received.length === 1)
  // As good as dead: it waits for an answer that never comes.
  const second = await app(t, { ...allowed, clock, file: first.db.file })
  box.behave = ok
  await pause(300)
  t.equal(box.received.length, 1, 'not while the first may still be at it')
  forward(61_000)
  await until(() => settled(second, id))
  t.equal(box.received.length, 2)
  t.match(await deliveries(second, id), [{ status: 'delivered', attempts: 2 }])
})

t.test('two processes over one file send each delivery once, in order', async (t) => {
  const first = await app(t, allowed)
  const second = await app(t, { ...allowed, file: first.db.file })
  const box = await receiver(t, (response) => void setTimeout(() => response.end(), 3))
  await subscribe(first, box.url, ['article.created', 'article.updated'])
  const ids = await Promise.all(
    Array.from(
      { length: 10 },
      async (_, i) => (await first.draft({ title: `${i}`, sources: [], quotes: [] })).id
    )
  )
  for (let i = 0; i < 9; i++)
    await Promise.all(
      ids.map((id, n) => (n % 2 ? first : second).patch(`/v1/articles/${id}`, { dek: `Edit ${i}` }))
    )
  await until(() => box.received.length >= 100)
  await pause(300)
  t.equal(box.received.length, 100)
  t.equal(new Set(box.received.map(({ id }) => id)).size, 100)
  for (const id of ids) {
    const seqs = box.received.flatMap(({ message: { data } }) => (data.articleId === id ? [data.seq] : []))
    t.strictSame(
      seqs,
      [...seqs].sort((a, b) => a - b)
    )
  }
})
