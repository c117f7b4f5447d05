// An article as other documents, by `as` or by Accept, read back by the parsers of others.
import { hash } from 'node:crypto'
import { parseHTML } from 'linkedom'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import t from 'tap'
import { parse as parseYaml } from 'yaml'
import type { NewStory } from '../../src/content/articles/schema.ts'
import { newsroom } from './newsroom.ts'

const hostile = '"><script>document.title = 1</script> \u2028*_`# & <!-- ---\u0085 ]]>🚢'
const picture = {
  kind: 'image' as const,
  url: 'https://pictures.example/ferry.jpg?a=1&b=(2)',
  caption: 'The late ferry.',
  alt: 'A ferry at dusk.',
  credits: [
    { creditLine: 'Ana Example/Harbour Wire', licence: { name: 'Editorial use' }, copyrightNotice: '© Wire' },
    { creditLine: 'Coast', licence: { name: 'CC', url: 'https://licence.example/' } }
  ]
}
const item = (text: string, listItem: 'bullet' | 'number', more: object = {}) => ({
  _type: 'block' as const,
  listItem,
  children: [{ _type: 'span' as const, text }],
  ...more
})
const paragraph = (text: string) => ({
  _type: 'block' as const,
  children: [{ _type: 'span' as const, text }]
})

const story: NewStory = {
  title: 'Late ferry keeps sailing',
  language: 'en-GB',
  section: 'harbour',
  tags: ['ferry', '0012', 'yes'],
  dek: 'It stays.',
  dateline: 'PORT ALDIS',
  bylines: [{ name: 'Ida Reporter' }, { name: 'Mara L.', sourceId: 'lind' }],
  origin: { publisher: 'Coast Wire', url: 'https://wire.example/1' },
  body: [
    paragraph(
      '"The ferry will keep sailing," Mara Lindqvist told the Harbour Post. The board will save money.'
    ),
    { _type: 'image', mediaId: 'inside' },
    item('one', 'number', { start: 7 }),
    item('within', 'bullet', { level: 2 }),
    item('two', 'number'),
    item('deep', 'number', { level: 2 }),
    item('point', 'bullet'),
    { _type: 'rule' },
    { _type: 'code', code: 'a < b' },
    { _type: 'embed', url: 'https://video.example/1' },
    {
      _type: 'table',
      rows: [
        {
          _type: 'row',
          cells: [
            { _type: 'cell', value: [paragraph('Quay')] },
            { _type: 'cell', value: [paragraph('4')] }
          ]
        }
      ]
    }
  ],
  sources: [
    {
      key: 'lind',
      kind: 'person',
      name: 'Mara Lindqvist',
      role: 'harbour master',
      url: 'https://l.example/'
    },
    { key: 'post', kind: 'organization', name: 'Harbour Post' }
  ],
  quotes: [
    {
      text: 'The ferry will keep sailing',
      attributions: [
        {
          hops: [
            {
              sourceId: 'post',
              relation: 'reported',
              url: 'https://post.example/1',
              at: '2026-11-01T08:00:00Z'
            },
            { sourceId: 'lind', relation: 'told', positionToKnow: 'She runs the harbour.' }
          ]
        }
      ]
    }
  ],
  attributions: [
    {
      claim: 'The board will save money',
      hops: [
        {
          unnamed: { description: 'two officials', reason: 'they may not speak' },
          relation: 'told',
          terms: 'deep_background'
        }
      ]
    }
  ],
  leadMediaId: 'lead',
  media: [
    { ...picture, key: 'lead' },
    {
      key: 'inside',
      kind: 'video',
      url: 'https://pictures.example/film',
      credits: [{ creditLine: 'The board' }]
    }
  ]
}

const publisher = { copyrightNotice: '© Gazette' }

t.test(
  'an article is Markdown, text or a page, with its credits, its corrections and who said what',
  async (t) => {
    const { read, post, publish, put } = await newsroom(t, publisher)
    const id = await publish(story)
    const correction = { kind: 'correction', text: 'It was the late ferry.', was: 'early', now: 'late' }
    await post(`/v1/articles/${id}/corrections`, correction)
    await post(`/v1/articles/${id}/corrections`, { kind: 'retraction', text: 'All of it.' })
    await post(`/v1/articles/${id}/publish`)
    await put('/v1/ai-use', { site: { train: 'refused' } })

    const markdown = await read(`/v1/articles/${id}/markdown`)
    t.match(markdown.headers, {
      'content-type': 'text/markdown; charset=utf-8',
      'content-usage': 'train-ai=n',
      'surrogate-key': new RegExp(id)
    })
    const [, front, words] = /^---\n([\s\S]*?)\n---\n\n([\s\S]*)$/.exec(markdown.body)!
    const data = parseYaml(front!) as Record<string, unknown>
    t.match(data, {
      title: story.title,
      tags: ['0012', 'ferry', 'yes'].sort((a, b) => story.tags!.indexOf(a) - story.tags!.indexOf(b)),
      authors: ['Ida Reporter', 'Mara L.'],
      retracted: true,
      corrections: 2,
      origin: { publisher: 'Coast Wire', url: 'https://wire.example/1' },
      copyright: '© Gazette',
      contentUsage: 'train-ai=n',
      credits: [
        { credit: 'Ana Example/Harbour Wire', copyright: '© Wire', licence: 'Editorial use' },
        { credit: 'Coast', licence: 'https://licence.example/' },
        { credit: 'The board' }
      ]
    })
    t.match(String(data.id), /^urn:uuid:/)
    const shown = parseHTML(
      `<main>${micromark(words!, { extensions: [gfm()], htmlExtensions: [gfmHtml()] })}</main>`
    ).document
    t.equal(shown.querySelector('h1')!.textContent, story.title)
    t.equal(shown.querySelector('img')!.getAttribute('src'), picture.url)
    t.equal(shown.querySelector('img')!.getAttribute('alt'), picture.alt)
    t.match(
      shown.querySelector('main')!.textContent,
      'The late ferry. Ana Example/Harbour Wire (Editorial use); Coast (CC)'
    )
    t.same(
      [...shown.querySelectorAll('h2')].map((one) => one.textContent),
      ['What was corrected', 'Who said what']
    )
    t.match(
      shown.querySelector('main')!.textContent,
      /Correction, \d+ \w+ 2026: It was the late ferry\. It said: early It says now: late/
    )
    const said = [...shown.querySelectorAll('ol')].at(-1)!
    t.equal(said.children.length, 2)
    t.match(
      said.children[0]!.textContent,
      /“The ferry will keep sailing” \(quoted\)\s+Mara Lindqvist, harbour master: told it\. She runs the harbour\.\s+Harbour Post: reported it, 1 November 2026/
    )
    t.match(
      said.children[1]!.textContent,
      'two officials (not named: they may not speak): told it, on deep background'
    )
    t.equal(said.querySelector('a')!.getAttribute('href'), 'https://post.example/1')

    const text = await read(`/v1/articles/${id}/text`)
    t.equal(text.headers['content-type'], 'text/plain; charset=utf-8')
    for (const part of [
      'LATE FERRY KEEPS SAILING\n\nTHIS STORY IS RETRACTED.\n\nIt stays.\n\nBy Ida Reporter, Mara L. · ',
      '[Picture: The late ferry. Ana Example/Harbour Wire (Editorial use); Coast (CC)]',
      '[Video: The board]\n\n7. one\n\n  - within\n\n8. two\n\n  1. deep\n\n- point\n\n* * *\n\na < b',
      'https://video.example/1\n\nQuay | 4\n\nFirst published by Coast Wire. https://wire.example/1',
      'It said: early It says now: late',
      '1. "The ferry will keep sailing" (quoted)\n   - Mara Lindqvist, harbour master: told it.',
      'Harbour Post: reported it, 1 November 2026 <https://post.example/1>'
    ])
      t.match(text.body, part)

    const html = await read(`/v1/articles/${id}/html`)
    t.equal(html.headers['content-type'], 'text/html; charset=utf-8')
    const { document } = parseHTML(html.body)
    const style = document.querySelector('style')!.textContent!
    const policy = String(html.headers['content-security-policy'])
    t.match(policy, `style-src 'sha256-${hash('sha256', style, 'base64')}'`)
    t.match(policy, /default-src 'none'.*sandbox/)
    t.equal(document.querySelectorAll('script, [style], link[rel=stylesheet]').length, 0)
    t.equal(document.documentElement.getAttribute('lang'), 'en-GB')
    t.equal(
      document.querySelector('link[rel=canonical]')!.getAttribute('href'),
      'https://news.example/articles/late-ferry-keeps-sailing'
    )
    t.match(document.querySelector('figcaption')!.textContent, 'Ana Example/Harbour Wire')
    t.match(document.querySelector('.corrections')!.textContent, 'It was the late ferry.')
    t.match(document.querySelector('.voices')!.textContent, 'Mara Lindqvist, harbour master')
    t.equal(document.querySelector('.chain a')!.getAttribute('href'), 'https://l.example/')
  }
)

t.test('what is not there is not said, and hostile words are words', async (t) => {
  const { read, get, publish, put, post, patch } = await newsroom(t, publisher)
  await put('/v1/publisher', {})
  const linked = await publish({ title: 'First', body: { text: 'It stays.' } })
  const id = await publish(
    {
      title: hostile,
      dek: hostile,
      body: [paragraph(`"${hostile}"`), { _type: 'image', mediaId: 'bare' }],
      bylines: [{ name: hostile }],
      quotes: [{ text: hostile }],
      attributions: [{ claim: hostile, hops: [{ articleId: linked, relation: 'reported' }] }],
      media: [{ key: 'bare', kind: 'audio', url: 'https://pictures.example/bare' }],
      origin: { publisher: hostile }
    },
    ['quote-without-attribution']
  )
  const markdown = (await read(`/v1/articles/${id}/markdown`)).body
  const end = markdown.indexOf('\n---\n')
  const front = parseYaml(markdown.slice(4, end)) as Record<string, unknown>
  t.match(front, { title: hostile, authors: [hostile], language: 'und' })
  t.notMatch(
    markdown.slice(0, end),
    /\\ud[89a-f]/,
    'letters of two units stay whole: most readers of YAML refuse halves'
  )
  for (const unknown of ['description', 'url', 'section', 'tags', 'corrections', 'retracted', 'contentUsage'])
    t.ok(unknown === 'description' ? front[unknown] === hostile : !(unknown in front), unknown)
  const rendered = parseHTML(
    `<main>${micromark(markdown.slice(end + 5), { extensions: [gfm()], htmlExtensions: [gfmHtml()] })}</main>`
  ).document
  t.equal(rendered.querySelectorAll('script').length, 0)
  t.equal(rendered.querySelector('h1')!.textContent, hostile)
  t.match(rendered.querySelector('main')!.textContent, 'an article of ours: reported it')
  t.ok(rendered.querySelector('a[href="https://pictures.example/bare"]'))
  const text = (await read(`/v1/articles/${id}/text`)).body
  t.match(text, '[Recording: no caption]')
  t.match(text, hostile)
  const page = await read(`/v1/articles/${id}/html`)
  t.notMatch(page.body, '<script')
  const { document } = parseHTML(page.body)
  t.equal(document.querySelector('h1')!.textContent, hostile)
  t.equal(document.querySelector('.voices .chain a')!.getAttribute('href'), `/v1/articles/${linked}/html`)
  const bare = await read(`/v1/articles/${linked}/text`)
  t.match(bare.body, /^FIRST\n\n\d+ \w+ 2026\n\nIt stays\.\n$/)
  const plain = (await read(`/v1/articles/${linked}/markdown`)).body
  t.match(plain, /\n---\n\n# First\n\n\d+ \w+ 2026\n\nIt stays\.\n$/)

  await patch(`/v1/articles/${linked}`, { title: 'Canary', slug: 'canary' })
  for (const form of ['markdown', 'text', 'html', 'jsonld'])
    t.notMatch((await get(`/v1/articles/${linked}/${form}`)).body, /canary/i, 'a token shows no draft')
  await post(`/v1/articles/${linked}/publish`)
  t.match(await read('/v1/articles/first/text'), {
    status: 308,
    headers: { location: '/v1/articles/canary/text' }
  })
  await post(`/v1/articles/${linked}/withdraw`, { reason: 'test' })
  t.equal((await read(`/v1/articles/${linked}/text`)).status, 410)
})

t.test('a lead picture that the body shows is named there alone', async (t) => {
  const { read, publish } = await newsroom(t, publisher)
  const id = await publish({
    title: 'The quay',
    body: [paragraph('Before it.'), { _type: 'image', mediaId: 'lead' }],
    leadMediaId: 'lead',
    media: [{ ...picture, key: 'lead' }]
  })
  const text = (await read(`/v1/articles/${id}/text`)).body
  t.match(text, /Before it\.\n\n\[Picture: /)
  t.equal(text.split('[Picture: ').length, 2)
  const markdown = (await read(`/v1/articles/${id}/markdown`)).body
  t.equal(markdown.split('![').length, 2)
  const page = (await read(`/v1/articles/${id}/html`)).body
  t.match(page, /Before it\.<\/p>\s*<figure/)
  t.equal(page.split('<figure').length, 2)
})

t.test('an article leads to the form that `as` or Accept chooses, and caches know', async (t) => {
  const { read, get, post, publish } = await newsroom(t, publisher)
  const id = await publish(story)
  const at = `/v1/articles/${id}`
  const chosen = async (accept: string | undefined, url = at) => {
    const { status, headers } = await read(url, accept === undefined ? {} : { headers: { accept } })
    return status === 303 ? String(headers.location).slice(at.length + 1) : status
  }
  // Each twice: as it is made, and as it is kept.
  for (const _ of [1, 2])
    for (const [accept, form] of [
      [undefined, 200],
      ['*/*', 200],
      ['application/json', 200],
      ['text/markdown', 'markdown'],
      ['text/markdown, text/html, */*', 200],
      ['text/markdown, text/html;q=0.9, */*;q=0.1', 'markdown'],
      ['application/ld+json', 'jsonld'],
      ['text/plain', 'text'],
      ['text/html', 'html'],
      ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 200],
      ['image/png', 406]
    ] as const)
      t.equal(await chosen(accept), form, String(accept))
  const refused = await read(at, { headers: { accept: 'image/png' } })
  t.equal(
    JSON.parse(refused.body).detail,
    'This is answered in application/json, application/ld+json, text/markdown, text/plain or text/html, which `Accept` excludes.',
    'a refusal names every type that there is'
  )
  t.equal(await chosen('text/plain', `${at}?as=markdown`), 'markdown', '`as` goes before it')
  t.equal(await chosen('text/plain', `${at}?as=json`), 200)
  const json = await read(at)
  t.match(json.headers.vary, /^accept, accept-encoding/)
  t.equal(
    (await read(`${at}?as=json`)).headers.vary,
    'accept-encoding',
    'an address of one form has no choice'
  )
  t.match(await read(at, { headers: { accept: 'text/markdown' } }), {
    status: 303,
    headers: { vary: /^accept, accept-encoding/, 'cache-control': /public/ }
  })
  const markdown = await read(`${at}/markdown`)
  t.not(markdown.headers.etag, json.headers.etag)
  t.equal((await get(`${at}/markdown`)).body, markdown.body, 'a token changes nothing')
  const known = { accept: 'text/markdown', 'if-none-match': String(markdown.headers.etag) }
  t.equal((await read(`${at}/markdown`, { headers: known })).status, 304)
  t.equal((await read(`${at}/markdown`, { headers: { accept: 'text/plain' } })).status, 406)
  const compressed = { 'accept-encoding': 'gzip', accept: 'text/html' }
  t.equal((await read(`${at}/html`, { headers: compressed })).headers['content-encoding'], 'gzip')

  t.equal((await read(`${at}?as=markdown&body=html`)).status, 400)
  t.equal((await read(`${at}?as=markdown&include=comments`)).status, 400)
  t.equal((await read(`${at}?as=json&body=html`)).status, 200)
  t.equal((await read(`${at}?include=comments`, { headers: { accept: 'text/plain' } })).status, 406)
  t.equal((await get(`${at}?edition=draft`, { headers: { accept: 'text/plain' } })).status, 406)
  t.equal((await get(`${at}?as=markdown&edition=draft`)).status, 400)
  t.equal((await read(`${at}?as=pdf`)).status, 400)

  await post(`${at}/corrections`, { kind: 'correction', text: 'It was late.' })
  await post(`${at}/publish`)
  t.match((await read(`${at}/markdown`)).body, 'It was late.', 'what is kept goes with the article')
})

t.test(
  'a picture whose rights have ended is told of, and one without a file or words is not shown',
  async (t) => {
    let now = new Date('2026-11-02T08:00:00Z')
    const { read, publish } = await newsroom(t, publisher, () => now)
    const id = await publish({
      title: 'Pictures',
      body: { html: '<p>Two.</p><img src="ending"><img src="mute"><img src="bare">' },
      media: [
        {
          key: 'ending',
          kind: 'image',
          url: 'https://pictures.example/1.jpg',
          credits: [{ creditLine: 'Ana', expiresAt: '2026-11-03T08:00:00Z' }]
        },
        {
          key: 'mute',
          kind: 'image',
          url: 'https://pictures.example/2.jpg',
          credits: [{ creditLine: 'Bo' }]
        },
        { key: 'bare', kind: 'video' }
      ]
    })
    const before = (await read(`/v1/articles/${id}/markdown`)).body
    t.match(before, '![](https://pictures.example/1.jpg)')
    t.ok(before.endsWith('![](https://pictures.example/2.jpg)\n\n*Bo*\n'), before)
    now = new Date('2026-11-04T08:00:00Z')
    const after = (await read(`/v1/articles/${id}/markdown`)).body
    t.notMatch(after, '1.jpg')
    t.match(after, '*This is no longer shown: its rights have ended. Ana*')
  }
)

t.test('video, sound and documents are shown as what they are', async (t) => {
  const { read, publish } = await newsroom(t, publisher)
  const file = (key: string, kind: 'video' | 'audio' | 'document', alt: string | null) => ({
    ...{ key, kind, alt, url: `https://files.example/${key}`, caption: `The ${key}.` },
    credits: [{ creditLine: 'Ana' }]
  })
  const id = await publish({
    title: 'Files',
    language: 'en',
    body: {
      html: '<p>All.</p><img src="film"><img src="song"><img src="mute"><img src="plan"><img src="bare">'
    },
    media: [
      file('film', 'video', 'A ferry sails.'),
      file('song', 'audio', 'A ferry sounds.'),
      file('mute', 'video', null),
      file('plan', 'document', 'The budget, a PDF.'),
      file('bare', 'document', null)
    ]
  })
  const { document } = parseHTML((await read(`/v1/articles/${id}/html`)).body)
  t.equal(document.querySelector('img'), null, 'none of them is a picture')
  t.same(
    [...document.querySelectorAll('figure > *:not(figcaption)')].map((one) =>
      one.outerHTML.replace(/ rel="\w+"/, '')
    ),
    [
      '<video controls preload="none" src="https://files.example/film" aria-label="A ferry sails."></video>',
      '<audio controls preload="none" src="https://files.example/song" aria-label="A ferry sounds."></audio>',
      '<video controls preload="none" src="https://files.example/mute"></video>',
      '<p class="document"><a href="https://files.example/plan">The budget, a PDF.</a></p>',
      '<p class="document"><a href="https://files.example/bare">https://files.example/bare</a></p>'
    ]
  )
  t.equal(document.querySelectorAll('figcaption .credit').length, 5, 'each with its credit')
})
