// What is longer than its field, or more than there is room for, is cut when it is imported, and told.
import t from 'tap'
import type { Imported } from '../../../src/importing/records/schema.ts'
import { app } from '../../support/app.ts'
import { importingNewsroom, said } from './importing-newsroom.ts'
import { comment, post, wxr } from './wxr.ts'
import { zipOf } from './zips.ts'

const long = (length: number, rest: string) => `${'x'.repeat(length)} ${rest}`

t.test('authors, and words about pictures, are kept as far as there is room', async (t) => {
  const { losses, draft, client } = await importingNewsroom(t)
  const authors = Array.from(
    { length: 52 },
    (_, i) => `<category domain="author" nicename="cap-a${i}">Author ${i}</category>`
  )
  const meta = (key: string, value: string) =>
    `<wp:postmeta><wp:meta_key>${key}</wp:meta_key><wp:meta_value>${value}</wp:meta_value></wp:postmeta>`
  const picture = (
    id: number,
    parent: number
  ) => `<item><title>${long(2000, 'alt')}</title><wp:post_id>${id}</wp:post_id>
    <wp:post_type>attachment</wp:post_type><wp:post_parent>${parent}</wp:post_parent>
    <wp:attachment_url>https://old.example/p${id}.jpg</wp:attachment_url><content:encoded>${long(5000, 'caption')}</content:encoded>
    ${meta('_media_credit', long(1000, 'credit'))}</item>`
  const name = long(100, 'name')
  const words = comment(3).replace('Reader 3', name)
  const found = await losses(
    'a.xml',
    wxr(post(1, '<p>Words.</p>', authors.join('') + words), picture(7, 1), picture(8, 0))
  )
  const ofPicture = [
    ['text-shortened', 'The caption of a picture was cut at 5,000 characters.', 'caption'],
    ['text-shortened', 'The description of a picture (alt) was cut at 2,000 characters.', 'alt'],
    ['text-shortened', 'The credit line of a picture was cut at 1,000 characters.', 'credit'],
    ['text-shortened', 'The creator of a picture was cut at 300 characters.', /^x+$/]
  ]
  const at = (place: RegExp) => said(found.filter((one) => place.test(one.place))).sort()
  t.match(
    at(/: post 1$/),
    [
      ...ofPicture,
      ['too-many-authors', 'There is room for 50 authors: others were left out.', 'Author 50, Author 51']
    ].sort()
  )
  t.match(at(/: attachment 8$/), ofPicture.sort(), 'so of a picture that belongs to no article')
  t.strictSame(at(/comment 3$/), [
    ['text-shortened', 'The name of its author was cut at 100 characters.', 'name']
  ])
  const { bylines } = await draft<{ bylines: object[] }>('Story 1')
  t.equal(bylines.length, 50)
  const media = (await client.get('/v1/media?edition=draft')).json<{
    data: { caption: string; alt: string }[]
  }>()
  t.strictSame(
    media.data.map(({ caption, alt }) => [caption.length, alt.length]),
    [
      [5000, 2000],
      [5000, 2000]
    ]
  )
})

t.test('rights of pictures, roles and what agencies tell the desk are cut where they are told', async (t) => {
  const { losses, draft } = await importingNewsroom(t)
  const story = (more: object) =>
    JSON.stringify({
      ...{ uri: 'urn:harbour:1', type: 'text', version: '1', headline: 'Late ferry', body_text: 'It stays.' },
      ...{ standard: { name: 'ninjs', version: '1.3' }, ...more }
    })
  const found = await losses(
    'a.json',
    story({
      ednote: long(10_000, 'note'),
      language: 'no language at all',
      associations: {
        one: {
          ...{ uri: 'https://wire.example/p.jpg', type: 'picture', creditline: 'Ana Example' },
          ...{ copyrightnotice: long(1000, 'notice'), copyrightholder: long(1000, 'holder') },
          ...{ usageterms: long(5000, 'terms') }
        }
      }
    })
  )
  t.match(
    said(found).sort(),
    [
      ['language-unknown', 'Its language is no tag that is known: set it here.', 'no language at all'],
      ['text-shortened', 'The copyright holder of a picture was cut at 1,000 characters.', 'holder'],
      ['text-shortened', 'The copyright notice of a picture was cut at 1,000 characters.', 'notice'],
      ['text-shortened', 'The text of the usage terms of a picture was cut at 5,000 characters.', 'terms'],
      ['text-shortened', 'What the desk is told was cut at 10,000 characters.', /note$/]
    ].sort()
  )
  t.match(await draft('Late ferry'), { language: 'und' })
  const killed = await losses('a.json', story({ version: '2', pubstatus: 'canceled' }))
  t.match(said(killed).sort(), [
    ['killed', /nobody may use it/, 'Late ferry'],
    [
      'text-shortened',
      /^What the desk has noted on the article art_\w+ was cut at 10,000 characters\.$/,
      /x$/
    ]
  ])

  const role = `<byline>By <person>Ana Example</person><byttl>${long(300, 'role')}</byttl></byline>`
  const nitf = `<nitf><head><docdata><doc-id id-string="n1"/></docdata></head><body><body.head><hedline><hl1>Night boats</hl1></hedline>${role}</body.head><body.content><p>It sails.</p></body.content></body></nitf>`
  t.strictSame(said(await losses('b.xml', nitf, '--as', 'nitf')), [
    ['text-shortened', 'Its author’s role was cut at 300 characters.', 'role']
  ])
})

t.test('names of files are cut, and more lines of a report than tell anything are counted', async (t) => {
  const { losses } = await importingNewsroom(t)
  const picture = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64'
  )
  const name = `${'p'.repeat(260)}.png`
  const markdown = `---\ntitle: Ferry\ndate: 2020-01-01\npermalink: /ferry/\n---\n![Quay](${name})\n`
  const zip = zipOf([
    { name: 'site/ferry.md', bytes: Buffer.from(markdown) },
    { name: `site/${name}`, bytes: picture }
  ])
  t.strictSame(said(await losses('a.zip', zip)), [
    ['text-shortened', 'The name of a file was cut at 255 characters.', 'ppppp.png'.slice(-9)]
  ])
  const hidden = '<p>Words <abbr title="Yes">Y</abbr></p>'.repeat(203)
  const found = await losses('b.xml', wxr(post(1, hidden)))
  t.equal(found.length, 201)
  t.match(found.at(-1), {
    code: 'more-warnings',
    reason: 'There are 3 more: only the first 200 of an article are told one by one.'
  })
})

t.test('what a page says of itself is kept as far as there is room', async (t) => {
  const client = await app(t)
  const tags = Array.from({ length: 101 }, (_, i) => `<meta property="article:tag" content="Tag ${i}">`).join(
    ''
  )
  const authors = Array.from(
    { length: 52 },
    (_, i) => `Ann Lee${'abcdefghijklmnopqrstuvwxyz'[i % 26]}${i < 26 ? '' : 'a'}`
  )
  const json = {
    ...{ '@type': 'NewsArticle', headline: 'Board meets', author: authors.map((name) => ({ name })) },
    ...{ publisher: { name: long(300, 'publisher') }, articleSection: long(200, 'section') }
  }
  const terms = {
    ...{ '@type': 'ImageObject', contentUrl: 'https://news.example/a.jpg', creditText: 'Ana Example' },
    ...{ copyrightNotice: long(1000, 'notice'), license: long(300, 'licence') }
  }
  const prose = ['Aldis', 'Brine', 'Corrin'].map(
    (about) =>
      `<p>The harbour board of ${about} met on Monday evening, and after two hours it had decided nothing at all, as everybody in the room had feared.</p>`
  )
  const abbreviations = '<p>It is <abbr title="North">N</abbr> and far.</p>'.repeat(1010)
  const page = `<html lang="en"><head><title>Board meets</title><meta name="description" content="${long(5000, 'dek')}">${tags}
    <script type="application/ld+json">${JSON.stringify([json, terms])}</script></head><body><article><h1>Board meets</h1>
    <img src="https://news.example/a.jpg">${prose.join('')}${abbreviations}</article></body></html>`
  const answer = await client.post('/v1/imports', page, { headers: { 'content-type': 'text/html' } })
  t.equal(answer.status, 201)
  const { warnings, article } = answer.json<Imported>()
  t.match(
    warnings
      .filter(({ code }) => /^(?:text-shortened|too-many|more-warnings)/.test(code))
      .map(({ detail, words, pointer }) => [detail, words, pointer]),
    [
      ['Its publisher was cut at 300 characters.', 'publisher', '/origin/publisher'],
      ['Its dek was cut at 5,000 characters.', 'dek', '/dek'],
      ['Its section was cut at 200 characters.', 'section', '/section'],
      ['There is room for 100 tags: others were left out.', 'Tag 100', '/tags'],
      ['The copyright notice of a picture was cut at 1,000 characters.', 'notice', '/media/0/credits/0'],
      ['The licence of a picture was cut at 300 characters.', 'licence', '/media/0/credits/0'],
      [/^There are \d+ more: only the first 1000 are told one by one\.$/, '', undefined]
    ]
  )
  t.equal(article.tags.length, 100)
})
