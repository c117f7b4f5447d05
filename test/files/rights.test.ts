// Rights that act: at the instant at which they end, readers do not get the picture any more.
import Sqlite from 'better-sqlite3'
import t, { type Test } from 'tap'
import type { Article, DraftArticle } from '../../src/content/articles/schema.ts'
import type { Media } from '../../src/content/media/schema.ts'
import { rightEnds } from '../../src/newsstand/server/right-ends.ts'
import { endRights } from '../../src/publishing/rights/end.ts'
import { app, type Client, database, ferry, onlyInFile } from '../support/app.ts'
import { until } from '../support/until.ts'

const start = Date.parse('2026-11-02T08:00:00.000Z')
const day = 24 * 60 * 60 * 1000

/** An app whose clock the test moves. */
async function clocked(t: Test, config: object = {}, file?: string) {
  const time = { now: start }
  const clock = () => new Date(time.now)
  const client = await app(t, { clock, config, ...(file && { file }) })
  return { client, time, clock }
}

/** Publishes an article with a picture whose rights end then. */
async function published(client: Client, name: string, end: number | null): Promise<DraftArticle> {
  const draft = await client.draft({
    ...ferry,
    title: `The ferry ${name}`,
    leadMediaId: 'lead',
    media: [
      {
        key: 'lead',
        kind: 'image',
        url: `https://pictures.example/${name}.jpg`,
        alt: 'A ferry at dusk.',
        caption: `The ferry ${name} at dusk.`,
        credits: [
          {
            creditLine: 'Ana Example/Coast Images',
            creators: ['Ana Example'],
            expiresAt: end === null ? null : new Date(end).toISOString()
          },
          { creditLine: 'Coast Images' }
        ]
      }
    ]
  })
  const answer = await client.post(`/v1/articles/${draft.id}/publish`, {})
  t.equal(answer.status, 200, answer.body)
  return answer.json()
}

t.test('at the instant a right ends, the next read of every kind is without the picture', async (t) => {
  const { client, time } = await clocked(t, {
    ONRECORD_SITE: 'on',
    ONRECORD_SITE_URL: 'https://news.example'
  })
  const reads: Record<string, (article: DraftArticle) => string> = {
    one: ({ id }) => `/v1/articles/${id}`,
    two: ({ slug }) => `/v1/articles/${slug}?body=html`,
    three: () => '/v1/articles',
    four: () => '/v1/articles?q=ferry',
    five: ({ media }) => `/v1/media/${media[0]!.id}`,
    six: () => '/v1/media',
    seven: () => '/v1/feeds/rss',
    eight: ({ id }) => `/v1/articles/${id}/jsonld`,
    nine: ({ slug }) => `/articles/${slug}`
  }
  const articles = new Map<string, DraftArticle>()
  for (const [i, name] of Object.keys(reads).entries())
    articles.set(name, await published(client, name, start + (i + 1) * 1000))
  const read = async (name: string) => {
    const { statusCode, body } = await client.server.inject({ url: reads[name]!(articles.get(name)!) })
    return { status: statusCode, body }
  }
  for (const [i, name] of Object.keys(reads).entries()) {
    const address = `pictures.example/${name}.jpg`
    time.now = start + (i + 1) * 1000 - 1
    for (const _ of [1, 2]) {
      const before = await read(name)
      t.equal(before.status, 200, name)
      t.ok(before.body.includes(address), `${name}: the picture is there until then`)
    }
    time.now += 1
    const after = await read(name)
    t.equal(after.status, 200, name)
    t.notOk(after.body.includes(address), `${name}: it is gone at once`)
  }
})

t.test('caption and credits stay, with the reason, and the change log says so', async (t) => {
  const { client, time } = await clocked(t)
  const { id, media } = await published(client, 'late', start + day)
  await published(client, 'free', null)
  time.now = start + day
  const article = (await client.read(`/v1/articles/${id}`)).json<Article>()
  const since = new Date(start + day).toISOString()
  t.match(article.media, [
    { url: null, caption: 'The ferry late at dusk.', unavailable: { reason: 'rights-ended', since } }
  ])
  t.equal(article.media[0]?.credits.length, 2)
  t.same((await client.read(`/v1/media/${media[0]!.id}`)).json<Media>(), article.media[0])
  t.equal((await client.read(`/v1/media/${media[0]!.id}`)).status, 200)
  const draft = (await client.get(`/v1/articles/${id}?edition=draft`)).json<DraftArticle>()
  t.equal(draft.media[0]?.url, 'https://pictures.example/late.jpg', 'the desk still has it')
  const { data } = (await client.get(`/v1/changes?article=${id}`)).json<{ data: object[] }>()
  t.match(data.at(-1), {
    actor: { name: 'rights' },
    event: 'article.published',
    detail: { edition: 2, note: `The rights of ${media[0]!.id} ended.` }
  })
  t.equal(await endRights(client.db, () => new Date(time.now)), 0, 'it is done once')
})

t.test('renewed rights bring the picture back, and until then it cannot be published', async (t) => {
  const { client, time } = await clocked(t)
  const { id, media } = await published(client, 'back', start + day)
  const credit = media[0]!.credits[0]!.id
  time.now = start + day
  const url = async () => (await client.read(`/v1/articles/${id}`)).json<Article>().media[0]!.url
  t.equal(await url(), null)
  t.equal(
    (await client.post(`/v1/media/${media[0]!.id}/republish`, {})).json<{ articles: number }>().articles,
    0
  )
  await client.patch(`/v1/articles/${id}`, { title: 'The ferry, again' })
  const refused = await client.post(`/v1/articles/${id}/publish`, {
    waive: [{ code: 'credit-expired', reason: 'Nobody will see.' }]
  })
  t.equal(refused.status, 422)
  t.match(refused.json(), { errors: [{ pointer: '/waive/0/code' }] })
  await client.patch(`/v1/media-credits/${credit}`, { expiresAt: new Date(start + 40 * day).toISOString() })
  t.equal((await client.post(`/v1/media-credits/${credit}/republish`, {})).status, 200)
  t.equal(await url(), 'https://pictures.example/back.jpg')
  time.now = start + 40 * day
  t.equal(await url(), null, 'until they end again')
})

t.test('no kept answer outlives a right, in any process', async (t) => {
  const file = await database(t)
  const { client, time, clock } = await clocked(t, {}, file)
  const other = await app(t, { clock, file })
  const { id } = await published(client, 'shared', start + 3 * day)
  const base = await other.server.listen({ port: 0, host: '127.0.0.1' })
  const read = async () => {
    const answer = await fetch(`${base}/v1/articles/${id}`)
    return {
      policy: answer.headers.get('cache-control'),
      isThere: (await answer.text()).includes('shared.jpg')
    }
  }
  const usual = 'public, max-age=5, stale-while-revalidate=60, stale-if-error=86400'
  t.same([await read(), await read()], Array(2).fill({ policy: usual, isThere: true }))
  time.now = start + 3 * day - 30_500
  const soon = { policy: 'public, max-age=5, stale-while-revalidate=25, stale-if-error=25', isThere: true }
  t.same([await read(), await read()], [soon, soon])
  time.now = start + 3 * day - 1
  t.same(await read(), {
    policy: 'public, max-age=0, stale-while-revalidate=0, stale-if-error=0',
    isThere: true
  })
  time.now = start + 3 * day
  t.same([await read(), await read()], Array(2).fill({ policy: usual, isThere: false }))
  t.equal((await client.read(`/v1/articles/${id}`)).json<Article>().media[0]!.url, null)
})

t.test(
  'while it cannot be written, nobody gets the picture, and all else is answered',
  onlyInFile('its trigger is of SQLite'),
  async (t) => {
    const file = await database(t)
    const { client, time } = await clocked(
      t,
      { ONRECORD_SITE: 'on', ONRECORD_SITE_URL: 'https://news.example' },
      file
    )
    const { id, media } = await published(client, 'late&far', start + day)
    // Long enough to be compressed.
    await client.patch(`/v1/articles/${id}`, { dek: 'The ferry stays. '.repeat(110) })
    t.equal((await client.post(`/v1/articles/${id}/publish`)).status, 200)
    await published(client, 'later', start + 2 * day)
    const free = await published(client, 'free', null)
    await client.patch(`/v1/articles/${free.id}`, { slug: 'moved' })
    t.equal((await client.post(`/v1/articles/${free.id}/publish`)).status, 200)
    const etag = String((await client.read(`/v1/articles/${id}`)).headers.etag)
    const disk = new Sqlite(file)
    t.teardown(() => disk.close())
    disk.exec("CREATE TRIGGER full BEFORE INSERT ON editions BEGIN SELECT RAISE(ABORT, 'full'); END")
    time.now = start + day
    const shows = [
      `/v1/articles/${id}`,
      `/v1/articles/${id}?body=html`,
      `/v1/media/${media[0]!.id}`,
      '/v1/articles',
      '/v1/feeds/rss'
    ]
    const ask = (url: string, headers = {}) => client.server.inject({ url, headers })
    for (const url of shows)
      for (const headers of [{}, { 'accept-encoding': 'gzip' }, { 'if-none-match': etag }]) {
        const answer = await ask(url, headers)
        t.equal(answer.statusCode, 503, url)
        t.equal(answer.headers['retry-after'], '5')
        t.notMatch(answer.body, 'pictures.example')
      }
    const other = await ask(`/v1/articles/${free.id}`)
    t.equal(other.statusCode, 200)
    t.equal((await ask(`/v1/articles/${free.id}`, { 'if-none-match': other.headers.etag })).statusCode, 200)
    t.equal((await ask(`/v1/articles/${free.slug}`)).statusCode, 308)
    t.equal((await client.server.inject({ method: 'HEAD', url: `/v1/articles/${free.id}` })).statusCode, 200)
    // Another attempt may just be at it, in this very process.
    disk.pragma('busy_timeout = 0')
    await until(() => {
      try {
        disk.exec('DROP TRIGGER full')
        return true
      } catch {
        return false
      }
    })
    time.now += 1000
    for (const url of shows) {
      const answer = await ask(url)
      t.equal(answer.statusCode, 200, url)
      t.notMatch(answer.body, /late&(?:amp;)?far\.jpg/)
    }
  }
)

t.test('what cannot be carried out is tried again, once for all who wait', async (t) => {
  const lifetimes = { ONRECORD_MAX_AGE: 5, ONRECORD_STALE_WHILE_REVALIDATE: 60, ONRECORD_STALE_IF_ERROR: 0 }
  let now = start
  let first: string | undefined
  const db = { firstFacet: () => first }
  const ends = rightEnds(db, lifetimes, () => new Date(now))
  t.equal(ends.isDue(), false)
  t.equal(ends.bounded(), undefined)
  first = new Date(start).toISOString()
  ends.refresh()
  t.equal(ends.isDue(), true)
  let tries = 0
  const failing = async () => {
    tries++
    throw new Error('The disk is full.')
  }
  await Promise.all([ends.carryOut(failing), ends.carryOut(failing)])
  await ends.carryOut(failing)
  t.equal(tries, 1)
  now += 500
  await ends.carryOut(async () => tries++)
  t.equal(tries, 2)
})
