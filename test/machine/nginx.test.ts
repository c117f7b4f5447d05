// Behind nginx as it comes, and behind one that compresses.
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { app, ferry, folder } from '../app.ts'
import { freePort } from '../free-port.ts'
import { largeNewsroom, pagesOf } from '../largest-pages.ts'
import { missing } from './programs.ts'

/** Starts nginx before a service with nothing but these lines beside `proxy_pass`. Answers its address. */
async function nginx(t: Test, upstream: string, lines = '') {
  const home = folder(t)
  const port = await freePort()
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${home}/${name};`)
    .join(' ')
  const server = `listen 127.0.0.1:${port}; location / { proxy_pass ${upstream}; ${lines} }`
  const http = `access_log off; ${temporary} server { ${server} }`
  const file = join(home, 'nginx.conf')
  writeFileSync(file, `daemon off; pid ${home}/pid; error_log stderr; events {} http { ${http} }`)
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
