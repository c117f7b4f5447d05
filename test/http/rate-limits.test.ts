// How often each may ask, in whatever disguise.
import { performance } from 'node:perf_hooks'
import t, { type Test } from 'tap'
import { Windows } from '../../src/http/load/rate-windows.ts'
import type { Problem } from '../../src/http/problems.ts'
import { type Answer, admin, app, ferry } from '../support/app.ts'

/** An app with these times the standard budgets: 0.01 is 6 anonymous reads, 1 write and 1 wrong token a minute. */
const limited = (t: Test, times: number, config: object = {}) =>
  app(t, { config: { ONRECORD_RATE_LIMIT: String(times), ...config } })

const nowhere = '/v1/articles/nothing-here'

/** The statuses of so many calls, one after the other. */
async function statuses(times: number, call: (i: number) => Promise<Answer>) {
  const found: number[] = []
  for (let i = 0; i < times; i++) found.push((await call(i)).status)
  return found
}

t.test('a network that has asked too often is told so, and for how long', async (t) => {
  const { read } = await limited(t, 0.01)
  const first = await read(nowhere)
  t.match(first.headers, {
    'ratelimit-policy': '"anonymous-reads";q=6;w=60',
    ratelimit: '"anonymous-reads";r=5;t=60'
  })
  t.same(await statuses(6, () => read(nowhere)), [404, 404, 404, 404, 404, 429])
  const refused = await read(nowhere)
  t.match(refused.json<Problem>(), { type: '/problems/too-many-requests', status: 429 })
  t.match(refused.headers, { ratelimit: /^"anonymous-reads";r=0;t=\d+$/, 'cache-control': 'no-store' })
  const seconds = Number(refused.headers['retry-after'])
  t.ok(seconds > 0 && seconds <= 60)
  t.intercept(Date, 'now', { value: () => 0 })
  t.ok(Number((await read(nowhere)).headers['retry-after']) <= 60, 'a clock that is set back changes nothing')
  const later = performance.now() + 1000 * seconds
  t.intercept(performance, 'now', { value: () => later })
  t.equal((await read(nowhere)).status, 404, 'after that time there is a new budget')
})

t.test('every disguise of an address is counted alike', async (t) => {
  const { read } = await limited(t, 0.01)
  const spellings = [
    '/v1/articles/x',
    '/V1/Articles/x',
    '/v1/articles/x/',
    '//v1/articles/x',
    '/v1%2farticles/x',
    '/v1/articles/x?fields=%00',
    '/v1/nothing',
    '/'
  ]
  t.same(
    (await statuses(spellings.length, (i) => read(spellings[i]!))).map((status) => status === 429),
    [false, false, false, false, false, false, true, true]
  )
})

t.test('every disguise of a network is one network', async (t) => {
  const disguises: [title: string, options: object][] = [
    ['as it is', { remoteAddress: '203.0.113.9' }],
    ['as IPv6 writes it', { remoteAddress: '::ffff:203.0.113.9' }],
    ['in hexadecimal', { remoteAddress: '::ffff:cb00:7109' }],
    ...['1.2.3.4', '::1', 'unknown'].map((other): [string, object] => [
      `for ${other}, as it says itself`,
      { remoteAddress: '203.0.113.9', headers: { 'x-forwarded-for': other, forwarded: `for=${other}` } }
    ])
  ]
  const { read } = await limited(t, 0.005)
  for (const [i, [title, options]] of disguises.entries())
    t.equal((await read(nowhere, options)).status, i < 3 ? 404 : 429, title)
  t.equal((await read(nowhere, { remoteAddress: '203.0.113.10' })).status, 404, 'another is another')

  const inside = await limited(t, 0.005)
  const addresses = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::', '2001:0DB8:1:2::3', '2001:db8:1:2::4']
  t.same(
    await statuses(4, (i) => inside.read(nowhere, { remoteAddress: addresses[i]! })),
    [404, 404, 404, 429],
    'all of one /64'
  )
  t.equal((await inside.read(nowhere, { remoteAddress: '2001:db8:1:3::1' })).status, 404)
})

t.test('whom a trusted proxy names is believed, and what is no address is one network', async (t) => {
  const { read } = await limited(t, 0.001, { ONRECORD_TRUST_PROXY: '127.0.0.1' })
  const from = (address: string) => read(nowhere, { headers: { 'x-forwarded-for': address } })
  t.equal((await from('203.0.113.1')).status, 404)
  t.equal((await from('203.0.113.2')).status, 404)
  t.equal((await from('198.51.100.1, 203.0.113.2')).status, 429, 'what the client put before it is not')
  t.equal((await from('unknown')).status, 404)
  t.equal((await from('nobody')).status, 429)
})

t.test('writes have a budget of their own, smaller than that of reads', async (t) => {
  const { read, draft, post, call } = await limited(t, 0.05)
  const { id } = await draft()
  await post(`/v1/articles/${id}/publish`)
  const comment = { author: { name: 'Bo' }, body: 'x' }
  const write = (i: number) =>
    call('POST', `/v1/articles/${id}/comments`, { token: null, payload: { ...comment, body: `x${i}` } })
  t.same(await statuses(5, write), [201, 201, 201, 429, 429])
  t.equal((await call('DELETE', '/nothing', { token: null })).status, 429, 'whatever is not read')
  t.equal((await read(nowhere)).status, 404)
})

t.test('who has a token is counted by it, wherever they are', async (t) => {
  const { get, post, token, read } = await limited(t, 0.002)
  const one = await token('editor')
  const other = await token('contributor')
  const ask = (text: string, remoteAddress: string) =>
    get('/v1/articles?edition=draft', { token: text, remoteAddress })
  t.match((await ask(one.token, '203.0.113.1')).headers, { 'ratelimit-policy': '"editor";q=3;w=60' })
  t.same(
    await statuses(3, (i) => ask(one.token, `203.0.113.${i}`)),
    [200, 200, 429],
    'from many networks, one budget'
  )
  t.equal((await ask(other.token, '203.0.113.1')).status, 200, 'another token has its own')
  const spelt = { authorization: `bearer   ${one.token}` }
  t.equal((await read('/v1/articles?edition=draft', { headers: spelt })).status, 429, 'however it is sent')
  t.match((await post('/v1/articles', ferry)).headers, { 'ratelimit-policy': '"admin";q=12;w=60' })
  t.match(
    (await read(nowhere, { headers: { authorization: `Bearer ${admin}` } })).headers,
    { 'ratelimit-policy': '"admin";q=12;w=60' },
    'where no token is needed, too'
  )
})

t.test('wrong tokens count against the network, and soon are not looked at', async (t) => {
  const { get, token } = await limited(t, 0.1)
  const { token: known } = await token('editor')
  const { token: unknown } = await token('editor')
  const ask = (text: string, remoteAddress = '203.0.113.1') =>
    get('/v1/articles?edition=draft', { token: text, remoteAddress })
  t.equal((await ask(known)).status, 200)
  t.same(await statuses(4, (i) => ask(`onr_guess-${i}`)), [401, 401, 401, 429])
  const refused = await ask('onr_once-more')
  t.match(refused.headers, { 'ratelimit-policy': '"wrong-tokens";q=3;w=60', 'retry-after': /^\d+$/ })
  t.match(refused.json(), {
    detail: /ask again in \d+ seconds\. Until then no token of this network is looked at/
  })
  t.equal((await ask(unknown)).status, 429, 'a right one is not told from a wrong one')
  t.equal((await ask(unknown, '203.0.113.2')).status, 200, 'from elsewhere it is')
  t.equal((await ask(known)).status, 200, 'who was at work before works on')
})

t.test('a wrong token does not stop anybody from reading what is open', async (t) => {
  const { get } = await limited(t, 0.1)
  const answers = await statuses(5, (i) => get(nowhere, { token: `onr_guess-${i}` }))
  t.same(answers, [404, 404, 404, 404, 404])
  const { headers } = await get(nowhere, { token: 'onr_guess' })
  t.match(headers, { 'ratelimit-policy': '"anonymous-reads";q=60;w=60' }, 'it counts as none')
})

t.test('what is answered at once costs nothing: what is kept in memory, and one record', async (t) => {
  const { read, draft, post } = await limited(t, 0.005)
  const { id } = await draft()
  await post(`/v1/articles/${id}/publish`)
  t.match((await read('/v1/articles')).headers, { ratelimit: /r=2/ })
  const again = await read('/v1/articles')
  t.equal(again.headers.ratelimit, undefined)
  t.same(await statuses(20, () => read(`/v1/articles/${id}`)), Array(20).fill(200))
})

t.test('whether the service is well is told however often it is asked', async (t) => {
  const { read } = await limited(t, 0.001)
  t.same(await statuses(5, () => read('/healthz')), Array(5).fill(200))
  t.same(await statuses(5, () => read('/readyz')), Array(5).fill(200))
})

t.test('limits can be switched off', async (t) => {
  const { read } = await app(t)
  const answer = await read(nowhere)
  t.equal(answer.headers.ratelimit, undefined)
})

t.test('of too many keys those that were quiet longest are forgotten', (t) => {
  const windows = new Windows()
  const counts: number[] = []
  const count = (key: string) => windows.incr(key, (_, { current }) => counts.push(current), 60_000)
  count('quiet')
  count('busy')
  for (let i = 0; i < 49_999; i++) {
    count(`key ${i}`)
    if (i === 40_000) count('busy')
  }
  counts.length = 0
  count('busy')
  count('quiet')
  t.same(counts, [3, 1])
  t.end()
})
