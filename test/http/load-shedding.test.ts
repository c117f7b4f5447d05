// What happens when more is asked than can be answered in time.
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { admitFairly } from '../../src/http/load/admission.ts'
import type { LoadLimits } from '../../src/http/load/shedding.ts'
import type { Problem } from '../../src/http/problems.ts'
import { Unavailable } from '../../src/storage/database.ts'
import { open } from '../../src/storage/sqlite/open.ts'
import { admin, app, database } from '../support/app.ts'
import { until } from '../support/until.ts'

const plenty = { delay: Number.MAX_VALUE, heap: 1 }
const nothing = { delay: Number.MAX_VALUE, heap: Number.MIN_VALUE }
const endurance = (more: Partial<LoadLimits>): LoadLimits => ({
  anonymous: plenty,
  holders: plenty,
  maxWait: 60_000,
  ...more
})

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** Waits until somebody who asks for what is in no cache is refused: the strain is measured once a second. */
async function strained(ask: (url: string) => Promise<{ status: number }>) {
  let asked = 0
  await until(async () => (await ask(`/v1/sources?limit=${(asked++ % 100) + 1}`)).status === 503)
}

/** Time as load shedding sees it, which the test alone moves: how fast the machine is makes no difference. */
function timeOf(t: Test) {
  const { now } = performance
  let time = now.call(performance)
  performance.now = () => time
  t.teardown(() => {
    performance.now = now
  })
  return {
    move(ms: number) {
      time += ms
    }
  }
}

t.test('under strain, requests without a token are refused before those with one', async (t) => {
  const { read, get, draft, post } = await app(t, { loadLimits: endurance({ anonymous: nothing }) })
  const { id } = await draft()
  await post(`/v1/articles/${id}/publish`)
  t.equal((await read(`/v1/articles/${id}`)).status, 200)
  await strained(read)
  t.equal((await read(`/v1/articles/${id}`)).status, 200, 'what is in memory is answered')
  const refused = await read('/v1/quotes')
  t.match(refused.json<Problem>(), { type: '/problems/overloaded', status: 503 })
  t.equal(refused.headers['retry-after'], '2')
  t.equal((await get('/v1/quotes', { token: 'onr_guess' })).status, 503, 'a wrong token is none')
  t.equal((await get('/v1/quotes')).status, 200)
  t.equal((await get('/v1/articles?edition=draft')).status, 200)
  t.equal((await read('/healthz')).status, 200)
  t.equal((await read('/readyz')).status, 200)
})

t.test('an event loop that is late is strain, though not while the service starts', async (t) => {
  const time = timeOf(t)
  const late = { delay: Number.MIN_VALUE, heap: 1 }
  const { read, get } = await app(t, { loadLimits: endurance({ anonymous: late }) })
  // By then it was measured once.
  await pause(1100)
  t.equal((await read('/v1/quotes')).status, 200)
  // The start is over when two samples were taken since.
  time.move(2001)
  await strained(read)
  t.equal((await read('/v1/tags')).status, 503)
  t.equal((await get('/v1/tags')).status, 200)
})

t.test('under more strain, all are refused but those who ask whether it is well', async (t) => {
  const { read, get } = await app(t, { loadLimits: endurance({ anonymous: nothing, holders: nothing }) })
  await strained(get)
  t.equal((await get('/v1/quotes')).status, 503)
  t.equal((await get('/v1/articles?edition=draft')).status, 503)
  t.equal((await read('/healthz')).status, 200)
})

/**
 * So many clients of an app whose lists take this long, all connected: what they send at once comes at once. Every list that
 * is not in memory looks at the clock, for what is due and for how long it may be kept.
 */
async function clients(t: Test, ms: number, { patience, count }: { patience: number; count: number }) {
  const time = timeOf(t)
  const clock = () => {
    time.move(ms)
    return new Date()
  }
  const { server } = await app(t, { loadLimits: endurance({ maxWait: patience }), clock })
  await server.listen({ port: 0 })
  const { port } = server.server.address() as AddressInfo
  const sockets = Array.from({ length: count }, () => connect(port, '127.0.0.1'))
  t.teardown(() => sockets.forEach((socket) => void socket.destroy()))
  const asks = sockets.map(
    (socket, i) =>
      async (path = `/v1/articles?limit=${i + 1}`, header = 'Accept: */*') => {
        socket.write(`GET ${path} HTTP/1.1\r\nHost: news.example\r\n${header}\r\n\r\n`)
        const [bytes] = await once(socket, 'data')
        return Number(/^HTTP\/1\.1 (\d+)/.exec(String(bytes))![1])
      }
  )
  // A server takes one new connection in each turn of the event loop: by now it has taken all.
  await Promise.all(asks.map((ask) => ask('/healthz')))
  return { asks, time }
}

t.test('those without a token wait while those with one are heard', async (t) => {
  const { asks: readers } = await clients(t, 10, { patience: 60_000, count: 41 })
  const editor = readers.pop()!
  let answered = 0
  const waiting = readers.map(async (ask) => {
    t.equal(await ask(), 200)
    answered++
  })
  t.equal(await editor('/v1/articles?edition=draft', `Authorization: Bearer ${admin}`), 200)
  t.ok(answered < 20, `${answered} of 40 were answered before the editor`)
  await Promise.all(waiting)
})

/** The answers to all, the last five of whom ask when half of the others were answered. */
async function answers(all: (() => Promise<number>)[]) {
  const first = all.slice(0, -5).map((ask) => ask())
  await first[Math.floor(first.length / 2)]
  const last = all.slice(-5).map((ask) => ask())
  return [await Promise.all(first), await Promise.all(last)]
}

t.test('what the start of the service holds up refuses nobody', async (t) => {
  const { asks } = await clients(t, 10, { patience: 10, count: 12 })
  t.same(await answers(asks), [Array(7).fill(200), Array(5).fill(200)])
})

t.test('when one waits too long for its turn, those who come after are refused', async (t) => {
  const { asks, time } = await clients(t, 60, { patience: 1200, count: 25 })
  // The start is over when two samples were taken since.
  time.move(2001)
  t.same(await answers(asks), [Array(20).fill(200), Array(5).fill(503)], 'who waits is answered')
})

t.test('writes of readers let those of the newsroom go first', async (t) => {
  const db = admitFairly(open(`file:${await database(t)}`), 60_000)
  t.teardown(() => db.close())
  const order: string[] = []
  const write = (name: string, role: 'editor' | null) =>
    db.write({ name, role }, async () => void order.push(name))
  const names = numbers(1, 60).map((i) => `reader ${i}`)
  const readers = names.map((name) => write(name, null))
  await Promise.all([
    write('editor', 'editor'),
    db.write('timetable', async () => void order.push('timetable'))
  ])
  t.ok(order.length <= 34, `${order.length} had been written by then`)
  await Promise.all(readers)
  t.same(
    order.filter((name) => name.startsWith('reader')),
    names
  )
  await write('reader 61', null)
})

t.test('when the write of a reader waits too long, those that come after are refused', async (t) => {
  const time = timeOf(t)
  const db = admitFairly(open(`file:${await database(t)}`), 500)
  t.teardown(() => db.close())
  const write = () => db.write({ name: 'reader', role: null }, async () => {})
  const some = numbers(1, 60).map(() => write())
  // The event loop stands still for longer than a write may wait, so nobody's turn comes meanwhile.
  time.move(550)
  await t.rejects(write(), new Unavailable('too many writes wait'))
  await Promise.all(some)
})
