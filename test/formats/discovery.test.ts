// Where feeds, sitemaps, oEmbed and licences are found, and how those who follow feeds learn of a change (WebSub).
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { parseHTML } from 'linkedom'
import t, { type Test } from 'tap'
import type { ApiIndex } from '../../src/formats/discovery/schema.ts'
import { hubTeller } from '../../src/formats/discovery/websub.ts'
import { app } from '../support/app.ts'
import { until } from '../support/until.ts'

const publisher = {
  name: 'The Harbour Gazette',
  url: 'https://news.example',
  apiUrl: 'https://api.news.example'
}

/** The links of a header (RFC 8288, 3), by their relation. */
const linksIn = (header: unknown) =>
  [...String(header).matchAll(/<([^>]*)>((?:; \w+="[^"]*")*)/g)].map(([, href, parameters]) => ({
    href: href!,
    ...Object.fromEntries(
      [...parameters!.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value])
    )
  })) as { href: string; rel: string; type?: string; title?: string }[]

t.test('GET /v1 says where everything is, and so does its Link', async (t) => {
  const { read, get, put, draft, post } = await app(t)
  const bare = await read('/v1')
  t.same(
    linksIn(bare.headers.link).map(({ rel, href }) => [rel, href]),
    [
      ['service-desc', '/openapi.json'],
      ['service-doc', '/docs']
    ],
    'where nobody said where pages are'
  )
  await put('/v1/publisher', publisher)
  await put('/v1/ai-use', { site: { train: 'refused' } })
  const { id } = await draft({ section: 'harbour' })
  await post(`/v1/articles/${id}/publish`)
  const answer = await read('/v1')
  t.equal((await get('/v1')).body, answer.body)
  t.match(answer.headers, { 'surrogate-key': 'publisher ai-use', etag: /./, 'cache-control': /public/ })
  const { name, url, links } = answer.json<ApiIndex>()
  t.same([name, url], [publisher.name, publisher.url])
  const ofRelation = (wanted: string) => links.flatMap(({ rel, href }) => (rel === wanted ? [href] : []))
  t.same(
    ofRelation('alternate'),
    ['rss', 'atom', 'json', 'ninjs'].map((format) => `https://api.news.example/v1/feeds/${format}`)
  )
  t.same(
    ofRelation('oembed'),
    ['https://api.news.example/v1/oembed{?url,format,maxwidth,maxheight}'],
    'a template (RFC 6570)'
  )
  const header = linksIn(answer.headers.link)
  t.same(
    header.map(({ rel }) => rel),
    ['service-desc', 'service-doc', ...Array(4).fill('alternate'), 'sitemap', 'sitemap', 'license']
  )
  t.ok(header.some(({ title }) => title === 'The Harbour Gazette (RSS)'))
  // Everything that it names is there.
  for (const { href, rel } of links) {
    const path = href.replace('https://api.news.example', '').replace(/\{.*/, '')
    if (['changes', 'oembed', 'search', 'service-doc'].includes(rel)) continue
    t.equal((await read(path)).status, 200, path)
  }

  // A name that no header can hold is left out of it, and a header that is too long is cut between links.
  await put('/v1/publisher', {
    ...publisher,
    name: 'Gazette "日本"',
    apiUrl: `https://api.news.example/${'x'.repeat(400)}`
  })
  const long = await read('/v1')
  t.ok(String(long.headers.link).length <= 1500)
  t.same(
    linksIn(long.headers.link).map(({ rel, title }) => [rel, title]),
    [
      ['service-desc', 'OpenAPI'],
      ['service-doc', undefined],
      ['alternate', undefined]
    ]
  )
})

t.test('a list of articles names its feed, and pages of the site do', async (t) => {
  const { read, put, draft, post, server } = await app(t, { config: { ONRECORD_SITE: 'on' } })
  for (const section of ['harbour', 'a,b', 'harbour']) {
    const { id } = await draft({ section })
    await post(`/v1/articles/${id}/publish`)
  }
  t.equal((await read('/v1/articles')).headers.link, undefined)
  await put('/v1/publisher', publisher)
  const list = linksIn((await read('/v1/articles?limit=1&section=harbour&sort=-publishedAt')).headers.link)
  t.match(list, [
    { rel: 'next' },
    {
      rel: 'alternate',
      type: 'application/atom+xml',
      href: 'https://api.news.example/v1/feeds/atom?section=harbour'
    }
  ])
  const comma = linksIn((await read('/v1/articles?section=a%2Cb')).headers.link)
  t.equal(comma[0]!.href, 'https://api.news.example/v1/feeds/atom?section=a%2Cb')
  t.match((await read('/v1/feeds/atom?section=a%2Cb')).body, /<entry/)
  t.equal((await read('/v1/articles?q=ferry')).headers.link, undefined, 'a search has no feed')
  t.equal(
    (await read(`/v1/articles?tag=${'x'.repeat(100)},${'y'.repeat(100)}&section=${'x'.repeat(190)}`)).headers
      .link,
    undefined
  )
  t.notMatch(String((await read('/v1/quotes?limit=1')).headers.link), 'alternate')

  const feedsOn = async (url: string) => {
    const { document } = parseHTML((await server.inject({ url, headers: { accept: 'text/html' } })).body)
    return [...document.querySelectorAll('link[rel=alternate]')].map((one) => one.getAttribute('href'))
  }
  const feeds = ['rss', 'atom', 'json'].map((format) => `https://api.news.example/v1/feeds/${format}`)
  t.same(await feedsOn('/'), feeds)
  t.same(
    await feedsOn('/sections/a%2Cb'),
    feeds.map((feed) => `${feed}?section=a%2Cb`)
  )
  const slug = (await read('/v1/articles?limit=1')).json<{ data: { slug: string }[] }>().data[0]!.slug
  t.ok(
    (await feedsOn(`/articles/${slug}`)).some((href) =>
      href?.includes('/v1/oembed?url=https%3A%2F%2Fnews.example%2F')
    )
  )
  await put('/v1/publisher', { name: 'The Harbour Gazette' })
  t.same(await feedsOn('/'), [])
})

/** A hub that keeps what it is told, and answers with these statuses, then 204. */
async function hubOf(t: Test, statuses: number[] = []) {
  const told: URLSearchParams[] = []
  const server = http.createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    told.push(new URLSearchParams(body))
    response.writeHead(statuses.shift() ?? 204).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.teardown(() => void server.close())
  return { told, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

const topics = ['rss', 'atom', 'json'].map((format) => `https://api.news.example/v1/feeds/${format}`)

t.test('a hub is told when a feed changes, until it takes it, and of nothing else (WebSub)', async (t) => {
  let now = Date.parse('2026-11-02T08:00:00Z')
  const hub = await hubOf(t, [204, 204, 204, 500, 204, 204])
  const config = { ONRECORD_WEBSUB_HUB: hub.url, ONRECORD_WEBHOOK_PRIVATE: 'allow' }
  const { read, put, draft, post, patch } = await app(t, { config, clock: () => new Date(now) })
  await draft({ title: 'Nobody is told before pages are known' })
  await put('/v1/publisher', publisher)
  await until(() => hub.told.length === 3)
  t.same(hub.told.map((one) => one.get('hub.url')).sort(), topics.toSorted())
  t.ok(hub.told.every((one) => one.get('hub.mode') === 'publish'))

  // Each feed names its hub and itself, in its header and within (WebSub, 4).
  const rss = await read('/v1/feeds/rss')
  t.match(linksIn(rss.headers.link), [
    { rel: 'self', href: topics[0] },
    { rel: 'hub', href: hub.url }
  ])
  t.match(parseRssFeed(rss.body).atom!.links, [{ rel: 'self' }, { rel: 'hub', href: hub.url }])
  t.match(parseAtomFeed((await read('/v1/feeds/atom')).body).links, [
    {},
    { rel: 'self' },
    { rel: 'hub', href: hub.url }
  ])
  t.match(parseJsonFeed((await read('/v1/feeds/json')).body).hubs, [{ type: 'WebSub', url: hub.url }])
  t.notMatch(
    (await read('/v1/feeds/rss?section=harbour')).headers.link,
    'rel="hub"',
    'nobody is told of filters'
  )
  t.match((await read('/v1')).json(), { links: [{}, {}, {}, {}, {}, {}, { rel: 'hub', href: hub.url }] })

  const { id } = await draft()
  await post(`/v1/articles/${id}/publish`)
  await until(() => hub.told.length === 6)
  await patch(`/v1/articles/${id}`, { dek: 'A draft is told to nobody' })
  // One of the three was refused: all are told again, five seconds later.
  now += 4_000
  await new Promise((resolve) => setTimeout(resolve, 500))
  t.equal(hub.told.length, 6)
  now += 60_000
  await until(() => hub.told.length === 9)
  await new Promise((resolve) => setTimeout(resolve, 500))
  t.equal(hub.told.length, 9)
})

t.test('a hub that is not public is not asked, which is logged once', async (t) => {
  const hub = await hubOf(t)
  const lines: string[] = []
  const config = { ONRECORD_WEBSUB_HUB: hub.url }
  const log = { write: (line: string) => void lines.push(line) }
  let now = Date.parse('2026-11-02T08:00:00Z')
  const { put } = await app(t, { config, level: 'error', log, clock: () => new Date(now) })
  await put('/v1/publisher', publisher)
  await until(() => lines.length > 0)
  t.match(lines[0], /The hub http:.* was not told\. 127\.0\.0\.1 is not on the public internet/)
  for (let n = 0; n < 2; n++) {
    now += 3600_000
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  t.same([lines.length, hub.told.length], [1, 0])
})

t.test('of several processes one tells the hub, and another goes on where it ends', async (t) => {
  const hub = await hubOf(t)
  const { server, db, put } = await app(t)
  await put('/v1/publisher', publisher)
  const options = {
    clock: () => new Date(),
    allows: () => true,
    timeout: 5000,
    failed: (error: unknown) => t.fail(String(error))
  }
  await put('/v1/publisher', { ...publisher, apiUrl: null })
  await hubTeller(
    server,
    db,
    { hub: hub.url, siteUrl: undefined, stopped: new AbortController().signal },
    options
  )()
  t.equal(hub.told.length, 0, 'nobody said where the feeds are')
  await put('/v1/publisher', publisher)
  const ending = new AbortController()
  const about = { hub: hub.url, siteUrl: undefined }
  const one = hubTeller(server, db, { ...about, stopped: ending.signal }, options)
  ending.abort()
  await one()
  t.equal(hub.told.length, 0)
  const { signal } = new AbortController()
  const others = [1, 2].map(() => hubTeller(server, db, { ...about, stopped: signal }, options))
  await Promise.all(others.map((tell) => tell()))
  t.equal(hub.told.length, 3, 'at once, and once')
  for (let n = 0; n < 2; n++) await Promise.all(others.map((tell) => tell()))
  t.equal(hub.told.length, 3)
})
