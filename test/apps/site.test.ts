// The reference site over HTTP: what is published, escaped, cached, and nothing of it unless it is switched on.
import { readFileSync } from 'node:fs'
import { parseHTML } from 'linkedom'
import t, { type Test } from 'tap'
import { drawing, scenes } from '../../sample/draw.ts'
import type { Article, DraftArticle } from '../../src/content/articles/schema.ts'
import { html } from '../../src/formats/markup/html.ts'
import { loadSample } from '../../src/operations/sample.ts'
import { app, database, ferry, noLoadLimits, opened } from '../support/app.ts'
import { meddle } from '../support/meddling.ts'
import { until } from '../support/until.ts'

const on = { config: { ONRECORD_SITE: 'on' } }

const textBlock = (text: string) => ({ _type: 'block', children: [{ _type: 'span', text }] })

/** The service with its site, and a browser that runs nothing. */
async function site(t: Test, sample = false) {
  const file = await database(t)
  if (sample) {
    const db = await opened(t, file)
    await loadSample(db)
    await db.close()
  }
  const client = await app(t, { ...on, file })
  async function visit(url: string, headers: Record<string, string> = {}) {
    const answer = await client.server.inject({ url, headers: { accept: 'text/html', ...headers } })
    return { ...answer, status: answer.statusCode, page: parseHTML(answer.body).document }
  }
  const publish = async (story: object) => {
    const written = await client.post('/v1/articles', { ...ferry, ...story })
    t.equal(written.status, 201, written.body)
    const draft = written.json<DraftArticle>()
    const published = await client.post(`/v1/articles/${draft.id}/publish`)
    t.equal(published.status, 200, published.body)
    return draft
  }
  return { ...client, visit, publish }
}

t.test('a value in markup is escaped for its place, and refused where that would not do', async (t) => {
  const words = `<script>"it's" & so on</script>`
  t.equal(
    String(html`<p title="${words}">${words}</p>`),
    '<p title="&lt;script&gt;&quot;it&#39;s&quot; &amp; so on&lt;/script&gt;">&lt;script&gt;&quot;it&#39;s&quot; &amp; so on&lt;/script&gt;</p>'
  )
  t.equal(String(html`${null}${undefined}${false}${0}${[html`<b>1</b>`, '<']}`), '0<b>1</b>&lt;')
  for (const url of [
    'javascript:alert(1)',
    ' javascript:1',
    'JAVASCRIPT:1',
    'data:text/html,1',
    '//evil.example',
    '/\\evil',
    ''
  ])
    t.equal(String(html`<a href="${url}">`), '<a href="#">', url)
  for (const url of ['https://a.example/?b=1', 'mailto:a@b.example', 'tel:1', '/a', '#a', '?q=1'])
    t.equal(String(html`<a href="${url}">`), `<a href="${url}">`)
  t.throws(() => html`<a href=${'x'}>`, /No value may stand here/)
  t.throws(() => html`<script>${'x'}</script>`)
  t.throws(() => html`<p onclick="${'x'}">`)
  t.throws(() => html`<p style="color: ${'x'}">`)
  t.throws(() => html`<${'p'}>`)
})

t.test('the sample newsroom can be read', async (t) => {
  const { visit, read } = await site(t, true)
  const front = await visit('/')
  t.equal(front.status, 200)
  t.match(front.headers['content-type'], /^text\/html/)
  t.equal(front.page.documentElement.getAttribute('lang'), 'en')
  for (const landmark of ['header', 'nav[aria-label]', 'main', 'footer', 'form[role=search]', 'a.skip'])
    t.ok(front.page.querySelector(landmark), landmark)
  const { data } = (await read('/v1/articles?limit=100')).json<{ data: Article[] }>()
  t.equal(front.page.querySelectorAll('main article').length, data.length)

  const { page: found } = await visit('/search?q=%22ferry+steps%22')
  const said = [...found.querySelectorAll('.results li')].find((one) => /^\s*Quote/.test(one.textContent!))!
  t.match(said.textContent, /I stood on the ferry steps/)
  t.ok(said.querySelector('a[href^="/sources/"]'), 'a quote that is found says whose it is')
  t.equal(
    said.querySelector('.meta a')!.textContent,
    'Harbour board reverses course and saves the late ferry'
  )

  const followed = new Set<string>()
  for (const path of [
    '/',
    '/quotes',
    '/corrections',
    '/search?q=ferry',
    ...data.map(({ slug }) => `/articles/${slug}`)
  ]) {
    const { status, page } = await visit(path)
    t.equal(status, 200, path)
    t.equal(page.querySelectorAll('h1').length, 1, `${path} has one headline`)
    for (const image of page.querySelectorAll('img'))
      t.ok(image.getAttribute('alt') !== null, 'pictures have words')
    for (const input of page.querySelectorAll('form input, form textarea'))
      t.ok(page.querySelector(`label[for=${input.id}]`), `${input.id} has a label`)
    t.equal(page.querySelectorAll('script:not([src]), style, [style], [onclick]').length, 0)
    for (const link of page.querySelectorAll('a[href], link[href], img[src], script[src]')) {
      const to = link.getAttribute('href') ?? link.getAttribute('src')!
      if (to.startsWith('#')) t.ok(to === '#main' || page.getElementById(to.slice(1)), `${path} has ${to}`)
      else if (to.startsWith('/') && !/^\/(docs|v1\/.*as=svg)/.test(to)) followed.add(to)
    }
  }
  for (const to of followed) {
    const { status, page } = await visit(to, { accept: '*/*' })
    t.equal(status, 200, to)
    if (to.startsWith('/sources/')) t.ok(page.querySelector('main article'), `${to} shows a story`)
  }
  t.ok([...followed].some((to) => to.startsWith('/sources/')))
  t.ok([...followed].some((to) => to.startsWith('/sample/pictures/')))
})

t.test('an article shows who said what, credits, corrections and comments', async (t) => {
  const { visit, read } = await site(t, true)
  const { page } = await visit('/articles/harbour-board-reverses-course-on-late-ferry')
  const text = page.querySelector('main')!.textContent!
  t.match(text, 'Ilka Brandsund/Harbour Wire/Coast Images')
  t.match(page.querySelector('.corrections')!.textContent, 'transposed the digits')
  const voices = page.querySelectorAll('.voices > ol > li')
  t.match(voices[0]!.textContent, /The ferry stays .*Mara Lindqvist, harbour master/)
  t.same(
    [...page.querySelectorAll('sup.ref')].map((one) => one.textContent),
    [...voices].map((_, i) => String(i + 1))
  )
  const id = page.querySelector('#comments')!.getAttribute('data-article')
  const shown = (await read(`/v1/comments?article=${id}&limit=100`)).json<{ data: { id: string }[] }>().data
  t.ok(shown.length > 2)
  t.same(
    [...page.querySelectorAll('.comments li')].map((one) => one.id),
    shown.map(({ id }) => id)
  )
  t.ok(page.querySelector('.comments form')!.hasAttribute('hidden'), 'the form waits for its script')
  const german = await visit('/articles/wenn-das-nebelhorn-den-ton-angibt')
  t.equal(german.page.querySelector('article.story')!.getAttribute('lang'), 'de')
})

t.test('every form of a body is markup, and hostile words are words', async (t) => {
  const { visit, publish, post } = await site(t)
  const hostile = '"><script>document.title = 1</script><img src=x onerror=1>'
  const draft = await publish({
    title: hostile,
    slug: 'hostile',
    section: hostile,
    dek: hostile,
    bylines: [{ name: hostile }],
    canonicalUrl: 'https://news.example/hostile',
    origin: { publisher: hostile, url: 'https://news.example/?a=1&b=%22%3E' },
    sources: [{ key: 'who', kind: 'person', name: hostile, role: hostile, url: 'https://news.example/' }],
    media: [
      {
        key: 'picture',
        kind: 'image',
        url: 'https://news.example/a.jpg',
        caption: hostile,
        alt: hostile,
        credits: [
          {
            creditLine: hostile,
            copyrightNotice: hostile,
            licence: { name: hostile, url: 'https://a.example/' }
          }
        ]
      }
    ],
    leadMediaId: 'picture',
    body: {
      html: `<h2>A</h2><h3>B</h3><h4>C</h4><p>${'x'.repeat(3)} <b>b</b><i>i</i><u>u</u><s>s</s><code>c</code><sup>1</sup><sub>2</sub> <a href="https://a.example/?a=1&amp;b=2">link</a><br>line</p>
      <blockquote>quoted</blockquote><ul><li>one<ol start="3"><li>two</li></ol></li><li>three</li></ul><ol><li>four</li></ol><hr><pre><code>&lt;code&gt;</code></pre>
      <table><caption>&lt;table&gt;</caption><tr><th colspan="2">head</th></tr><tr><td>cell</td><td><p>a</p><ul><li>b</li></ul></td></tr></table>
      <figure data-embed="https://video.example/1"><a href="https://video.example/1">https://video.example/1</a></figure>
      <img src="med_film"><p>${hostile.replaceAll('<', '&lt;')}</p><p>They said it burns.</p>`.replace(
        '<img src="med_film">',
        ''
      )
    },
    quotes: [
      {
        text: 'it burns',
        kind: 'indirect',
        attributions: [
          {
            hops: [
              {
                sourceId: 'who',
                relation: 'said',
                url: 'https://news.example/b',
                at: '2026-11-02T00:00:00.000Z',
                terms: 'background'
              }
            ]
          },
          {
            hops: [
              {
                unnamed: { description: hostile, reason: hostile },
                relation: 'told',
                positionToKnow: hostile
              }
            ]
          }
        ]
      }
    ],
    attributions: []
  })
  const { page, body } = await visit('/articles/hostile')
  t.equal(page.querySelectorAll('script').length, 1)
  t.equal(page.querySelectorAll('[onerror]').length, 0)
  t.notMatch(body, /<script>|<img src=x/)
  const words = page.querySelector('.body')!
  for (const one of [
    'h2',
    'h3',
    'h4',
    'strong',
    'em',
    'u',
    's',
    'code',
    'sup',
    'sub',
    'br',
    'blockquote p',
    'ul > li > ol[start="3"] > li',
    'ol > li',
    'hr',
    'pre code',
    'table caption',
    'th[colspan="2"]',
    'td ul',
    '.embed a',
    '.said',
    'sup.ref a'
  ])
    t.ok(words.querySelector(one), one)
  t.match(page.querySelector('.voices')!.textContent, 'on background')
  for (const path of ['/', '/quotes', '/search?q=burns', `/sections/${encodeURIComponent(hostile)}`])
    t.equal((await visit(path)).page.querySelectorAll('script, [onerror]').length, 0, path)

  // A chain goes on in an article of ours, and a picture whose rights have ended is not shown.
  await publish({
    title: 'Second',
    slug: 'second',
    language: null,
    section: null,
    bylines: [],
    sources: [],
    quotes: [
      {
        text: 'nobody’s words',
        kind: 'indirect',
        attributions: [{ hops: [{ unnamed: { description: 'a keeper' }, relation: 'said' }] }]
      }
    ],
    origin: { publisher: 'The Courier' },
    body: [
      textBlock('The lamp burns, as we reported. It went out.'),
      { _type: 'image', mediaId: 'film' },
      { _type: 'image', mediaId: 'sound' },
      { ...textBlock('deep'), listItem: 'bullet', level: 2 },
      { ...textBlock('far'), listItem: 'bullet' }
    ],
    attributions: [
      { claim: 'The lamp burns', hops: [{ articleId: draft.id, relation: 'reported' }] },
      { claim: 'It went out', hops: [{ unnamed: { description: 'a keeper' }, relation: 'said' }] }
    ],
    media: [
      { key: 'film', kind: 'video', url: 'https://news.example/a.mp4', alt: hostile },
      { key: 'sound', kind: 'audio', url: 'https://news.example/a.mp3', alt: hostile },
      {
        key: 'old',
        kind: 'image',
        caption: 'Gone',
        credits: [{ creditLine: 'Nobody' }]
      }
    ],
    leadMediaId: 'old'
  })
  const second = await visit('/articles/second')
  t.ok(second.page.querySelector('.voices a[href="/articles/hostile"]'))
  t.match(second.page.querySelector('figcaption')!.textContent, /no longer shown.*Gone/)
  for (const one of ['video[aria-label]', 'audio[src]', '.body ul > li'])
    t.ok(second.page.querySelector(one), one)
  t.match(second.body, 'First published by The Courier. ')
  t.match((await visit('/articles/second')).page.querySelector('.voices')!.textContent, 'nobody’s words')
  await post(`/v1/articles/${draft.id}/corrections`, { kind: 'retraction', text: 'Nothing of it is true.' })
  await post(`/v1/articles/${draft.id}/publish`)
  t.match((await visit('/articles/hostile')).body, 'This story is retracted')
  t.match((await visit('/')).page.querySelector('.notice')!.textContent, 'Retracted')
  await post(`/v1/articles/${draft.id}/withdraw`)
  const alone = (await visit('/articles/second')).page.querySelector('.voices')!
  t.match(alone.textContent, 'an article of ours')
  t.notOk(alone.querySelector('a[href="/articles/hostile"]'))
})

t.test('pages are validated, purged and renewed like the answers of the API', async (t) => {
  const { visit, publish, put, patch, post, remove, read, server } = await site(t)
  t.match((await visit('/')).body, 'Nothing is published yet')
  t.match((await visit('/corrections')).body, 'There are none')
  const { id } = await publish({ slug: 'ferry' })
  const first = await visit('/articles/ferry')
  t.match(first.headers, { 'cache-control': /^public, max-age=5/, 'surrogate-key': new RegExp(id) })
  t.match(first.body, 'Nobody has answered yet')
  const tag = String(first.headers.etag)
  const again = await visit('/articles/ferry', { 'if-none-match': tag })
  t.equal(again.status, 304)
  t.equal(again.headers['content-security-policy'], first.headers['content-security-policy'])
  t.match(first.headers['content-security-policy'], /script-src 'self'/)
  t.equal((await visit('/articles/ferry', { 'accept-encoding': 'gzip' })).headers['content-encoding'], 'gzip')

  await put('/v1/comment-settings', { mode: 'open' })
  const say = async (body: string, parentId?: string) =>
    (
      await post(`/v1/articles/${id}/comments`, { author: { name: 'Ann' }, body, parentId }, { token: null })
    ).json<{
      id: string
      editKey: string
    }>()
  const comment = await say('Good <b>news</b>.')
  const answered = await visit('/articles/ferry', { 'if-none-match': tag })
  t.equal(answered.status, 200)
  t.equal(answered.page.querySelector('.words')!.textContent, 'Good <b>news</b>.')
  const { editKey } = comment
  await post(`/v1/comments/${comment.id}/edit`, { editKey, body: 'Better news.' }, { token: null })
  t.match((await visit('/articles/ferry')).body, /, edited<.*Better news/s)
  await say('Indeed.', comment.id)
  await post(`/v1/comments/${comment.id}/delete`, { editKey }, { token: null })
  t.match((await visit('/articles/ferry')).body, /Deleted<.*This comment was deleted.*Indeed/s)

  await patch(`/v1/articles/${id}`, { slug: 'boat', title: 'The boat' })
  t.match((await visit('/')).body, 'Late ferry keeps sailing', 'a draft is not shown')
  await post(`/v1/articles/${id}/publish`)
  t.match((await visit('/')).body, 'The boat')
  const moved = await visit('/articles/ferry')
  t.equal(moved.status, 308)
  t.equal(moved.headers.location, '/articles/boat')
  const source = (await read('/v1/sources')).json<{ data: { id: string }[] }>().data[0]!.id
  t.match((await visit(`/sources/${source}`)).body, 'Mara Lindqvist')
  await post(`/v1/articles/${id}/withdraw`)
  for (const path of ['/articles/boat', '/articles/ferry', `/sources/${source}`])
    t.equal((await visit(path)).status, 410, path)
  await remove(`/v1/articles/${id}`)
  t.notMatch((await visit('/')).body, 'The boat')
  t.equal((await server.inject({ url: '/', method: 'HEAD' })).statusCode, 200)
})

t.test(
  'a source has a page of what it said, wrote and is named in, each with pages of its own',
  async (t) => {
    const { visit, publish } = await site(t)
    const first = await publish({ slug: 'story-0', title: 'Story 0' })
    const id = first.sources[0]!.id
    const { page: speaker } = await visit(`/sources/${id}`)
    t.notMatch(speaker.querySelector('main')!.textContent, 'Stories by', 'she wrote none')
    for (let i = 1; i < 21; i++)
      await publish({ slug: `story-${i}`, title: `Story ${i}`, bylines: [{ name: 'M. L.', sourceId: id }] })
    const shownAt = async (url: string) => {
      const { status, page } = await visit(url)
      t.equal(status, 200, url)
      const [wrote, naming] = page.querySelectorAll('main .cards')
      return {
        page,
        said: page.querySelectorAll('.quote').length,
        wrote: wrote!.querySelectorAll('article').length,
        naming: naming!.querySelectorAll('article').length
      }
    }
    const whole = await shownAt(`/sources/${id}`)
    t.match(whole, { said: 20, wrote: 12, naming: 12 })
    t.same(
      [...whole.page.querySelectorAll('main h2')]
        .map((one) => one.textContent)
        .filter((one) => !/^Story/.test(one!)),
      ['Said', 'Stories by Mara Lindqvist', 'Stories that name Mara Lindqvist']
    )
    const [said, wrote, naming] = [...whole.page.querySelectorAll('a[rel=next]')].map(
      (one) => `/sources/${id}${one.getAttribute('href')}`
    )
    t.match(await shownAt(said!), { said: 1, wrote: 12, naming: 12 })
    t.match(await shownAt(wrote!), { said: 20, wrote: 8, naming: 12 })
    t.match(await shownAt(naming!), { said: 20, wrote: 12, naming: 9 })
    t.equal((await visit(said!.replace('said=', 'naming='))).status, 400, 'a cursor is of one list')
  }
)

t.test('lists go on, and an address that is none is told as a page', async (t) => {
  const { visit, publish, server } = await site(t)
  for (let i = 0; i < 14; i++)
    await publish({ slug: `story-${i}`, title: `Story ${i}`, quotes: [], sources: [] })
  const { page } = await visit('/')
  const next = page.querySelector('a[rel=next]')!.getAttribute('href')
  t.equal((await visit(`/${next}`)).page.querySelectorAll('article').length, 2)
  t.equal((await visit(`/sections/harbour`)).page.querySelectorAll('article').length, 12)
  for (let i = 14; i < 21; i++)
    await publish({ slug: `story-${i}`, title: `Story ${i}`, quotes: [], sources: [] })
  const found = await visit('/search?q=story&q=other')
  t.equal(found.page.querySelectorAll('.results li').length, 20)
  t.equal(
    (
      await visit(`/search${found.page.querySelector('a[rel=next]')!.getAttribute('href')}`)
    ).page.querySelectorAll('.results li').length,
    1
  )
  t.match((await visit('/search?q=nothingness')).body, 'Nothing was found')
  const box = async (url: string) => (await visit(url)).page.querySelector('#q')!.getAttribute('value')
  t.equal(await box('/search?q=%22late+ferry%22+%3Cb%3E'), '"late ferry" <b>', 'the box holds what was asked')
  t.equal(await box('/search'), null)
  t.equal(await box('/'), null)
  t.equal((await visit('/search')).status, 200)

  t.notOk((await visit('/articles/story-0')).page.querySelector('.voices'), 'nobody said anything')
  const keys = Array.from({ length: 21 }, (_, i) => `source${i}`)
  await publish({
    slug: 'many',
    sources: keys.map((key) => ({ key, kind: 'person', name: `Person ${key}` })),
    quotes: [
      {
        text: 'The ferry will keep sailing',
        attributions: keys.map((sourceId) => ({ hops: [{ sourceId, relation: 'said' }] })).slice(0, 20)
      },
      {
        text: 'The board agreed',
        kind: 'indirect',
        attributions: [
          { hops: keys.slice(0, 20).map((sourceId) => ({ sourceId, relation: 'said' })) },
          { hops: [{ sourceId: keys[20], relation: 'said' }] }
        ]
      }
    ]
  })
  t.match((await visit('/quotes')).page.querySelector('.chain')!.textContent, /a source|Person/)

  const wrong = await visit('/?cursor=nonsense')
  t.equal(wrong.status, 400)
  t.match(wrong.page.querySelector('main')!.textContent, 'This cursor is not one')
  for (const path of [
    '/articles/nothing',
    '/sections/nothing',
    '/sources/src_nothing',
    '/nothing',
    '/sample/pictures/nothing.svg'
  ]) {
    const { status, headers, page } = await visit(path)
    t.equal(status, 404, path)
    t.match(headers['content-type'], /^text\/html/)
    t.match(page.querySelector('h1')!.textContent, 'Not here')
  }
  const plain = await server.inject({ url: '/nothing' })
  t.match(plain.headers['content-type'], /problem\+json/)
  t.equal((await server.inject({ url: '/v1/articles/nothing' })).json().status, 404)
})

t.test('who comes at a bad moment is asked to come again, and a bug is none of the reader’s', async (t) => {
  const file = await database(t)
  const full = { ...noLoadLimits.anonymous, heap: Number.MIN_VALUE }
  const busy = await app(t, { ...on, loadLimits: { ...noLoadLimits, anonymous: full } })
  // The heap is measured once a second. What is not there is in no cache.
  await until(async () => (await busy.server.inject({ url: '/articles/y' })).statusCode === 503)
  const page = await busy.server.inject({ url: '/articles/x' })
  t.equal(page.statusCode, 503)
  t.match(page.body, '<meta http-equiv="refresh" content="2">')
  t.equal((await busy.server.inject({ url: '/site/style.css' })).statusCode, 200, 'files are in memory')
  const { server } = await app(t, { ...on, file })
  await meddle(file, 'drop table published')
  const broken = await server.inject({ url: '/articles/x' })
  t.equal(broken.statusCode, 500)
  t.match(broken.headers['content-type'], /problem\+json/)
  t.notMatch(broken.body, 'published')
})

t.test('the site is off unless it is switched on', async (t) => {
  const { server, read } = await app(t)
  for (const url of ['/', '/articles/x', '/site/style.css', '/sample/pictures/board-vote.svg'])
    t.match(
      (await server.inject({ url, headers: { accept: 'text/html' } })).headers['content-type'],
      /problem\+json/,
      url
    )
  t.equal((await read('/')).status, 404)
})

t.test('the pictures of the sample are those that its script draws', (t) => {
  for (const [name, scene] of Object.entries(scenes))
    t.equal(readFileSync(`sample/pictures/${name}.svg`, 'utf8'), drawing(scene), name)
  const named = readFileSync('sample/newsroom.json', 'utf8').matchAll(/sample\/pictures\/([\w-]+)\.svg/g)
  t.same([...new Set([...named].map(([, name]) => name))].sort(), Object.keys(scenes).sort())
  t.end()
})
