// What happens when more is asked than can be answered in time.
import { performance } from 'node:perf_hooks'
import t, { type Test } from 'tap'
import type { Endurance } from '../src/pressure.ts'
import type { Problem } from '../src/problems.ts'
import { admin, app } from './app.ts'

const plenty = { delay: Number.MAX_VALUE, heap: 1 }
const nothing = { delay: Number.MAX_VALUE, heap: Number.MIN_VALUE }
const endurance = (more: Partial<Endurance>): Endurance => ({
  anonymous: plenty,
  holders: plenty,
  patience: 60_000,
  ...more
})

/** Lets the strain be measured once. */
const measured = () => new Promise((resolve) => setTimeout(resolve, 1100))

/** A clock that takes this long: every list that is not in memory looks at it. */
const slow = (ms: number) => () => {
  const until = performance.now() + ms
  while (performance.now() < until);
  return new Date()
}

t.test('under strain, requests without a token are refused before those with one', async (t) => {
  const { read, get, draft, post } = await app(t, { endurance: endurance({ anonymous: nothing }) })
  const { id } = await draft()
  await post(`/v1/articles/${id}/publish`)
  t.equal((await read(`/v1/articles/${id}`)).status, 200)
  await measured()
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

t.test('under more strain, all are refused but those who ask whether it is well', async (t) => {
  const { read, get } = await app(t, { endurance: endurance({ anonymous: nothing, holders: nothing }) })
  await measured()
  t.equal((await get('/v1/quotes')).status, 503)
  t.equal((await get('/v1/articles?edition=draft')).status, 503)
  t.equal((await read('/healthz')).status, 200)
})

/** An app that listens, and whose lists take this long. */
async function listening(t: Test, ms: number, patience: number) {
  const { server } = await app(t, { endurance: endurance({ patience }), clock: slow(ms) })
  const address = await server.listen({ port: 0 })
  const ask = async (path: string, headers = {}) => {
    const answer = await fetch(`${address}/v1/articles?${path}`, { headers })
    await answer.text()
    return answer.status
  }
  return { ask, readers: (some: number[]) => some.map((i) => ask(`limit=${i}`)) }
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

t.test('those without a token wait while those with one are heard', async (t) => {
  const { ask, readers } = await listening(t, 10, 60_000)
  const order: string[] = []
  const waiting = readers(numbers(1, 40)).map(async (answer) => {
    t.equal(await answer, 200)
    order.push('reader')
  })
  await Promise.race(waiting)
  t.equal(await ask('edition=draft', { authorization: `Bearer ${admin}` }), 200)
  t.ok(order.length < 20, `${order.length} of 40 were answered before the editor`)
  await Promise.all(waiting)
})

t.test('when one waits too long for its turn, those who come after are refused', async (t) => {
  const { readers } = await listening(t, 30, 20)
  const first = readers(numbers(1, 20))
  await Promise.race(first)
  t.same(await Promise.all(readers(numbers(21, 25))), Array(5).fill(503))
  t.ok((await Promise.all(first)).includes(200), 'who waits is answered')
})
