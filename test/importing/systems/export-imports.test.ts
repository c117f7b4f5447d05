// Exports of other systems that are sent over HTTP, and imported while everybody goes on.
import { existsSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import t from 'tap'
import { reasonOf, startImports } from '../../../src/importing/runs/scheduler.ts'
import { type Database, Unavailable } from '../../../src/storage/database.ts'
import { app, type Client, database, onlyInFile } from '../../support/app.ts'
import { until } from '../../support/until.ts'
import { comment, post, wxr } from './wxr.ts'
import { zipOf } from './zips.ts'

interface Run {
  id: string
  kind: string
  status: string
  as: string
  recognised: boolean
  counts: Record<string, number>
  reported: number
  reportedByCode: { code: string; count: number }[]
  warnings: { code: string; place: string }[]
  error: { code: string; reason: string } | null
  [name: string]: unknown
}

/** Sends an export. */
const send = (client: Client, payload: string | Buffer, type = 'application/xml', more = '', headers = {}) =>
  client.call('POST', `/v1/imports${more}`, {
    payload: Buffer.from(payload),
    headers: { 'content-type': type, ...headers }
  })

/** Waits until an import is over. */
async function ended(client: Client, id: string): Promise<Run> {
  for (;;) {
    const run = (await client.get(`/v1/imports/${id}`)).json<Run>()
    if (run.status === 'done' || run.status === 'failed') return run
    await new Promise((go) => setTimeout(go, 50))
  }
}

const imported = async (client: Client, ...args: [string | Buffer, string?, string?]) => {
  const answer = await send(client, ...args)
  return answer.status === 202 ? ended(client, answer.json<Run>().id) : undefined
}

const said = '<p>"The ferry stays," harbour master Mara Lindqvist said on Monday.</p><p>[poll id=3]</p>'

t.test('an export is stored, told by its content, imported, and reviewed article by article', async (t) => {
  const client = await app(t)
  const file = wxr(post(1, said, comment(11) + comment(12, undefined, 11)), post(2, '<p>Plain words.</p>'))
  const answer = await send(client, file, 'application/xml', '', {
    'content-disposition': 'attachment; filename="../../export.xml"'
  })
  t.equal(answer.status, 202)
  const queued = answer.json<Run>()
  t.match(queued, {
    ...{ kind: 'export', status: 'queued', as: 'wxr', title: 'WordPress (WXR)', recognised: true },
    ...{
      system: 'wordpress',
      file: 'export.xml',
      bytes: Buffer.byteLength(file),
      publish: false,
      quotes: true
    },
    ...{ importedBy: { role: 'admin' }, error: null, startedAt: null }
  })
  t.equal(answer.headers.location, `/v1/imports/${queued.id}`)
  t.ok(existsSync(join(client.db.importsFolder, queued.id)), 'its file waits')
  const list = (await client.get('/v1/imports')).json<{ data: Run[] }>().data
  t.equal(list.find(({ id }) => id === queued.id)?.kind, 'export')

  const run = await ended(client, queued.id)
  t.match(run, {
    status: 'done',
    counts: { articles: 2, comments: 2, failed: 0 },
    reportedByCode: [{ code: 'shortcode-kept', count: 1 }],
    warnings: [{ code: 'shortcode-kept', place: 'export.xml: post 1' }]
  })
  t.ok(Number(run.read) >= Buffer.byteLength(file))
  // A file goes after its import is told to be over.
  while (existsSync(join(client.db.importsFolder, queued.id))) await new Promise((go) => setTimeout(go, 10))
  const report = await client.get(`/v1/imports/${run.id}/report`)
  t.same(
    report.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
    run.warnings
  )

  const waiting = (await client.get(`/v1/imports?export=${run.id}`)).json<{ data: Run[] }>().data
  t.match(waiting, [
    {
      ...{ kind: 'article', status: 'waiting', system: 'wordpress', exportId: run.id, title: 'Story 1' },
      ...{ file: 'export.xml: post 1', page: null }
    }
  ])
  const one = (await client.get(`/v1/imports/${waiting[0]!.id}`)).json<{ proposals: { kind: string }[] }>()
  t.same(one.proposals.map(({ kind }) => kind).sort(), ['quote', 'source'])
  const decided = await client.post(`/v1/imports/${waiting[0]!.id}/review`, { rest: 'accept' })
  t.match(decided.json(), { status: 'decided', waiting: 0 })
  for (const [query, kinds] of [
    ['kind=article&status=decided', ['article']],
    ['kind=export', ['export']],
    ['kind=page', []],
    ['status=done', ['export']],
    ['status=waiting', []],
    ['status=queued&status=decided', ['article']],
    ['status=done&status=decided&status=waiting', ['article', 'export']]
  ] as const)
    t.same(
      (await client.get(`/v1/imports?${query}`)).json<{ data: Run[] }>().data.map(({ kind }) => kind),
      kinds,
      query
    )

  t.equal((await client.remove(`/v1/imports/${run.id}`, { headers: { 'if-match': '"7-x"' } })).status, 412)
  t.equal((await client.remove(`/v1/imports/${run.id}`)).status, 204)
  t.equal((await client.get(`/v1/imports/${run.id}`)).status, 404)
  t.equal((await client.get(`/v1/imports/${run.id}/report`)).status, 404)
  t.match((await client.get(`/v1/imports/${waiting[0]!.id}`)).json(), { exportId: null })
  const changes = (await client.get('/v1/changes?kind=import')).json<{ data: { action: string }[] }>().data
  t.same(changes.map(({ action }) => action).sort(), ['create', 'create', 'delete', 'finish', 'review'])

  await imported(client, file)
  t.same(
    (await client.get('/v1/imports?status=done&status=decided'))
      .json<{ data: Run[] }>()
      .data.map(({ kind }) => kind),
    ['export', 'article'],
    'the newest first, of whatever kind'
  )
})

t.test('what is sent again changes what changed there, and a second system keeps apart', async (t) => {
  const client = await app(t)
  const options = '?as=wxr&quotes=false&publish=true'
  const first = await imported(
    client,
    wxr(post(1, '<p>One.</p>'), post(2, '<p>Two.</p>')),
    undefined,
    options
  )
  t.match(first, { recognised: false, publish: true, quotes: false, counts: { articles: 2, published: 2 } })
  const again = await imported(
    client,
    wxr(post(1, '<p>One.</p>'), post(2, '<p>Three.</p>')),
    undefined,
    options
  )
  t.match(again, { counts: { articles: 0, changed: 1, unchanged: 1 } })
  const other = await imported(client, wxr(post(1, '<p>One.</p>')), undefined, '?system=blog-2')
  t.match(other, { system: 'blog-2', counts: { articles: 1 }, reportedByCode: [{ code: 'slug-made-anew' }] })
})

t.test('an article that cannot be published stays a draft, and the import tells why', async (t) => {
  const client = await app(t)
  const options = '?as=wxr&quotes=false&publish=true'
  const run = await imported(client, wxr(post(1, '<p>One.</p>'), post(2, '')), undefined, options)
  t.match(run, {
    counts: { articles: 2, published: 1 },
    reportedByCode: [{ code: 'not-published', count: 1 }],
    warnings: [{ code: 'not-published', place: 'export.xml: post 2' }]
  })
  const slugsOf = async (path: string) =>
    (await client.get(path))
      .json<{ data: { slug: string }[] }>()
      .data.map(({ slug }) => slug)
      .sort()
  t.same(await slugsOf('/v1/articles'), ['story-1'])
  t.same(await slugsOf('/v1/articles?edition=draft'), ['story-1', 'story-2'])
})

t.test('one article that cannot be changed leaves the others', async (t) => {
  const client = await app(t)
  await imported(client, wxr(post(1, '<p>One.</p>'), post(2, '<p>Two.</p>')))
  const { data } = (await client.get('/v1/articles?edition=draft')).json<{ data: { id: string }[] }>()
  await client.patch(`/v1/articles/${data[0]!.id}`, { legalHold: true })
  const again = await imported(client, wxr(post(1, '<p>Three.</p>'), post(2, '<p>Four.</p>')))
  t.match(again, {
    status: 'done',
    counts: { changed: 1, failed: 1 },
    reportedByCode: [{ code: 'not-imported' }]
  })
  const list = async (query: string) =>
    (await client.get(`/v1/imports?kind=export${query}`)).json<{ data: Run[]; next: string }>()
  const { data: first, next } = await list('&limit=1')
  const { data: second } = await list(`&limit=1&cursor=${next}`)
  t.same([first[0]!.id, second.length, second[0]!.id < first[0]!.id], [again!.id, 1, true])
  t.equal((await list('&importedBy=nobody')).data.length, 0)
})

t.test('exports in JSON and zips are told apart by what they hold', async (t) => {
  const client = await app(t)
  const ghost = {
    db: [{ meta: { version: '5' }, data: { posts: [{ id: 'a', title: 'A', html: '<p>Words.</p>' }] } }]
  }
  t.match(await imported(client, JSON.stringify(ghost), 'application/json'), {
    as: 'ghost',
    counts: { articles: 1 }
  })
  const posts = zipOf([
    { name: 'posts.csv', bytes: Buffer.from('post_id,title,is_published\n1.x,Letter,true\n') },
    { name: 'posts/1.x.html', bytes: Buffer.from('<p>Words.</p>') }
  ])
  t.match(await imported(client, posts, 'application/zip'), { as: 'substack', counts: { articles: 1 } })
  const names = (await client.get('/v1/articles?edition=draft')).json<{ data: unknown[] }>().data
  t.equal(names.length, 2)
})

t.test('what is no export, or too large, or sent by others, is refused with words', async (t) => {
  const client = await app(t, { config: { ONRECORD_IMPORT_MB: 1 } })
  const { token } = await client.token('contributor')
  const refusal = async (answer: ReturnType<typeof send>) => {
    const { status, body } = await answer
    return [status, JSON.parse(body).detail]
  }
  t.match(await refusal(send(client, '<html></html>')), [422, /no export that is known/])
  t.match(await refusal(send(client, '{"a":1}', 'application/json')), [422, /Say in `as`/])
  t.match(await refusal(send(client, '')), [422, /empty/])
  t.match(await refusal(client.post('/v1/imports')), [415, /^/], 'of no type')
  t.match(await refusal(send(client, 'x'.repeat(1_000_001))), [
    413,
    /1 MB that one may have \(ONRECORD_IMPORT_MB\)/
  ])
  t.match(await refusal(send(client, 'PK\x03\x04 broken', 'application/zip')), [422, /zip-broken/])
  const bomb = zipOf([{ name: 'posts.csv', bytes: Buffer.alloc(3_000_000, 'a') }])
  t.match(await refusal(send(client, bomb, 'application/zip')), [422, /zip-bomb/])
  const outside = zipOf([{ name: '../posts.csv', bytes: Buffer.from('post_id\n') }])
  t.match(await refusal(send(client, outside, 'application/zip')), [422, /zip-broken/])
  t.match(await refusal(send(client, 'x', 'text/html', '?as=wxr')), [400, /\/as is about exports/])
  t.match(await refusal(send(client, wxr(), 'application/xml', '?as=nothing')), [400, /as/])
  const asContributor = client.post('/v1/imports', wxr(), {
    token,
    headers: { 'content-type': 'application/xml' }
  })
  t.match(await refusal(asContributor), [403, /an editor or an admin/])
  // What was received goes after its answer.
  await until(() => readdirSync(client.db.importsFolder).length === 0)

  const entities = `<!DOCTYPE rss [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>${wxr(post(1, '<p>One.</p>'))}`
  t.match(await imported(client, entities), { status: 'failed', error: { code: 'nested-entities' } })
  const headers = { 'content-disposition': 'inline' }
  t.equal((await send(client, '<p>', undefined, '', headers)).status, 422)
  t.match(await imported(client, '{"data":', 'application/json', '?as=ghost'), {
    error: { code: 'not-json' }
  })
})

t.test('a request that is sent again is answered as before, and done once', async (t) => {
  const client = await app(t)
  const headers = { 'idempotency-key': 'once' }
  const file = wxr(post(1, '<p>One.</p>'))
  const [first, second] = [
    await send(client, file, undefined, '', headers),
    await send(client, file, undefined, '', headers)
  ]
  t.equal(second.body, first.body)
  t.equal((await send(client, wxr(), undefined, '', headers)).status, 422)
  await ended(client, first.json<Run>().id)
  const { data } = (await client.get('/v1/imports?kind=export')).json<{ data: Run[] }>()
  t.equal(data.length, 1)
})

t.test('an import goes on where it was when the service ended, and tells the same', async (t) => {
  const items = Array.from({ length: 120 }, (_, i) => post(i + 1, said, comment(1000 + i)))
  const file = wxr(...items)
  const whole = await imported(await app(t), file)

  const path = await database(t)
  const first = await app(t, { file: path })
  const { id } = (await send(first, file)).json<Run>()
  for (let read = 0; read === 0; ) {
    read = (await first.db.read.q.select().from(first.db.read.t.importedItems)).length
    await new Promise((go) => setImmediate(go))
  }
  await first.server.close()
  const stray = join(first.db.importsFolder, 'of a request that a crash interrupted')
  writeFileSync(stray, 'x')
  utimesSync(stray, 0, 0)
  const second = await app(t, { file: path })
  const before = (await second.get(`/v1/imports/${id}`)).json<Run>()
  t.equal(before.status, 'running')
  const resumed = await ended(second, id)
  for (const name of ['counts', 'reported', 'reportedByCode', 'warnings', 'status'] as const)
    t.same(resumed[name], whole![name], name)
  t.equal(resumed.counts.articles, 120)
  t.notOk(existsSync(stray))
})

t.test('an import whose file is gone fails, one that is deleted ends, and few wait at once', async (t) => {
  const client = await app(t)
  await client.db.copies.withLock('import', async () => {
    const { id } = (await send(client, wxr(post(1, '<p>One.</p>')))).json<Run>()
    writeFileSync(join(client.db.importsFolder, 'stray'), 'x')
    const { token } = await client.token('contributor')
    t.equal((await client.remove(`/v1/imports/${id}`, { token })).status, 403)
    t.equal((await client.remove(`/v1/imports/${id}`)).status, 204)
    t.same(readdirSync(client.db.importsFolder), ['stray'])
    const answers = []
    for (let i = 0; i < 21; i++) answers.push(await send(client, wxr(post(i, '<p>One.</p>'))))
    t.same(new Set(answers.slice(0, 20).map(({ status }) => status)), new Set([202]))
    t.equal(answers[20]!.status, 429)
    const [kept] = answers
    for (const answer of answers.slice(1, 20)) await client.remove(`/v1/imports/${answer.json<Run>().id}`)
    rmSync(join(client.db.importsFolder, kept!.json<Run>().id))
  })
  const { data } = (await client.get('/v1/imports?kind=export')).json<{ data: Run[] }>()
  t.match(await ended(client, data[0]!.id), { status: 'failed', error: { code: 'file-missing' } })
  t.match(reasonOf(Object.assign(new Error(), { code: 'ERR_WORKER_OUT_OF_MEMORY' })), {
    code: 'too-large-for-memory'
  })
})

t.test('an import goes on when the database could not take a write for a while', async (t) => {
  const client = await app(t)
  await client.db.copies.withLock('import', async () => {
    const { id } = (await send(client, wxr(post(1, '<p>One.</p>')))).json<Run>()
    let writes = 0
    const db: Database = {
      ...client.db,
      copies: {
        ...client.db.copies,
        async withLock(_, work) {
          await work(new AbortController().signal)
          return true
        }
      },
      write: (actor, work) =>
        actor === 'imports' && ++writes === 2
          ? Promise.reject(new Unavailable('somebody else writes'))
          : client.db.write(actor, work)
    }
    // There are no pictures in it.
    const settings = { ONRECORD_IMPORT_DAYS: 30, files: { queue: { wake() {} } } as never }
    const stop = startImports(db, settings, {
      clock: () => new Date(),
      failed: (error) => t.fail(String(error))
    })
    t.match(await ended(client, id), { status: 'done', error: null })
    t.ok(writes > 2)
    await stop()
  })
})

t.test(
  'a fault of the service ends an import, and is told as such',
  onlyInFile('it makes a trigger of SQLite'),
  async (t) => {
    const file = await database(t)
    const client = await app(t, { file })
    const sqlite = new Sqlite(file)
    sqlite.exec(
      "create trigger broken before insert on imported_items begin select raise(abort, 'broken'); end"
    )
    sqlite.close()
    const headers = { 'content-disposition': 'attachment; filename="old"' }
    const answer = await send(client, wxr(post(1, '<p>One.</p>')), undefined, '', headers)
    t.match(await ended(client, answer.json<Run>().id), { status: 'failed', error: { code: 'internal' } })
  }
)
