// What the README and the guides print works as it is printed: every block of requests, in order, against the sample
// newsroom. Blocks without a request (npm, backups) are tried elsewhere.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, globSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import type { Article } from '../src/content/articles/schema.ts'
import { loadSample } from '../src/operations/sample.ts'
import { checks } from '../src/publishing/checks/list.ts'
import { admin, app, database, folder, opened } from './support/app.ts'
import { unmeasured } from './support/commands.ts'

/** A curl that hands its arguments to the test, which sends the request: a process of Node for each would take much longer. */
const curl = `#!/usr/bin/env bash
exec 3<> "/dev/tcp/127.0.0.1/$CURL_PORT"
printf '%s\\0' "$#" "$@" >&3
cat <&3
`

/** As much of curl as the guides use, so that the tests need none installed: the URL and the rest of a request. */
function requestOf(args: string[], home: string): [url: string, init: RequestInit] {
  const headers: Record<string, string> = {}
  let [method, body, url]: (string | undefined)[] = []
  for (let i = 0; i < args.length; i++) {
    // fetch() follows redirects, as -L says.
    if (['-s', '-L'].includes(args[i]!)) continue
    if (args[i] === '-X') method = args[++i]
    else if (args[i] === '-d') body = args[++i]
    else if (args[i] === '--data-binary') body = readFileSync(join(home, args[++i]!.slice(1)), 'utf8')
    else if (args[i] === '-H') {
      const [, name, value] = /^([^:]+): *(.*)$/.exec(args[++i]!)!
      headers[name!] = value!
    } else url = args[i]
  }
  if (body === undefined && method === 'POST') delete headers['Content-Type']
  return [url!, { method: method ?? (body ? 'POST' : 'GET'), headers, ...(body && { body }) }]
}

/** Listens for the arguments of curl; answers the port, and a line for each answer: its status, path and body. */
async function listenForCurl(t: Test, home: string) {
  const lines: string[] = []
  const server = createServer(async (socket) => {
    let text = ''
    for await (const chunk of socket.setEncoding('utf8')) {
      text += chunk
      const [count, ...args] = text.split('\0')
      // The last is followed by nothing.
      if (args.length <= Number(count)) continue
      const [url, init] = requestOf(args.slice(0, -1), home)
      const answer = await fetch(url, init)
      const body = await answer.text()
      lines.push(`${answer.status} ${new URL(url).pathname} ${body.replaceAll('\n', ' ')}`)
      socket.end(`${body}\n`)
    }
  })
  t.teardown(() => server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { port: (server.address() as AddressInfo).port, lines }
}

/** The blocks of one language in a guide. */
const blocks = (guide: string, language: string) =>
  [...readFileSync(guide, 'utf8').matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text]) => text!
  )

/** The service with the sample newsroom, listening, and a way to run what a guide prints against it. */
async function sampleServer(t: Test) {
  const file = await database(t)
  const db = await opened(t, file)
  await loadSample(db)
  await db.close()
  const client = await app(t, { file, config: { ONRECORD_MCP: 'token' } })
  const address = await client.server.listen({ port: 0 })
  const home = folder(t)
  writeFileSync(join(home, 'curl'), curl)
  chmodSync(join(home, 'curl'), 0o755)
  for (const name of ['node_modules', 'sample']) symlinkSync(join(process.cwd(), name), join(home, name))
  const { port, lines } = await listenForCurl(t, home)
  const env = {
    ...process.env,
    PATH: `${home}${delimiter}${process.env.PATH}`,
    CURL_PORT: String(port),
    AT: `${address}/v1`,
    ...unmeasured
  }
  /** Runs a program and answers what it wrote. */
  const run = async (program: string, ...args: string[]) =>
    (await promisify(execFile)(program, args, { cwd: home, env, maxBuffer: 64 * 1024 * 1024 })).stdout
  /** Runs blocks of requests as one script, and answers a line for each answer: its status, path and body. */
  async function requests(script: string) {
    const printed = script
      .replaceAll('TOKEN=onr_...', `TOKEN=${admin}`)
      .replaceAll('http://127.0.0.1:3000', address)
    lines.length = 0
    await run('bash', '-euo', 'pipefail', '-c', printed)
    return [...lines]
  }
  return { ...client, home, run, requests }
}

const isRequests = (block: string) => /\bcurl /.test(block)

for (const guide of ['README.md', ...globSync('{docs/*,skills/*/SKILL}.md').sort()]) {
  const shown = blocks(guide, 'sh')
  if (!shown.some(isRequests)) continue
  t.test(`every request that ${guide} prints is answered`, async (t) => {
    const { requests } = await sampleServer(t)
    const script = shown
      .filter((block) => isRequests(block) || /^export (TOKEN=\S+ )?AT=/m.test(block))
      .join('\n')
    const lines = await requests(script)
    t.ok(lines.length > 0)
    for (const line of lines) t.match(line, /^20[012] /, line.slice(0, 300))
  })
}

t.test('every address that agents are told of is there', async (t) => {
  const { server } = await sampleServer(t)
  const told = (await server.inject('/llms.txt')).body
  t.equal(told, readFileSync('llms.txt', 'utf8'))
  const links = [...told.matchAll(/\]\((\/[^)]+)\)/g)].map(([, link]) => link!)
  t.ok(links.length > 5)
  for (const link of links) t.equal((await server.inject(link)).statusCode, 200, link)
  const skill = readFileSync('skills/onrecord/SKILL.md', 'utf8')
  t.match(skill, /^---\nname: onrecord\ndescription: [^\n]{100,1024}\n---\n/)
})

t.test('the guide for frontends renders a whole story', async (t) => {
  const { home, run } = await sampleServer(t)
  const [script] = blocks('docs/frontends.md', 'js')
  writeFileSync(join(home, 'render.mjs'), script!)
  const html = await run(process.execPath, join(home, 'render.mjs'))
  t.match(html, /<span title="Corvin Ashgrave">The north pump must <em>not<\/em> be relied upon/)
  t.match(
    html,
    /<figcaption>[^<]+\s*<small>Document: Port Aldis Harbour Board; reproduction: the Tideline<\/small>/
  )
  t.notMatch(html, /undefined|\[object/)
})

t.test('a day at the desk goes as its guide tells it', async (t) => {
  const { requests, read } = await sampleServer(t)
  const [day] = blocks('docs/editorial-tools.md', 'sh')
  const lines = await requests(day!)
  t.equal(lines.length, 16)
  const article = (await read('/v1/articles/night-ferry')).json<Article>()
  t.match(article, { dek: '72 passengers a night.', corrections: [{ text: 'It was 72.' }] })
  t.match(lines[14], /"pointer":"\/dek"/)
})

t.test('the guide to checks has each of them, with what it does and what to do about it', async (t) => {
  const rows = readFileSync('docs/checks.md', 'utf8').match(/^\| `.*$/gm)
  const acts = { warning: 'warns', error: 'refuses' }
  const wanted = checks.map(
    ({ code, severity, final, fix }) =>
      `| \`${code}\` | ${acts[severity]}${final ? ', always' : ''} | ${fix} |`
  )
  t.strictSame(rows, wanted)
})

t.test('the guide for frontends renders what has no picture, no name, or another kind', async (t) => {
  const { home, run, post, read } = await sampleServer(t)
  const [script] = blocks('docs/frontends.md', 'js')
  const { id } = (await read('/v1/articles/harbour-board-reverses-course-on-late-ferry')).json<Article>()
  const media = { kind: 'audio', key: 'horn', url: 'https://news.example/horn.mp3', caption: 'The horn' }
  const [credits, title] = [[{ creditLine: 'Ann Audio' }], 'Without a picture']
  const story = await post('/v1/articles', {
    ...{ title, slug: 'without-a-picture' },
    body: [
      { _type: 'block', children: [{ _type: 'span', text: 'The board met on Tuesday.' }] },
      { _type: 'image', mediaId: 'horn' },
      { _type: 'image', mediaId: 'lost' }
    ],
    media: [
      { ...media, credits },
      { kind: 'image', key: 'lost', caption: 'What was lost', credits }
    ],
    attributions: [{ claim: 'The board met', hops: [{ articleId: id, relation: 'reported' }] }]
  })
  const published = await post(`/v1/articles/${story.json<Article>().id}/publish`)
  t.equal(published.status, 200, published.body)
  writeFileSync(join(home, 'render.mjs'), script!.replace('three-warnings-one-shelf', 'without-a-picture'))
  const html = await run(process.execPath, join(home, 'render.mjs'))
  t.match(html, /<span title="an article of ours">The board met<\/span>/)
  t.match(html, /<audio src="https:\/\/news\.example\/horn\.mp3" controls>/)
  t.match(html, /<figure><figcaption>What was lost/)
  t.notMatch(html, /undefined|null|\[object/)
})
