// Many operations in one transaction: all of them, or none.
import { setImmediate as turn } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import t from 'tap'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import type { Operation, Result } from '../../src/http/batch/schema.ts'
import type { Problem } from '../../src/http/problems.ts'
import { type Answer, app, type Call, type Client, ferry, onPostgres } from '../support/app.ts'

type Sent = Partial<Operation>

const nobody = 'src_01k9v3w8zhe5ra4gxm7y2bqd6c'
const person = (name: string) => ({ kind: 'person', name })
const create = (name: string): Sent => ({ method: 'POST', path: '/v1/sources', body: person(name) })

const batch = ({ post }: Client, operations: Sent[], options?: Call) =>
  post('/v1/batch', { operations }, options)
const resultsOf = (answer: Answer) => answer.json<{ results: Result[] }>().results

/** All that the database holds, and in a file the numbers it gives next: those of PostgreSQL may leave gaps. */
async function everything({ db }: Client) {
  const tables = Object.entries(db.read.t)
  const rows = await Promise.all(
    tables.map(async ([name, table]) => [name, await db.read.q.select().from(table)])
  )
  if (onPostgres) return { rows }
  const sequences = await db.read.q
    .select({ name: sql<string>`name`, seq: sql<number>`seq` })
    .from(sql`sqlite_sequence`)
  return { rows, sequences }
}

const names = async ({ get }: Client) =>
  (await get('/v1/sources?edition=draft&limit=100'))
    .json<{ data: { name: string }[] }>()
    .data.map(({ name }) => name)

t.test('operations are done in order, and each finds what those before it made', async (t) => {
  const client = await app(t)
  const { quotes, sources: _, ...story } = ferry
  const answer = await batch(client, [
    { ...create('Mara Lindqvist'), key: 'mara' },
    { method: 'POST', path: '/v1/articles', body: { ...story, quotes: [] }, key: 'ferry' },
    { method: 'PATCH', path: '/v1/sources/$mara', ifMatch: '*', body: { role: 'harbour master' } },
    {
      method: 'POST',
      path: '/v1/articles/$ferry/quotes',
      body: { text: quotes[0]!.text, attributions: [{ hops: [{ sourceId: '$mara', relation: 'said' }] }] },
      key: 'said'
    },
    { method: 'PUT', path: '/v1/articles/$ferry/lock' },
    { method: 'POST', path: '/v1/articles/$ferry/publish' },
    { method: 'DELETE', path: '/v1/articles/$ferry/lock?break=true' }
  ])
  t.equal(answer.status, 200)
  t.equal(answer.headers['cache-control'], 'private, no-store')
  const [source, article, role, quote, lock, published, released] = resultsOf(answer)
  t.match(source, { status: 201, etag: /^"1-/, body: { name: 'Mara Lindqvist' } })
  t.match(role, { status: 200, etag: /^"2-/, body: { role: 'harbour master' } })
  t.match(quote, { status: 201, body: { attributions: [{ hops: [{ relation: 'said' }] }] } })
  t.match(lock, { status: 200, body: { mine: true } })
  t.strictSame(released, { status: 204 })
  const { id } = article!.body as DraftArticle
  t.equal(article!.location, `/v1/articles/${id}?edition=draft`)

  const draft = await client.get(`/v1/articles/${id}?edition=draft`)
  t.equal(draft.headers.etag, published!.etag)
  t.strictSame(draft.json(), published!.body)
  const read = (await client.read(`/v1/articles/${id}`)).json<DraftArticle>()
  t.strictSame(read.sources[0]!.role, 'harbour master')
  t.equal(read.quotes.length, 1)
})

t.test('a batch whose 57th operation fails writes nothing', async (t) => {
  const client = await app(t)
  const story = await client.draft()
  await client.post(`/v1/articles/${story.id}/publish`)
  const before = await everything(client)
  const url = `/v1/articles/${story.id}`
  const operations: Sent[] = Array.from({ length: 100 }, (_, n) => create(`Person ${n}`))
  operations[3] = { method: 'PATCH', path: url, ifMatch: '*', body: { title: 'New' } }
  operations[4] = { method: 'POST', path: `${url}/publish` }
  operations[5] = { method: 'POST', path: `${url}/withdraw` }
  operations[56] = { method: 'POST', path: '/v1/sources', body: { kind: 'ghost', name: 'Boo' } }
  const public0 = await client.read(url)

  const answer = await batch(client, operations)
  const { instance: _, problem, ...told } = answer.json<Problem>()
  const detail = 'Body: /kind: must be one of: person, organization, document.'
  t.strictSame(told, {
    type: '/problems/invalid-input',
    title: 'Invalid input',
    status: 400,
    detail: `Operation 56, POST /v1/sources: ${detail}`,
    errors: [{ pointer: '/operations/56', detail }]
  })
  const alone = await client.post('/v1/sources', { kind: 'ghost', name: 'Boo' })
  t.strictSame({ ...problem, instance: '' }, { ...alone.json<Problem>(), instance: '' })
  t.strictSame(await everything(client), before)
  t.equal((await client.read(url)).body, public0.body)
  t.equal((await client.post('/v1/sources', person('Next'))).status, 201, 'and the next may write')
})

t.test('a hundred operations pass, a hundred and one do not, and none is not a batch', async (t) => {
  const client = await app(t)
  const operations = Array.from({ length: 101 }, (_, n) => create(`Person ${n}`))
  const tooMany = await batch(client, operations)
  t.match(tooMany.json(), { status: 400, errors: [{ pointer: '/operations' }] })
  t.equal((await batch(client, [])).status, 400)
  t.strictSame(await names(client), [])
  const all = resultsOf(await batch(client, operations.slice(0, 100)))
  t.strictSame(
    all.map(({ status, body }) => [status, (body as { name: string }).name]),
    operations.slice(0, 100).map((_, n) => [201, `Person ${n}`])
  )
  t.equal((await names(client)).length, 100)
})

t.test('what fails in a batch fails as it does alone', async (t) => {
  const client = await app(t)
  const { id, slug, sources } = await client.draft()
  const other = await client.draft({ title: 'Other', body: { text: 'No quote.' }, quotes: [], sources: [] })
  await client.post(`/v1/articles/${id}/publish`)
  const url = `/v1/articles/${id}`
  const source = `/v1/sources/${sources[0]!.id}`
  const stale = `"1-${'x'.repeat(22)}"`
  const comment = { author: { name: 'R' }, body: 'x'.repeat(70_000) }
  const cases: [number, string, Sent][] = [
    [400, 'a body that is not of the form', { method: 'POST', path: '/v1/articles', body: { titel: 'x' } }],
    [400, 'no body', { method: 'POST', path: '/v1/articles' }],
    [400, 'null for a body', { method: 'POST', path: '/v1/articles', body: null }],
    [400, 'a body where none is taken', { method: 'POST', path: `${url}/duplicate`, body: { x: 1 } }],
    [400, 'an id that is none', { method: 'PATCH', path: '/v1/quotes/art_1', ifMatch: '*', body: {} }],
    [400, 'a query that is not known', { method: 'DELETE', path: `${url}?now=1`, ifMatch: '*' }],
    [400, 'an address that cannot be', { method: 'POST', path: '/v1/articles/%ff/publish' }],
    [404, 'what is not there', { method: 'DELETE', path: `/v1/sources/${nobody}`, ifMatch: '*' }],
    [404, 'nowhere', { method: 'POST', path: '/v1/nowhere', body: {} }],
    [405, 'a method that is not taken', { method: 'PUT', path: '/v1/articles', body: {} }],
    [409, 'a slug that is taken', { method: 'POST', path: '/v1/articles', body: { title: 'x', slug } }],
    [409, 'what is in use', { method: 'DELETE', path: source, ifMatch: '*' }],
    [409, 'a published article', { method: 'DELETE', path: url, ifMatch: '*' }],
    [412, 'a stale tag', { method: 'PATCH', path: url, ifMatch: stale, body: { title: 'x' } }],
    [413, 'a body too large', { method: 'POST', path: `${url}/comments`, body: comment }],
    [414, 'an id too long', { method: 'POST', path: `/v1/articles/${'x'.repeat(600)}/publish` }],
    [
      422,
      'a record that names what is not there',
      {
        method: 'POST',
        path: '/v1/articles',
        body: { title: 'x', bylines: [{ name: 'x', sourceId: nobody }] }
      }
    ],
    [428, 'no tag', { method: 'PATCH', path: url, body: { title: 'x' } }]
  ]
  const before = await everything(client)
  const known = ['allow', 'accept', 'accept-patch']
  for (const [status, title, operation] of cases) {
    const { method, path, ifMatch, body } = operation as Operation
    const alone = await client.call(method, path, {
      payload: body === undefined ? undefined : JSON.stringify(body),
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(ifMatch && { 'if-match': ifMatch })
      }
    })
    const together = await batch(client, [
      { method: 'PATCH', path: `/v1/articles/${other.id}`, ifMatch: '*', body: { title: 'Changed' } },
      operation
    ])
    t.strictSame([alone.status, together.status], [status, status], title)
    const { problem, type, errors } = together.json<Problem>()
    const { instance: _a, ...expected } = alone.json<Problem>()
    const { instance: _t, ...found } = problem as Problem
    t.strictSame(found, expected, title)
    t.strictSame([type, errors?.map(({ pointer }) => pointer)], [expected.type, ['/operations/1']], title)
    for (const name of known) t.equal(together.headers[name], alone.headers[name], `${title}: ${name}`)
    t.equal(together.headers.etag, undefined, `${title}: what a tag would tell of is undone`)
  }
  t.strictSame(await everything(client), before)
})

t.test('who changed what before in the same batch is told of a stale tag', async (t) => {
  const client = await app(t)
  const { id } = await client.draft()
  const { etag } = (await client.get(`/v1/articles/${id}?edition=draft`)).headers
  const patch = (title: string): Sent => ({
    ...{ method: 'PATCH', path: `/v1/articles/${id}`, ifMatch: String(etag) },
    body: { title }
  })
  const refused = await batch(client, [patch('One'), patch('Two')])
  t.equal(refused.status, 412)
  const { errors } = refused.json<{ problem: Problem }>().problem
  t.match(errors, [{ pointer: '/title', detail: /^was changed by / }])
})

t.test('everybody may do in a batch what they may do alone', async (t) => {
  const client = await app(t)
  const { id } = await client.draft()
  await client.post(`/v1/articles/${id}/publish`)
  const as = async (role: string) => ({ token: (await client.token(role)).token })
  const body = { title: 'x', body: { text: 'x' } }
  const write: Sent = { method: 'POST', path: '/v1/articles', body, key: 'x' }
  const publish: Sent = { method: 'POST', path: '/v1/articles/$x/publish' }
  const comment: Sent = {
    method: 'POST',
    path: `/v1/articles/${id}/comments`,
    body: { author: { name: 'R' }, body: 'x' },
    key: 'said'
  }
  const approve: Sent = { method: 'POST', path: '/v1/comments/$said/approve' }

  const refused = await batch(client, [write, publish], await as('contributor'))
  t.match(refused.json(), {
    status: 403,
    type: '/problems/forbidden',
    detail:
      'Operation 1, POST /v1/articles/$x/publish: The role contributor may not do this; editor, admin may.',
    errors: [{ pointer: '/operations/1' }]
  })
  t.equal((await batch(client, [write, publish], await as('editor'))).status, 200)
  t.equal((await batch(client, [comment, approve], await as('moderator'))).status, 200)
  t.equal((await batch(client, [comment, write], await as('moderator'))).status, 403)
  const log = (await client.get(`/v1/articles/${id}/history`)).json<{ data: { sentence: string }[] }>().data
  t.strictSame(
    log.slice(0, 2).map(({ sentence }) => sentence),
    ['a moderator (moderator) approved a comment.', 'A reader sent a comment.'],
    'and each is logged as it would be'
  )
})

t.test('a batch is made of changes under /v1/, and of nothing that is sent alone', async (t) => {
  const client = await app(t)
  const good = create('x')
  const cases: [Sent, string][] = [
    [{ ...good, method: 'GET' as 'POST' }, '/operations/1/method'],
    [{ ...good, method: 'HEAD' as 'POST' }, '/operations/1/method'],
    [{ method: 'POST' }, '/operations/1/path'],
    [{ ...good, path: 'https://example.org/v1/sources' }, '/operations/1/path'],
    [{ ...good, path: '//v1/sources' }, '/operations/1/path'],
    [{ ...good, path: '/docs' }, '/operations/1/path'],
    [{ ...good, path: `/v1/${'x'.repeat(2000)}` }, '/operations/1/path'],
    [{ ...good, ifMatch: '*\r\nx: y' }, '/operations/1/ifMatch'],
    [{ ...good, key: '$' }, '/operations/1/key'],
    [{ ...good, url: '/v1/sources' } as Sent, '/operations/1/url'],
    ...['batch', 'imports', 'tokens', 'tokens?x=1', 'webhooks', 'changes/stream', 'tokens/tok_1'].map(
      (path): [Sent, string] => [{ method: 'POST', path: `/v1/${path}` }, '/operations/1/path']
    )
  ]
  for (const [operation, pointer] of cases) {
    const answer = await batch(client, [good, operation])
    t.equal(answer.status, 400, JSON.stringify(operation).slice(0, 100))
    t.equal(answer.json<Problem>().errors?.[0]?.pointer, pointer)
    t.equal(answer.json<Problem>().problem, undefined)
  }
  const sneaky = ['/v1/%62atch', '/v1/./batch', '/v1/x/../tokens', '/v1//tokens', '/v1/../docs', '/v1/TOKENS']
  for (const path of sneaky) {
    const answer = await batch(client, [good, { method: 'POST', path, body: { name: 'x', role: 'admin' } }])
    t.equal(answer.status, 404, path)
  }
  t.strictSame(await names(client), [])
  t.equal((await client.get('/v1/tokens')).json<{ data: object[] }>().data.length, 0)
})

t.test('a key stands for an id where it is the whole of a text, and for nothing else', async (t) => {
  const client = await app(t)
  const made = await batch(client, [
    { ...create('A'), key: 'a' },
    { ...create('$a'), key: 'b' },
    create('$a and $b'),
    create('$c'),
    {
      method: 'POST',
      path: '/v1/articles',
      body: { title: '$', extra: { list: ['$a', { deep: '$b' }], n: 1 } }
    }
  ])
  const [a, b, both, c, article] = resultsOf(made).map(
    ({ body }) => body as { id: string; name: string; extra: unknown }
  )
  t.equal(b!.name, a!.id, 'whoever names a key, means it')
  t.equal(both!.name, '$a and $b')
  t.equal(c!.name, '$c')
  t.strictSame(article!.extra, { list: [a!.id, { deep: b!.id }], n: 1 })
  t.equal((await client.get(`/v1/sources/${both!.id}?edition=draft`)).status, 200)

  const twice = await batch(client, [
    { ...create('A'), key: 'a' },
    { ...create('B'), key: 'a' }
  ])
  t.match(twice.json(), { status: 422, errors: [{ pointer: '/operations/1/key' }] })
  const unknown = { method: 'POST', path: '/v1/articles/$nobody/publish' } as const
  t.match((await batch(client, [unknown])).json(), {
    status: 400,
    errors: [{ pointer: '/operations/0/path', detail: /has the key nobody/ }]
  })
  const early = await batch(client, [
    { method: 'POST', path: '/v1/articles/$x/publish' },
    { method: 'POST', path: '/v1/articles', body: { title: 'x' }, key: 'x' }
  ])
  t.equal(early.status, 400, 'what comes later is not known yet')
  const nameless = await batch(client, [
    { method: 'POST', path: `/v1/sources/${a!.id}/republish`, key: 'x' },
    { method: 'DELETE', path: '/v1/sources/$x', ifMatch: '*' }
  ])
  t.equal(nameless.status, 400, 'nor what has no id')
})

t.test('a batch is answered no more than fits, or not done', async (t) => {
  const client = await app(t)
  const { id } = await client.draft({ extra: { large: 'x'.repeat(1_900_000) } })
  const patch: Sent = { method: 'PATCH', path: `/v1/articles/${id}`, ifMatch: '*', body: { dek: 'x' } }
  const answer = await batch(client, Array(12).fill(patch))
  t.match(answer.json(), { status: 413, type: '/problems/too-large', errors: [{ pointer: '/operations/8' }] })
  t.equal((await client.get(`/v1/articles/${id}?edition=draft`)).json<DraftArticle>().version, 1)
  t.equal((await batch(client, Array(8).fill(patch))).status, 200)
})

t.test('batches and single writes at once never mix, and nobody sees half of a batch', async (t) => {
  const client = await app(t)
  await batch(client, [create('first')])
  const size = 20
  const people = await Promise.all(
    Array.from({ length: 8 }, (_, n) => client.token('contributor', { name: `batch ${n}` }))
  )
  const counts: number[] = []
  let going = true
  async function watch() {
    while (going) {
      counts.push((await names(client)).filter((name) => name.startsWith('of ')).length)
      await turn()
    }
  }
  const watching = watch()
  const batches = people.map(({ token }, n) => {
    const operations = Array.from({ length: size }, () => create(`of ${n}`))
    // Every other one fails at its end.
    const last: Sent = n % 2 === 0 ? create(`of ${n}`) : { method: 'POST', path: '/v1/nowhere' }
    return batch(client, [...operations.slice(1), last], { token })
  })
  const singles = Array.from({ length: 40 }, (_, n) => client.post('/v1/sources', person(`single ${n}`)))
  const statuses = (await Promise.all(batches)).map(({ status }) => status)
  const alone = (await Promise.all(singles)).map(({ status }) => status)
  going = false
  await watching

  t.strictSame(statuses, [200, 404, 200, 404, 200, 404, 200, 404])
  t.strictSame([...new Set(alone)], [201], 'a batch that fails takes nobody with it')
  t.strictSame(
    counts.filter((count) => count % size !== 0),
    []
  )
  t.ok(counts.length > 1)
  const log = (await client.db.read.q.select().from(client.db.read.t.changes)).filter(
    ({ kind }) => kind === 'source'
  )
  t.equal(log.length, 1 + 4 * size + 40)
  const turns = log.filter(({ actor }, i) => actor.startsWith('batch') && log[i - 1]?.actor !== actor)
  t.equal(turns.length, 4, 'each batch has written in one go')
  t.strictSame(
    log.map(({ seq }) => seq),
    [...log.map(({ seq }) => seq)].sort((a, b) => a - b)
  )
})

t.test('all that one batch does, it does at one instant', async (t) => {
  let now = Date.parse('2026-11-02T08:00:00.000Z')
  const client = await app(t, { clock: () => new Date(now++) })
  const results = resultsOf(await batch(client, [create('a'), create('b'), create('c')]))
  const instants = results.map(({ body }) => (body as { createdAt: string }).createdAt)
  t.equal(new Set(instants).size, 1)
})

t.test('comments and reports in a batch come from the network of who sent it', async (t) => {
  const client = await app(t, { config: { ONRECORD_TRUST_PROXY: '127.0.0.1' } })
  const { id } = await client.draft()
  await client.post(`/v1/articles/${id}/publish`)
  const comment = { author: { name: 'Ines' }, body: 'What a ferry that is.' }
  const operation = (body: string): Sent => ({
    method: 'POST',
    path: `/v1/articles/${id}/comments`,
    body: { ...comment, body }
  })
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })
  const posted = await client.post(`/v1/articles/${id}/comments`, comment, from('198.51.100.1'))
  const commentId = posted.json<{ id: string }>().id
  await client.post('/v1/bans', { kind: 'network', commentId, reason: 'spam' })

  const banned = await batch(client, [operation('Me again.')], from('198.51.100.1'))
  t.match(banned.json(), { status: 403, type: '/problems/banned' })
  const other = await batch(client, [operation('Somebody else.')], from('198.51.100.2'))
  t.equal(other.status, 200)
  const networks = await client.db.read.q
    .select({ network: client.db.read.t.comments.network })
    .from(client.db.read.t.comments)
  t.equal(new Set(networks.map(({ network }) => network)).size, 2, 'each is of its own network')

  const many = Array.from({ length: 40 }, (_, i) => operation(`The ${i}th thing that I say of this ferry.`))
  const flood = await batch(client, many, from('198.51.100.3'))
  t.match(flood.json(), { status: 429, type: '/problems/too-many-requests' })
  t.equal((await batch(client, [operation('Not of those.')], from('198.51.100.4'))).status, 200)
})

t.test('a batch takes pictures that are elsewhere, and fetches none', async (t) => {
  const client = await app(t)
  const body = { kind: 'image', from: 'https://pictures.example/ferry.jpg' }
  const answer = await batch(client, [{ method: 'POST', path: '/v1/media', body }])
  t.equal(answer.status, 422)
  t.match(answer.json<Problem>().errors?.[0], { detail: 'A batch fetches no files: send this by itself.' })
  const named = { kind: 'image', url: body.from }
  const [picture] = resultsOf(await batch(client, [{ method: 'POST', path: '/v1/media', body: named }]))
  t.match(picture, { status: 201, body: { url: body.from } })
})
