// Rare forms of pages and of reported speech, on invented examples: each reads as the line says, and none is refused.
import t from 'tap'
import type { Body } from '../../src/content/body/schema.ts'
import { plainText } from '../../src/content/body/text.ts'
import { readPage } from '../../src/importing/proposals/page.ts'
import type { Imported } from '../../src/importing/records/schema.ts'
import { app, type Client } from '../support/app.ts'

const post = (client: Client, page: string, type = 'text/html') =>
  client.post('/v1/imports', page, { headers: { 'content-type': type } })
const article = async (client: Client, page: string) => (await post(client, page)).json<Imported>().article
const paragraph = (about: string) =>
  `<p>The harbour board of ${about} met on Monday evening, and after two hours it had decided nothing at all, as everybody in the room had feared. A second meeting will follow in June.</p>`
const prose = ['Aldis', 'Brine', 'Corrin', 'Dun'].map(paragraph).join('')
const json = (value: unknown) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`

t.test('what a page says of itself in rare forms is read', async (t) => {
  const client = await app(t)
  const read = (head: string, body = '<h1>Board meets again</h1>') =>
    article(
      client,
      `<html lang="en"><head>${head}</head><body>${body}<article>${prose}</article></body></html>`
    )
  const title = '<title>Board meets again</title>'
  t.same((await read(`${title}<meta name="twitter:label1" content="Written by">`)).bylines, [])
  t.equal((await read(title, '<h1><a>Board meets again</a></h1>')).title, 'Board meets again')
  const site = '<meta property="og:site_name" content="Tide News">'
  t.equal(
    (await read(`${site}<title>Board of Brine meets - Tide News</title>`, '')).title,
    'Board of Brine meets'
  )
  const dated = json({ '@type': 'WebPage', datePublished: '2019-05-06' })
  t.equal((await read(title + dated)).publishedAt, '2019-05-06T00:00:00.000Z')
  const deep = Array.from({ length: 10 }).reduce((inner) => ({ inner }), {
    '@type': 'NewsArticle',
    headline: 'x'
  })
  t.equal((await read(title + json(deep))).title, 'Board meets again')
  const named = '<div itemprop="publisher"><b itemprop="name">Tide News</b></div>'
  t.equal((await read(title, `${named}<h1>Board meets again</h1>`)).origin?.publisher, 'Tide News')
  const unnamed = '<div itemprop="publisher">Tide News</div>'
  t.equal((await read(title, `${unnamed}<h1>Board meets again</h1>`)).origin?.publisher ?? null, null)
})

t.test('the story is found whatever its elements are called', async (t) => {
  const client = await app(t)
  const text = async (body: string) =>
    plainText((await article(client, `<title>Quay</title>${body}`)).body as Body)
  t.match(await text(`<div itemprop="articleBody">${prose}</div>`), /Aldis/)
  t.notMatch(await text(`<div>${prose}<aside class="comments">${paragraph('Zed')}</aside></div>`), /Zed/)
  t.notMatch(await text(`<div>${prose}<article class="comment">${paragraph('Zed')}</article></div>`), /Zed/)
  t.match(
    await text(`<div>${paragraph('Zed')}<form>${prose}</form>${paragraph('Yak')}</div>`),
    /Zed[\s\S]*Aldis[\s\S]*Yak/
  )
  const boxes = ['Aldis', 'Brine', 'Corrin', 'Dun', 'Ebb', 'Fen', 'Gull', 'Hull']
  t.match(
    await text(`<div>${boxes.map((one) => `<div class="widget">${paragraph(one)}</div>`).join('')}</div>`),
    /Aldis[\s\S]*Hull/,
    'names that would leave out all mean something else'
  )
  t.match(await text(`<body class="widget">${prose}</body>`), /Aldis/)
  t.notMatch(await text(`<div>${prose}<div hidden class="widget">Zed</div></div>`), /Zed/)
  t.match(
    await text(`<div>${prose}<p>Write <a href="mailto:ada@brine.example">to us</a>.</p></div>`),
    /to us/
  )
  t.match(
    await text('<aside class="widget"><article>The crane was sold.</article></aside>'),
    /The crane was sold/
  )
})

t.test(
  'what is lost of a page with a lead or a picture above the story is told with its place',
  async (t) => {
    const client = await app(t)
    const lead = `<p class="lead">${'The harbour board of Brine met on Monday evening, and decided nothing at all. '.repeat(3)}</p>`
    const lost = '<p>Read <a href="ftp://x.example">far away</a> of it.</p>'
    const page = (above: string, story: string) =>
      `<html lang="en"><title>Board meets again</title><h1>Board meets again</h1>${above}<div class="top"></div><article>${story}</article></html>`
    const places = async (html: string) =>
      (await post(client, html))
        .json<Imported>()
        .warnings.filter(({ code }) => code === 'link-dropped')
        .map(({ pointer }) => pointer)
    t.same(await places(page(lead, prose + lost)), ['/body/5'])
    const leadOfLittle = await post(
      client,
      page(lead, '<p>The board met.</p>') +
        `<nav>${'<p>Words of the harbour and its boats</p>'.repeat(60)}</nav>`
    )
    t.match(
      leadOfLittle.json<Imported>().warnings.map(({ code }) => code),
      ['body-incomplete']
    )
    const picture = '<figure><img src="https://x.example/1.jpg"><figcaption>The quay.</figcaption></figure>'
    const short = await post(
      client,
      page(picture, `<p>The board met.</p>`) +
        `<nav>${'<p>Words of the harbour and its boats</p>'.repeat(60)}</nav>`
    )
    t.match(
      short.json<Imported>().warnings.map(({ code }) => code),
      ['body-incomplete']
    )
    const many = Array.from({ length: 4000 }, (_, i) => `a${i}`).join(' ')
    t.match((await post(client, `<title>Quay</title><p ${many}>Words.</p>`)).json(), {
      detail: /2000 attributes/
    })
    t.match((await post(client, '<title>Quay</title><frameset><frame src="/a"></frameset>')).json(), {
      detail: /no text/
    })
  }
)

t.test('credits and addresses of pictures are read in rare forms', async (t) => {
  const client = await app(t)
  const media = async (img: string, caption: string) =>
    (
      await article(
        client,
        `<title>Quay</title><article>${prose}<figure><img ${img}><figcaption>${caption}</figcaption></figure></article>`
      )
    ).media[0]
  const src = 'src="https://x.example/1.jpg"'
  t.match(await media('srcset="https://x.example/2.jpg"', 'The quay.'), { url: 'https://x.example/2.jpg' })
  for (const [caption, credit] of [
    ['The quay. Photo: Ann Lee/QRX', { creators: ['Ann Lee'], suppliers: ['QRX'] }],
    ['The quay. Photo: Ann Lee. All rights reserved', { creators: ['Ann Lee'] }],
    ['The quay [Foto: Ann Lee]', { creators: ['Ann Lee'] }],
    ['The quay. Quillo/Anlee', { creditLine: 'Quillo/Anlee' }],
    ['The quay. Photo: QRX', { creators: [], suppliers: ['QRX'] }],
    ['The quay <cite>Ann Lee</cite> in May', { creators: ['Ann Lee'] }],
    ['The quay. <p class="credit">(Ann Lee)</p>', { creators: ['Ann Lee'] }],
    ['The quay. <p class="credit"><i class="credit">Ann Lee</i> of Brine</p>', { creditLine: /Ann Lee/ }],
    [
      'The quay. <p class="credit">Ann Lee</p><p class="credit">Ann Lee, Brine</p>',
      { creditLine: /Ann Lee, Brine/ }
    ]
  ] as const)
    t.match((await media(src, caption))!.credits, [credit], caption)
  t.match(await media(src, 'The <script>1</script><b>old</b> quay.<small></small>'), {
    caption: 'The old quay.'
  })
  t.notOk(await media(`height="10" ${src}`, ''), 'an icon')
  const picture = '<picture><source><img src="https://x.example/3.jpg"></picture>'
  t.match(
    (await article(client, `<title>Quay</title><article>${prose}<figure>${picture}</figure></article>`))
      .media,
    [{ url: 'https://x.example/3.jpg' }]
  )
  for (const caption of [
    'The quay. Seen from an old boat on a very bright day',
    'The quay (seen from an old boat on a very bright day)',
    'The quay. quillo/anlee'
  ])
    t.same((await media(src, caption))!.credits, [], caption)
})

/** Quotes and claims of a text, each with the last of its chain. */
function said(text: string, language = 'en') {
  const page = `<html lang="${language}"><title>A day at the harbour</title><article>${text
    .split('\n')
    .map((line) => `<p>${line}</p>`)
    .join('')}</article></html>`
  const { story } = readPage(page, 'text/html')
  const names = new Map(story.sources!.map(({ key, name }) => [key, name]))
  const who = (hops: { sourceId?: string; unnamed?: { description: string } }[]) => {
    const { sourceId, unnamed } = hops.at(-1)!
    return unnamed?.description ?? names.get(sourceId!)
  }
  return [
    ...story.quotes!.map(({ text, attributions }) => `${text} | ${who(attributions![0]!.hops as never)}`),
    ...story.attributions!.map(({ claim, hops }) => `claim: ${claim} | ${who(hops as never)}`)
  ]
}

const forms: Record<string, [text: string, ...expected: string[]][]> = {
  en: [
    ['The board met late ”'],
    ['Ada Keel said: “We sail at noon."', 'We sail at noon. | Ada Keel'],
    ['Ada Keel said, “We sail.” Otto Brine left.', 'We sail. | Ada Keel'],
    ['“We sail,” said Ada Keel, and “We stay.”', 'We sail | Ada Keel', 'We stay. | Ada Keel'],
    ['“We sail,” said Ada Keel while adding: “We stay.”', 'We sail | Ada Keel', 'We stay. | Ada Keel'],
    ['Ada Keel asked whether the crane was sold.', 'claim: whether the crane was sold | Ada Keel'],
    ['It was not told what Ada Keel asked'],
    ['It was as Ada Keel told'],
    ['The crane that Ada Keel said was late came.'],
    ['Ada Keel said on Monday it'],
    ['Ada Keel said on Monday in the old harbour of the town by the sea it was late.'],
    ['Ada Keel confirmed earlier boats leak.'],
    ['Claims that the crane leaks are old.'],
    ['Says Ada Keel, the crane is old.'],
    ['— According to Ada Keel.'],
    ['Ada Keel wants the old crane.'],
    ['Which Ada Keel said he sold.'],
    ['The crane Ada Keel said was late came.'],
    ['The board met.\n“We sail,” it said.', 'We sail | it'],
    ['“We sail,” said Mr. Otto Brine.\n“We stay,” she said.', 'We sail | Otto Brine', 'We stay | she'],
    [
      'Ada Keel said the crane was sold.\n“We sail,” she added.',
      'We sail | Ada Keel',
      'claim: the crane was sold | Ada Keel'
    ],
    ['Anna Keel met Maria Brine.\n“We sail,” she said.', 'We sail | Anna Keel'],
    ['Captain Lo Keel met Anna Brine.\n“We sail,” she said.', 'We sail | Anna Brine'],
    ['Anna Keel came. Anna Keel left with Maria Brine.\n“We sail,” she said.', 'We sail | Anna Keel'],
    ['Anna Keel sold what Anna Keel had.\n“We sail,” she said.', 'We sail | Anna Keel'],
    ['It was Anna Keel\n“We sail,” she said.', 'We sail | Anna Keel'],
    ['Anna Keel and Maria Brine came.\n“We sail,” she said.', 'We sail | she'],
    ['Charlotte Park was full.\n“We sail,” she said.', 'We sail | she'],
    ['Two sailors came. She waved.\n“We sail,” they said.', 'We sail | Two sailors'],
    ['She waved.\n“We sail,” they said.', 'We sail | they'],
    ['“We sail.” — She left.'],
    ['“We sail.” — Ada Keel (Brine)', 'We sail. | Ada Keel'],
    ['“We sail.” — Ada Keel left.'],
    ['“We sail,” told the sailors.'],
    ['“We sail,” as Ada Keel said.', 'We sail | Ada Keel'],
    ['Since said reports came, nobody sails.'],
    ['They deny the crane leaks.', 'claim: the crane leaks | They'],
    ['A sailor of Brine slowly said the crane leaks.', 'claim: the crane leaks | A sailor of Brine'],
    ['The police say the crane leaks.', 'claim: the crane leaks | The police'],
    ['I said the crane leaks.'],
    ['At least six sailors said the crane leaks.', 'claim: the crane leaks | At least six sailors'],
    ['Keel & Brine said the crane leaks.', 'claim: the crane leaks | Keel & Brine']
  ],
  de: [
    ['Ada Keel sagte gestern, dass der Kran alt ist.', 'claim: dass der Kran alt ist | Ada Keel'],
    ['„Wir segeln“, so sie.'],
    ['„Wir segeln“, sagte ein'],
    ['„Wir segeln“, wie Ada Keel sagte.', 'Wir segeln | Ada Keel']
  ],
  es: [
    ['— ¡Zarpamos ya! dijo Ada Keel.', '¡Zarpamos ya! | Ada Keel'],
    ['Ada Keel dijo la grúa es vieja.'],
    ['Ada Keel vino.\n«Zarpamos», añadió.', 'Zarpamos | añadió'],
    ['Ada Keel vino.\n«Zarpamos», añadió en Brine.', 'Zarpamos | añadió']
  ],
  fr: [
    ['Anna Keel est venue.\n« Nous partons », a-t-elle dit.', 'Nous partons | Anna Keel'],
    ['« Nous partons », dit-elle.', 'Nous partons | elle'],
    ['« Le gel, explique Anna Keel, est venu'],
    ['« Le gel, le soir, est venu ».']
  ],
  fi: [['Vanha nosturi seisoo laiturilla.']]
}

for (const [language, examples] of Object.entries(forms))
  t.test(`rare forms of reported speech are read in ${language}`, async (t) => {
    for (const [text, ...expected] of examples) t.same(said(text, language), expected, text)
  })
