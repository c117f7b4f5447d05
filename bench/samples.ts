// What exports of other systems hold, counted by expressions apart from the readers, against what arrives of them.
// npm run bench:samples -- FOLDER: a row of Markdown for each export in it; 1 is the exit code where something is missing.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import Sqlite from 'better-sqlite3'

/** How many there are of each; of credits, which every system says otherwise, only what arrived is told. */
interface Counts {
  articles: number
  comments: number
  answers: number
  pictures: number
  credits: number
  authors: number
  addresses: number
}

const columns: (keyof Counts)[] = [
  'articles',
  'comments',
  'answers',
  'pictures',
  'credits',
  'authors',
  'addresses'
]
const none: Counts = {
  ...{ articles: 0, comments: 0, answers: 0, pictures: 0 },
  ...{ credits: 0, authors: 0, addresses: 0 }
}

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, first = '']) => first)
const different = (values: string[]) => new Set(values.filter(Boolean)).size
const inner = (item: string, name: string) =>
  (new RegExp(`<${name}(?: [^>]*)?>([\\s\\S]*?)</${name}>`).exec(item)?.[1] ?? '')
    .replace(/^\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*$/, '$1')
    .trim()

/** An export of WordPress. */
function inWxr(text: string): Counts {
  const items = all(text, /<item>([\s\S]*?)<\/item>/g)
  const posts = items.filter((item) => /^(?:post|page)$/.test(inner(item, 'wp:post_type')))
  const comments = posts.flatMap((item) => all(item, /<wp:comment>([\s\S]*?)<\/wp:comment>/g))
  return {
    ...none,
    articles: posts.length,
    comments: comments.length,
    answers: comments.filter((one) => Number(inner(one, 'wp:comment_parent')) > 0).length,
    pictures: items.filter((item) => inner(item, 'wp:post_type') === 'attachment').length,
    authors: different(
      posts.flatMap((item) => {
        const listed = all(item, /<category domain="author" nicename="(?:cap-)?([^"]*)"/g)
        return listed.length > 0 ? listed : [inner(item, 'dc:creator')]
      })
    ),
    addresses: different(posts.map((item) => inner(item, 'link')))
  }
}

/** An Atom file of Blogger, of either kind. */
function inBlogger(text: string): Counts {
  const entries = all(text, /<entry>([\s\S]*?)<\/entry>/g)
  const of = (kind: string) =>
    entries.filter((entry) => new RegExp(`kind#${kind}['"]|<blogger:type>${kind}<`, 'i').test(entry))
  const [posts, comments] = [[...of('post'), ...of('page')], of('comment')]
  const pictures = posts.flatMap((entry) => all(entry, /(?:&lt;|<)img\b.*?src=(?:&quot;|["'])([^"'&]+)/g))
  return {
    ...none,
    articles: posts.length,
    comments: comments.length,
    answers: comments.filter((one) => /<blogger:inReplyTo>|rel=['"]related['"]/.test(one)).length,
    pictures: different(pictures),
    authors: different(posts.map((entry) => inner(inner(entry, 'author'), 'name'))),
    addresses: posts.filter((entry) => /rel=['"]alternate['"]|<blogger:filename>[^<\s]/.test(entry)).length
  }
}

type Json = Record<string, unknown>
const list = (value: unknown) => (Array.isArray(value) ? value : value === undefined ? [] : [value]) as Json[]

/** JSON of Ghost, of the API of Blogger, or a story in ninjs. */
function inJson(text: string): Counts {
  const parsed: unknown = JSON.parse(text)
  const json = (Array.isArray(parsed) ? { items: parsed } : parsed) as Json
  const [ghost] = list(json.db)
  if (ghost) {
    const data = ghost.data as Json
    const posts = list(data.posts)
    return {
      ...none,
      articles: posts.length,
      pictures: different(
        posts.flatMap(({ html, feature_image }) => [
          String(feature_image ?? ''),
          ...all(String(html), /<img\b.*?src="([^"]+)/g)
        ])
      ),
      authors: different(list(data.posts_authors).map(({ author_id }) => String(author_id))),
      addresses: posts.length
    }
  }
  if (Array.isArray(json.items)) {
    const posts = list(json.items).flatMap((one) => (Array.isArray(one.items) ? list(one.items) : [one]))
    return {
      ...none,
      articles: posts.length,
      pictures: different(posts.flatMap(({ content }) => all(String(content), /<img\b.*?src="([^"]+)/g))),
      authors: different(posts.map(({ author }) => String((author as Json).id))),
      addresses: posts.filter(({ url }) => url).length
    }
  }
  const pictures = [json, ...list(json.associations)].filter(({ type }) =>
    /^(?:picture|graphic)$/.test(String(type))
  )
  return { ...none, articles: 1, pictures: pictures.length }
}

const held = (text: string): Counts =>
  text.trimStart().startsWith('<')
    ? /<wp:wxr_version>/.test(text)
      ? inWxr(text)
      : inBlogger(text)
    : inJson(text)

/** What a database holds after the import of a file, and how many lines its report has. */
function arrived(file: string, home: string): Counts & { told: number } {
  const [database, report] = [join(home, 'news.db'), join(home, 'report.jsonl')]
  const command = ['onrecord.js', 'import', '--no-quotes', '--report', report, file]
  const { status, stderr } = spawnSync(process.execPath, command, {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, DATABASE_URL: `file:${database}` }
  })
  if (status !== 0) throw new Error(`${file}: ${String(stderr)}`)
  const db = new Sqlite(database, { readonly: true })
  const count = (from: string) => db.prepare<[], number>(`select count(*) from ${from}`).pluck().get()!
  const counts = {
    articles: count('articles'),
    comments: count('comments'),
    answers: count('comments where parent_id is not null'),
    pictures: count("media where kind = 'image'"),
    credits: count('(select distinct media_id from media_credits)'),
    authors: count('(select distinct name from article_bylines)'),
    addresses: count('(select distinct article_id from old_addresses)'),
    told: readFileSync(report, 'utf8').split('\n').filter(Boolean).length
  }
  db.close()
  return counts
}

const [folder = '.'] = process.argv.slice(2)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((name) => join(folder, name))
  .filter((name) => /\.(?:xml|atom|json)$/.test(name) && !/schema/.test(name))
  .sort()
console.log(`| export | ${columns.join(' | ')} | told |\n|${'---|'.repeat(columns.length + 2)}`)
for (const file of files) {
  const home = mkdtempSync(join(tmpdir(), 'onrecord-sample-'))
  const [expected, got] = [held(readFileSync(file, 'utf8')), arrived(file, home)]
  const cells = columns.map((name) => {
    if (got[name] < expected[name]) process.exitCode = 1
    return name === 'credits' ? got.credits : `${got[name]} of ${expected[name]}`
  })
  console.log(`| ${[basename(file), ...cells, got.told].join(' | ')} |`)
  rmSync(home, { recursive: true })
}
