// What is done in the background is done once, by one of several nodes over one database of PostgreSQL, whenever the one that
// does it dies.
import t, { type Test } from 'tap'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import { admin } from '../support/app.ts'
import { noise } from '../support/pictures.ts'
import { until } from '../support/until.ts'
import { ended, type Node, nodes } from './nodes.ts'
import { missing, statements } from './server.ts'

const skip = (await missing()) ?? false

interface Job {
  /** What is done once before, by either. */
  prepare?(node: Node): Promise<unknown>
  /** Gives the first node work. */
  begin(node: Node, url: string): Promise<unknown>
  /** Finds a row once the first has begun, and has not done all. */
  begun: string
  /** Finds a row once all is done. */
  done: string
  /** Has the second take over at once what else it would after minutes. */
  hurry?: string
}

/** How long a job may take on a slow machine, in ms. */
const patience = 900_000

/** Gives work to one of two nodes, kills that one in the midst of it, and waits until the other has done the rest. */
async function inherited(t: Test, { prepare, begin, begun, done, hurry }: Job) {
  const { all, url } = await nodes(t, 2, { ONRECORD_FETCH_PRIVATE: 'allow' })
  const [first, second] = all as [Node, Node]
  const find = async (query: string) => (await statements(url, query)).length > 0
  await prepare?.(first)
  second.child.kill('SIGSTOP')
  await begin(first, url)
  await until(() => find(begun), patience)
  await ended(first.child)
  t.comment(`killed ${(await find(done)) ? 'after' : 'before'} all was done`)
  second.child.kill('SIGCONT')
  if (hurry) await statements(url, hurry)
  await until(() => find(done), patience)
  return { second, find: (query: string) => statements(url, query) }
}

/** Whatever was logged more than once of one article by this job. */
const twice = (actor: string, action: string) =>
  `select id, count(*) from changes where actor = '${actor}' and action = '${action}' group by id having count(*) > 1`

const many = Array.from({ length: 80 }, (_, i) => i)

t.test('the timetable', { skip }, async (t) => {
  const { find } = await inherited(t, {
    async begin(node, url) {
      const publishAt = new Date(Date.now() + 86_400_000).toISOString()
      await Promise.all(
        many.map(async (i) => {
          const { id } = await node.draft({ slug: `s${i}` })
          await node.post(`/v1/articles/${id}/schedule`, { publishAt })
        })
      )
      await statements(url, "update articles set publish_at = '2020-01-01T00:00:00.000Z'")
    },
    begun: "select from articles where status = 'published' limit 1",
    done: `select where (select count(*) from articles where status = 'published') = ${many.length}`
  })
  t.same(await find(twice('timetable', 'publish')), [], 'each article is published once')
})

const story = (
  n: number
) => `<item><title>Story ${n}</title><link>https://old.example/${n}</link><dc:creator>ann</dc:creator>
<wp:post_id>${n}</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status><wp:post_name>story-${n}</wp:post_name>
<wp:post_date_gmt>2020-01-01 10:00:00</wp:post_date_gmt><content:encoded><![CDATA[<p>“The ferry ${n} stays,” Mara Lindqvist said.</p>]]></content:encoded></item>`

const stories = 600

const exported = `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Old paper</title><wp:wxr_version>1.2</wp:wxr_version><language>en</language>
${Array.from({ length: stories }, (_, i) => story(i + 1)).join('\n')}</channel></rss>`

/** Sends bytes. */
async function send(node: Node, path: string, type: string, body: string | Buffer) {
  const headers = { authorization: `Bearer ${admin}`, 'content-type': type }
  const response = await fetch(`${node.address}${path}`, { method: 'POST', headers, body: body as string })
  return (await response.json()) as { id: string }
}

t.test('an import', { skip }, async (t) => {
  const { find } = await inherited(t, {
    begin: (node) => send(node, '/v1/imports', 'application/xml', exported),
    begun: 'select from articles limit 1',
    done: "select from export_imports where status in ('done', 'failed')"
  })
  const [{ total, slugs }] = (await find(
    'select count(*)::int as total, count(distinct slug)::int as slugs from articles'
  )) as [{ total: number; slugs: number }]
  t.same([total, slugs], [stories, stories], 'each article is there once')
  t.match(await find('select status, error from export_imports'), [{ status: 'done', error: null }])
})

t.test('renditions', { skip }, async (t) => {
  const { find, second } = await inherited(t, {
    async begin(node) {
      for (const width of [1500, 1600, 1700])
        await send(node, '/v1/media', 'image/jpeg', await noise(width, 1200).jpeg().toBuffer())
    },
    begun: "select from rendition_sets where attempts = 1 and state = 'pending' limit 1",
    done: "select where not exists (select from rendition_sets where state = 'pending')",
    // A lease of five minutes.
    hurry: "update rendition_sets set due_at = '2020-01-01T00:00:00.000Z' where state = 'pending'"
  })
  t.same(await find("select state from rendition_sets where state <> 'ready'"), [])
  const { body } = await second.get('/v1/media?edition=draft')
  const { data } = JSON.parse(body) as { data: { rendering: { state: string }; renditions: object[] }[] }
  t.same(
    data.map(({ rendering, renditions }) => [rendering.state, renditions.length > 0]),
    Array(3).fill(['ready', true])
  )
})

t.test('reviews of what rests on a doubted source', { skip }, async (t) => {
  let source = ''
  const { find } = await inherited(t, {
    async prepare(node) {
      const { sources } = await node.draft({ slug: 'first' })
      source = sources[0]!.id
      const hops = [{ sourceId: source, relation: 'said' }]
      const quotes = [{ text: 'The ferry will keep sailing', attributions: [{ hops }] }]
      await Promise.all(
        many.map(async (i) => {
          const { id } = await node.draft({ slug: `s${i}`, sources: [], quotes })
          await node.post(`/v1/articles/${id}/publish`)
        })
      )
    },
    begin: (node) => node.post(`/v1/sources/${source}/doubt`, { reason: 'He was not there.' }),
    begun: 'select from reviews limit 1',
    done: 'select from causes where done_at is not null'
  })
  t.equal((await find('select from reviews')).length, many.length)
  t.same(await find('select article_id from reviews group by article_id having count(*) > 1'), [])
  t.same(
    await find(
      "select article_id from changes where action = 'flag' group by article_id having count(*) > 1"
    ),
    []
  )
})

t.test('the end of rights', { skip }, async (t) => {
  let took = 0
  const { find, second } = await inherited(t, {
    async prepare(node) {
      const began = Date.now()
      const { id } = await node.draft({ slug: 'before', media: [] })
      await node.post(`/v1/articles/${id}/publish`)
      took = Date.now() - began
    },
    async begin(node) {
      // Those that are published before then are what is ended: some, on a slow machine too.
      const expiresAt = new Date(Date.now() + Math.max(8000, 10 * took)).toISOString()
      const credits = [{ creditLine: 'Ana Example', creators: ['Ana Example'], expiresAt }]
      for (const i of many.slice(0, 30)) {
        const url = `https://pictures.example/${i}.jpg`
        const media = [{ key: 'lead', kind: 'image', url, alt: 'A ferry.', caption: 'The ferry.', credits }]
        const { id } = await node.draft({ slug: `s${i}`, leadMediaId: 'lead', media })
        if ((await node.post(`/v1/articles/${id}/publish`)).status !== 200) break
      }
    },
    begun: "select from changes where actor = 'rights' limit 1",
    done: "select where not exists (select from published_facets where kind = 'article' and name = 'ends')"
  })
  t.same(await find(twice('rights', 'publish')), [], 'each article is published anew once')
  const { body } = await second.read('/v1/articles/s0')
  t.match((JSON.parse(body) as DraftArticle).media, [{ url: null }])
})
