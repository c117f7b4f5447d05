// The response cache and what is written: what changes nothing for readers drops nothing, and what does is seen at once,
// by every process. Two servers over one file, each with connections and a cache of its own, are two processes to SQLite.
import { setImmediate as turn } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { build } from '../../src/app.ts'
import { readConfig } from '../../src/config/config.ts'
import type { Article, NewStory } from '../../src/content/articles/schema.ts'
import { cache } from '../../src/newsstand/server/cache.ts'
import { entries } from '../../src/newsstand/server/entries.ts'
import { frequencySketch } from '../../src/newsstand/server/frequency-sketch.ts'
import { admin, app, type Client, ferry, noLoadLimits, onlyInFile, opened, secret } from '../support/app.ts'

/** The clock, and who wants to hear nothing of commits, of caches without an app. */
const now = () => new Date()
const ignored = () => {}

/** Another server of the same newsroom. */
async function beside(t: Test, { db }: Client) {
  const settings = {
    ONRECORD_SECRET: secret,
    ONRECORD_ADMIN_TOKEN: admin,
    ONRECORD_RATE_LIMIT: 'off' as const
  }
  const server = await build(
    await opened(t, db.file),
    { ...readConfig({}), ...settings, LOG_LEVEL: 'silent', ONRECORD_THREADS: 0 },
    { loadLimits: noLoadLimits }
  )
  t.teardown(() => server.close())
  return server
}

/** What a server counts: `onrecord_cache_hits_total` as `hits`. */
async function counted(server: FastifyInstance) {
  const { body } = await server.inject({ url: '/metrics', headers: { authorization: `Bearer ${admin}` } })
  const value = (name: string) => Number(new RegExp(`^onrecord_cache_${name}\\S* (\\d+)`, 'm').exec(body)![1])
  return { misses: value('misses_total'), invalidated: value('invalidated_total'), entries: value('entries') }
}

async function publish(client: Client, id: string) {
  const answer = await client.post(`/v1/articles/${id}/publish`)
  if (answer.status !== 200) throw new Error(answer.body)
}

async function published(client: Client, story: Partial<NewStory> = {}) {
  const { id } = await client.draft(story)
  await publish(client, id)
  return (await client.get(`/v1/articles/${id}`)).json<Article>()
}

/** Two servers, two articles, and reads that both servers have answered. */
async function newsroom(t: Test) {
  const client = await app(t)
  const servers = [client.server, await beside(t, client)]
  const first = await published(client, { ...ferry, tags: ['ferry'], section: 'harbour' })
  const other = await published(client, {
    title: 'Schools close early',
    tags: ['schools'],
    language: 'en',
    section: 'schools',
    body: { text: 'Snow.' },
    quotes: [],
    sources: []
  })
  const body = async (server: FastifyInstance, url: string) => {
    const { statusCode, payload } = await server.inject({ url })
    return statusCode === 200 ? payload : String(statusCode)
  }
  return {
    client,
    servers,
    first,
    other,
    /** What each server answers to each address. */
    read: (urls: string[]) =>
      Promise.all(servers.map(async (server) => Promise.all(urls.map((url) => body(server, url))))),
    /** How many answers each server has made since it was started. */
    made: () => Promise.all(servers.map(async (server) => (await counted(server)).misses))
  }
}

t.test('what changes nothing for readers drops no answer, in any process', async (t) => {
  const { client, servers, first, other, read, made } = await newsroom(t)
  const urls = [
    `/v1/articles/${first.slug}`,
    `/v1/articles/${first.slug}?include=comments`,
    `/v1/articles/${first.id}/comments`,
    `/v1/articles/${other.id}/related`,
    '/v1/articles',
    '/v1/articles?tag=ferry&include=sources,quotes',
    '/v1/sources',
    '/v1/search?q=ferry',
    '/v1/sections'
  ]
  const before = await read(urls)
  const were = await made()
  await client.draft({ title: 'Not yet' })
  await client.patch(`/v1/articles/${first.id}`, { title: 'A better headline', tags: ['ferry', 'winter'] })
  await client.patch(`/v1/sources/${first.sources[0]!.id}`, { role: 'former harbour master' })
  const comment = { author: { name: 'Ines' }, body: 'It waits for a moderator.' }
  const { id } = (await client.post(`/v1/articles/${first.id}/comments`, comment)).json<{ id: string }>()
  await client.post(`/v1/comments/${id}/reject`)
  await client.token('editor')
  await client.post('/v1/webhooks', { url: 'https://hooks.example/', events: [] })
  t.equal((await client.post(`/v1/articles/${other.id}/publish`)).status, 200, 'the same edition again')
  t.same(await read(urls), before)
  t.same(await made(), were, 'nothing was made anew')
  for (const server of servers) t.ok((await counted(server)).entries >= urls.length)
})

t.test('a publish drops the article, its lists and what includes it, and leaves the others', async (t) => {
  const { client, first, other, read, made } = await newsroom(t)
  const source = first.sources[0]!.id
  const stale = [
    `/v1/articles/${first.id}`,
    `/v1/articles/${first.slug}`,
    `/v1/articles/${first.slug}?body=html`,
    `/v1/articles/${first.id}?include=comments`,
    '/v1/articles',
    '/v1/articles?tag=ferry',
    '/v1/articles?section=harbour&tag=ferry',
    '/v1/quotes?include=article',
    '/v1/sources?include=articles',
    '/v1/search?q=ferry',
    '/v1/tags'
  ]
  const fresh = [
    `/v1/articles/${other.id}`,
    `/v1/articles/${other.slug}?include=comments`,
    `/v1/articles/${other.id}/comments`,
    '/v1/articles?tag=schools',
    '/v1/articles?section=schools',
    `/v1/sources/${source}`,
    `/v1/sources?kind=person`,
    '/v1/comments'
  ]
  await read([...stale, ...fresh])
  await client.patch(`/v1/articles/${first.id}`, { title: 'Ferry sinks', tags: ['ferry', 'accidents'] })
  await publish(client, first.id)
  const were = await made()
  await read(fresh)
  t.same(await made(), were, 'what it is not in was kept')
  for (const answers of await read(stale))
    for (const [i, body] of answers.entries()) t.match(body, /Ferry sinks|accidents/, stale[i]!)
  t.same(
    await made(),
    were.map((one) => one + stale.length),
    'each was made once'
  )
})

t.test('an article enters and leaves the lists of its old and new values', async (t) => {
  const { client, first, read } = await newsroom(t)
  const urls = [
    '/v1/articles?tag=ferry',
    '/v1/articles?tag=schools',
    '/v1/articles?section=schools&tag=schools',
    '/v1/articles?section=harbour,schools&sort=publishedAt',
    '/v1/articles?tag=nobody-has-it',
    '/v1/articles?limit=1&count=exact',
    '/v1/tags?sort=-articles',
    '/v1/sections'
  ]
  const now = async () => {
    const [one, another] = await read(urls)
    t.same(one, another)
    return one!.map((body) => body.includes(first.id) || body.includes('"name":"nobody-has-it"'))
  }
  t.same(await now(), [true, false, false, true, false, false, false, false])
  await client.patch(`/v1/articles/${first.id}`, { tags: ['schools', 'nobody-has-it'], section: 'schools' })
  await publish(client, first.id)
  t.same(await now(), [false, true, true, true, true, false, true, false])
  await client.post(`/v1/articles/${first.id}/withdraw`)
  t.same(await now(), Array(8).fill(false))
  const [gone] = await read([`/v1/articles/${first.id}`, `/v1/articles/${first.id}/comments`])
  t.same(gone, ['410', '410'])
})

t.test(
  'a comment that is approved, edited or withdrawn is seen at once, and only where it stands',
  async (t) => {
    const { client, first, other, read, made } = await newsroom(t)
    const post = async (input: object = {}) =>
      (
        await client.post(`/v1/articles/${first.id}/comments`, {
          author: { name: 'Ines' },
          body: 'I take that ferry.',
          ...input
        })
      ).json<{ id: string }>().id
    const id = await post()
    const reply = await post({ body: 'So do I.' })
    const urls = [
      `/v1/articles/${first.id}/comments`,
      `/v1/articles/${first.slug}?include=comments`,
      '/v1/articles?include=comments',
      '/v1/comments',
      `/v1/comments?article=${first.id}`,
      `/v1/comments?article=${first.id}&include=replies`
    ]
    const fresh = [
      `/v1/articles/${first.slug}`,
      `/v1/articles/${other.slug}?include=comments`,
      `/v1/comments?article=${other.id}`,
      '/v1/articles',
      '/v1/search?q=ferry'
    ]
    const shows = async (words: string, so: boolean) => {
      for (const answers of await read(urls))
        for (const [i, body] of answers.entries()) t.equal(body.includes(words), so, `${urls[i]}: ${words}`)
    }
    await read(fresh)
    const were = await made()
    await shows('I take that ferry', false)
    await client.post(`/v1/comments/${id}/approve`)
    await shows('I take that ferry', true)
    await client.post(`/v1/comments/${reply}/approve`)
    await shows('So do I', true)
    await read([`/v1/comments/${id}`])
    await client.post(`/v1/comments/${id}/reject`)
    await shows('I take that ferry', false)
    await shows('So do I', true)
    t.same(await read([`/v1/comments/${id}`]), [['410'], ['410']])
    const [count] = await made()
    await read(fresh)
    t.equal((await made())[0], count, 'the others were kept')
    t.ok(count! > were[0]!)
  }
)

t.test('a slug that another article takes no longer redirects', async (t) => {
  const { client, first, other, read } = await newsroom(t)
  const url = `/v1/articles/${first.slug}`
  await client.patch(`/v1/articles/${first.id}`, { slug: 'moved' })
  await publish(client, first.id)
  t.same(await read([url, `${url}/comments`]), [
    ['308', '308'],
    ['308', '308']
  ])
  await client.patch(`/v1/articles/${other.id}`, { slug: first.slug })
  await publish(client, other.id)
  for (const [body] of await read([url])) t.match(body, other.id)
})

t.test(
  'what several articles share is dropped where it changes, not where it is held by one more',
  async (t) => {
    const { client, first, read, made } = await newsroom(t)
    const source = first.sources[0]!.id
    const urls = [
      `/v1/sources/${source}`,
      '/v1/sources',
      '/v1/sources?kind=person',
      `/v1/sources?article=${first.id}`
    ]
    await read(urls)
    const were = await made()
    const { id: more } = await client.draft({
      title: 'More about it',
      body: { text: '"The ferry will keep sailing," she said.' },
      quotes: [
        {
          text: 'The ferry will keep sailing',
          attributions: [{ hops: [{ sourceId: source, relation: 'said' }] }]
        }
      ],
      sources: []
    })
    await publish(client, more)
    const held = `/v1/sources?article=${more}`
    for (const answers of await read([...urls, held])) for (const body of answers) t.match(body, source)
    t.same(
      await made(),
      were.map((one) => one + 2),
      'only what is held by the new one was made, and the source, which tells how many name it'
    )
    await client.patch(`/v1/sources/${source}`, { role: 'former harbour master' })
    await client.post(`/v1/sources/${source}/republish`)
    for (const answers of await read([...urls, held, `/v1/articles/${more}`]))
      for (const body of answers) t.match(body, 'former harbour master')
  }
)

t.test(
  'those who ask for the same at once wait for one answer, unless something is published meanwhile',
  async (t) => {
    let [seq, made] = [0, 0]
    const db = { version: () => seq, invalidatedSince: () => ({ seq, tags: [Uint32Array.of(7)] }) }
    const kept = cache(db, 1_000_000, now, ignored)
    const make = async () => {
      const body = `${++made}`
      await turn()
      return { status: 200 as const, headers: {}, bytes: Buffer.from(body), tags: [7] }
    }
    const ask = async () => String((await kept.fill('front page', make)).bytes)
    t.same(await Promise.all([ask(), ask(), ask()]), ['1', '1', '1'])
    t.equal(String(kept.get('front page')!.bytes), '1')
    const early = ask()
    seq++
    t.equal(await ask(), '3', 'who asks after the publish is not given what was begun before')
    t.equal(await early, '2')
    t.equal(String(kept.get('front page')!.bytes), '3', 'nor is that kept')
    const failing = () => kept.fill('broken', () => Promise.reject(new Error('no')))
    await t.rejects(Promise.all([failing(), failing()]), { message: 'no' })
    t.equal(String((await kept.fill('broken', make)).bytes), '4', 'a failure is not kept')
  }
)

t.test(
  'who was away for longer than the log is kept drops everything',
  onlyInFile('its writes change no row, and PostgreSQL is not told to commit those'),
  async (t) => {
    const client = await app(t)
    const { db } = client
    const change = (tag: number) => db.write('test', async (tx) => void tx.invalidated.add(tag))
    const { seq } = db.invalidatedSince(undefined)
    await change(5)
    t.same(db.invalidatedSince(seq), { seq: seq + 1, tags: [Uint32Array.of(5)] })
    t.same(db.invalidatedSince(seq + 1), { seq: seq + 1, tags: [] })
    await db.write('test', async () => {})
    t.equal(db.invalidatedSince(undefined).seq, seq + 1, 'what changes nothing has no number')
    await db.write('test', async (tx) => {
      for (let tag = 1; tag <= 5000; tag++) tx.invalidated.add(tag)
    })
    t.same(db.invalidatedSince(seq + 1), { seq: seq + 2, tags: undefined }, 'very many tags are all')
    await Promise.all(Array.from({ length: 1600 }, (_, i) => change(i + 1)))
    t.same(db.invalidatedSince(seq).tags, undefined, 'what was pruned could be anything')
    t.equal(db.invalidatedSince(seq + 1000).tags!.length, 602)
  }
)

t.test(
  'where there is no room answers are compressed first, and what everybody asks for is not',
  async (t) => {
    const kept = entries(400_000)
    const text = (name: string) =>
      Buffer.from(Array.from({ length: 1000 }, (_, i) => `${name} ${(i * 7919) % 997}`).join())
    const answer = (name: string) => ({ status: 200 as const, headers: {}, bytes: text(name), tags: [1] })
    const names = Array.from({ length: 60 }, (_, i) => `article ${i}`)
    for (let round = 0; round < 4; round++)
      for (const name of names) {
        kept.get('front page') ?? kept.keep('front page', answer('front page'))
        kept.get(name) ?? kept.keep(name, answer(name))
      }
    const forms = names.map((name) => kept.get(name)?.unpacked)
    t.ok(forms.filter((length) => length !== undefined).length > 20, 'most are compressed')
    t.equal(kept.get('front page')!.unpacked, undefined, 'what everybody asks for is not')
    const there = names.filter((name) => kept.get(name))
    t.ok(there.length > 50, `${there.length} of 60 are there, of ${text('article 1').length} bytes each`)
    t.ok(kept.measured().bytes <= 400_000)
    const often = names.find((name) => kept.get(name)?.unpacked !== undefined)!
    for (let i = 0; i < 100; i++) kept.get(often)
    t.equal(kept.get(often)!.unpacked, undefined, 'nor what is asked for often from then on')
    t.ok(kept.measured().bytes <= 400_000)
    kept.invalidate(Uint32Array.of(1))
    t.same(kept.measured(), { entries: 0, bytes: 0 })

    kept.keep('front page', answer('front page'))
    const { bytes: _, ...headers } = answer('front page')
    kept.keep('front page', headers)
    t.ok(kept.get('front page')!.bytes, 'the headers alone do not take the place of the whole')
    kept.clear()
    t.same(kept.measured(), { entries: 0, bytes: 0 })
    t.equal(kept.get('front page'), undefined)
  }
)

t.test('what was asked for often is forgotten in time', (t) => {
  const sketch = frequencySketch()
  for (let i = 0; i < 300; i++) sketch.increment(1)
  t.equal(sketch.estimate(1), 255, 'a counter ends there')
  for (let i = 0; i < 10 * 2 ** 17 - 300; i++) sketch.increment(2 + i)
  t.ok(sketch.estimate(1) < 200, `${sketch.estimate(1)} after a period`)
  t.end()
})

t.test('where what was invalidated is not known any more, everything is dropped', async (t) => {
  const db = { now: 1, version: () => db.now, invalidatedSince: () => ({ seq: db.now, tags: undefined }) }
  const kept = cache(db, 1_000_000, now, ignored)
  const answer = { status: 200 as const, headers: {}, bytes: Buffer.from('x'), tags: [1] }
  await kept.fill('page', async () => answer)
  t.ok(kept.get('page'))
  db.now = 2
  t.equal(kept.get('page'), undefined)
  t.match(kept.measured(), { entries: 0, invalidated: 1 })
})
