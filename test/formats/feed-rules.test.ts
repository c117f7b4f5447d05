// RSS 2.0, Media RSS and Atom by the rules of their specifications: each rule a sentence, with where it stands.
import t from 'tap'
import type { NewStory } from '../../src/content/articles/schema.ts'
import { app } from '../support/app.ts'
import { all, type Node, treeReader } from './xml-tree.ts'

const tree = treeReader({
  '': '',
  'http://www.w3.org/2005/Atom': 'atom:',
  'http://purl.org/rss/1.0/modules/content/': 'content:',
  'http://purl.org/dc/elements/1.1/': 'dc:',
  'http://search.yahoo.com/mrss/': 'media:',
  'https://rslstandard.org/rsl': 'rsl:'
})

const within = (node: Node): Node[] => [node, ...node.children.flatMap(within)]
const text = (node: Node, name: string) => all(node, name)[0]?.text ?? ''
const count = (node: Node, name: string) => all(node, name).length
const isIri = (value: string) => /^[a-z][a-z0-9+.-]*:\S+$/i.test(value)
const isRfc822 = (value: string) =>
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d (?:GMT|[+-]\d{4})$/.test(
    value
  )
const isRfc3339 = (value: string) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(value)
const isMediaType = (value: string) => /^[\w.+-]+\/[\w.+-]+(?:;.*)?$/.test(value)
const isDistinct = (values: string[]) => new Set(values).size === values.length

type Rule = [sentence: string, source: string, holds: (root: Node) => boolean]

const rss = 'RSS 2.0 (rssboard.org/rss-specification)'
const profile = 'RSS Best Practices Profile (rssboard.org/rss-profile)'
const mrss = 'Media RSS 1.5.1 (rssboard.org/media-rss)'
const channel = (root: Node) => all(root, 'channel')[0]!
const items = (root: Node) => all(channel(root), 'item')
const contents = (root: Node) => within(root).filter(({ name }) => name === 'media:content')
const credits = (root: Node) => within(root).filter(({ name }) => name === 'media:credit')

const channelElements =
  /^(?:title|link|description|language|copyright|managingEditor|webMaster|pubDate|lastBuildDate|category|generator|docs|cloud|ttl|image|textInput|skipHours|skipDays|item)$/
const itemElements = /^(?:title|link|description|author|category|comments|enclosure|guid|pubDate|source)$/

const rssRules: Rule[] = [
  [
    'at the top stands rss with version 2.0',
    rss,
    (root) => root.name === 'rss' && root.attributes.version === '2.0'
  ],
  ['rss has one channel', rss, (root) => count(root, 'channel') === 1 && root.children.length === 1],
  [
    'a channel has a title, a link and a description',
    rss,
    (root) => ['title', 'link', 'description'].every((name) => text(channel(root), name) !== '')
  ],
  [
    'an item has a title or a description',
    rss,
    (root) => items(root).every((item) => text(item, 'title') + text(item, 'description') !== '')
  ],
  [
    'what the specification does not name is in a namespace',
    rss,
    (root) =>
      channel(root).children.every(({ name }) => name.includes(':') || channelElements.test(name)) &&
      items(root).every((item) =>
        item.children.every(({ name }) => name.includes(':') || itemElements.test(name))
      )
  ],
  [
    'dates are those of RFC 822, with years of four digits',
    rss,
    (root) =>
      within(root)
        .filter(({ name }) => /^(?:pubDate|lastBuildDate)$/.test(name))
        .every((one) => isRfc822(one.text))
  ],
  [
    'links begin with a scheme that is registered',
    rss,
    (root) =>
      within(root)
        .filter(({ name }) => name === 'link')
        .every((one) => /^https?:\/\/\S+$/.test(one.text))
  ],
  [
    'a guid that is no permalink says so; others are addresses',
    rss,
    (root) =>
      items(root).every((item) => {
        const [guid] = all(item, 'guid')
        return guid === undefined || guid.attributes.isPermaLink === 'false' || /^https?:/.test(guid.text)
      })
  ],
  [
    'no two items have one guid',
    profile,
    (root) => isDistinct(items(root).map((item) => text(item, 'guid')))
  ],
  [
    'title, link, description, guid and pubDate stand once in an item, at most',
    profile,
    (root) =>
      items(root).every((item) =>
        ['title', 'link', 'description', 'guid', 'pubDate', 'author', 'source', 'comments'].every(
          (name) => count(item, name) <= 1
        )
      )
  ],
  [
    'elements of text have no elements in them',
    rss,
    (root) =>
      within(root)
        .filter(({ name }) => /^(?:title|link|description|guid|pubDate|category|language)$/.test(name))
        .every(({ children }) => children.length === 0)
  ],
  [
    'an image has the url of a picture, a title and a link, which are those of the channel',
    rss,
    (root) =>
      all(channel(root), 'image').every(
        (image) =>
          isIri(text(image, 'url')) &&
          ['title', 'link'].every((name) => text(image, name) === text(channel(root), name))
      )
  ],
  [
    'a language is one of RFC 1766',
    rss,
    (root) =>
      all(channel(root), 'language').every((one) => /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(one.text))
  ],
  [
    'an enclosure has url, length and type',
    rss,
    (root) =>
      within(root)
        .filter(({ name }) => name === 'enclosure')
        .every(({ attributes: { url, length, type } }) => url && /^\d+$/.test(length!) && isMediaType(type!))
  ],
  [
    'a channel names its own address, once, with the type of a feed',
    profile,
    (root) => {
      const own = all(channel(root), 'atom:link').filter(({ attributes: { rel } }) => rel === 'self')
      return own.length === 1 && own[0]!.attributes.type === 'application/rss+xml'
    }
  ]
]

const mediaRules: Rule[] = [
  [
    'media:content has the direct url of a file',
    mrss,
    (root) => contents(root).every(({ attributes: { url } }) => /^https?:\/\/\S+$/.test(url!))
  ],
  [
    'its medium is image, audio, video, document or executable',
    mrss,
    (root) =>
      contents(root).every(({ attributes }) =>
        /^(?:image|audio|video|document|executable)$/.test(attributes.medium!)
      )
  ],
  [
    'its type is a standard MIME type',
    mrss,
    (root) => contents(root).every(({ attributes: { type } }) => type === undefined || isMediaType(type))
  ],
  [
    'its width and height are numbers of pixels',
    mrss,
    (root) =>
      contents(root).every(({ attributes: { width = '1', height = '1' } }) =>
        /^\d+ \d+$/.test(`${width} ${height}`)
      )
  ],
  [
    'the type of a description is plain or html',
    mrss,
    (root) =>
      within(root)
        .filter(({ name }) => /^media:(?:description|title)$/.test(name))
        .every(({ attributes: { type = 'plain' } }) => /^(?:plain|html)$/.test(type))
  ],
  [
    'a credit has a name; its role is in small letters, of a scheme that is a URI',
    mrss,
    (root) =>
      credits(root).every(
        ({ text, attributes: { role = 'x', scheme = 'urn:ebu' } }) =>
          text.trim() !== '' && role === role.toLowerCase() && isIri(scheme)
      )
  ]
]

const atomRule = (section: string) => `RFC 4287, ${section}`
const entries = (root: Node) => all(root, 'atom:entry')
const links = (node: Node) => all(node, 'atom:link')
const alternates = (node: Node) =>
  links(node)
    .filter(({ attributes: { rel = 'alternate' } }) => rel === 'alternate')
    .map(({ attributes: { type = '', hreflang = '' } }) => `${type} ${hreflang}`)
const onceIn = (node: Node, names: string[]) => names.every((name) => count(node, `atom:${name}`) === 1)
const atMostOnceIn = (node: Node, names: string[]) => names.every((name) => count(node, `atom:${name}`) <= 1)
const named = (root: Node, names: string[]) =>
  within(root).filter(({ name }) => names.includes(name.replace('atom:', '')) && name.startsWith('atom:'))

const atomRules: Rule[] = [
  ['a feed is at the top', atomRule('2'), (root) => root.name === 'atom:feed'],
  [
    'a feed has one id, one title and one updated',
    atomRule('4.1.1'),
    (root) => onceIn(root, ['id', 'title', 'updated'])
  ],
  [
    'a feed has one generator, icon, logo, rights and subtitle, at most',
    atomRule('4.1.1'),
    (root) => atMostOnceIn(root, ['generator', 'icon', 'logo', 'rights', 'subtitle'])
  ],
  [
    'a feed has authors, unless all its entries have',
    atomRule('4.1.1'),
    (root) => count(root, 'atom:author') > 0 || entries(root).every((one) => count(one, 'atom:author') > 0)
  ],
  [
    'no two alternate links are of one type and language',
    atomRule('4.1.1 and 4.1.2'),
    (root) => [root, ...entries(root)].every((node) => isDistinct(alternates(node)))
  ],
  [
    'a feed links to itself',
    atomRule('4.1.1'),
    (root) => links(root).filter(({ attributes: { rel } }) => rel === 'self').length === 1
  ],
  [
    'an entry has one id, one title and one updated',
    atomRule('4.1.2'),
    (root) => entries(root).every((entry) => onceIn(entry, ['id', 'title', 'updated']))
  ],
  [
    'an entry has one content, published, rights, source and summary, at most',
    atomRule('4.1.2'),
    (root) =>
      entries(root).every((entry) =>
        atMostOnceIn(entry, ['content', 'published', 'rights', 'source', 'summary'])
      )
  ],
  [
    'an entry without content has an alternate link',
    atomRule('4.1.2'),
    (root) => entries(root).every((one) => count(one, 'atom:content') > 0 || alternates(one).length > 0)
  ],
  [
    'ids are absolute IRIs, and no two entries have one',
    atomRule('4.2.6 and 4.1.1'),
    (root) => {
      const ids = entries(root).map((one) => text(one, 'atom:id'))
      return [text(root, 'atom:id'), ...ids].every(isIri) && isDistinct(ids)
    }
  ],
  [
    'dates are those of RFC 3339, with T and Z in capitals',
    atomRule('3.3'),
    (root) => named(root, ['updated', 'published']).every((one) => isRfc3339(one.text))
  ],
  [
    'a person has one name',
    atomRule('3.2'),
    (root) => named(root, ['author', 'contributor']).every((one) => text(one, 'atom:name').trim() !== '')
  ],
  [
    'a category has a term',
    atomRule('4.2.2'),
    (root) => named(root, ['category']).every((one) => one.attributes.term)
  ],
  [
    'a link has an address; its relation is a name or an IRI, its type a media type',
    atomRule('4.2.7'),
    (root) =>
      named(root, ['link']).every(
        ({ attributes: { href, rel = 'x', type = 'x/y' } }) =>
          isIri(href!) && (/^[a-z-]+$/.test(rel) || isIri(rel)) && isMediaType(type)
      )
  ],
  [
    'text that is text or html has no elements in it',
    atomRule('3.1.1 and 4.1.3.3'),
    (root) =>
      named(root, ['title', 'subtitle', 'summary', 'rights', 'content']).every(
        ({ attributes: { type = 'text' }, children }) =>
          !/^(?:text|html)$/.test(type) || children.length === 0
      )
  ],
  [
    'a logo is the address of a picture',
    atomRule('4.2.8'),
    (root) => named(root, ['logo', 'icon']).every((one) => isIri(one.text))
  ]
]

const story = (title: string, more: Partial<NewStory> = {}): NewStory => ({
  ...{ title, language: 'en-GB', section: 'harbour', tags: ['ferry', title.slice(0, 20)], dek: 'It stays.' },
  ...{ bylines: [{ name: 'Ida Reporter' }], body: { markdown: 'The ferry **stays** & sails.' } },
  ...more
})
const credit = {
  creditLine: 'Ana Example/Harbour Wire',
  ...{ creators: ['Ana Example'], suppliers: ['Harbour Wire'], copyrightNotice: '© Harbour Wire' }
}

t.test('feeds hold to the rules of their specifications, whatever the articles hold', async (t) => {
  const { put, post, read } = await app(t)
  await put('/v1/publisher', {
    ...{ name: 'The Harbour Gazette', description: 'News & views.', language: 'en-GB' },
    ...{
      url: 'https://news.example/',
      apiUrl: 'https://api.news.example/',
      logoUrl: 'https://news.example/l.png'
    },
    copyrightNotice: '© The Harbour Gazette'
  })
  const stories = [
    story('With a picture', {
      leadMediaId: 'lead',
      media: [
        {
          ...{
            key: 'lead',
            kind: 'image',
            url: 'https://pictures.example/ferry.JPG?a=1&b=2',
            width: 16,
            height: 9
          },
          credits: [credit]
        }
      ]
    }),
    story('With recordings', {
      body: { html: '<p>It stays.</p><img src="film"><img src="talk"><img src="plan">' },
      media: [
        {
          key: 'film',
          kind: 'video',
          url: 'https://pictures.example/film.mp4',
          credits: [{ creditLine: 'Board' }]
        },
        { key: 'talk', kind: 'audio', url: 'https://pictures.example/talk', credits: [credit] },
        { key: 'plan', kind: 'document', url: 'https://pictures.example/plan.pdf', credits: [credit] }
      ]
    }),
    story('</title> & ]]> <b>', { language: 'de', bylines: [], tags: [], section: null }),
    { title: 'Bare', language: 'en', body: { text: 'Words.' } }
  ]
  for (const one of stories) {
    const { id } = (await post('/v1/articles', one)).json<{ id: string }>()
    t.equal((await post(`/v1/articles/${id}/publish`, { waive: [] })).status, 200, one.title)
  }
  for (const query of ['', '?content=summary', '?limit=1', '?tag=none']) {
    const feeds = [
      { root: tree((await read(`/v1/feeds/rss${query}`)).body), rules: [...rssRules, ...mediaRules] },
      { root: tree((await read(`/v1/feeds/atom${query}`)).body), rules: [...atomRules, ...mediaRules] }
    ]
    for (const { root, rules } of feeds)
      for (const [sentence, source, holds] of rules)
        t.ok(holds(root), `${root.name}${query}: ${sentence} (${source})`)
  }
  const found = contents(tree((await read('/v1/feeds/rss')).body)).map(({ attributes: { url, type } }) => [
    url!.replace(/^.*\//, ''),
    type
  ])
  t.strictSame(found, [
    ['film.mp4', 'video/mp4'],
    ['talk', undefined],
    ['plan.pdf', 'application/pdf'],
    ['ferry.JPG?a=1&b=2', 'image/jpeg']
  ])
})
