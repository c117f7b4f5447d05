// What pages say of themselves, on invented pages: bylines, dates, headlines, sections, tags, and the picture that leads.
import t from 'tap'
import type { Imported } from '../../src/importing/records/schema.ts'
import { app, type Client } from '../support/app.ts'

const post = async (client: Client, page: string) => {
  const answer = await client.post('/v1/imports', page, { headers: { 'content-type': 'text/html' } })
  t.equal(answer.status, 201, JSON.stringify(answer.json()).slice(0, 300))
  return answer.json<Imported>().article
}
const paragraph = (about: string) =>
  `<p>The harbour board of ${about} met on Monday evening, and after two hours it had decided nothing at all, as everybody in the room had feared. A second meeting will follow in June.</p>`
const prose = ['Aldis', 'Brine', 'Corrin'].map(paragraph).join('')
interface Parts {
  head?: string
  above?: string
  below?: string
  story?: string
  after?: string
}
const page = ({ head = '', above = '', below = '', story = prose, after = '' }: Parts) =>
  `<html lang="en"><head><title>Board meets again</title>${head}</head><body><div class="top">${above}</div>
  <h1>Board meets again</h1>${below}<article>${story}</article>${after}</body></html>`
const json = (value: unknown) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`
const link = (name: string, attributes = '') => `<a ${attributes} href="/people/7">${name}</a>`

t.test('authors are those that a page states', async (t) => {
  const client = await app(t)
  const article = { '@type': 'NewsArticle', headline: 'Board meets again' }
  for (const [head, names] of [
    [json({ ...article, author: { name: 'Roving Reporter' } }), ['Roving Reporter']],
    [
      json({ ...article, author: { name: 'Ann Lee, PhD' }, creator: 'Bo Ray, Staff Writer' }),
      ['Ann Lee', 'Bo Ray']
    ],
    [json({ ...article, author: 'No Author' }), []],
    [`${json({ ...article, author: 'No Author' })}<meta name="author" content="https://x.example/ann">`, []],
    [json({ ...article, author: 'gull7', publisher: { name: 'Tide News' } }), ['gull7']],
    [json({ ...article, author: 'Tide News', publisher: { name: 'Tide News' } }), ['Tide News']],
    [
      json({ ...article, author: 'Ann Lee', publisher: { '@type': 'Person', name: 'Ann Lee' } }) +
        '<meta property="og:site_name" content="The Tide">',
      ['Ann Lee']
    ],
    [json({ '@type': 'WebPage', author: 'Ann Lee' }), ['Ann Lee']],
    ['<meta name="author" content="Ann Lee and Bo Ray (Brine)">', ['Ann Lee', 'Bo Ray']],
    ['<meta name="author" content="Ann Lee Chief Editor">', ['Ann Lee']],
    ['<meta name="author" content="Ann Lee, Cy Keel, and Bo Ray">', ['Ann Lee', 'Cy Keel', 'Bo Ray']],
    ['<meta name="author" content="Ann Lee in New Brine and Bo Ray in Keel">', ['Ann Lee', 'Bo Ray']],
    ['<meta name="author" content="Ann Lee and Bo Ray, Berlin">', ['Ann Lee', 'Bo Ray']],
    ['<meta name="author" content="Ann Lee and Bo Ray, Reuters">', ['Ann Lee', 'Bo Ray', 'Reuters']],
    ['<meta name="author" content="Ana Ray en Madrid">', ['Ana Ray']],
    ['<meta name="author" content="Ann Lee, Jr., and Omar al-Keel">', ['Ann Lee Jr.', 'Omar al-Keel']],
    [
      '<meta name="citation_author" content="van der Keel, Ann B."><meta name="citation_author" content="Ray, Bo">',
      ['Ann B. van der Keel', 'Bo Ray']
    ],
    ['<meta name="dc.creator" content="Reuters, Bloomberg">', ['Reuters', 'Bloomberg']],
    ['<meta name="author" content="Quay Desk of the board’s own weekly news sheet">', []],
    [
      '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ann Lee">',
      ['Ann Lee']
    ],
    ['<meta name="twitter:label1" content="Time"><meta name="twitter:data1" content="Ann Lee">', []]
  ] as [string, string[]][])
    t.same(
      (await post(client, page({ head }))).bylines.map(({ name }) => name),
      names,
      head
    )
})

t.test('authors are those that a page prints around its headline', async (t) => {
  const client = await app(t)
  const card = `<div class="related"><p class="author">Zoe Other</p></div><div class="comments"><b class="fn">Zed Reader</b></div>
    <div class="teasers"><a rel="author" href="/a">Yan Other</a></div>`
  for (const [parts, names] of [
    [{ below: `<p class="byline">By ${link('Ann Lee')} | ${link('Follow')}</p>` }, ['Ann Lee']],
    [{ below: '<p class="byline">Posted on May 6, 2019 by Ann Lee</p>' }, ['Ann Lee']],
    [{ below: '<p class="byline">By Ann Lee, MEP, and Bo Ray MP</p>' }, ['Ann Lee', 'Bo Ray']],
    [
      {
        below: `<p class="byline">By ${link('<img alt="Photo: Zoe Other" src="/ann.jpg"> Ann Lee', 'class="h-card"')}</p>`
      },
      ['Ann Lee']
    ],
    [{ below: '<div class="byline"><i itemprop="name">Ann Lee</i> in Brine</div>' }, ['Ann Lee']],
    [
      { below: `<p>${link('Ann Lee', 'rel="author"')} and ${link('gull7', 'rel="author"')}</p>` },
      ['Ann Lee', 'gull7']
    ],
    [{ below: `<p><a href="/authors/ann">Ann Lee</a>, <a href="/authors/">all</a></p>` }, ['Ann Lee']],
    [{ below: `<p><a href="/authors/desk">reviews</a></p>` }, []],
    [{ below: '<span class="vcard"><b class="fn">gull7</b></span>' }, ['gull7']],
    [{ below: '<span class="author">gull</span>' }, []],
    [{ below: '<span itemprop="author">Ann Lee</span>' }, ['Ann Lee']],
    [{ below: `<div data-testid="card-byline"><span>${link('Ann Lee')}</span></div>` }, ['Ann Lee']],
    [{ above: '<p class="author">Ann Lee</p>' }, ['Ann Lee']],
    [{ below: '<p>Text: Ann Lee</p>' }, ['Ann Lee']],
    [{ below: '<p>The quay, painted by Ann Lee</p>' }, []],
    [{ below: '<p>Article by Ann Lee and Bo Ray, Brine</p>' }, ['Ann Lee', 'Bo Ray']],
    [{ story: `${prose}<p><em>Ann Lee</em></p>` }, ['Ann Lee']],
    [{ story: `${prose}<p>By Ann Lee</p>` }, ['Ann Lee']],
    [{ story: `${prose}<p>Ann Lee</p><p><b>Ann</b> Lee</p><p><u>Ann Lee</u></p>` }, []],
    [{ after: '<div class="about"><p class="author">About the author: Ann Lee</p></div>' }, ['Ann Lee']],
    [{ after: `<div class="author">${link('Ann Lee')}${paragraph('Dun').repeat(4)}</div>` }, []],
    [{ below: '<h4>Autorin</h4><p>Ann Lee</p>' }, ['Ann Lee']],
    [{ below: '<span>by</span><i></i><b>Ann Lee</b>' }, ['Ann Lee']],
    [{ below: `<p class="byline"><a href="/7"><img></a>${link('Gull')}</p>` }, ['Gull']],
    [{ below: `<p class="byline">${'The harbour board of Dun met again. '.repeat(6)}</p>` }, []],
    [{ below: '<a rel="author"></a>' }, []],
    [{ story: `${prose}<p></p><p><em>Ann Lee</em></p>` }, ['Ann Lee']],
    [
      { after: `${'<p></p>'.repeat(95)}<p class="author">Ann Lee</p><p class="author">Ann Lee</p>` },
      ['Ann Lee']
    ],
    [
      {
        head: json({ '@type': 'NewsArticle', author: 'Ann Lee' }),
        story: `<div class="post-body">${prose}</div><p class="post-author"><b class="fn">gull7</b></p>`
      },
      ['Ann Lee']
    ],
    [{ story: `<div class="post-body">${prose}</div><p class="post-author"><b class="fn"></b></p>` }, []],
    [{ below: `<span>by</span><h3>${link('gull7')}</h3>` }, ['gull7']],
    [{ below: '<span>by</span>' }, []],
    [{ below: `<p>von ${link('gull7')} am 6. Mai</p>` }, ['gull7']],
    [{ below: '<p>Harbour | By <b>Ann Lee</b> | May 6</p>' }, ['Ann Lee']],
    [{ below: '<p>Von unserer Redakteurin Ann Lee, Brine</p>' }, ['Ann Lee']],
    [{ below: '<p>Av Ann Lee og Bo Ray</p>' }, ['Ann Lee', 'Bo Ray']],
    [{ below: '<p class="byline">Ann Lee, Brine</p>' }, ['Ann Lee']],
    [{ below: '<p class="byline">Ann Lee @annlee</p>' }, ['Ann Lee']],
    [{ below: '<p class="byline">Ann Lee and Bob Ray, Editor</p>' }, ['Ann Lee', 'Bob Ray']],
    [{ head: '<meta name="author" content="Ann Lee, Editor-in-Chief">' }, ['Ann Lee']],
    [{ below: '<p class="credit">TIDE</p>' }, ['TIDE']],
    [{ below: '<figure><img src="/a.jpg"><p class="credit">Zoe Other</p></figure>' }, []],
    [{ story: `${prose}<p><b><i>Ann Lee</i></b></p><p>Box</p>` }, ['Ann Lee']],
    [{ story: `${prose}<p>Autorin: Ann Lee, Leiterin des Hafens</p>` }, ['Ann Lee']],
    [{ below: `<p><a href="/author/ann">Ann Lee</a>, <a href="/profile/bo">Bo Ray</a></p>` }, ['Ann Lee']],
    // Far from the headline: one name again and again, many names, a name in a link to a story.
    [{ after: '<p class="author">Ann Lee</p><p class="author">Ann Lee</p>' }, ['Ann Lee']],
    [
      {
        after: '<p class="author">Ann Lee</p><p class="author">Bo Ray</p>'.replace(/^/, '<p></p>'.repeat(95))
      },
      []
    ],
    [{ after: `${'<p></p>'.repeat(95)}<a href="/s"><i class="author">Ann Lee</i></a>` }, []],
    // A house, or a login, in the head of the page goes after a person whom the page prints.
    [
      { head: json({ '@type': 'NewsArticle', author: 'TN' }), story: `${prose}<p>By Ann Lee</p>` },
      ['Ann Lee']
    ],
    [{ head: '<meta name="author" content="Tide e.V.">', below: '<p>By Ann Lee</p>' }, ['Ann Lee']],
    [{ head: '<meta name="author" content="Tide e.V.">' }, ['Tide e.V.']],
    [{ head: '<meta name="author" content="Bo Ray">', below: '<p>By Ann Lee</p>' }, ['Bo Ray']],
    [
      { head: '<meta name="author" content="Bo Ray">', below: '<p>An interview by Ann Lee with Zed</p>' },
      ['Ann Lee']
    ],
    [
      {
        head: `${json({ '@type': 'NewsArticle', author: 'Ann Lee' })}<meta name="author" content="Ann Lee, Bo Ray">`
      },
      ['Ann Lee', 'Bo Ray']
    ],
    [
      { head: '<meta property="og:site_name" content="Tide News">', below: '<a rel="author">Tide News</a>' },
      ['Tide News']
    ],
    [
      { head: json({ '@type': 'Recipe', review: { '@type': 'Review', headline: 'Nice', author: 'Zed' } }) },
      []
    ],
    [
      {
        story: `<div class="post-body">${prose}</div><p class="post-author">By <b class="fn">gull7</b></p>`
      },
      ['gull7']
    ],
    [{ below: '<p class="byline">by gull7</p>' }, ['gull7']],
    [{ below: '<p class="byline">by Sponsored Content</p>' }, []],
    // What a byline prints of the headline is the story again.
    [{ below: '<p class="byline">Board</p>' }, []],
    // A description may begin as the story does, which the page shows by a script.
    [
      {
        head: '<meta name="description" content="Posted by Ann Lee, Bo Ray - The harbour board met again.">',
        story: `<div class="post-body">${prose}</div>`
      },
      ['Ann Lee', 'Bo Ray']
    ],
    [{ head: '<meta property="og:description" content="Posted by Ann Lee. The board met.">' }, ['Ann Lee']]
  ] as [Parts, string[]][]) {
    const { bylines } = await post(client, page({ ...parts, after: (parts.after ?? '') + card }))
    t.same(
      bylines.map(({ name }) => name),
      names,
      JSON.stringify(parts).slice(0, 200)
    )
  }
})

t.test('a page of one person is by whoever has the rights to it and gave the site its name', async (t) => {
  const client = await app(t)
  const by = async (title: string, footer: string) => {
    const { bylines } = await post(
      client,
      `<html lang="en"><title>${title}</title><h1>Board meets again</h1><article>${prose}</article><p>${footer}</p></html>`
    )
    return bylines.map(({ name }) => name)
  }
  const site = 'Ann Lee’s quay | Board meets again'
  t.same(await by(site, 'Copyright (c) 2012- Ann Lee. All rights reserved. Made by Bo Ray.'), ['Ann Lee'])
  t.same(await by(site, '© 2012–2019 Bo Ray'), [])
  t.same(await by('Tide News | Board meets again', '© Tide News'), [])
  t.same(await by('Board meets again', 'Ann Lee'), [])
})

t.test(
  'the date is that of publication, by what the page states and what it prints near its headline',
  async (t) => {
    const client = await app(t)
    const day = '2019-05-06T00:00:00.000Z'
    const elsewhere = `<div class="comments"><time datetime="2021-01-01">1 January 2021</time></div>
    <div class="related"><time datetime="2021-01-02">2 January 2021</time></div>`
    for (const [parts, at] of [
      [{ below: '<p>Press release of 6 May 2019</p>' }, day],
      [{ below: '<p>Updated: 7 May 2019</p><p>Ann Lee, 6 May 2019</p>' }, day],
      [{ below: `<p>Published on 6 May 2019<br>${'It took an hour to read aloud. '.repeat(6)}</p>` }, day],
      [
        { below: `<p>In the spring of 6 May 2019 ${'it took an hour to read it aloud. '.repeat(6)}</p>` },
        undefined
      ],
      [{ above: '<span>6 May 2019</span>' }, day],
      [{ above: '<i itemprop="datePublished"></i><p>6 May 2019</p>' }, day],
      [{ below: '<time datetime="2019-05-06">Monday</time>' }, day],
      [{ below: `<p itemprop="datePublished">6 May 2019<div>${prose}</div></p>` }, day],
      [
        {
          below: `<span itemprop="datePublished">6 May 2019 ${'and so on, until the evening. '.repeat(20)}</span>`
        },
        day
      ],
      [
        {
          below: `<div class="date"><b title="2019-05-06"></b></div><p class="updated" title="2019-05-06"></p>`
        },
        day
      ],
      [{ head: '<meta name="date" content="2019-05-06">' }, day],
      [{ head: '<meta name="date" content="2019-05-08">', below: '<p>6 May 2019</p>' }, day],
      [{ head: '<meta property="article:modified_time" content="2019-05-06">' }, day],
      [{ head: json({ '@type': 'NewsArticle', dateModified: '2019-05-06' }) }, day],
      [{ head: '<script>var page = { "published_at": "2019-05-06" }</script><script>1</script>' }, day],
      [{ head: '<link rel="canonical" href="https://x.example/2019/05/06/board">' }, day],
      [{ story: `${prose}<p>(Brine, 6 May 2019)</p>` }, day],
      [{ story: `${prose}<time datetime="2019-05-06">Monday</time>` }, day],
      [{ story: `${prose}<p>32 May 2019</p>` }, undefined]
    ] as [Parts, string | undefined][]) {
      const { publishedAt } = await post(client, page({ ...parts, after: elsewhere }))
      t.equal(publishedAt ?? undefined, at, JSON.stringify(parts).slice(0, 200))
    }
  }
)

t.test(
  'the headline is printed without what is set above it, and without the name of the site',
  async (t) => {
    const client = await app(t)
    const read = async (head: string, body: string) =>
      (await post(client, `<head>${head}</head>${body}<article>${prose}</article>`)).title
    const title = '<title>Board of the harbour meets again | Tide News</title>'
    t.equal(
      await read(title, '<h1><span class="kicker">Brine</span>: Board of the harbour meets again</h1>'),
      'Board of the harbour meets again'
    )
    t.equal(await read(title, '<h1><small>Brine</small></h1>'), 'Board of the harbour meets again')
    t.equal(
      await read(title, '<h1><i class="sub-heading">Brine:</i> Board of the harbour meets again</h1>'),
      'Board of the harbour meets again'
    )
    const spoken = (dash: string) =>
      `<h1 itemprop="headline"><b>Brine</b>${dash}<b>The board meets again</b></h1>`
    t.equal(
      await read('<title>Brine – The board meets again</title>', spoken('<i class="x_hiddendash"> – </i>')),
      'The board meets again',
      'a dash that is not shown is read aloud between two lines'
    )
    t.equal(
      await read('<title>Brine – The board meets again</title>', spoken('<i class="hidden"></i><i> – </i>')),
      'Brine – The board meets again'
    )
    t.equal(
      await read(
        '<meta property="og:title" content="Board of the harbour meets again"><title>x</title>',
        '<h1><b>Brine</b> Board of the harbour meets again</h1><h1>Other</h1>'
      ),
      'Board of the harbour meets again'
    )
    t.equal(
      await read(title, '<h2 class="headline">Board of the…</h2><h2 class="entry-title">Board of the…</h2>'),
      'Board of the harbour meets again'
    )
    t.equal(
      await read(
        '<title>Tide News » Board meets</title>',
        '<h1><a href="/">Tide News</a></h1><h2>Board meets</h2>'
      ),
      'Board meets'
    )
    t.equal(
      await read('<title>Home</title>', '<h1 class="site-title">Tide</h1><h1>The crane waits</h1>'),
      'The crane waits'
    )
    t.equal(await read('<title>Trips to the coast</title>', ''), 'Trips to the coast')
    t.equal(
      (
        await post(
          client,
          `<title>Trips to the coast</title><article><h1>The crane waits</h1>${prose}</article>`
        )
      ).title,
      'The crane waits'
    )
    t.equal(
      await read(
        '<title>Crane in the port waits | Tide News</title>',
        `<h1>Crane waits for a buyer</h1><div class="newsletter"><h1>The tide in your inbox</h1></div>`
      ),
      'Crane waits for a buyer',
      'the headline of a newsletter is none'
    )
    t.equal(
      await read(
        '<title>Board of the harbour meets again | Tide News</title>',
        `<div class="newsletter"><h1>Crane</h1><h1>Quay</h1></div>`
      ),
      'Board of the harbour meets again'
    )
    t.equal(
      await read(
        '<meta property="og:title" content="Board of the harbour meets again"><title>Tide News</title>',
        '<h1>Board of the harbour meets again in May</h1><p class="entry-title">Board of the harbour meets again</p>'
      ),
      'Board of the harbour meets again in May',
      'lists have it shorter'
    )
    t.equal(
      await read(
        '<title>blog | The Great Tide</title>',
        '<div><h1>Boats of the great tide</h1></div><h2 class="entry-title">The crane waits</h2>'
      ),
      'The crane waits',
      'the words of a site’s name tell of no headline'
    )
    t.equal(await read('<title>Quay</title>', '<p class="entry-title"></p>'), 'Quay')
  }
)

t.test('the section is named by links to it, or by the path that leads to the page', async (t) => {
  const client = await app(t)
  const crumbs = (...names: unknown[]) =>
    json({ '@type': 'BreadcrumbList', itemListElement: names.map((item) => ({ '@type': 'ListItem', item })) })
  for (const [parts, section] of [
    [{ below: '<p class="post-category"><a href="/h">Harbour</a></p>' }, 'Harbour'],
    [{ below: '<p class="category">Harbour</p>' }, 'Harbour'],
    [{ below: '<p class="category"><a href="/"><img alt=""></a><a href="/h">Harbour</a></p>' }, 'Harbour'],
    [{ below: '<p class="category">A line of many words</p><p class="category"></p>' }, undefined],
    [{ head: crumbs({ name: 'Home' }, { name: 'Harbour' }, { name: 'Board meets again' }) }, 'Harbour'],
    [{ head: crumbs({ name: 'Home' }, {}, 7) }, undefined],
    [{ head: crumbs({ name: 'Harbour' }) }, 'Harbour'],
    [
      {
        above: '<ul class="breadcrumbs"><li><a href="/">Tide</a></li><li><a href="/h">Harbour</a></li></ul>'
      },
      'Harbour'
    ],
    [{ above: '<ul class="breadcrumbs"><li>Tide</li></ul>' }, undefined],
    [{ below: '<p>In <a href="/all">All</a> <a href="/category/old-quays">Old quays</a></p>' }, 'Old quays'],
    [
      {
        after: `${'<p></p>'.repeat(95)}<div class="catlinks"><a href="/Special:Categories">Category</a>: <a href="/Category:Quays">Quays</a></div>`
      },
      'Quays'
    ],
    [{ below: `<a href="/category/all">${'All that is in the harbour of Brine '.repeat(2)}</a>` }, undefined],
    [{ below: '<p class="hentry category-old-quays">Posted</p>' }, 'Old quays'],
    [
      {
        above: '<a>Old</a><a href="/old-quays/">Quays</a>',
        below: '<p class="hentry category-old-quays">Posted</p>'
      },
      'Quays'
    ],
    [
      {
        head: '<link rel="canonical" href="https://x.example/harbour/board">',
        above: '<a href="/harbour">Harbour</a>'
      },
      'Harbour'
    ],
    [{ head: '<link rel="canonical" href="https://x.example/harbour/board">' }, undefined],
    [
      {
        head: '<link rel="canonical" href="https://x.example/posts/board">',
        above: '<a href="/posts">All</a>'
      },
      undefined
    ]
  ] as [Parts, string | undefined][])
    t.equal((await post(client, page(parts))).section ?? undefined, section, JSON.stringify(parts))
})

t.test(
  'tags are those that a page states, each of its strings one, else a list of links to them',
  async (t) => {
    const client = await app(t)
    const tag = (name: string) => `<meta property="article:tag" content="${name}">`
    const filed = (label: string, data: string) =>
      `<meta name="twitter:label2" content="${label}"><meta name="twitter:data2" content="${data}">`
    for (const [parts, tags] of [
      [{ head: tag('Ferries, old') + tag('#Crane &amp;amp; Quay') }, ['Ferries, old', 'Crane & Quay']],
      [
        { head: '<meta name="keywords" content="Fares (Ferries, Boats), quay; crane">' },
        ['Fares (Ferries, Boats)', 'quay', 'crane']
      ],
      [{ head: `<meta name="parsely-tags" content="front-page">${tag('Quay')}` }, ['Quay']],
      [{ head: '<meta name="parsely-tags" content="quay,crane">' }, ['quay', 'crane']],
      [
        { head: '<meta name="keywords" content=" ">', after: '<p><a rel="tag" href="/1">Quay</a></p>' },
        ['Quay']
      ],
      [
        { head: tag('Keel, Ada B') + tag('Ada Keel') + tag('Oar, Bo') + tag('Bo Oar') + tag('Ferries, old') },
        ['Ada Keel', 'Bo Oar', 'Ferries, old']
      ],
      [
        {
          after:
            '<p class="tags">Tags: <a href="/1">Quay (3)</a>, <a href="/2">Crane</a><a href="/3"></a></p>'
        },
        ['Quay', 'Crane']
      ],
      [
        { after: '<p>Topics: <a href="/tag/quay">Quay</a> and <a href="/tag/crane">Crane</a> here</p>' },
        ['Quay', 'Crane']
      ],
      [
        { after: '<ul><li><a href="/tag/quay">Quay</a></li><li><a href="/tag/crane">Crane</a></li></ul>' },
        ['Quay', 'Crane']
      ],
      [
        { after: '<p><a rel="tag" href="/1">Quay</a><a rel="category tag" href="/2">Crane</a></p>' },
        ['Quay']
      ],
      [{ after: '<ul><li><a>Quay</a></li></ul><p>Nothing</p><p></p>' }, []],
      [{ head: tag('Quay') + filed('Filed under', 'Crane, Quay') }, ['Crane', 'Quay']],
      [{ head: tag('Boat') + filed('Filed under', 'Crane, Quay') }, ['Boat']],
      [{ head: tag('Quay') + filed('Time to read', 'Crane, Quay') }, ['Quay']]
    ] as [Parts, string[]][])
      t.same((await post(client, page(parts))).tags, tags, JSON.stringify(parts))
  }
)

t.test('the picture between headline and story leads the story, with its credit', async (t) => {
  const client = await app(t)
  const figure = (n: number, words: string) =>
    `<figure><img src="https://x.example/${n}.jpg"><figcaption>${words}</figcaption></figure>`
  const media = async (parts: Parts) =>
    (await post(client, page(parts))).media.map(({ url, caption, credits }) => [
      url,
      caption,
      credits[0]?.creators
    ])
  const lead = ['https://x.example/1.jpg', 'The quay.', ['Ann Lee']]
  t.same(await media({ below: figure(1, 'The quay. Photo: Ann Lee') }), [lead])
  t.same(await media({ below: figure(2, '') + figure(1, 'The quay. Photo: Ann Lee') }), [lead])
  t.same(await media({ below: figure(1, 'The quay. Photo: Ann Lee'), story: figure(1, 'Again') + prose }), [
    ['https://x.example/1.jpg', 'Again', undefined]
  ])
  t.same(await media({ below: figure(1, 'The quay.'), story: figure(2, 'The quay.') + prose }), [
    ['https://x.example/2.jpg', 'The quay.', undefined]
  ])
  t.same(await media({ story: prose, after: figure(1, 'Another story') }), [])
  const lossy = await post(
    client,
    page({ below: figure(1, 'The quay.'), story: `${prose}<p><a href="ftp://x.example">Far</a></p>` })
  )
  t.same(lossy.media.length, 1)
  const credited =
    '<figure><img src="https://x.example/1.jpg"><span class="meta"><figcaption>The quay.</figcaption> <cite>Ann Lee</cite></span></figure>'
  t.same(await media({ story: credited + prose }), [lead])
  t.same(await media({ story: `${prose}<aside>${figure(1, 'The quay. Photo: Ann Lee')}</aside>` }), [lead])
  t.same(
    await media({ story: `${prose}<aside>${figure(1, 'The quay.')}More</aside><aside>None</aside>` }),
    []
  )
  t.same(
    await media({
      story: `<div class="elementor-widget">${figure(1, 'The quay. Photo: Ann Lee')}${prose}</div>`
    }),
    [lead]
  )
})

t.test('names of a credit are told apart by their form', async (t) => {
  const client = await app(t)
  for (const [words, creators, suppliers] of [
    ['Foto: HbK/Ann Lee', ['Ann Lee'], ['HbK']],
    ['Foto: BoatMedia / gulls', ['gulls'], ['BoatMedia']],
    ['Photographer: Ann Lee/Getty Images', ['Ann Lee'], ['Getty Images']],
    ['© Canal- und Hafenverein Brine 1990 e.V.', ['Canal- und Hafenverein Brine 1990 e.V.'], []],
    ['Image: Quay Works, Inc.', [], ['Quay Works, Inc']],
    ['Foto: Ann Lee via Unsplash (Unsplash License)', ['Ann Lee'], ['Unsplash']],
    ['Foto: Ann Lee/cc by sa 2.0', ['Ann Lee'], []]
  ] as const) {
    const figure = `<figure><img src="https://x.example/1.jpg"><figcaption>The quay.</figcaption><p class="credit">${words}</p></figure>`
    const { media } = await post(client, page({ story: figure + prose }))
    t.match(media, [{ caption: 'The quay.', credits: [{ creators, suppliers }] }], words)
    t.equal(media[0]!.credits[0]!.creators.length, creators.length, words)
  }
})

t.test('a page of UTF-8 that declares another encoding is read as it is', async (t) => {
  const client = await app(t)
  const told = (charset: string, words: string) =>
    client.post(
      '/v1/imports',
      Buffer.from(`<meta charset="${charset}"><title>${words}</title><p>Words.</p>`) as never,
      {
        headers: { 'content-type': 'text/html' }
      }
    )
  t.equal((await told('iso-8859-1', 'Café zu')).json<Imported>().article.title, 'Café zu')
  t.equal((await told('utf-16', 'Cafe zu')).json<Imported>().article.title, 'Cafe zu')
})
