// An import that is killed twice, within a transaction, and begun again leaves the same newsroom as one that was not.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t, { type Test } from 'tap'
import { importSystemExport } from '../../src/importing/systems/writing/import.ts'
import { app, database, folder, opened } from '../support/app.ts'
import { runKilled } from '../support/commands.ts'
import type { Killed } from './kill-imports.ts'

const count = 120
const all = Array.from({ length: count }, (_, i) => i + 1)
const said = (n: number) => (n % 3 === 0 ? `“The ferry ${n} stays,” Mara Lindqvist said.` : `Words of ${n}.`)
const day = (n: number) => `2020-01-${String((n % 28) + 1).padStart(2, '0')}`
const picture = (n: number) => `https://a.example/p${n}.jpg`
const atom = 'http://www.w3.org/2005/Atom'
const blogger = 'http://schemas.google.com/blogger/2018'

const wpComment = (n: number, i: number) =>
  `<wp:comment><wp:comment_id>${n * 10 + i}</wp:comment_id><wp:comment_author>R${i}</wp:comment_author><wp:comment_date_gmt>2020-02-01 00:00:0${i}</wp:comment_date_gmt><wp:comment_content>Answer ${n} ${i}</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>${i === 1 ? n * 10 : 0}</wp:comment_parent></wp:comment>`

/** The files of an export of each kind, by their names. */
const formats: Record<string, Record<string, string>> = {
  wxr: {
    'site.xml': `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://paper.example</link><language>en</language><wp:wxr_version>1.2</wp:wxr_version>${all
      .map(
        (n) =>
          `<item><title>Post ${n}</title><link>https://paper.example/${n}/</link><dc:creator>mara</dc:creator><content:encoded><![CDATA[<p>${said(n)}</p>]]></content:encoded><wp:post_id>${n}</wp:post_id><wp:post_date_gmt>${day(n)} 03:04:05</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>${wpComment(n, 0)}${wpComment(n, 1)}</item><item><wp:post_id>${n + 1000}</wp:post_id><wp:post_parent>${n}</wp:post_parent><wp:post_type>attachment</wp:post_type><wp:attachment_url>${picture(n)}</wp:attachment_url></item>`
      )
      .join('')}</channel></rss>`
  },
  wordpress: {
    'posts.json': JSON.stringify(
      all.map((n) => ({
        ...{ id: n, status: 'publish', slug: `post-${n}`, title: { rendered: `Post ${n}` } },
        ...{ content: { rendered: `<p>${said(n)}</p>` }, guid: { rendered: '' }, comment_status: 'open' }
      }))
    ),
    'comments.json': JSON.stringify(
      all.map((n) => ({ id: n, post: n, author_name: 'R', content: { rendered: `Answer ${n}` } }))
    )
  },
  blogger: {
    'feed.atom': `<feed xmlns="${atom}" xmlns:blogger="${blogger}">${all
      .map(
        (n) =>
          `<entry><id>tag:blogger.com,1999:blog-1.post-${n}</id><blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status><title>Post ${n}</title><content type="html">&lt;p&gt;${said(n)}&lt;/p&gt;</content><published>${day(n)}T00:00:00Z</published></entry><entry><id>tag:blogger.com,1999:blog-1.post-${n + 1000}</id><blogger:parent>tag:blogger.com,1999:blog-1.post-${n}</blogger:parent><blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status><content type="html">Answer ${n}</content><author><name>R</name></author><published>${day(n)}T00:00:00Z</published></entry>`
      )
      .join('')}</feed>`
  },
  ghost: {
    'ghost.json': JSON.stringify({
      db: [
        {
          meta: { exported_on: 1 },
          data: {
            posts: all.map((n) => ({
              ...{ id: `p${n}`, title: `Post ${n}`, slug: `post-${n}`, status: 'published' },
              ...{ html: `<p>${said(n)}</p>`, feature_image: picture(n), published_at: `${day(n)}T00:00:00Z` }
            }))
          }
        }
      ]
    })
  },
  substack: {
    'posts.csv': `post_id,post_date,is_published,type,audience,title\n${all.map((n) => `${n}.post-${n},${day(n)}T00:00:00Z,true,newsletter,everyone,Post ${n}`).join('\n')}\n`,
    ...Object.fromEntries(all.map((n) => [`posts/${n}.post-${n}.html`, `<p>${said(n)}</p>`]))
  },
  medium: Object.fromEntries(
    all.map((n) => [
      `posts/2020_Post-${n}-${(0xabc000 + n).toString(16)}.html`,
      `<article class="h-entry"><header><h1 class="p-name">Post ${n}</h1></header><section data-field="body" class="e-content"><p>${said(n)}</p></section><footer><p><a href="https://medium.com/@mara" class="p-author h-card">Mara</a></p></footer></article>`
    ])
  ),
  markdown: Object.fromEntries(
    all.map((n) => [
      `post-${n}.md`,
      `---\ntitle: Post ${n}\ndate: ${day(n)}\ntags: [a, b]\n---\n${said(n)}\n`
    ])
  ),
  feed: {
    'feed.xml': `<rss version="2.0"><channel><title>Paper</title><language>en</language>${all
      .map(
        (n) =>
          `<item><guid>g${n}</guid><title>Post ${n}</title><description>&lt;p&gt;${said(n)}&lt;/p&gt;</description><enclosure url="${picture(n)}" type="image/jpeg" length="1"/></item>`
      )
      .join('')}</channel></rss>`
  },
  ninjs: {
    'wire.json': JSON.stringify(
      all.map((n) => ({
        ...{ uri: `urn:${n}`, type: 'text', version: '2', headline: `Post ${n}`, body_text: said(n) },
        associations: { main: { type: 'picture', uri: `urn:p${n}`, renditions: { a: { href: picture(n) } } } }
      }))
    )
  },
  nitf: Object.fromEntries(
    all.map((n) => [
      `s${n}.xml`,
      `<nitf><head><docdata><doc-id id-string="${n}"/></docdata></head><body><body.head><hedline><hl1>Post ${n}</hl1></hedline></body.head><body.content><p>${said(n)}</p><media media-type="image"><media-reference source="${picture(n)}"/></media></body.content></body></nitf>`
    ])
  ),
  newsml: {
    'message.xml': `<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>${all
      .map(
        (n) =>
          `<newsItem guid="urn:${n}" version="2"><itemMeta><itemClass qcode="ninat:text"/></itemMeta><contentMeta><headline>Post ${n}</headline></contentMeta><contentSet><inlineData>${said(n)}</inlineData></contentSet></newsItem>`
      )
      .join('')}</itemSet></newsMessage>`
  }
}

/** Writes the files of an export; answers the paths to name. */
function laid(t: Test, files: Record<string, string>) {
  const home = folder(t)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true })
    writeFileSync(join(home, name), text)
  }
  return Object.keys(files).length === 1 ? join(home, Object.keys(files)[0]!) : home
}

/** Everything in a newsroom: ids by the order in which they are met, without the instants at which it was written. */
async function contentOf(t: Test, file: string) {
  const { get } = await app(t, { file })
  const pages = async (path: string) => {
    const found: { id: string; externalId?: { id: string } }[] = []
    for (let page: string | null = `${path}&limit=100`; page; ) {
      const answer: { data: typeof found; next: string | null } = (await get(page)).json()
      const { data, next } = answer
      found.push(...data)
      page = next && `${path}&limit=100&cursor=${encodeURIComponent(next)}`
    }
    return found
  }
  const cards = await pages('/v1/articles?edition=draft')
  const articles: object[] = []
  for (const { id } of cards)
    articles.push((await get(`/v1/articles/${id}?edition=draft`)).json<{ title: string }>())
  const comments = await pages('/v1/comments?edition=draft&status=approved,pending,spam,rejected')
  const media = await pages('/v1/media?edition=draft')
  const imports = await pages('/v1/imports?kind=article')
  const sorted = (list: object[]) => list.map((one) => JSON.stringify(one)).sort(byWords)
  const text = [articles, comments, media, imports].map((list) => sorted(list).join('\n')).join('\n\n')
  return anonymous(text)
}

const ids = /\b(?:art|med|quo|att|src|crd|com|imp)_[0-9a-z]{26}\b/g
const byWords = (a: string, b: string) => (a.replace(ids, '') < b.replace(ids, '') ? -1 : 1)

function anonymous(text: string) {
  const known = new Map<string, string>()
  return text.replace(/"(?:createdAt|updatedAt|firstPublishedAt)":"[^"]*"/g, '').replace(ids, (id) => {
    if (!known.has(id)) known.set(id, `${id.slice(0, 3)}-${known.size}`)
    return known.get(id)!
  })
}

/** Begins imports in a process of their own, which kills itself when each is in the transaction of its second batch. */
function killed(imports: Killed[]) {
  const { signal, stderr } = runKilled('test/importing/kill-imports.ts', ['2', JSON.stringify(imports)])
  return signal === 'SIGKILL' ? 'killed' : stderr
}

async function whole(t: Test, file: string, as: string, path: string, publish: boolean) {
  const db = await opened(t, file)
  const { counts } = await importSystemExport(
    db,
    { paths: [path], as, system: as, speech: true, publish },
    { actor: 'command line', dry: false, heap: 512 },
    { tell: () => {}, done: () => {} }
  )
  await db.close()
  return counts
}

t.test('imports that are killed twice are begun again', async (t) => {
  const imports: Killed[] = []
  for (const [as, files] of Object.entries(formats))
    imports.push({ as, path: laid(t, files), publish: as === 'wxr', file: await database(t) })
  t.equal(killed(imports), 'killed')
  t.equal(killed(imports), 'killed')

  for (const { as, path, publish, file } of imports)
    await t.test(`${as}: killed twice and begun again, all is as if nobody had killed it`, async (t) => {
      const unkilled = await database(t)
      const counts = await whole(t, unkilled, as, path, publish)
      t.equal(counts.articles, count)
      const rest = await whole(t, file, as, path, publish)
      t.ok(rest.articles < counts.articles, 'what was written before is passed over')
      t.ok((await contentOf(t, file)) === (await contentOf(t, unkilled)))
    })
})
