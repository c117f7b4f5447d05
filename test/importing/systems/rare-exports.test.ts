// What exports of WordPress and Blogger hold seldom: fields left out, files of no kind, codings, words of no use.
import t from 'tap'
import { readContent } from '../../../src/importing/systems/content.ts'
import {
  type ArticleItem,
  type CommentItem,
  type ExportFile,
  type Item,
  type Loss,
  type MediaItem,
  RefusedExport
} from '../../../src/importing/systems/item.ts'
import { readerNamed, readerOf } from '../../../src/importing/systems/registry.ts'
import { storyOf } from '../../../src/importing/systems/story.ts'
import { instantOf, plainOf } from '../../../src/importing/systems/text.ts'
import { type Element, isElement, wordsOfElement } from '../../../src/importing/systems/xml/element.ts'
import { elementsAt } from '../../../src/importing/systems/xml/read.ts'

const fileOf = (name: string, bytes: Buffer): ExportFile => ({
  name,
  size: bytes.length,
  async *chunks() {
    if (bytes.length > 0) yield bytes
  }
})

/** What a reader yields of this file. */
async function read(as: string, ...files: (string | Buffer)[]) {
  const all: Item[] = []
  const given = files.map((one, i) => fileOf(`export-${i}.xml`, Buffer.from(one as string)))
  for await (const item of readerNamed(as)!.read(given)) all.push(item)
  return {
    articles: all.filter((one): one is ArticleItem => one.kind === 'article'),
    comments: all.filter((one): one is CommentItem => one.kind === 'comment'),
    media: all.filter((one): one is MediaItem => one.kind === 'media'),
    losses: all.filter((one): one is Loss => one.kind === 'loss')
  }
}

const wxr = (channel: string, declaration = '<?xml version="1.0"?>') =>
  `${declaration}<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>${channel}</channel></rss>`
const post = (fields: string, content = 'Words.') =>
  `<item><content:encoded><![CDATA[${content}]]></content:encoded>${fields}</item>`

t.test('WordPress: fields that are missing have others in their place, or none', async (t) => {
  const { articles } = await read(
    'wxr',
    wxr(`<link> </link><wp:base_blog_url>https://paper.example</wp:base_blog_url>
<wp:author><wp:author_login>ann</wp:author_login><wp:author_first_name>Ann</wp:author_first_name><wp:author_last_name>Lee</wp:author_last_name></wp:author>
<wp:author><wp:author_login>bo</wp:author_login></wp:author>
<item><wp:post_type>guest-author</wp:post_type><wp:post_name>cap-cy</wp:post_name><title>Cy Guest</title></item>
<item><wp:post_type>guest-author</wp:post_type><wp:post_name>cap-none</wp:post_name></item>
${post('<guid>https://paper.example/?p=7</guid><title>By its guid</title><dc:creator>ann</dc:creator>')}
${post('<link>https://paper.example/by-its-link/</link><title>By its link</title><dc:creator>bo</dc:creator>')}
${post(
  `<wp:post_id>9</wp:post_id><title>Guest</title><category domain="author" nicename="cap-cy">Cy</category><category domain="author" nicename="cap-dee"> </category>
<category domain="category">Uncategorized</category><category domain="category">Boats</category><category domain="category">Harbour</category><category domain="topic">Ferry</category><category domain="language" nicename="de">Deutsch</category>
<category domain="post_format" nicename="post-format-aside">Aside</category><wp:status>pending</wp:status><wp:is_sticky>1</wp:is_sticky><wp:post_password>x</wp:post_password><wp:post_type>review</wp:post_type>
<wp:postmeta><wp:meta_key>dek</wp:meta_key><wp:meta_value>Short</wp:meta_value></wp:postmeta><wp:postmeta><wp:meta_key>mood</wp:meta_key></wp:postmeta><wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>old%E0</wp:meta_value></wp:postmeta>`
)}
${post('<wp:post_id>10</wp:post_id><wp:status>publish</wp:status><pubDate>Thu, 02 Jan 2020 03:04:05 +0100</pubDate><wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt><dc:creator>eve@paper.example</dc:creator>')}
${post('<wp:post_id>11</wp:post_id><wp:status>publish</wp:status><wp:post_date>2020-01-02 03:04:05</wp:post_date>')}
${post('<wp:post_id>12</wp:post_id><wp:status>auto-draft</wp:status>')}`)
  )
  t.same(
    articles.map(({ id }) => id),
    ['https://paper.example/?p=7', 'https://paper.example/by-its-link/', '9', '10', '11', '12']
  )
  const [guid, link, guest, dated, local] = articles
  t.match(guid!.authors, [{ name: 'Ann Lee' }])
  t.match(link!.authors, [{ name: 'bo' }])
  t.match(guest, {
    authors: [{ name: 'Cy Guest' }, { id: 'author-dee', name: 'dee' }],
    section: 'Boats',
    tags: ['Harbour', 'Ferry'],
    language: 'de',
    dek: 'Short',
    note: /waited for review there\. Sticky there\. A post of the format Aside there\. A review there\..*password/
  })
  t.equal(dated!.publishedAt, '2020-01-02T02:04:05.000Z')
  t.match(dated!.authors, [{ name: 'eve' }], 'an address of mail is not kept')
  t.equal(local!.publishedAt, '2020-01-02T03:04:05.000Z')
})

t.test('WordPress: files and shortcodes of every form', async (t) => {
  const attachment = (id: number, fields: string) =>
    `<item><wp:post_type>attachment</wp:post_type><wp:post_id>${id}</wp:post_id>${fields}</item>`
  const { articles, media, losses } = await read(
    'wxr',
    wxr(`<link>https://paper.example</link>
${attachment(1, '<guid>https://paper.example/by-guid.jpg</guid>')}
${attachment(2, '<wp:attachment_url>https://paper.example/odd.xyz</wp:attachment_url>')}
${attachment(3, '')}
<item><wp:post_type>nav_menu_item</wp:post_type><link>https://paper.example/menu</link></item>
${post(
  '<wp:post_id>20</wp:post_id>',
  `[caption id="attachment_1" caption='From the attribute'] <a href="x"><img src="https://paper.example/by-guid.jpg"></a> [/caption]

[caption]No picture[/caption]

[caption id="attachment_1"]<img src="https://paper.example/by-guid.jpg">[/caption]

[caption id="attachment_1"]

[wp_caption id=attachment_1]<img class="wp-image-1" src="https://paper.example/by-guid.jpg"> After[/wp_caption]

[gallery include="1, 9"] [gallery] [playlist ids='1']

[audio mp3="https://paper.example/a.mp3"][video src=https://paper.example/v.mp4] [embed]https://a.example/x[/embed] [youtube https://a.example/y] [vimeo 12] [contact-form to="x"] [/row]`
)}
${post('<wp:post_id>22</wp:post_id><link>https://</link>', 'The tide.\n\n<pre>Low\n\nhigh</pre>\n\n<wp-kept n="9"></wp-kept>The ebb.')}
${post('<wp:post_id>21</wp:post_id><wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>99</wp:meta_value></wp:postmeta>')}`)
  )
  t.same(media, [], 'the file that the captions show is no file of the library alone')
  t.match(articles[0]!.html, /From the attribute[\s\S]*No picture[\s\S]*After/)
  t.match(articles[1], { id: '22', url: 'https://' })
  t.match(articles[1]!.html, /<p>The tide\.<\/p>\n<pre>Low\n\nhigh<\/pre>\n.*The ebb\./)
  t.match(
    articles[0]!.html,
    /<audio src="https:\/\/paper.example\/a.mp3">[\s\S]*<video src="https:\/\/paper.example\/v.mp4">/
  )
  t.same([...new Set(losses.map(({ code }) => code))].sort(), [
    'attachment-left-out',
    'featured-missing',
    'gallery-incomplete',
    'no-article',
    'shortcode-kept'
  ])
})

t.test('XML: codings, entities and names', async (t) => {
  const text = wxr(post('<wp:post_id>1</wp:post_id><title>Fähre</title>'), '')
  for (const [name, bytes] of [
    ['UTF-16LE', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16BE', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['ISO-8859-1', Buffer.from(text.replace(/^/, '<?xml version="1.0" encoding="ISO-8859-1"?>'), 'latin1')]
  ] as const) {
    t.equal((await read('wxr', bytes)).articles[0]?.title, 'Fähre', name)
    t.equal((await readerOf(fileOf('export.xml', bytes)))?.name, 'wxr', name)
  }
  const entities = `<!DOCTYPE rss [<!ENTITY a "A&#x42;&#67;&#0;"><!ENTITY amp "&#38;#38;">]>${wxr(post('<wp:post_id>1</wp:post_id><title>&a; x:y</title>'), '')}`
  t.equal((await read('wxr', entities)).articles[0]?.title, 'ABC x:y')
  const other = wxr(post('<wp:post_id>1</wp:post_id><title>T</title><odd:name>x</odd:name>'))
  t.equal(
    (await read('wxr', other)).articles[0]?.title,
    'T',
    'a prefix that nobody declares is read as it is'
  )
})

t.test('XML is read the same in whatever pieces it comes', async (t) => {
  const items = [
    '<a>plain</a><b><![CDATA[<i>kept</i>]]></b><c></c><d><![CDATA[]]></d>',
    '<a>Roses &amp; red</a><b><![CDATA[one]]> and <![CDATA[two]]></b>text between<!-- <x>none</x> --><?pi <y>none</y>?>',
    '<wp:a>line\r\nline</wp:a><b><![CDATA[line\r\nline\rline]]></b><u:c>unbound</u:c>\n<d e="f">attribute</d>',
    '<a>bad \u0001 words</a><b><![CDATA[bad \u0001 words]]></b><c>1</d>2</c><e>a ]]> b</e><f>n<g>ested</g></f>'
  ].map((words) => `<item xml:lang="de">\n${words}\n</item><lone>words</lone>`)
  const bytes = Buffer.from(
    `<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>${items.join('')}</channel></rss>`
  )
  const inPieces = async (size: number) => {
    const chunks = async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    }
    const all: unknown[] = []
    for await (const one of elementsAt(3, { name: 'x.xml', size: bytes.length, chunks }))
      all.push(formOf(one))
    return all
  }
  const formOf = (one: Element | Loss): unknown =>
    isElement(one)
      ? [one.name, one.attributes, one.text, wordsOfElement(one), one.children.map(formOf)]
      : one.code
  const whole = await inPieces(bytes.length)
  t.match(whole, [
    [
      ...['item', { 'xml:lang': 'de' }, '\n\n', '\nplain<i>kept</i>\n'],
      [
        ['a', {}, 'plain'],
        ['b', {}, '<i>kept</i>'],
        ['c', {}, ''],
        ['d', {}, '']
      ]
    ],
    ['lone', {}, 'words'],
    [
      'item',
      {},
      '\ntext between\n',
      String,
      [
        ['a', {}, 'Roses & red'],
        ['b', {}, 'one and two']
      ]
    ],
    ['lone'],
    [
      ...['item', {}, String, String],
      [
        ['wp:a', {}, 'line\nline'],
        ['b', {}, 'line\nline\nline'],
        ['u:c', {}, 'unbound'],
        ['d', { e: 'f' }, 'attribute']
      ]
    ]
  ])
  t.ok(whole.includes('not-well-formed'), 'what XML forbids is told')
  for (let size = 1; size < 60; size++)
    t.same(
      (await inPieces(size)).filter(Array.isArray),
      whole.filter(Array.isArray),
      `${size} bytes at a time`
    )
  const root = Buffer.from('<error>No <![CDATA[access]]></error>')
  const none: unknown[] = []
  for (const xml of [
    root,
    Buffer.from('<error>No access</error>'),
    Buffer.from('<error xml:base="news/">No access</error>')
  ])
    for await (const one of elementsAt(1, {
      name: 'x',
      size: 1,
      chunks: async function* () {
        yield xml
      }
    }))
      none.push(formOf(one))
  t.match(none, [
    ['error', {}, 'No access'],
    ['error', {}, 'No access'],
    ['error', { 'xml:base': 'news/' }, 'No access']
  ])
})

t.test('elements keep their names, however many names a file has', async (t) => {
  const names = Array.from({ length: 600 }, (_, i) => `n${i % 400}`)
  const elements = names.map((name) => `<wp:${name}>${name}</wp:${name}>`).join('')
  const xml = Buffer.from(`<rss xmlns:wp="http://wordpress.org/export/1.2/">${elements}</rss>`)
  const found: string[] = []
  const chunks = async function* () {
    yield xml
  }
  for await (const one of elementsAt(2, { name: 'x.xml', size: xml.length, chunks }))
    if (isElement(one)) found.push(one.name)
  t.strictSame(
    found,
    names.map((name) => `wp:${name}`)
  )
})

t.test('an ampersand that nobody escaped stands for itself, and what comes after it is read', async (t) => {
  const entry = (words: string, id: string) =>
    `<item><title>${words}</title><link>https://a.example/?p=${id}&q=2&amp;r=3</link><guid>${id}</guid><description><![CDATA[<p>c & d</p>]]></description></item>`
  const rss = `<rss><channel><!-- a & b -->${entry('Boats & <!-- & -->ropes&#33;', '1')}${entry('Two', '2')}</channel></rss>`
  const bytes = Buffer.from(rss)
  // Wherever the pieces end that a file is read in.
  for (const length of [7, 8, 9, 64, bytes.length]) {
    const items: Item[] = []
    async function* chunks() {
      for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
    }
    for await (const item of readerNamed('feed')!.read([{ name: 'a.xml', size: bytes.length, chunks }]))
      items.push(item)
    t.match(
      items,
      [
        { code: 'not-well-formed', reason: /^an & that begins no reference, such as &amp;, is taken as/ },
        { title: 'Boats & ropes!', url: 'https://a.example/?p=1&q=2&r=3', html: '<p>c & d</p>' },
        { title: 'Two', url: 'https://a.example/?p=2&q=2&r=3' }
      ],
      `pieces of ${length}`
    )
    t.equal(items.length, 3)
  }
})

t.test('a file that breaks off is told with its place, after all that came whole', async (t) => {
  /** The titles and comments that come of these files, and why the rest does not. */
  const read = async (as: string, ...files: string[]) => {
    const all: unknown[] = []
    try {
      for await (const item of readerNamed(as)!.read(
        files.map((one, i) => fileOf(`${i}.xml`, Buffer.from(one)))
      ))
        all.push(
          item.kind === 'article'
            ? item.title
            : item.kind === 'comment'
              ? item.text
              : item.kind === 'media'
                ? item.media.url
                : item.kind === 'site'
                  ? item.id
                  : item.code
        )
    } catch (error) {
      if (!(error instanceof RefusedExport)) throw error
      all.push([error.code, error.message])
    }
    return all
  }
  const broken = (name: string, where = '') => [
    'breaks-off',
    `${name} breaks off${where}: what comes after that is missing. Export it anew and import that; what is here already stays.`
  ]
  const file =
    '<item><wp:post_type>attachment</wp:post_type><wp:post_id>9</wp:post_id><wp:attachment_url>https://a.example/a.jpg</wp:attachment_url></item>'
  const items = [1, 2].map((n) => post(`<title>Post ${n}</title><wp:post_id>${n}</wp:post_id>`))
  const cut = (text: string, at: string) => text.slice(0, text.indexOf(at))
  const half = cut(wxr(`${file}${items.join('')}`), '<wp:post_id>2')
  t.same(await read('wxr', half, wxr(post('<title>Post 3</title><wp:post_id>3</wp:post_id>'))), [
    ...['Post 1', 'Post 3', 'https://a.example/a.jpg'],
    broken('0.xml', ' in the entry “Post 2”')
  ])
  const rss = `<rss><channel><item><title>One</title><guid>1</guid></item><item><title>Two</title><guid>2</guid></item></channel></rss>`
  t.same(await read('feed', cut(rss, '<guid>2')), ['One', broken('0.xml', ' in the entry “Two”')])
  t.same(await read('feed', cut(rss, '</channel>')), ['One', 'Two', broken('0.xml')])
  t.same(await read('feed', cut(rss, '</item>'), rss), ['One', 'Two', broken('0.xml', ' in the entry “One”')])
  t.match(await read('feed', '<rss><channel></channel></rss>', rss), [['not-a-feed', String]])
  const entry = (kind: string, id: string, more = '') =>
    `<entry><id>${id}</id><b:type>${kind}</b:type><title>${id}</title><content>Words of ${id}</content>${more}</entry>`
  const blog = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:b="http://schemas.google.com/blogger/2018">${entry('POST', 'p1')}${entry('COMMENT', 'c1', '<b:parent>p1</b:parent>')}${entry('POST', 'p2')}</feed>`
  t.match(await read('blogger', cut(blog, '<content>Words of p2')), [
    'p1',
    'Words of c1',
    broken('0.xml', ' in the entry “p2”')
  ])
  t.same(await read('blogger', blog.replace('Words of p2', 'Words & more')), [
    ...['p1', 'not-well-formed', 'p2'],
    'Words of c1'
  ])
  const nitf = (id: string) =>
    `<nitf><head><docdata><doc-id id-string="${id}" regsrc="A"/></docdata></head><body><body.head><hedline><hl1>Story ${id}</hl1></hedline></body.head><body.content><p>Words.</p></body.content></body></nitf>`
  t.same(await read('nitf', cut(nitf('1'), '</body>')), [broken('0.xml')])
  t.same(await read('nitf', cut(nitf('1'), '</body>'), nitf('2')), ['breaks-off', 'Story 2'])
  t.match(await read('nitf', '<other/>', nitf('2')), [['other-root', String]])
  for (const as of ['wxr', 'blogger', 'nitf'])
    t.match(await read(as, '<!DOCTYPE a [<!ENTITY a "&b;">]><a>', ''), [['nested-entities', String]])
})

t.test('Blogger: entries without a kind, comments of every state, and an empty file', async (t) => {
  const entry = (inner: string) => `<entry>${inner}</entry>`
  const kind = (term: string) =>
    `<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#${term}"/>`
  const comment = (id: string, status: string, inner: string) =>
    entry(
      `<id>tag:blogger.com,1999:blog-1.post-${id}</id><blogger:type>COMMENT</blogger:type><blogger:status>${status}</blogger:status><content>Words ${id}</content>${inner}`
    )
  const feed = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018" xmlns:thr="http://purl.org/syndication/thread/1.0">
${entry(`<id>tag:blogger.com,1999:blog-1.settings.BLOG_LOCALE</id>${kind('settings')}<content> de </content>`)}
${entry(`<id>odd</id><title>What is it</title>`)}
${entry(`<id>tag:blogger.com,1999:blog-1.post-5</id><category term="Tide"/>${kind('post')}<title>Late ferry</title><content>Words</content><link rel="alternate" href="https://paper.example/2020/01/late-ferry.html"/><category term="Boats"/><category/>`)}
${comment('6', 'LIVE', '<blogger:parent>tag:blogger.com,1999:blog-1.post-5</blogger:parent><published>2020-01-02T00:00:00Z</published>')}
${comment('7', 'SPAM_COMMENT', '<blogger:parent>5</blogger:parent><published>2020-01-02T00:00:00Z</published>')}
${comment('8', 'TRASHED', '<thr:in-reply-to ref="tag:blogger.com,1999:blog-1.post-5"/><blogger:inReplyTo>tag:blogger.com,1999:blog-1.post-6</blogger:inReplyTo>')}
${comment('9', 'PENDING', '<blogger:parent>5</blogger:parent><link rel="related" href="x"/><published>2019-01-02T00:00:00Z</published>')}
${comment('10', '', '')}
</feed>`
  await t.rejects(read('blogger', '', feed), { code: 'not-xml' })
  const { articles, comments, losses } = await read('blogger', feed)
  t.match(articles, [
    { id: '5', title: 'Late ferry', tags: ['Tide', 'Boats'], language: 'de', slug: 'late-ferry' }
  ])
  t.same(
    comments.map(({ id, state, parentId }) => [id, state, parentId]),
    [
      ['8', 'trash', '6'],
      ['9', 'pending', 'x'],
      ['6', 'approved', undefined],
      ['7', 'spam', undefined]
    ]
  )
  t.ok(losses.length >= 2, 'the entry of no kind and the comment of no article are told')
  const answer = {
    kind: 'blogger#postList',
    items: [
      { kind: 'blogger#post', id: '1', title: 'Late ferry', content: 'Words' },
      {
        kind: 'blogger#comment',
        id: '2',
        post: { id: '1' },
        content: 'Indeed.',
        author: { displayName: 'Jo' }
      }
    ]
  }
  const api = await read('blogger', JSON.stringify(answer))
  t.match(api.articles, [{ id: '1', title: 'Late ferry' }])
  t.match(api.comments, [{ id: '2', articleId: '1', author: 'Jo' }])
})

t.test('dates without a zone are in UTC, and what may be two days is none', async (t) => {
  for (const [words, instant] of [
    ['2024-03-05 09:30:00', '2024-03-05T09:30:00.000Z'],
    ['2024-03-05T09:30', '2024-03-05T09:30:00.000Z'],
    ['2024-03-05T09:30:00.5+01:00', '2024-03-05T08:30:00.500Z'],
    ['Tue, 05 Mar 2024 09:30:00 +0100', '2024-03-05T08:30:00.000Z'],
    ['Tue, 05 Mar 2024 09:30:00 EST', '2024-03-05T14:30:00.000Z'],
    ['Tue, 05 Mar 2024 09:30:00', '2024-03-05T09:30:00.000Z'],
    ['March 5, 2024', '2024-03-05T00:00:00.000Z'],
    ['5 Mar 2024 9:30', '2024-03-05T09:30:00.000Z'],
    ['2024-03-05', '2024-03-05T00:00:00.000Z'],
    ['05/03/2024', undefined],
    ['05.03.2024 09:30', undefined],
    ['0000-00-00 00:00:00', undefined],
    ['', undefined],
    ['soon', undefined]
  ] as const)
    t.equal(instantOf(words), instant, words)
  const dated = await read(
    'feed',
    '<rss><channel><item><title>A</title><guid>1</guid><pubDate>05/03/2024</pubDate></item></channel></rss>'
  )
  t.equal(dated.articles[0]?.publishedAt, undefined)
  t.match(dated.losses, [{ code: 'date-unreadable', words: '05/03/2024' }], 'what may be two days is told')
})

t.test('bodies: recordings, too many pictures, markup that nests too deep', (t) => {
  const none = {
    media: [],
    featured: undefined,
    language: undefined,
    url: undefined,
    system: 'x',
    speech: false
  }
  const recorded = readContent({
    ...none,
    html: '<p>Hear.</p><audio><source src="https://a.example/a.mp3"></audio><video src="https://a.example/b.mp4"></video><figure><video></video></figure>',
    media: [{ id: '1', kind: 'audio', url: 'https://a.example/a.mp3' }]
  })
  t.match(recorded.media, [{ kind: 'audio', externalId: { id: '1' } }])
  const shownTwice = readContent({
    ...none,
    html: '<figure><img src="https://a.example/quay.jpg"><p>At dawn.</p></figure><p>Words.</p><img src="https://a.example/quay.jpg">'
  })
  t.equal(shownTwice.media.length, 1)
  t.same(
    shownTwice.body.map(({ _type }) => _type),
    ['image', 'block', 'image']
  )
  t.match(shownTwice.warnings, [{ code: 'picture-words-dropped', words: 'At dawn.' }])
  const captioned = readContent({
    ...none,
    html: '<figure><img src="https://a.example/quay.jpg" alt="Quay"><p class="wp-caption-text">The quay at dawn.</p></figure>'
  })
  t.match(captioned.media, [{ caption: 'The quay at dawn.' }])
  t.same(captioned.warnings, [])
  const pictures = Array.from({ length: 201 }, (_, i) => `<img src="https://a.example/${i}.jpg">`).join('')
  const many = readContent({
    ...none,
    html: pictures,
    media: [{ id: 'm', kind: 'image', url: 'https://a.example/late.jpg', caption: 'Late (Photo: Ana Roe)' }],
    library: [{ id: 'l', kind: 'image', url: 'https://a.example/lib.jpg' }]
  })
  t.equal(many.media.length, 200)
  t.ok(many.warnings.some(({ code }) => code === 'too-many-pictures'))
  const deep = readContent({ ...none, html: '<i>'.repeat(300) })
  t.match(deep.warnings, [{ code: 'body-too-large' }])
  const long = readContent({ ...none, html: '<p>x</p>'.repeat(5100) })
  t.match(long, { warnings: [{ code: 'body-cut' }] })
  t.equal(plainOf('Storm &amp; <calm>, <em>red</em>: a &lt;b> c'), 'Storm & <calm>, red: a <b> c')
  t.equal(
    plainOf(`${'<i>'.repeat(200_000)}a<br>b &amp; c`),
    'a\nb & c',
    'of what nests too deep the words stay'
  )
  t.end()
})

t.test('stories: more tags than there is room for, languages and authors of no use', (t) => {
  const item: ArticleItem = {
    ...{ kind: 'article', place: 'x', id: '1', type: 'story', title: ' ', html: '', status: 'draft' },
    authors: [
      { name: 'Ann Lee', role: 'Photos', addresses: ['https://ann.example/'] },
      { name: ' ' },
      { name: 'Ann Lee' }
    ],
    tags: Array.from({ length: 101 }, (_, i) => `tag ${i}`),
    ...{
      addresses: [],
      media: [],
      comments: 'closed',
      language: '?',
      embargoUntil: '2030-01-01T00:00:00.000Z'
    }
  }
  const { story, losses } = storyOf(item, { body: [], media: [], files: [], warnings: [], evidence: [] }, 'x')
  t.match(story, {
    title: 'x 1',
    language: 'und',
    bylines: [{ name: 'Ann Lee', role: 'Photos' }],
    sources: [{ sameAs: ['https://ann.example/'] }],
    embargoUntil: '2030-01-01T00:00:00.000Z'
  })
  t.same(
    losses.map(({ code, words }) => [code, words]),
    [
      ['no-headline', undefined],
      ['language-unknown', '?'],
      ['too-many-tags', 'tag 100']
    ]
  )
  t.end()
})
