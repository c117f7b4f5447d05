// Moving in: an export of WordPress against the same content by POST, one after the other, in processor time.
// node bench/moving-in.ts [--posts 10000]
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { stream } from './random.ts'
import { adminToken, onRecord } from './servers.ts'
import { sentence } from './vocabulary.ts'

const { values } = parseArgs({
  options: { posts: { type: 'string', default: '10000' }, only: { type: 'string' } }
})
const posts = Number(values.posts)
const commentsEach = 3
const root = join(import.meta.dirname, '..')
const home = mkdtempSync(join(tmpdir(), 'onrecord-moving-in-'))
const file = join(home, 'export.xml')

/** Words of about this many characters; the same for the same number. */
function textOf(n: number, characters: number) {
  const random = stream(7, n)
  let text = ''
  while (text.length < characters) text += `${text && ' '}${sentence(random, 12)}`
  return text
}

/** A post as both ways bring it. */
const postOf = (n: number) => ({
  title: `Post ${n}: ${textOf(n, 40)}`,
  slug: `post-${n}`,
  html: Array.from({ length: 6 }, (_, i) =>
    i === 2
      ? `<p>“${textOf(n * 7 + i, 90)},” Mara Lindqvist said.</p>`
      : `<p>${textOf(n * 7 + i, 420)} <a href="https://paper.example/${n}/${i}">more</a></p>`
  ),
  section: `Section ${n % 12}`,
  tags: [`tag ${n % 50}`, `word ${n % 97}`],
  comments: Array.from({ length: commentsEach }, (_, i) => ({
    author: `Reader ${(n * 3 + i) % 500}`,
    body: textOf(n * 11 + i, 160),
    isReply: i === 2
  }))
})

const item = (n: number) => {
  const { title, slug, html, section, tags, comments } = postOf(n)
  const blocks = html.map((one) => `<!-- wp:paragraph -->\n${one}\n<!-- /wp:paragraph -->`).join('\n\n')
  const said = comments.map(
    ({ author, body, isReply }, i) =>
      `<wp:comment><wp:comment_id>${n * 10 + i}</wp:comment_id><wp:comment_author>${author}</wp:comment_author><wp:comment_date_gmt>2020-01-03 00:00:0${i}</wp:comment_date_gmt><wp:comment_content><![CDATA[${body}]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>${isReply ? n * 10 : 0}</wp:comment_parent></wp:comment>`
  )
  return `<item><title>${title}</title><link>https://paper.example/2020/${slug}/</link><dc:creator>mara</dc:creator><content:encoded><![CDATA[${blocks}]]></content:encoded><wp:post_id>${n}</wp:post_id><wp:post_date_gmt>2020-01-02 03:04:05</wp:post_date_gmt><wp:post_name>${slug}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain="category" nicename="c">${section}</category>${tags.map((tag) => `<category domain="post_tag" nicename="t">${tag}</category>`).join('')}${said.join('')}</item>\n`
}

async function writeExport() {
  const out = createWriteStream(file)
  out.write(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Paper</title><link>https://paper.example</link><language>en-US</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login>mara</wp:author_login><wp:author_display_name>Mara Writer</wp:author_display_name></wp:author>\n`)
  for (let n = 1; n <= posts; n++) if (!out.write(item(n))) await once(out, 'drain')
  out.end('</channel></rss>\n')
  await finished(out)
}

/** As npm run import has them. */
const flags = ['--max-semi-space-size=8', '--v8-pool-size=1', '--max-old-space-size=256']

/** Runs the command; answers its processor time in seconds and its most memory in MB. */
async function importing(...args: string[]) {
  const child = spawn(
    process.execPath,
    [
      ...flags,
      '--import',
      join(root, 'bench/usage.ts'),
      join(root, 'onrecord.js'),
      'import',
      '--as',
      'wxr',
      ...args,
      file
    ],
    {
      env: { ...process.env, DATABASE_URL: `file:${join(home, `import-${args.length}.db`)}` },
      stdio: ['ignore', 'ignore', 'pipe']
    }
  )
  let err = ''
  child.stderr.on('data', (text) => (err += text))
  await once(child, 'close')
  const usage = /usage (.*)/.exec(err)?.[1]
  if (usage === undefined) throw new Error(err)
  const { cpu, rss } = JSON.parse(usage) as { cpu: number; rss: number }
  return { cpu: cpu / 1e6, rss: rss / 2 ** 20 }
}

/** Sends the same one by one; answers the processor time of the server for articles, and for all. */
async function posting() {
  const server = await onRecord(join(home, 'post.db'))
  const send = async (path: string, body?: object, method = 'POST') => {
    const response = await fetch(`${server.address}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${adminToken}`,
        ...(body && { 'content-type': 'application/json' }),
        ...((method === 'PUT' || !body) && { 'if-match': '*' })
      },
      ...(body && { body: JSON.stringify(body) })
    })
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
    return (await response.json()) as { id: string }
  }
  const unlimited = { count: 1, seconds: 0 }
  await send('/comment-settings', { networkLimit: unlimited, authorLimit: unlimited }, 'PUT')
  await server.condition()
  const ids: string[] = []
  for (let n = 1; n <= posts; n++) {
    const { html, comments: _, ...story } = postOf(n)
    const by = { bylines: [{ name: 'Mara Writer' }], language: 'en-US' }
    ids.push((await send('/articles', { ...story, ...by, body: { html: html.join('') } })).id)
  }
  const { cpu: articles, rss } = await server.condition()
  for (const id of ids) await send(`/articles/${id}/publish`)
  const { cpu: published } = await server.condition()
  for (const [i, id] of ids.entries())
    for (const { author, body } of postOf(i + 1).comments)
      await send(`/articles/${id}/comments`, { author: { name: author }, body })
  const { cpu: comments } = await server.condition()
  await server.stop()
  return {
    articles: articles / 1e6,
    published: published / 1e6,
    comments: comments / 1e6,
    rss: rss / 2 ** 20
  }
}

await writeExport()
console.log(`\n${posts} posts with ${posts * commentsEach} comments\n`)
const row = (what: string, { cpu, rss }: { cpu: number; rss: number }) =>
  console.log(`| ${what} | ${cpu.toFixed(1)} s | ${rss.toFixed(0)} MB |`)
if (values.only !== 'post') {
  row('imported, with proposals of quotes', await importing())
  if (values.only !== 'quotes') {
    row('imported, --no-quotes', await importing('--no-quotes'))
    row('imported and published, --no-quotes', await importing('--no-quotes', '--publish'))
  }
}
if (values.only !== 'import') {
  const { articles, published, comments, rss } = await posting()
  row('by POST: articles alone', { cpu: articles, rss })
  row('by POST: articles and their comments', { cpu: articles + comments, rss })
  row('by POST: publishing them between', { cpu: published, rss })
}
rmSync(home, { recursive: true })
