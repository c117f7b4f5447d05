// Behind nginx as it comes, and behind one that compresses.
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { DraftMedia } from '../../src/content/media/schema.ts'
import { app, ferry, folder } from '../support/app.ts'
import { freePort } from '../support/free-port.ts'
import { largeNewsroom, pagesOf } from '../support/largest-pages.ts'
import { pictureWith, rendered, uploaded } from '../support/pictures.ts'
import { missing } from './programs.ts'

/** Starts nginx before a service with nothing but these lines beside `proxy_pass`. Answers its address. */
async function nginx(t: Test, upstream: string, lines = '', files = '') {
  const home = folder(t)
  const port = await freePort()
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${home}/${name};`)
    .join(' ')
  const server = `listen 127.0.0.1:${port}; location / { proxy_pass ${upstream}; ${lines} } ${files}`
  const cache = `proxy_cache_path ${home}/cache keys_zone=files:1m;`
  const http = `access_log off; ${cache} ${temporary} server { ${server} }`
  // Its own folder is closed to others; who is not root cannot name another user.
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  const file = join(home, 'nginx.conf')
  writeFileSync(file, `${user} daemon off; pid ${home}/pid; error_log stderr; events {} http { ${http} }`)
  const child = spawn('nginx', ['-e', 'stderr', '-p', home, '-c', file], { stdio: 'inherit' })
  t.teardown(() => child.kill('SIGTERM'))
  const address = `http://127.0.0.1:${port}`
  for (;;) {
    const answer = await fetch(`${address}/healthz`).catch(() => undefined)
    if (answer?.ok) return address
    await pause(50)
  }
}

const headers = { authorization: 'Bearer onr_test' }
const gzip = 'gzip on; gzip_types application/json; gzip_proxied any; gzip_min_length 0;'

t.test('every page passes through nginx as it comes', missing('nginx', 'nginx'), async (t) => {
  const client = await app(t)
  const pages = await pagesOf(client, await largeNewsroom(client, 100))
  const address = await nginx(t, await client.server.listen({ port: 0, host: '127.0.0.1' }))
  for (const page of pages)
    for (const coding of ['identity', 'gzip']) {
      const answer = await fetch(address + page, { headers: { 'accept-encoding': coding } })
      t.equal(answer.status, 200, `${coding} ${page}`)
      const same = (await answer.text()) === (await client.read(page)).body
      t.ok(same, 'the same words')
    }
})

t.test(
  'what is read through a proxy that compresses can be changed',
  missing('nginx', 'nginx'),
  async (t) => {
    const client = await app(t)
    const address = await nginx(t, await client.server.listen({ port: 0, host: '127.0.0.1' }), gzip)
    const { id } = await client.draft(ferry)
    const send = (method: string, path: string, tag: string, body?: object) =>
      fetch(`${address}/v1/${path}`, {
        method,
        headers: { ...headers, 'if-match': tag, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) })
      })
    async function tagOf(path: string) {
      const answer = await fetch(`${address}/v1/${path}?edition=draft`, { headers })
      const tag = answer.headers.get('etag')!
      t.match(tag, /^W\//, `${path} has a weak tag`)
      const known = { ...headers, 'if-none-match': tag }
      const again = await fetch(`${address}/v1/${path}?edition=draft`, { headers: known })
      t.equal(again.status, 304, 'which is known')
      return tag
    }
    const article = `articles/${id}`
    t.equal((await send('PATCH', article, await tagOf(article), { dek: 'Read this' })).status, 200)
    t.equal((await send('PUT', article, await tagOf(article), { title: 'The ferry' })).status, 200)
    for (const step of ['submit', 'approve', 'return'])
      t.equal(
        (await send('POST', `${article}/${step}`, await tagOf(article), { note: 'Read' })).status,
        200,
        step
      )
    t.equal((await send('DELETE', article, await tagOf(article))).status, 204)
  }
)

t.test('nginx keeps pictures, as the guide says, and asks no more', missing('nginx', 'nginx'), async (t) => {
  const client = await app(t)
  await client.put('/v1/media-settings', { widths: [64], formats: ['jpeg'] })
  const { id } = await uploaded(client, await pictureWith())
  await client.post(`/v1/media/${id}/credits`, { creditLine: 'Harbour Wire', creators: ['Ana'] })
  await rendered(client, id)
  const story = await client.draft({ leadMediaId: id })
  t.equal((await client.post(`/v1/articles/${story.id}/publish`)).status, 200)
  const { url } = (await client.read(`/v1/media/${id}`)).json<DraftMedia>().renditions![0]!
  let asked = 0
  client.server.server.on('request', ({ url = '' }) => {
    if (url.startsWith('/v1/files/')) asked++
  })
  const upstream = await client.server.listen({ port: 0, host: '127.0.0.1' })
  const [, guide] = /(location \/v1\/files\/ \{.*)/.exec(readFileSync('docs/pictures.md', 'utf8'))!
  const address = await nginx(t, upstream, '', guide!.replace('http://127.0.0.1:3000', upstream))
  const straight = await (await fetch(upstream + url)).arrayBuffer()
  const before = asked
  for (let i = 0; i < 3; i++) {
    const answer = await fetch(address + url)
    t.same(Buffer.from(await answer.arrayBuffer()), Buffer.from(straight))
    t.match(answer.headers.get('cache-control'), /immutable/)
    t.equal(answer.headers.get('content-security-policy'), "default-src 'none'; sandbox")
  }
  const part = await fetch(address + url, { headers: { range: 'bytes=2-5' } })
  t.equal(part.status, 206)
  t.same(Buffer.from(await part.arrayBuffer()), Buffer.from(straight).subarray(2, 6))
  t.equal(asked, before + 1, 'once for all of them')
})
