// Addresses that articles had in other systems, and where they lead.
import t from 'tap'
import type { Redirect } from '../../src/formats/redirects/schema.ts'
import { keepAddresses } from '../../src/importing/systems/writing/store.ts'
import { app, type Client } from '../support/app.ts'

type Page = { data: Redirect[]; next: string | null }

/** A published article that had these addresses. */
async function moved({ db, post, draft }: Client, slug: string, paths: string[]) {
  const { id } = await draft({ slug, quotes: [] })
  await db.write('test', (tx) =>
    keepAddresses(
      tx,
      paths.map((path) => ({ path, articleId: id }))
    )
  )
  await post(`/v1/articles/${id}/publish`)
  return id
}

t.test('an old address leads to where the article is now, while it is published', async (t) => {
  const client = await app(t)
  const { read, put, post, patch } = client
  const leads = async (from: string) =>
    (await read(`/v1/redirects?${new URLSearchParams({ from })}`))
      .json<Page>()
      .data.map(({ from, to }) => [from, to])
  const draft = await client.draft({ slug: 'draft-ferry' })
  await client.db.write('test', (tx) =>
    keepAddresses(
      tx,
      ['/draft/', '/draft/?p=1'].map((path) => ({ path, articleId: draft.id }))
    )
  )
  t.strictSame((await read('/v1/redirects')).json<Page>(), { data: [], next: null }, 'drafts are not told')
  const id = await moved(client, 'late-ferry', ['/2019/late-ferry/', '/?p=13', '/caf%c3%a9', '/late'])
  const to = '/articles/late-ferry'
  const all = await read('/v1/redirects')
  t.strictSame(
    all.json<Page>().data,
    ['/2019/late-ferry/', '/?p=13', '/caf%c3%a9', '/late'].map((from) => ({
      ...{ from, to, status: 301, articleId: id }
    })),
    'paths of the reference site, where nobody said what the front page is'
  )
  t.match(all.headers, { 'surrogate-key': 'articles publisher', 'cache-control': /public/, etag: /./ })
  const again = await read('/v1/redirects', { headers: { 'if-none-match': String(all.headers.etag) } })
  t.equal(again.status, 304)
  await put('/v1/publisher', { name: 'Gazette', url: 'https://news.example' })
  const page = `https://news.example${to}`
  t.strictSame(await leads('/2019/late-ferry/'), [['/2019/late-ferry/', page]])
  t.strictSame(await leads('https://old.example/2019/late-ferry/?utm_source=x'), [
    ['/2019/late-ferry/', page]
  ])
  t.strictSame(await leads('/2019/late-ferry'), [['/2019/late-ferry/', page]], 'a slash less')
  t.strictSame(await leads('/late/'), [['/late', page]], 'a slash more')
  t.strictSame(await leads('/café'), [['/caf%c3%a9', page]], 'whatever the digits of the encoding are')
  t.strictSame(await leads('/?p=13'), [['/?p=13', page]])
  t.strictSame(await leads('/?p=14'), [], 'the front page is no old address')
  const embedded = (url: string) => read(`/v1/oembed?${new URLSearchParams({ url })}`)
  t.match(await embedded('https://news.example/2019/late-ferry/'), { status: 200, body: /late-ferry/ })
  t.equal((await embedded('https://news.example/2019/early-ferry/')).status, 404)
  t.strictSame(await leads('/'), [])
  t.strictSame(await leads('http://['), [])
  const first = (await read('/v1/redirects?limit=3')).json<Page>()
  const rest = await read(`/v1/redirects?limit=3&cursor=${first.next}`)
  t.strictSame([first.data.length, rest.json<Page>().data.map(({ from }) => from)], [3, ['/late']])
  t.match((await read('/v1/redirects?limit=3')).headers.link, /rel="next"/)
  t.equal((await read('/v1/redirects?cursor=x')).status, 400)

  await put('/v1/publisher', { name: 'Gazette', articleUrl: 'https://news.example/2019/{slug}/' })
  t.strictSame(await leads('/2019/late-ferry/'), [], 'what has its path still leads nowhere')
  t.strictSame(await leads('/late'), [['/late', 'https://news.example/2019/late-ferry/']])
  await client.db.write('test', (tx) =>
    keepAddresses(
      tx,
      ['/2019/late-ferry'].map((path) => ({ path, articleId: id }))
    )
  )
  t.strictSame(await leads('/2019/late-ferry'), [
    ['/2019/late-ferry', 'https://news.example/2019/late-ferry/']
  ])
  t.strictSame(await leads('/2019/late-ferry/'), [], 'nor by a slash less')
  await patch(
    `/v1/articles/${id}`,
    { slug: 'no-ferry' },
    { headers: { 'content-type': 'application/merge-patch+json' } }
  )
  await post(`/v1/articles/${id}/publish`)
  t.strictSame(await leads('/late'), [['/late', 'https://news.example/2019/no-ferry/']])
  await post(`/v1/articles/${id}/withdraw`, { reason: 'wrong' })
  t.strictSame(await leads('/late'), [], 'what is withdrawn is not led to')
})

t.test('redirects are files for web servers', async (t) => {
  const client = await app(t)
  const hard = '/a"b\\c/:d/*;{?x="y\\z&q=$1'
  await moved(client, 'one', [hard, '/a,b'])
  await moved(client, 'two', ['/two'])
  await client.put('/v1/publisher', { articleUrl: 'https://news.example/{slug}?$a', name: 'Gazette' })
  const file = async (name: string) => {
    const { status, headers, body } = await client.read(`/v1/redirects/${name}`)
    t.match(headers, { 'surrogate-key': 'articles publisher', etag: /./ })
    return [status, headers['content-type'], body]
  }
  const plain = 'text/plain; charset=utf-8'
  t.strictSame(await file('nginx'), [
    200,
    plain,
    [
      '"/a\\"b\\\\c/:d/*;{?x=\\"y\\\\z&q=$1" "https://news.example/one?%24a";',
      '"/a,b" "https://news.example/one?%24a";',
      '"/two" "https://news.example/two?%24a";\n'
    ].join('\n')
  ])
  t.strictSame(await file('netlify'), [
    200,
    plain,
    [
      '/a"b\\c/%3Ad/%2A;{ x="y\\z q=$1 https://news.example/one?$a 301',
      '/a,b https://news.example/one?$a 301',
      '/two https://news.example/two?$a 301\n'
    ].join('\n')
  ])
  t.strictSame(await file('csv'), [
    200,
    'text/csv; charset=utf-8',
    [
      'from,to,status',
      '"/a""b\\c/:d/*;{?x=""y\\z&q=$1",https://news.example/one?$a,301',
      '"/a,b",https://news.example/one?$a,301',
      '/two,https://news.example/two?$a,301\r\n'
    ].join('\r\n')
  ])
  t.equal((await client.read('/v1/redirects/csv?page=2')).body, 'from,to,status\r\n')
  t.equal((await client.read('/v1/redirects/apache')).status, 400)
})

t.test('a file has ten thousand redirects, and names the next', async (t) => {
  const client = await app(t)
  const id = await moved(client, 'many', [])
  await client.db.write('test', async (tx) => {
    for (let i = 0; i < 11; i++)
      await keepAddresses(
        tx,
        Array.from({ length: 1000 }, (_, j) => ({ path: `/${i}/${j}`, articleId: id }))
      )
  })
  const first = await client.read('/v1/redirects/nginx')
  t.equal(first.body.split('\n').length, 10_001)
  t.match(first.headers.link, '</v1/redirects/nginx?page=2>; rel="next"')
  t.equal((await client.read('/v1/redirects/nginx?page=2')).body.split('\n').length, 1001)
})

t.test('the site answers an old address with 301', async (t) => {
  const client = await app(t, { config: { ONRECORD_SITE: 'on' } })
  const { server } = client
  const id = await moved(client, 'late-ferry', [
    '/2019/late/',
    '/?p=13',
    '/articles/13-late',
    '/sections/x/late'
  ])
  const visit = async (url: string, method: 'GET' | 'HEAD' | 'POST' = 'GET') => {
    const { statusCode, headers, body } = await server.inject({ url, method })
    return { status: statusCode, headers, body }
  }
  for (const url of ['/2019/late/', '/2019/late?utm=1', '/?p=13', '/articles/13-late', '/sections/x/late'])
    for (const method of ['GET', 'HEAD'] as const) {
      const { status, headers, body } = await visit(url, method)
      t.strictSame(
        [status, headers.location, headers['surrogate-key'], body],
        [301, '/articles/late-ferry', id, ''],
        url
      )
      t.match(headers['cache-control'], /public/)
    }
  t.equal((await visit('/2019/late/', 'POST')).status, 404)
  t.equal((await visit('/2019/never/')).status, 404)
  t.equal((await visit('/articles/never')).status, 404)
  t.equal((await visit('/?p=14')).status, 200)
  t.equal((await visit('/v1/redirects/')).status, 404)
  await client.patch(
    `/v1/articles/${id}`,
    { slug: 'now' },
    { headers: { 'content-type': 'application/merge-patch+json' } }
  )
  await client.post(`/v1/articles/${id}/publish`)
  t.equal((await visit('/?p=13')).headers.location, '/articles/now')
  await client.post(`/v1/articles/${id}/withdraw`, { reason: 'wrong' })
  t.equal((await visit('/2019/late/')).status, 404)
  t.equal((await visit('/articles/13-late')).status, 404)
  t.equal((await visit('/articles/now')).status, 410)
})
