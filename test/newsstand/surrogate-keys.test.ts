// Surrogate keys: short enough for every proxy, and enough to purge by, whatever a page shows.
import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'
import t from 'tap'
import { inlined } from '../../fuzz/document.ts'
import type { Change } from '../../src/changes/log/schema.ts'
import { admin, app } from '../support/app.ts'
import { largeNewsroom, lists, pagesOf } from '../support/largest-pages.ts'

/** Bytes of the header fields as they came over the wire. */
const bytesOf = ({ rawHeaders }: IncomingMessage) =>
  rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text) + 2, 0)

/** What the README tells to purge after an event. */
function purged({ kind, action, articleId }: Change): string[] {
  if (kind === 'comment') return [articleId!, 'comments']
  return kind === 'article' && ['publish', 'withdraw', 'delete'].includes(action)
    ? [articleId!, ...lists]
    : []
}

t.test('no answer has more than 3 kB of headers, however much its page holds', async (t) => {
  const client = await app(t)
  const pages = await pagesOf(client, await largeNewsroom(client, 100))
  t.ok(pages.length > 20, `${pages.length} pages`)
  const tags = Array.from({ length: 20 }, (_, i) => `ferry-${i}-${'x'.repeat(70)}`)
  const long = `/v1/articles?limit=1&${new URLSearchParams(['budget', ...tags].slice(0, 20).map((tag) => ['tag', tag]))}`
  const address = await client.server.listen({ port: 0, host: '127.0.0.1' })
  for (const page of [...pages, long])
    for (const coding of ['identity', 'gzip']) {
      const asked = http.get(`${address}${page}`, {
        headers: { 'accept-encoding': coding, 'x-request-id': 'x'.repeat(64) }
      })
      const [answer] = (await once(asked, 'response')) as [IncomingMessage]
      answer.resume()
      t.equal(answer.statusCode, 200, page)
      t.ok(bytesOf(answer) < 3000, `${bytesOf(answer)} bytes for ${page}`)
      const keys = String(answer.headers['surrogate-key']).split(' ')
      t.equal(new Set(keys).size, keys.length, 'each key once')
    }
  const { headers, body } = await client.read(long)
  t.equal(headers.link, undefined, 'a link that is too long for a header')
  t.type(JSON.parse(body).next, 'string', 'is in the body alone')
})

t.test('whatever changes an answer purges a key that it names', async (t) => {
  const client = await app(t)
  const articles = await largeNewsroom(client, 40)
  const { data: sources } = (await client.read(`/v1/sources?article=${articles[1]}`)).json<{
    data: { id: string }[]
  }>()
  const { data: comments } = (await client.read('/v1/comments')).json<{ data: { id: string }[] }>()
  const pages = await pagesOf(client, articles)
  const at = (id: string, step: string) => client.post(`/v1/articles/${id}/${step}`)
  const changed = new Set<string>()

  const look = () =>
    Promise.all(
      pages.map(async (page) => {
        const { status, headers, body } = await client.read(page)
        return { page, keys: String(headers['surrogate-key']).split(' '), said: `${status} ${body}` }
      })
    )
  async function purges(what: string, work: () => Promise<unknown>) {
    const before = await look()
    const [last] = await client.db.read.q
      .select({ seq: client.db.read.t.changes.seq })
      .from(client.db.read.t.changes)
      .orderBy(client.db.read.t.changes.seq)
      .then((rows) => rows.slice(-1))
    await work()
    const { data } = (await client.get(`/v1/changes?after=${last!.seq}`)).json<{ data: Change[] }>()
    const gone = new Set(data.flatMap(purged))
    const after = await look()
    for (const [i, { page, keys, said }] of before.entries()) {
      if (said === after[i]!.said) continue
      changed.add(page)
      t.ok(
        keys.some((key) => gone.has(key)),
        `${what} purges ${page}`
      )
    }
  }

  const [first, second, third] = articles as [string, string, string]
  await purges('publishing anew', async () => {
    await client.patch(`/v1/articles/${second}`, { dek: 'Read this' })
    await at(second, 'publish')
  })
  await purges('a source that another article publishes', async () => {
    for (const { id } of sources) await client.patch(`/v1/sources/${id}`, { role: 'captain' })
    await at(second, 'publish')
  })
  await purges('a source that is renewed', async () => {
    await client.patch(`/v1/sources/${sources[0]!.id}`, { role: 'engineer' })
    await client.post(`/v1/sources/${sources[0]!.id}/republish`)
  })
  await purges('a new article', () => largeNewsroom(client, 1, 100))
  await purges('a comment that is rejected', () => client.post(`/v1/comments/${comments[0]!.id}/reject`))
  await purges('withdrawing', () => at(third, 'withdraw'))
  await purges('publishing what was withdrawn', () => at(third, 'publish'))
  await purges('withdrawing the article that was asked for', () => at(first, 'withdraw'))
  t.ok(changed.size > pages.length * 0.7, `${changed.size} of ${pages.length} pages were changed`)
})

t.test('HEAD says what GET says, whatever the status', async (t) => {
  const client = await app(t)
  const pages = await pagesOf(client, await largeNewsroom(client, 2))
  const paths = Object.entries(inlined(client.document).paths as Record<string, { get?: object }>)
  const ofDocument = paths.flatMap(([path, { get }]) => (get && !path.includes('stream') ? [path] : []))
  const ask = async (method: 'GET' | 'HEAD', url: string, headers: Record<string, string>) => {
    const answer = await client.server.inject({ method, url, headers })
    const { date: _, 'x-request-id': _id, ratelimit: _r, ...said } = answer.headers
    // What is counted anew for each answer, or names the request, is as long as it is.
    if (/metrics|healthz|readyz/.test(url) || answer.statusCode >= 400) delete said['content-length']
    return { status: answer.statusCode, said, tag: answer.headers.etag }
  }
  let unchanged = 0
  for (const url of [...pages, ...ofDocument, ...ofDocument.map((path) => `${path}?edition=draft`)])
    for (const authorization of [{}, { authorization: `Bearer ${admin}` }]) {
      const known = await ask('GET', url, authorization as Record<string, string>)
      const tag = known.tag ? { 'if-none-match': String(known.tag) } : {}
      for (const more of [{}, tag]) {
        const headers = { ...authorization, ...more } as Record<string, string>
        const [get, head] = [await ask('GET', url, headers), await ask('HEAD', url, headers)]
        t.strictSame(head, get, `${url} ${JSON.stringify(more)}`)
        if (head.status === 304) unchanged++
      }
    }
  t.ok(unchanged > pages.length, `${unchanged} of them 304`)
})
