// Systems number their posts: the ids of two sites under one name are kept from being taken for one.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { app } from '../../support/app.ts'
import { until } from '../../support/until.ts'
import { importingNewsroom } from './importing-newsroom.ts'
import { post, wxr } from './wxr.ts'

/** An export of WordPress from this address, with a post of this title. */
const paper = (address: string, title: string, field = 'wp:base_blog_url') =>
  wxr(`<${field}>${address}</${field}>`, post(1, '<p>Words.</p>').replace('Story 1', title))

t.test('another site under the same name is refused, with both addresses and what to do', async (t) => {
  const { imported, titles } = await importingNewsroom(t)
  t.ok((await imported({ 'a.xml': paper('https://a.example', 'Of A') })).ok)
  const { ok, printed, losses } = await imported({ 'b.xml': paper('https://b.example/news', 'Of B') })
  t.notOk(ok)
  t.match(printed, /This export is refused \(other-site\)\. \S+b\.xml is of https:\/\/b\.example\/news/)
  t.match(printed, 'the system “wordpress” has its ids from https://a.example')
  t.match(printed, /--system b\.example-news \(over HTTP \?system=b\.example-news\).*--moved/)
  t.match(losses[0], { place: /b\.xml$/, code: 'other-site' })
  t.strictSame(await titles(), ['Of A'], 'nothing of it is written')

  const other = { 'b.xml': paper('https://b.example/news', 'Of B') }
  t.ok((await imported(other, '--system', 'b.example-news')).ok)
  t.strictSame(await titles(), ['Of A', 'Of B'])
})

t.test('http, www and a slash more make no other site, and one that moved is told', async (t) => {
  const { imported, titles } = await importingNewsroom(t)
  for (const [address, title] of [
    ['http://www.A.example', 'One'],
    ['https://a.example/', 'Two']
  ] as const)
    t.ok((await imported({ 'a.xml': paper(address, title) })).ok)
  t.notOk((await imported({ 'a.xml': paper('https://new.example', 'Three') })).ok)
  t.strictSame(await titles(), ['Two'])
  t.ok((await imported({ 'a.xml': paper('https://new.example', 'Three') }, '--moved')).ok)
  t.ok(
    (await imported({ 'a.xml': paper('https://new.example', 'Four') })).ok,
    'its new address is known then'
  )
  t.ok((await imported({ 'a.xml': paper('https://a.example', 'Five') })).ok, 'and so is the former one')
  t.strictSame(await titles(), ['Five'])
})

t.test('two sites in one command are refused before anything is written', async (t) => {
  const { imported, titles } = await importingNewsroom(t)
  const [a, b] = [paper('https://a.example', 'Of A'), paper('https://b.example', 'Of B', 'link')]
  const { ok, printed } = await imported({ 'a.xml': a, 'b.xml': b })
  t.notOk(ok)
  t.match(
    printed,
    'b.xml is of https://b.example, and the system “wordpress” has its ids from https://a.example'
  )
  t.strictSame(await titles(), [])
  t.ok((await imported({ 'b.xml': b })).ok, 'a system is known by what was written under its name')
  t.notOk((await imported({ 'a.xml': a }, '--dry')).ok, 'a trial says the same')
  t.ok((await imported({ 'a.xml': wxr(post(1, '<p>Words.</p>')) })).ok, 'an export may be silent')
})

t.test('a library without posts makes its site known, and a trial does not', async (t) => {
  const { imported } = await importingNewsroom(t)
  const picture = post(7, '', '<wp:attachment_url>https://a.example/p.jpg</wp:attachment_url>').replace(
    '<wp:post_type>post',
    '<wp:post_type>attachment'
  )
  const library = wxr('<wp:base_blog_url>https://a.example</wp:base_blog_url>', picture)
  t.ok((await imported({ 'b.xml': paper('https://b.example', 'Of B') }, '--dry')).ok)
  t.ok((await imported({ 'a.xml': library })).ok)
  t.notOk((await imported({ 'b.xml': paper('https://b.example', 'Of B') })).ok)
})

t.test('answers of the REST API say their site, by the root or by their own addresses', async (t) => {
  const { imported, titles, where } = await importingNewsroom(t)
  const answer = (self: string, title: string) =>
    JSON.stringify([
      {
        ...{ id: 1, slug: 'one', status: 'publish', type: 'post', link: 'https://x.example/one' },
        ...{ title: { rendered: title }, content: { rendered: '<p>Words.</p>' }, comment_status: 'open' },
        _links: { self: [{ href: self }] }
      }
    ])
  const read = async (name: string, files: Record<string, string>) => {
    mkdirSync(join(where, name))
    for (const [file, text] of Object.entries(files)) writeFileSync(join(where, name, file), text)
    return imported({}, '--as', 'wordpress', join(where, name))
  }
  t.ok((await imported({ 'a.xml': paper('https://a.example', 'Of A') })).ok)
  const same = await read('same', { 'posts.json': answer('https://a.example/wp-json/wp/v2/posts/1', 'Same') })
  t.ok(same.ok)
  t.strictSame(await titles(), ['Same'])
  const plain = answer('https://b.example/index.php?rest_route=/wp/v2/posts/1', 'Of B')
  t.match((await read('other', { 'posts.json': plain })).printed, 'posts.json is of https://b.example, and')
  const root = JSON.stringify({ namespaces: ['wp/v2'], home: 'https://a.example' })
  t.ok((await read('root', { 'posts.json': plain, 'site.json': root })).ok, 'the root goes before')
})

t.test('databases of Ghost are told apart, and called by title or address', async (t) => {
  const { imported } = await importingNewsroom(t)
  const ghost = (settings: Record<string, string>, title: string) =>
    JSON.stringify({
      meta: { exported_on: 1, version: '5.0' },
      db: [
        {
          data: {
            posts: [{ id: 1, title, slug: 'one', html: '<p>Words.</p>', status: 'draft' }],
            settings: Object.entries(settings).map(([key, value]) => ({ key, value }))
          }
        }
      ]
    })
  t.ok((await imported({ 'a.json': ghost({ title: 'Harbour', db_hash: 'aa-1' }, 'A') })).ok)
  const other = await imported({ 'b.json': ghost({ dbHash: 'bb-2' }, 'B') })
  t.match(
    other.printed,
    'b.json is of the site with the db_hash bb-2, and the system “ghost” has its ids from the site “Harbour” with the db_hash aa-1'
  )
  t.match(other.printed, '--system ghost-2')
  const placed = await imported({ 'c.json': ghost({ url: 'https://c.example/' }, 'C') })
  t.match(placed.printed, 'c.json is of https://c.example, and')
  t.ok((await imported({ 'd.json': ghost({}, 'D') })).ok, 'one that does not say what it is of is taken')
})

t.test('feeds mix where their ids are addresses, and do not where they are numbers', async (t) => {
  const { imported, titles } = await importingNewsroom(t)
  const rss = (link: string, ...ids: string[]) =>
    `<rss version="2.0"><channel><link>${link}</link>${ids
      .map(
        (id) =>
          `<item><guid>${id}</guid><title>At ${link} ${id}</title><description>Words.</description></item>`
      )
      .join('')}</channel></rss>`
  t.ok((await imported({ 'a.xml': rss('https://a.example/city', '1', '2') })).ok)
  t.ok((await imported({ 'a.xml': rss('https://a.example/sport', '3') })).ok, 'sections are of one site')
  t.ok(
    (await imported({ 'b.xml': rss('https://b.example', 'https://b.example/1', 'tag:b.example,2020:2') })).ok
  )
  t.ok((await imported({ 'n.xml': rss('', '4') })).ok, 'a feed may not say where it is from')
  const { ok, printed } = await imported({ 'b.xml': rss('https://b.example', '1') })
  t.notOk(ok)
  t.match(printed, 'b.xml is of https://b.example, and the system “feed” has its ids from https://a.example')
  const json = { version: 'https://jsonfeed.org/version/1.1', home_page_url: 'https://c.example/' }
  const items = [{ id: '1', title: 'C', content_text: 'Words.' }]
  t.match(
    (await imported({ 'c.json': JSON.stringify({ ...json, items }) })).printed,
    'c.json is of https://c.example'
  )
  t.equal((await titles()).length, 6)
})

t.test('over HTTP, an export of another site fails, and says of which', async (t) => {
  const client = await app(t)
  const run = async (text: string, query = '') => {
    const sent = await client.call('POST', `/v1/imports${query}`, {
      payload: Buffer.from(text),
      headers: { 'content-type': 'application/xml' }
    })
    t.equal(sent.status, 202)
    const of = async () =>
      (await client.get(`/v1/imports/${sent.json<{ id: string }>().id}`)).json<{
        status: string
        moved: boolean
        error: unknown
      }>()
    await until(async () => ['done', 'failed'].includes((await of()).status))
    return of()
  }
  t.match(await run(paper('https://a.example', 'A')), { status: 'done', moved: false })
  t.match(await run(paper('https://b.example', 'B')), {
    status: 'failed',
    error: { code: 'other-site', reason: /is of https:\/\/b\.example/ }
  })
  t.match(await run(paper('https://b.example', 'B'), '?moved=true'), { status: 'done', moved: true })
})
