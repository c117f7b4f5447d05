// What readers fetch: one document, cached; lists that find everything once; HTML that is safe to show.
import { hash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { parseHTML } from 'linkedom'
import t from 'tap'
import type { Article, NewStory } from '../../src/content/articles/schema.ts'
import type { Attribution } from '../../src/content/attributions/schema.ts'
import { type Answer, app, type Client, ferry } from '../support/app.ts'
import { forged } from '../support/forged-cursors.ts'
import { attributionsOf, placeOf } from './text-order.ts'

const caching = 'public, max-age=5, stale-while-revalidate=60, stale-if-error=86400'

async function published(client: Client, story: Partial<NewStory> = {}) {
  const { id } = await client.draft(story)
  const answer = await client.post(`/v1/articles/${id}/publish`)
  if (answer.status !== 200) throw new Error(answer.body)
  return (await client.read(`/v1/articles/${id}`)).json<Article>()
}

const ids = (answer: Answer) => answer.json<{ data: { id: string }[] }>().data.map(({ id }) => id)
const nextOf = ({ headers }: Answer) => /^<(.+)>; rel="next"$/.exec(String(headers.link ?? ''))?.[1]

/** Every id of a list, page by page as the Link header leads; `between` runs after each page. */
async function walk({ read }: Client, first: string, between: () => Promise<unknown> = async () => {}) {
  const found: string[] = []
  const lengths: number[] = []
  for (let url: string | undefined = first; url !== undefined; ) {
    const answer: Answer = await read(url)
    lengths.push(ids(answer).length)
    found.push(...ids(answer))
    url = nextOf(answer)
    await between()
  }
  return { found, lengths }
}

t.test('a document is fetched once and then only asked after', async (t) => {
  const client = await app(t)
  const { get, read, server, patch, post } = client
  const media = [{ key: 'lead', kind: 'image' as const, credits: [{ creditLine: 'Ana' }] }]
  const article = await published(client, { media, leadMediaId: 'lead' })
  const [quote] = article.quotes
  const [lead] = article.media
  const urls = [
    `/v1/articles/${article.id}`,
    `/v1/articles/${article.slug}`,
    ...['html', 'markdown', 'text'].map((form) => `/v1/articles/${article.id}?body=${form}`),
    `/v1/quotes/${quote!.id}`,
    `/v1/attributions/${quote!.attributions[0]!.id}`,
    `/v1/sources/${article.sources[0]!.id}`,
    `/v1/media/${lead!.id}`,
    `/v1/media-credits/${lead!.credits[0]!.id}`,
    '/v1/articles',
    '/v1/quotes?kind=direct'
  ]
  for (const url of urls) {
    const answer = await read(url)
    const tag = String(answer.headers.etag)
    t.match(tag, /^"[\w-]{22}(-html|-markdown|-text)?"$/, url)
    t.match(answer.headers, {
      'cache-control': caching,
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff'
    })
    const known = [tag, `W/${tag}`, '*', `"other", ${tag}`, `"a",W/"b" ,  W/${tag},"c"`]
    for (const header of known) {
      const unchanged = await read(url, { headers: { 'if-none-match': header } })
      t.same([unchanged.status, unchanged.body], [304, ''], `${url} ${header}`)
      t.match(unchanged.headers, { etag: tag, 'cache-control': caching }, header)
      t.notOk('content-type' in unchanged.headers, '304 describes no content')
    }
    for (const header of ['"other"', tag.slice(1, -1), `"x${tag.slice(1)}`, '', 'W/*']) {
      const changed = await read(url, { headers: { 'if-none-match': header } })
      t.same([changed.status, changed.body], [200, answer.body], `${url} ${header}`)
    }
    const admin = await get(url)
    t.same([admin.body, admin.headers.etag], [answer.body, tag], 'the same for every caller')
    t.equal(admin.headers['cache-control'], caching)
    const nonsense = await get(url, { token: 'onr_nonsense' })
    t.same([nonsense.status, nonsense.headers.etag], [200, tag], 'a token is not looked at')

    const head = await server.inject({ method: 'HEAD', url })
    t.same([head.statusCode, head.body], [200, ''], `HEAD ${url}`)
    for (const name of ['etag', 'cache-control', 'content-type', 'content-length', 'x-content-type-options'])
      t.equal(head.headers[name], answer.headers[name], `HEAD ${url} ${name}`)
    const same = await server.inject({ method: 'HEAD', url, headers: { 'if-none-match': tag } })
    t.same([same.statusCode, same.body, same.headers.etag], [304, '', tag])
  }
  t.equal((await server.inject({ method: 'HEAD', url: '/v1/articles/never-was' })).statusCode, 404)

  const [by] = urls
  const [before, html] = [await read(by!), await read(`${by}?body=html`)]
  t.not(before.headers.etag, html.headers.etag)
  t.equal((await read(`${by}?body=portable-text`)).headers.etag, before.headers.etag)
  t.equal(
    (await read(`${by}?body=html`, { headers: { 'if-none-match': String(before.headers.etag) } })).status,
    200
  )
  const asked = { headers: { 'if-none-match': `${before.headers.etag}, ${html.headers.etag}` } }
  await patch(by!, { title: 'Edited' })
  t.equal((await read(by!, asked)).status, 304, 'the desk changes nothing')
  t.equal((await read(`${by}?body=html`, asked)).status, 304)
  await post(`${by}/publish`)
  t.equal((await read(by!, asked)).status, 200, 'publishing does')
  t.equal((await read(`${by}?body=html`, asked)).status, 200)
  t.equal((await read('/v1/articles', asked)).json<{ data: Article[] }>().data[0]!.title, 'Edited')

  await post(`${by}/withdraw`)
  t.equal((await read(by!, { headers: { 'if-none-match': '*' } })).status, 410)
  t.equal((await read('/v1/articles/never-was', { headers: { 'if-none-match': '*' } })).status, 404)
  t.match((await read(`${by}?body=pdf`)).json(), { status: 400, errors: [{ in: 'query', pointer: '/body' }] })
})

t.test('long texts are looked through in several turns of the event loop', async (t) => {
  const client = await app(t)
  const text = `${'Η ακτοπλοϊκή σύνδεση συνεχίζεται. '.repeat(1500)}Το λιμάνι έκλεισε.`
  for (let i = 0; i < 6; i++) await published(client, { body: { text }, quotes: [], sources: [] })
  let turns = 0
  const count = () => {
    turns++
    next = setImmediate(count)
  }
  const asked = client.read(`/v1/search?q=${encodeURIComponent('λιμανι')}&limit=100`)
  let next = setImmediate(count)
  const { data } = (await asked).json<{ data: { snippet: { text: string; match?: true }[] }[] }>()
  clearImmediate(next)
  t.equal(data.length, 6)
  for (const { snippet } of data)
    t.same(
      snippet.find(({ match }) => match),
      { text: 'λιμάνι', match: true }
    )
  t.ok(turns >= 2, `${turns} turns`)
})

t.test('an article of any length is the same in either coding', async (t) => {
  const client = await app(t)
  for (const words of [1, 300, 9000]) {
    const text = Array.from({ length: words }, (_, i) => hash('sha256', `${words} ${i}`)).join(' ')
    const { id } = await published(client, { body: { text }, quotes: [], sources: [] })
    const answers = await Promise.all(
      ['gzip', 'identity'].map((coding) =>
        client.server.inject({ url: `/v1/articles/${id}`, headers: { 'accept-encoding': coding } })
      )
    )
    const [packed, plain] = answers.map(({ rawPayload, headers }) =>
      String(headers['content-encoding'] === 'gzip' ? gunzipSync(rawPayload) : rawPayload)
    )
    t.equal(answers[0]!.headers['content-encoding'], words > 1 ? 'gzip' : undefined, `${words} words`)
    t.equal(answers[1]!.headers['content-encoding'], undefined)
    t.equal(packed, plain)
    t.match(plain, text)
  }
})

t.test('however much is read, every answer is the edition of the moment', async (t) => {
  const client = await app(t, { config: { ONRECORD_CACHE_MB: 3 } })
  const { server, patch, post } = client
  const long = (word: string) => ({ text: `${word} `.repeat(140_000) })
  const article = await published(client, { quotes: [], sources: [], body: long('before') })
  const other = await published(client, { quotes: [], sources: [], body: { text: 'short' } })
  // More than is kept in memory: the same story under several addresses.
  const addresses = [article.id, article.slug].flatMap((name) =>
    ['', '&include=comments'].map((more) => `/v1/articles/${name}?body=text${more}`)
  )
  const reads = async (word: string, times: number) => {
    for (let i = 0; i < times; i++) {
      const { statusCode, payload } = await server.inject(addresses[i % addresses.length]!)
      if (statusCode !== 200 || !payload.includes(`"body":"${word} ${word}`)) t.fail(`${i}: ${statusCode}`)
    }
  }
  await reads('before', 40)
  await patch(`/v1/articles/${article.id}`, { body: long('after') })
  await reads('before', 5)
  await post(`/v1/articles/${article.id}/publish`)
  await reads('after', 5)
  for (const url of [`/v1/articles/${other.id}`, `/v1/articles/${other.slug}`]) {
    t.equal((await client.read(url)).status, 200)
    t.equal((await client.read(url)).status, 200)
  }
  await post(`/v1/articles/${other.id}/withdraw`)
  for (const url of [`/v1/articles/${other.id}`, `/v1/articles/${other.slug}`])
    t.equal((await client.read(url)).status, 410)
})

t.test('the body as HTML, Markdown and text', async (t) => {
  const client = await app(t)
  const { read, get } = client
  const marked = (text: string, ...marks: string[]) => ({ _type: 'span' as const, text, marks })
  const line = (text: string) => ({ _type: 'block' as const, children: [marked(text)] })
  const article = await published(client, {
    sources: [{ key: 'mara', kind: 'person', name: 'Mara' }],
    media: [
      {
        key: 'pic',
        kind: 'image',
        url: 'https://pictures.example/a.jpg?x=1&y=2',
        alt: 'A [big] ferry',
        width: 800,
        height: 600,
        caption: 'Late.',
        credits: [{ creditLine: 'Ana/Wire' }, { creditLine: 'Bo' }]
      },
      { key: 'bare', kind: 'image', credits: [{ creditLine: 'Cy' }] }
    ],
    body: [
      { ...line('Heading'), style: 'h2' },
      {
        _type: 'block',
        children: [
          marked('It will sail, ', 'q'),
          marked('two', 'c', 'strong'),
          marked(' say; see '),
          marked('the plan', 'l', 'em'),
          marked('.'),
          marked(' '),
          marked('a', 'underline'),
          marked('b', 'strike'),
          marked('c', 'code')
        ],
        markDefs: [
          { _type: 'quote', _key: 'q', quoteId: 'said' },
          { _type: 'attribution', _key: 'c', attributionId: 'claimed' },
          { _type: 'link', _key: 'l', href: '/plan?a=1&b=2' }
        ]
      },
      { _type: 'image', mediaId: 'pic' },
      { ...line('one'), listItem: 'bullet', level: 1 },
      { ...line('two'), listItem: 'number', level: 2 },
      { _type: 'rule' },
      { _type: 'embed', url: 'https://video.example/1?a=1&b=2' },
      { _type: 'image', mediaId: 'bare' },
      { ...line('Quoted'), style: 'blockquote' }
    ],
    quotes: [
      {
        key: 'said',
        text: 'It will sail,',
        attributions: [{ hops: [{ sourceId: 'mara', relation: 'said' }] }]
      }
    ],
    attributions: [{ key: 'claimed', claim: 'two', hops: [{ sourceId: 'mara', relation: 'told' }] }]
  })
  const [pic, bare] = article.media
  const [quote, claim] = [article.quotes[0]!.id, article.attributions[0]!.id]
  const body = async (form: string, desk = false) => {
    const answer = await (desk ? get : read)(
      `/v1/articles/${article.id}?body=${form}${desk ? '&edition=draft' : ''}`
    )
    const { body, ...rest } = answer.json<Article>()
    if (!desk) {
      const { body: _, ...whole } = article
      t.same(rest, whole, `${form}: only the body is written otherwise`)
    }
    return body
  }
  const html = [
    '<h2>Heading</h2>',
    `<p><span data-quote="${quote}">It will sail, </span>`,
    `<span data-attribution="${claim}"><strong>two</strong></span> say; see `,
    '<a href="/plan?a=1&amp;b=2"><em>the plan</em></a>. <u>a</u><s>b</s><code>c</code></p>',
    `<figure data-media="${pic!.id}"><img src="https://pictures.example/a.jpg?x=1&amp;y=2" alt="A [big] ferry" width="800" height="600" />`,
    '<figcaption>Late. Ana/Wire; Bo</figcaption></figure>',
    '<ul><li>one<ol><li>two</li></ol></li></ul>',
    '<hr />',
    '<figure data-embed="https://video.example/1?a=1&amp;b=2">',
    '<a href="https://video.example/1?a=1&amp;b=2">https://video.example/1?a=1&amp;b=2</a></figure>',
    `<figure data-media="${bare!.id}"><figcaption>Cy</figcaption></figure>`,
    '<blockquote><p>Quoted</p></blockquote>'
  ].join('')
  const plain = (text: unknown) =>
    String(text).replace('<blockquote><p>', '<blockquote>').replace('</p></blockquote>', '</blockquote>')
  t.equal(plain(await body('html')), plain(html))
  t.equal(
    await body('text'),
    ['Heading', 'It will sail, two say; see the plan. abc', 'one', 'two', 'Quoted'].join('\n\n')
  )
  const markdown = String(await body('markdown'))
  for (const part of [
    '## Heading',
    '**two** say; see [_the plan_](/plan?a=1&b=2).',
    '~~b~~`c`',
    `![A \\[big\\] ferry](${pic!.id})`,
    '- one',
    '\n\n***\n\n',
    '<figure data-embed="https://video.example/1?a=1&amp;b=2">',
    `![](${bare!.id})`,
    '> Quoted'
  ])
    t.ok(markdown.includes(part), part, { found: markdown })
  for (const form of ['html', 'markdown', 'text', 'portable-text'])
    t.same(await body(form, true), await body(form), `the desk reads the same ${form}`)
  t.same(await body('portable-text'), article.body)
})

const allowed: Record<string, string[]> = {
  p: [],
  h2: [],
  h3: [],
  h4: [],
  blockquote: [],
  ul: [],
  ol: [],
  li: [],
  strong: [],
  em: [],
  u: [],
  s: [],
  code: [],
  br: [],
  hr: [],
  a: ['href'],
  span: ['data-quote', 'data-attribution'],
  figure: ['data-media', 'data-embed'],
  figcaption: [],
  img: ['src', 'alt', 'width', 'height']
}

t.test('no text, link, caption or mark becomes markup', async (t) => {
  const client = await app(t)
  const hostile = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</p></figure></body><svg/onload=alert(1)>',
    '&lt;script&gt; &amp; &#60;script&#62;',
    '<!-- --><![CDATA[<b>]]><?php ?>',
    '[x](javascript:alert(1)) ![x](javascript:alert(1))',
    '{{constructor.constructor("alert(1)")()}}',
    'javascript:alert(1)'
  ]
  const hrefs = [
    'https://x.example/"onmouseover="alert(1)',
    "https://x.example/'><script>alert(1)</script>",
    'mailto:a@b.example?subject="><script>alert(1)</script>',
    '/x"><script>alert(1)</script>',
    '#"><img src=x onerror=alert(1)>'
  ]
  const styles = ['normal', 'h2', 'h3', 'h4', 'blockquote'] as const
  const marks = ['strong', 'em', 'underline', 'strike', 'code']
  const article = await published(client, {
    media: hostile.map((text, i) => ({
      key: `pic${i}`,
      kind: 'image' as const,
      url: `https://x.example/${encodeURIComponent(text)}'`,
      alt: text,
      caption: text,
      credits: [{ creditLine: text }]
    })),
    sources: [],
    quotes: [],
    body: [
      ...hostile.map((text, i) => ({
        _type: 'block' as const,
        style: styles[i % styles.length]!,
        ...(i % 3 === 2 && { listItem: 'number' as const, level: 1 + (i % 4) }),
        children: [
          { _type: 'span' as const, text, marks: marks.slice(i % 5) },
          { _type: 'span' as const, text: `${text}\n${text}`, marks: [`link${i}`] }
        ],
        markDefs: [{ _type: 'link' as const, _key: `link${i}`, href: hrefs[i % hrefs.length]! }]
      })),
      ...hostile.map((_, i) => ({ _type: 'image' as const, mediaId: `pic${i}` })),
      { _type: 'embed' as const, url: 'https://x.example/%22onclick=%22alert(1)' }
    ]
  })
  const html = async () => {
    const answer = await client.read(`/v1/articles/${article.id}?body=html`)
    t.equal(answer.status, 200)
    return answer.json<{ body: string }>().body
  }
  const { document } = parseHTML(`<!doctype html><html><body>${await html()}</body></html>`)
  const elements = [...document.body.querySelectorAll('*')]
  t.ok(elements.length > 50)
  for (const element of elements) {
    const name = element.localName
    if (allowed[name] === undefined) t.fail(`<${name}> is not allowed`)
    for (const { name: attribute, value } of [...element.attributes]) {
      if (!allowed[name]?.includes(attribute)) t.fail(`${attribute} is not allowed in <${name}>`)
      if (['href', 'src'].includes(attribute)) t.match(value, /^(https?:\/\/|mailto:|\/(?!\/)|#)/, value)
    }
  }
  const words = document.body.textContent.replaceAll('\u00a0', ' ')
  for (const text of hostile) t.ok(words.includes(text), `${text} is still read`)
  const links = [...document.body.querySelectorAll('a')].map((a) => a.getAttribute('href'))
  t.same(new Set(links), new Set([...hrefs, 'https://x.example/%22onclick=%22alert(1)']))
  t.same(
    [...document.body.querySelectorAll('img')].map((img) => img.getAttribute('alt')),
    article.media
      .map(({ id, alt }) => ({
        at: (article.body as { mediaId?: string }[]).findIndex((b) => b.mediaId === id),
        alt
      }))
      .sort((a, b) => a.at - b.at)
      .map(({ alt }) => alt)
  )
  const plain = (await client.read(`/v1/articles/${article.id}?body=text`)).json<{ body: string }>().body
  t.equal(plain, hostile.map((text) => `${text}${text}\n${text}`).join('\n\n'))

  for (const href of ['javascript:alert(1)', 'data:text/html,x', '//evil.example', ' https://x.example']) {
    const body = [
      { _type: 'block', children: [], markDefs: [{ _type: 'link', _key: 'l', href }] }
    ] as unknown as NewStory['body']
    t.equal((await client.post('/v1/articles', { title: 'x', body })).status, 400, href)
  }
  for (const form of [
    {
      html: '<p><a href="javascript:alert(1)">a</a><script>alert(1)</script>b<svg onload=alert(1)></svg></p>'
    },
    { markdown: '[a](javascript:alert(1))b <script>alert(1)</script>' }
  ]) {
    const { id, body } = await published(client, { body: form, quotes: [], sources: [] })
    t.notMatch(JSON.stringify(body), /"href"/)
    const written = (await client.read(`/v1/articles/${id}?body=html`)).json<{ body: string }>().body
    t.notMatch(written, /<(script|img|a)/)
  }
})

t.test('Markdown keeps what the newsroom wrote as words and links as links', async (t) => {
  const client = await app(t)
  const words = '<script>alert(1)</script> *a* _b_ `c` [x](javascript:alert(1)) ![y](z) <b>'
  const hrefs = [
    'https://x.example/a_(b)',
    'https://x.example/) [y](javascript:alert(1)',
    '#a <b>\\',
    'mailto:a@b.example'
  ]
  const { id } = await published(client, {
    sources: [],
    quotes: [],
    body: [
      { _type: 'block', children: [{ _type: 'span', text: words }] },
      ...hrefs.map((href) => ({
        _type: 'block' as const,
        children: [{ _type: 'span' as const, text: 'here', marks: ['l'] }],
        markDefs: [{ _type: 'link' as const, _key: 'l', href }]
      }))
    ]
  })
  const { body: markdown } = (await client.read(`/v1/articles/${id}?body=markdown`)).json<{ body: string }>()
  t.same(markdown.split('\n\n').slice(1), [
    '[here](<https://x.example/a_(b)>)',
    '[here](<https://x.example/) [y](javascript:alert(1)>)',
    '[here](<#a \\<b\\>\\\\>)',
    '[here](mailto:a@b.example)'
  ])
  const again = await client.draft({ sources: [], quotes: [], body: { markdown } })
  const [first, ...rest] = again.body as { children: { text: string }[]; markDefs: { href: string }[] }[]
  t.equal(first!.children.map(({ text }) => text).join(''), words, 'read back, it is the same words')
  t.same(first!.markDefs, [])
  t.same(
    rest.map(({ markDefs }) => markDefs.length),
    hrefs.map(() => 1)
  )
})

/** The same numbers on every run (mulberry32). */
function random(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let z = Math.imul(state ^ (state >>> 15), 1 | state)
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296
  }
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!
  return {
    pick,
    some: <T>(from: readonly T[]) => from.filter(() => next() < 0.4),
    chance: (p: number) => next() < p
  }
}

const sections = ['harbour', 'council', 'sport', null]
const days = ['01', '02', '03', '04', '05'].map((day) => `2026-10-${day}T08:00:00.000Z`)

const spoken = ['direct', 'indirect', 'mixed'] as const

/** A newsroom of random small articles; some withdrawn again, some edited since they were published. */
async function newsroom(client: Client, count: number, seed: number) {
  const { pick, some, chance } = random(seed)
  const made = async (url: string, input: object) => {
    const answer = await client.post(url, input)
    if (answer.status !== 201) throw new Error(answer.body)
    return answer.json<{ id: string; name: string }>()
  }
  const sources: { id: string; name: string }[] = []
  for (const name of ['Mara', 'Anselm', 'Hedvig', 'Board', 'Report', 'Nobody'])
    sources.push(
      await made('/v1/sources', {
        kind: pick(['person', 'organization', 'document']),
        name,
        ...(name === 'Hedvig' && { affiliationId: sources.at(-1)!.id })
      })
    )
  const named = sources.slice(0, 5)
  const media: { id: string }[] = []
  for (let i = 0; i < 7; i++) {
    const file = await made('/v1/media', { kind: pick(['image', 'image', 'video', 'audio']) })
    for (let n = 0; n <= i % 2; n++)
      await made(`/v1/media/${file.id}/credits`, {
        creditLine: `Credit ${i}.${n}`,
        creators: some(['Ana', 'Bo', 'Cy']),
        suppliers: some(['Wire', 'Coast', 'Fjord'])
      })
    media.push(file)
  }
  const hop = () => {
    const relation = pick(['said', 'told', 'reported', 'confirmed'] as const)
    return chance(0.3)
      ? { unnamed: { description: 'an official' }, relation }
      : { sourceId: pick(named).id, relation }
  }
  const hops = () => (chance(0.3) ? [hop(), hop()] : [hop()])
  const story = (i: number): Partial<NewStory> => ({
    title: `Story ${i}`,
    section: pick(sections),
    tags: some(['ferry', 'budget', 'pumps', 'crab']),
    language: pick(['en', 'nb', 'de-CH']),
    publishedAt: pick(days),
    bylines: some(named).map(({ id, name }) => (chance(0.5) ? { sourceId: id, name } : { name })),
    leadMediaId: chance(0.5) ? pick(media).id : null,
    sources: [],
    body: [
      {
        _type: 'block',
        children: [
          {
            _type: 'span',
            text: `${spoken.map((kind) => `Words of ${i}, ${kind}.`).join(' ')} The rest is not quoted.`
          }
        ]
      },
      ...some(media).map(({ id }) => ({ _type: 'image' as const, mediaId: id }))
    ],
    quotes: some(spoken).map((kind) => ({
      text: `Words of ${i}, ${kind}.`,
      kind,
      ...(chance(0.4) && { language: pick(['nb', 'fr']) }),
      attributions: chance(0.3) ? [{ hops: hops() }, { hops: hops() }] : [{ hops: hops() }]
    })),
    attributions: chance(0.4) ? [{ claim: 'The rest', hops: hops() }] : []
  })
  const articles: Article[] = []
  for (let i = 0; i < count; i++) {
    const { id } = await client.draft(story(i))
    if (chance(0.3))
      await made(`/v1/articles/${id}/corrections`, { kind: pick(['correction', 'update']), text: `Of ${i}` })
    if (i % 13 === 5) continue
    const answer = await client.post(`/v1/articles/${id}/publish`)
    if (answer.status !== 200) throw new Error(answer.body)
    articles.push((await client.read(`/v1/articles/${id}`)).json())
  }
  for (const [i, { id }] of articles.entries()) {
    if (i % 11 === 3) await client.post(`/v1/articles/${id}/withdraw`)
    if (i % 7 === 2)
      await client.patch(`/v1/articles/${id}`, { tags: ['ferry'], section: 'sport', publishedAt: days[0] })
  }
  const standing = articles.filter((_, i) => i % 11 !== 3)
  const createdAt = new Map<string, string>()
  for (const list of ['sources', 'media']) {
    const { data } = (await client.get(`/v1/${list}?edition=draft&limit=100`)).json<{
      data: { id: string; createdAt: string }[]
    }>()
    for (const record of data) createdAt.set(record.id, record.createdAt)
  }
  return { articles: standing, createdAt }
}

/** A public record: where it stands in its list, and by which value of which filter it is found. */
interface Item {
  id: string
  at: string
  found: Record<string, (string | null | undefined)[]>
}

/** Every list as the documents say it must be. */
function expectedLists(articles: Article[], createdAt: Map<string, string>): Record<string, Item[]> {
  const sourcesOf = (attributions: Attribution[]) =>
    attributions.flatMap(({ hops }) => hops.map(({ sourceId }) => sourceId))
  const quotes = articles.flatMap((article) =>
    article.quotes.map((quote, place) => ({ article, quote, place }))
  )
  const attributions = articles.flatMap((article) =>
    attributionsOf(article).map((attribution, place) => ({ article, attribution, place }))
  )
  const unique = <T extends { id: string }>(of: (article: Article) => T[]) => {
    const all = new Map(
      articles.flatMap((article) => of(article).map((record) => [record.id, record] as const))
    )
    return [...all.values()].map((record) => ({
      record,
      holders: articles
        .filter((article) => of(article).some(({ id }) => id === record.id))
        .map(({ id }) => id)
    }))
  }
  const dated = (at: string) => ({
    'publishedAt.gte': days.filter((d) => at >= d),
    'publishedAt.lt': days.filter((d) => at < d)
  })
  return {
    articles: articles.map((a) => ({
      id: a.id,
      at: a.publishedAt!,
      found: {
        section: [a.section],
        tag: a.tags,
        author: a.bylines.flatMap(({ name, sourceId }) => [name, sourceId]),
        source: sourcesOf([...a.quotes.flatMap(({ attributions }) => attributions), ...a.attributions]),
        language: [a.language],
        ...dated(a.publishedAt!)
      }
    })),
    quotes: quotes.map(({ article, quote, place }) => ({
      id: quote.id,
      at: placeOf(article, place),
      found: {
        article: [article.id],
        source: sourcesOf(quote.attributions),
        kind: [quote.kind],
        language: [quote.language ?? article.language],
        ...dated(article.publishedAt!)
      }
    })),
    attributions: attributions.map(({ article, attribution, place }) => ({
      id: attribution.id,
      at: placeOf(article, place),
      found: {
        article: [article.id],
        quote: [attribution.quoteId],
        source: sourcesOf([attribution]),
        relation: attribution.hops.map(({ relation }) => relation),
        unnamed: [String(attribution.hops.some(({ unnamed }) => unnamed !== undefined))]
      }
    })),
    sources: unique(({ sources }) => sources).map(({ record, holders }) => ({
      id: record.id,
      at: createdAt.get(record.id)!,
      found: { kind: [record.kind], article: holders }
    })),
    media: unique(({ media }) => media).map(({ record, holders }) => ({
      id: record.id,
      at: createdAt.get(record.id)!,
      found: { kind: [record.kind], article: holders }
    })),
    'media-credits': unique(({ media }) => media.flatMap(({ credits }) => credits)).map(
      ({ record, holders }) => ({
        id: record.id,
        at: createdAt.get(record.mediaId)!,
        found: {
          creator: record.creators,
          supplier: record.suppliers,
          media: [record.mediaId],
          article: holders
        }
      })
    ),
    corrections: articles.flatMap(({ id, corrections }) =>
      corrections.map((correction) => ({
        id: correction.id,
        at: correction.publishedAt!,
        found: { article: [id], kind: [correction.kind] }
      }))
    )
  }
}

const newestFirst = (a: Item, b: Item) => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1)

t.test('every filter, and every pair of filters, finds what the documents say', async (t) => {
  const client = await app(t)
  const { articles, createdAt } = await newsroom(client, 60, 20261102)
  let queries = 0
  for (const [name, all] of Object.entries(expectedLists(articles, createdAt))) {
    const items = all.sort(newestFirst)
    t.ok(items.length > 3, `${name}: ${items.length} to find`)
    const list = async (query: Record<string, string>) => {
      queries++
      const parameters = new URLSearchParams({ ...query, limit: '100' })
      return (await walk(client, `/v1/${name}?${parameters}`)).found
    }
    const found = (query: Record<string, string>) =>
      items
        .filter((item) =>
          Object.entries(query).every(([filter, value]) => item.found[filter]!.includes(value))
        )
        .map(({ id }) => id)
    t.same(await list({}), found({}), `${name}, newest first`)

    const filters = Object.keys(items[0]!.found)
    /** Up to three values of a filter, spread over those there are. */
    const values = (filter: string) => {
      const known = [
        ...new Set(items.flatMap(({ found }) => found[filter]!.filter((value) => value != null)))
      ]
      const sorted = (known as string[]).sort()
      return [...new Set([sorted[0]!, sorted[sorted.length >> 1]!, sorted.at(-1)!])]
    }
    const check = async (query: Record<string, string>) => {
      const [is, should] = [await list(query), found(query)]
      if (is.join() !== should.join()) t.same(is, should, `${name} ${JSON.stringify(query)}`)
    }
    for (const [i, one] of filters.entries()) {
      for (const value of values(one)) {
        t.ok(found({ [one]: value }).length > 0, `${name}: ${one}=${value} has something to find`)
        await check({ [one]: value })
        for (const other of filters.slice(i + 1))
          for (const second of values(other)) await check({ [one]: value, [other]: second })
      }
    }
    const three = Object.fromEntries(filters.slice(0, 3).map((filter) => [filter, values(filter)[0]!]))
    await check(three)
  }
  t.ok(queries > 300, `${queries} queries`)
  for (const nothing of [
    'section=none',
    'tag=FERRY',
    'author=ara',
    'language=fr',
    'publishedAt.gte=2027-01-01T00:00:00Z'
  ])
    t.equal((await client.read(`/v1/articles?${nothing}`)).body, '{"data":[],"next":null}', nothing)
  const offset = await client.read('/v1/articles?limit=100&publishedAt.gte=2026-10-03T10:00:00%2B02:00')
  t.same(
    new Set(ids(offset)),
    new Set(articles.filter(({ publishedAt }) => publishedAt! >= days[2]!).map(({ id }) => id)),
    'an instant is the same in every time zone'
  )

  for (const [url, all] of [
    ['/v1/articles', articles],
    ['/v1/articles?tag=ferry', articles.filter(({ tags }) => tags.includes('ferry'))],
    [
      '/v1/articles?language=en&section=harbour',
      articles.filter((a) => a.language === 'en' && a.section === 'harbour')
    ],
    [
      '/v1/quotes?kind=direct',
      articles.flatMap(({ quotes }) => quotes.filter(({ kind }) => kind === 'direct'))
    ]
  ] as const) {
    const { found, lengths } = await walk(client, `${url}${url.includes('?') ? '&' : '?'}limit=7`)
    t.same([...found].sort(), all.map(({ id }) => id).sort(), `${url}: nothing twice, nothing lost`)
    t.ok(lengths.slice(0, -1).every((length) => length === 7) && lengths.at(-1)! > 0, `${url}: ${lengths}`)
    t.same(
      found,
      ids(await client.read(`${url}${url.includes('?') ? '&' : '?'}limit=100`)),
      `${url}: in order`
    )
  }
  t.equal(ids(await client.read('/v1/articles')).length, 20, 'twenty, when nobody says how many')
})

t.test('the link to the next page is followed as it is given', async (t) => {
  const client = await app(t)
  for (let i = 0; i < 3; i++) await published(client, { tags: ['a b&c'], slug: `story-${i}` })
  const first = await client.read('/v1/articles?limit=2&tag=a%20b%26c')
  const { next } = first.json<{ next: string }>()
  t.equal(first.headers.link, `</v1/articles?limit=2&tag=a%20b%26c&cursor=${next}>; rel="next"`)
  const second = await client.read(nextOf(first)!)
  t.equal(ids(second).length, 1)
  t.same(second.json<{ next: null }>().next, null)
  t.equal(second.headers.link, undefined)
  t.notOk(ids(first).includes(ids(second)[0]!))
  t.same(
    ids(await client.read(`/v1/articles?tag=a%20b%26c&cursor=${next}`)),
    ids(second),
    'a cursor goes with any limit'
  )
  const draft = (await client.get('/v1/articles?edition=draft&limit=1')).json<{ next: string }>()
  for (const cursor of [
    'nonsense',
    `${next}x`,
    draft.next,
    forged(next, 'a'),
    Buffer.from('["a",1]').toString('base64url')
  ]) {
    t.match((await client.read(`/v1/articles?cursor=${cursor}`)).json(), {
      type: '/problems/invalid-cursor',
      status: 400
    })
  }
  for (const other of [
    'comments?',
    'articles?',
    'articles?tag=other&',
    'articles?tag=a%20b%26c&sort=publishedAt&'
  ]) {
    const answer = await client.read(`/v1/${other}cursor=${next}`)
    t.match(answer.json(), {
      type: '/problems/invalid-cursor',
      status: 400,
      detail: /^This cursor is of another list, of other filters or of another order: /,
      errors: [{ in: 'query', pointer: '/cursor' }]
    })
  }
  t.match((await client.read('/v1/articles?tags=a')).json(), {
    status: 400,
    errors: [{ in: 'query', pointer: '/tags', detail: /is not known.*section, tag, author/ }]
  })
  for (const limit of ['0', '101', 'x', '1.5'])
    t.match((await client.read(`/v1/articles?limit=${limit}`)).json(), {
      status: 400,
      errors: [{ pointer: '/limit' }]
    })
})

t.test('what stands throughout appears once, whatever is published while a reader pages', async (t) => {
  const client = await app(t)
  const { post, patch } = client
  const made: Article[] = []
  for (let i = 0; i < 40; i++)
    made.push(
      await published(client, { ...ferry, slug: `story-${i}`, tags: ['ferry'], publishedAt: days[i % 5]! })
    )
  for (const url of [
    '/v1/articles?limit=7',
    '/v1/articles?limit=7&tag=ferry',
    '/v1/quotes?limit=7&kind=direct'
  ]) {
    const moving = made.splice(0, 12)
    const stable = new Set(made.flatMap(({ id, quotes }) => (url.includes('quotes') ? quotes[0]!.id : id)))
    const { found } = await walk(client, url, async () => {
      const [gone, moved, again] = moving.splice(0, 3)
      if (again === undefined) return
      await post(`/v1/articles/${gone!.id}/withdraw`)
      for (const { id } of [moved!, again]) {
        const publishedAt = id === again.id ? '2026-11-01T08:00:00.000Z' : '2026-09-01T08:00:00.000Z'
        await patch(`/v1/articles/${id}`, { publishedAt })
        t.equal((await post(`/v1/articles/${id}/publish`)).status, 200)
      }
      await published(client, { tags: ['ferry'], publishedAt: '2026-10-03T08:00:00.000Z' })
    })
    const counted = found.filter((id) => stable.has(id))
    t.same([...counted].sort(), [...stable].sort(), `${url}: once each`)
    t.ok(moving.length < 12, 'something moved meanwhile')
  }
})
