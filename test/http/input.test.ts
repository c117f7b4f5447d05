import { type AddressInfo, connect } from 'node:net'
import Sqlite from 'better-sqlite3'
import t, { type Test } from 'tap'
import { inlined } from '../../fuzz/document.ts'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import type { Problem } from '../../src/http/problems.ts'
import { type Answer, admin, app, type Client, onlyInFile } from '../support/app.ts'
import { publicLists } from '../support/lists.ts'
import { raw } from './raw-socket.ts'

interface Operation {
  operationId: string
  requestBody?: { content: Record<string, { schema: { $ref: string } }> }
  parameters?: { in: string; name: string }[]
}

const json = { 'content-type': 'application/json' }

/** A refusal in short: its status, its kind and the places it names. */
function refusal(answer: Pick<Answer, 'status' | 'body'>) {
  const { type, errors = [] } = JSON.parse(answer.body) as Problem
  return [answer.status, type.replace('/problems/', ''), ...errors.map(({ pointer }) => pointer)]
}

/** Everything there is at the desk, and every token. */
async function everything({ get }: Client) {
  const answers = publicLists.map((list) => get(`/v1/${list}?edition=draft&limit=100`))
  return (await Promise.all([...answers, get('/v1/tokens')])).map(({ body }) => body)
}

/** A story with a record of every kind, published, and the addresses its records can be sent to. */
async function newsroom(client: Client) {
  const { draft, post } = client
  const story = await draft({
    leadMediaId: 'lead',
    media: [{ key: 'lead', kind: 'image', credits: [{ creditLine: 'Ana' }] }]
  })
  const correction = await post(`/v1/articles/${story.id}/corrections`, { kind: 'update', text: 'x' })
  await post(`/v1/articles/${story.id}/publish`)
  const comment = await post(`/v1/articles/${story.id}/comments`, { author: { name: 'Ines' }, body: 'Yes.' })
  const token = await client.token('editor')
  const webhook = await post('/v1/webhooks', { url: 'https://site.example/', events: ['token.revoked'] })
  const ban = await post('/v1/bans', { kind: 'network', value: 'x'.repeat(22) })
  await client.put('/v1/publisher', { url: 'https://site.example/' })
  const term = await post('/v1/blocked-terms', { kind: 'word', term: 'x', outcome: 'hold' })
  const [quote, media] = [story.quotes[0]!, story.media[0]!]
  const ids: Record<string, string> = {
    articles: story.id,
    trash: story.id,
    quotes: quote.id,
    attributions: quote.attributions[0]!.id,
    sources: story.sources[0]!.id,
    media: media.id,
    'media-credits': media.credits[0]!.id,
    corrections: correction.json<{ id: string }>().id,
    comments: comment.json<{ id: string }>().id,
    tokens: token.id,
    webhooks: webhook.json<{ id: string }>().id,
    bans: ban.json<{ id: string }>().id,
    'blocked-terms': term.json<{ id: string }>().id,
    // Nothing here gets as far as to look for one of these.
    imports: 'imp_01k9v3w8zhe5ra4gxm7y2bqd6c',
    exports: 'exp_01k9v3w8zhe5ra4gxm7y2bqd6c',
    allegations: 'alg_01k9v3w8zhe5ra4gxm7y2bqd6c',
    'reply-requests': 'req_01k9v3w8zhe5ra4gxm7y2bqd6c',
    'error-reports': 'err_01k9v3w8zhe5ra4gxm7y2bqd6c',
    previews: 'prv_01k9v3w8zhe5ra4gxm7y2bqd6c',
    reviews: 'rev_01k9v3w8zhe5ra4gxm7y2bqd6c',
    uploads: 'upl_01k9v3w8zhe5ra4gxm7y2bqd6c'
  }
  return { story, ids }
}

/** A path with all its parameters but the id of its record. */
const within = (path: string) =>
  path
    .replace('{digest}/{name}', `${'0'.repeat(64)}/320.jpg`)
    .replace('{kind}', 'gone')
    .replace('{number}', '1')
    .replace('{key}', 'x'.repeat(22))
    .replace('{format}', 'rss')
    .replace('{name}', 'index')
    .replace('{file}', 'nginx')
    .replace('{system}', 'wire')
    .replace('{deliveryId}', 'dlv_01k9v3w8zhe5ra4gxm7y2bqd6c')

/** The content type of the body of an operation. */
const typeOf = (operationId: string) =>
  ({ importPage: 'text/plain', appendToUpload: 'application/offset+octet-stream' })[operationId] ??
  'application/json'

/** What operations have to be asked: a search for words, a report for a span of time. */
const needed: Record<string, string> = {
  '/v1/search': '?q=x',
  '/v1/oembed': '?url=https://news.example/late-ferry',
  '/v1/reports/credits': '?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z',
  '/v1/reports/sources': '?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z'
}

/** Every operation of the document, at the records of a newsroom, with the body it gives as an example. */
function operations({ document }: Client, ids: Record<string, string>) {
  const { paths, components } = inlined(document) as unknown as {
    paths: Record<string, Record<string, Operation>>
    components: { schemas: Record<string, { examples?: unknown[] }> }
  }
  const exampleOf = ({ requestBody }: Operation) => {
    const [content] = Object.values(requestBody?.content ?? {})
    const schema = content && components.schemas[content.schema.$ref.split('/').at(-1)!]
    return content && JSON.stringify(schema?.examples?.[0] ?? 'a page')
  }
  return Object.entries(paths).flatMap(([path, methods]) => {
    // A backup would be made while others are at work; nothing here gets as far as to look for one.
    const id = ids[path.split('/')[2] ?? ''] ?? 'bak_01k9v3w8zhe5ra4gxm7y2bqd6c'
    const named = within(path).replace('{id}', id)
    const url = named + (needed[path] ?? '')
    return Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
      url,
      example: exampleOf(operation),
      takes: (operation.parameters ?? []).flatMap((one) => (one.in === 'query' ? [one.name] : []))
    }))
  })
}

/** The address, ready for one parameter more. */
const asking = (url: string) => `${url}${url.includes('?') ? '&' : '?'}`

/** Runs what should be refused; afterwards everything must be as it was. */
async function unchanged(t: Test, client: Client, work: () => Promise<void>) {
  const before = await everything(client)
  await work()
  t.strictSame(await everything(client), before, 'nothing was written')
}

t.test('what is wrong with a body is named place by place, and nothing is written', async (t) => {
  const client = await app(t)
  const { ids } = await newsroom(client)
  const { post, call } = client
  const article = { title: 'x' }
  const line = { _type: 'block', children: [{ _type: 'span', text: 'x' }] }
  const bodies: [string, object, ...string[]][] = [
    ['/v1/articles', {}, '/title'],
    ['/v1/articles', [], ''],
    ['/v1/articles', { title: '' }, '/title'],
    ['/v1/articles', { title: 1 }, '/title'],
    ['/v1/articles', { title: null }, '/title'],
    ['/v1/articles', { ...article, titel: 'x' }, '/titel'],
    ['/v1/articles', { ...article, id: ids.articles }, '/id'],
    ['/v1/articles', { ...article, status: 'published', version: 9 }, '/status', '/version'],
    ['/v1/articles', { ...article, 'a/b~c': 1 }, '/a~1b~0c'],
    ['/v1/articles', { ...article, tags: 'ferry' }, '/tags'],
    ['/v1/articles', { ...article, tags: ['a', 'a'] }, '/tags'],
    ['/v1/articles', { ...article, tags: ['a', 1, ''] }, '/tags/1', '/tags/2'],
    ['/v1/articles', { ...article, slug: 'Not A Slug' }, '/slug'],
    ['/v1/articles', { ...article, language: 'english please' }, '/language'],
    ['/v1/articles', { ...article, language: 'en_GB' }, '/language'],
    ['/v1/articles', { ...article, bylines: [{ role: 'x', age: 3 }] }, '/bylines/0/age', '/bylines/0/name'],
    [
      '/v1/articles',
      { ...article, origin: { url: 'x', copyright: 'y' } },
      '/origin/copyright',
      '/origin/url'
    ],
    ['/v1/articles', { ...article, canonicalUrl: 'javascript:alert(1)' }, '/canonicalUrl'],
    ['/v1/articles', { ...article, canonicalUrl: 'ftp://a.example' }, '/canonicalUrl'],
    ['/v1/articles', { ...article, canonicalUrl: 'https://a b' }, '/canonicalUrl'],
    ['/v1/articles', { ...article, leadMediaId: 'not a reference' }, '/leadMediaId'],
    ['/v1/articles', { ...article, commentPolicy: { mode: 'sometimes' } }, '/commentPolicy/mode'],
    ['/v1/articles', { ...article, extra: [] }, '/extra'],
    [
      '/v1/articles',
      { title: 1, dek: 2, summary: [], section: {} },
      '/dek',
      '/section',
      '/summary',
      '/title'
    ],
    ['/v1/articles', { ...article, body: 'words' }, '/body'],
    ['/v1/articles', { ...article, body: {} }, '/body'],
    ['/v1/articles', { ...article, body: { text: 'x', html: 'y' } }, '/body'],
    ['/v1/articles', { ...article, body: { text: 1 } }, '/body/text'],
    ['/v1/articles', { ...article, body: { docx: 'x' } }, '/body'],
    ['/v1/articles', { ...article, body: [line, { ...line, style: 'h1' }] }, '/body/1/style'],
    ['/v1/articles', { ...article, body: [{ _type: 'video' }] }, '/body/0/_type'],
    ['/v1/articles', { ...article, body: [{ _type: 'block' }] }, '/body/0/children'],
    [
      '/v1/articles',
      {
        ...article,
        body: [{ ...line, markDefs: [{ _type: 'link', _key: 'l', href: 'javascript:alert(1)' }] }]
      },
      '/body/0/markDefs/0/href'
    ],
    ['/v1/articles', { ...article, sources: [{ kind: 'robot', name: 'x' }] }, '/sources/0/kind'],
    ['/v1/articles', { ...article, sources: [{ kind: 'person', name: 'x', key: 'a b' }] }, '/sources/0/key'],
    [
      '/v1/articles',
      { ...article, quotes: [{ text: 'x', attributions: [{}] }] },
      '/quotes/0/attributions/0/hops'
    ],
    ['/v1/sources', { kind: 'person', name: 'x'.repeat(301) }, '/name'],
    ['/v1/sources', { kind: 'person', name: true }, '/name'],
    ['/v1/sources', { kind: 'person', name: 'x', sameAs: ['x'] }, '/sameAs/0'],
    ['/v1/sources', { kind: 'person', name: 'x', url: 'javascript:alert(1)' }, '/url'],
    ['/v1/media', { kind: 'image', width: '1' }, '/width'],
    ['/v1/media', { kind: 'image', width: 1.5, height: 0 }, '/height', '/width'],
    ['/v1/media', { kind: 'image', credits: [] }, '/credits'],
    [
      `/v1/media/${ids.media}/credits`,
      { creditLine: 'x', licence: { url: 'x' } },
      '/licence/name',
      '/licence/url'
    ],
    [`/v1/articles/${ids.articles}/quotes`, { text: 'x', kind: 'shouted', text2: 'y' }, '/kind', '/text2'],
    [`/v1/articles/${ids.articles}/attributions`, { claim: 'x' }, '/hops'],
    [`/v1/articles/${ids.articles}/attributions`, { claim: 'x', hops: [{ relation: 'said' }] }, '/hops/0'],
    [
      `/v1/articles/${ids.articles}/attributions`,
      { claim: 'x', hops: [{ relation: 'said', sourceId: 'a', unnamed: { description: 'x' } }] },
      '/hops/0'
    ],
    [
      `/v1/articles/${ids.articles}/attributions`,
      { claim: 'x', hops: [{ relation: 'said', unnamed: { description: 'x', name: 'Bo' } }] },
      '/hops/0/unnamed/name'
    ],
    [`/v1/articles/${ids.articles}/corrections`, { kind: 'oops', text: 'x' }, '/kind'],
    [
      `/v1/articles/${ids.articles}/comments`,
      { author: { name: 'x', admin: true }, body: 'x' },
      '/author/admin'
    ],
    [
      `/v1/articles/${ids.articles}/comments`,
      { author: {}, body: '', status: 'approved' },
      '/author/name',
      '/body',
      '/status'
    ],
    ['/v1/tokens', { name: 'x', role: 'owner' }, '/role'],
    ['/v1/tokens', { name: 'x', role: 'admin', token: 'onr_mine' }, '/token']
  ]
  await unchanged(t, client, async () => {
    for (const [url, body, ...pointers] of bodies) {
      const [status, kind, ...named] = refusal(await post(url, body))
      const places = [...new Set(named)].sort()
      t.strictSame([status, kind, ...places], [400, 'invalid-input', ...pointers], JSON.stringify(body))
    }
    for (const [collection, id] of Object.entries(ids)) {
      if (
        [
          'tokens',
          'bans',
          'trash',
          'imports',
          'exports',
          'error-reports',
          'previews',
          'reviews',
          'uploads'
        ].includes(collection)
      )
        continue
      for (const method of ['PUT', 'PATCH']) {
        const options = { payload: { nonsense: 1 }, headers: { 'if-match': '*' } }
        const answer = await call(method, `/v1/${collection}/${id}`, options)
        t.match(refusal(answer), [400, 'invalid-input'], `${method} ${collection}`)
        t.ok(refusal(answer).includes('/nonsense'), 'the unknown field is named')
      }
    }
  })
})

t.test('a refusal says what would be right', async (t) => {
  const { post, get } = await app(t)
  const detail = async (answer: Promise<Answer>) => (await answer).json<Problem>().detail
  t.equal(
    await detail(post('/v1/sources', { kind: 'robot', name: 'x' })),
    'Body: /kind: must be one of: person, organization, document.'
  )
  t.equal(
    await detail(post('/v1/sources', { kind: 'person' })),
    'Body: /name: is missing. For example "Mara Lindqvist".'
  )
  t.equal(
    await detail(post('/v1/sources', { kind: 'robot' })),
    'Body: /name: is missing. For example "Mara Lindqvist". (and 1 more)'
  )
  t.equal(
    await detail(post('/v1/articles', { title: 'x', body: 'x' })),
    'Body: /body: must be exactly one of {"markdown": "..."}, {"html": "..."}, {"text": "..."}, or Portable Text: a list of blocks.'
  )
  t.equal(
    await detail(post('/v1/articles', { title: 'x', body: {} })),
    'Body: /body: must be exactly one of {"markdown": "..."}, {"html": "..."}, {"text": "..."}, or Portable Text: a list of blocks.'
  )
  const hop = { relation: 'said', sourceId: 'a', unnamed: { description: 'x' } }
  const story = { title: 'x', attributions: [{ claim: 'x', hops: [hop] }] }
  t.equal(
    await detail(post('/v1/articles', story)),
    'Body: /attributions/0/hops/0: must have exactly one of sourceId, articleId, unnamed, or `url` and none of them.'
  )
  t.equal(
    await detail(get('/v1/sources?order=name')),
    'The query: /order: is not known. Is sort meant? This takes: edition, limit, cursor, kind, article, name, alias, externalId, sameAs, q, sort, fields, include, count.'
  )
  t.equal(
    await detail(get('/v1/articles?edition=draft&kind=')),
    'The query: /kind: is not known. This takes: edition, limit, cursor, section, tag, author, source, language, publishedAt.gte, publishedAt.lt, updatedAt.gte, updatedAt.lt, translationOf, hasCorrection, status, externalId, q, sort, fields, include, count.'
  )
  t.equal(
    (
      await post('/v1/sources', {
        kind: 'person',
        ...Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`f${i}`, 1]))
      })
    ).json<Problem>().errors?.length,
    20,
    'twenty places at most'
  )
})

t.test('what is not JSON, or cannot be stored, is malformed', async (t) => {
  const client = await app(t)
  const { call } = client
  const send = (payload: string | Buffer, type = 'application/json') =>
    call('POST', '/v1/articles', { payload, headers: { 'content-type': type } })
  const bad: [string, string | Buffer, ...string[]][] = [
    ['nothing', ''],
    ['half an object', '{"title": "x"'],
    ['a comma too many', '{"title": "x",}'],
    ['single quotes', "{'title': 'x'}"],
    ['NaN', '{"title": NaN}'],
    ['two values', '{"title":"x"}{"title":"y"}'],
    [
      'invalid UTF-8',
      Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])
    ],
    [
      'half a character',
      Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xe2, 0x82]), Buffer.from('"}')])
    ],
    [
      'a surrogate in UTF-8',
      Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')])
    ],
    ['UTF-16', Buffer.from('{"title":"x"}', 'utf16le')],
    ['U+0000', String.raw`{"title":"a\u0000b"}`, '/title'],
    ['a lone high surrogate', String.raw`{"title":"a\ud800b"}`, '/title'],
    ['a lone low surrogate', String.raw`{"title":"\udc00"}`, '/title'],
    [
      'U+0000 deep inside',
      String.raw`{"title":"x","bylines":[{"name":"x"},{"name":"\u0000"}]}`,
      '/bylines/1/name'
    ],
    ['after a number', String.raw`{"title":"x","extra":{"n":1,"a":"\u0000"}}`, '/extra/a'],
    ['U+0000 in a name', String.raw`{"title":"x","extra":{"a\u0000":1}}`, '/extra/a\\u0000'],
    ['in a name with a slash', String.raw`{"title":"x","extra":{"a/b~c":"\u0000"}}`, '/extra/a~1b~0c'],
    ['__proto__', '{"title":"x","__proto__":{"a":1}}'],
    ['__proto__ inside', '{"title":"x","extra":{"__proto__":{"a":1}}}'],
    ['__proto__ by escape', String.raw`{"title":"x","extra":{"__pr\u006fto__":{"a":1}}}`],
    ['constructor.prototype', '{"title":"x","extra":{"constructor":{"prototype":{"a":1}}}}'],
    [
      'nested 10,000 objects deep',
      `{"title":"x","extra":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_001)}`,
      ''
    ],
    [
      'nested 10,000 arrays deep',
      `{"title":"x","extra":{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}}`,
      ''
    ],
    ['nested 500,000 deep', '['.repeat(500_000), ''],
    ['a text without an end', '{"title":"x'],
    ['no escape', String.raw`{"title":"x","\x":1}`],
    ['a comma alone', ',']
  ]
  await unchanged(t, client, async () => {
    for (const [title, payload, ...pointers] of bad)
      t.strictSame(refusal(await send(payload)), [400, 'malformed-json', ...pointers], title)
  })
  t.equal(({} as { a?: number }).a, undefined, 'no prototype was touched')
  const plain = await send(
    '{"title":"x","extra":{"constructor":{"name":"x"},"toString":1,"deep":{"a":[[[[1]]]]}}}'
  )
  t.equal(plain.status, 201)
  t.match(plain.body, '"extra":{"constructor":{"name":"x"},"toString":1,"deep":{"a":[[[[1]]]]}}')
  const merged = await client.patch(`/v1/articles/${plain.json<DraftArticle>().id}`, {
    extra: { toString: { a: 1 }, valueOf: { b: 2 }, constructor: null, deep: null }
  })
  t.match(merged.body, '"extra":{"toString":{"a":1},"valueOf":{"b":2}}')
  t.equal((await send('\ufeff{"title":"with a byte order mark"}')).status, 201)
  t.equal((await send('{"title":"x"}', 'Application/JSON; charset=utf-8')).status, 201)
})

t.test('a body of another content type is refused with those that are taken', async (t) => {
  const client = await app(t)
  const { ids } = await newsroom(client)
  const withBody = operations(client, ids).filter(({ requestBody }) => requestBody !== undefined)
  t.ok(withBody.length > 20)
  const accepted: Record<string, [string, string]> = {
    POST: ['accept', 'application/json'],
    PUT: ['accept', 'application/json'],
    PATCH: ['accept-patch', 'application/merge-patch+json, application/json']
  }
  await unchanged(t, client, async () => {
    for (const { method, url, operationId, requestBody } of withBody) {
      const [header, types] =
        operationId === 'importPage'
          ? ['accept', Object.keys(requestBody!.content).join(', ')]
          : operationId === 'createMedia'
            ? ['accept', Object.keys(requestBody!.content).join(', ')]
            : operationId === 'appendToUpload'
              ? ['accept-patch', 'application/offset+octet-stream']
              : accepted[method]!
      const sent = [
        operationId === 'importPage' ? 'application/xml+x' : 'application/xml',
        operationId === 'createMedia' ? 'multipart/mixed' : 'multipart/form-data',
        'application/json-patch+json',
        'nonsense',
        undefined
      ]
      for (const type of operationId === 'importPage' ? sent : ['text/html', ...sent]) {
        const headers = { 'if-match': '*', ...(type && { 'content-type': type }) }
        const answer = await client.call(method, url, { payload: Buffer.from('{"title":"x"}'), headers })
        t.strictSame(refusal(answer), [415, 'unsupported-media-type'], `${operationId} ${type}`)
        t.equal(answer.headers[header], types, operationId)
      }
    }
  })
  const pages = await client.call('POST', '/v1/imports', {
    payload: 'x',
    headers: { 'content-type': 'text/html; charset=klingon' }
  })
  t.strictSame(refusal(pages), [415, 'unsupported-media-type'])
})

t.test('a page is text in the charset it says', async (t) => {
  const { call } = await app(t)
  const send = (payload: Buffer, type: string) =>
    call('POST', '/v1/imports', { payload, headers: { 'content-type': type } })
  t.strictSame(refusal(await send(Buffer.from([0x61, 0xff]), 'text/plain')), [400, 'malformed-request'])
  t.strictSame(refusal(await send(Buffer.from('a\0b'), 'text/plain')), [400, 'malformed-request'])
  t.strictSame(refusal(await send(Buffer.from(''), 'text/plain')), [400, 'invalid-input', ''])
})

t.test('what takes no body is sent none', async (t) => {
  const client = await app(t)
  const { ids } = await newsroom(client)
  const bodiless = operations(client, ids).filter(
    ({ method, requestBody }) => method !== 'GET' && requestBody === undefined
  )
  t.ok(bodiless.length > 10)
  await unchanged(t, client, async () => {
    for (const { method, url, operationId } of bodiless) {
      for (const [type, payload] of [
        ['application/json', '{"force":true}'],
        ['application/json', 'null'],
        ['application/json', '[]'],
        ['text/plain', 'now'],
        ['application/xml', '<now/>'],
        [undefined, 'now'],
        ['text/plain', 'x'.repeat(3_000_000)]
      ] as const) {
        const headers = { 'if-match': '*', ...(type && { 'content-type': type }) }
        const answer = await client.call(method, url, { payload: Buffer.from(payload), headers })
        t.strictSame(refusal(answer), [400, 'invalid-input'], `${operationId} ${type}`)
        t.equal(answer.json<Problem>().detail, 'This takes no body.')
      }
      const broken = await client.call(method, url, { payload: '{', headers: { ...json, 'if-match': '*' } })
      t.strictSame(refusal(broken), [400, 'malformed-json'], operationId)
    }
  })
  const empty = await client.call('POST', `/v1/articles/${ids.articles}/publish`, {
    payload: '',
    headers: json
  })
  t.equal(empty.status, 200, 'an empty body is none')
  t.equal((await client.post(`/v1/articles/${ids.articles}/publish`, {})).status, 200, 'and so is {}')
})

t.test('a body too large is refused', async (t) => {
  const client = await app(t)
  const { ids } = await newsroom(client)
  const comments = `/v1/articles/${ids.articles}/comments`
  const comment = (length: number) => ({ author: { name: 'x' }, body: 'x'.repeat(length) })
  await unchanged(t, client, async () => {
    const story = { title: 'x', body: { text: 'x'.repeat(3_000_000) } }
    t.strictSame(refusal(await client.post('/v1/articles', story)), [413, 'too-large'])
    t.strictSame(refusal(await client.post(comments, comment(66_000))), [413, 'too-large'])
    t.strictSame(refusal(await client.post(comments, comment(10_001))), [400, 'invalid-input', '/body'])
  })
  t.equal((await client.post(comments, comment(10_000))).status, 201)
  t.equal(
    (await client.post('/v1/articles', { title: 'x', body: { text: 'x'.repeat(900_000) } })).status,
    201
  )
})

t.test('every address refuses a query parameter it does not know, and names it', async (t) => {
  const client = await app(t)
  const { ids } = await newsroom(client)
  await unchanged(t, client, async () => {
    for (const { method, url, operationId, takes, example } of operations(client, ids)) {
      for (const name of ['order', 'Limit', '__proto__', 'constructor', 'limit[]', '']) {
        const type = typeOf(operationId)
        const answer = await client.call(method, `${asking(url)}${encodeURIComponent(name)}=1`, {
          payload: example,
          headers: { 'if-match': '*', ...(example && { 'content-type': type }) }
        })
        t.match(refusal(answer), [400, 'invalid-input'], `${operationId}?${name}`)
        const [fault] = answer.json<Problem>().errors!.filter((one) => one.in === 'query')
        t.equal(fault?.pointer, `/${name}`, `${operationId}?${name}`)
        const known = takes.length > 0 ? `This takes: ${takes.join(', ')}.` : 'nothing is taken here.'
        t.ok(
          fault?.detail.startsWith('is not known') && fault.detail.endsWith(known),
          `${operationId}: ${fault?.detail}`
        )
      }
    }
  })
})

t.test('a page length is a number from 1 to 100, said once', async (t) => {
  const client = await app(t)
  const { ids } = await newsroom(client)
  const all = operations(client, ids).filter(({ takes }) => takes.includes('limit'))
  t.equal(all.length, 41)
  for (const { url } of all) {
    for (const limit of [
      '0',
      '101',
      '-1',
      '1e9',
      '1e1',
      '0x10',
      '%2010',
      '10x',
      '',
      'ten',
      '1.5',
      'NaN',
      'Infinity',
      '99999999999999999999'
    ]) {
      const answer = await client.get(`${asking(url)}limit=${limit}`)
      t.strictSame(refusal(answer), [400, 'invalid-input', '/limit'], `${url} ${limit}`)
    }
    t.strictSame(refusal(await client.get(`${asking(url)}limit=1&limit=2`)), [400, 'invalid-input', '/limit'])
    for (const limit of [1, 100]) t.equal((await client.get(`${asking(url)}limit=${limit}`)).status, 200)
  }
})

t.test('a cursor is only what a page gave', async (t) => {
  const client = await app(t)
  const { ids } = await newsroom(client)
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const all = operations(client, ids).filter(({ takes }) => takes.includes('cursor'))
  for (const { url, takes } of all) {
    const editions = takes.includes('edition') ? ['', 'edition=draft&'] : ['']
    for (const edition of editions) {
      const keys =
        /^\/v1\/(tokens|sections|tags|webhooks|bans|backups|exports|imports|blocked-terms|comments\/)\b/.test(
          url
        ) || edition !== ''
          ? 1
          : 2
      for (const cursor of [
        'x',
        '!!!',
        '%F0%9F%9A%A2',
        encode(null),
        encode(1),
        encode('art_1'),
        encode({}),
        encode({ length: keys, 0: 'x', 1: 'y' }),
        encode([]),
        encode(['a', 'b', 'c']),
        encode(Array(keys).fill(1)),
        encode(Array(keys).fill(null)),
        encode(Array(keys === 1 ? 2 : 1).fill('a')),
        `${encode(Array(keys).fill('a'))}=`,
        `${encode(Array(keys).fill('a'))}x`,
        Buffer.from(`[ ${Array(keys).fill('"a"')} ]`).toString('base64url'),
        Buffer.from([0xff, 0xfe]).toString('base64url')
      ]) {
        const answer = await client.get(`${asking(url)}${edition}cursor=${cursor}`)
        t.strictSame(refusal(answer), [400, 'invalid-cursor', '/cursor'], `${url} ${edition} ${cursor}`)
      }
    }
    for (const cursor of ['', 'x'.repeat(501)])
      t.strictSame(refusal(await client.get(`${asking(url)}cursor=${cursor}`)), [
        400,
        'invalid-input',
        '/cursor'
      ])
    t.strictSame(refusal(await client.get(`${asking(url)}cursor=a&cursor=b`)), [
      400,
      'invalid-input',
      '/cursor'
    ])
  }
})

t.test('an id has the form of its kind', async (t) => {
  const client = await app(t)
  const { ids } = await newsroom(client)
  await unchanged(t, client, async () => {
    for (const { method, path, operationId, requestBody } of operations(client, ids)) {
      // Other systems have ids of any form.
      if (!path.includes('{id}') || ['getArticle', 'putExternalArticle'].includes(operationId)) continue
      for (const id of [
        '1',
        'xyz_01k9v3w8zhe5ra4gxm7y2bqd6c',
        `${ids[path.split('/')[2]!]}0`,
        "'%20or%201=1--"
      ]) {
        const payload = requestBody && '{"nonsense":1}'
        const answer = await client.call(method, within(path).replace('{id}', id), {
          payload,
          headers: { 'if-match': '*', ...(payload && { 'content-type': typeOf(operationId) }) }
        })
        // Reads at and below an article take its slug too, and a slug that nothing has is not found.
        if (method === 'GET' && path.startsWith('/v1/articles/')) {
          t.strictSame(refusal(answer), [404, 'not-found'], `${operationId} ${id}`)
          continue
        }
        t.strictSame(refusal(answer), [400, 'invalid-input', '/id'], `${operationId} ${id}`)
        t.equal(answer.json<Problem>().errors?.[0]?.in, 'path')
      }
    }
  })
  for (const name of ['1', "'%20or%201=1--", 'art_1', '%2e%2e%2f', 'x'.repeat(200)])
    t.strictSame(refusal(await client.read(`/v1/articles/${name}`)), [404, 'not-found'], name)
  t.strictSame(refusal(await client.read(`/v1/articles/${'x'.repeat(201)}`)), [400, 'invalid-input', '/id'])
})

t.test('no address has U+0000 in it, as no body has', async (t) => {
  const client = await app(t)
  const { ids } = await newsroom(client)
  for (const { method, path, operationId, parameters = [], requestBody } of operations(client, ids)) {
    const options = { payload: requestBody && {}, headers: { 'if-match': '*' } }
    if (path.includes('{id}')) {
      const answer = await client.call(method, within(path).replace('{id}', 'a%00b'), options)
      t.strictSame(refusal(answer), [400, 'malformed-request', '/id'], operationId)
      t.match(answer.json<Problem>(), { errors: [{ in: 'path', detail: /leave it out/ }] })
    }
    for (const { name, in: part } of parameters) {
      if (part !== 'query') continue
      const answer = await client.call(method, `${within(path)}?${name}=a%00b`, options)
      t.strictSame(refusal(answer), [400, 'malformed-request', `/${name}`], `${operationId} ${name}`)
      t.equal(answer.json<Problem>().errors?.[0]?.in, 'query')
    }
  }
  for (const [url, pointer] of [
    ['/v1/articles?tag=a&tag=b%00', '/tag'],
    ['/v1/articles?a%2F%00=1', '/a~1\\u0000'],
    ['/v1/nowhere?a=%00', '/a'],
    ['/v1/%00', '']
  ] as const)
    t.strictSame(refusal(await client.read(url)), [400, 'malformed-request', pointer], url)
  // %2500 is the text "%00".
  t.equal((await client.read('/v1/articles?section=%2500')).status, 200)
  t.equal((await client.read('/v1/articles?section=%%00')).status, 200, 'which is not encoded rightly: text')
  await client.draft()
  const { next } = (await client.get('/v1/articles?edition=draft&limit=1')).json<{ next: string }>()
  const [list] = JSON.parse(Buffer.from(next, 'base64url').toString()) as [string]
  const forged = Buffer.from(JSON.stringify([list, 'a\0b'])).toString('base64url')
  t.strictSame(
    refusal(await client.get(`/v1/articles?edition=draft&limit=1&cursor=${forged}`)),
    [400, 'invalid-cursor', '/cursor'],
    'nor has a cursor'
  )
})

t.test('an address that is not one is refused', async (t) => {
  const { call, read } = await app(t)
  for (const url of ['/v1/articles/%zz', '/v1/articles/%', '/v1/articles/%C3%28', '/v1/nowhere/%zz'])
    for (const method of ['GET', 'POST', 'PUT'])
      t.match(refusal(await call(method, url)), [400, 'malformed-request'], `${method} ${url}`)
  t.strictSame(refusal(await read(`/v1/articles/${'x'.repeat(501)}`)), [414, 'uri-too-long'])
  for (const url of ['/', '/v1/', '/v1/nowhere', '/V1/articles', '/v2/articles', '/v1/articles/x/y/z'])
    for (const method of ['GET', 'POST', 'DELETE', 'PUT'])
      t.strictSame(refusal(await call(method, url, { token: null })), [404, 'not-found'], `${method} ${url}`)
  t.strictSame(refusal(await read('/v1/articles/')), [404, 'not-found'])
  t.match((await read('/v1/')).json(), { detail: 'There is nothing at this address. Is /v1 meant?' })
  t.match((await read('/')).json(), { detail: /^There is nothing at this address. Every address of the API/ })
  t.strictSame(refusal(await read('/problems/none')), [400, 'invalid-input', '/kind'])
})

t.test('a method that an address does not take is told those it takes', async (t) => {
  const client = await app(t)
  const { ids } = await newsroom(client)
  const all = operations(client, ids)
  const byUrl = Map.groupBy(all, ({ url }) => url)
  /** What other paths take that match this address too: to GET and DELETE `/comments/decisions` is a comment. */
  const elsewhere = (url: string, [own]: typeof all) =>
    all.flatMap(({ path, method }) =>
      path !== own!.path && new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(url) ? [method] : []
    )
  await unchanged(t, client, async () => {
    for (const [url, of] of byUrl) {
      const taken = of.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).sort()
      for (const method of [
        'GET',
        'POST',
        'PUT',
        'PATCH',
        'DELETE',
        'OPTIONS',
        'TRACE',
        'PROPFIND',
        'QUERY'
      ]) {
        if (taken.includes(method) || elsewhere(url, of).includes(method)) continue
        // tus tells by it what it can.
        if (method === 'OPTIONS' && url.startsWith('/v1/uploads')) continue
        const answer = await client.call(method, `${asking(url)}x=1`, {
          token: null,
          payload: method === 'POST' ? '{' : undefined
        })
        t.strictSame(refusal(answer), [405, 'method-not-allowed'], `${method} ${url}`)
        t.equal(answer.headers.allow, taken.join(', '), `${method} ${url}`)
      }
    }
  })
})

t.test('instants are those a clock knows, and are stored in UTC with milliseconds', async (t) => {
  const { post, get } = await app(t)
  for (const [sent, stored] of [
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
    ['2026-01-02T03:04Z', '2026-01-02T03:04:00.000Z'],
    ['2026-01-02t03:04:05.5z', '2026-01-02T03:04:05.500Z'],
    ['2026-01-02T03:04:05.123456789+02:00', '2026-01-02T01:04:05.123Z'],
    ['2026-01-01T00:30:00+01:00', '2025-12-31T23:30:00.000Z'],
    ['2024-02-29T23:59:59-05:30', '2024-03-01T05:29:59.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z']
  ] as const) {
    const answer = await post('/v1/media', { kind: 'image', capturedAt: sent })
    t.strictSame([answer.status, answer.json<{ capturedAt: string }>().capturedAt], [201, stored], sent)
  }
  for (const wrong of [
    '2026-02-30T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-12-31T23:59:60Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T25:00:00Z',
    '2026-01-01T00:00:00',
    '2026-01-01T00:00:00+25:00',
    '2026-01-01',
    '2026-01-01 00:00:00Z',
    'Mon, 02 Nov 2026 08:00:00 GMT',
    '0000-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    '+010000-01-01T00:00:00Z',
    'now',
    ''
  ]) {
    t.strictSame(
      refusal(await post('/v1/media', { kind: 'image', capturedAt: wrong })),
      [400, 'invalid-input', '/capturedAt'],
      wrong
    )
    const url = `/v1/articles?publishedAt.gte=${encodeURIComponent(wrong)}`
    t.strictSame(refusal(await get(url)), [400, 'invalid-input', '/publishedAt.gte'], url)
  }
  const at = '2026-01-01T00:30:00+01:00'
  const utc = '2025-12-31T23:30:00.000Z'
  const story = (
    await post('/v1/articles', {
      title: 'x',
      publishedAt: at,
      embargoUntil: at,
      commentPolicy: { mode: 'open', closesAt: at }
    })
  ).json<DraftArticle>()
  t.strictSame([story.publishedAt, story.embargoUntil, story.commentPolicy.closesAt], [utc, utc, utc])
})

t.test('every text that people see has a visible character', async (t) => {
  const client = await app(t)
  const { post, draft } = client
  const { id } = await draft({ commentPolicy: { mode: 'open' } })
  await post(`/v1/articles/${id}/publish`)
  const author = { name: 'Ines' }
  const places: [url: string, input: (text: string) => object, pointer: string][] = [
    ['/v1/articles', (title) => ({ title }), '/title'],
    ['/v1/articles', (section) => ({ title: 'x', section }), '/section'],
    ['/v1/articles', (tag) => ({ title: 'x', tags: ['ferry', tag] }), '/tags/1'],
    ['/v1/articles', (name) => ({ title: 'x', bylines: [{ name }] }), '/bylines/0/name'],
    ['/v1/articles', (name) => ({ title: 'x', sources: [{ kind: 'person', name }] }), '/sources/0/name'],
    ['/v1/sources', (name) => ({ kind: 'person', name }), '/name'],
    ['/v1/media', (caption) => ({ kind: 'image', caption }), '/caption'],
    [`/v1/articles/${id}/corrections`, (text) => ({ kind: 'update', text }), '/text'],
    [`/v1/articles/${id}/comments`, (body) => ({ author, body }), '/body'],
    [`/v1/articles/${id}/comments`, (name) => ({ author: { name }, body: 'x' }), '/author/name'],
    ['/v1/tokens', (name) => ({ name, role: 'editor' }), '/name']
  ]
  for (const blank of [' ', '\n\t', '\u200b', '\u00a0\u2003', '\u3164', '\u2800\u00ad', '\ufeff\u{e0020}'])
    for (const [url, input, pointer] of places) {
      const answer = await post(url, input(blank))
      t.strictSame(refusal(answer), [400, 'invalid-input', pointer], `${url} ${JSON.stringify(blank)}`)
      t.match(answer.json<Problem>().detail, /has no visible character: send words, or leave it out\.$/)
    }
  for (const seen of ['.', ' a ', 'े', '👩‍👩‍👧', 'ﷺ'])
    t.equal((await post('/v1/articles', { title: seen })).status, 201)
})

t.test(
  'a rule that is newer than a record holds for what a change makes of it',
  onlyInFile('it writes to the file of SQLite'),
  async (t) => {
    const { db, draft, patch, post, read } = await app(t)
    const { id } = await draft({ tags: ['a/b~c'] })
    const other = new Sqlite(db.file)
    other.exec(`update articles set title = ' ', section = char(8203), language = 'english'`)
    other.close()
    const url = `/v1/articles/${id}`
    t.match((await patch(url, { dek: 'More.' })).json(), { title: ' ', dek: 'More.', language: 'english' })
    t.strictSame(refusal(await patch(url, { section: ' ' })), [400, 'invalid-input', '/section'])
    t.strictSame(refusal(await patch(url, { tags: ['x', 'x'] })), [400, 'invalid-input', '/tags'])
    t.equal((await post(`${url}/publish`)).status, 200)
    t.match((await read(url)).json(), { title: ' ', dek: 'More.' })
  }
)

t.test('languages are BCP 47 tags', async (t) => {
  const { post } = await app(t)
  for (const language of ['en', 'en-GB', 'sr-Latn-RS', 'und', 'de-CH-1996', 'x-newsroom'].slice(0, 5)) {
    const answer = await post('/v1/articles', { title: 'x', language })
    t.strictSame([answer.status, answer.json<DraftArticle>().language], [201, language])
  }
  for (const language of ['', 'e', 'en_GB', 'en-', 'english!', 'en, de', '日本語', 'English', 'abcd'])
    t.strictSame(
      refusal(await post('/v1/articles', { title: 'x', language })),
      [400, 'invalid-input', '/language'],
      language
    )
})

t.test('a filter that the other edition has is refused here', async (t) => {
  const { get } = await app(t)
  for (const [url, name, detail] of [
    ['/v1/articles?status=draft', 'status', 'needs edition=draft.'],
    ['/v1/articles?edition=published&status=published', 'status', 'needs edition=draft.'],
    ['/v1/comments?status=pending', 'status', 'needs edition=draft.'],
    ['/v1/media-credits?edition=draft&creator=Ana', 'creator', 'is for the published edition only.'],
    ['/v1/media-credits?edition=draft&supplier=AFP', 'supplier', 'is for the published edition only.']
  ] as const) {
    const answer = await get(url)
    t.equal(answer.status, 400, url)
    t.strictSame(answer.json<Problem>().errors, [{ in: 'query', pointer: `/${name}`, detail }])
    t.equal(answer.json<Problem>().detail, `The query: /${name}: ${detail}`)
  }
  for (const [url, name] of [
    ['/v1/quotes?kind=loud', 'kind/0'],
    ['/v1/quotes?source=Mara', 'source/0'],
    ['/v1/attributions?unnamed=maybe', 'unnamed'],
    ['/v1/articles?section=', 'section/0'],
    ['/v1/articles?tag=a,,b', 'tag/1'],
    ['/v1/articles/x?body=pdf', 'body'],
    ['/v1/articles?language=english!', 'language/0']
  ] as const)
    t.strictSame(refusal(await get(url)), [400, 'invalid-input', `/${name}`], url)
})

t.test('what is not HTTP is answered with a problem, and the server stays up', async (t) => {
  const { server } = await app(t)
  await server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.addresses()[0] as AddressInfo
  const host = 'Host: localhost\r\nConnection: close\r\n'
  for (const [title, bytes, status, kind] of [
    ['a garbage line', 'HELLO\r\n\r\n', 400, 'malformed-request'],
    ['a wrong version', `GET / HTTP/9.9\r\n${host}\r\n`, 400, 'malformed-request'],
    [
      'a header without a colon',
      `GET /v1/articles HTTP/1.1\r\n${host}nonsense\r\n\r\n`,
      400,
      'malformed-request'
    ],
    [
      'a length that is none',
      `POST /v1/articles HTTP/1.1\r\n${host}Content-Length: x\r\n\r\n`,
      400,
      'malformed-request'
    ],
    [
      'headers too large',
      `GET /v1/articles HTTP/1.1\r\n${host}X: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers-too-large'
    ],
    [
      'an address too long',
      `GET /v1/articles?x=${'x'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n`,
      431,
      'headers-too-large'
    ],
    ['a broken address', `GET /v1/articles/%zz HTTP/1.1\r\n${host}\r\n`, 400, 'malformed-request']
  ] as const) {
    const answer = await raw(port, bytes)
    t.strictSame(refusal(answer), [status, kind], title)
    t.match(answer.head.toLowerCase(), 'content-type: application/problem+json')
    t.match(JSON.parse(answer.body), { instance: /^urn:uuid:/, status })
  }
  const alive = await raw(port, `GET /v1/articles HTTP/1.1\r\n${host}\r\n`)
  t.strictSame([alive.status, alive.body], [200, '{"data":[],"next":null}'])
})

t.test('a client that hangs up early does no harm', async (t) => {
  const { server } = await app(t)
  await server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.addresses()[0] as AddressInfo
  const { promise, resolve } = Promise.withResolvers<void>()
  const socket = connect(port, '127.0.0.1', () => {
    socket.write('POST /v1/articles HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"ti')
    socket.resetAndDestroy()
  })
  socket.on('error', () => {})
  socket.on('close', () => resolve())
  await promise
  t.equal((await fetch(`http://127.0.0.1:${port}/v1/articles`)).status, 200)
})

const naughty = [
  `"double" 'single' \`back\` \\ / \\\\ \\" \\u0041`,
  "'; DROP TABLE articles; -- ",
  "1' OR '1'='1",
  '%00 %s %n {0} $(x) {{x}} <%= x %>',
  '<script>alert(1)</script> &amp; &lt; <!-- -->',
  '\u202eright to left\u202c \u2067isolated\u2069 שלום مرحبا',
  '👩‍👩‍👧‍👦 🏳️‍🌈 🚢 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𠜎',
  'e\u0301 vs \u00e9, Z\u0351\u036b\u0343a\u0300l\u0321go, \ufb01',
  'zero\u200bwidth\u200d\ufeff\u2060\u00ad',
  ' leading and trailing \u00a0\u3000\u2028\u2029\t',
  'line\nbreak\r\nand\rreturn',
  '\u0001\u0008\u001b\u007f\u0080\u009f\ufffd\uffff\u{10ffff}',
  'null',
  '-1',
  '00',
  '1e999',
  'true',
  '__proto__',
  'constructor'
]

t.test('text comes back byte for byte', async (t) => {
  const { post, get, read } = await app(t)
  for (const words of naughty) {
    const source = { kind: 'person', name: words, role: words, notes: words }
    const madeSource = await post('/v1/sources', source)
    t.equal(madeSource.status, 201, words)
    const readSource = await get(`/v1/sources/${madeSource.json<{ id: string }>().id}?edition=draft`)
    t.match(readSource.json(), source)
    const { name, role, notes } = readSource.json<typeof source>()
    t.strictSame([name, role, notes], [words, words, words])

    const span = { _type: 'span', _key: 's0', text: words, marks: [] }
    const fields = {
      title: words,
      dek: words,
      summary: words,
      section: words,
      tags: [words],
      dateline: words,
      bylines: [{ name: words, role: words }],
      body: [{ _type: 'block', style: 'normal', markDefs: [], children: [span], _key: 'b0' }],
      origin: { publisher: words, copyrightNotice: words, licence: words },
      extra: { words, list: [words], [words === '__proto__' ? 'x' : words]: { [`a ${words}`]: words } }
    }
    const made = await post('/v1/articles', fields)
    t.equal(made.status, 201, words)
    const { id } = made.json<DraftArticle>()
    const kept = (answer: Answer) => {
      const article = answer.json<Record<string, unknown>>()
      return JSON.stringify(Object.fromEntries(Object.keys(fields).map((name) => [name, article[name]])))
    }
    t.equal(kept(await get(`/v1/articles/${id}?edition=draft`)), JSON.stringify(fields))
    await post(`/v1/articles/${id}/publish`)
    t.equal(kept(await read(`/v1/articles/${id}`)), JSON.stringify(fields), 'published too')
    const found = await get(`/v1/articles?edition=draft&tag=${encodeURIComponent(words)}`)
    t.strictSame(
      found.json<{ data: { id: string }[] }>().data.map(({ id }) => id),
      [id],
      'and found by it'
    )
    const text = await get(`/v1/articles/${id}?edition=draft&body=text`)
    t.equal(text.json<DraftArticle>().body, words)
  }
})

t.test('answers carry their request id, and nothing is sniffed', async (t) => {
  const { get, read } = await app(t)
  const answer = await get('/v1/articles?sort=x')
  t.match(answer.headers['x-request-id'], /^urn:uuid:[\da-f-]{36}$/)
  t.equal(answer.json<Problem>().instance, answer.headers['x-request-id'])
  t.equal(answer.headers['cache-control'], 'no-store')
  t.equal(answer.headers['x-content-type-options'], 'nosniff')
  const gone = await read('/v1/articles/nothing', { headers: { authorization: `Bearer ${admin}` } })
  t.notOk('instance' in gone.json<object>(), 'a 404 is the same for everybody')
})

t.test(
  'what goes wrong here is a 500 that tells nothing of it, and leaves nothing',
  onlyInFile('it writes to the file of SQLite'),
  async (t) => {
    const { db, get, post, draft } = await app(t)
    await draft()
    const other = new Sqlite(db.file)
    other.exec('alter table hops rename to elsewhere')
    for (const answer of [
      await get('/v1/attributions?edition=draft'),
      await post('/v1/articles', {
        title: 'Broken',
        sources: [{ key: 'a', kind: 'person', name: 'Ana' }],
        attributions: [{ claim: 'x', hops: [{ sourceId: 'a', relation: 'said' }] }]
      })
    ]) {
      t.strictSame(refusal(answer), [500, 'internal'])
      t.equal(
        answer.json<Problem>().detail,
        'Something went wrong here; the log knows more under this instance.'
      )
      t.notMatch(answer.body, /hops|sqlite|select|stack/i)
    }
    other.exec('alter table elsewhere rename to hops')
    other.close()
    const titles = (await get('/v1/articles?edition=draft')).json<{ data: { title: string }[] }>().data
    t.strictSame(
      titles.map(({ title }) => title),
      ['Late ferry keeps sailing']
    )
  }
)

t.test('of very many errors the first are told', async (t) => {
  const { post } = await app(t)
  const zeros = (n: number) => post('/v1/articles', { title: 'T', body: Array(n).fill(0) })
  t.match((await zeros(10_001)).json(), {
    type: /malformed-json$/,
    errors: [{ pointer: '/body', detail: /10000 items/ }]
  })
  const answer = await zeros(10_000)
  t.equal(answer.status, 400)
  const { errors } = answer.json<Problem>()
  t.equal(errors!.length, 20)
  t.match(errors, [{ pointer: '/body/0' }])
})
