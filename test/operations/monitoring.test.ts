// What those see who run the service: whether it is well, what it does, and what it writes down.
import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'
import Sqlite from 'better-sqlite3'
import t, { type Test } from 'tap'
import { build } from '../../src/app.ts'
import { readConfig } from '../../src/config/config.ts'
import type { Problem } from '../../src/http/problems.ts'
import { countRefusals, logFailures } from '../../src/http/server/rate-limited-log.ts'
import { type Database, Unavailable } from '../../src/storage/database.ts'
import { admin, app, database, ferry, onlyInFile, opened } from '../support/app.ts'
import { meddle } from '../support/meddling.ts'
import { until } from '../support/until.ts'

const detail = (answer: { json<T>(): T }) => answer.json<Problem>().detail

t.test('it tells that it is alive and ready', async (t) => {
  const { read, db } = await app(t)
  const before = db.version()
  const alive = await read('/healthz')
  t.same([alive.status, alive.body, alive.headers['cache-control']], [200, '{"status":"alive"}', 'no-store'])
  const ready = await read('/readyz')
  t.same([ready.status, ready.body, ready.headers['cache-control']], [200, '{"status":"ready"}', 'no-store'])
  t.equal(db.version(), before, 'nothing was written')
})

t.test('it is not ready when it is about to stop', async (t) => {
  let stopping = false
  const { read } = await app(t, { isStopping: () => stopping })
  t.equal((await read('/readyz')).status, 200)
  stopping = true
  const answer = await read('/readyz')
  t.same([answer.status, detail(answer)], [503, 'Not ready: the service is stopping.'])
  t.equal(answer.headers['retry-after'], '2')
  t.equal((await read('/healthz')).status, 200)
})

/** What an app is told that finds its database like this. */
async function readyWith(t: Test, change: (db: Database) => Partial<Database>) {
  const db = await opened(t, await database(t))
  const config = { ...readConfig({}), ONRECORD_SECRET: 'x'.repeat(32), LOG_LEVEL: 'silent' as const }
  const server = await build({ ...db, ...change(db) }, config)
  t.teardown(() => server.close())
  return server.inject('/readyz')
}

t.test('it is not ready when its disk is full', async (t) => {
  const answer = await readyWith(t, () => ({ freeBytes: async () => 1024 }))
  t.same([answer.statusCode, detail(answer)], [503, 'Not ready: the disk has less than 64 MB left.'])
})

t.test('it is not ready when its database does not answer', async (t) => {
  const file = await database(t)
  const { read } = await app(t, { file })
  await meddle(file, 'drop table tokens')
  t.equal(detail(await read('/readyz')), 'Not ready: the database cannot be read.')
})

t.test(
  'it is not ready when it cannot write, and looks again after a second',
  onlyInFile('it locks the file'),
  async (t) => {
    const file = await database(t)
    const { read } = await app(t, { file })
    const other = new Sqlite(file)
    other.exec('begin immediate')
    t.equal(detail(await read('/readyz')), 'Not ready: the database takes no writes.')
    other.exec('rollback')
    t.equal((await read('/readyz')).status, 200, 'the answer before is older than a second by now')
    other.exec('begin immediate')
    const [one, two] = [await read('/readyz'), await read('/readyz')]
    t.same([one.status, two.status], [200, 200], 'within a second nobody looks')
    other.exec('rollback')
    other.close()
  }
)

t.test('it is not ready when the timetable is not kept', async (t) => {
  const { read } = await app(t)
  const later = performance.now() + 11_000
  t.intercept(performance, 'now', { value: () => later })
  t.equal(detail(await read('/readyz')), 'Not ready: the timetable is not kept.')
})

/** The lines of the metrics that begin with this. */
const lines = (text: string, name: string) => text.split('\n').filter((line) => line.startsWith(name))

t.test('it tells Prometheus what it does', async (t) => {
  let now = new Date('2026-11-02T08:00:00Z')
  const { read, get, draft, post, call } = await app(t, { clock: () => now })
  const { id } = await draft()
  await post(`/v1/articles/${id}/publish`)
  await post('/v1/webhooks', { url: 'https://news.example/hook', events: [] })
  const comment = { author: { name: 'Bo' }, body: 'x' }
  await call('POST', `/v1/articles/${id}/comments`, { token: null, payload: comment })
  for (let i = 0; i < 3; i++) await read('/v1/articles')
  await read(`/v1/articles/${id}`)
  await read('/nothing')
  await get('/metrics')
  now = new Date('2026-11-02T08:10:00Z')
  const answer = await get('/metrics')
  t.match(answer.headers, { 'content-type': /^text\/plain; version=0\.0\.4/, 'cache-control': 'no-store' })
  const pid = `pid="${process.pid}"`
  const counts = lines(answer.body, 'onrecord_request_duration_seconds_count')
  for (const [operation, status] of [
    ['createArticle', '2xx'],
    ['listArticles', '2xx'],
    ['getMetrics', '2xx'],
    ['none', '4xx']
  ])
    t.ok(
      counts.includes(
        `onrecord_request_duration_seconds_count{${pid},operation="${operation}",status="${status}"} 1`
      ),
      String(operation)
    )
  t.same(lines(answer.body, 'onrecord_answers'), [`onrecord_answers_at_once_total{${pid}} 3`])
  t.match(lines(answer.body, 'onrecord_writes_waiting')[0], /} [01]$/)
  t.match(lines(answer.body, 'onrecord_write_duration_seconds_count')[0], /} [4-9]$/)
  t.same(lines(answer.body, 'onrecord_comments'), [`onrecord_comments_pending{${pid}} 1`])
  t.match(lines(answer.body, 'onrecord_deliveries')[0], /} [1-9]$/)
  t.match(lines(answer.body, 'onrecord_delivery_lag')[0], /} [1-9]\d*(\.\d+)?$/)
  for (const name of ['process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds'])
    t.equal(lines(answer.body, `${name}{`).length, 1, name)
  t.notMatch(answer.body, id, 'no address is told')
})

t.test('metrics are for admins, and for programs on the same machine', async (t) => {
  const { read, token } = await app(t)
  const { token: editor } = await token('editor')
  const far = { remoteAddress: '203.0.113.1' }
  const cases: [title: string, options: object, status: number][] = [
    ['this machine', {}, 200],
    ['this machine, in IPv6', { remoteAddress: '::1' }, 200],
    ['another', far, 401],
    ['another, with the token of an admin', { ...far, token: admin }, 200],
    ['another, with that of an editor', { ...far, token: editor }, 403],
    ['this machine, with a wrong token', { token: 'onr_wrong' }, 401],
    ...['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'].map((name): [string, object, number] => [
      `a proxy on this machine, which tells by ${name}`,
      { headers: { [name]: '127.0.0.1' } },
      401
    ])
  ]
  for (const [title, options, status] of cases)
    t.equal((await read('/metrics', options)).status, status, title)
})

/** A log that is kept, line by line. */
function kept() {
  const text: string[] = []
  return { text, write: (line: string) => void text.push(line) }
}

t.test('every request leaves one line in the log, and nothing that a client wrote', async (t) => {
  const log = kept()
  const file = await database(t)
  const { read, call, draft, post, token, get } = await app(t, { level: 'trace', log, file })
  const { token: editor } = await token('editor')
  const { id } = await draft({ title: 'A secret headline' })
  await post(`/v1/articles/${id}/publish`)
  await post('/v1/webhooks', { url: 'https://hidden.example/hook?key=hook-secret', events: [] })
  await get('/v1/articles?edition=draft', { token: editor })
  await get('/v1/articles?edition=draft', { token: 'onr_wrong-token' })
  await read(`/v1/articles?token=${editor}&email=bo@mail.example`)
  await read(`/v1/%6fnr_disguised/bo%40mail.example/${editor}`)
  await read('/v1/articles', {
    headers: { cookie: 'session=cookie-secret', 'x-forwarded-for': '203.0.113.77' }
  })
  const payload = {
    author: { name: 'Bo', email: 'bo@mail.example', key: 'k'.repeat(20) },
    body: 'a comment to hide'
  }
  const headers = { 'idempotency-key': 'key-secret' }
  const answer = (options: object) =>
    call('POST', `/v1/articles/${id}/comments`, { token: null, headers, payload, ...options })
  t.equal((await answer({})).status, 201)
  t.equal((await answer({ payload: { ...payload, body: 7 } })).status, 400)
  t.equal(
    (
      await answer({
        payload: '{"body": "a comment to hide',
        headers: { 'content-type': 'application/json' }
      })
    ).status,
    400
  )
  await meddle(file, 'alter table comments rename to gone')
  const broken = await answer({ headers: { 'idempotency-key': 'another key-secret' } })
  t.equal(broken.status, 500)

  const all = log.text.join('')
  for (const secret of [
    ...[
      editor,
      admin,
      'onr_wrong',
      'disguised',
      'mail.example',
      'secret',
      'to hide',
      'kkkkkkkk',
      '203.0.113'
    ],
    ...['hidden.example', 'Bo']
  ])
    t.notOk(all.includes(secret), `"${secret}" is not logged`)
  const told = log.text.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request completed')
  t.equal(told.length, 13)
  t.match(told.at(-1), {
    reqId: JSON.parse(broken.body).instance,
    operation: 'createComment',
    method: 'POST',
    route: '/v1/articles/:id/comments',
    status: 500,
    ms: Number
  })
  t.match(all, /no such table: comments|refused a statement \(42P01\)/, 'what went wrong here is told')
})

t.test('a metric that cannot be read fails alone', async (t) => {
  const file = await database(t)
  const { get } = await app(t, { file })
  await meddle(file, 'alter table deliveries rename to gone')
  const answer = await get('/metrics')
  t.equal(answer.status, 200)
  t.match(lines(answer.body, 'onrecord_deliveries')[0], /} Nan$/i)
  t.match(lines(answer.body, 'onrecord_comments')[0], /} 0$/)
})

t.test(
  'refusals under load are counted in a line a minute, and faults logged with their stack',
  async (t) => {
    const log = kept()
    const nothing = { delay: Number.MAX_VALUE, heap: Number.MIN_VALUE }
    const endurance = { anonymous: nothing, holders: nothing, maxWait: 60_000 }
    const { server, read } = await app(t, { level: 'warn', log, loadLimits: endurance })
    // The heap is measured once a second, and what was answered before is in the cache.
    let asked = 0
    await until(async () => (await read(`/v1/quotes?limit=${(++asked % 100) + 1}`)).status === 503)
    for (let i = 1; i < 5; i++) t.equal((await read('/v1/quotes')).status, 503)
    const told = () => log.text.map((line) => JSON.parse(line))
    const reason = 'More is asked than can be answered in time.'
    t.match(told(), [{ level: 40, refused: { overloaded: { count: 1, reason } } }])
    await server.close()
    t.match(told(), [
      {},
      { level: 40, refused: { overloaded: { count: 4, reason } }, msg: 'requests were refused' }
    ])
    t.notMatch(log.text.join(''), /stack/)
  }
)

t.test('the next minute of refusals has a line of its own, and a quiet one has none', async (t) => {
  const lines: object[] = []
  const log = { warn: (line: object) => void lines.push(line) }
  const refusals = countRefusals(200)
  refusals.count('internal', 'a fault', log)
  t.same(lines, [], 'a fault is none')
  for (const kind of ['busy', 'busy', 'insufficient-storage', 'busy'] as const)
    refusals.count(kind, `it is ${kind}`, log)
  const busy = (count: number) => ({ busy: { count, reason: 'it is busy' } })
  t.same(lines, [{ refused: busy(1) }])
  await until(() => lines.length > 1)
  // Timers end in their order, so the quiet minute is over by then.
  await pause(400)
  const full = { 'insufficient-storage': { count: 1, reason: 'it is insufficient-storage' } }
  t.same(lines.slice(1), [{ refused: { ...busy(2), ...full } }])
  refusals.count('busy', 'it is busy', log)
  t.same(lines.slice(2), [{ refused: busy(1) }])
})

t.test('work that waits for a database fills no log, and its faults are told', (t) => {
  const lines: unknown[][] = []
  const failed = logFailures({
    warn: (...line: unknown[]) => void lines.push(['warn', ...line]),
    error: (...line: unknown[]) => void lines.push(['error', ...line])
  } as Parameters<typeof logFailures>[0])
  for (let i = 0; i < 9; i++) failed(new Unavailable('no primary answers'))
  const fault = new Error('a fault')
  failed(fault)
  const refused = { unavailable: { count: 1, reason: 'no primary answers' } }
  t.same(lines, [
    ['warn', { refused }, 'what runs by itself is tried again'],
    ['error', fault]
  ])
  t.end()
})

t.test('what is logged by others is cleared of secrets', async (t) => {
  const log = kept()
  const { server } = await app(t, { level: 'trace', log })
  server.log.error(new Error(`${admin} cannot write to bo@mail.example`))
  server.log.info({ headers: { authorization: admin, cookie: 'x=y' }, email: 'bo@mail.example' })
  server.log.info({ res: { statusCode: 503 } }, 'refused')
  const [error, object, refused] = log.text.map((line) => JSON.parse(line))
  t.match(error.err, { type: 'Error', message: '[token] cannot write to [redacted]', stack: / at / })
  t.match(object, { headers: { authorization: '[redacted]', cookie: '[redacted]' }, email: '[redacted]' })
  t.match(refused.res, { status: 503 })
})

/** A collector of traces; answers what it was sent. */
async function collector(t: Test) {
  const sent: { url: string; body: string }[] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const bytes = Buffer.concat(parts)
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes
    sent.push({ url: request.url!, body: body.toString() })
    response.setHeader('content-type', 'application/json').end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  return { sent, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

t.test('traces go to a collector, with what was asked and nothing that a client wrote', async (t) => {
  const { sent, address } = await collector(t)
  const config = { OTEL_EXPORTER_OTLP_ENDPOINT: `${address}/`, OTEL_SERVICE_NAME: 'the newsroom' }
  const { server, post, read, call } = await app(t, { config })
  await post('/v1/articles', ferry)
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  await read('/v1/articles?token=onr_in-the-address', { headers: { traceparent } })
  await read('/v1/articles')
  await read('/onr_in-the-path')
  await call('POST', '/v1/articles', {
    headers: { 'content-type': 'application/json' },
    payload: '{"title": "a broken secret'
  })
  await server.close()
  t.ok(sent.length > 0)
  const all = sent.map(({ body }) => body).join('')
  t.equal(sent[0]!.url, '/v1/traces')
  for (const part of [
    'the newsroom',
    '/v1/articles',
    'createArticle',
    'POST /v1/articles',
    '0af7651916cd43dd8448eb211c80319c'
  ])
    t.match(all, part)
  for (const secret of [admin, 'in-the-', 'secret', ferry.title]) t.notOk(all.includes(secret), secret)
  t.match(all, '"status":{"code":0}')
  t.notMatch(all, '"status":{"code":2}', 'what clients do wrong is no error of the service')
})

t.test('nothing of OpenTelemetry is loaded where no traces are sent', (t) => {
  const { stdout } = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { registerHooks } from 'node:module'
       registerHooks({ resolve(name, context, next) { if (/@fastify\\/otel|opentelemetry\\/(sdk|exporter)|tracing\\.ts/.test(name)) console.log(name); return next(name, context) } })
       await import('${pathToFileURL('src/app.ts')}')`
    ],
    { encoding: 'utf8' }
  )
  t.equal(stdout, '')
  t.end()
})
