// Sitemaps and robots.txt, held against the rules of their specifications: sitemaps.org 0.9, Google's extensions for
// pictures and news, RFC 9309.
import t, { type Test } from 'tap'
import type { Article, NewStory } from '../../src/content/articles/schema.ts'
import { entriesOf } from '../../src/formats/crawlers/articles.ts'
import { sitemap, sitemapEntry } from '../../src/formats/crawlers/sitemap.ts'
import { add } from '../../src/newsstand/documents/put.ts'
import { app, type Client } from '../support/app.ts'
import { all, type Node, treeReader } from './xml-tree.ts'

const url = 'https://news.example'
const tree = treeReader({
  'http://www.sitemaps.org/schemas/sitemap/0.9': '',
  'http://www.google.com/schemas/sitemap-image/1.1': 'image:',
  'http://www.google.com/schemas/sitemap-news/0.9': 'news:'
})

const one = (node: Node, name: string) => {
  const found = all(node, name)
  if (found.length > 1) throw new Error(`${name} stands there ${found.length} times`)
  return found[0]?.text
}
const locs = (xml: string) => tree(xml).children.map((child) => one(child, 'loc'))

/** W3C Datetime, in full. */
const datetime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/** Holds a sitemap against the protocol: its entries, at most 50,000 in 50 MB, each of the host, shorter than 2,048. */
function obeysProtocol(t: Test, xml: string, kind: 'urlset' | 'sitemapindex' = 'urlset') {
  const root = tree(xml)
  t.equal(root.name, kind)
  t.ok(root.children.length <= 50_000 && Buffer.byteLength(xml) <= 50 * 1024 * 1024)
  for (const entry of root.children) {
    t.equal(entry.name, kind === 'urlset' ? 'url' : 'sitemap')
    const loc = one(entry, 'loc')!
    t.ok(loc.length < 2048 && new URL(loc).href === loc, loc)
    const lastmod = one(entry, 'lastmod')
    if (lastmod !== undefined) t.match(lastmod, datetime)
    // Google, image sitemaps: at most 1,000 pictures, each with its address.
    const images = all(entry, 'image:image')
    t.ok(images.length <= 1000)
    for (const image of images) t.ok(URL.canParse(one(image, 'image:loc')!))
  }
}

/** Holds a sitemap against Google's rules for news: 1,000 of two days, each with name, language, date and title. */
function obeysNews(t: Test, xml: string, now: Date) {
  const entries = tree(xml).children
  t.ok(entries.length <= 1000)
  for (const entry of entries) {
    const [news] = all(entry, 'news:news')
    const [publication] = all(news!, 'news:publication')
    t.ok(one(publication!, 'news:name'))
    t.match(one(publication!, 'news:language'), /^([a-z]{2,3}|zh-cn|zh-tw)$/)
    t.match(one(news!, 'news:publication_date'), datetime)
    t.ok(now.getTime() - Date.parse(one(news!, 'news:publication_date')!) <= 48 * 3600_000)
    t.ok(one(news!, 'news:title'))
  }
}

let now = new Date('2026-11-02T08:30:00.000Z')

async function newsroom(t: Test) {
  now = new Date('2026-11-02T08:30:00.000Z')
  const client = await app(t, { clock: () => now })
  await client.put('/v1/publisher', { name: 'The Harbour Gazette', language: 'en-GB', url })
  return { ...client, publish: (story: Partial<NewStory>) => published(client, story) }
}

async function published({ post, draft }: Client, story: Partial<NewStory>): Promise<{ id: string }> {
  const { id } = await draft(story)
  const answer = await post(`/v1/articles/${id}/publish`, { waive: [] })
  if (answer.status !== 200) throw new Error(answer.body)
  return answer.json()
}

const showing = (url: string) => ({
  leadMediaId: 'lead',
  media: [{ key: 'lead', kind: 'image' as const, url, alt: 'A ferry.', credits: [{ creditLine: 'Ana' }] }]
})

t.test('a sitemap of each month names what was published in it, with its pictures', async (t) => {
  const { read, publish, post, patch, server } = await newsroom(t)
  const old = { publishedAt: '2026-10-30T23:59:59.000Z' }
  await publish({
    title: 'Böats & <b>quays</b>',
    ...old,
    ...showing('https://pictures.example/a.jpg?a=1&b=2')
  })
  const { id } = await publish({ title: 'Late ferry', language: 'zh-Hant' })
  await publish({
    title: 'Of another house',
    canonicalUrl: 'https://wire.example/1',
    origin: { publisher: 'Wire' }
  })
  await publish({ title: 'Moved away', canonicalUrl: 'https://elsewhere.example/1' })
  await publish({
    title: 'At an address of its own',
    canonicalUrl: 'https://news.example/own',
    language: 'und'
  })

  const index = await read('/v1/sitemaps/index')
  t.equal(index.headers['content-type'], 'application/xml; charset=utf-8')
  obeysProtocol(t, index.body, 'sitemapindex')
  t.same(locs(index.body), [
    'https://news.example/v1/sitemaps/news',
    'https://news.example/v1/sitemaps/2026-11',
    'https://news.example/v1/sitemaps/2026-10'
  ])
  t.same((await server.inject('/sitemap.xml')).body, index.body)

  const october = await read('/v1/sitemaps/2026-10')
  obeysProtocol(t, october.body)
  const [url] = tree(october.body).children
  t.equal(one(url!, 'loc'), 'https://news.example/articles/boats-b-quays-b')
  t.same(one(all(url!, 'image:image')[0]!, 'image:loc'), 'https://pictures.example/a.jpg?a=1&b=2')

  const november = await read('/v1/sitemaps/2026-11')
  obeysProtocol(t, november.body)
  t.same(locs(november.body).toSorted(), [
    'https://news.example/articles/late-ferry',
    'https://news.example/own'
  ])

  // A change of one month leaves the other where it is kept.
  const kept = { headers: { 'if-none-match': String(october.headers.etag) } }
  t.equal((await read('/v1/sitemaps/2026-10', kept)).status, 304)
  now = new Date('2026-11-02T09:00:00.000Z')
  await patch(`/v1/articles/${id}`, { title: 'Later ferry' })
  await post(`/v1/articles/${id}/publish`, { waive: [] })
  t.equal((await read('/v1/sitemaps/2026-10', kept)).status, 304)
  t.match((await read('/v1/sitemaps/2026-11')).body, /<lastmod>2026-11-02T09:00:00.000Z/)
  t.match((await read('/v1/sitemaps/index')).body, /<lastmod>2026-11-02T09:00:00.000Z/)
  await patch(`/v1/articles/${id}`, { publishedAt: '2026-10-01T09:00:00.000Z' })
  await post(`/v1/articles/${id}/publish`, { waive: [] })
  t.equal(locs((await read('/v1/sitemaps/2026-11')).body).length, 1)
  t.equal(locs((await read('/v1/sitemaps/2026-10')).body).length, 2)
  await post(`/v1/articles/${id}/withdraw`, { reason: 'error' })
  t.equal(locs((await read('/v1/sitemaps/2026-10')).body).length, 1)
  t.equal((await read('/v1/sitemaps/2026-09')).status, 404)
  t.equal((await read('/v1/sitemaps/2026-11?page=2')).status, 404)
  t.equal((await read('/v1/sitemaps/others')).status, 400)
})

t.test('the news sitemap holds the last 48 hours, and forgets them in time', async (t) => {
  const { read, publish, put } = await newsroom(t)
  obeysNews(t, (await read('/v1/sitemaps/news')).body, now)
  await publish({ title: 'A day old', publishedAt: '2026-11-01T08:30:00.000Z', language: 'zh-TW' })
  await publish({ title: 'Two days & a moment', publishedAt: '2026-10-31T08:29:59.999Z' })
  await publish({
    title: 'New ]]> "news" \u0007',
    language: 'zh',
    ...showing('https://pictures.example/a.jpg')
  })
  await publish({ title: 'In an unknown language', language: 'und' })
  const first = await read('/v1/sitemaps/news')
  obeysProtocol(t, first.body)
  obeysNews(t, first.body, now)
  const news = tree(first.body).children.map((entry) => all(entry, 'news:news')[0]!)
  t.same(
    news.map((one) => all(one, 'news:title')[0]!.text),
    ['In an unknown language', 'New ]]> "news" ', 'A day old']
  )
  t.same(
    news.map((one) => all(all(one, 'news:publication')[0]!, 'news:language')[0]!.text),
    ['en-GB', 'zh-cn', 'zh-tw'].map((tag) => tag.replace('-GB', ''))
  )
  await put('/v1/publisher', { name: 'The Harbour Gazette', url })
  t.match((await read('/v1/sitemaps/news')).body, '<news:language>und</news:language>', 'nobody said it')
  now = new Date('2026-11-03T08:30:00.000Z')
  t.equal(locs((await read('/v1/sitemaps/news')).body).length, 3, 'to the millisecond')
  now = new Date('2026-11-03T08:30:00.001Z')
  t.equal(locs((await read('/v1/sitemaps/news')).body).length, 2)
  now = new Date('2026-11-05T08:30:00.000Z')
  t.equal(locs((await read('/v1/sitemaps/news')).body).length, 0)
})

t.test('a month of many articles is told in parts of a thousand', async (t) => {
  const { db, read } = await newsroom(t)
  const article = (n: number) => ({
    title: `Story ${n}`,
    slug: `story-${n}`,
    language: 'en',
    canonicalUrl: null,
    origin: null,
    section: null,
    firstPublishedAt: '2026-11-01T00:00:00.000Z',
    publishedAt: '2026-11-01T00:00:00.000Z',
    updatedAt: '2026-11-01T00:00:00.000Z',
    corrections: [],
    media: []
  })
  await db.write({ role: 'admin', name: 'a test' } as Parameters<typeof db.write>[0], async (tx) => {
    for (let n = 0; n < 1001; n++) {
      const id = `art_${String(n).padStart(26, '0')}`
      const { publishedAt: position, updatedAt: moment, slug } = article(n)
      const value = { ...article(n), id }
      await add(tx, {
        kind: 'article',
        id,
        position,
        moment,
        slug,
        articleId: id,
        value,
        facets: { article: [id] }
      })
    }
  })
  t.same(
    await entriesOf(db.read, ['art_gone'], { url, articleUrl: null, apiUrl: null }),
    [],
    'withdrawn meanwhile'
  )
  const index = locs((await read('/v1/sitemaps/index')).body)
  t.same(index.slice(1), [
    'https://news.example/v1/sitemaps/2026-11',
    'https://news.example/v1/sitemaps/2026-11?page=2'
  ])
  const parts = await Promise.all(index.slice(1).map((loc) => read(loc!.replace(url, ''))))
  t.same(
    parts.map(({ body }) => locs(body).length),
    [1000, 1]
  )
  t.equal(new Set(parts.flatMap(({ body }) => locs(body))).size, 1001)
  const news = await read('/v1/sitemaps/news')
  obeysNews(t, news.body, now)
  t.equal(locs(news.body).length, 1000)
})

t.test('a sitemap that would be too large names its last articles without their pictures', async (t) => {
  const article = {
    slug: 'a',
    canonicalUrl: null,
    origin: null,
    firstPublishedAt: '2026-11-01T00:00:00.000Z',
    updatedAt: '2026-11-01T00:00:00.000Z',
    corrections: [{ publishedAt: '2026-11-02T00:00:00.000Z' }],
    media: [
      { kind: 'image', url: 'https://pictures.example/a.jpg' },
      { kind: 'image', url: null },
      { kind: 'video' }
    ]
  } as unknown as Article
  const entry = sitemapEntry(article, { url, articleUrl: null })!
  const made = tree(String(await sitemap([entry, entry, entry], 3 * 2147 + 500)))
  t.same(
    made.children.map((child) => all(child, 'image:image').length),
    [1, 1, 0]
  )
  t.equal(one(made.children[0]!, 'lastmod'), '2026-11-02T00:00:00.000Z', 'a correction counts')
  const at = (articleUrl: string) => sitemapEntry(article, { url, articleUrl })
  t.ok(at('https://www.news.example/{slug}'), 'the host is that of the pages')
  t.equal(at(`https://www.news.example/${'x'.repeat(2100)}/{slug}`), undefined)
})

t.test('robots.txt names the sitemaps where somebody said where they are', async (t) => {
  const { read, put, server } = await app(t)
  t.equal((await server.inject('/robots.txt')).body, 'User-agent: *\nAllow: /\n')
  t.equal((await read('/v1/sitemaps/index')).status, 404)
  await put('/v1/publisher', { url: `${url}/`, apiUrl: 'https://api.news.example' })
  const robots = await read('/v1/robots')
  t.equal(robots.headers['content-type'], 'text/plain; charset=utf-8')
  t.equal(
    robots.body,
    `User-agent: *\nAllow: /\n\n${['index', 'news'].map((name) => `Sitemap: https://api.news.example/v1/sitemaps/${name}\n`).join('')}`
  )
  t.equal((await server.inject('/robots.txt')).body, robots.body)
})
