import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { IssuedToken, Token } from '../../src/access/tokens/schema.ts'
import { prefixOf, withoutTokens } from '../../src/http/callers/token-text.ts'
import { Unavailable } from '../../src/storage/database.ts'
import { type Answer, admin, app, database, ferry, folder } from '../support/app.ts'
import { unmeasured } from '../support/commands.ts'
import { issuer } from '../support/oidc-issuer.ts'

const nobody = '/v1/tokens/tok_01k9v3w8zhe5ra4gxm7y2bqd6c'

/** An app whose time the test moves on. */
async function timed(t: Test) {
  let now = new Date('2026-11-02T08:00:00.000Z')
  const client = await app(t, { clock: () => now })
  const drafts = async (token: string) => (await client.get('/v1/articles?edition=draft', { token })).status
  const rotate = async (id: string, body?: object) =>
    (await client.post(`/v1/tokens/${id}/rotate`, body)).json<IssuedToken>()
  return { ...client, drafts, rotate, pass: (ms: number) => (now = new Date(now.getTime() + ms)) }
}

t.test('a token that is rotated keeps all but its text, and the one before ends at once', async (t) => {
  const { token, get, rotate, drafts, db } = await timed(t)
  const first = await token('editor', { name: 'Ines', expiresAt: '2026-11-03T08:00:00Z' })
  const second = await rotate(first.id)
  t.match(second.token, /^onr_[\w-]{43}$/)
  t.not(second.token, first.token)
  t.match(second, { ...first, token: second.token, prefix: prefixOf(second.token), previousUntil: null })
  t.equal(await drafts(first.token), 401)
  t.equal(await drafts(second.token), 200)
  const { token: _, ...shown } = second
  t.strictSame((await get(`/v1/tokens/${first.id}`)).json(), shown)
  const [row] = await db.read.q.select().from(db.read.t.tokens)
  t.equal(row!.previousHash, null)
  const { data } = (await get('/v1/changes')).json<{ data: { event: string }[] }>()
  t.equal(data.at(-1)!.event, 'token.rotated')
})

t.test('tokens are listed page by page, the newest first, and only what is there is revoked', async (t) => {
  const { token, get, remove } = await timed(t)
  const ids = [await token('editor'), await token('viewer'), await token('moderator')].map(({ id }) => id)
  const listed: string[] = []
  for (let page: string | undefined = '/v1/tokens?limit=2'; page; ) {
    const answer: Answer = await get(page)
    listed.push(...answer.json<{ data: { id: string }[] }>().data.map(({ id }) => id))
    page = /^<(.+)>; rel="next"$/.exec(String(answer.headers.link ?? ''))?.[1]
  }
  t.same(listed, ids.reverse())
  t.equal((await remove(nobody)).status, 404)
})

t.test('the text before holds for the grace it was given, and no text twice', async (t) => {
  const { token, rotate, drafts, pass } = await timed(t)
  const first = await token('editor')
  const second = await rotate(first.id, { grace: 60 })
  t.equal(second.previousUntil, '2026-11-02T08:01:00.000Z')
  pass(59_999)
  t.equal(await drafts(first.token), 200)
  pass(1)
  t.equal(await drafts(first.token), 401)
  t.equal(await drafts(second.token), 200)
  const third = await rotate(first.id, { grace: 604_800 })
  const fourth = await rotate(first.id, { grace: 10 })
  t.strictSame(await Promise.all([first, second, third, fourth].map(({ token }) => drafts(token))), [
    ...[401, 401, 200, 200]
  ])
})

t.test('a token that is over is not rotated, and takes the text before with it', async (t) => {
  const { token, post, remove, rotate, drafts, pass } = await timed(t)
  const revoked = await token('editor')
  const next = await rotate(revoked.id, { grace: 3600 })
  await remove(`/v1/tokens/${revoked.id}`)
  t.strictSame([await drafts(revoked.token), await drafts(next.token)], [401, 401])
  t.equal((await post(`/v1/tokens/${revoked.id}/rotate`)).status, 409)

  const expired = await token('editor', { expiresAt: '2026-11-02T09:00:00Z' })
  const last = await rotate(expired.id, { grace: 604_800 })
  pass(3_600_000)
  t.strictSame([await drafts(expired.token), await drafts(last.token)], [401, 401])
  t.equal((await post(`/v1/tokens/${expired.id}/rotate`)).status, 409)
  t.equal((await post(`${nobody}/rotate`)).status, 404)
})

t.test('a rotation takes a grace and nothing else', async (t) => {
  const { token, post } = await timed(t)
  const { id } = await token('editor')
  for (const grace of [-1, 604_801, 1.5, '60', null, true, {}, []])
    t.equal((await post(`/v1/tokens/${id}/rotate`, { grace })).status, 400, JSON.stringify(grace))
  t.equal((await post(`/v1/tokens/${id}/rotate`, { token: 'onr_mine' })).status, 400)
})

/** A socket that is kept, and the statuses of what is asked over it. */
function kept(t: Test, address: string) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  t.teardown(() => agent.destroy())
  const sockets = new Set<object>()
  const ask = (token: string) =>
    new Promise<number>((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}` }
      http
        .get(`${address}/v1/articles?edition=draft`, { agent, headers }, (response) => {
          sockets.add(response.socket)
          response.resume().once('end', () => resolve(response.statusCode!))
        })
        .once('error', reject)
    })
  return { ask, sockets }
}

t.test('whatever ends a token ends it at the next request of a kept socket in another process', async (t) => {
  const file = await database(t)
  const here = await app(t, { file })
  const there = await app(t, { file })
  const { ask, sockets } = kept(t, await there.server.listen({ port: 0 }))
  const [revoked, rotated] = [await here.token('editor'), await here.token('editor')]
  t.strictSame([await ask(revoked.token), await ask(rotated.token)], [200, 200])
  await here.remove(`/v1/tokens/${revoked.id}`)
  t.equal(await ask(revoked.token), 401)
  const next = (await here.post(`/v1/tokens/${rotated.id}/rotate`)).json<IssuedToken>()
  t.strictSame([await ask(rotated.token), await ask(next.token)], [401, 200])
  t.equal(sockets.size, 1)
})

t.test('when a token was last used is written later, and once an hour', async (t) => {
  let now = new Date('2026-11-02T08:00:00.000Z')
  const client = await app(t, { clock: () => now, usageDelay: 20 })
  const { token, get, db } = client
  const { id, token: text } = await token('editor')
  const lastUsed = async () => (await get(`/v1/tokens/${id}`)).json<Token>().lastUsedAt
  const use = () => get('/v1/articles?edition=draft', { token: text })
  t.equal(await lastUsed(), null)
  const { write } = db
  const free = Promise.withResolvers<void>()
  db.write = async (actor, work) => {
    if (actor === 'tokens') await free.promise
    return write(actor, work)
  }
  await use()
  now = new Date('2026-11-02T08:00:01.000Z')
  await use()
  t.equal(await lastUsed(), null, 'no request waits for it')
  free.resolve()
  while ((await lastUsed()) === null) await pause(5)
  t.equal(await lastUsed(), '2026-11-02T08:00:00.000Z')
  const version = db.version()
  now = new Date('2026-11-02T08:59:59.999Z')
  await use()
  await pause(60)
  t.equal(db.version(), version, 'nothing was written')
  now = new Date('2026-11-02T09:00:00.000Z')
  await use()
  while ((await lastUsed()) === '2026-11-02T08:00:00.000Z') await pause(5)
  t.equal(await lastUsed(), '2026-11-02T09:00:00.000Z')
  const { data } = (await get('/v1/changes')).json<{ data: object[] }>()
  t.equal(data.length, 1, 'the change log does not tell of it')
})

t.test('what was used last is written when the service stops, and never goes back', async (t) => {
  const file = await database(t)
  const later = await app(t, { file, clock: () => new Date('2026-11-02T10:00:00Z') })
  const earlier = await app(t, { file, clock: () => new Date('2026-11-02T09:00:00Z') })
  const { id, token } = await later.token('editor')
  for (const { get } of [later, earlier])
    t.equal((await get('/v1/articles?edition=draft', { token })).status, 200)
  await later.server.close()
  await earlier.server.close()
  const { get } = await app(t, { file })
  t.equal((await get(`/v1/tokens/${id}`)).json<Token>().lastUsedAt, '2026-11-02T10:00:00.000Z')
})

t.test('a use that cannot be written is noted again', async (t) => {
  const { server, db, token, get } = await app(t, { usageDelay: 1 })
  const { id, token: text } = await token('editor')
  const { write } = db
  let refused = 0
  db.write = async (actor, work) => {
    if (actor !== 'tokens' || refused++ > 0) return write(actor, work)
    throw new Unavailable('the disk is full')
  }
  const errors = t.capture(server.log, 'error')
  const use = () => get('/v1/articles?edition=draft', { token: text })
  await use()
  while (refused === 0) await pause(5)
  t.match(errors().at(0)!.args[0], { message: 'the disk is full' })
  await pause(5)
  await use()
  const lastUsed = async () => (await get(`/v1/tokens/${id}`)).json<Token>().lastUsedAt
  while ((await lastUsed()) === null) await pause(5)
  t.equal(refused, 2)
})

t.test('a token that comes with a public read is used', async (t) => {
  const { token, get } = await app(t, { usageDelay: 1 })
  const { id, token: text } = await token('editor')
  await get('/v1/articles', { token: text })
  const lastUsed = async () => (await get(`/v1/tokens/${id}`)).json<Token>().lastUsedAt
  while ((await lastUsed()) === null) await pause(5)
  t.match(await lastUsed(), /Z$/)
})

t.test('nothing of another form than documented is taken where tokens are made and shown', async (t) => {
  const { post, get, db } = await app(t)
  const good = { name: 'Ines', role: 'editor', expiresAt: '2027-01-01T00:00:00Z' }
  const odd = [{}, [], 0, true, '', 'e\u0301ditor', 'EDITOR', ' editor', ['editor'], { $ne: null }]
  for (const value of [...odd, null]) {
    t.equal((await post('/v1/tokens', { ...good, role: value })).status, 400, JSON.stringify(value))
    if (typeof value !== 'string' || value === '')
      t.equal((await post('/v1/tokens', { ...good, name: value })).status, 400, JSON.stringify(value))
    if (value !== null)
      t.equal((await post('/v1/tokens', { ...good, expiresAt: value })).status, 400, JSON.stringify(value))
  }
  t.equal((await db.read.q.select().from(db.read.t.tokens)).length, 0)
  const huge = 'x'.repeat(10 * 1024 * 1024)
  for (const name of ['name', 'role', 'expiresAt'])
    t.equal((await post('/v1/tokens', { ...good, [name]: huge })).status, 413, name)
  const decomposed = await post('/v1/tokens', { ...good, name: 'Ine\u0301s' })
  t.equal(decomposed.json<Token>().name, 'Ine\u0301s', 'a name is kept as it was sent')
  for (const authorization of [
    '{}',
    '[]',
    'null',
    '0',
    'true',
    'Bearer {}',
    'Bearer null',
    'Bearer e\u0301',
    huge
  ])
    t.equal((await get('/v1/tokens', { token: null, headers: { authorization } })).status, 401)
})

t.test('a token in an address is refused, wherever it stands', async (t) => {
  const { read, token } = await app(t)
  const { token: text } = await token('editor')
  for (const url of [
    `/v1/articles?q=${text}`,
    `/v1/articles?${text}=1`,
    `/v1/articles/${text}`,
    `/v1/search?q=x${text}x`,
    `/v1/articles?edition=draft&token=${text}`,
    `/${text}`
  ]) {
    const answer = await read(url)
    t.equal(answer.status, 400, url)
    t.notMatch(answer.body, text)
  }
})

t.test('a token in a body is refused, in whatever field, and the answer does not repeat it', async (t) => {
  const { post, token } = await app(t)
  const { token: text } = await token('editor')
  const refused = async (body: object, pointer: string) => {
    const answer = await post('/v1/articles', body)
    t.match(answer.json(), { status: 400, type: '/problems/invalid-input', errors: [{ pointer }] })
    t.notMatch(answer.body, text)
  }
  await refused({ title: `use ${text} to get in` }, '/title')
  await refused({ ...ferry, extra: { deep: [{ er: `x${text}` }] } }, '/extra/deep/0/er')
  await refused({ title: 'x', extra: { [text]: 1 } }, '/extra')
  t.equal((await post('/v1/articles', { title: 'onr_ begins a token' })).status, 201)
})

t.test('nobody is named as a part of the program, or so that the name reads as another', async (t) => {
  const { post } = await app(t)
  const role = 'editor'
  for (const name of [
    'oidc:alice',
    'OIDC:alice',
    'timetable',
    ' timetable',
    'onrecord_admin_token',
    'time\u00adtable',
    'ｔｉｍｅｔａｂｌｅ',
    'Command\u00a0 line',
    'a\u202eb',
    '\u2066a'
  ])
    t.match(
      (await post('/v1/tokens', { name, role })).json(),
      { status: 422, errors: [{ pointer: '/name' }] },
      name
    )
  for (const name of ['alice', 'the timetable', 'Ines (oidc:alice)', 'إيناس'])
    t.equal((await post('/v1/tokens', { name, role })).status, 201, name)
})

t.test('no two live tokens have one name, however it is typed', async (t) => {
  let now = new Date()
  const { post, remove } = await app(t, { clock: () => now })
  const issue = async (name: string, more: object = {}) =>
    post('/v1/tokens', { name, role: 'editor', ...more })
  const first = await issue('Inés Okafor', { expiresAt: new Date(now.getTime() + 60_000).toISOString() })
  const { id } = first.json<IssuedToken>()
  for (const name of [
    'Inés Okafor',
    'ine\u0301s  OKAFOR',
    'Inés\u00a0Okafor',
    'Inés O\u200bkafor',
    ' Inés Okafor'
  ]) {
    const refused = await issue(name)
    t.match(refused.json(), { status: 409, type: '/problems/conflict', errors: [{ pointer: '/name' }] }, name)
    t.match(
      refused.json<{ detail: string }>().detail,
      new RegExp(`${id} .*another name, rotate .*, or revoke`)
    )
  }
  t.equal((await issue('Ines Okafor')).status, 201, 'an accent is another name')
  now = new Date(now.getTime() + 61_000)
  const second = await issue('Inés Okafor')
  t.equal(second.status, 201, 'the first has expired')
  t.equal((await issue('Inés Okafor')).status, 409)
  t.equal((await post(`/v1/tokens/${second.json<IssuedToken>().id}/rotate`)).status, 200)
  await remove(`/v1/tokens/${second.json<IssuedToken>().id}`)
  t.equal((await issue('Inés Okafor')).status, 201, 'the second was revoked')
})

t.test('a log line loses its tokens, however they are written', (t) => {
  const text = `onr_${'aB3-_'.repeat(8)}abc`
  const jwt = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'
  for (const written of [text, encodeURIComponent(text), `%6f%6Er%5F${text.slice(4)}`, jwt, `${jwt}c2ln`])
    t.equal(withoutTokens(`{"url":"/v1/x?q=${written}&y=1"}`), '{"url":"/v1/x?q=[token]&y=1"}')
  t.equal(withoutTokens('{"msg":"incoming request"}'), '{"msg":"incoming request"}')
  t.end()
})

/** The service as it is run, at the level trace: what it says, and where it keeps things. */
async function running(t: Test, env: object) {
  const home = folder(t)
  const file = join(home, 'news.db')
  const child = spawn(process.execPath, ['onrecord.js', 'serve'], {
    env: {
      ...process.env,
      ...unmeasured,
      ...env,
      DATABASE_URL: `file:${file}`,
      PORT: '0',
      ONRECORD_ADMIN_TOKEN: admin,
      LOG_LEVEL: 'trace'
    }
  })
  t.teardown(() => child.kill('SIGKILL'))
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))
  while (!said.includes('Database ')) await pause(10)
  const address = /listens on (\S+)/.exec(said)![1]!

  /** Sends this as the admin, unless the headers say otherwise; answers all that came back. */
  async function send(method: string, url: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(address + url, {
      method,
      headers: {
        authorization: `Bearer ${admin}`,
        'if-match': '*',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) })
    })
    return JSON.stringify([...response.headers]) + (await response.text())
  }

  return {
    send,
    made: async <T>(url: string, body: object): Promise<T> =>
      JSON.parse((await send('POST', url, body)).replace(/^.*?\]\]/, '')),
    log: () => said,
    /** The bytes of the database, with what is not yet in its file. */
    bytes: () => [file, `${file}-wal`].map((name) => readFileSync(name, 'latin1')).join(),
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'close')
      return readFileSync(file, 'latin1')
    }
  }
}

/** Sends a token in every way there is, right and wrong; answers all that came back. */
async function useEverywhere(
  { send, made }: Awaited<ReturnType<typeof running>>,
  text: string,
  mayStore: boolean
) {
  const { id } = await made<{ id: string }>('/v1/articles', { title: 'x' })
  const article = `/v1/articles/${id}`
  const answers: string[] = []
  const ask = async (...request: Parameters<typeof send>) => answers.push(await send(...request))
  for (const authorization of [`Bearer ${text}`, text, `Basic ${text}`, `Bearer ${text} x`]) {
    for (const url of ['/v1/articles?edition=draft', '/v1/tokens', '/v1/nothing', article])
      await ask('GET', url, undefined, { authorization })
    await ask('POST', '/v1/articles', ferry, { authorization })
    await ask('POST', '/v1/batch', { operations: [{ method: 'GET', path: article }] }, { authorization })
  }
  for (const name of [
    'if-match',
    'if-none-match',
    'cookie',
    'x-request-id',
    'last-event-id',
    'origin',
    'x-api-key'
  ])
    await ask('PUT', article, { title: 'x' }, { [name]: text })
  for (const name of ['q', 'token', 'cursor', 'section', 'source', 'edition', text])
    for (const value of [text, `%${text.charCodeAt(0).toString(16)}${text.slice(1)}`]) {
      await ask('GET', `/v1/articles?${name}=${value}`)
      await ask('GET', `/v1/${value}`)
      await ask('GET', `/v1/articles/${value}?body=html`)
    }
  for (const body of [
    { token: text },
    { title: 'x', [text]: 1 },
    [text],
    { title: { text } },
    `{"title": ${text}}`
  ]) {
    for (const [method, url] of [
      ['POST', '/v1/articles'],
      ['PATCH', article],
      ['POST', '/v1/tokens']
    ] as const)
      await ask(method, url, body)
    await ask('POST', '/v1/batch', { operations: [{ method: 'POST', path: '/v1/articles', body }] })
  }
  if (!mayStore) {
    await ask('POST', '/v1/articles', { title: text })
    await ask('POST', '/v1/tokens', { name: text, role: 'editor' })
    await ask('POST', '/v1/batch', {
      operations: [{ method: 'POST', path: '/v1/articles', body: { title: text } }]
    })
  }
  await ask('POST', '/v1/articles', text, { 'content-type': text })
  return answers
}

t.test('no token stands in a log, in an answer or in the database', async (t) => {
  const people = await issuer(t)
  const service = await running(t, people.config)
  const { send, made } = service
  const first = await made<IssuedToken>('/v1/tokens', { name: 'Ines', role: 'admin' })
  const second = await made<IssuedToken>(`/v1/tokens/${first.id}/rotate`, { grace: 3600 })
  const revoked = await made<IssuedToken>('/v1/tokens', { name: 'x', role: 'editor' })
  await send('DELETE', `/v1/tokens/${revoked.id}`)
  const jwt = await people.sign({ roles: ['admin'] })
  const answers: string[] = []
  for (const { token } of [first, second, revoked])
    answers.push(...(await useEverywhere(service, token, false)))
  // Anybody's JWT may be what a story is about: as a text it is stored.
  answers.push(...(await useEverywhere(service, jwt, true)))
  for (const url of ['/v1/tokens', `/v1/tokens/${first.id}`, '/v1/changes'])
    answers.push(await send('GET', url))
  const bytes = service.bytes() + (await service.stop())
  t.ok(answers.length > 250)
  t.ok(service.log().includes('request completed'), 'there was a log')
  t.ok(
    bytes.includes('ONRECORD_ADMIN_TOKEN') && bytes.includes(first.prefix!),
    'and something in the database'
  )
  for (const text of [first.token, second.token, revoked.token, jwt]) {
    const rest = text.slice(8)
    t.notOk(service.log().includes(rest), 'not in the log')
    t.notOk(
      answers.some((answer) => answer.includes(rest)),
      'not in an answer'
    )
    t.notOk(bytes.includes(rest), 'not in the database')
  }
})
