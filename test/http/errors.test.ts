// Wrong requests that people send, each with the place and the remedy that its refusal has to name.
import t from 'tap'
import type { Problem } from '../../src/http/problems.ts'
import { app } from '../support/app.ts'

type Row = [request: string, body: object | string | undefined, status: number, pointer: string, says: RegExp]

const instant = /instant with its time zone, such as 2026-11-02T08:30:00Z.*%2B/
const web = /must be an address on the web, such as https:\/\//
const form = /exactly one of \{"markdown": "..."\}, \{"html": "..."\}, \{"text": "..."\}, or Portable Text/
const idOf = (kind: string, prefix: string) =>
  new RegExp(`not of the right form. For example "${prefix}_\\w{26}". The id of an? ${kind}`)
const story = (more: object) => ({ title: 'Late ferry', ...more })

/** Requests to an app with the article `one`; `{id}` is its id. */
const rows: Row[] = [
  // What was refused without a remedy before.
  ['POST /v1/articles', story({ body: 'Hello' }), 400, '/body', form],
  ['POST /v1/articles', story({ body: { html: 'a', markdown: 'b' } }), 400, '/body', form],
  [
    'POST /v1/articles',
    story({ content: 'a' }),
    400,
    '/content',
    /Is body meant\? This takes: slug, title, /
  ],
  [
    'POST /v1/media/med_01k9v3w8zhe5ra4gxm7y2bqd6c/credits',
    { creditLine: 'Ana Example', copyright: 'Example Agency' },
    400,
    '/copyright',
    /^is not known. This takes: .*copyrightNotice, copyrightHolder/
  ],
  ['POST /v1/articles', story({ zz: 1 }), 400, '/zz', /^is not known. This takes: slug, /],
  ['POST /v1/articles', story({ author: 'Ann' }), 400, '/author', /Is bylines meant\?/],
  ['POST /v1/articles', { headline: 'a' }, 400, '/headline', /Is title meant\?/],
  ['POST /v1/articles', story({ status: 'published' }), 400, '/status', /POST \.\.\.\/publish/],
  ['POST /v1/articles/{id}/withdraw', { note: 'x' }, 400, '/note', /Is reason meant\? This takes: reason/],
  ['POST /v1/articles', story({ bylines: ['Ann'] }), 400, '/bylines/0', /an object.*\{"name": \.\.\.\}/],
  ['POST /v1/articles/{id}/comments', { author: 'Ann', body: 'x' }, 400, '/author', /\{"name": \.\.\.\}/],
  [
    'POST /v1/articles',
    story({ slug: 'Not A Slug' }),
    400,
    '/slug',
    /"late-ferry-keeps-sailing".*small letters/
  ],
  ['GET /v1/quotes/joe', undefined, 400, '/id', idOf('quote', 'quo')],
  ['PATCH /v1/articles/one', { title: 'x' }, 400, '/id', /must be the id of the article/],
  ['POST /v1/articles', story({ publishedAt: 'yesterday' }), 400, '/publishedAt', instant],
  ['POST /v1/articles', story({ publishedAt: '2026-01-01' }), 400, '/publishedAt', instant],
  ['POST /v1/articles', story({ publishedAt: '2026-01-01T08:00:00' }), 400, '/publishedAt', instant],
  ['GET /v1/articles?publishedAt.gte=2026-01-01T00:00:00+01:00', undefined, 400, '/publishedAt.gte', instant],
  ['GET /v1/articles/', undefined, 404, '', /Is \/v1\/articles meant\?/],
  ['GET /articles', undefined, 404, '', /Is \/v1\/articles meant\?/],
  ['POST /v1/articles/{id}/Unschedule', undefined, 404, '', /Is \/v1\/\S+\/unschedule meant\?/],
  ['GET /v2', undefined, 404, '', /\/docs/],
  ['GET /', undefined, 404, '', /\/docs/],
  [
    'POST /v1/articles',
    story({ attributions: [{ claim: 'Late ferry', hops: [{ sourceId: 'joe', relation: 'said' }] }] }),
    422,
    '/attributions/0/hops/0/sourceId',
    /name the id of one, or the `key` of one among the `sources` of the same request/
  ],
  ['POST /v1/media', { kind: 'image', url: 'pic.jpg' }, 400, '/url', web],
  ['POST /v1/articles', story({ slug: 'one' }), 409, '/slug', /send another, or none/],
  ['GET /v1/articles?cursor=abc', undefined, 400, '/cursor', /begin again without one/],
  ['PATCH /v1/articles/{id}', { body: 'Hello' }, 400, '/body', form],
  ['PATCH /v1/articles/{id}', { ['x'.repeat(50)]: 1 }, 400, `/${'x'.repeat(50)}`, /not known. This takes/],
  // Thirty more.
  ['GET /v1/articles?sektion=a', undefined, 400, '/sektion', /Is section meant\?/],
  ['GET /v1/articles?page=2', undefined, 400, '/page', /Is cursor meant\?/],
  ['GET /v1/articles?per_page=5', undefined, 400, '/per_page', /Is limit meant\?/],
  ['GET /v1/articles?search=x', undefined, 400, '/search', /Is q meant\?/],
  ['GET /v1/articles?limit=1000', undefined, 400, '/limit', /100 or less/],
  ['GET /v1/articles?limit=0', undefined, 400, '/limit', /1 or more/],
  ['GET /v1/articles?limit=many', undefined, 400, '/limit', /a whole number/],
  [
    'GET /v1/articles?limit=1&limit=2',
    undefined,
    400,
    '/limit',
    /a whole number, and one: there are 2 here\./
  ],
  ['GET /v1/articles?sort=oldest', undefined, 400, '/sort', /one of: -publishedAt, publishedAt/],
  ['GET /v1/articles?hasCorrection=maybe', undefined, 400, '/hasCorrection', /true or false/],
  ['GET /v1/articles?source=joe', undefined, 400, '/source/0', idOf('source', 'src')],
  ['GET /v1/articles?language=english', undefined, 400, '/language/0', /such as en or pt-BR/],
  ['GET /v1/search', undefined, 400, '/q', /is missing/],
  ['GET /v1/openapi.json', undefined, 404, '', /\/openapi\.json/],
  [
    'POST /v1/articles/{id}/comments',
    { author: { name: 'Ines', key: 'short' }, body: 'x' },
    400,
    '/author/key',
    /16 characters at least/
  ],
  [
    'POST /v1/sources/src_01k9v3w8zhe5ra4gxm7y2bqd6c/private-fields',
    {},
    400,
    '',
    /must have 1 field at least/
  ],
  ['POST /v1/articles', story({ title: '' }), 400, '/title', /is empty: send at least one character/],
  ['POST /v1/articles', story({ title: '\u200b' }), 400, '/title', /no visible character: send words/],
  ['POST /v1/articles', story({ title: 5 }), 400, '/title', /a text. For example "Late ferry/],
  ['POST /v1/articles', story({ title: 'x'.repeat(501) }), 400, '/title', /500 characters at most/],
  ['POST /v1/articles', story({ tags: 'ferry' }), 400, '/tags', /must be a list/],
  ['POST /v1/articles', story({ tags: ['a', 'a'] }), 400, '/tags', /each item once: those at 1 and 0/],
  ['POST /v1/articles', story({ legalHold: 'yes' }), 400, '/legalHold', /true or false/],
  ['POST /v1/articles', story({ language: 'english' }), 400, '/language', /such as en or pt-BR/],
  ['POST /v1/articles', story({ keywords: ['a'] }), 400, '/keywords', /Is tags meant\?/],
  ['POST /v1/articles', story({ canonicalUrl: 'news.example/x' }), 400, '/canonicalUrl', web],
  ['POST /v1/articles', [], 400, '', /an object.*\{"title": \.\.\.\}/],
  ['POST /v1/sources', { kind: 'human', name: 'x' }, 400, '/kind', /one of: person, organization, document/],
  ['POST /v1/sources', { kind: 'person' }, 400, '/name', /is missing/],
  [
    'POST /v1/sources',
    { kind: 'person', name: 'x', fullname: 'y' },
    400,
    '/fullname',
    /This takes: kind, name/
  ],
  ['POST /v1/articles/{id}/corrections', { kind: 'typo', text: 'x' }, 400, '/kind', /clarification/],
  [
    'POST /v1/articles/{id}/corrections',
    { kind: 'update', text: 'x', target: {} },
    400,
    '/target',
    /one of: quoteId, creditId, attributionId/
  ],
  [
    'POST /v1/articles/{id}/comments',
    { author: { name: 'Ann', email: 'ann' }, body: 'x' },
    400,
    '/author/email',
    /e-mail address, such as/
  ],
  ['POST /v1/articles/{id}/publish', { nonsense: true }, 400, '/nonsense', /This takes: note, waive/],
  ['POST /v1/articles/{id}/approve?force=1', {}, 400, '/force', /nothing is taken here/],
  ['POST /v1/tokens', { name: 'x', role: 'boss' }, 400, '/role', /contributor, editor, moderator, admin/],
  [
    'POST /v1/webhooks',
    { url: 'ftp://x.example' },
    400,
    '/url',
    /^must be an address on the web, such as https:\/\/news.example\/story\.$/
  ],
  ['POST /v1/media', { kind: 'image', width: 0 }, 400, '/width', /1 or more/],
  [
    'POST /v1/webhooks',
    { url: 'https://x.example', events: ['article.publish'] },
    400,
    '/events/0',
    /^is not known\. Is article\.published meant\? It must be one of: article\.created, /
  ],
  ['GET /v1/articles/{id}/editions/9', undefined, 404, '', /no edition 9: this article was never published/],
  ['GET /v1/articles/{id}/revisions/9', undefined, 404, '', /the list of revisions has those that are kept/]
]

t.test('every refusal names the place and the remedy', async (t) => {
  const { call, draft } = await app(t)
  const { id } = await draft({ title: 'One', slug: 'one' })
  for (const [request, payload, status, pointer, says] of rows) {
    const [method, url] = request.replace('{id}', id).split(' ')
    const headers = { 'if-match': '*' }
    const answer = await call(method!, url!, { payload, headers })
    const { detail, errors = [{ pointer: '', detail }] } = answer.json<Problem>()
    const fault = errors.find((one) => one.pointer === pointer)
    t.equal(answer.status, status, `${request} ${detail}`)
    t.match(
      fault?.detail,
      says,
      `${request} ${JSON.stringify(payload)?.slice(0, 80)} ${JSON.stringify(errors)}`
    )
  }
})

t.test('another scheme than Bearer, and an If-Match without quotes, are told as such', async (t) => {
  const { get, patch, draft } = await app(t)
  const basic = await get('/v1/tokens', { token: null, headers: { authorization: 'Token onr_test' } })
  t.match(basic.json(), { status: 401, detail: /scheme of Authorization is not Bearer/ })
  const { id } = await draft()
  const malformed = await patch(`/v1/articles/${id}`, { title: 'x' }, { headers: { 'if-match': '1' } })
  t.match(malformed.json(), { status: 400, detail: /with its quotes/ })
})

/** Two faults at once, where one rule after another is asked; `{id}` is an article, `{other}` is not there. */
const several: [request: string, body: object, pointers: string[]][] = [
  [
    'POST /v1/articles/{id}/attributions',
    {
      claim: 'The board agreed',
      hops: ['src', 'src'].map((kind) => ({ sourceId: `${kind}_{other}`, relation: 'said' }))
    },
    ['/hops/0/sourceId', '/hops/1/sourceId']
  ],
  [
    'POST /v1/articles/{id}/attributions',
    {
      claim: 'The board agreed',
      hops: [
        { articleId: '{id}', relation: 'reported' },
        { articleId: 'art_{other}', relation: 'reported' }
      ]
    },
    ['/hops/0/articleId', '/hops/1/articleId']
  ],
  [
    'POST /v1/articles',
    story({ body: { text: 'Nobody came.' }, quotes: [{ text: 'We came' }, { text: 'All of us' }] }),
    ['/quotes/0/text', '/quotes/1/text']
  ],
  [
    'POST /v1/articles',
    story({
      body: ['q1', 'q2'].map((key, i) => ({
        _type: 'block',
        markDefs: [{ _type: 'quote', _key: 'm', quoteId: key }],
        children: [{ _type: 'span', text: `Words ${i}`, marks: ['m'] }]
      })),
      quotes: [
        { key: 'q1', text: 'Others' },
        { key: 'q2', text: 'Others too' }
      ]
    }),
    ['/quotes/0/text', '/quotes/1/text']
  ],
  [
    'POST /v1/articles/{id}/schedule',
    { publishAt: '2020-01-02T00:00:00Z', withdrawAt: '2020-01-01T00:00:00Z' },
    ['/publishAt', '/withdrawAt']
  ],
  [
    'POST /v1/tokens',
    { name: 'timetable', role: 'editor', expiresAt: '2020-01-01T00:00:00Z' },
    ['/name', '/expiresAt']
  ],
  [
    'POST /v1/articles/{id}/reply-requests',
    {
      person: { name: 'Mara Lindqvist' },
      state: 'asked',
      askedAt: '2026-01-02T00:00:00Z',
      deadline: '2026-01-01T00:00:00Z',
      repliedAt: '2026-01-01T00:00:00Z',
      terms: 'on_record'
    },
    ['/terms', '/repliedAt', '/deadline', '/repliedAt']
  ]
]

t.test('of several faults every one is told', async (t) => {
  const { call, draft } = await app(t)
  const { id } = await draft()
  for (const [request, body, pointers] of several) {
    const [method, url] = request.replace('{id}', id).split(' ')
    const other = '01k9v3w8zhe5ra4gxm7y2bqd6c'
    const payload = JSON.parse(JSON.stringify(body).replaceAll('{id}', id).replaceAll('{other}', other))
    const answer = await call(method!, url!, { payload, headers: { 'if-match': '*' } })
    const { detail, errors = [] } = answer.json<Problem>()
    t.equal(answer.status, 422, `${request} ${answer.body}`)
    t.strictSame(
      errors.map(({ pointer }) => pointer),
      pointers,
      request
    )
    t.match(detail, ` (and ${pointers.length - 1} more)`)
  }
})

t.test('who asks for an edition that is not there is told which are', async (t) => {
  const { get, post, draft } = await app(t)
  const { id } = await draft()
  await post(`/v1/articles/${id}/publish`, undefined, { headers: { 'if-match': '*' } })
  const only = 'There is no edition 2: the editions of this article are 1 to 1.'
  t.match((await get(`/v1/articles/${id}/editions/2`)).json(), { status: 404, detail: only })
  t.match((await get(`/v1/articles/${id}/editions/2/diff`)).json(), { status: 404, detail: only })
  const restored = await post(`/v1/articles/${id}/editions/2/restore`, undefined, {
    headers: { 'if-match': '*' }
  })
  t.match(restored.json(), { status: 404, detail: only })
})

t.test('a token stands in its answer before what is told of it', async (t) => {
  const { post } = await app(t)
  const issued = await post('/v1/tokens', { name: 'Desk', role: 'editor' })
  const { id } = issued.json<{ id: string }>()
  const next = await post(`/v1/tokens/${id}/rotate`, {})
  for (const answer of [issued, next])
    t.strictSame(Object.keys(answer.json<object>()).slice(0, 4), ['id', 'name', 'role', 'token'])
})

t.test('a page of a long address has no Link to the next, which proxies would refuse', async (t) => {
  const { get, draft } = await app(t)
  for (const slug of ['one', 'two']) await draft({ slug })
  const tags = Array.from({ length: 12 }, (_, i) => `&tag=${'x'.repeat(90)}${i}`).join('')
  const page = await get(`/v1/articles?edition=draft&limit=1&tag=ferry${tags}`)
  t.type(page.json<{ next: string }>().next, 'string')
  t.equal(page.headers.link, undefined)
})
