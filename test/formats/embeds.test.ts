// Quote cards, and oEmbed 1.0 held against its specification (oembed.com), read by the parsers of others.
import { hash } from 'node:crypto'
import { parseHTML } from 'linkedom'
import { SaxesParser } from 'saxes'
import t from 'tap'
import type { NewStory } from '../../src/content/articles/schema.ts'
import { isRightToLeft, linesOf } from '../../src/formats/embeds/lines.ts'
import { keepAddresses } from '../../src/importing/systems/writing/store.ts'
import { app } from '../support/app.ts'
import { newsroom } from './newsroom.ts'

const publisher = { apiUrl: 'https://api.news.example/', articleUrl: 'https://news.example/{section}/{slug}' }
const hostile = `</text></p><script>alert(1)</script> & "it's" ]]> \u0001\u202e`
const words = 'The ferry will keep sailing'

const story: NewStory = {
  title: 'Late ferry keeps sailing',
  language: 'en-GB',
  section: 'harbour',
  dek: 'It stays.',
  bylines: [{ name: 'Ida Reporter' }, { name: 'Bo Writer' }],
  body: { text: `"${words}," Mara Lindqvist told the Harbour Post.` },
  sources: [
    { key: 'lind', kind: 'person', name: 'Mara Lindqvist', role: 'harbour master' },
    { key: 'post', kind: 'organization', name: 'Harbour Post' }
  ],
  quotes: [
    {
      text: words,
      attributions: [
        {
          hops: [
            { sourceId: 'post', relation: 'reported', at: '2026-11-01T08:00:00Z' },
            { sourceId: 'lind', relation: 'told' }
          ]
        },
        { hops: [{ unnamed: { description: 'a passenger' }, relation: 'confirmed' }] }
      ]
    }
  ],
  leadMediaId: 'lead',
  media: [
    {
      key: 'lead',
      kind: 'image',
      url: 'https://pictures.example/ferry.jpg',
      alt: 'A ferry.',
      width: 500,
      height: 300,
      credits: [{ creditLine: 'Ana Example/Harbour Wire' }]
    }
  ]
}

/** The elements and texts of an XML document; throws where it is not well-formed. */
function elementsOf(xml: string) {
  const parser = new SaxesParser({ xmlns: true })
  const found: { name: string; text: string; attributes: Record<string, string> }[] = []
  const open: typeof found = []
  parser.on('opentag', ({ name, attributes }) => {
    const values = Object.entries(attributes).map(([key, { value }]) => [key, value])
    const element = { name, text: '', attributes: Object.fromEntries(values) as Record<string, string> }
    found.push(element)
    open.push(element)
  })
  parser.on('text', (text) => {
    const last = open.at(-1)
    if (last) last.text += text
  })
  parser.on('closetag', () => void open.pop())
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
  return found
}

/** What must not stand in a card: anything that runs, leads somewhere or is loaded. */
const active =
  /<(script|a|iframe|image|img|use|link|object|foreignObject|animate|set)\b|\s(on\w+|href|src|xlink:href|style)=|url\(|@import/i

const idsOf = async (read: (url: string) => Promise<{ json<T>(): T }>, id: string) =>
  (await read(`/v1/articles/${id}`)).json<{ quotes: { id: string }[]; slug: string }>()

t.test('a quote card says the words, whose they are according to whom, and where they stand', async (t) => {
  const { read, get, post, publish, put, patch } = await newsroom(t, publisher)
  const id = await publish(story)
  const quoteId = (await idsOf(read, id)).quotes[0]!.id
  const at = `/v1/quotes/${quoteId}/card`

  const page = await read(at, { headers: { accept: 'text/html,*/*;q=0.8' } })
  t.equal(page.headers['content-type'], 'text/html; charset=utf-8')
  t.match(page.headers, { vary: /^accept, /, 'cross-origin-resource-policy': 'cross-origin' })
  t.equal(page.headers['surrogate-key'], `${quoteId} ${id} publisher`)
  const { document } = parseHTML(page.body)
  t.equal(document.querySelector('blockquote')!.textContent, words)
  t.match(document.querySelector('blockquote')!.outerHTML, /lang="en-GB" dir="auto"/)
  t.same(
    [...document.querySelectorAll('.who')].map((one) => one.textContent),
    [
      'Mara Lindqvist, harbour master (told it), according to Harbour Post (reported it, 1 November 2026)',
      'a passenger (not named) (confirmed it)'
    ]
  )
  t.match(document.querySelector('.from')!.textContent, /^Late ferry keeps sailingThe Harbour Gazette · \d/)
  t.equal(document.querySelector('.note')!.textContent, 'quoted')
  t.ok(document.querySelector('time')!.getAttribute('datetime'))
  t.match(page.body, '<meta name="viewport"')
  t.notMatch(page.body, active)

  // Its policy lets its own style in, and nothing else.
  const policy = String(page.headers['content-security-policy'])
  const style = /<style>([\s\S]*?)<\/style>/
  t.match(policy, /^default-src 'none'; style-src [^;]*; base-uri 'none'; form-action 'none'; sandbox$/)
  t.match(policy, hash('sha256', style.exec(page.body)![1]!, 'base64'))

  const picture = await read(at, { headers: { accept: 'image/avif,image/svg+xml,image/*' } })
  t.equal(
    picture.headers['content-type'],
    'image/svg+xml; charset=utf-8',
    'as an element of a page asks for it'
  )
  const named = await read(`${at}?as=svg`)
  t.equal(named.body, picture.body)
  t.notMatch(String(named.headers.vary), 'accept,', 'its address says what it is')
  const elements = elementsOf(picture.body)
  t.match(elements[0], {
    name: 'svg',
    attributes: { role: 'img', 'aria-labelledby': 'card-name card-words' }
  })
  t.equal(
    elements.find(({ name }) => name === 'title')!.text,
    'The Harbour Gazette: Late ferry keeps sailing'
  )
  t.match(
    elements.find(({ name }) => name === 'desc')!.text,
    '“The ferry will keep sailing” Mara Lindqvist, harbour master (told it), according to Harbour Post'
  )
  t.match(
    elements.flatMap(({ name, text }) => (name === 'text' ? [text] : [])).join(' '),
    /^quoted The ferry will keep sailing Mara Lindqvist, .* a passenger .* Late ferry keeps sailing The Harbour Gazette · /
  )
  t.notMatch(picture.body.replace('http://www.w3.org/2000/svg', ''), /https?:/)
  t.notMatch(picture.body, active)
  t.match(
    String(picture.headers['content-security-policy']),
    hash('sha256', style.exec(picture.body)![1]!, 'base64')
  )
  t.match(picture.body, 'prefers-color-scheme: dark')

  // Kept and validated like every published answer, and the same for everybody.
  t.equal((await get(`${at}?as=svg`)).body, picture.body)
  const tag = { headers: { 'if-none-match': String(named.headers.etag) } }
  t.match(await read(`${at}?as=svg`, tag), { status: 304, headers: { 'content-security-policy': policy } })
  await patch(`/v1/articles/${id}`, { title: 'Canary' })
  t.equal((await read(`${at}?as=svg`, tag)).status, 304, 'a draft changes nothing')
  await put('/v1/ai-use', { site: { train: 'refused' } })
  t.match((await read(`${at}?as=svg`)).headers, { 'content-usage': 'train-ai=n' })
  await post(`/v1/articles/${id}/corrections`, {
    kind: 'correction',
    text: 'Late.',
    was: 'early',
    target: { quoteId }
  })
  await post(`/v1/articles/${id}/corrections`, { kind: 'correction', text: 'Of something else.' })
  await post(`/v1/articles/${id}/corrections`, { kind: 'retraction', text: 'All of it.' })
  await post(`/v1/articles/${id}/publish`)
  const corrected = parseHTML((await read(`${at}?as=html`)).body).document
  t.match(
    [...corrected.querySelectorAll('.notice')].map((one) => one.textContent),
    ['This story is retracted.', /^Correction, .*: Late\. It said: early$/]
  )
  t.match((await read(`${at}?as=svg`)).body, /This story is retracted\./)

  await post(`/v1/articles/${id}/withdraw`)
  t.equal((await read(at)).status, 410)
  t.equal((await read(`/v1/quotes/quo_${'0'.repeat(26)}/card`)).status, 404)
  t.equal((await read(`${at}?as=png`)).status, 400)
  t.equal((await read(at, { headers: { accept: 'application/pdf' } })).status, 406)
})

t.test('hostile words are words on a card, in every script', async (t) => {
  const { read, publish } = await newsroom(t, { ...publisher, name: `Gazette ${hostile}` })
  const scripts = [
    'السفينة تبقى في الميناء ولن تغادر قبل الصيف كما قال مدير الميناء',
    'הספינה תישאר בנמל',
    '渡船照常开行，港务局说它不会停止。'.repeat(8),
    'เรือเฟอร์รี่จะยังคงแล่นต่อไปจนถึงฤดูร้อนหน้าตามที่ผู้อำนวยการท่าเรือกล่าว',
    'नौका चलती रहेगी',
    '𝒻𝑒𝓇𝓇𝓎 🚢👩‍👩‍👧‍👧',
    'x'.repeat(300)
  ]
  for (const [i, text] of [hostile, ...scripts].entries()) {
    const id = await publish(
      {
        title: `${i} ${text}`,
        language: 'und',
        body: [{ _type: 'block', children: [{ _type: 'span', text: `“${text}”` }] }],
        sources: [{ key: 'who', kind: 'person', name: text.slice(0, 200) }],
        quotes: [
          { text, ...(i % 2 && { attributions: [{ hops: [{ sourceId: 'who', relation: 'said' }] }] }) }
        ]
      },
      i % 2 ? [] : ['quote-without-attribution']
    )
    const quoteId = (await idsOf(read, id)).quotes[0]!.id
    const { document } = parseHTML((await read(`/v1/quotes/${quoteId}/card?as=html`)).body)
    // Control characters cannot be shown, and white space is white space.
    const shown = text.replace('\u0001', '')
    t.equal(document.querySelector('blockquote')!.textContent, shown)
    t.notOk(document.querySelector('script'))
    t.match(document.querySelector('.who')!.textContent, i % 2 ? text.slice(0, 10) : /^Nobody is on record/)
    const lines = elementsOf((await read(`/v1/quotes/${quoteId}/card?as=svg`)).body).filter(
      ({ attributes }) => attributes.class === 'words'
    )
    const bare = (some: string) => some.replaceAll(/\s/g, '')
    t.equal(bare(lines.map((line) => line.text).join('')), bare(shown), 'nothing is lost between lines')
    t.equal(lines[0]!.attributes.direction, i === 1 || i === 2 ? 'rtl' : undefined)
    t.equal(lines[0]!.attributes.x, i === 1 || i === 2 ? '456' : '24')
  }
})

t.test('lines end where words do, and between words of scripts without spaces', async (t) => {
  t.same(linesOf('The ferry will keep sailing', 8), ['The ferry will', 'keep sailing'])
  t.same(linesOf('渡船照常。“开行”', 4.3), ['渡船', '照常。', '“开行”'])
  t.same(linesOf('unbreakable', 3), ['unbre', 'akabl', 'e'])
  t.same(linesOf('', 10), [])
  t.equal(isRightToLeft('123'), false)
})

t.test('an article and a quote are embedded by their addresses (oEmbed 1.0, 2.3.4)', async (t) => {
  const { db, read, get, post, publish, patch } = await newsroom(t, publisher)
  const id = await publish(story)
  const { quotes, slug } = await idsOf(read, id)
  const quoteId = quotes[0]!.id
  const page = `https://news.example/harbour/${slug}`
  const ask = (parameters: Record<string, string>) => read(`/v1/oembed?${new URLSearchParams(parameters)}`)

  const answer = await ask({ url: page })
  t.equal(answer.headers['content-type'], 'application/json; charset=utf-8')
  t.equal((await get(`/v1/oembed?${new URLSearchParams({ url: page })}`)).body, answer.body)
  t.equal(answer.headers['surrogate-key'], `${id} publisher`)
  const embed = answer.json<Record<string, string | number>>()
  t.match(embed, {
    version: '1.0',
    type: 'rich',
    title: 'Late ferry keeps sailing',
    author_name: 'Ida Reporter, Bo Writer',
    provider_name: 'The Harbour Gazette',
    provider_url: 'https://news.example/',
    cache_age: 3600,
    width: 600,
    height: Number,
    thumbnail_url: 'https://pictures.example/ferry.jpg',
    thumbnail_width: 500,
    thumbnail_height: 300,
    thumbnail_credit: 'Ana Example/Harbour Wire'
  })
  const { document } = parseHTML(`<body>${embed.html}</body>`)
  t.equal(document.querySelector('a')!.getAttribute('href'), page)
  t.equal(document.querySelector('a')!.textContent, 'Late ferry keeps sailing')
  t.match(
    document.querySelector('blockquote')!.textContent,
    /It stays\.By Ida Reporter, Bo Writer · .* · The Harbour Gazette/
  )

  const small = (await ask({ url: page, maxwidth: '320', maxheight: '120' })).json<typeof embed>()
  t.match(small, { width: 320, height: 120 })
  t.notOk('thumbnail_url' in small, 'a picture that is too large is none')
  t.equal((await ask({ url: page, maxwidth: '1' })).json<typeof embed>().width, 1)

  const xml = await ask({ url: page, format: 'xml' })
  t.equal(xml.headers['content-type'], 'text/xml; charset=utf-8')
  const [root, ...members] = elementsOf(xml.body)
  t.equal(root!.name, 'oembed')
  t.same(
    Object.fromEntries(members.map(({ name, text }) => [name, text])),
    Object.fromEntries(Object.entries(embed).map(([name, value]) => [name, String(value)])),
    'both formats say the same'
  )

  const quote = (await ask({ url: `${page}#said-${quoteId}`, maxwidth: '400' })).json<typeof embed>()
  t.match(quote, {
    type: 'rich',
    title: 'Late ferry keeps sailing',
    author_name: 'Mara Lindqvist, harbour master; a passenger (not named)',
    width: 400
  })
  const frame = parseHTML(`<body>${quote.html}</body>`).document.querySelector('iframe')!
  t.equal(frame.getAttribute('sandbox'), '')
  t.match(frame.getAttribute('title'), /^The ferry will keep sailing Mara Lindqvist/)
  t.equal(frame.getAttribute('height'), String(quote.height))
  const src = frame.getAttribute('src')!
  t.equal(src, `https://api.news.example/v1/quotes/${quoteId}/card?as=html`)
  t.equal((await read(src.replace('https://api.news.example', ''))).status, 200)

  // Every address that means it.
  await patch(`/v1/articles/${id}`, { slug: 'ferry-now' })
  await post(`/v1/articles/${id}/publish`)
  for (const url of [
    'https://news.example/harbour/ferry-now?from=mail#top',
    'https://news.example/harbour/ferry-now/',
    page,
    `https://api.news.example/v1/articles/${id}`,
    'https://api.news.example/v1/articles/ferry-now/html'
  ])
    t.match((await ask({ url })).json(), { html: /news\.example\/harbour\/ferry-now"/ }, url)
  for (const url of [src, `https://api.news.example/v1/quotes/${quoteId}`])
    t.match((await ask({ url })).json(), { html: /<iframe/ }, url)
  const own = await publish({ ...story, title: 'Special', canonicalUrl: 'https://news.example/special' })
  for (const url of ['https://news.example/special', 'https://news.example/special?from=mail'])
    t.match((await ask({ url })).json(), { title: 'Special' })
  await db.write('a test', (tx) =>
    keepAddresses(
      tx,
      ['/2019/special/'].map((path) => ({ path, articleId: own }))
    )
  )
  t.match((await ask({ url: 'https://news.example/2019/special/' })).json(), { title: 'Special' })
  t.equal((await ask({ url: 'https://other.example/2019/special/' })).status, 404)
  await patch('/v1/publisher', { articleUrl: 'https://news.example/read?a={id}' })
  t.match((await ask({ url: `https://news.example/read?a=${own}` })).json(), { title: 'Special' })

  // What has no answer.
  for (const url of [
    'https://other.example/harbour/ferry-now',
    'https://api.news.example/other',
    'https://news.example/read',
    'https://news.example/read?a=%80',
    'https://api.news.example/v1/articles/%80',
    'https://api.news.example/v1/sources',
    `https://api.news.example/v1/quotes/quo_${'0'.repeat(26)}`,
    `https://api.news.example/v1/articles/${own}#said-${quoteId}`
  ])
    t.equal((await ask({ url })).status, 404, url)
  const yaml = await ask({ url: page, format: 'yaml' })
  t.match(yaml, { status: 501, headers: { 'content-type': /^application\/problem\+json/ } })
  t.match(yaml.json(), { type: '/problems/not-implemented', detail: /json or xml, not as yaml/ })
  t.equal((await ask({})).status, 400)
  t.equal((await ask({ url: 'ferry' })).status, 400)
  t.equal((await ask({ url: page, maxwidth: 'wide' })).status, 400)
  await post(`/v1/articles/${id}/corrections`, { kind: 'retraction', text: 'All of it.' })
  await post(`/v1/articles/${id}/publish`)
  const retracted = (await ask({ url: `https://api.news.example/v1/articles/${id}` })).json<typeof embed>()
  t.match(retracted.html, /This story is retracted\..*Retraction, \d.*: All of it\./)
  t.ok(retracted.height! > embed.height!, 'which takes its room')
  await post(`/v1/articles/${id}/withdraw`)
  t.equal((await ask({ url: `https://api.news.example/v1/articles/${id}` })).status, 404)
})

t.test('the page of an article tells how it is embedded (oEmbed 1.0, 4)', async (t) => {
  const { read, publish, put } = await newsroom(t, publisher)
  const id = await publish({
    ...story,
    title: 'Ferries & <b>boats</b>',
    leadMediaId: null,
    bylines: [],
    dek: null
  })
  const linksIn = async () =>
    [
      ...parseHTML((await read(`/v1/articles/${id}/html`)).body).document.querySelectorAll(
        'link[type$="oembed"]'
      )
    ].map((one) => [one.getAttribute('type'), one.getAttribute('title'), one.getAttribute('href')!] as const)
  const links = await linksIn()
  t.same(
    links.map(([type, title]) => [type, title]),
    ['application/json+oembed', 'text/xml+oembed'].map((type) => [type, 'Ferries & <b>boats</b>'])
  )
  for (const [, , href] of links)
    t.equal((await read(href.replace('https://api.news.example', ''))).status, 200)
  const json = (await read(links[0]![2].replace('https://api.news.example', ''))).json<
    Record<string, string>
  >()
  t.notOk('author_name' in json || 'thumbnail_url' in json, 'what is not known is not said')

  // The lead picture has no credit, or is no picture.
  const lead = { ...story.media![0]!, url: 'https://pictures.example/bare.jpg', credits: [] }
  const bare = await publish({ ...story, title: 'Bare', media: [lead] }, ['picture-without-credit'])
  const film = await publish({ ...story, title: 'Film', media: [{ ...story.media![0]!, kind: 'video' }] })
  const embedded = async (id: string) =>
    (await read(`/v1/oembed?url=https://api.news.example/v1/articles/${id}`)).json<Record<string, string>>()
  t.match(await embedded(bare), { thumbnail_url: /bare/, thumbnail_credit: undefined })
  t.match(await embedded(film), { thumbnail_url: undefined })
  const unmeasured = { ...lead, url: 'https://pictures.example/x.jpg', width: null }
  const some = await publish({ ...story, title: 'Some', media: [unmeasured] }, ['picture-without-credit'])
  t.match(await embedded(some), { thumbnail_url: undefined })

  await put('/v1/publisher', { url: 'https://news.example', articleUrl: 'https://news.example/{year}' })
  const [[, , href]] = (await linksIn()) as [(typeof links)[0]]
  t.match(href, encodeURIComponent(`/v1/articles/${id}`), 'where the address has no name in it')
  t.equal((await read(href.replace('https://news.example', ''))).status, 200)
  await put('/v1/publisher', { url: 'https://news.example', articleUrl: 'https://news.example:99999/{slug}' })
  t.equal((await read(`/v1/oembed?url=https://news.example/bare`)).status, 404)
  await put('/v1/publisher', { name: 'The Harbour Gazette' })
  t.same(await linksIn(), [])
  t.match(await read('/v1/oembed?url=https%3A%2F%2Fnews.example%2Fa'), { status: 404, body: /set `url`/ })

  const nowhere = await app(t, { config: { ONRECORD_SITE_URL: 'https://news.example:99999' } })
  t.equal((await nowhere.read('/v1/oembed?url=https://news.example/articles/bare')).status, 404)
})
