// The sites in examples/, built against the service with the sample newsroom, and read as their readers do. What they are
// built with is installed by `npm run examples:install`: half a gigabyte that nothing else needs.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { parseHTML } from 'linkedom'
import t, { type Test } from 'tap'
import { loadSample } from '../../src/operations/sample.ts'
import { open } from '../../src/storage/sqlite/open.ts'
import { app, database } from '../support/app.ts'
import { browserPage } from './chromium.ts'
import { whereIs } from './programs.ts'

/** Each site: what builds it, and where its pages are then. */
const sites = {
  astro: { builder: 'node_modules/astro/bin/astro.mjs', output: 'dist' },
  next: { builder: 'node_modules/next/dist/bin/next', output: 'out' }
}

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/** Serves the files of a folder; answers its address. */
async function serve(t: Test, folder: string) {
  const server = createServer(async ({ url = '/' }, answer) => {
    const { pathname } = new URL(url, 'http://site.example')
    const file = join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname)
    const bytes = await readFile(file).catch(() => undefined)
    answer.writeHead(bytes ? 200 : 404, { 'content-type': types[extname(file)] ?? 'text/plain' }).end(bytes)
  }).listen(0, '127.0.0.1')
  t.teardown(() => server.closeAllConnections())
  t.teardown(() => server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const slug = 'harbour-board-reverses-course-on-late-ferry'

for (const [name, { builder, output }] of Object.entries(sites)) {
  const home = join('examples', name)
  const skip = !existsSync(`${home}/node_modules`) && 'needs npm run examples:install'

  t.test(`the example of ${name} lists stories, and shows one with who said what`, { skip }, async (t) => {
    const file = await database(t)
    const db = open(`file:${file}`)
    await loadSample(db)
    await db.close()
    const client = await app(t, { file, config: { ONRECORD_CORS_ORIGINS: 'localhost' } })
    const address = await client.server.listen({ port: 0, host: '127.0.0.1' })
    const env = {
      ...process.env,
      PUBLIC_ONRECORD: address,
      NEXT_PUBLIC_ONRECORD: address,
      ASTRO_TELEMETRY_DISABLED: '1',
      NEXT_TELEMETRY_DISABLED: '1'
    }
    await promisify(execFile)(process.execPath, [builder, 'build'], { cwd: home, env })

    const read = async (path: string) =>
      parseHTML(await readFile(join(home, output, path, 'index.html'), 'utf8')).document
    const front = await read('.')
    const cards = (await client.read('/v1/articles?limit=100')).json<{ data: { slug: string }[] }>().data
    t.strictSame(
      [...front.querySelectorAll('article a')].map((link) => link.getAttribute('href')),
      cards.map((card) => `/articles/${card.slug}/`)
    )
    const story = (await client.read(`/v1/articles/${slug}?include=comments`)).json<{
      title: string
      media: { credits: { creditLine: string }[] }[]
      quotes: { id: string }[]
      corrections: { text: string }[]
      included: { comments: { data: { body: string }[] } }
    }>()
    const page = await read(`articles/${slug}`)
    t.equal(page.querySelector('h1')?.textContent, story.title)
    t.ok(story.quotes.length > 0)
    for (const { id } of story.quotes) t.ok(page.querySelector(`[data-quote="${id}"]`), id)
    const { textContent } = page.body
    const shown = [
      ...story.media.flatMap(({ credits }) => credits.map(({ creditLine }) => creditLine)),
      ...story.corrections.map(({ text }) => text),
      ...story.included.comments.data.map(({ body }) => body)
    ]
    t.ok(story.corrections.length > 0 && story.included.comments.data.length > 0)
    for (const words of shown) t.ok(textContent?.includes(words), words)
    t.match(textContent, /Who said what.*Mara Lindqvist/s)

    if (!whereIs('chromium')) return
    const changed = await client.put('/v1/comment-settings', { mode: 'premoderated', challenge: 'on' })
    t.equal(changed.status, 200, changed.body)
    const { go, evaluate, until } = await browserPage(t)
    await go(`${await serve(t, join(home, output))}/articles/${slug}/`)
    await until(`document.querySelector('form') && !document.querySelector('form').hidden`)
    await evaluate(`{
      const form = document.querySelector('form')
      form.elements.name.value = 'Ann'
      form.elements.body.value = 'From a page of another origin.'
      form.requestSubmit()
    }`)
    await until(`document.querySelector('[role=status]').textContent.includes('waits for a moderator')`)
    const posted = await client.get('/v1/comments?edition=draft&limit=1')
    t.equal(posted.json<{ data: { body: string }[] }>().data[0]!.body, 'From a page of another origin.')
  })
}
