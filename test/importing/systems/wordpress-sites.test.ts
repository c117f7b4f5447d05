// Live sites of WordPress, read through their REST API: a server of our own plays one.
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { readConfig } from '../../../src/config/config.ts'
import { importAll } from '../../../src/importing/commands/import.ts'
import { mirror } from '../../../src/importing/systems/wordpress/mirror.ts'
import { app, database, folder, opened } from '../../support/app.ts'

const rendered = (html: string) => ({ rendered: html })

const users = [{ id: 1, name: 'Mara Lindqvist', slug: 'mara', avatar_urls: {} }]
const categories = [
  { id: 1, name: 'Uncategorized', taxonomy: 'category' },
  { id: 2, name: 'Harbour &amp; sea', taxonomy: 'category' },
  { id: 3, name: 'City', taxonomy: 'category' }
]
const tags = [{ id: 7, name: 'Ferry', taxonomy: 'post_tag' }]
const file = (id: number, more: object = {}) => ({
  ...{ id, post: null, mime_type: 'image/jpeg', source_url: `https://paper.example/up/p${id}.jpg` },
  ...{ title: rendered(`p${id}`), caption: rendered(''), description: rendered(''), alt_text: '', meta: [] },
  ...{ media_type: 'image', media_details: {}, ...more }
})
const media = [
  file(21, {
    caption: rendered('<p>The quay.</p>'),
    alt_text: 'A quay',
    meta: { _media_credit: 'Bo Example', _navis_media_credit_org: 'Example Wire' },
    media_details: {
      ...{ width: 640, height: 480, image_meta: { credit: 'Nobody' } },
      sizes: { small: { source_url: 'https://paper.example/up/small/p21.jpg' } }
    }
  }),
  file(22, { media_details: { image_meta: { credit: 'Ana Example' } }, title: rendered('Night boats') }),
  file(23, { post: 12, description: rendered('<p class="attachment"><img></p><p>From above.</p>') }),
  file(24, { source_url: 'https://paper.example/up/plan.pdf', mime_type: 'application/pdf' }),
  file(25, { source_url: 'https://paper.example/up/odd.bin', mime_type: 'application/octet-stream' })
]
const post = (id: number, more: object = {}) => ({
  ...{ id, type: 'post', status: 'publish', slug: `post-${id}`, author: 1, featured_media: 0 },
  ...{ date_gmt: '2020-01-02T03:04:05', modified_gmt: '2020-01-03T03:04:05', comment_status: 'open' },
  ...{ link: `https://paper.example/2020/post-${id}/`, guid: rendered(`https://paper.example/?p=${id}`) },
  ...{ title: rendered(`Post ${id}`), content: rendered('<p>The ferry stays.</p>'), excerpt: rendered('') },
  ...{ categories: [1], tags: [], sticky: false, format: 'standard', ...more }
})
const posts = [
  post(11, {
    ...{ title: rendered('Late &#038; ferry'), slug: '%E2%9C%93-late', categories: [1, 2, 3], tags: [7, 99] },
    ...{ featured_media: 21, excerpt: rendered('<p>In short.</p>'), sticky: true, format: 'video' },
    content: rendered(
      '<p>The ferry stays.</p><figure><img class="wp-image-22" src="https://paper.example/up/p22-300x200.jpg"><figcaption>By night</figcaption></figure>'
    )
  }),
  post(12, {
    ...{
      excerpt: rendered('<p>The ferry [&hellip;]</p>'),
      featured_media: 98,
      author: 5,
      guid: rendered('x')
    },
    ...{ comment_status: 'closed', _embedded: { author: [{ name: 'Jo Example', slug: 'jo' }] } }
  }),
  post(13, {
    ...{ content: { rendered: '', protected: true }, slug: '%zz', author: 6 },
    authors: [{ display_name: 'Ida', user_nicename: 'ida' }, { name: 'Ida' }, {}]
  }),
  post(14, { status: 'draft', author: 6, date_gmt: null, link: undefined, title: {} })
]
const pages = [post(15, { type: 'page', title: rendered('About us') })]
const recipes = [post(16, { type: 'recipe' })]
const comment = (id: number, more: object = {}) => ({
  ...{ id, post: 11, parent: 0, author_name: 'Reader', date_gmt: '2020-01-04T00:00:00', type: 'comment' },
  ...{ content: rendered(`<p>Words ${id}</p>\n<p>More.</p>`), status: 'approved', ...more }
})
const comments = [
  comment(2, { parent: 1 }),
  comment(1),
  comment(3, { type: 'pingback' }),
  comment(4, { status: 'hold', date_gmt: '' })
]
const lists: Record<string, object[]> = { users, categories, tags, media, posts, pages, recipes, comments }

type Answering = (request: IncomingMessage, response: ServerResponse, path: string) => boolean | undefined

/** A site; `first` may answer before it. */
async function site(t: Test, first: Answering = () => undefined, all: Record<string, object[]> = lists) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const address = new URL(request.url!, 'http://site.invalid')
    const path = address.pathname + address.search
    asked.push(path)
    if (first(request, response, path)) return
    const json = (value: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    if (address.pathname === '/') {
      response.setHeader('link', `<${home}/wp-json/>; rel="https://api.w.org/"`)
      return response.end('<!doctype html><html lang="en-GB"><title>Paper</title>')
    }
    if (address.pathname === '/wp-json/')
      return json({ name: 'Paper', home: 'https://paper.example', namespaces: ['wp/v2'] })
    if (address.pathname === '/wp-json/wp/v2/types')
      return json({
        post: { slug: 'post', rest_base: 'posts' },
        page: { slug: 'page', rest_base: 'pages', rest_namespace: 'wp/v2' },
        recipe: { slug: 'recipe', rest_base: 'recipes' },
        attachment: { slug: 'attachment', rest_base: 'media' },
        wp_block: { slug: 'wp_block', rest_base: 'blocks' },
        odd: { slug: 'odd', rest_base: '../odd' },
        other: { slug: 'other', rest_base: 'others', rest_namespace: 'other/v1' }
      })
    const list = all[/^\/wp-json\/wp\/v2\/(\w+)$/.exec(address.pathname)?.[1] ?? '']
    if (list === undefined) return json({ code: 'rest_no_route' }, 404)
    const size = Number(address.searchParams.get('per_page'))
    const page = Number(address.searchParams.get('page'))
    if (page > 1 && list.length <= (page - 1) * size)
      return json({ code: 'rest_post_invalid_page_number' }, 400)
    return json(list.slice((page - 1) * size, page * size))
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  t.teardown(() => server.close())
  const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { home, asked }
}

async function imported(t: Test, db: string, args: string[], settings: object = {}, terminal = false) {
  const report = join(folder(t), 'report.jsonl')
  let [out, err] = ['', '']
  const ok = await importAll(['--report', report, '--no-quotes', ...args], () => opened(t, db), {
    settings: { ...readConfig({}), ONRECORD_IMPORT_DAYS: 1, ONRECORD_FETCH_PRIVATE: 'allow', ...settings },
    out: { isTTY: terminal, write: (text) => (out += text) },
    err: { write: (text) => (err += text) }
  })
  const lines = readFileSync(report, 'utf8').split('\n').filter(Boolean)
  return { ok, out, err, codes: lines.map((line) => (JSON.parse(line) as { code: string }).code).sort() }
}

t.test('a live site arrives with its pages, files, people, terms and comments', async (t) => {
  const db = await database(t)
  const { home, asked } = await site(t)
  const { get, read, post: send } = await app(t, { file: db })
  const first = await imported(t, db, ['--as', 'wordpress', '--publish', home])
  t.match(first.out, /8 answers of its REST API\n[\s\S]*6 articles new/)
  t.strictSame(first.codes, [
    ...['attachment-left-out', 'body-protected', 'drafts-left-out', 'featured-missing'],
    ...['no-headline', 'not-published', 'pingback', 'slug-made-anew', 'slug-made-anew']
  ])
  t.ok(asked.some((path) => path.includes('/posts?per_page=100&page=1&orderby=id&order=asc&_embed=author')))
  t.notOk(
    asked.some((path) => /others|blocks|odd/.test(path)),
    'what is no story is not asked for'
  )

  const { data } = (await get('/v1/articles?edition=draft')).json<{ data: { id: string; title: string }[] }>()
  const draft = async (title: string) =>
    (await get(`/v1/articles/${data.find((one) => one.title === title)!.id}?edition=draft&body=html`)).json()
  const late = await draft('Late & ferry')
  t.match(late, {
    ...{ slug: 'late-ferry', section: 'Harbour & sea', tags: ['City', 'Ferry'] },
    ...{ dek: 'In short.', language: 'en-GB', publishedAt: '2020-01-02T03:04:05.000Z' },
    ...{
      bylines: [{ name: 'Mara Lindqvist' }],
      internalNotes: 'Sticky there. A post of the format video there.'
    },
    media: [
      {
        ...{ caption: 'The quay.', alt: 'A quay', width: 640, url: 'https://paper.example/up/p21.jpg' },
        credits: [
          { creditLine: 'Bo Example/Example Wire', creators: ['Bo Example'], suppliers: ['Example Wire'] }
        ]
      },
      { caption: 'By night', alt: 'Night boats', credits: [{ creators: ['Ana Example'] }] }
    ]
  })
  t.match(await draft('Post 12'), {
    ...{ dek: null, bylines: [{ name: 'Jo Example' }], commentPolicy: { mode: 'closed' } }
  })
  t.match(await draft('Post 13'), { bylines: [{ name: 'Ida' }] })
  t.match(await draft('wordpress 14'), { bylines: [], publishedAt: null })
  t.match(await draft('About us'), { internalNotes: 'A page there, not a story.' })
  t.match(await draft('Post 16'), { internalNotes: 'A recipe there.' })
  const files = (await get('/v1/media?edition=draft&limit=50')).json<{
    data: { url: string; caption: string | null }[]
  }>()
  t.strictSame(
    files.data.map(({ url }) => url.replace(/^.*\//, '')).sort(),
    ['p21.jpg', 'p22.jpg', 'p23.jpg', 'plan.pdf'],
    'what stands in no article is in the library all the same'
  )
  t.ok(files.data.some(({ caption }) => caption === 'From above.'))
  const said = (await get('/v1/comments?edition=draft&status=approved')).json<{
    data: { body: string; parentId: string | null }[]
  }>().data
  t.equal(said.length, 2)
  t.ok(said.some(({ parentId, body }) => parentId !== null && body === 'Words 2\n\nMore.'))
  t.match((await read('/v1/redirects?from=/%3Fp%3D11')).json(), { data: [{ to: /^\/articles\// }] })

  t.notOk(existsSync(`${db}.imports.sites/127.0.0.1_${new URL(home).port}`), 'the answers go when it is done')
  const again = await imported(t, db, [home], {}, true)
  t.match(again.out, /0 articles new, 0 changed, 0 comments new/)
  await send(`/v1/articles/${data[0]!.id}/unpublish`)
})

t.test('a site that breaks off goes on where it was', async (t) => {
  const db = await database(t)
  const many = Array.from({ length: 250 }, (_, i) => post(1000 + i))
  let isDown = true
  const first: Answering = (_, response, path) => {
    if (!isDown || !path.includes('/posts?per_page=100&page=3')) return undefined
    response.writeHead(403).end('no')
    return true
  }
  // A list that is refused from its third page on ends there; so the site is down as a whole.
  const { home, asked } = await site(
    t,
    (request, response, path) => {
      if (isDown && path.includes('/comments')) {
        response.destroy()
        return true
      }
      return first(request, response, path)
    },
    { ...lists, posts: many }
  )
  const at = join(folder(t), 'mirror')
  const fetching = { allows: () => true, patience: 1 }
  await t.rejects(
    mirror(home, at, fetching, () => {}),
    { code: 'site-not-readable' }
  )
  t.ok(readdirSync(at).includes('posts-00002.json'))
  isDown = false
  asked.length = 0
  await mirror(home, at, fetching, () => {})
  t.notOk(
    asked.some((path) => path.includes('/posts?per_page=100&page=1&')),
    'what is there is not asked for again'
  )
  t.ok(readdirSync(at).includes('posts-00003.json'))
  t.match((await imported(t, db, ['--as', 'wordpress', at])).out, /253 articles new|252 articles new/)
  const old = new Date(Date.now() - 2 * 86_400_000)
  utimesSync(join(at, 'site.json'), old, old)
  asked.length = 0
  await mirror(home, at, fetching, () => {})
  t.ok(
    asked.some((path) => path.includes('/posts?per_page=100&page=1&')),
    'an old one is begun anew'
  )
})

t.test('a site is asked again when it is busy, and only where it may be', async (t) => {
  const at = () => join(folder(t), 'mirror')
  const fetching = { allows: () => true, patience: 1 }
  let busy = 0
  const { home } = await site(t, (_, response, path) => {
    if (path.includes('/users')) {
      response.writeHead(401).end('{"code":"rest_user_cannot_view"}')
      return true
    }
    if (path.includes('/tags') && busy++ < 2) {
      response.writeHead(busy === 1 ? 429 : 500, busy === 1 ? { 'retry-after': '0.001' } : {}).end()
      return true
    }
    return undefined
  })
  const told = at()
  await mirror(`${home}/`, told, fetching, () => {})
  t.match(readFileSync(join(told, 'told.json'), 'utf8'), /list-not-readable.*401 for its users/)
  t.equal(busy, 3)
  const refused = async (first: Answering, message: RegExp) => {
    const other = await site(t, first)
    await t.rejects(
      mirror(other.home, at(), fetching, () => {}),
      { message }
    )
  }
  const answering =
    (status: number, headers: Record<string, string> = {}, body = ''): Answering =>
    (_, response) => {
      response.writeHead(status, headers).end(body)
      return true
    }
  await refused(answering(503), /answers 503: run the command again later/)
  await refused(answering(200), /has no REST API of WordPress/)
  await refused(answering(302, { location: '/' }), /redirects too often/)
  await refused(answering(302, { location: 'ftp://a.example/' }), /redirects to ftp:/)
  await refused((request) => {
    request.destroy()
    return true
  }, /could not be fetched/)
  await refused((_, response) => {
    response.writeHead(200)
    const megabyte = Buffer.alloc(1024 * 1024, 32)
    for (let i = 0; i < 66; i++) response.write(megabyte)
    response.end()
    return true
  }, /larger than 64 MB/)
  await t.rejects(
    mirror(home, at(), { ...fetching, allows: () => false }, () => {}),
    {
      message: /not on the public internet \(ONRECORD_FETCH_PRIVATE\)/
    }
  )
  let looked = 0
  await t.rejects(
    mirror(
      home,
      at(),
      // As where a name leads to another address when it is connected to.
      { ...fetching, allows: () => looked++ === 0 },
      () => {}
    ),
    { code: 'site-not-readable', message: /could not be fetched: 127\.0\.0\.1 is not on the public internet/ }
  )
  const plain = await site(t, (_, response, path) => {
    if (path === '/') {
      response.setHeader('link', `</index.php?rest_route=/>; rel="https://api.w.org/"`)
      response.end('<html>')
      return true
    }
    if (!path.startsWith('/index.php?rest_route=')) return undefined
    const route = new URL(path, home).searchParams.get('rest_route')!
    response.end(
      JSON.stringify(route === '/' ? { namespaces: ['wp/v2'] } : route.endsWith('/types') ? [] : [])
    )
    return true
  })
  await mirror(plain.home, at(), fetching, () => {})
  t.ok(plain.asked.some((path) => path.includes('rest_route=%2Fwp%2Fv2%2Fposts&per_page=100')))
  t.ok(
    plain.asked.some((path) => path.includes('rest_route=%2Fwp%2Fv2%2Fpages')),
    'types that are not told'
  )
})

t.test('what names no site, or several, is refused with words', async (t) => {
  const db = await database(t)
  const run = (...args: string[]) => imported(t, db, args, { ONRECORD_FETCH_PRIVATE: undefined })
  await t.rejects(run('--as', 'ghost', 'https://paper.example'), /only a site of WordPress/)
  await t.rejects(run('https://paper.example', 'x.xml'), /Name one address/)
  await t.rejects(run('https://'), /Name one address/)
  await t.rejects(run('http://127.0.0.1:1/'), /site-not-readable/)
  const saved = folder(t)
  mkdirSync(join(saved, 'x'))
  writeFileSync(join(saved, 'x', 'a.json'), '3')
  writeFileSync(join(saved, 'x', 'b.txt'), 'x')
  t.match((await run('--as', 'wordpress', join(saved, 'x'))).err, /not-wordpress/)
  writeFileSync(join(saved, 'p.json'), JSON.stringify(posts))
  t.match((await run(join(saved, 'p.json'))).out, /answers of its REST API[\s\S]*4 articles new/)
})

t.test('answers that say little are read as far as they go', async (t) => {
  const db = await database(t)
  const at = folder(t)
  const save = (name: string, value: unknown) =>
    writeFileSync(join(at, `${name}.json`), JSON.stringify(value))
  save('told', { onrecord: 1, losses: [{}, { code: 'x', reason: 'y', words: 'z' }] })
  save('site', { namespaces: [], url: 'https://paper.example' })
  save('media', [
    { id: 1, source_url: 'https://a.example/i.jpg', media_details: { sizes: { one: {}, two: 3 } } },
    { id: 2, source_url: 'nowhere' },
    { id: 3, source_url: 'https://a.example/j.jpg', post: 5 },
    { id: 4, source_url: 'https://a.example/k.jpg', post: 5 }
  ])
  save('posts', [
    {
      id: 5,
      status: 'publish',
      slug: '',
      content: {},
      categories: 3,
      tags: [1],
      featured_media: 1,
      title: {}
    },
    {
      id: 6,
      status: 'future',
      slug: 'x',
      content: rendered('x'),
      link: '/x',
      _embedded: {},
      authors: [{ name: 'A' }]
    },
    {
      status: 'pending',
      slug: 'y',
      content: rendered('y'),
      link: 'http://[',
      type: 'page',
      excerpt: rendered('Read more')
    }
  ])
  save('terms', [
    { id: 1, taxonomy: 'post_tag' },
    { id: 2, taxonomy: 'other' },
    { id: 3, avatar_urls: {} }
  ])
  save('comments', [
    { post: 5, author_name: null, content: rendered('w') },
    { id: 9, author_name: 'R', post: null, content: {}, status: 'spam', parent: 8 }
  ])
  const { out, codes } = await imported(t, db, ['--as', 'wordpress', at])
  t.match(out, /3 articles new, 0 changed, 1 comment new/)
  t.strictSame(codes, [
    ...['', 'attachment-left-out', 'comment-left-out', 'no-headline', 'no-headline', 'no-headline', 'x']
  ])
})
