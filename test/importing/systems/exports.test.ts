// Exports of other systems: WordPress and Blogger, imported by the command.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { readConfig } from '../../../src/config/config.ts'
import { importAll } from '../../../src/importing/commands/import.ts'
import { app, database, folder, opened } from '../../support/app.ts'

interface Loss {
  place: string
  code: string
  reason: string
  words?: string
}

/** Runs the command in this process, on this database. */
async function imported(t: Test, file: string, args: string[], terminal = false) {
  const report = join(folder(t), 'report.jsonl')
  let out = ''
  let err = ''
  const ok = await importAll(['--report', report, ...args], () => opened(t, file), {
    settings: { ...readConfig({}), ONRECORD_IMPORT_DAYS: 1 },
    out: { isTTY: terminal, write: (text) => (out += text) },
    err: { write: (text) => (err += text) }
  })
  const losses = readFileSync(report, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): Loss => JSON.parse(line))
  return { ok, out, err, losses, codes: losses.map(({ code }) => code).sort() }
}

const cdata = (text: string) => `<![CDATA[${text}]]>`
const meta = (key: string, value: string) =>
  `<wp:postmeta><wp:meta_key>${key}</wp:meta_key><wp:meta_value>${cdata(value)}</wp:meta_value></wp:postmeta>`

interface Post {
  id: number
  type?: string
  title?: string
  slug?: string
  status?: string
  content?: string
  more?: string
}
const post = ({
  id,
  type = 'post',
  title = `Post ${id}`,
  slug = '',
  status = 'publish',
  content = '',
  more = ''
}: Post) =>
  `<item><title>${title}</title><link>https://paper.example/2020/${slug || id}/</link><dc:creator>${cdata('mara')}</dc:creator>
<content:encoded>${cdata(content)}</content:encoded><wp:post_id>${id}</wp:post_id><wp:post_date>2020-01-02 05:04:05</wp:post_date>
<wp:post_date_gmt>${status === 'draft' ? '0000-00-00 00:00:00' : '2020-01-02 03:04:05'}</wp:post_date_gmt>
<wp:post_name>${slug}</wp:post_name><wp:status>${status}</wp:status><wp:post_type>${type}</wp:post_type>${more}</item>`

const wxr = (items: string, head = '') => `<?xml version="1.0" encoding="UTF-8"?>${head}
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Paper</title>
<link>https://paper.example</link><language>en-US</language><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://paper.example</wp:base_blog_url>
<wp:author><wp:author_login>mara</wp:author_login><wp:author_display_name>${cdata('Mara Lindqvist')}</wp:author_display_name></wp:author>
<wp:author><wp:author_login>jo</wp:author_login><wp:author_display_name/><wp:author_first_name>Jo</wp:author_first_name><wp:author_last_name>Example</wp:author_last_name></wp:author>
${items}</channel></rss>`

const image = (id: number, more: string, parent = 0, url = `https://paper.example/up/p${id}.jpg`) =>
  post({
    id,
    type: 'attachment',
    status: 'inherit',
    title: `File ${id}`,
    more: `<wp:attachment_url>${url}</wp:attachment_url><wp:post_parent>${parent}</wp:post_parent>${more}`
  })

const comment = (
  id: number,
  words: string,
  { parent = 0, state = '1', type = '', date = '2020-01-03 00:00:00', author = 'Reader' } = {}
) =>
  `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author>${author}</wp:comment_author><wp:comment_date_gmt>${date}</wp:comment_date_gmt>
<wp:comment_content>${cdata(words)}</wp:comment_content><wp:comment_approved>${state}</wp:comment_approved><wp:comment_type>${type}</wp:comment_type><wp:comment_parent>${parent}</wp:comment_parent></wp:comment>`

const details =
  'a:3:{s:5:"width";i:640;s:6:"height";i:480;s:10:"image_meta";a:2:{s:6:"credit";s:11:"Ana Example";s:9:"copyright";s:14:"Copyright\r\nAna";}}'
const classic = `“The ferry stays,” Mara Lindqvist said.
She smiled &amp; left.

[caption id="attachment_21" align="left"]<img class="wp-image-21" src="https://paper.example/up/p21-300x200.jpg"> The quay. [/caption]

[gallery ids="22,99"]

https://www.youtube.com/watch?v=abc&t=1

[embed]https://maps.example/1[/embed] [audio src="https://paper.example/a.mp3"] [video poster="x"]

<blockquote>One
two</blockquote>

<pre>a

b</pre>

[poll id="3"] and [he] said.`
const blocks = `<!-- wp:paragraph {"align":"left"} -->
<p>First.</p>
<!-- /wp:paragraph -->

Loose words

<!-- wp:image {"id":22} --><figure class="wp-block-image"><img src="https://paper.example/up/p22-1024x768.jpg" alt="A quay"/><figcaption>By night</figcaption></figure><!-- /wp:image -->
<!-- wp:embed {"url":"https://www.youtube.com/watch?v=xyz"} -->
<figure class="wp-block-embed is-type-video"><div class="wp-block-embed__wrapper">
https://www.youtube.com/watch?v=xyz
</div><figcaption>A film</figcaption></figure>
<!-- /wp:embed -->
<!-- wp:embed {"url":"https://maps.example/2"} --><figure class="wp-block-embed"><div class="wp-block-embed__wrapper">https://maps.example/2</div></figure><!-- /wp:embed -->
<!-- wp:separator /--><!-- wp:spacer /--><!-- wp:block {"ref":40} /--><!-- wp:block {"ref":41} /--><!-- wp:latest-posts {bad} /--><!-- /wp:group -->`

const site = wxr(
  [
    post({
      id: 1,
      slug: 'late-ferry',
      title: 'Late &amp;amp; ferry',
      content: classic,
      more: `<excerpt:encoded>${cdata('In short')}</excerpt:encoded><wp:comment_status>open</wp:comment_status>
<category domain="category" nicename="uncategorized">Uncategorized</category><category domain="category" nicename="harbour">${cdata('Harbour')}</category><category domain="category" nicename="city">City</category>
<category domain="post_tag" nicename="ferry">Ferry</category><category domain="author" nicename="cap-jo">jo</category><category domain="author" nicename="jo">jo</category><category domain="author" nicename="guest">Guest Name</category><category domain="author" nicename="unknown">Other Name</category>
${meta('_thumbnail_id', '23')}${meta('_wp_old_slug', 'ferry-old')}${meta('_wp_old_slug', '')}
${comment(2, 'An <b>answer</b>', { parent: 1 })}${comment(1, 'First')}${comment(3, 'Buy', { state: 'spam' })}${comment(4, 'Wait', { state: '0', date: '' })}${comment(5, 'Gone', { state: 'trash' })}
${comment(6, 'Link', { type: 'pingback' })}${comment(7, 'Lost', { parent: 999 })}${comment(8, '')}${comment(9, 'x'.repeat(10_001), { author: '' })}${comment(10, 'Odd', { state: 'odd', parent: 10 })}
${Array.from({ length: 9 }, (_, i) => comment(30 + i, `Level ${i}`, { parent: i === 0 ? 0 : 29 + i })).join('')}`
    }),
    post({
      id: 2,
      slug: 'late-ferry',
      title: '',
      content: blocks,
      more: `${meta('_thumbnail_id', '98')}<wp:comment_status>closed</wp:comment_status>`
    }),
    post({ id: 3, status: 'draft', content: '<p>Words</p>' }),
    post({ id: 4, status: 'future', content: '[gallery]', more: '<wp:post_password>x</wp:post_password>' }),
    post({ id: 5, status: 'private', type: 'page', slug: '%E2%9C%93', content: 'Words' }),
    post({ id: 6, status: 'trash' }),
    post({ id: 7, status: 'auto-draft' }),
    post({ id: 8, type: 'recipe', slug: '%zz', content: 'No shortcodes [sic] here' }),
    post({ id: 9, type: 'custom_css' }),
    post({ id: 10, type: 'nav_menu_item' }),
    image(
      21,
      meta('_media_credit', 'Bo Example') +
        meta('_navis_media_credit_org', 'Example Wire') +
        meta('_media_credit_url', 'https://wire.example/p')
    ),
    image(
      22,
      `<excerpt:encoded>${cdata('By day')}</excerpt:encoded>${meta('_wp_attachment_metadata', details)}${meta('_wp_attachment_image_alt', 'Boats')}`,
      4
    ),
    image(23, meta('_wp_attachment_metadata', 'a:1:{broken'), 1),
    image(24, meta('_wp_attachment_metadata', '{'.repeat(30)), 4),
    image(
      25,
      meta('_wp_attachment_metadata', 'O:8:"stdClass":0:{}') +
        meta('_media_credit', 'Photo by Ana Example/Example Agency')
    ),
    image(
      26,
      meta(
        '_wp_attachment_metadata',
        'a:2:{s:5:"width";i:0;s:10:"image_meta";a:1:{s:9:"copyright";s:5:"Paper";}}'
      )
    ),
    image(27, '', 0, 'https://paper.example/form.pdf'),
    image(28, '', 0, 'nowhere'),
    post({
      id: 40,
      type: 'wp_block',
      content: '<!-- wp:paragraph --><p>Reused.</p><!-- /wp:paragraph --><!-- wp:block {"ref":40} /-->'
    }),
    post({ id: 41, type: 'guest-author', title: 'Guest Name', slug: 'cap-guest' })
  ].join('\n')
)

interface Draft {
  id: string
  title: string
  slug: string
  section: string | null
  dek: string | null
  tags: string[]
  language: string
  publishedAt: string | null
  leadMediaId: string | null
  internalNotes: string | null
  status: string
  bylines: { name: string }[]
  body: string
  quotes: { text: string }[]
  media: {
    id: string
    url: string
    caption: string | null
    alt: string | null
    width: number | null
    credits: { creditLine: string; creators: string[]; suppliers: string[]; copyrightNotice: string | null }[]
  }[]
  commentPolicy: { mode: string }
}

t.test('a site of WordPress arrives whole, and what cannot be kept is told with its place', async (t) => {
  const file = await database(t)
  const path = join(folder(t), 'export.xml')
  writeFileSync(path, site)
  const dry = await imported(t, file, ['--dry', path])
  t.match(dry.out, /Nothing was written\. 6 articles new/)
  const { ok, out, losses, codes } = await imported(t, file, [path], true)
  t.ok(ok)
  t.match(out, /an export of WordPress \(WXR\)\n/)
  t.match(out, /6 articles new, 0 changed, 17 comments new, 0 unchanged, 2 left out, 0 failed\./)
  for (const code of [
    'attachment-left-out',
    'block-dropped',
    'comment-cut',
    'comment-left-out',
    'featured-missing',
    'gallery-incomplete',
    'in-the-trash',
    'meta-unreadable',
    'no-article',
    'no-headline',
    'parent-missing',
    'pingback',
    'shortcode-kept',
    'slug-made-anew',
    'thread-flattened'
  ])
    t.ok(codes.includes(code), code)
  t.ok(losses.every(({ place, reason }) => place.startsWith(path) && reason !== ''))

  const { get } = await app(t, { file })
  const drafts = async (id: string) => {
    const { data } = (await get(`/v1/articles?edition=draft&externalId=wordpress:${id}`)).json<{
      data: { id: string }[]
    }>()
    return (await get(`/v1/articles/${data[0]!.id}?edition=draft&body=html`)).json<Draft>()
  }
  const first = await drafts('1')
  t.match(first, {
    title: 'Late & ferry',
    slug: 'late-ferry',
    section: 'Harbour',
    dek: 'In short',
    language: 'en-US',
    publishedAt: '2020-01-02T03:04:05.000Z',
    status: 'draft'
  })
  t.same(first.tags, ['City', 'Ferry'])
  t.same(
    first.bylines.map(({ name }) => name),
    ['Jo Example', 'Guest Name', 'Other Name']
  )
  t.match(first.quotes, [{ text: 'The ferry stays' }])
  const media = new Map(first.media.map((one) => [one.url.replace(/^.*\//, ''), one]))
  t.equal(media.get('p23.jpg')!.id, first.leadMediaId)
  t.match(media.get('p21.jpg')!, {
    caption: 'The quay.',
    credits: [
      { creditLine: 'Bo Example/Example Wire', creators: ['Bo Example'], suppliers: ['Example Wire'] }
    ]
  })
  t.match(
    media.get('p22.jpg')!,
    {
      caption: 'By day',
      alt: 'Boats',
      width: 640,
      credits: [{ creditLine: 'Ana Example', copyrightNotice: 'Copyright Ana' }]
    },
    'serialized PHP whose CR LF XML made LF'
  )
  for (const words of [
    'She smiled &amp; left',
    'https://www.youtube.com/watch?v=abc&amp;t=1',
    'https://maps.example/1',
    'https://paper.example/a.mp3',
    'One<br />two',
    'a&#10;&#10;b',
    '[poll id="3"] and [he] said.'
  ])
    t.ok(first.body.includes(words), words)
  const second = await drafts('2')
  t.match(second, { title: 'wordpress 2', commentPolicy: { mode: 'closed' }, slug: /^wordpress-2/ })
  for (const words of [
    'First.',
    'Loose words',
    'Reused.',
    'A film',
    '<hr />',
    'watch?v=xyz',
    'maps.example/2'
  ])
    t.ok(second.body.includes(words), words)
  t.match(second.media, [{ alt: 'A quay', caption: 'By night', credits: [{ creditLine: 'Ana Example' }] }])
  t.match(await drafts('3'), { publishedAt: null })
  t.match(await drafts('4'), { internalNotes: /with a password/ })
  t.match(await drafts('5'), { internalNotes: /page there.*\n.*Private/ })
  t.match(await drafts('8'), { internalNotes: 'A recipe there.' })
  const thread = (
    await get('/v1/comments?edition=draft&status=approved,pending,spam,rejected&limit=100')
  ).json<{
    data: {
      body: string
      status: string
      depth: number
      createdAt: string
      parentId: string | null
      id: string
    }[]
  }>().data
  const of = new Map(thread.map((one) => [one.body, one]))
  t.equal(of.get('An answer')!.parentId, of.get('First')!.id)
  t.match(of.get('First'), { status: 'approved', createdAt: '2020-01-03T00:00:00.000Z' })
  t.same(
    ['Buy', 'Wait', 'Gone'].map((words) => of.get(words)!.status),
    ['spam', 'pending', 'rejected']
  )
  t.equal(of.get('Level 8')!.depth, 8)

  const again = await imported(t, file, [path])
  t.match(again.out, /0 articles new, 0 changed, 0 comments new, 23 unchanged/)
})

t.test('what changed there changes here, but what was edited or deleted here stays', async (t) => {
  const file = await database(t)
  const path = join(folder(t), 'export.xml')
  const write = (words: string, comments: string[]) =>
    writeFileSync(
      path,
      wxr(
        [1, 2, 3]
          .map((id) => post({ id, slug: `p${id}`, content: words, more: id === 1 ? comments.join('') : '' }))
          .join('')
      )
    )
  write('Old words', [comment(1, 'One'), comment(2, 'Two'), comment(3, 'Three')])
  t.ok((await imported(t, file, ['--no-quotes', '--publish', '--system', 'paper', path])).ok)
  const { get, patch } = await app(t, { file })
  const all = (await get('/v1/articles?limit=9')).json<{ data: { id: string; slug: string }[] }>().data
  t.equal(all.length, 3, 'they are published')
  t.equal((await get(`/v1/articles/p1/comments`)).json<{ data: unknown[] }>().data.length, 3)
  const idOf = (slug: string) => all.find((one) => one.slug === slug)!.id
  await patch(
    `/v1/articles/${idOf('p2')}`,
    { body: { text: 'Edited here' } },
    { headers: { 'if-match': '*' } }
  )
  const { data: held } = (await get('/v1/comments?edition=draft&status=approved')).json<{
    data: { id: string; body: string }[]
  }>()
  const two = held.find(({ body }) => body === 'Two')!
  await patch(`/v1/comments/${two.id}`, { body: 'Two, edited here' }, { headers: { 'if-match': '*' } })
  write('New words', [
    comment(1, 'One more'),
    comment(2, 'Two more'),
    comment(3, 'Three', { author: 'Reader' }),
    comment(4, 'Below', { parent: 1 })
  ])
  const second = await imported(t, file, ['--no-quotes', '--publish', '--system', 'paper', path])
  t.ok(second.codes.includes('kept') && second.codes.includes('comment-kept'))
  t.match((await get('/v1/articles/p1?body=html')).json(), { body: '<p>New words</p>' })
  t.match((await get(`/v1/articles/${idOf('p2')}?edition=draft&body=text`)).json(), { body: 'Edited here' })
  t.same(
    (await get('/v1/articles/p1/comments'))
      .json<{ data: { body: string }[] }>()
      .data.map(({ body }) => body)
      .sort(),
    ['Below', 'One more', 'Three', 'Two, edited here']
  )
})

t.test('an article that was deleted for good stays away when its export changes', async (t) => {
  const file = await database(t)
  const path = join(folder(t), 'export.xml')
  const write = (content: string) => writeFileSync(path, wxr(post({ id: 1, slug: 'p1', content })))
  write('Old words')
  t.ok((await imported(t, file, ['--no-quotes', path])).ok)
  const { get, call } = await app(t, { file })
  const articles = async () =>
    (await get('/v1/articles?edition=draft')).json<{ data: { id: string }[] }>().data
  const [one] = await articles()
  const headers = { 'if-match': '*' }
  t.equal((await call('DELETE', `/v1/articles/${one!.id}`, { headers })).status, 204)
  t.equal((await call('DELETE', `/v1/trash/${one!.id}`, { headers })).status, 204)
  write('New words')
  const second = await imported(t, file, ['--no-quotes', path])
  t.match(second.losses, [{ code: 'deleted-here', place: /post 1/ }])
  t.same(await articles(), [])
})

t.test('an export that is broken, or made to do harm, is refused by name', async (t) => {
  const file = await database(t)
  const path = join(folder(t), 'export.xml')
  const refused = async (text: string | Buffer, code: string) => {
    writeFileSync(path, text)
    const { ok, err } = await imported(t, file, ['--as', 'wxr', path])
    t.notOk(ok)
    t.match(err, `(${code})`)
  }
  const entities = Array.from({ length: 10_000 }, (_, i) => `<!ENTITY e${i + 1} "&e${i};&e${i};">`).join('')
  await refused(wxr('', `<!DOCTYPE rss [<!ENTITY e0 "x">${entities}]>`), 'nested-entities')
  const many = Array.from({ length: 101 }, (_, i) => `<!ENTITY e${i} "x">`).join('')
  await refused(wxr('', `<!DOCTYPE rss [${many}]>`), 'too-many-entities')
  await refused(wxr('<a>'.repeat(100)), 'too-deep')
  await refused(wxr(`<item>${'<a/>'.repeat(350_000)}</item>`), 'element-too-large')
  await refused(wxr(`<item>${`<a>${'x'.repeat(1_000_000)}</a>`.repeat(17)}</item>`), 'element-too-large')
  await refused(wxr(`<item a="${'x'.repeat(17_500_000)}`), 'endless-text')
  await refused('<?xml version="1.0" encoding="klingon"?><rss/>', 'unknown-encoding')
  await refused(`<rss>${'<a b="\0"></a>'.repeat(2000)}`, 'not-xml')
  for (const words of ['', 'A note, and no export.', '<?xml version="1.0"?><!-- nothing -->'])
    await refused(words, 'not-xml')
  const other = join(folder(t), 'other.xml')
  writeFileSync(
    other,
    wxr('<item><title>Whole</title><wp:post_id>9</wp:post_id><wp:post_type>post</wp:post_type></item>')
  )
  const { ok, err } = await imported(t, file, ['--as', 'wxr', path, other])
  t.notOk(ok)
  t.match(err, /\(not-xml\).*export\.xml is not XML: it has no element/)
  const { call } = await app(t, { file })
  const { data } = (await call('GET', '/v1/articles?edition=draft&externalId=wordpress:9')).json<{
    data: { title: string }[]
  }>()
  t.match(data, [{ title: 'Whole' }])
})

t.test('both kinds of files of Blogger are read, comments after what they answer', async (t) => {
  const file = await database(t)
  const path = join(folder(t), 'feed.atom')
  const blog = 'tag:blogger.com,1999:blog-1'
  const entry = (id: string, more: string) =>
    `<entry><id>${blog}.post-${id}</id><author><name>Ed Example</name><uri>https://www.blogger.com/profile/7</uri></author><published>2017-06-13T14:05:00Z</published><updated>2017-06-14T14:05:00Z</updated>${more}</entry>`
  const kind = (name: string) =>
    `<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#${name}"/>`
  const feed = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018" xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:app="http://purl.org/atom/app#">
${entry('21', `<blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status><blogger:parent>${blog}.post-1</blogger:parent><content type="html">First&lt;br /&gt;line</content>`)}
${entry('1', '<blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status><title>Ferry</title><content type="html">&lt;p&gt;Stays.&lt;/p&gt;</content><blogger:metaDescription>Short</blogger:metaDescription><category scheme="x" term="Harbour"/><blogger:filename>/2017/06/ferry.html</blogger:filename><blogger:location><blogger:name>Port Aldis</blogger:name><blogger:latitude>1.5</blogger:latitude></blogger:location>')}
${entry('2', '<blogger:type>POST</blogger:type><blogger:status>SCHEDULED</blogger:status><blogger:location/><title>Later</title><content type="text">1 &lt; 2</content>')}
${entry('3', '<blogger:type>PAGE</blogger:type><blogger:status>SOFT_TRASHED</blogger:status><title>Gone</title>')}
${entry('4', `${kind('post')}<app:control><app:draft>yes</app:draft></app:control><title>Draft</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It <b>stays</b> &amp; sails.</p></div></content><link rel="alternate" href="https://b.example/2017/07/draft.html"/>`)}
${entry('22', `${kind('comment')}<thr:in-reply-to ref="${blog}.post-1"/><link rel="related" href="https://www.blogger.com/feeds/1/1/comments/default/21"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">An <i>answer</i><br/>here</div></content>`)}
${entry('23', `${kind('comment')}<content>Lost</content>`)}${kind('x')}${entry('5', kind('template'))}${entry('6', kind('other'))}</feed>`
  writeFileSync(path, feed)
  const { ok, out, losses, codes } = await imported(t, file, ['--no-quotes', path])
  t.ok(ok)
  t.match(
    out,
    /Blogger \(Atom, JSON of its API\)\n3 articles new, 0 changed, 2 comments new, 0 unchanged, 1 left out/
  )
  t.same(codes, ['comment-left-out', 'field-left-out', 'in-the-trash', 'no-article'])
  t.match(
    losses.find(({ code }) => code === 'field-left-out'),
    { place: /: post 1$/, words: 'Port Aldis, 1.5' }
  )
  const { get } = await app(t, { file })
  const ferry = (await get('/v1/articles/ferry?edition=draft&body=text')).json<Draft>()
  t.match(ferry, {
    title: 'Ferry',
    dek: 'Short',
    tags: ['Harbour'],
    body: 'Stays.',
    bylines: [{ name: 'Ed Example' }]
  })
  const draft = (await get('/v1/articles/draft?edition=draft&body=text')).json<Draft>()
  t.equal(draft.body, 'It stays & sails.', 'XHTML is read with its elements')
  const { data } = (await get('/v1/comments?edition=draft&status=approved')).json<{
    data: { body: string }[]
  }>()
  t.same(data.map(({ body }) => body).sort(), ['An answer\nhere', 'First\nline'])
})
