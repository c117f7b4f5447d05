// Nothing of an export is dropped silently: pictures that no body shows, files of no article, taxonomies, fields.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { readConfig } from '../../../src/config/config.ts'
import { importAll } from '../../../src/importing/commands/import.ts'
import { elementsAt } from '../../../src/importing/systems/xml/read.ts'
import { app, database, folder, opened } from '../../support/app.ts'

interface Draft {
  title: string
  body: string
  section: string | null
  dek: string | null
  language: string
  dateline: string | null
  internalNotes: string | null
  leadMediaId: string | null
  origin: { publisher: string | null; copyrightNotice: string | null } | null
  tags: string[]
  bylines: { name: string }[]
  commentPolicy: { mode: string }
  media: {
    id: string
    kind: string
    url: string
    caption: string | null
    alt: string | null
    credits: { creditLine: string; creators: string[] }[]
  }[]
}

/** Imports a file by its content; answers the drafts by their titles, all files, and what was lost. */
async function arrived(t: Test, name: string, text: string) {
  const db = await database(t)
  const home = folder(t)
  const [path, report] = [join(home, name), join(home, 'report.jsonl')]
  writeFileSync(path, text)
  const run = async () => {
    let out = ''
    await importAll(['--report', report, '--no-quotes', path], () => opened(t, db), {
      settings: { ...readConfig({}), ONRECORD_IMPORT_DAYS: 1 },
      out: { isTTY: false, write: (text) => (out += text) },
      err: { write: (text) => (out += text) }
    })
    return out
  }
  const out = await run()
  const losses = readFileSync(report, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { place: string; code: string; reason: string; words?: string })
  const client = await app(t, { file: db })
  const { data } = (await client.get('/v1/articles?edition=draft&limit=100')).json<{
    data: { id: string }[]
  }>()
  const drafts = new Map<string, Draft>()
  for (const { id } of data) {
    const draft = (await client.get(`/v1/articles/${id}?edition=draft&body=html`)).json<Draft>()
    drafts.set(draft.title, draft)
  }
  const files = async () =>
    (await client.get('/v1/media?edition=draft&limit=100')).json<{ data: Draft['media'] }>().data
  return { out, run, losses, codes: losses.map(({ code }) => code).sort(), drafts, files, ...client }
}

const names = (media: { url: string }[]) => media.map(({ url }) => url.replace(/^.*\//, ''))

t.test('every picture of a story in ninjs is in it, and who and what it is about', async (t) => {
  const picture = (name: string, more: object = {}) => ({
    ...{ name, uri: `urn:${name}`, type: 'picture', by: 'Ana Roe' },
    renditions: [{ href: `https://a.example/${name}.jpg`, contentType: 'image/jpeg' }],
    ...more
  })
  const story = {
    ...{ uri: 'urn:1', type: 'composite', versionCreated: '2026-11-02T08:00:00Z', located: 'Port Aldis' },
    ...{ headlines: [{ value: 'Ferry' }], copyrightNotice: '© 2026 Wire', infoSources: [{ name: 'Wire' }] },
    bodies: [{ contentType: 'text/html', value: '<p>It stays.</p>' }],
    people: [
      { name: 'Mara Lindqvist', rel: 'about' },
      { name: 'Jo Example', rel: 'author' }
    ],
    ...{
      places: [{ name: 'Aldis' }],
      organisations: [{ name: 'Ferries Ltd' }],
      events: [{ name: 'Strike' }]
    },
    ...{ altIds: ['x'], charCount: 9 },
    associations: [
      { ...picture('film'), type: 'video', renditions: [{ href: 'https://a.example/film.mp4' }] },
      picture('one', { infoSources: [{ name: 'Agency' }] }),
      picture('two'),
      { uri: 'https://a.example/logo.png', type: 'graphic', renditions: [{ name: 'thumbnail' }] }
    ]
  }
  const { drafts, losses } = await arrived(t, 'story.json', JSON.stringify(story))
  const ferry = drafts.get('Ferry')!
  t.strictSame(names(ferry.media), ['one.jpg', 'film.mp4', 'two.jpg', 'logo.png'], 'the first picture leads')
  t.match(ferry, {
    ...{ dateline: 'Port Aldis', origin: { publisher: 'Wire', copyrightNotice: '© 2026 Wire' } },
    ...{ tags: ['Mara Lindqvist', 'Ferries Ltd', 'Aldis', 'Strike'], bylines: [{ name: 'Jo Example' }] },
    media: [{ credits: [{ creditLine: 'Ana Roe/Agency' }] }, { credits: [{ creditLine: 'Ana Roe' }] }]
  })
  t.match(ferry.body, /It stays.*film\.mp4.*two\.jpg.*logo\.png/s)
  t.match(losses, [{ code: 'field-left-out', words: 'altids' }])
})

t.test('pictures in the head of a story in NITF are shown after it', async (t) => {
  const { drafts } = await arrived(
    t,
    'n.xml',
    `<nitf><head><docdata><doc-id id-string="1"/><doc.copyright holder="Wire" year="2026"/></docdata></head><body><body.head><hedline><hl1>Ferry</hl1></hedline><dateline>Port <location>Aldis</location></dateline><media media-type="image"><media-reference source="https://a.example/head.jpg"/></media></body.head><body.content><p>It stays.</p><media media-type="image"><media-reference source="https://a.example/in.jpg"/></media></body.content></body></nitf>`
  )
  t.match(drafts.get('Ferry'), { dateline: 'Port Aldis', origin: { copyrightNotice: '© 2026 Wire' } })
  t.strictSame(names(drafts.get('Ferry')!.media), ['in.jpg', 'head.jpg'])
})

t.test('one picture of several sizes is one, and the face of an author is none', async (t) => {
  const { drafts, codes } = await arrived(
    t,
    'f.xml',
    `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<item><guid>1</guid><title>Group</title><description>&lt;p&gt;Words.&lt;/p&gt;</description><media:group><media:content url="https://a.example/small.jpg" type="image/jpeg" medium="document" width="10"/><media:content url="https://a.example/large.jpg" type="IMAGE/jpeg" width="100" height="50"/><media:content url="https://a.example/film.mp4" medium="video"/></media:group>
<media:content url="https://0.gravatar.com/avatar/1" medium="image"/><media:thumbnail url="https://a.example/thumb.jpg"/></item>
<item><guid>2</guid><title>Sizes</title><description>Words.</description><media:content url="https://a.example/5000.jpg?width=140" width="140" medium="image"/><media:content url="https://a.example/5000.jpg?width=460" width="460" medium="image"/><media:content url="https://a.example/5000.jpg?width=300" width="300" medium="image"/><enclosure url="https://a.example/5000.jpg?width=460" type="image/jpeg"/><enclosure url="https://a.example/k.pdf" type="application/pdf"/></item>
<item><guid>3</guid><title>Thumb</title><description>Words.</description><media:thumbnail url="https://a.example/t1.jpg" width="10"/><media:thumbnail url="https://a.example/t2.jpg" width="20"/><media:thumbnail url="https://a.example/t3.jpg"/></item>
<item><guid>4</guid><title>None</title><description>Words.</description><media:content medium="image"/></item>
</channel></rss>`
  )
  t.strictSame(names(drafts.get('Group')!.media), ['large.jpg', 'film.mp4'])
  t.match(drafts.get('Sizes')!.media, [{ url: /width=460/ }])
  t.equal(drafts.get('Sizes')!.media.length, 1)
  t.strictSame(names(drafts.get('Thumb')!.media), ['t2.jpg'])
  t.strictSame(drafts.get('None')!.media, [])
  t.strictSame(codes, ['file-left-out'])
})

t.test('answers of the API of Blogger are read: posts, pages and comments', async (t) => {
  const post = (id: string, more: object = {}) => ({
    ...{ kind: 'blogger#post', id, blog: { id: '1', locale: 'de' }, title: `Post ${id}` },
    ...{ published: '2017-06-20T00:32:00-04:00', url: `http://paper.example/2017/06/p${id}.html` },
    ...{ content: '<p>It stays.</p>', author: { id: '9', displayName: 'Mara &amp; Co.' }, ...more }
  })
  const answers = [
    post('1', {
      ...{ labels: ['Ships &amp; sea', 'Boats'], updated: '2017-06-21T00:32:00-04:00' },
      ...{ images: [{ url: 'https://a.example/i.jpg' }, {}], readerComments: 'DONT_ALLOW_HIDE_EXISTING' },
      location: { name: 'Port Aldis', lat: 1.5, lng: 0 },
      replies: {
        items: [
          {
            kind: 'blogger#comment',
            id: 'c2',
            post: { id: '1' },
            inReplyTo: { id: 'c1' },
            content: 'Yes<br/><a href="/x">no</a>'
          },
          {
            kind: 'blogger#comment',
            id: 'c1',
            post: { id: '1' },
            published: '2017-01-01T00:00:00Z',
            content: 'A'
          }
        ]
      }
    }),
    {
      kind: 'blogger#pageList',
      items: [post('2', { kind: 'blogger#page', status: 'DRAFT', author: {}, blog: undefined, location: {} })]
    },
    post('3', { status: 'SOFT_TRASHED', url: null, title: undefined, content: undefined, author: null }),
    {
      ...{ kind: 'blogger#comment', id: 'c3', post: { id: '1' }, status: 'SPAM' },
      ...{ published: '2018-01-01T00:00:00Z', author: { displayName: 'Reader' }, content: 'Buy' }
    },
    { kind: 'blogger#comment', id: 'c4' },
    { kind: 'blogger#comment', post: { id: '1' } },
    { kind: 'blogger#blog', id: '1' },
    { other: true },
    'x'
  ]
  const { drafts, out, losses, codes, get } = await arrived(t, 'posts.json', JSON.stringify(answers))
  t.match(out, /Blogger \(Atom, JSON of its API\)\n2 articles new, 0 changed, 3 comments new/)
  t.match(drafts.get('Post 1'), {
    ...{ language: 'de', tags: ['Ships & sea', 'Boats'], bylines: [{ name: 'Mara & Co.' }] },
    ...{ commentPolicy: { mode: 'closed' }, media: [{ url: 'https://a.example/i.jpg' }] }
  })
  t.match(drafts.get('Post 2'), { internalNotes: 'A page there, not a story.', bylines: [] })
  t.strictSame(codes, [
    'comment-left-out',
    'comment-left-out',
    'field-left-out',
    'in-the-trash',
    'link-dropped',
    'no-article',
    'parent-missing'
  ])
  t.match(
    losses.find(({ code }) => code === 'field-left-out'),
    {
      place: /: post 1$/,
      reason: 'A field that has no place here: location.',
      words: 'Port Aldis, 1.5, 0'
    }
  )
  const { data } = (await get('/v1/comments?edition=draft&status=approved,spam')).json<{
    data: { body: string; status: string }[]
  }>()
  t.strictSame(data.map(({ body }) => body).sort(), ['A', 'Buy', 'Yes\nno'])
  const alone = await arrived(t, 'one.json', JSON.stringify(answers[0]))
  t.match(alone.out, /1 article new/)
})

const cdata = (text: string) => `<![CDATA[${text}]]>`
const meta = (key: string, value: string) =>
  `<wp:postmeta><wp:meta_key>${key}</wp:meta_key><wp:meta_value>${cdata(value)}</wp:meta_value></wp:postmeta>`
const item = (id: number, type: string, content: string, more = '') =>
  `<item><title>${type} ${id}</title><link>https://paper.example/${id}/</link><guid>https://paper.example/?p=${id}</guid><content:encoded>${cdata(content)}</content:encoded><wp:post_id>${id}</wp:post_id><wp:post_date_gmt>2020-01-02 03:04:05</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>${type}</wp:post_type>${more}</item>`
const file = (id: number, name: string, more = '') =>
  item(id, 'attachment', '', `<wp:attachment_url>https://paper.example/up/${name}</wp:attachment_url>${more}`)
const category = (domain: string, nicename: string, name: string) =>
  `<category domain="${domain}" nicename="${nicename}">${cdata(name)}</category>`

t.test('WordPress: files of no post, taxonomies of its own, recordings, and what plugins add', async (t) => {
  const { drafts, losses, files, read, post, get, run } = await arrived(
    t,
    'site.xml',
    `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://paper.example</link><language>en</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:category><wp:term_id>8</wp:term_id><wp:cat_name>City</wp:cat_name></wp:category>
${item(
  1,
  'post',
  `<!-- wp:cover {"id":20} --><div>Cover</div><!-- /wp:cover --><!-- wp:video {"id":21} --><figure class="wp-block-video"><video controls src="https://paper.example/up/film.mp4"></video></figure><!-- /wp:video -->
<!-- wp:audio --><audio><source src="https://paper.example/up/talk.mp3"></audio><!-- /wp:audio -->
<!-- wp:shortcode -->[video mp4="https://elsewhere.example/x.mp4"][/video]<!-- /wp:shortcode --><p><img src="https://stats.wordpress.com/b.gif" width="1" height="1"><img src="https://paper.example/logo.svg"></p>`,
  `${meta('_yoast_wpseo_primary_category', '8')}${meta('newspack_post_subtitle', 'Why')}${meta('my_field', 'x')}<wp:is_sticky>1</wp:is_sticky>
${category('category', 'harbour', 'Harbour')}${category('category', 'city', 'City')}${category('series', 's', 'Ferries')}${category('language', 'de', 'Deutsch')}${category('post_format', 'post-format-video', 'Video')}`
)}
${item(2, 'post', 'Words', '').replace('publish', 'pending')}${item(3, 'nav_menu_item', '')}
${file(20, 'cover.jpg')}${file(21, 'film.mp4', meta('_media_credit', 'Bo Example'))}${file(22, 'talk.mp3')}${file(23, 'plan.pdf', '<wp:post_parent>1</wp:post_parent>')}${file(24, 'attachment-24.jpg')}${file(25, 'alone-1.jpg')}${file(26, 'x.bin')}
</channel></rss>`
  )
  const one = drafts.get('post 1')!
  t.match(one, {
    ...{ section: 'City', tags: ['Harbour', 'Ferries'], dek: 'Why', language: 'de' },
    internalNotes: 'Sticky there. A post of the format Video there.'
  })
  t.strictSame(
    names(one.media),
    ['film.mp4', 'talk.mp3', 'logo.svg', 'cover.jpg'],
    'a cover whose picture is in no element is shown after the body'
  )
  t.match(one.media, [{ kind: 'video', credits: [{ creators: ['Bo Example'] }] }, { kind: 'audio' }])
  t.match(one.body, /elsewhere\.example\/x\.mp4/)
  t.match(drafts.get('post 2'), { internalNotes: 'It waited for review there.' })
  const all = await files()
  t.strictSame(names(all).sort(), [
    'alone-1.jpg',
    'attachment-24.jpg',
    'cover.jpg',
    'film.mp4',
    'logo.svg',
    'plan.pdf',
    'talk.mp3'
  ])
  t.equal(all.find(({ url }) => url.endsWith('plan.pdf'))!.kind, 'document')
  t.equal(
    all.find(({ url }) => url.endsWith('24.jpg'))!.alt,
    null,
    'a title that is the name of a file is none'
  )
  t.equal(all.find(({ url }) => url.endsWith('alone-1.jpg'))!.alt, 'attachment 25')
  t.match(losses.map(({ code, words }) => `${code} ${words ?? ''}`).sort(), [
    /attachment-left-out/,
    'field-left-out my_field',
    /no-article/
  ])
  await run()
  t.equal((await files()).length, all.length, 'run again, no file comes twice')
  const { data } = (await get('/v1/articles?edition=draft')).json<{ data: { id: string; title: string }[] }>()
  await post(`/v1/articles/${data.find(({ title }) => title === 'post 2')!.id}/publish`)
  t.match((await read('/v1/redirects?from=/%3Fp%3D2')).json(), { data: [{ to: '/articles/post-2' }] })
})

t.test('WordPress: a field that has elements of XML in it is told, with its entry', async (t) => {
  const { losses, drafts } = await arrived(
    t,
    'x.xml',
    `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login>ann</wp:author_login><wp:author_display_name>Ann <i>Lee</i></wp:author_display_name></wp:author>
<item><title>Ferry</title><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type><content:encoded><p>real <b>markup</b></p></content:encoded>
<wp:postmeta><wp:meta_key>dek</wp:meta_key><wp:meta_value><br/></wp:meta_value></wp:postmeta>
<wp:comment><wp:comment_id>7</wp:comment_id><wp:comment_content>So <b>it</b> is</wp:comment_content><wp:commentmeta><wp:meta_key>x</wp:meta_key></wp:commentmeta></wp:comment></item></channel></rss>`
  )
  t.equal(drafts.get('Ferry')!.body, '')
  const remedy = 'has elements of XML in it, which were not read: put what is in it into CDATA'
  t.match(
    losses.filter(({ code }) => code === 'elements-not-read'),
    [
      { place: /: wp:author$/, reason: `Its field wp:author_display_name ${remedy}`, words: 'Ann Lee' },
      { place: /x\.xml: post 1$/, reason: `Its body (content:encoded) ${remedy}`, words: 'real markup' },
      { reason: `Its field wp:meta_value ${remedy}`, words: undefined },
      { reason: `Its field wp:comment_content ${remedy}`, words: 'So it is' }
    ]
  )
})

t.test('comments come without scripts, and the links that they lose are told', async (t) => {
  const said =
    'See <a href="https://a.example/x">here</a>, <a href=" https://b.example/ ">https://b.example/</a><a name="n">.</a><SCRIPT>let a = "</style>"</SCRIPT > <a href="/img"><img src="x"></a><style>p {}</style>Use <style> & see'
  const comment = (id: number, words: string) =>
    `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_approved>1</wp:comment_approved><wp:comment_content>${cdata(words)}</wp:comment_content></wp:comment>`
  const deep = `${'<i>'.repeat(300)}<a href="/deep">deep</a>`
  const { losses, get } = await arrived(
    t,
    'x.xml',
    `<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version>${item(1, 'post', 'It stays.', `${comment(7, said)}${comment(8, deep)}${comment(9, '</script>Plain')}`)}</channel></rss>`
  )
  const { data } = (await get('/v1/comments?edition=draft&status=approved')).json<{
    data: { body: string }[]
  }>()
  t.strictSame(
    data.map(({ body }) => body).sort(),
    ['deep', 'Plain', 'See here, https://b.example/. Use  & see'].sort()
  )
  t.match(
    losses.map(({ place, code, reason, words }) => [place.replace(/^.*, /, ''), code, reason, words]),
    [
      ['comment 7', 'link-dropped', /^The link to https:\/\/a\.example\/x was not kept/, 'here'],
      ['comment 7', 'link-dropped', /^The link to \/img was not kept/, undefined],
      ['comment 8', 'markup-dropped', /^It nests deeper than can be read/, 'deep']
    ]
  )
})

t.test('what is too long for its field is cut, and what was left out is told', async (t) => {
  const head = `${'word '.repeat(99)}ends.`
  const { losses, drafts } = await arrived(
    t,
    'long.xml',
    `<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"><channel><wp:wxr_version>1.2</wp:wxr_version>
<item><title>${head}And more</title><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type><excerpt:encoded>${'d'.repeat(5000)} dek</excerpt:encoded>
<category domain="category">${'s'.repeat(200)} section</category><category domain="post_tag">${'t'.repeat(100)} tag</category><category domain="post_tag">short</category>
<category domain="author" nicename="cap-x">${'a'.repeat(300)} author</category></item>
<item><title>${head}</title><wp:post_id>2</wp:post_id><wp:post_type>post</wp:post_type></item></channel></rss>`
  )
  t.same([...drafts.keys()], [head], 'what fits stays whole')
  t.match(
    losses.map(({ place, reason, words }) => [place.replace(/^.*: /, ''), reason, words]),
    [
      ['post 1', 'Its headline was cut at 500 characters.', 'And more'],
      ['post 1', 'Its tag was cut at 100 characters.', 'tag'],
      ['post 1', 'Its author was cut at 300 characters.', 'author'],
      ['post 1', 'Its dek was cut at 5,000 characters.', 'dek'],
      ['post 1', 'Its section was cut at 200 characters.', 'section']
    ]
  )
  t.ok(losses.every(({ code }) => code === 'text-shortened'))
})

t.test('CDATA sections are read as the standard says, wherever a file is cut', async (t) => {
  const read = async (xml: string, size: number) => {
    const bytes = Buffer.from(xml)
    const found: unknown[] = []
    const chunks = async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    }
    for await (const one of elementsAt(2, { name: 'x.xml', size: bytes.length, chunks }))
      found.push('text' in one ? [one.text, one.children.map(({ text }) => text)] : one.code)
    return found
  }
  const xml =
    '<?xml version="1.0"?><!-- <![CDATA[ no ]]> --><r><?p <![CDATA[ no ]]> ?><a>x<![CDATA[<b>\r\n\r&amp;]] > ]]]]>&lt;<c><![CDATA[]]>é</c><!-- > --></a><a><![CDATA[\r\n]]>\u0001</a><a><![CDATA[a\u0001b]]></a></r>'
  const expected = [
    ['x<b>\n\n&amp;]] > ]]<', ['é']],
    'not-well-formed',
    ['\n\u0001', []],
    'not-well-formed',
    ['a\u0001b', []]
  ]
  for (const size of [1, 2, 3, 5, 8, 13, 1000]) t.strictSame(await read(xml, size), expected, `${size} bytes`)
  const declared = '<!DOCTYPE r [<!ENTITY e "<![CDATA[">]><r><a><![CDATA[<x>]]></a></r>'
  t.strictSame(await read(declared, 7), [['<x>', []]], 'of a document with entities the parser reads all')
  await t.rejects(read('<r><a><![CDATA[never', 4), { code: 'breaks-off' })
  await t.rejects(read('<r><a>x</a><', 4), { code: 'breaks-off' })
})

t.test(
  'names with an apostrophe, authors that an export does not list, and what a site says of itself',
  async (t) => {
    const wire = { uri: 'urn:1', headlines: [{ value: 'Ferry' }], by: "Paulo Example and Frances d'Emilio" }
    const { drafts } = await arrived(t, 'story.json', JSON.stringify(wire))
    t.match(drafts.get('Ferry')!.bylines, [{ name: 'Paulo Example' }, { name: "Frances d'Emilio" }])

    const by = (id: number) =>
      item(id, 'post', 'Words').replace('<guid>', '<dc:creator>mara@paper.example</dc:creator><guid>')
    const unlisted = await arrived(
      t,
      'site.xml',
      `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version>${by(1)}${by(2)}</channel></rss>`
    )
    t.match(unlisted.drafts.get('post 2')!.bylines, [{ name: 'mara' }])
    const { data } = (await unlisted.get('/v1/sources?edition=draft')).json<{ data: object[] }>()
    t.equal(data.length, 1, 'who made two posts is one source')

    const entry = (id: string, kind: string, more: string) =>
      `<entry><id>tag:blogger.com,1999:blog-1.${id}</id><category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#${kind}"/>${more}</entry>`
    const blog = await arrived(
      t,
      'blog.xml',
      `<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:blogger.com,1999:blog-1</id>${entry('settings.BLOG_LOCALE', 'settings', '<content type="text">nl</content>')}${entry('post-1', 'post', '<title>Veer</title><content type="html">Woorden</content>')}</feed>`
    )
    t.equal(blog.drafts.get('Veer')!.language, 'nl')

    const ghost = await arrived(
      t,
      'ghost.json',
      JSON.stringify({
        db: [
          {
            meta: { exported_on: 1 },
            data: {
              settings: [{ key: 'lang', value: 'de' }],
              posts: [
                { id: 'p', title: 'Fähre', html: '<p>Sie bleibt.</p>', og_image: 'https://a.example/og.jpg' }
              ]
            }
          }
        ]
      })
    )
    t.match(ghost.drafts.get('Fähre'), { language: 'de', media: [] })
    t.strictSame(names(await ghost.files()), ['og.jpg'])
  }
)
