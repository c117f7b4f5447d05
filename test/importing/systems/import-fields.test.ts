// What an export says and has no place here is told: of terms and comments of WordPress, of entries of feeds.
import t from 'tap'
import { importingNewsroom, type Loss } from './importing-newsroom.ts'
import { comment, post, wxr } from './wxr.ts'

const told = (losses: Loss[]) =>
  losses
    .filter(({ code }) => code === 'field-left-out')
    .map(({ place, words }) => [place.replace(/^.*?\.(?:xml|json|atom): /, ''), words])
    .sort()

t.test('what WordPress says of categories, tags and comments beside their names is told', async (t) => {
  const { losses } = await importingNewsroom(t)
  const meta = (kind: string, key: string) =>
    `<wp:${kind}><wp:meta_key>${key}</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:${kind}>`
  const found = await losses(
    'a.xml',
    wxr(
      `<wp:category><wp:term_id>1</wp:term_id><wp:category_nicename>harbour</wp:category_nicename><wp:category_parent>city</wp:category_parent><wp:cat_name>Harbour</wp:cat_name><wp:category_description>All of &lt;b&gt;the port&lt;/b&gt;</wp:category_description>${meta('termmeta', 'colour')}${meta('termmeta', '_edit_lock')}</wp:category>`,
      '<wp:category><wp:category_nicename>plain</wp:category_nicename><wp:category_parent></wp:category_parent><wp:cat_name>Plain</wp:cat_name></wp:category>',
      '<wp:tag><wp:term_id>2</wp:term_id><wp:tag_slug>ferry</wp:tag_slug><wp:tag_name>Ferry</wp:tag_name><wp:tag_description>Boats</wp:tag_description></wp:tag>',
      '<wp:term><wp:term_taxonomy>region</wp:term_taxonomy><wp:term_slug>north</wp:term_slug><wp:term_name>North</wp:term_name><wp:term_parent>all</wp:term_parent></wp:term>',
      '<wp:term><wp:term_taxonomy>post_tag</wp:term_taxonomy><wp:term_description>No slug</wp:term_description></wp:term>',
      '<wp:term><wp:term_taxonomy>nav_menu</wp:term_taxonomy><wp:term_slug>top</wp:term_slug><wp:term_description>Menu</wp:term_description></wp:term>',
      post(
        1,
        '<p>Words.</p>',
        comment(7).replace(
          '</wp:comment>',
          `${meta('commentmeta', 'rating')}${meta('commentmeta', 'akismet_result')}</wp:comment>`
        ) + comment(8)
      )
    )
  )
  t.strictSame(told(found), [
    ['category harbour', 'parent: city, description: All of the port, colour'],
    ['post 1, comment 7', 'rating'],
    ['post_tag', 'description: No slug'],
    ['region north', 'parent: all'],
    ['tag ferry', 'description: Boats']
  ])
})

t.test('elements of feeds, and properties of JSON Feed, that have no place here are told', async (t) => {
  const { losses } = await importingNewsroom(t)
  const rss = `<rss xmlns:georss="http://www.georss.org/georss" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel>
    <item><guid>https://a.example/1</guid><title>One</title><description>Words.</description><georss:point>42.3 -71.1</georss:point><itunes:image href="https://a.example/i.jpg"/><slash:comments>3</slash:comments><itunes:explicit/></item>
    <item><guid>https://a.example/2</guid><title>Two</title><description>Words.</description><comments>https://a.example/2#c</comments></item></channel></rss>`
  t.strictSame(told(await losses('a.xml', rss)), [
    ['entry https://a.example/1', 'georss:point 42.3 -71.1, itunes:image https://a.example/i.jpg']
  ])
  const items = [
    {
      id: 'https://b.example/1',
      title: 'B',
      content_text: 'Words.',
      external_url: 'https://c.example/',
      _mood: 1
    },
    { id: 'https://b.example/2', title: 'C', content_text: 'Words.' }
  ]
  const json = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items })
  t.strictSame(told(await losses('b.json', json)), [['item https://b.example/1', 'external_url, _mood']])
})

t.test('where a post of Blogger was written is told of older exports, too', async (t) => {
  const { losses } = await importingNewsroom(t)
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss"><id>tag:blogger.com,1999:blog-1</id>
    <entry><id>tag:blogger.com,1999:blog-1.post-3</id><category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#post"/>
    <title>Ferry</title><content type="html">It stays.</content><georss:featurename>Port Aldis</georss:featurename><georss:point>1.5 2.5</georss:point></entry></feed>`
  t.strictSame(told(await losses('a.atom', atom, '--as', 'blogger')), [['post 3', 'Port Aldis, 1.5 2.5']])
})
