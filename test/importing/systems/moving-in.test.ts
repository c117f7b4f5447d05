// Exports of Ghost, Substack, Medium, static sites, feeds and agencies.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t, { type Test } from 'tap'
import { readConfig } from '../../../src/config/config.ts'
import { importAll } from '../../../src/importing/commands/import.ts'
import { zipLimits } from '../../../src/importing/systems/archive.ts'
import type { ArticleItem, ExportFile, Item, Loss } from '../../../src/importing/systems/item.ts'
import { readerNamed } from '../../../src/importing/systems/registry.ts'
import { app, database, folder, opened } from '../../support/app.ts'
import { zipOf } from './zips.ts'

const fileOf = (name: string, text: string): ExportFile => ({
  name,
  size: text.length,
  async *chunks() {
    yield Buffer.from(text)
  }
})

/** What a reader yields of these files. */
async function read(name: string, files: Record<string, string>) {
  const all: Item[] = []
  for await (const item of readerNamed(name)!.read(
    Object.entries(files).map(([file, text]) => fileOf(file, text))
  ))
    all.push(item)
  const articles = all.filter((one): one is ArticleItem => one.kind === 'article')
  const losses = all.filter((one): one is Loss => one.kind === 'loss')
  return { articles, losses, codes: losses.map(({ code }) => code) }
}

/** Runs the command in this process. */
async function imported(t: Test, file: string, args: string[]) {
  const report = join(folder(t), 'report.jsonl')
  let [out, err] = ['', '']
  const ok = await importAll(['--report', report, '--no-quotes', ...args], () => opened(t, file), {
    settings: { ...readConfig({}), ONRECORD_IMPORT_DAYS: 1 },
    out: { isTTY: false, write: (text) => (out += text) },
    err: { write: (text) => (err += text) }
  })
  const lines = readFileSync(report, 'utf8').split('\n').filter(Boolean)
  return { ok, out, err, codes: lines.map((line) => (JSON.parse(line) as Loss).code).sort() }
}

const lexical = (...children: object[]) => JSON.stringify({ root: { type: 'root', children } })
const words = (text: string, format = 0) => ({ type: 'extended-text', text, format })

const ghost = {
  db: [
    {
      meta: { exported_on: 1, version: '5.0' },
      data: {
        posts: [
          {
            ...{
              id: 'p1',
              title: 'Late ferry',
              slug: 'late-ferry',
              type: 'post',
              status: 'published',
              visibility: 'public'
            },
            html: '<p>The ferry stays.</p><p><img src="__GHOST_URL__/content/a.jpg" alt=""></p>',
            ...{ feature_image: '__GHOST_URL__/content/lead.jpg', published_at: '2025-01-01T00:00:00.000Z' },
            ...{
              custom_excerpt: 'Why it stays.',
              codeinjection_head: '<script>',
              canonical_url: 'https://first.example/x'
            },
            ...{ updated_at: '2025-01-02T00:00:00.000Z', locale: 'en' }
          },
          {
            ...{
              id: 'p2',
              title: 'Cards',
              slug: 'cards',
              type: 'page',
              status: 'sent',
              visibility: 'paid',
              featured: 1
            },
            lexical: lexical(
              { type: 'heading', tag: 'h3', children: [words('Head')] },
              { type: 'heading', tag: 'h9', children: [words('Odd')] },
              {
                type: 'paragraph',
                children: [
                  words('plain '),
                  words('<both>', 3),
                  { type: 'linebreak' },
                  { type: 'tab' },
                  { type: 'link', url: 'https://a.example/?a&b', children: [words('link')] },
                  { type: 'autolink', children: [] },
                  words('10'),
                  words('6', 64),
                  { type: 'extended-text' }
                ]
              },
              {
                type: 'list',
                listType: 'number',
                children: [{ type: 'listitem', children: [words('one')] }]
              },
              { type: 'list', tag: 'ul', children: [] },
              { type: 'extended-quote', children: [words('Said.')] },
              { type: 'image', src: 'https://a.example/i.jpg', alt: 'A', caption: 'Cap' },
              {
                type: 'gallery',
                caption: 'Two',
                images: [{ src: 'https://a.example/1.jpg' }, { fileName: 'https://a.example/2.jpg' }]
              },
              { type: 'html', html: '<p>raw</p>' },
              { type: 'markdown', markdown: '*soft*' },
              { type: 'codeblock', code: 'a<b', language: 'js', caption: 'Code' },
              { type: 'embed', url: 'https://v.example/1' },
              { type: 'bookmark', url: 'https://b.example', metadata: { title: 'Book' } },
              { type: 'bookmark', url: 'https://c.example' },
              { type: 'callout', calloutText: 'Note' },
              { type: 'toggle', heading: 'More', content: '<p>inside</p>' },
              { type: 'button', buttonUrl: 'https://d.example', buttonText: 'Go' },
              { type: 'file', src: 'https://e.example/f.pdf', fileName: 'f.pdf' },
              { type: 'video', src: 'https://e.example/v.mp4', caption: 'Moving' },
              { type: 'product', productTitle: 'Thing', productDescription: 'Good' },
              { type: 'header', header: 'Big', subheader: 'small' },
              { type: 'horizontalrule' },
              { type: 'paywall' },
              { type: 'hologram', text: 'lost words' },
              { type: 'layout', children: [words('kept')] }
            )
          },
          {
            ...{
              id: 'p3',
              title: 'Old',
              slug: 'old',
              page: 0,
              status: 'draft',
              author_id: 'u2',
              published_at: 1_500_000_000_000
            },
            mobiledoc: JSON.stringify({
              markups: [['a', ['href', 'https://a.example']], ['em'], ['blink']],
              atoms: [
                ['soft-return', '', {}],
                ['mention', '@jo', {}]
              ],
              cards: [
                ['hr', {}],
                ['image', { src: 'https://a.example/m.jpg' }],
                ['markdown', { markdown: 'md' }]
              ],
              sections: [
                [
                  1,
                  'p',
                  [
                    [0, [0, 1], 1, 'in'],
                    [0, [], 1, 'out'],
                    [1, [], 0, 0],
                    [1, [2], 1, 1]
                  ]
                ],
                [1, 'aside', [[0, [], 0, 'aside']]],
                [1, 'script', [[0, [], 5, 'odd']]],
                [2, 'https://a.example/s.jpg'],
                [3, 'ol', [[[0, [], 0, 'one']]]],
                [3, 'ul', [[[0, [], 0, 'two']]]],
                [10, 0],
                [10, 1],
                [10, 9],
                [99]
              ]
            })
          },
          { id: 'p4', title: 'Broken', slug: 'broken', status: 'scheduled', lexical: '{', published_at: {} },
          { id: 'p5', title: 'Empty', status: 'draft', lexical: '[]', mobiledoc: '[', feature_image: 'x' },
          { id: 'p6', title: 'Deep', status: 'draft', lexical: lexical(deep(120)) }
        ],
        posts_meta: [
          { post_id: 'p1', feature_image_alt: 'Lead', feature_image_caption: '<em>The</em> ferry' }
        ],
        tags: [
          { id: 't1', name: 'Harbour' },
          { id: 't2', name: '#internal', visibility: 'internal' },
          { id: 't3', name: 'Boats' }
        ],
        posts_tags: [
          { post_id: 'p1', tag_id: 't3', sort_order: 2 },
          { post_id: 'p1', tag_id: 't2', sort_order: 1 },
          { post_id: 'p1', tag_id: 't1', sort_order: 0 },
          { post_id: 'p2', tag_id: 'gone' }
        ],
        users: [
          {
            id: 'u1',
            name: 'Mara Lindqvist',
            slug: 'mara',
            email: 'mara@secret.example',
            password: 'hash',
            website: 'https://mara.example'
          },
          { id: 'u2', name: 'Jo Example', slug: 'jo' },
          { id: 'u3' }
        ],
        posts_authors: [
          { post_id: 'p1', author_id: 'u2', sort_order: 1 },
          { post_id: 'p1', author_id: 'u1', sort_order: 0 },
          { post_id: 'p1', author_id: 'u3', sort_order: 2 }
        ],
        members: [{ email: 'reader@secret.example' }]
      }
    }
  ]
}

function deep(levels: number): object {
  return levels === 0 ? words('bottom') : { type: 'paragraph', children: [deep(levels - 1)] }
}

t.test(
  'Ghost: HTML, Lexical and mobiledoc, tags and authors in their order, and never members',
  async (t) => {
    const { articles, codes, losses } = await read('ghost', { 'g.json': JSON.stringify(ghost), 'r.txt': 'x' })
    const [first, cards, old, broken, empty, deepest] = articles
    t.match(first, {
      ...{
        id: 'p1',
        title: 'Late ferry',
        slug: 'late-ferry',
        status: 'published',
        section: 'Harbour',
        language: 'en'
      },
      ...{ tags: ['Boats'], dek: 'Why it stays.', publishedAt: '2025-01-01T00:00:00.000Z' },
      ...{
        canonicalUrl: 'https://first.example/x',
        addresses: ['/late-ferry/'],
        updatedAt: '2025-01-02T00:00:00.000Z'
      },
      authors: [
        { id: 'author-mara', name: 'Mara Lindqvist', addresses: ['https://mara.example/'] },
        { id: 'author-jo', name: 'Jo Example' }
      ]
    })
    t.match(
      first!.media,
      [{ url: 'http://export.invalid/content/lead.jpg' }],
      'without the address of the site the picture is looked for in the export'
    )
    t.equal(
      cards!.html,
      [
        '<h3>Head</h3><h2>Odd</h2><p>plain <em><strong>&lt;both&gt;</strong></em><br> ',
        '<a href="https://a.example/?a&amp;b">link</a><a href=""></a>10<sup>6</sup></p><ol><li>one</li></ol><ul></ul>',
        '<blockquote><p>Said.</p></blockquote>',
        '<figure><img src="https://a.example/i.jpg" alt="A"><figcaption>Cap</figcaption></figure>',
        '<figure><img src="https://a.example/1.jpg" alt=""><figcaption>Two</figcaption></figure>',
        '<figure><img src="https://a.example/2.jpg" alt=""></figure><p>raw</p>',
        '<p><span style="white-space:pre-wrap"><em>soft</em></span></p>\n',
        '<pre><code class="language-js">a&lt;b</code></pre><p>Code</p>',
        '<figure data-embed="https://v.example/1">https://v.example/1</figure>',
        '<p><a href="https://b.example">Book</a></p><p><a href="https://c.example">https://c.example</a></p>',
        '<p>Note</p><h3>More</h3><p>inside</p><p><a href="https://d.example">Go</a></p>',
        '<p><a href="https://e.example/f.pdf">f.pdf</a></p><video src="https://e.example/v.mp4"></video><p>Moving</p>',
        '<h3>Thing</h3>Good<h2>Big</h2><p>small</p><hr>kept'
      ].join('')
    )
    t.match(cards, {
      type: 'page',
      status: 'published',
      note: 'Readable there for paid. Sent there as a newsletter alone. Featured there.'
    })
    t.equal(
      old!.html,
      '<p><a href="https://a.example"><em>in</em>out</a><br><span>@jo</span></p><blockquote>aside</blockquote><p>odd</p><figure><img src="https://a.example/s.jpg"></figure><ol><li>one</li></ol><ul><li>two</li></ul><hr><figure><img src="https://a.example/m.jpg" alt=""></figure>'
    )
    t.match(old, { status: 'draft', authors: [{ name: 'Jo Example' }] })
    t.equal(broken!.status, 'scheduled')
    t.strictSame([empty!.html, deepest!.html.includes('bottom')], ['', false])
    t.strictSame(codes.toSorted(), [
      ...[
        'body-unreadable',
        'body-unreadable',
        'card-left-out',
        'card-unknown',
        'card-unknown',
        'code-left-out',
        'file-left-out'
      ],
      ...['internal-tag', 'members-left-out', 'node-unknown', 'section-unknown', 'site-unknown', 'too-deep']
    ])
    t.notMatch(JSON.stringify([articles, losses]), /secret|hash/)
    const withSite = structuredClone(ghost)
    Object.assign(withSite.db[0]!.data, { settings: [{ key: 'url', value: 'https://paper.example/' }] })
    const [placed] = (await read('ghost', { 'g.json': JSON.stringify({ ...withSite.db[0] }) })).articles
    t.match(placed, {
      url: 'https://paper.example/late-ferry/',
      html: /src="https:\/\/paper.example\/content\/a.jpg"/,
      media: [{ url: 'https://paper.example/content/lead.jpg', alt: 'Lead', caption: 'The ferry' }],
      featured: 'feature-p1'
    })
    await t.rejects(read('ghost', { 'g.json': '{"db":' }), { code: 'not-json' })
    await t.rejects(read('ghost', { 'g.json': '{"db":[{}]}' }), { code: 'not-ghost' })
    await t.rejects(read('ghost', { 'g.json': '[]' }), { code: 'not-ghost' })
  }
)

t.test('Substack: posts.csv with its posts, and no readers', async (t) => {
  const csv = `\uFEFFpost_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url\r
1.late-ferry,2025-01-01T10:00:00.000Z,true,,,newsletter,everyone,"Late, ""the"" ferry",Why,\r
2.sound,2025-01-02T10:00:00.000Z,true,,,podcast,only_paid,Sound,,https://a.example/s.mp3\r
3,,false,,,page,everyone,Draft,,
`
  const files = {
    'e/posts.csv': csv,
    'e/posts/1.late-ferry.html': '<p>The ferry stays.</p>',
    'e/posts/2.sound.html': '<p>Listen.</p>',
    'e/posts/9.lost.html': '<p>Lost.</p>',
    'e/email_list.paper.csv': 'email\nreader@secret.example',
    'e/odd.txt': ''
  }
  const { articles, losses } = await read('substack', files)
  t.match(articles, [
    {
      id: '1',
      slug: 'late-ferry',
      title: 'Late, "the" ferry',
      dek: 'Why',
      html: '<p>The ferry stays.</p>',
      addresses: ['/p/late-ferry'],
      status: 'published',
      publishedAt: '2025-01-01T10:00:00.000Z'
    },
    {
      id: '2',
      html: '<p>Listen.</p><audio src="https://a.example/s.mp3"></audio>',
      note: 'For paid subscribers there. A podcast there.'
    },
    { id: '3', type: 'page', status: 'draft', addresses: [] }
  ])
  t.strictSame(
    losses.map(({ place, code }) => [place, code]),
    [
      ['e/email_list.paper.csv', 'file-left-out'],
      ['e/odd.txt', 'file-left-out'],
      ['e/posts.csv', 'authors-unknown'],
      ['e/posts.csv: post 3', 'body-missing'],
      ['e/posts/9.lost.html', 'file-left-out']
    ]
  )
  const post = `<p>The ferry.<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a></p>
<div class="subscription-widget-wrap"><div class="preamble"><p>Thanks for reading!</p></div><form></form></div>
<p class="button-wrapper"><a class="button primary" href="https://x.substack.example/subscribe?"><span>Subscribe now</span></a></p>
<p class="button-wrapper"><a class="button" href="https://boats.example/">The boats</a></p>
<div class="footnote"><a class="footnote-number" href="#footnote-anchor-1">1</a><div class="footnote-content"><p>From the minutes.</p></div></div>
<div class="community-chat">Join <div class="button-wrapper">`
  const invited = await read('substack', { 'posts.csv': csv, 'posts/1.late-ferry.html': post })
  t.equal(
    invited.articles[0]!.html,
    `<p>The ferry.<sup>1</sup></p>


<p class="button-wrapper"><a class="button" href="https://boats.example/">The boats</a></p>
<div class="footnote"><div><p><sup>1</sup> From the minutes.</p></div></div>
`,
    'invitations are no part of a story, and notes are paragraphs with their numbers'
  )
  t.match(invited.losses[1], {
    code: 'invitation-left-out',
    words: 'Thanks for reading! · Subscribe now · Join'
  })
  await t.rejects(read('substack', { 'x.html': '' }), { code: 'not-substack' })
})

const story = (
  footer: string,
  body = ''
) => `<!DOCTYPE html><html><head><title>Late ferry</title></head><body><article class="h-entry">
<header><h1 class="p-name">Late &amp; ferry</h1></header>
<section data-field="subtitle" class="p-summary">Why it stays</section>
<section data-field="body" class="e-content"><section class="section"><div class="section-divider"><hr class="section-divider"></div><h3 class="graf graf--h3 graf--title">Late &amp; ferry</h3><h4 class="graf--h4 graf--subtitle">Why it stays</h4>${body}<p>The ferry stays.</p></section></section>
<footer>${footer}</footer></article></body></html>`

t.test('Medium: a page for each story', async (t) => {
  const by =
    '<p>By <a href="https://medium.com/@mara" class="p-author h-card">Mara Lindqvist</a> on <a href="https://medium.com/p/abc"><time class="dt-published" datetime="2018-03-04T05:06:07.000Z">x</time></a>.</p>'
  const { articles, losses } = await read('medium', {
    'posts/2018-03-04_Late-ferry-0123abcdef01.html': story(
      `${by}<p><a href="https://medium.com/paper/late-ferry-0123abcdef01" class="p-canonical">Canonical link</a></p>`
    ),
    'posts/draft_x.html': story('', '<h3 class="graf--title">Another</h3>')
      .replace('graf graf--h3 graf--title', 'x')
      .replace('Why it stays</section>', '</section>'),
    'posts/else-00aa11.html': story('<a href="https://first.example/late" class="p-canonical">').replace(
      /<section data-field="subtitle".*/,
      ''
    ),
    'claps/claps.html': '<html>',
    'readme.md': 'x'
  })
  t.match(articles, [
    {
      ...{
        id: '0123abcdef01',
        title: 'Late & ferry',
        dek: 'Why it stays',
        slug: 'late-ferry',
        status: 'published'
      },
      ...{ publishedAt: '2018-03-04T05:06:07.000Z', url: 'https://medium.com/paper/late-ferry-0123abcdef01' },
      html: '<section class="section"><p>The ferry stays.</p></section>',
      authors: [{ name: 'Mara Lindqvist', addresses: ['https://medium.com/@mara'], id: 'author-@mara' }]
    },
    { id: 'draft_x.html', status: 'draft', html: /Another/, authors: [] },
    { id: '00aa11', canonicalUrl: 'https://first.example/late', slug: 'late' }
  ])
  t.notOk(articles[0]!.canonicalUrl)
  t.match(losses, [{ code: 'file-left-out', reason: /^2 files/ }])
  await t.rejects(read('medium', { 'x.html': '<p>' }), { code: 'not-medium' })
})

t.test('Markdown: front matter in YAML, TOML and JSON stays what somebody typed', async (t) => {
  const { articles, losses, codes } = await read('markdown', {
    '_posts/2019-03-04-late-ferry.md': `---
title: 10:30
date: 2019-03-04 10:00:00 +0900
categories: harbour boats
tags: [ferry, 0012]
author: Mara Lindqvist and Jo Example
permalink: /2019/late-ferry/
redirect_from:
  - /old/1
image: {src: "https://a.example/i.jpg", alt: A ferry, caption: The ferry, credit: Ana Roe/Wire}
mood: grim
---
The *ferry* stays.

---

{{< figure src="https://a.example/f.jpg" caption="Cap" attr="Ana" >}}

{{< youtube abc >}} {{< ref "x" >}} {{% note %}}Words{{% /note %}} {% include x %}{% raw %}`,
    'post/bundle/index.md': `\uFEFF+++\r\ntitle = "TOML"\r\ndate = 2019-03-04T10:00:00Z\r\ndraft = true\r\nauthors = ["Mara Lindqvist"]\r\n+++\r\nBody.[^1]\r\n\r\n[^1]: Foot.\r\n`,
    'json.md': `{\n  "title": "JSON", "layout": "page", "image": "i.jpg", "authors": [{"name": "Jo"}, 1], "tags": "a, b", "lang": "de", "description": "D", "url": "https://p.example/json/", "canonical": "https://first.example/", "lastmod": "2020-01-02"\n}\nBody.`,
    'relative.md': '---\nurl: https://p.example/a/\nimage: pic.jpg\npublished: false\ntitle: R\n---\nBody',
    '_drafts/idea.md': '---\ntitle: Idea\ndate: someday\n---\n',
    'broken.md': '---\ntitle: "x\n---\nBody',
    'list.md': '---\n- a\n---\nBody',
    'section/_index.md': '---\ntitle: S\n---\n',
    'README.md': '# Read me',
    'open.md': '---\ntitle: x\n',
    'openjson.md': '{ "a": 1',
    'pic.jpg': ''
  })
  t.match(articles[0], {
    ...{
      id: '/2019/late-ferry/',
      title: '10:30',
      publishedAt: '2019-03-04T01:00:00.000Z',
      slug: 'late-ferry'
    },
    ...{ section: 'harbour', tags: ['boats', 'ferry', '0012'], addresses: ['/2019/late-ferry/', '/old/1'] },
    authors: [{ name: 'Mara Lindqvist' }, { name: 'Jo Example' }],
    media: [
      {
        url: 'https://a.example/i.jpg',
        alt: 'A ferry',
        caption: 'The ferry',
        credit: { creators: ['Ana Roe'], suppliers: ['Wire'] }
      }
    ],
    html: /<em>ferry<\/em>[\s\S]*<hr>[\s\S]*<cite>Ana<\/cite>[\s\S]*watch\?v=abc/
  })
  t.match(articles[1], {
    id: 'post/bundle',
    title: 'TOML',
    status: 'draft',
    slug: 'bundle',
    authors: [{ name: 'Mara Lindqvist' }]
  })
  t.match(articles[2], {
    type: 'page',
    tags: ['a', 'b'],
    language: 'de',
    dek: 'D',
    url: 'https://p.example/json/',
    canonicalUrl: 'https://first.example/',
    updatedAt: '2020-01-02T00:00:00.000Z',
    authors: [{ name: 'Jo' }]
  })
  t.match(articles[3], {
    media: [{ url: 'http://export.invalid/pic.jpg' }],
    file: 'relative.md',
    status: 'draft'
  })
  t.match(articles[4], { status: 'draft', title: 'Idea' })
  t.equal(articles.length, 6)
  t.ok(losses.some(({ code, words }) => code === 'field-left-out' && words === 'mood'))
  t.strictSame([...new Set(codes)].toSorted(), [
    ...['addresses-unknown', 'date-unreadable', 'field-left-out', 'footnote-as-text', 'front-matter-broken'],
    ...['no-article', 'no-front-matter', 'shortcode-kept']
  ])
  await t.rejects(read('markdown', { 'x.txt': '' }), { code: 'not-markdown' })
})

t.test('ids and headlines of feeds that look like numbers stay as they stand', async (t) => {
  const told = [
    ['0012', '007'],
    ['12', '1984'],
    ['12e2', '1.50'],
    ['0x1F', '+1']
  ]
  const item = ([guid, title]: string[]) =>
    `<item><title>${title}</title><guid isPermaLink="false">${guid}</guid><description>Words.</description></item>`
  const rss = `<rss version="2.0"><channel><title>Paper</title>${told.map(item).join('')}</channel></rss>`
  const items = told.map(([id, title]) => ({ id, title, content_text: 'Words.' }))
  const version = 'https://jsonfeed.org/version/1.1'
  for (const file of [rss, JSON.stringify({ version, title: 'Paper', items })]) {
    const { articles } = await read('feed', { f: file })
    t.strictSame(
      articles.map(({ id, title }) => [id, title]),
      told
    )
  }
})

t.test('feeds: RSS, Atom, RDF and JSON Feed, with the credits of Media RSS', async (t) => {
  const rss = `<?xml version="1.0"?><rss version="2.0" xmlns:m="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Paper</title><link>https://paper.example/</link><language>en</language>
<item><title>Late &amp;amp; ferry</title><link>https://paper.example/2020/late-ferry.html</link><guid isPermaLink="false">g1</guid><pubDate>Thu, 02 Jan 2020 03:04:05 +0100</pubDate>
<dc:creator>Mara Lindqvist and Jo Example</dc:creator><category>Harbour</category><category>Boats</category><description>Short</description>
<content:encoded><![CDATA[<p>The ferry stays.</p>]]></content:encoded>
<m:group><m:content url="https://a.example/i.jpg" medium="image" width="800" height="600"/><m:credit role="photographer" scheme="urn:ebu">Ana Roe</m:credit><m:credit role="distribution company">Wire</m:credit><m:description>The ferry</m:description><m:copyright>© Wire</m:copyright></m:group>
<m:content url="https://a.example/j.png"><m:credit>Bo Sample/Agency</m:credit></m:content>
<m:content url="https://a.example/k.pdf"/><m:content url="https://a.example/i.jpg"/>
<enclosure url="https://a.example/s.mp3" type="audio/mpeg" length="1"/><enclosure url="https://a.example/v.mp4"/></item>
<item><title>Two</title><guid>https://paper.example/2</guid><author>jo@secret.example (Jo Example)</author><description>It began on a cold morning when […]</description></item>
<item><title>Two again</title><guid>https://paper.example/2</guid><author>jo@secret.example</author></item>
</channel></rss>`
  const { articles, codes, losses } = await read('feed', { 'f.xml': rss })
  t.match(articles[0], {
    ...{
      id: 'g1',
      title: 'Late & ferry',
      dek: 'Short',
      section: 'Harbour',
      tags: ['Boats'],
      slug: 'late-ferry',
      language: 'en'
    },
    ...{
      publishedAt: '2020-01-02T02:04:05.000Z',
      url: 'https://paper.example/2020/late-ferry.html',
      featured: 'https://a.example/i.jpg'
    },
    authors: [{ name: 'Mara Lindqvist' }, { name: 'Jo Example' }],
    media: [
      {
        url: 'https://a.example/i.jpg',
        width: 800,
        height: 600,
        caption: 'The ferry',
        credit: { creators: ['Ana Roe'], suppliers: ['Wire'], copyrightNotice: '© Wire' }
      },
      { url: 'https://a.example/j.png', credit: { creators: ['Bo Sample'], suppliers: ['Agency'] } },
      { kind: 'audio' },
      { kind: 'video' }
    ],
    html: '<p>The ferry stays.</p>'
  })
  t.strictSame(articles[1]!.authors, [{ name: 'Jo Example' }])
  t.strictSame(codes, ['file-left-out', 'summary-only', 'entry-again'])
  t.notMatch(JSON.stringify([articles, losses]), /secret/)
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:x="http://www.w3.org/1999/xhtml"><title>Paper</title><link rel="self" href="https://p.example/feed"/><link href="https://p.example/"/>
<entry xml:lang="de"><id>e1</id><title type="html">A &lt;b&gt;B&lt;/b&gt;</title><link href="/a/one"/><updated>2020-01-02T03:04:05Z</updated><author><name>Mara</name><uri>https://mara.example</uri></author><author><name>Jo</name></author>
<category term="t" label="Harbour"/><content type="xhtml"><x:div>She did <x:em>not</x:em> pay the <x:b>first</x:b> bill.<x:br/></x:div></content><summary>Sum</summary><link rel="enclosure" href="https://a.example/s.mp3" type="audio/mpeg"/></entry>
<entry><id>e2</id><title>Text</title><content>a &lt; b</content></entry>
<entry><id>e3</id><title>Else</title><content src="https://p.example/x" type="text/html"/></entry><entry><id>e4</id><summary type="html">&lt;p&gt;S&lt;/p&gt;</summary></entry></feed>`
  const second = await read('feed', { 'a.xml': atom })
  t.match(second.articles, [
    {
      id: 'e1',
      title: 'A B',
      html: 'She did <em>not</em> pay the <b>first</b> bill.<br>',
      media: [{ kind: 'audio', url: 'https://a.example/s.mp3' }],
      language: 'de',
      url: 'https://p.example/a/one',
      section: 'Harbour',
      dek: 'Sum',
      publishedAt: '2020-01-02T03:04:05.000Z',
      authors: [{ name: 'Mara', addresses: ['https://mara.example/'] }, { name: 'Jo' }]
    },
    { html: 'a &lt; b', authors: [] },
    { html: '' },
    { html: '<p>S</p>' }
  ])
  t.strictSame(second.codes, ['body-elsewhere'])
  const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>P</title><link>https://p.example</link></channel><item rdf:about="https://p.example/r"><title>R</title><link>https://p.example/r</link><dc:date>2020-01-02</dc:date><dc:creator>wire</dc:creator></item></rdf:RDF>`
  t.match((await read('feed', { 'r.rdf': rdf })).articles, [
    { id: 'https://p.example/r', publishedAt: '2020-01-02T00:00:00.000Z', authors: [{ name: 'wire' }] }
  ])
  const json = {
    ...{ version: 'https://jsonfeed.org/version/1.1', home_page_url: 'https://p.example/', language: 'en' },
    items: [
      {
        id: 1,
        url: '/j',
        title: 'J',
        content_html: '<p>x</p>',
        image: 'https://a.example/i.jpg',
        tags: ['Harbour', 'b'],
        authors: [{ name: 'Mara', url: 'https://m.example' }, {}],
        author: { name: 'Mara' },
        date_published: '2020-01-02T03:04:05Z',
        date_modified: '2020-01-03T03:04:05Z',
        summary: 'S',
        banner_image: 'https://a.example/b.jpg',
        attachments: [
          { url: 'https://a.example/s.mp3', mime_type: 'audio/mpeg', title: 'A reading' },
          { url: 'https://a.example/i.jpg', mime_type: 'image/jpeg' },
          { url: 'https://a.example/k.pdf' }
        ]
      },
      { id: '2', content_text: 'one\n\ntwo <' },
      { title: 'three' },
      {}
    ]
  }
  t.match((await read('feed', { 'j.json': JSON.stringify(json) })).articles, [
    {
      id: '1',
      url: 'https://p.example/j',
      html: '<p>x</p>',
      media: [{ kind: 'image' }, { url: 'https://a.example/b.jpg' }, { kind: 'audio', caption: 'A reading' }],
      section: 'Harbour',
      featured: 'https://a.example/i.jpg',
      authors: [{ name: 'Mara' }],
      dek: 'S'
    },
    { html: '<p>one</p><p>two &lt;</p>' },
    { id: 'three', html: '' },
    { id: '' }
  ])
  await t.rejects(read('feed', { 'x.xml': '<rss><channel/></rss>' }), { code: 'not-a-feed' })
  await t.rejects(read('feed', { 'x.json': '[]' }), { code: 'not-a-feed' })
  await t.rejects(read('feed', { 'x.json': '{}' }), { code: 'not-a-feed' })
  await t.rejects(read('feed', { 'x.json': '' }), { code: 'not-a-feed' })
})

t.test('an entry of a feed without authors has those of its source, or of the feed', async (t) => {
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title><author><name>Mara</name></author><author><name>Jo</name></author>
<entry><id>own</id><author><name>Bo</name></author><source><author><name>Lee</name></author></source></entry>
<entry><id>taken</id><source><title>Other paper</title><author><name>Lee</name></author></source></entry>
<entry><id>none</id></entry><entry><id>unnamed</id><source><title>Other paper</title></source></entry></feed>`
  const namesIn = async (file: string, text: string) =>
    (await read('feed', { [file]: text })).articles.map(({ authors }) => authors.map(({ name }) => name))
  t.strictSame(await namesIn('a.xml', atom), [['Bo'], ['Lee'], ['Mara', 'Jo'], ['Mara', 'Jo']])
  const rss = `<rss version="2.0"><channel><managingEditor>jo@secret.example (Jo)</managingEditor>
<item><title>One</title><source url="https://other.example/feed">Other paper</source></item></channel></rss>`
  t.strictSame(await namesIn('r.xml', rss), [[]], 'an editor is no author')
  const json = {
    ...{ version: 'https://jsonfeed.org/version/1.1', authors: [{ name: 'Mara' }] },
    items: [{ id: 'own', authors: [{ name: 'Bo' }] }, { id: 'none' }]
  }
  t.strictSame(await namesIn('j.json', JSON.stringify(json)), [['Bo'], ['Mara']])
})

t.test('a feed says its language and where its addresses begin for all its entries', async (t) => {
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://p.example/news/">
<entry><id>1</id><link href="2020/ferry"/></entry><entry xml:lang="nds" xml:base="old/"><id>2</id><link href="ferry"/></entry></feed>`
  t.match((await read('feed', { 'a.xml': atom })).articles, [
    { language: 'de', url: 'https://p.example/news/2020/ferry' },
    { language: 'nds', url: 'https://p.example/news/old/ferry' }
  ])
  const rss = `<rss xml:base="https://p.example/"><channel xml:lang="fy" xml:base="news/"><item><title>One</title><link>one</link></item></channel></rss>`
  t.match((await read('feed', { 'r.xml': rss })).articles, [
    { language: 'fy', url: 'https://p.example/news/one' }
  ])
})

t.test('what a channel says of the rights of its files holds where an entry says nothing', async (t) => {
  const rss = `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><media:credit role="distribution company">Wire</media:credit><media:copyright>© Paper</media:copyright>
<item><guid>1</guid><media:content url="https://a.example/i.jpg"/></item>
<item><guid>2</guid><media:content url="https://a.example/j.jpg"/><media:credit role="photographer">Ana Roe</media:credit></item></channel></rss>`
  const copyrightNotice = '© Paper'
  t.match(
    (await read('feed', { 'r.xml': rss })).articles.map(({ media }) => media[0]!.credit),
    [
      { suppliers: ['Wire'], creators: [], copyrightNotice },
      { suppliers: [], creators: ['Ana Roe'], copyrightNotice }
    ]
  )
})

t.test('ninjs of all three lines is one story', async (t) => {
  const picture = {
    ...{
      uri: 'urn:p',
      type: 'picture',
      byline: 'Ana Roe',
      infosource: 'Wire',
      copyrightholder: 'Wire',
      copyrightnotice: '© Wire',
      usageterms: 'Once'
    },
    ...{
      description_text: 'The ferry',
      renditions: {
        small: { href: 'https://a.example/s.jpg', width: 10, height: 10 },
        large: { href: 'https://a.example/l.jpg', width: 100, height: 100 },
        none: {}
      }
    }
  }
  const one = {
    ...{
      uri: 'urn:1',
      type: 'text',
      version: '2',
      versioncreated: '2026-11-02T08:00:00Z',
      pubstatus: 'usable',
      headline: 'Late ferry',
      byline: 'By Mara Lindqvist and Jo Example'
    },
    ...{
      body_html: '<p>It stays.</p>',
      language: 'en',
      urgency: 3,
      ednote: 'Adds paragraph 2.',
      description_text: 'Why',
      embargoed: '2026-11-03T08:00:00Z'
    },
    ...{
      subject: [{ name: 'Harbour', scheme: 's', code: '1' }, { name: 'Boats' }],
      keyword: ['late'],
      copyrightholder: 'Wire',
      usageterms: 'Once'
    },
    associations: { main: picture, related: { uri: 'urn:2', type: 'text' }, empty: { type: 'picture' } }
  }
  const three = {
    ...{
      uri: 'urn:1',
      type: 'text',
      version: '3',
      versionCreated: '2026-11-02T09:00:00Z',
      pubStatus: 'withheld',
      by: 'the desk',
      embargoedUntil: ''
    },
    headlines: [
      { role: 'sub', value: 'Sub' },
      { role: 'main', value: 'Later ferry' }
    ],
    bodies: [
      { contentType: 'text/plain', value: 'plain' },
      { contentType: 'body_xhtml', value: '<p>rich</p>' }
    ],
    descriptions: [{ contentType: 'text/plain', value: 'Dek' }],
    subjects: [{ literal: 'Harbour' }, { uri: 'x' }],
    people: [{ name: 'Francesca', rel: 'about' }],
    associations: [
      {
        name: 'pic',
        uri: 'urn:q',
        type: 'graphic',
        altTexts: [{ value: 'Alt' }],
        headlines: [],
        renditions: [{ name: 'x', href: 'https://a.example/q.jpg' }],
        creditLine: 'Bo Sample/Agency'
      }
    ]
  }
  const first = await read('ninjs', { 'a.json': JSON.stringify(one) })
  t.match(first.articles, [
    {
      ...{
        id: 'urn:1',
        title: 'Late ferry',
        html: '<p>It stays.</p>',
        status: 'draft',
        version: 2,
        section: 'Harbour',
        tags: ['Boats', 'late'],
        dek: 'Why'
      },
      ...{
        embargoUntil: '2026-11-03T08:00:00.000Z',
        publisher: 'Wire',
        note: 'Desk note: Adds paragraph 2.\nUsage: Once\nUrgency: 3'
      },
      authors: [{ name: 'Mara Lindqvist' }, { name: 'Jo Example' }],
      featured: 'urn:p',
      media: [
        {
          id: 'urn:p',
          url: 'https://a.example/l.jpg',
          otherUrls: ['https://a.example/s.jpg'],
          caption: 'The ferry',
          width: 100,
          credit: {
            creators: ['Ana Roe'],
            suppliers: ['Wire'],
            copyrightNotice: '© Wire',
            usageTerms: 'Once'
          }
        }
      ]
    }
  ])
  t.strictSame(first.codes, ['picture-left-out', 'association-left-out'])
  const both = await read('ninjs', { 'b.json': JSON.stringify(three), 'a.json': JSON.stringify(one) })
  t.match(both.articles, [
    {
      version: 3,
      title: 'Later ferry',
      html: '<p>rich</p>',
      dek: 'Dek',
      section: 'Harbour',
      note: /^Notice: withheld.*\nEmbargo: it has one/,
      authors: [{ name: 'the desk' }],
      media: [{ alt: 'Alt', credit: { creditLine: 'Bo Sample/Agency' } }]
    }
  ])
  t.ok(both.codes.includes('older-version'))
  const lines = `${JSON.stringify({ uri: 'a', body_text: 'one\n\ntwo', people: [{ name: 'Ana', rel: 'author' }], pubstatus: 'canceled' })}\n\n${JSON.stringify({ uri: 'b', type: 'picture', headlines: [{ value: 'P' }], renditions: [{ href: 'https://a.example/b.jpg' }], by: 'ana' })}`
  t.match((await read('ninjs', { 'l.jsonl': lines })).articles, [
    { html: '<p>one</p><p>two</p>', authors: [{ name: 'Ana' }], status: 'killed' },
    { title: 'P', html: '', media: [{ credit: { creators: ['ana'] } }] }
  ])
  const same = [
    { uri: 'c', versioncreated: '2026-11-02T08:00:00Z', headline: 'Later' },
    { uri: 'c', versioncreated: '2026-11-01T08:00:00Z' },
    { uri: 'd' },
    { uri: 'd' }
  ]
  t.match((await read('ninjs', { 's.json': JSON.stringify(same) })).articles, [
    { title: 'Later' },
    { id: 'd' }
  ])
  for (const text of ['{"uri":', '[]', '{"headline":"x"}', '[1]'])
    await t.rejects(read('ninjs', { 'x.json': text }), { code: 'not-ninjs' }, text)
})

const nitf = (
  more = ''
) => `<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head><title>T</title><tobject><tobject.subject tobject.subject.type="Harbour"/></tobject><docdata management-status="${more || 'usable'}"><doc-id regsrc="wire" id-string="4711"/><urgency ed-urg="4"/><date.issue norm="20261102T080000+0100"/><date.release norm="20261103"/><doc.copyright holder="Wire"/><du-key version="2"/><key-list><keyword key="ferry"/></key-list><ed-msg info="Adds."/></docdata></head>
<body><body.head><hedline><hl1>Late <em>ferry</em></hl1><hl2>Why</hl2></hedline><byline>By <person>Ann Ray</person>, <byttl>Staff</byttl></byline><byline>By Bo Sample</byline><byline>Photos by Cy Keel</byline><byline>by the desk</byline></body.head>
<body.content><block><p>She did <em>not</em> pay <money>5</money>.<br/></p><hl2>More</hl2><bq><block><p>Said.</p></block><credit>Ann</credit></bq><p><a href="https://a.example/">link</a> <a href="x">none</a></p><note><p>desk</p></note>
<media media-type="image"><media-reference source="https://a.example/s.jpg" width="10"/><media-reference source="https://a.example/l.jpg" width="100" height="50" alternate-text="Alt"/><media-caption>The ferry</media-caption><media-producer>Ana Roe/Wire</media-producer></media>
<media media-type="video"><media-reference source="https://a.example/v.mp4"/></media><media media-type="image"><media-reference source="local.jpg"/></media></block></body.content><body.end><tagline>Ends.</tagline></body.end></body></nitf>`

t.test('NITF keeps the order of its words, and NewsML-G2 what is known of them', async (t) => {
  const { articles, codes } = await read('nitf', { 'n.xml': nitf() })
  t.match(articles, [
    {
      ...{
        id: 'wire:4711',
        title: 'Late ferry',
        dek: 'Why',
        version: 2,
        status: 'draft',
        tags: ['ferry'],
        section: 'Harbour',
        publisher: 'Wire'
      },
      ...{
        updatedAt: '2026-11-02T07:00:00.000Z',
        embargoUntil: '2026-11-03T00:00:00.000Z',
        note: 'Desk note: Adds.\nUrgency: 4'
      },
      authors: [
        { name: 'Ann Ray', role: 'Staff' },
        { name: 'Bo Sample' },
        { name: 'Cy Keel', role: 'Photos' },
        { name: 'the desk' }
      ],
      media: [
        {
          url: 'https://a.example/l.jpg',
          width: 100,
          height: 50,
          alt: 'Alt',
          caption: 'The ferry',
          credit: { creators: ['Ana Roe'], suppliers: ['Wire'] }
        },
        { kind: 'video' }
      ]
    }
  ])
  t.equal(
    articles[0]!.html.replace(/\n/g, ''),
    '<p>She did <em>not</em> pay 5.<br></p><h2>More</h2><blockquote><p>Said.</p><p>— Ann</p></blockquote><p><a href="https://a.example/">link</a> none</p><figure><img data-picture="https://a.example/l.jpg" src="https://a.example/l.jpg"></figure><video src="https://a.example/v.mp4"></video><p>Ends.</p>'
  )
  t.strictSame(codes, ['note-left-out', 'picture-left-out'])
  t.match((await read('nitf', { 'k.xml': nitf('canceled') })).articles, [{ status: 'killed' }])
  t.match((await read('nitf', { 'k.xml': nitf('embargoed') })).articles, [{ note: /^Notice: embargoed/ }])
  const bare = await read('nitf', { 'dir/x.xml': '<nitf><body/></nitf>' })
  t.match(bare.articles, [{ id: 'x.xml', title: '', authors: [] }])
  t.strictSame(bare.codes, ['id-missing'])
  await t.rejects(read('nitf', { 'x.xml': '<rss/>' }), { code: 'other-root' })

  const item = (guid: string, itemClass: string, more: string, content: string, version = '2') =>
    `<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="${guid}" version="${version}"><rightsInfo><copyrightHolder><name>Wire</name></copyrightHolder><copyrightNotice>© Wire</copyrightNotice><usageTerms>Once</usageTerms></rightsInfo><itemMeta><itemClass qcode="ninat:${itemClass}"/><versionCreated>2026-11-02T08:00:00Z</versionCreated>${more}</itemMeta>${content}</newsItem>`
  const meta =
    '<contentMeta><urgency>3</urgency><headline> Late ferry</headline><by>By Mara Lindqvist</by><language tag="en"/><subject qcode="medtop:04000000"><name>Harbour</name></subject><subject literal="Boats"/><subject qcode="x:y:z"/><keyword>ferry</keyword><description role="drol:summary">Why</description></contentMeta>'
  const text = item(
    'urn:1',
    'text',
    '<pubStatus qcode="stat:usable"/><embargoed>2026-11-03T08:00:00Z</embargoed><edNote>Adds.</edNote><signal qcode="sig:update"/>',
    `${meta}<contentSet><inlineXML contenttype="application/nitf+xml">${nitf()}</inlineXML></contentSet>`
  )
  const picture = item(
    'urn:p',
    'picture',
    '',
    '<contentMeta><headline>Ferry</headline><creator literal="Ana Roe"/><creditline>Ana Roe/Wire</creditline><description role="drol:caption">The ferry</description></contentMeta><contentSet><remoteContent href="https://a.example/s.jpg" width="1" height="1"/><remoteContent href="https://a.example/l.jpg" width="20" height="10"/></contentSet>'
  )
  const message = (...items: string[]) =>
    `<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>${items.join('')}</itemSet></newsMessage>`
  const whole = await read('newsml', { 'm.xml': message(text, picture) })
  t.match(whole.articles, [
    {
      ...{
        id: 'urn:1',
        title: 'Late ferry',
        version: 2,
        section: 'Harbour',
        tags: ['Boats', 'ferry'],
        dek: 'Why',
        language: 'en',
        publisher: 'Wire'
      },
      ...{
        embargoUntil: '2026-11-03T08:00:00.000Z',
        status: 'draft',
        note: 'Notice: its agency signals update\nDesk note: Adds.\nUsage: Once\nUrgency: 3'
      },
      authors: [{ name: 'Ann Ray' }, { name: 'Bo Sample' }, { name: 'Cy Keel' }, { name: 'the desk' }]
    }
  ])
  t.match(whole.articles[0]!.media.at(-1), {
    id: 'urn:p',
    url: 'https://a.example/l.jpg',
    caption: 'The ferry',
    width: 20,
    credit: {
      creators: ['Ana Roe'],
      suppliers: ['Wire'],
      copyrightNotice: '© Wire',
      copyrightHolder: 'Wire',
      usageTerms: 'Once'
    }
  })
  const linked = message(
    item(
      'urn:2',
      'text',
      '<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/withheld"/><embargoed/>',
      '<contentMeta><creator><name>Jo</name></creator></contentMeta><link residref="urn:p"/><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>x</p></body></html></inlineXML></contentSet>'
    ),
    item(
      'urn:3',
      'text',
      '<title>T3</title>',
      '<contentSet><inlineData>one\n\ntwo</inlineData></contentSet>'
    ),
    item(
      'urn:4',
      'text',
      '<pubStatus qcode="stat:canceled"/>',
      '<contentSet><inlineData contenttype="text/html">&lt;p&gt;y&lt;/p&gt;</inlineData></contentSet>',
      'x'
    ),
    item('urn:5', 'text', '', '<contentSet><remoteContent href="https://a.example/t"/></contentSet>'),
    item('urn:6', 'text', '', ''),
    picture,
    item('urn:q', 'picture', '', '<contentSet/>')
  )
  const several = await read('newsml', { 'm.xml': linked })
  t.match(several.articles, [
    {
      html: '<p>x</p>',
      authors: [{ name: 'Jo' }],
      media: [{ id: 'urn:p' }],
      note: /^Notice: withheld.*\nEmbargo: it has one/
    },
    { title: 'T3', html: '<p>one</p><p>two</p>' },
    { html: '<p>y</p>', status: 'killed', version: 1 },
    { html: '' },
    {}
  ])
  t.strictSame(several.codes.toSorted(), ['body-elsewhere', 'body-elsewhere', 'picture-alone'])
  t.match((await read('newsml', { 'p.xml': picture })).articles, [
    { id: 'urn:p', title: 'Ferry', featured: 'urn:p' }
  ])
  const unplaced = await read('newsml', { 'p.xml': item('urn:q', 'picture', '', '<contentSet/>') })
  t.strictSame(unplaced.codes, ['picture-left-out'])
  t.strictSame(
    (await read('newsml', { 'k.xml': '<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>' })).codes,
    ['no-article']
  )
  await t.rejects(read('newsml', { 'x.xml': '<conceptItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>' }), {
    code: 'other-root'
  })
})

t.test(
  'an agency updates, and withdraws, its stories; nobody is overtaken by an older version',
  async (t) => {
    const file = await database(t)
    const path = join(folder(t), 'wire.json')
    const { get, db } = await app(t, { file })
    const send = async (version: number, more: object = {}) => {
      writeFileSync(
        path,
        JSON.stringify({
          uri: 'urn:1',
          type: 'text',
          version: String(version),
          urgency: 3,
          headline: `Version ${version}`,
          body_text: 'It stays.',
          ...more
        })
      )
      return imported(t, file, [path])
    }
    const draft = async () => {
      const { data } = (await get('/v1/articles?edition=draft')).json<{ data: { id: string }[] }>()
      return (await get(`/v1/articles/${data[0]!.id}?edition=draft`)).json<{
        title: string
        internalNotes: string | null
      }>()
    }
    t.strictSame(
      (await send(1, { pubstatus: 'canceled' })).codes,
      ['killed'],
      'what was never here is not taken'
    )
    t.match((await send(2)).out, /an export of ninjs[\s\S]*1 article new/)
    t.match((await send(3)).out, /1 changed/)
    t.equal((await draft()).title, 'Version 3')
    t.strictSame((await send(2)).codes, ['older-version'])
    t.equal((await draft()).title, 'Version 3')
    const killed = await send(4, { pubstatus: 'canceled', ednote: 'Source withdrew.' })
    t.strictSame(killed.codes, ['killed'])
    t.match((await draft()).internalNotes, /^WITHDRAWN BY ITS AGENCY.*Source withdrew/s)
    t.match((await send(4, { pubstatus: 'canceled', ednote: 'Source withdrew.' })).out, /1 unchanged/)
    t.equal((await imported(t, file, ['--dry', path])).ok, true)
    await db.write('test', (tx) => tx.q.delete(tx.t.articles))
    t.strictSame((await send(5, { pubstatus: 'canceled' })).codes, ['killed'])
    const other = { uri: 'urn:2', urgency: undefined }
    await send(1, other)
    await send(2, { ...other, pubstatus: 'canceled' })
    t.equal((await draft()).internalNotes, 'WITHDRAWN BY ITS AGENCY: nobody may use this story.')
  }
)

/** Writes files below a folder. */
function laid(home: string, files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true })
    writeFileSync(join(home, name), text)
  }
  return home
}

t.test(
  'folders and zips are told by what they hold; a zip that would do harm is refused by name',
  async (t) => {
    const file = await database(t)
    const home = folder(t)
    const csv =
      'post_id,post_date,is_published,type,audience,title\n1.one,2025-01-01T10:00:00.000Z,true,newsletter,everyone,One\n'
    const zip = join(home, 'export.zip')
    const pack = (...entries: Parameters<typeof zipOf>[0]) => writeFileSync(zip, zipOf(entries))
    const bytes = Buffer.from
    pack(
      { name: 'posts.csv', bytes: bytes(csv) },
      { name: 'posts/', bytes: bytes('') },
      { name: 'posts/1.one.html', bytes: bytes('<p>One.</p>') },
      { name: '__MACOSX/x', bytes: bytes('') }
    )
    const first = await imported(t, file, [zip])
    t.match(first, { ok: true, out: /an export of Substack[\s\S]*1 article new/, codes: ['authors-unknown'] })
    t.match((await imported(t, file, [zip])).out, /0 articles new, 0 changed, 0 comments new, 1 unchanged/)
    const { read, get, post } = await app(t, { file })
    const { data } = (await get('/v1/articles?edition=draft')).json<{ data: { id: string }[] }>()
    await post(`/v1/articles/${data[0]!.id}/publish`)
    t.match((await read('/v1/redirects?from=/p/one')).json(), { data: [{ to: '/articles/one' }] })

    const site = laid(join(home, 'site'), {
      'a.md': '---\ntitle: A\nurl: /a/\n---\nWords.',
      '.git/b.md': '---\ntitle: B\n---\n'
    })
    t.match((await imported(t, file, [site])).out, /Markdown with front matter[\s\S]*1 article new/)
    const mixed = laid(join(home, 'mixed'), {
      'f.xml':
        '<rss><channel><item><guid>x</guid><title>X</title><description>Words.</description></item></channel></rss>',
      'x.bin': 'x'
    })
    t.match(await imported(t, file, ['--as', 'feed', mixed]), {
      codes: ['file-left-out'],
      out: /1 article new/
    })
    const pages = laid(join(home, 'pages'), {
      'a.md': '---\ntitle: A\n---\n',
      'p.html': '<title>Page</title><h1>Page</h1><p>Some words of a story.</p>'
    })
    t.match(
      (await imported(t, file, [pages])).out,
      /a folder of 1 page/,
      'a folder with pages is one of pages'
    )
    const beside = laid(join(home, 'beside'), {
      'b.md': '---\ntitle: B\n---\nWords.',
      'c.md': '---\ntitle: C\n---\nWords.',
      'LICENSE.txt': 'Whoever wants to may print this.'
    })
    t.match((await imported(t, file, [beside])).out, /2 articles new/, 'a licence makes no pages of Markdown')

    const refused = async (code: string, args: string[] = []) =>
      t.rejects(imported(t, file, [...args, zip]), new RegExp(`\\(${code}\\)`), code)
    pack({ name: 'bomb.xml', bytes: Buffer.alloc(8_000_000) })
    await refused('zip-bomb')
    pack({ name: '../../x.xml', bytes: bytes('x') })
    await refused('zip-broken')
    pack({ name: 'x.xml', bytes: bytes('x'), encrypted: true })
    await refused('zip-encrypted')
    pack(
      { name: 'x.xml', bytes: bytes('x'), size: 4_294_967_294 },
      { name: 'y.xml', bytes: bytes('x'), size: 4_000_000_000 }
    )
    await refused('zip-(?:bomb|too-large)')
    writeFileSync(zip, 'PK\x03\x04 and nothing else')
    await refused('zip-broken', ['--as', 'feed'])
    pack({ name: 'x.bin', bytes: bytes('x') })
    await t.rejects(imported(t, file, [zip]), /holds no export that is known/)
    pack({ name: 'posts.csv', bytes: bytes(csv), size: csv.length + 5 })
    await t.rejects(imported(t, file, [zip]), { code: 'zip-broken' })
  }
)

t.test('what an export leaves out is left out here, and stops nothing', async (t) => {
  const post = (more: object) => ({ slug: 'x', status: 'draft', ...more })
  const data = {
    posts: [
      post({ uuid: 'u', feature_image: 'https://a.example/i.jpg', mobiledoc: '{}' }),
      post({
        id: 's',
        title: 'S',
        mobiledoc: JSON.stringify({
          sections: [
            [1, 'p', [[0, [], 0]]],
            [10, 0]
          ],
          cards: [['code', { code: 'x' }]]
        })
      }),
      post({ id: 'l', title: 'L', lexical: lexical({}, { type: 'image' }, { type: 'code', code: 'y' }) })
    ],
    tags: [
      { id: 't1', name: 'a' },
      { id: 't2', name: 'b' }
    ],
    posts_tags: [
      { post_id: 's', tag_id: 't1' },
      { post_id: 's', tag_id: 't2' }
    ]
  }
  const { articles, codes } = await read('ghost', { 'g.json': JSON.stringify({ db: [{ data }] }) })
  t.match(articles, [
    { id: 'u', title: '', media: [{ id: 'feature-undefined' }] },
    { html: '<p></p><pre><code class="language-">x</code></pre>', section: 'a', tags: ['b'] },
    { html: '<figure><img src="" alt=""></figure><pre><code class="language-">y</code></pre>' }
  ])
  t.strictSame(codes, ['body-unreadable', 'card-unknown'])
  t.ok(readerNamed('ghost')!.recognises('{"db": [', 'x.json'))
  t.notOk(readerNamed('ghost')!.recognises('{"db": [', 'x.txt'))
  t.notOk(readerNamed('feed')!.recognises('{}', 'x.json'))
  t.notOk(readerNamed('nitf')!.recognises('<x xmlns="http://iptc.org/std/nar/2006-10-01/"><nitf>', 'x.xml'))
  await t.rejects(read('medium', { 'a.html': 'x'.repeat(16_777_217) }), { code: 'file-too-large' })

  const sparse = await read('substack', { 'posts.csv': 'post_id,title,subtitle\n1\n1,a\n,"b"' })
  t.match(sparse.articles, [{ title: 'a', status: 'draft', tags: [] }, { title: 'b' }])
  t.match((await read('substack', { 'posts.csv': 'title,x\na,b\n' })).articles, [{ id: '', title: 'a' }])
  t.match((await read('substack', { 'posts.csv': 'post_id,x\n7,b\n' })).articles, [{ id: '7', title: '' }])
  t.match((await read('substack', { 'posts.csv': 'post_id,title\n1,"a"b\n' })).articles, [{ title: '"a"b' }])
  const open =
    '<article class="h-entry"><h1 class="p-name">Open<section data-field="body" class="e-content"><p>x</p>'
  t.match((await read('medium', { 'a.html': open })).articles, [{ id: 'a.html', html: '<p>x</p>' }])

  const marks = await read('markdown', {
    'long.md': `---\ntitle: ${'x'.repeat(200_001)}\n---\n`,
    'a.md':
      '{\n "tags": [1, "b"], "image": "data:x", "authors": [{}]\n}\n{{< figure src=`https://a.example/f.jpg` alt=a >}}{{< vimeo id="1" >}}'
  })
  t.match(marks.articles, [
    { tags: ['b'], title: '', html: /<figcaption> <\/figcaption>[\s\S]*vimeo.com\/1/ }
  ])
  t.strictSame(marks.codes, ['front-matter-broken', 'picture-left-out', 'addresses-unknown'])

  const entries = `<rss xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<item><title>Only a title</title><category/><author/><dc:creator/><enclosure url="https://a.example/s.mp3"/><enclosure url="https://a.example/x"/>
<media:content url="https://a.example/1.jpg"/><media:content url="https://a.example/2.jpg"><media:copyright>© Wire</media:copyright></media:content></item>
<item><link>https://p.example/only-a-link/</link><dc:creator>https://p.example/mara</dc:creator></item></channel></rss>`
  t.match((await read('feed', { 'f.xml': entries })).articles, [
    {
      id: 'Only a title',
      authors: [],
      tags: [],
      media: [{ id: 'https://a.example/1.jpg' }, { credit: { creditLine: '© Wire' } }, { kind: 'audio' }]
    },
    { id: 'https://p.example/only-a-link/', slug: 'only-a-link' }
  ])
  const xhtml =
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><content type="xhtml">a <em>b</em></content></entry></feed>'
  t.match((await read('feed', { 'f.xml': xhtml })).articles, [{ html: 'a <em>b</em>' }])
  const titles = `<feed xmlns="http://www.w3.org/2005/Atom">
    <entry><id>1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">She <em>never</em> said so</div></title></entry>
    <entry><id>2</id><title type="text">What &lt;q&gt; is for</title><published>2026-11-03T10:30:00+01</published></entry>
    <entry><id>3</id><title type="html">&lt;b&gt;Keel&lt;/b&gt; &amp;amp; Sons</title></entry></feed>`
  t.match(
    (await read('feed', { 'f.xml': titles })).articles,
    [
      { title: 'She never said so' },
      { title: 'What <q> is for', publishedAt: '2026-11-03T09:30:00.000Z' },
      { title: 'Keel & Sons' }
    ],
    'a headline of Atom is read by its type'
  )
  const creators = `<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
    <item><guid>1</guid><title>A</title><dc:creator>Ann Lee, Cy Keel, and Bo Ray</dc:creator></item>
    <item><guid>2</guid><title>B</title><dc:creator>Keel, Ada</dc:creator></item></channel></rss>`
  t.match(
    (await read('feed', { 'f.xml': creators })).articles,
    [
      { authors: [{ name: 'Ann Lee' }, { name: 'Cy Keel' }, { name: 'Bo Ray' }] },
      { authors: [{ name: 'Ada Keel' }] }
    ],
    'no author is lost behind a comma, and a last name that stands first is no author of its own'
  )
  const plain = { version: 'https://jsonfeed.org/version/1', items: [{ id: 'x', author: { name: 'Jo' } }] }
  t.match((await read('feed', { 'f.json': JSON.stringify(plain) })).articles, [{ authors: [{ name: 'Jo' }] }])

  const picture = { uri: 'p', type: 'picture', renditions: [{ href: 'https://a.example/p.jpg' }] }
  const stories = [
    {
      uri: 'a',
      person: [{ rel: 'author' }],
      associations: [{ ...picture, uri: undefined, copyrightnotice: '© Wire' }]
    },
    {
      uri: 'b',
      associations: [picture, { ...picture, uri: 'q', by: 'Ana Roe and Bo Sample', copyrightholder: 'Wire' }]
    },
    { ...picture, uri: 'c', by: '12345' },
    { uri: 'd', type: 'picture', renditions: {} }
  ]
  t.match((await read('ninjs', { 'n.json': JSON.stringify(stories) })).articles, [
    { authors: [], media: [{ id: 'https://a.example/p.jpg', credit: { creditLine: '© Wire' } }] },
    { media: [{ id: 'p' }, { credit: { creators: ['Ana Roe', 'Bo Sample'], copyrightHolder: 'Wire' } }] },
    { media: [{ credit: { creators: ['12345'] } }] },
    { media: [] }
  ])

  const bare = `<nitf><head><tobject><tobject.subject/></tobject><docdata><doc-id id-string="1"/><ed-msg>Call.</ed-msg><ed-msg/><key-list><keyword/></key-list></docdata></head><body><body.head><abstract><p>Abstract</p></abstract><byline/><byline><person/>Ann</byline></body.head>
<body.content><hl1>Head</hl1><p>a &broken; b</p><media media-type="image"><media-reference source="https://a.example/1.jpg"/><media-reference source="https://a.example/2.jpg"/></media><media/><media><media-caption>Words</media-caption></media></body.content></body></nitf>`
  const wire = await read('nitf', { 'n.xml': bare })
  t.match(wire.articles, [
    {
      id: '1',
      dek: 'Abstract',
      note: 'Desk note: Call.',
      html: /<h2>Head<\/h2>/,
      authors: [{ name: 'Ann' }],
      tags: [],
      media: [{ otherUrls: ['https://a.example/2.jpg'] }]
    }
  ])
  t.ok(wire.codes.includes('not-well-formed'))
  const item = (more: string, attributes = '') => `<newsItem ${attributes}>${more}</newsItem>`
  const message = `<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>${[
    item(
      '<link href="urn:p"/><link/><contentMeta><creator/><subject/><keyword/><description>x</description><dateline>PORT ALDIS</dateline><headline/></contentMeta><rightsInfo><copyrightHolder/></rightsInfo><contentSet><inlineXML><p>Words</p></inlineXML></contentSet>',
      'guid="a"'
    ),
    item('', 'guid="b"'),
    item(
      '<itemMeta><itemClass qcode="ninat:picture"/></itemMeta><contentMeta><creator/></contentMeta><rightsInfo><copyrightHolder/></rightsInfo><contentSet><remoteContent href="https://a.example/1.jpg"/><remoteContent href="https://a.example/2.jpg" width="1"/><remoteContent href="https://a.example/3.jpg" width="1" height="1"/></contentSet>',
      'guid="urn:p"'
    )
  ].join('')}</itemSet></newsMessage>`
  t.match((await read('newsml', { 'm.xml': message })).articles, [
    { html: '<p>Words</p>', dateline: 'PORT ALDIS', media: [{ url: 'https://a.example/3.jpg' }] },
    {}
  ])
  const lone = (more: string) =>
    read('newsml', {
      'p.xml': `<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta>${more}<contentSet><remoteContent href="https://a.example/1.jpg"/></contentSet></newsItem>`
    })
  t.match((await lone('<description>Plain</description><creator literal="Ana Roe"/>')).articles, [
    {
      id: 'p.xml',
      media: [{ id: 'https://a.example/1.jpg', caption: 'Plain', credit: { creditLine: 'Ana Roe' } }]
    }
  ])
  t.match((await lone('<copyrightNotice>© Wire</copyrightNotice><copyrightHolder/>')).articles, [
    { media: [{ credit: { creditLine: '© Wire' } }] }
  ])
  t.match((await lone('<copyrightHolder literal="Wire"/>')).articles, [
    { media: [{ credit: { creditLine: 'Wire' } }] }
  ])
})

t.test('limits of zips, files that hold nothing, and fields that only some systems have', async (t) => {
  const file = await database(t)
  const home = folder(t)
  const [zip, empty] = [join(home, 'e.zip'), join(home, 'empty.xml')]
  writeFileSync(zip, zipOf([{ name: 'x.bin', bytes: Buffer.from('x') }]))
  writeFileSync(empty, '')
  const kept = { ...zipLimits }
  t.teardown(() => Object.assign(zipLimits, kept))
  Object.assign(zipLimits, { entries: 0 })
  await t.rejects(imported(t, file, ['--as', 'feed', zip]), /zip-too-large/)
  Object.assign(zipLimits, { ...kept, bytes: 0 })
  await t.rejects(imported(t, file, ['--as', 'feed', zip]), /zip-too-large/)
  Object.assign(zipLimits, kept)
  t.match(await imported(t, file, ['--as', 'feed', zip]), {
    ok: false,
    codes: ['file-left-out', 'not-a-feed']
  })
  t.match(await imported(t, file, ['--as', 'feed', empty]), { ok: false, codes: ['not-a-feed'] })
  await t.rejects(imported(t, file, ['--as', 'feed', join(home, 'none')]), /there is no such file/)
  const wire = laid(join(home, 'wire'), {
    'a.json': JSON.stringify({
      uri: 'a',
      headline: 'A',
      body_text: 'Words.',
      embargoed: '2099-01-01T00:00:00Z',
      copyrightholder: 'Wire'
    })
  })
  t.match((await imported(t, file, [wire])).out, /1 article new/)
  const posts = structuredClone(ghost)
  posts.db[0]!.data.posts.length = 1
  writeFileSync(join(home, 'g.json'), JSON.stringify(posts))
  t.match((await imported(t, file, [join(home, 'g.json')])).out, /an export of Ghost[\s\S]*1 article new/)
  const { get } = await app(t, { file })
  const all = async (url: string) => (await get(url)).json<{ data: { id: string }[] }>().data
  const drafts = await Promise.all(
    (await all('/v1/articles?edition=draft')).map(async ({ id }) =>
      (await get(`/v1/articles/${id}?edition=draft`)).json<object>()
    )
  )
  t.match(
    drafts.find((one) => 'embargoUntil' in one && one.embargoUntil !== null),
    { embargoUntil: '2099-01-01T00:00:00.000Z', origin: { publisher: 'Wire' } }
  )
  t.match(
    drafts.find((one) => 'canonicalUrl' in one && one.canonicalUrl !== null),
    { canonicalUrl: 'https://first.example/x' }
  )
})
