import t from 'tap'
import type { Body } from '../../src/content/body/schema.ts'
import { plainText } from '../../src/content/body/text.ts'
import type { Imported } from '../../src/importing/records/schema.ts'
import { app, type Client } from '../support/app.ts'

const post = async (client: Client, page: string | Buffer, type = 'text/html') => {
  const answer = await client.post('/v1/imports', page as string, { headers: { 'content-type': type } })
  t.equal(answer.status, 201, JSON.stringify(answer.json()).slice(0, 300))
  return answer.json<Imported>()
}
const wordsOf = ({ article }: Imported) =>
  (article.body as { _type: string; children?: { text: string }[] }[]).flatMap(({ children }) =>
    children ? [children.map(({ text }) => text).join('')] : []
  )

const paragraph = (about: string) =>
  `<p>The harbour board of ${about} met on Monday evening, and after two hours it had decided nothing at all, as everybody in the room had feared. A second meeting will follow in June.</p>`
const prose = ['Aldis', 'Brine', 'Corrin', 'Dun'].map(paragraph).join('')

t.test('the story of a page is where its prose is', async (t) => {
  const client = await app(t)
  const teaser = (n: number) =>
    `<div class="card"><h3><a href="/s/${n}">Another story of the day, number ${n}</a></h3><p>It is told in a few words here.</p></div>`
  const around = (story: string) => `<html lang="en"><title>Board meets again | Tide News</title><body>
    <nav><a href="/">Home</a></nav><header><h1>Board meets again</h1></header>${story}
    <div class="more">${[1, 2, 3, 4, 5].map(teaser).join('')}</div>
    <div class="comments"><p>I was there myself, and what the board said, it said too late; nobody believed it.</p></div>
    <footer><p>Tide News is a newspaper of the coast, and has been one for a hundred years.</p></footer></body></html>`
  const four = /Aldis.*Brine.*Corrin.*Dun/s
  for (const [what, story] of Object.entries({
    'in an article after a short one': `<article><p>Live now.</p></article><article>${prose}</article>`,
    'in a part without a name': `<div><div>${prose}</div></div>`,
    'in two parts side by side': `<div><div class="part">${['Aldis', 'Brine'].map(paragraph).join('')}</div><div class="part">${['Corrin', 'Dun'].map(paragraph).join('')}</div></div>`,
    'in a part that is called like furniture': `<div class="share-layout">${prose}</div>`
  })) {
    const read = wordsOf(await post(client, around(story))).join('\n')
    t.match(read, four, what)
    t.notMatch(read, /Another story|Home|newspaper of the coast|I was there/, what)
  }
})

t.test('a lead between headline and story begins the body, a subtitle is the dek alone', async (t) => {
  const client = await app(t)
  const lead =
    'The board of the harbour at Varn has met for the fourth time about the old crane, and again nobody could say who is to pay for it. The boats wait, and so does the bridge behind them.'
  const page = (described: string, printed: string, story = prose) => `<html lang="en"><head>
    <title>Board meets again</title><meta name="description" content="${described}"></head><body>
    <div><header><h1>Board meets again</h1>${printed}</header>
    <ul>${[1, 2, 3, 4, 5].map((n) => `<li><a href="/s/${n}">Another story of the day, number ${n}</a></li>`).join('')}</ul></div>
    <div class="story-body"><p>Published today</p>${story}</div></body></html>`
  const read = async (described: string, printed: string, story?: string) =>
    wordsOf(await post(client, page(described, printed, story)))
  for (const [what, lines] of Object.entries({
    'in the words of the description': await read(lead, `<h2>${lead}</h2>`),
    'the description is cut': await read(`${lead.slice(0, 110)}…`, `<div><p>${lead}</p></div>`),
    'the description goes on': await read(`${lead} And more of it later.`, `<p>${lead}</p>`),
    'by its name': await read('', `<nav><p class="lead">${lead}</p></nav><p class="article-lead">${lead}</p>`)
  })) {
    t.match(lines.slice(0, 3), ['Published today', lead, /Aldis/], what)
    t.notMatch(lines.slice(2).join(), /fourth time/, what)
  }
  const loss = await post(
    client,
    page(lead, `<p>${lead}</p>`, `<p>Of <a href="ftp://varn.example/x">all</a> boats.</p>${prose}`)
  )
  t.match(wordsOf(loss)[1], 'Of all boats.')
  t.equal(loss.warnings.find(({ code }) => code === 'link-dropped')?.pointer, '/body/1')
  const behind = await post(
    client,
    page(lead, `<p>${lead}</p>`, `${prose}<p>Of <a href="ftp://varn.example/x">all</a> boats.</p>`)
  )
  t.equal(wordsOf(behind)[6], 'Of all boats.')
  t.equal(behind.warnings.find(({ code }) => code === 'link-dropped')?.pointer, '/body/6')
  t.match((await read(lead, `<p>${lead}</p>`, `<p>${lead}</p>${prose}`)).join().match(/fourth time/g), {
    length: 1
  })
  t.match((await read(lead, '')).slice(0, 2), ['Published today', /Aldis/], 'where it is not printed')
  const subtitle = await post(client, page(lead.slice(0, 90), `<h2>${lead.slice(0, 90)}</h2>`))
  t.notMatch(wordsOf(subtitle).join(), /fourth time/)
  t.match(subtitle.article.dek, /fourth time/)
})

t.test('what stands between the paragraphs of a story, and is no part of it, is left out', async (t) => {
  const client = await app(t)
  const page = `<html lang="en"><title>Board meets again</title><article><h1>Board meets again</h1>
    <div class="share-buttons">Share this with everybody you know</div>${prose}
    <p><a href="/other">Read also: the old crane was sold to the city last year</a></p>
    <h3>Related</h3><ul class="links"><li><a href="/a">One more story of the harbour</a></li><li><a href="/b">And yet another one of it</a></li></ul>
    <p>The <span class="share">shared</span><a class="tag" href="/tag">harbour</a> waits.</p>
    <div class="author-box"><p>Ann Lee has written about harbours for thirty years, and lives in one.</p></div>
    <aside class="fact-box"><p>Facts</p></aside><p>Anzeige</p>
    <iframe src="https://video.example/embed/7"></iframe><iframe src="https://ads.example/x"></iframe><iframe></iframe>
    <ul><li>One point of the plan</li></ul><table><tr><th>Boat</th><td>7</td></tr></table></article></html>`
  const imported = await post(client, page)
  const read = wordsOf(imported).join('\n')
  t.match(read, /The harbour waits\..*One point of the plan/s)
  t.notMatch(read, /Share this|Read also|Related|yet another|thirty years|Facts|Anzeige/)
  t.match(
    (imported.article.body as { _type: string }[]).filter(({ _type }) => _type !== 'block'),
    [{ _type: 'embed', url: 'https://video.example/embed/7' }, { _type: 'table' }]
  )
})

t.test(
  'a story ends where a list of other stories begins, and has nothing that lies over the page',
  async (t) => {
    const client = await app(t)
    const read = async (after: string) =>
      wordsOf(
        await post(
          client,
          `<title>Board meets again</title><article><h1>Board meets again</h1>${prose}${after}</article>`
        )
      ).join('\n')
    const told = await read(
      '<h3>Weitere Themen aus dem Hafen</h3><p>The old crane was sold, and nobody was told of it.</p>'
    )
    t.match(told, /Aldis.*Dun/s)
    t.notMatch(told, /Weitere|crane/)
    const whole = await read(`<h3>More stories of the harbour</h3>${prose.repeat(2)}`)
    t.equal(whole.match(/Aldis/g)?.length, 3, 'a long list is none')
    t.notMatch(
      await read('<p>Warning: Undefined variable $x in /srv/www/theme/single.php on line 7</p>'),
      /Undefined/
    )
    const consent =
      '<div class="popup-modal"><div>We store what you read, and for how long, until you ask us not to do it.</div></div>'
    t.notMatch(await read(consent.repeat(9)), /We store/)
    t.match(
      await read(
        '<div class="social-embed"><blockquote class="tweet"><p>The crane is sold!</p></blockquote></div>'
      ),
      /The crane is sold!/
    )
  }
)

t.test(
  'a table of data is a table without a header too, and preformatted words on no page of code are prose',
  async (t) => {
    const client = await app(t)
    const page = (story: string) =>
      post(
        client,
        `<title>Board meets again</title><article><h1>Board meets again</h1>${prose}${story}${prose}</article>`
      )
    const ferries = '<tr><td>Aldis</td><td>54</td></tr><tr><td>Brine</td><td>61</td></tr>'
    const table = (await page(`<table>${ferries}</table>`)).article.body as { _type: string }[]
    t.ok(table.some(({ _type }) => _type === 'table'))
    const long = '<td><p>a</p><p>b</p><p>c</p><p>d</p></td>'
    const layout = await page(`<table>${ferries}<tr>${long}<td>x</td></tr></table>`)
    t.notOk((layout.article.body as { _type: string }[]).some(({ _type }) => _type === 'table'))
    const forms = async (story: string) =>
      ((await page(story)).article.body as { _type: string }[])
        .filter((block) => JSON.stringify(block).includes('PORT'))
        .map(({ _type }) => _type)
    t.same(await forms('<pre><b>THE PORT</b> was late.</pre>'), ['block'])
    t.same(await forms('<pre><code>PORT=3000 npm start</code></pre>'), ['code'])
  }
)

t.test('a page of many names is read as one of few', async (t) => {
  const client = await app(t)
  const names = Array.from({ length: 1100 }, (_, i) => `<i id="gull${'abcdefghij'[i % 10]}${i}"></i>`).join(
    ''
  )
  const words = 'The harbour board met on Monday evening, and after two hours it had decided nothing at all.'
  const html = `<title>Board meets again</title><div class="story">${names}<p>${words}</p><p class="share">Share this</p></div>`
  const answer = await client.post('/v1/imports', html, { headers: { 'content-type': 'text/html' } })
  t.match(answer.json<Imported>().article.body, [{ children: [{ text: words }] }])
  t.equal(answer.json<Imported>().article.body.length, 1)
})

t.test('words that may be broken are whole', async (t) => {
  const client = await app(t)
  const imported = await post(
    client,
    '<title>Har&shy;bour</title><p>The har&shy;bour is a har\u00adbour.</p>'
  )
  t.equal(imported.article.title, 'Harbour')
  t.same(wordsOf(imported), ['The harbour is a harbour.'])
})

t.test('a story of one sentence and one that breaks off is read whole', async (t) => {
  const client = await app(t)
  const page = `<title>Board meets again</title><div><div class="x">${paragraph('Aldis')}${paragraph('Brine')}<p>The board of Corrin did not meet, and will....</p></div></div>`
  t.match(wordsOf(await post(client, page)).join('\n'), /Aldis.*Brine.*Corrin/s)
})

t.test('a body of a few words on a page of many is told of', async (t) => {
  const client = await app(t)
  const figures = `<figure><img src="https://x.example/1.jpg"><figcaption>${'The crane in the evening. '.repeat(20)}</figcaption></figure>`
  const { warnings } = await post(
    client,
    `<title>Board meets again</title><article><p>Seven cranes.</p>${figures}</article>`
  )
  t.match(
    warnings.filter(({ code }) => code === 'body-incomplete'),
    [{ code: 'body-incomplete' }]
  )
})

t.test('a body that holds little of the prose on a page is told of', async (t) => {
  const client = await app(t)
  const links = '<p><a href="/x">A link to some other page of this site, which says nothing</a></p>'.repeat(
    20
  )
  const page = `<title>Board meets again</title>${['Aldis', 'Brine', 'Corrin'].map((name) => `<div>${paragraph(name)}</div>${links}`).join('')}`
  const { warnings } = await post(client, page)
  t.ok(warnings.some(({ code }) => code === 'body-incomplete'))
})

t.test('what a body cannot hold is told of a page too, with the place where it stood', async (t) => {
  const client = await app(t)
  const page = `<html lang="en"><title>Board meets again</title><article><h1>Board meets again</h1><p>By Ann Lee</p>
    <p>The <abbr title="Harbour Board">HB</abbr> meets <a href="javascript:x">again</a>.</p>${prose}
    <img src="/lead.jpg"><p>It waits.<span hidden>Twelve boats.</span></p>
    <table><tr><th>Boat</th><td>7<hr></td></tr></table><noscript>Turn it on.</noscript></article></html>`
  const { article, warnings } = await post(client, page)
  const body = article.body as Body
  const at = (words: string) => body.findIndex((block) => plainText([block]).includes(words))
  const losses = warnings.filter(({ code }) => /dropped|flattened/.test(code))
  t.same(
    losses.map(({ code, words, pointer }) => [code, words, pointer]),
    [
      ['abbreviation-dropped', 'HB', '/body/0'],
      ['link-dropped', 'again', '/body/0'],
      ['hidden-dropped', 'Twelve boats.', `/body/${at('It waits')}`],
      ['table-flattened', '', `/body/${at('Boat')}`],
      ['fallback-dropped', 'Turn it on.', '/body']
    ]
  )
})

t.test('a page is read in the encoding that a browser reads it in', async (t) => {
  const client = await app(t)
  const page = (head: string) =>
    `<html><head>${head}<title>Café zu</title></head><body><p>Die Brücke bleibt.</p></body></html>`
  const latin = (head: string) => Buffer.from(page(head), 'latin1')
  for (const [what, bytes, type] of [
    ['UTF-8', Buffer.from(page('')), 'text/html'],
    [
      'UTF-8 with a byte order mark',
      Buffer.from(`\ufeff${page('<meta charset="iso-8859-1">')}`),
      'text/html'
    ],
    ['UTF-16, little end first', Buffer.from(`\ufeff${page('')}`, 'utf16le'), 'text/html'],
    ['UTF-16, big end first', Buffer.from(`\ufeff${page('')}`, 'utf16le').swap16(), 'text/html'],
    ['the charset of Content-Type', latin('<meta charset="utf-8">'), 'text/html; charset=iso-8859-1'],
    ['a meta element', latin('<meta charset="iso-8859-1">'), 'text/html'],
    [
      'http-equiv',
      latin('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">'),
      'text/html'
    ],
    ['nothing', latin(''), 'text/html'],
    ['a charset that nobody knows', latin('<meta charset="klingon">'), 'text/html'],
    ['UTF-16 told in ASCII', Buffer.from(page('<meta charset="utf-16">')), 'text/html']
  ] as const) {
    const imported = await post(client, bytes, type)
    t.equal(imported.article.title, 'Café zu', what)
    t.same(wordsOf(imported), ['Die Brücke bleibt.'], what)
  }
  const broken = await post(client, latin('<meta charset="utf-8">'))
  t.equal(broken.article.title, 'Caf\ufffd zu')
  const unknown = await client.post('/v1/imports', page(''), {
    headers: { 'content-type': 'text/html; charset=klingon' }
  })
  t.equal(unknown.status, 415)
})

t.test('what a page says of itself is in the draft', async (t) => {
  const client = await app(t)
  const graph = `{"@context":"https://schema.org","@graph":[
    {"@type":"NewsArticle","headline":"Board meets &amp; waits","articleSection":["Harbour","News"],"keywords":"ferry, crane",
     "datePublished":"2026-03-29T14:30:00+02:00","author":[{"@id":"#ann"},{"@type":"Person","name":"Bo Ray"}],"publisher":{"@id":"#tide"},"description":"Nothing
     was decided.",},
    {"@id":"#ann","@type":"Person","name":"Ann Lee"},{"@id":"#tide","@type":"Organization","name":"Tide News"}]}`
  const { article } = await post(
    client,
    `<html lang="en-GB"><head><title>Board meets &amp; waits | Tide News</title><link rel="canonical" href="https://tide.example/board">
    <script type="application/ld+json"><!-- ${graph} --></script></head><body><h1>Board meets &amp; waits</h1>${prose}</body></html>`
  )
  t.match(article, {
    title: 'Board meets & waits',
    dek: 'Nothing was decided.',
    section: 'Harbour',
    tags: ['ferry', 'crane'],
    language: 'en-GB',
    publishedAt: '2026-03-29T12:30:00.000Z',
    canonicalUrl: 'https://tide.example/board',
    origin: { publisher: 'Tide News', url: 'https://tide.example/board' },
    bylines: [{ name: 'Ann Lee' }, { name: 'Bo Ray' }]
  })
  const printed = await post(
    client,
    `<html><head><title>Tide News - Board meets and waits</title><meta property="og:site_name" content="Tide News">
    <meta name="description" content="Nothing was decided."><meta name="keywords" content="ferry; crane, Ferry"></head><body>
    <div class="byline">By Ann Lee and Bob Ray, Staff Writers</div><span class="date">29.03.2026, 14:30</span>
    <a rel="category" href="/h">Harbour</a>${prose}</body></html>`
  )
  t.match(printed.article, {
    title: 'Board meets and waits',
    dek: 'Nothing was decided.',
    section: 'Harbour',
    tags: ['ferry', 'crane'],
    publishedAt: '2026-03-29T00:00:00.000Z',
    bylines: [{ name: 'Ann Lee' }, { name: 'Bob Ray' }]
  })
})

t.test('a job in a byline is no author, however the byline is printed', async (t) => {
  const client = await app(t)
  const ann = { name: 'Ann Lee' }
  const bob = { name: 'Bob Ray' }
  const cases: [printed: string, bylines: { name: string; role?: string }[]][] = [
    ['By Ann Lee, Staff Writer', [{ ...ann, role: 'Staff Writer' }]],
    ['By Ann Lee, Harbour Correspondent', [{ ...ann, role: 'Harbour Correspondent' }]],
    ['By Ann Lee, Editor-in-Chief', [{ ...ann, role: 'Editor-in-Chief' }]],
    ['Von Ann Lee, Kieler Korrespondentin', [{ ...ann, role: 'Kieler Korrespondentin' }]],
    ['Ann Lee, Photojournalist', [{ ...ann, role: 'Photojournalist' }]],
    [
      'By Ann Lee and Bob Ray, Staff Writers',
      [
        { ...ann, role: 'Staff Writers' },
        { ...bob, role: 'Staff Writers' }
      ]
    ],
    [
      'By Ann Lee, Staff Writer, and Bob Ray, Editor and Photographer',
      [
        { ...ann, role: 'Staff Writer' },
        { ...bob, role: 'Editor and Photographer' }
      ]
    ],
    ['By Ann Lee, Staff Writer, and Bob Ray | Tide News', [{ ...ann, role: 'Staff Writer' }, bob]],
    ['By Ann Lee, Bob Ray and Cy Writer', [ann, bob, { name: 'Cy Writer' }]],
    ['By Ann Lee & Bob Ray', [ann, bob]],
    ['By Ann Lee, MEP, and Bob Ray', [{ ...ann, role: 'MEP' }, bob]],
    ['By Cy Writer', [{ name: 'Cy Writer' }]],
    ['By Ann Lee, Editor, Photographer', [{ ...ann, role: 'Editor, Photographer' }]],
    ['By Ann Lee | Updated', [ann]],
    ['By Ann Lee in Oslo', [ann]],
    ['By Ann Lee, Staff Writer, and Bob Ray in New York', [{ ...ann, role: 'Staff Writer' }, bob]],
    ['By Sean O’Brien and Yusuf al-Rashid in Cairo', [{ name: 'Sean O’Brien' }, { name: 'Yusuf al-Rashid' }]],
    ['By Ann B. Lee and Jo Marsh-Vane in Oslo', [{ name: 'Ann B. Lee' }, { name: 'Jo Marsh-Vane' }]],
    ['By Ann Lee, Published and Bob Ray', [ann, bob]],
    ['By Staff Writer', []],
    ['By Editor and Photographer', []],
    ['By Updated', []]
  ]
  const said = '"The ferry stays," harbour master Mara Lindqvist said.'
  for (const [printed, bylines] of cases) {
    const text = await post(client, `Ferry late\n\n${printed}\n\n${said}`, 'text/plain')
    const page = await post(client, `<h1>Ferry late</h1><p>${printed}</p><p>${said}</p>`)
    for (const { article, warnings } of [text, page]) {
      t.match(article.bylines, bylines, printed)
      t.equal(article.bylines.length, bylines.length, printed)
      const told = warnings.filter(({ code }) => code === 'byline-without-name').map(({ words }) => words)
      t.strictSame(told, bylines.length > 0 ? [] : [printed])
    }
  }
  const marked = await post(client, `<h1>Ferry late</h1><p class="byline">${cases[2]![0]}</p><p>${said}</p>`)
  t.match(marked.article.bylines, [ann])
  t.equal(marked.article.bylines.length, 1, 'and where an element is called a byline')
  const abroad = await post(
    client,
    `<h1>Ferry late</h1><p class="byline">By Sean O’Brien in Dublin and Yusuf al-Rashid in Cairo</p><p>${said}</p>`
  )
  t.same(
    abroad.article.bylines.map(({ name }) => name),
    ['Sean O’Brien', 'Yusuf al-Rashid'],
    'where somebody wrote from is no part of a name with a hyphen or an apostrophe'
  )
})

t.test('a job or a note that a page names as its author is none', async (t) => {
  const client = await app(t)
  for (const name of ['Staff Writer', 'Updated', 'editor']) {
    const page = `<html lang="en"><head><meta name="author" content="${name}"></head><h1>Board meets again</h1>${prose}</html>`
    t.strictSame((await post(client, page)).article.bylines, [], name)
  }
})

t.test('a short story in another language than it is said to be in is not read as that', async (t) => {
  const client = await app(t)
  const read = async (words: string, lang = 'en') => {
    const page = `<html lang="${lang}"><h1>Hafen</h1><article><p>${words}</p></article></html>`
    const { warnings, quotes } = await post(client, page)
    return [warnings.some(({ code }) => code === 'language-not-read'), quotes.length]
  }
  for (const words of [
    'Der Hafen bleibt am Montag geschlossen. „Wir warten auf den Wind“, sagte Hafenmeisterin Mara Lindqvist.',
    'El puerto cierra el lunes por el viento. «No hay barcos hoy», dijo la capitana Mara Ejemplo.'
  ])
    t.strictSame(await read(words), [false, 1], words)
  for (const words of [
    'Satama on suljettu maanantaina kovan tuulen vuoksi. ”Odotamme tuulen tyyntymistä”, sanoi satamakapteeni Mara Esimerkki lehdelle. Lautta lähtee vasta illalla, jos sää sallii.',
    'Ang daungan ay isinara noong Lunes dahil malakas ang hangin, ayon kay kapitan Mara Halimbawa. “Naghihintay kami”, sabi niya kahapon.',
    '港は月曜日に閉鎖される。「風を待っています」と港長は語った。'
  ])
    t.strictSame(await read(words), [true, 0], words)
  const unsaid =
    'Ang daungan ay isinara noong Lunes dahil malakas ang hangin at mataas ang alon, ayon kay kapitan Mara Halimbawa na nagsalita kahapon sa harap ng mga mangingisda. Maraming bangka ang hindi nakaalis at ilang pasahero ang naghintay buong gabi hanggang umaga bago dumating ang unang barko galing Maynila at Cebu.'
  t.strictSame(await read(unsaid, ''), [true, 0], 'nor where it says nothing')
  t.strictSame(await read('Ang daungan ay isinara at bukas. “Naghihintay kami”, sabi niya.', 'tl'), [true, 0])
  t.strictSame(await read('"The ferry stays," harbour master Mara Lindqvist said.'), [false, 1])
  t.strictSame(
    await read(
      '“Vi väntar på vinden”, sa hamnkapten Mara Exempel på måndagen när hamnen stängde för dagen och båtarna låg still.',
      'sv'
    ),
    [false, 1]
  )
})

t.test('dates are read as newsrooms print them', async (t) => {
  const client = await app(t)
  const at = async (date: string) =>
    (await post(client, `<title>Board meets</title><span class="published">${date}</span>${prose}`)).article
      .publishedAt
  const day = '2026-03-29T00:00:00.000Z'
  for (const printed of [
    '29. März 2026',
    '29 mars 2026',
    '29 de marzo de 2026',
    '29 de março de 2026',
    '29 marzo 2026',
    '29 maart 2026',
    '29. marts 2026',
    'Sonntag, 29. März 2026',
    'Stand: 29.03.2026, 14:30 Uhr',
    '3/29/2026',
    '2026/03/29',
    'March 29th, 2026',
    'Posted on 29 March 2026 by Ann Lee',
    'Publié le 29 mars 2026 à 15 h 05',
    'Publié le 29 mars 2026 à 9 h',
    'March 29, 2026 at 10 a.m.',
    'March 29, 2026 at noon',
    '29 March 2026, 24:01 UTC',
    '29 March 2026, 10:60 UTC'
  ])
    t.equal(await at(printed), day, printed)
  t.equal(await at('29 mars 2026 à 15 h 05 GMT'), '2026-03-29T15:05:00.000Z')
  t.equal(await at('29. März 2026, 10 Uhr MESZ'), '2026-03-29T08:00:00.000Z')
  t.equal(await at('March 29, 2026 at 10 a.m. EDT'), '2026-03-29T14:00:00.000Z')
  t.equal(await at('29 March 2026, 24:00 UTC'), '2026-03-30T00:00:00.000Z', 'the end of the day')
  t.equal(await at('2026-03-29T14:30:00+02'), '2026-03-29T12:30:00.000Z')
  t.equal(await at('Sun, 29 Mar 2026 14:30:00 +0200'), '2026-03-29T12:30:00.000Z')
  t.equal(await at('March 29, 2026 at 2:30 p.m. EDT'), '2026-03-29T18:30:00.000Z')
  t.equal(await at('29.13.2026'), null)
})

t.test('an embargo that a press release states holds for its draft', async (t) => {
  const client = await app(t)
  const read = async (...notices: string[]) => {
    const text = ['Board meets again', ...notices, 'The harbour board met on Monday and decided nothing.']
    const { article, warnings } = await post(client, text.join('\n\n'), 'text/plain')
    const codes = warnings.map(({ code }) => code).filter((code) => code.startsWith('embargo'))
    return { article, told: [article.embargoUntil, ...codes], lines: article.body.length }
  }
  for (const [notice, ...told] of [
    ['EMBARGOED UNTIL 00.01 GMT MONDAY 9 NOVEMBER 2026', '2026-11-09T00:01:00.000Z', 'embargo-read'],
    ['EMBARGO: 0001hrs GMT, 9 November 2026', '2026-11-09T00:01:00.000Z', 'embargo-read'],
    ['Not for publication before 6 a.m. EST, Nov. 9, 2026', '2026-11-09T11:00:00.000Z', 'embargo-read'],
    ['For release: Monday, November 9, 2026, 8:30 a.m. EST', '2026-11-09T13:30:00.000Z', 'embargo-read'],
    ['Sperrfrist: 9. November 2026, 10 Uhr MEZ', '2026-11-09T09:00:00.000Z', 'embargo-read'],
    ['Sous embargo jusqu’au 9 novembre 2026 à 9 h', '2026-11-10T12:00:00.000Z', 'embargo-guessed'],
    ['Embargoed until 10:75 GMT on 9 November 2026', '2026-11-10T12:00:00.000Z', 'embargo-guessed'],
    ['Embargoed until 10:00 GMT on 9/11/2026', null, 'embargo-unclear'],
    ['Embargoed until midnight tonight', null, 'embargo-unclear'],
    ['Sperrfrist: Dienstag, 3.11., 10.30 Uhr', null, 'embargo-unclear'],
    ['STRICT EMBARGO: 00:01 GMT, 9 November 2026', '2026-11-09T00:01:00.000Z', 'embargo-read'],
    ['Under strict embargo until 9 November 2026, 00:01 GMT', '2026-11-09T00:01:00.000Z', 'embargo-read'],
    ['EMBARGO - 00:01 GMT, 9 November 2026', '2026-11-09T00:01:00.000Z', 'embargo-read'],
    ['EMBARGO 00.01 GMT 9 November 2026', '2026-11-09T00:01:00.000Z', 'embargo-read'],
    ['Embargoed for 00:01 GMT, 9 November 2026', '2026-11-09T00:01:00.000Z', 'embargo-read'],
    ['EMBARGOED TO 10am GMT Monday 9 November 2026', '2026-11-09T10:00:00.000Z', 'embargo-read'],
    ['Embargo: Tuesday 10am', null, 'embargo-unclear'],
    ['EMBARGO – Tuesday, 10:30', null, 'embargo-unclear'],
    ['For release: Tuesday, 0900 hrs', null, 'embargo-unclear']
  ]) {
    const found = await read(notice!)
    t.same(found.told, told, notice!)
    t.equal(found.lines, 1, 'and the line is none of the story')
  }
  t.match((await read('Under embargo')).article, { internalNotes: 'The page says: Under embargo' })
  const several = await read('EMBARGO: 9 November 2026, 10:00 UTC', 'EMBARGO: 8 November 2026, 10:00 UTC')
  t.equal(several.article.embargoUntil, '2026-11-09T10:00:00.000Z', 'the latest of several')
  for (const line of [
    'Embargo: what it means for the harbour',
    'Embargo: 10 things to know',
    'Embargo – what it means',
    'Embargo - what it means',
    'Embargo to end',
    'Embargoed for years',
    'Embargo-hit port reopens at 10:30',
    'Embargo 2026 begins',
    'Embargo until spring, says the cook',
    'For release by the board, the ferry must turn',
    'Embargoed until 9 November 2026, the report of the harbour board on its cranes was out a week before.',
    `Embargoed until 9 November 2026${' '.repeat(100)}${'10 '.repeat(40)}`
  ]) {
    const { told, lines } = await read(line)
    t.same([told, lines], [[null], 2], line)
  }
})

t.test('a picture is the one that readers see, with those who made and supplied it', async (t) => {
  const client = await app(t)
  const media = async (figure: string) =>
    (await post(client, `<title>Board meets</title><article>${prose}${figure}</article>`)).media
  t.match(
    await media(`<figure><img src="/placeholder.gif" data-src="https://x.example/a.jpg"><noscript><img src="https://x.example/a.jpg"></noscript>
      <figcaption>The quay. Foto: Ann Lee / dpa</figcaption></figure><img class="avatar" src="https://x.example/ann.png"><img src="https://x.example/icons/share.svg">`),
    [
      {
        url: 'https://x.example/a.jpg',
        caption: 'The quay.',
        credits: [{ creators: ['Ann Lee'], suppliers: ['dpa'] }]
      }
    ]
  )
  t.match(
    await media(
      '<figure><img src="data:image/gif;base64,AA"><noscript><img src="https://x.example/n.jpg"></noscript></figure>'
    ),
    [{ url: 'https://x.example/n.jpg' }]
  )
  t.match(
    await media(
      '<figure><picture><source srcset="https://x.example/s.jpg 640w, https://x.example/l.jpg 1280w"><img alt="Quay"></picture></figure>'
    ),
    [{ url: 'https://x.example/l.jpg', alt: 'Quay' }]
  )
  const credits = async (caption: string) => {
    const [found] = await media(
      `<figure><img src="https://x.example/a.jpg"><figcaption>${caption}</figcaption></figure>`
    )
    const [credit] = found!.credits
    return [found!.caption, credit?.creators ?? [], credit?.suppliers ?? []]
  }
  for (const [caption, ...expected] of [
    ['The quay. Photograph: Ann Lee/Coast Images', 'The quay.', ['Ann Lee'], ['Coast Images']],
    [
      'The quay (a view that nobody in the town has had for years)',
      'The quay (a view that nobody in the town has had for years)',
      [],
      []
    ],
    ['The quay. (Ann Lee/Tide Courier via AP)', 'The quay.', ['Ann Lee'], ['Tide Courier', 'AP']],
    ['The quay. REUTERS/Ann Lee', 'The quay.', ['Ann Lee'], ['Reuters']],
    ['The quay. © Ann Lee 2026', 'The quay.', ['Ann Lee'], []],
    ['The quay [Ann Lee/AFP]', 'The quay', ['Ann Lee'], ['AFP']],
    ['The quay. | Ann Lee/AP Photo', 'The quay.', ['Ann Lee'], ['AP']],
    ['Photos by Ann Lee, left, and Bob Ray', null, ['Ann Lee', 'Bob Ray'], []],
    ['The quay. PHOTO: ANNA LINDE', 'The quay.', ['Anna Linde'], []],
    ['The quay. Ann Lee | Getty Images', 'The quay.', ['Ann Lee'], ['Getty Images']],
    ['Keel Harbour | Ann Lee/AP', 'Keel Harbour', ['Ann Lee'], ['AP']],
    ['The quay. Photo: A. Lee', 'The quay.', ['A. Lee'], []],
    ['The quay. Photo: Ann Lee – The Gazette', 'The quay.', ['Ann Lee'], ['The Gazette']],
    ['The quay. PHOTO: OTTO O’BRINE', 'The quay.', ['Otto O’Brine'], []],
    ['The quay. PHOTO: ANN-MARIE MCKEEL', 'The quay.', ['Ann-Marie McKeel'], []],
    ['The quay. Quelle: dpa', 'The quay.', [], ['dpa']],
    ['The quay. Ann Lee, staff photographer', 'The quay.', ['Ann Lee'], []],
    [
      'The quay. Picture Ann Lee, Coast Press (Image: Ann Lee, Coast Press)',
      'The quay.',
      ['Ann Lee'],
      ['Coast Press']
    ],
    ['The quay. <small>Ann Lee/Tide Courier</small>', 'The quay.', ['Ann Lee'], ['Tide Courier']],
    [
      '<span class="credit">Ann Lee | Getty Images</span> The quay.',
      'The quay.',
      ['Ann Lee'],
      ['Getty Images']
    ],
    ['Ann Lee (left) at the quay (2019)', 'Ann Lee (left) at the quay (2019)', [], []]
  ] as const)
    t.same(await credits(caption as string), expected, caption as string)
})

t.test('a story that a page keeps for its scripts is found', async (t) => {
  const client = await app(t)
  const told = ({ warnings }: Imported) => warnings.map(({ code }) => code).includes('body-incomplete')
  const json = JSON.stringify({ '@type': 'NewsArticle', headline: 'Board meets again', articleBody: prose })
  for (const page of [
    `<title>Board meets again</title><script type="application/ld+json">${json}</script><p>Loading the story.</p>`,
    `<title>Board meets again</title><div class="post-body"><script type="text/template">${prose}</script></div>`,
    `<title>Board meets again</title><noscript>${prose}</noscript>`
  ]) {
    const imported = await post(client, page)
    t.match(wordsOf(imported).join('\n'), /Aldis.*Dun/s)
    t.ok(told(imported))
  }
  const small = await post(
    client,
    '<title>Board meets</title><article><div class="share">The board waits.</div></article>'
  )
  t.same(wordsOf(small), ['The board waits.'])
})

t.test(
  'where JSON-LD gives the words of a story, the part of the page that shows them is the story',
  async (t) => {
    const client = await app(t)
    const steps = [
      'Peel the turnips of Aldis.',
      'Boil them in the water of Dun.',
      'Serve them to the board of Brine.'
    ]
    const shown = steps.map((step) => `<div class="step-info"><p>${step}</p></div>`).join('')
    const page = (recipe: object, steps: string) =>
      `<title>Turnips</title><script type="application/ld+json">${JSON.stringify({ '@type': 'Recipe', ...recipe })}</script>
    <main><h1>Turnips</h1><div class="about">${prose}</div><section>${steps}</section></main>`
    const words = async (recipe: object, steps = shown) => wordsOf(await post(client, page(recipe, steps)))
    const told = {
      recipeInstructions: [{ itemListElement: steps.map((text) => ({ text })) }, null, 7, '\ud800']
    }
    t.same(await words(told), steps)
    t.same(
      await words(told, shown.replace('</div>', '</div><aside>Subscribe to the Courier of Dun.</aside>')),
      steps
    )
    t.notMatch(await words({ recipeInstructions: steps.slice(1) }), steps, 'two stretches tell little')
    t.notMatch(await words({ ...told, articleBody: prose }), steps, 'the chosen part shows more of them')
    t.notMatch(await words(told, ''), steps, 'the page shows none of them')
  }
)

t.test('a picture has the credit and the terms that its page states in structured data', async (t) => {
  const client = await app(t)
  const page = (objects: object[], figure: string) =>
    `<html lang="en"><head><title>Board meets</title><base href="https://x.example/s/"><script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', '@graph': objects })}</script></head><article>${prose}${figure}</article></html>`
  let quays = 0
  /** With pictures that no page had before: those that are known keep their credit. */
  const read = async (objects: object[], figure = '<figure><img src="/up/quay-300x200.jpg"></figure>') => {
    const { media, proposals } = await post(
      client,
      page(objects, figure).replaceAll('quay', `quay${++quays}`)
    )
    const rules = proposals.flatMap(({ kind, rule }) => (kind === 'credit' ? [rule] : []))
    return { credit: media[0]?.credits[0], rules }
  }
  const picture = { '@type': 'ImageObject', contentUrl: 'https://x.example/up/quay.jpg?w=1200' }
  const licence = 'https://creativecommons.org/licenses/by-sa/4.0/'
  const whole = await read([
    {
      ...picture,
      creator: [{ '@id': '#ann' }, { '@type': 'Organization', name: 'Coast Images' }],
      creditText: 'Ann Lee for Coast Images',
      copyrightNotice: '© 2026 Ann Lee',
      copyrightHolder: { '@type': 'Person', name: 'Ann Lee' },
      license: licence,
      acquireLicensePage: '/buy'
    },
    { '@type': 'Person', '@id': '#ann', name: 'Ann Lee' }
  ])
  t.match(whole, {
    credit: {
      creditLine: 'Ann Lee for Coast Images',
      creators: ['Ann Lee'],
      suppliers: ['Coast Images'],
      copyrightNotice: '© 2026 Ann Lee',
      copyrightHolder: 'Ann Lee',
      licence: { name: 'CC BY-SA 4.0', url: licence },
      acquireLicensePage: 'https://x.example/buy'
    },
    rules: ['structured-data']
  })
  for (const [stated, credit] of [
    [{ creditText: 'Ann Lee/dpa' }, { creators: ['Ann Lee'], suppliers: ['dpa'] }],
    [{ creator: { '@type': 'Person', name: 'Ann Lee' } }, { creditLine: 'Ann Lee', creators: ['Ann Lee'] }],
    [{ copyrightNotice: '© Ann Lee' }, { creditLine: '© Ann Lee', creators: ['Ann Lee'] }],
    [
      { copyrightHolder: 'Ann Lee', license: 'Once' },
      { creditLine: 'Ann Lee', licence: { name: 'Once' } }
    ],
    [
      { creditText: 'Ann Lee', license: { '@type': 'CreativeWork', name: 'House', url: licence } },
      { licence: { name: 'House', url: licence } }
    ],
    [
      { creditText: 'Ann Lee', license: { '@id': 'https://x.example/terms' } },
      { licence: { name: 'https://x.example/terms', url: 'https://x.example/terms' } }
    ]
  ] as const)
    t.match((await read([{ ...picture, ...stated }])).credit, credit, JSON.stringify(stated))
  const printed = '<figure><img src="/up/quay.jpg"><figcaption>The quay. Photo: Bob Ray</figcaption></figure>'
  t.match(
    await read([{ ...picture, creditText: 'Somebody', license: licence }], printed),
    {
      credit: { creditLine: 'Photo: Bob Ray', creators: ['Bob Ray'], licence: { url: licence } },
      rules: ['caption']
    },
    'what readers see goes first'
  )
  for (const [why, object] of Object.entries({
    'another picture': { ...picture, contentUrl: 'https://x.example/logo.jpg', creditText: 'Ann Lee' },
    'no picture': { ...picture, '@type': 'WebPage', creditText: 'Ann Lee' },
    'nothing of its terms': { ...picture, caption: 'The quay' },
    'terms, and nobody to credit': { ...picture, license: licence, acquireLicensePage: 5 },
    'a licence that is none': { ...picture, license: {} },
    'an address that is none': { ...picture, contentUrl: 5, creditText: 'Ann Lee' }
  }))
    t.equal((await read([object])).credit, undefined, why)
  const lead = await post(
    client,
    page([{ ...picture, creditText: 'Ann Lee' }], '').replace(
      '<article>',
      '<body><h1>Board meets</h1><figure><img src="/up/quay.jpg"></figure><article>'
    )
  )
  t.match(lead.media, [{ credits: [{ creditLine: 'Ann Lee' }] }], 'above the story, too')
})
