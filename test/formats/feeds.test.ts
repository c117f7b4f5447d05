// Feeds in RSS, Atom and JSON Feed, read back by the libraries of others.
import { createHash } from 'node:crypto'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import RssParser from 'rss-parser'
import { SaxesParser } from 'saxes'
import t, { type Test } from 'tap'
import type { NewStory } from '../../src/content/articles/schema.ts'
import { app, type Client, onPostgres } from '../support/app.ts'

const url = 'https://news.example/'
const picture = {
  key: 'lead',
  kind: 'image' as const,
  url: 'https://pictures.example/ferry.jpg?a=1&b=2',
  caption: 'The late ferry.',
  alt: 'A ferry at dusk.',
  width: 1600,
  height: 900,
  credits: [
    {
      creditLine: 'Ana Example/Harbour Wire',
      creators: ['Ana Example'],
      suppliers: ['Harbour Wire'],
      copyrightNotice: 'Copyright 2026 Harbour Wire',
      licence: { name: 'Editorial use only', url: 'https://wire.example/licence' }
    }
  ]
}
const story = (title: string, more: Partial<NewStory> = {}): NewStory => ({
  title,
  language: 'en-GB',
  section: 'harbour',
  tags: ['ferry'],
  dek: 'It stays.',
  bylines: [{ name: 'Ida Reporter' }, { name: 'Bo Writer' }],
  body: { markdown: 'The ferry **stays** & sails.' },
  ...more
})

async function newsroom(t: Test) {
  const client = await app(t)
  await client.put('/v1/publisher', {
    name: 'The Harbour Gazette',
    description: 'News from the harbour.',
    language: 'en-GB',
    url,
    apiUrl: 'https://api.news.example/',
    copyrightNotice: 'Copyright 2026 The Harbour Gazette'
  })
  return { ...client, publish: (story: NewStory) => published(client, story) }
}

async function published({ post }: Client, story: NewStory): Promise<{ id: string; slug: string }> {
  const draft = await post('/v1/articles', story)
  if (draft.status !== 201) throw new Error(draft.body)
  const { id } = draft.json<{ id: string }>()
  const answer = await post(`/v1/articles/${id}/publish`, { waive: [] })
  if (answer.status !== 200) throw new Error(answer.body)
  return answer.json()
}

/** All texts of the elements of this name; throws where the XML is not well-formed. */
function textsOf(xml: string, name: string): string[] {
  const parser = new SaxesParser({ xmlns: true })
  const [texts, open]: [string[], string[]] = [[], []]
  parser.on('opentag', (tag) => {
    open.push(tag.name)
    if (tag.name === name) texts.push('')
  })
  parser.on('closetag', () => void open.pop())
  parser.on('text', (text) => {
    if (open.at(-1) === name) texts.push(texts.pop() + text)
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
  return texts
}

t.test(
  'a feed says who wrote a story, who took its picture and what was corrected, in every format',
  async (t) => {
    const { read, post, publish } = await newsroom(t)
    const { id } = await publish(story('Ferries & <b>boats</b>', { leadMediaId: 'lead', media: [picture] }))
    const correction = { kind: 'correction', text: 'It was the late ferry.', was: 'early', now: 'late' }
    await post(`/v1/articles/${id}/corrections`, correction)
    await post(`/v1/articles/${id}/publish`)

    const rss = await read('/v1/feeds/rss')
    t.equal(rss.headers['content-type'], 'application/rss+xml; charset=utf-8')
    const channel = parseRssFeed(rss.body)
    t.match(channel, {
      title: 'The Harbour Gazette',
      link: url,
      description: 'News from the harbour.',
      language: 'en-GB',
      copyright: 'Copyright 2026 The Harbour Gazette',
      atom: { links: [{ rel: 'self', href: 'https://api.news.example/v1/feeds/rss' }] }
    })
    const [item] = channel.items!
    t.match(item, {
      title: 'Ferries & <b>boats</b>',
      link: 'https://news.example/articles/ferries-b-boats-b',
      guid: { isPermaLink: false },
      dc: { creators: ['Ida Reporter', 'Bo Writer'] },
      media: {
        contents: [
          {
            url: picture.url,
            medium: 'image',
            width: 1600,
            credits: [
              { role: 'photographer', scheme: 'urn:ebu', value: 'Ana Example' },
              { role: 'distribution company', value: 'Harbour Wire' }
            ]
          }
        ]
      }
    })
    t.same(
      item!.categories!.map(({ name }) => name),
      ['harbour', 'ferry']
    )
    t.match(item!.description, /^It stays\. Correction, \d+ \w+ 2\d{3}: It was the late ferry\.$/)
    t.match(item!.content!.encoded, /<strong>stays<\/strong> &amp; sails/)
    t.match(item!.content!.encoded, /Ana Example\/Harbour Wire/, 'the credit line stands under the picture')
    t.match(item!.content!.encoded, /It was the late ferry\.<\/p>$/)
    t.same(textsOf(rss.body, 'media:copyright'), ['Copyright 2026 Harbour Wire'])
    t.same(textsOf(rss.body, 'media:description'), ['The late ferry. Ana Example/Harbour Wire'])

    const atom = await read('/v1/feeds/atom')
    t.equal(atom.headers['content-type'], 'application/atom+xml; charset=utf-8')
    const feed = parseAtomFeed(atom.body)
    t.equal(feed.id, 'https://api.news.example/v1/feeds/atom')
    const [entry] = feed.entries!
    t.match(entry, {
      id: item!.guid!.value,
      title: { value: 'Ferries & <b>boats</b>' },
      links: [{ rel: 'alternate', href: item!.link }],
      authors: [{ name: 'Ida Reporter' }, { name: 'Bo Writer' }],
      content: { value: item!.content!.encoded!, type: 'html' }
    })
    t.ok(entry!.updated! >= entry!.published!, 'a correction is an update')

    const json = parseJsonFeed((await read('/v1/feeds/json')).body)
    t.match(json.items![0], {
      id: item!.guid!.value,
      url: item!.link,
      image: picture.url,
      authors: [{ name: 'Ida Reporter' }, { name: 'Bo Writer' }],
      tags: ['harbour', 'ferry'],
      content_html: item!.content!.encoded
    })
    t.match((await read('/v1/feeds/json')).json(), {
      items: [{ _onrecord: { media: [{ credits: picture.credits }] } }]
    })

    const other = await new RssParser().parseString(rss.body)
    t.match(other.items[0], { title: 'Ferries & <b>boats</b>', link: item!.link, guid: item!.guid!.value })
    t.equal(
      Date.parse(other.items[0]!.isoDate!),
      Math.floor(Date.parse(String(entry!.published)) / 1000) * 1000
    )
  }
)

t.test('a story of which little is known is an entry all the same', async (t) => {
  const { read, patch, publish } = await newsroom(t)
  await patch('/v1/publisher', {
    description: null,
    language: null,
    logoUrl: 'https://news.example/logo.png'
  })
  const silent = { kind: 'video' as const, caption: null, credits: [{ creditLine: 'Courtesy of the board' }] }
  await publish({
    title: 'A late ferry',
    language: 'en',
    body: { html: '<p>It stays.</p><img src="film"><img src="lost">' },
    media: [
      { ...silent, key: 'film', url: 'https://pictures.example/ferry.mp4', caption: 'The last ferry' },
      { ...silent, key: 'lost', url: null }
    ],
    leadMediaId: 'film'
  })
  const rss = await read('/v1/feeds/rss')
  const channel = parseRssFeed(rss.body)
  t.match(channel, { description: 'The Harbour Gazette', image: { url: 'https://news.example/logo.png' } })
  const [item] = channel.items!
  t.equal(item!.description, undefined)
  t.same(item!.media!.contents, [
    {
      url: 'https://pictures.example/ferry.mp4',
      type: 'video/mp4',
      medium: 'video',
      description: { value: 'The last ferry Courtesy of the board', type: 'plain' },
      credits: [{ value: 'Courtesy of the board' }]
    }
  ])
  t.equal(
    item!.content!.encoded!.match(/ferry\.mp4/g)!.length,
    1,
    'what the body shows does not stand above it'
  )
  const atom = parseAtomFeed((await read('/v1/feeds/atom?content=summary')).body)
  t.match(atom, { authors: [{ name: 'The Harbour Gazette' }], logo: 'https://news.example/logo.png' })
  t.equal(atom.entries![0]!.authors, undefined)
  const json = (await read('/v1/feeds/json?content=summary')).json<{ items: object[] }>()
  t.match(json.items[0], {
    ...{ content_text: 'A late ferry', tags: [] },
    attachments: [
      { url: 'https://pictures.example/ferry.mp4', mime_type: 'video/mp4', title: 'The last ferry' }
    ]
  })
  t.notMatch(json.items[0], { summary: '' })
})

t.test('feeds are well-formed whatever a title holds', async (t) => {
  const { read, publish } = await newsroom(t)
  const hostile = [
    'An end ]]> of CDATA',
    'A \u0001control \u0008 and \ufffe none',
    '</title><script>alert(1)</script>',
    '&amp; &eacute; &#0; &lt;',
    'السفينة تبقى \u202e back',
    '渡船照常开行 𝒻𝑒𝓇𝓇𝓎 🚢',
    '"quotes" \' and = `ticks`',
    'A line\rand\nanother'
  ]
  for (const title of hostile)
    await publish(story(title, { tags: [title.slice(0, 80)], bylines: [{ name: title }], dek: title }))
  // What XML 1.0 forbids is left out.
  const titles = hostile
    .map((title) => title.replaceAll(/[\ufffe\p{Cc}]/gu, (one) => (/\s/.test(one) ? one : '')))
    .reverse()
  const rss = await read('/v1/feeds/rss')
  t.same(textsOf(rss.body, 'title').slice(1), titles)
  t.same(textsOf(rss.body, 'dc:creator'), titles)
  const atom = await read('/v1/feeds/atom')
  t.same(textsOf(atom.body, 'title').slice(1), titles)
  const json = (await read('/v1/feeds/json')).json<{ items: { title: string }[] }>()
  t.equal(json.items.length, hostile.length)
})

t.test('a feed has the filters and the pages of the list of articles', async (t) => {
  const { read, publish } = await newsroom(t)
  for (let n = 1; n <= 5; n++)
    await publish(
      story(`Story ${n}`, { section: n % 2 ? 'harbour' : 'town', language: n % 2 ? 'en-GB' : 'de' })
    )
  const titles = (body: string) => textsOf(body, 'title')
  const harbour = await read('/v1/feeds/rss?section=harbour')
  t.same(titles(harbour.body), ['The Harbour Gazette: harbour', 'Story 5', 'Story 3', 'Story 1'])
  t.same(titles((await read('/v1/feeds/atom?language=de')).body).slice(1), ['Story 4', 'Story 2'])
  t.same(textsOf((await read('/v1/feeds/rss?section=town')).body, 'dc:language'), ['de', 'de'])

  const first = parseAtomFeed((await read('/v1/feeds/atom?limit=3')).body)
  const next = first.links!.find(({ rel }) => rel === 'next')!.href!
  const second = await read(next.replace('https://api.news.example', ''))
  t.same(titles(second.body).slice(1), ['Story 2', 'Story 1'])
  t.match((await read('/v1/feeds/rss?limit=3')).body, /rel="next" [^>]*cursor=/)
  t.match((await read('/v1/feeds/json?limit=3')).json(), { next_url: /cursor=/ })
  t.equal((await read('/v1/feeds/rss?cursor=nonsense')).status, 400)
  t.equal((await read('/v1/feeds/xml')).status, 400)

  const summaries = parseRssFeed((await read('/v1/feeds/rss?content=summary')).body)
  t.equal(summaries.items![0]!.description, 'It stays.')
  t.equal(summaries.items![0]!.content, undefined)
  const items = (await read('/v1/feeds/json?content=summary')).json<{ items: { content_text: string }[] }>()
    .items
  t.equal(items[0]!.content_text, 'It stays.')
})

t.test('a feed follows its articles, and never shows a draft', async (t) => {
  const { read, publish, draft, patch, post } = await newsroom(t)
  const { id } = await publish(story('Late ferry keeps sailing'))
  await draft({ title: 'Canary in the harbour', dek: 'canary' })
  const first = await read('/v1/feeds/rss')
  t.equal(
    (await read('/v1/feeds/rss', { headers: { 'if-none-match': String(first.headers.etag) } })).status,
    304
  )
  t.match(first.headers['surrogate-key'], `articles ${id}`)
  t.notMatch(first.body, /canary/i)

  await patch(`/v1/articles/${id}`, { title: 'Canary ferry' })
  t.equal((await read('/v1/feeds/rss')).body, first.body, 'a changed draft changes nothing')
  await post(`/v1/articles/${id}/publish`)
  t.match((await read('/v1/feeds/rss')).body, /<title>Canary ferry<\/title>/)
  await post(`/v1/articles/${id}/withdraw`)
  t.same(textsOf((await read('/v1/feeds/rss')).body, 'lastBuildDate'), [])
  t.same(textsOf((await read('/v1/feeds/atom')).body, 'title'), ['The Harbour Gazette'])
  t.match((await read('/v1/feeds/atom')).body, /<updated>1970-01-01T00:00:00.000Z<\/updated>/)
})

t.test('stories of megabytes are entries like any other, whatever stands where they are cut', async (t) => {
  const { read, post, publish } = await newsroom(t)
  const { id: oldest } = await publish(story('Withdrawn meanwhile'))
  // Both halves of a character stand where slices of an even length begin, or end.
  const { slug } = await publish(story('Long', { dek: null, body: { text: `${'🚢'.repeat(90_000)} & <b>` } }))
  await publish(story('Longer', { body: { text: 'R&B & '.repeat(100_000) } }))
  const html = (await read(`/v1/articles/${slug}?body=html`)).json<{ body: string }>().body
  for (const [format, element] of [
    ['rss', 'content:encoded'],
    ['atom', 'content']
  ] as const) {
    const { body, headers } = await read(`/v1/feeds/${format}`)
    t.ok(textsOf(body, element)[1] === html, format)
    const tag = createHash('sha256').update(body).digest('base64url').slice(0, 22)
    t.equal(headers.etag, `"${tag}"`)
  }
  const items = (body: string) => (JSON.parse(body) as { items: { title: string }[] }).items
  const reading = read('/v1/feeds/json')
  await post(`/v1/articles/${oldest}/withdraw`)
  const titles = items((await reading).body).map(({ title }) => title)
  // An answer of PostgreSQL is of one moment, which may be before the story was withdrawn.
  t.same(onPostgres ? titles.slice(0, 2) : titles, ['Longer', 'Long'])
})

t.test('without the address of a front page there is no feed, and the answer says what to do', async (t) => {
  const { read, put } = await app(t)
  const answer = await read('/v1/feeds/rss')
  t.equal(answer.status, 404)
  t.match(answer.json<{ detail: string }>().detail, /set `url` of \/v1\/publisher/)
  await put('/v1/publisher', { url, language: 'en' })
  const atom = await read('/v1/feeds/atom?section=harbour')
  t.same(textsOf(atom.body, 'id'), [`${url}#/v1/feeds/atom?section=harbour`])
  t.notMatch(atom.body, 'rel="self"', 'nobody said how readers reach the API')
})

t.test(
  'the newsroom says where its articles are, and old editions of what it says are not overwritten',
  async (t) => {
    const { read, get, put, patch, post } = await app(t, {
      config: { ONRECORD_SITE_URL: 'https://site.example' }
    })
    t.match((await read('/v1/publisher')).json(), { name: 'News', url: 'https://site.example', policies: {} })
    const draft = await get('/v1/publisher?edition=draft')
    t.match(draft.json(), { version: 0, url: null })
    const articleUrl = 'https://news.example/{section}/{year}/{slug}'
    const etag = String(draft.headers.etag)
    t.equal((await put('/v1/publisher', { articleUrl }, { headers: { 'if-match': etag } })).status, 200)
    t.equal((await put('/v1/publisher', { name: 'Late' }, { headers: { 'if-match': etag } })).status, 412)
    t.equal((await patch('/v1/publisher', { articleUrl: 'https://news.example/{title}' })).status, 400)
    t.equal((await patch('/v1/publisher', { name: 'The Gazette' })).status, 200)
    t.match((await read('/v1/publisher')).json(), { name: 'The Gazette', articleUrl })
    t.equal((await put('/v1/publisher', {}, { token: null })).status, 401)

    const publish = (story: NewStory) => published({ post } as Client, story)
    await publish(story('Ours', { publishedAt: '2025-03-01T10:00:00Z' }))
    await publish(
      story('Theirs', {
        canonicalUrl: 'https://wire.example/1',
        origin: { publisher: 'Wire', copyrightNotice: '© Wire' }
      })
    )
    await publish(story('Also ours', { canonicalUrl: 'https://news.example/special' }))
    t.same(textsOf((await read('/v1/feeds/rss')).body, 'dc:rights'), ['© Wire'])
    t.same(textsOf((await read('/v1/feeds/atom')).body, 'rights'), ['© Wire'])
    const { items } = (await read('/v1/feeds/json')).json<{ items: { title: string; url: string }[] }>()
    const urls = Object.fromEntries(items.map(({ title, url }) => [title, url]))
    t.match(urls.Ours, /^https:\/\/news\.example\/harbour\/\d{4}\/ours$/)
    t.match(urls.Theirs, /^https:\/\/news\.example\/harbour\/\d{4}\/theirs$/)
    t.equal(urls['Also ours'], 'https://news.example/special')
  }
)

t.test('sound stands in a feed beside the picture, each with its registered type', async (t) => {
  const { publish, get } = await newsroom(t)
  const sound = { ...picture, key: 'sound', kind: 'audio' as const, url: 'https://sound.example/3.mp3' }
  await publish(
    story('The pier, episode 3', {
      media: [picture, sound],
      leadMediaId: 'lead',
      body: [
        { _type: 'block', style: 'normal', children: [{ _type: 'span', text: 'Listen.' }] },
        { _type: 'image', mediaId: 'sound' }
      ]
    })
  )
  for (const form of ['rss', 'atom']) {
    const { body } = await get(`/v1/feeds/${form}`)
    const types = body.match(/<media:content [^>]*/g)!.map((one) => /type="([^"]*)/.exec(one)?.[1])
    t.same(types.toSorted(), ['audio/mpeg', 'image/jpeg'], form)
  }
})
