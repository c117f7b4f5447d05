// On Record over PostgreSQL. A server of a package of npm is started for this file; where it cannot run, the reason is told.
// `npm run test:postgres` runs the other test files on it, too.
import { readdirSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join, resolve } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { inspect } from 'node:util'
import { eq, sql } from 'drizzle-orm'
import pg from 'pg'
import t, { type Test } from 'tap'
import * as tokens from '../../src/access/tokens/store.ts'
import { readConfig } from '../../src/config/config.ts'
import { checkFolder } from '../../src/files/blobs/one-folder.ts'
import { checkOneFolder, folderOf } from '../../src/files/blobs/open.ts'
import { main, type Terminal } from '../../src/main.ts'
import { announce } from '../../src/operations/announce.ts'
import { allTags, Full, Unavailable } from '../../src/storage/database.ts'
import { openDatabase } from '../../src/storage/opening/open.ts'
import { Refusal } from '../../src/storage/opening/refusal.ts'
import { addressOf } from '../../src/storage/postgres/connections/address.ts'
import { connectToPrimary, reasonOf } from '../../src/storage/postgres/connections/connect.ts'
import { checkOwnSession } from '../../src/storage/postgres/connections/own-session.ts'
import { translated } from '../../src/storage/postgres/errors.ts'
import { follow } from '../../src/storage/postgres/follow.ts'
import { fullText, walk } from '../../src/storage/postgres/fulltext.ts'
import { knownCommits } from '../../src/storage/postgres/known-commits.ts'
import { checkServer } from '../../src/storage/postgres/open.ts'
import { readers } from '../../src/storage/postgres/readers.ts'
import { snapshots } from '../../src/storage/postgres/snapshots.ts'
import { transactionsOf } from '../../src/storage/postgres/transactions.ts'
import { vectorOf } from '../../src/storage/postgres/vectors.ts'
import { app, type Client, ferry, folder, secret } from '../support/app.ts'
import { until } from '../support/until.ts'
import { emptyDatabase, postgresDatabase } from './database.ts'
import { pooler } from './pooler.ts'
import { relay } from './relay.ts'
import { missing, server, startStandby, statements } from './server.ts'

const skip = (await missing()) ?? false

/** Cuts the connection of a client, and waits until it knows. */
function cutOff(client: pg.Client) {
  const gone = new Promise((resolve) => client.once('end', resolve))
  ;(client as unknown as { connection: { stream: Socket } }).connection.stream.destroy()
  return gone
}

/** That this ends as what cannot be done right now (503). */
async function unavailable(t: Test, doing: Promise<unknown>, why = 'it cannot be done right now') {
  const error = await doing.catch((error: Error) => error)
  t.ok(error instanceof Unavailable, why)
}

const onServer = async (t: Parameters<typeof app>[0], options: Parameters<typeof app>[1] = {}) => {
  const file = await postgresDatabase(t)
  return { ...(await app(t, { ...options, file })), file }
}

t.test('the same requests are answered with the same bytes as on SQLite', { skip }, async (t) => {
  const clock = () => new Date('2026-05-04T08:00:00Z')
  const [inFile, onPostgres] = [await app(t, { clock }), await onServer(t, { clock })]
  const [expected, answered] = [await conversation(inFile), await conversation(onPostgres)]
  t.equal(answered.length, expected.length)
  for (const [i, one] of expected.entries()) t.same(answered[i], one, one.slice(0, 80))
})

/** What a newsroom asks, and is answered; ids by the order in which they are seen. */
async function conversation({ get, post, patch, put, remove, read, draft }: Client): Promise<string[]> {
  const seen = new Map<string, string>()
  const plain = (text: string) =>
    text
      .replace(/\b[a-z]+_[0-9a-hjkmnp-tv-z]{26}\b/g, (id) => {
        if (!seen.has(id)) seen.set(id, `${id.split('_')[0]} ${seen.size}`)
        return seen.get(id)!
      })
      .replace(/urn:uuid:[\w-]+/g, 'urn:uuid')
      .replace(/"(editKey|authorKey|key)":"[\w.-]+"/g, '"$1"')
      .replace(/cursor=[\w-]+/g, 'cursor')
      .replace(/"next":"[^"]*"/g, '"next"')
  const said: string[] = []
  const say = <T extends { status: number; body: string }>(what: string, answer: T): T => {
    said.push(`${what}: ${answer.status} ${plain(answer.body)}`)
    return answer
  }
  const article = await draft()
  const second = await draft({
    title: 'Ferry budget grows: Überfahrt nach Øygarden, 中国总理 and "two words" at 10:30',
    extra: { z: 1, a: [1.5, null, { y: 'é', x: '' }], '10': true, '9': false }
  })
  say('the draft', await get(`/v1/articles/${second.id}?edition=draft`))
  say('a slug that is taken', await post('/v1/articles', { ...ferry, slug: article.slug }))
  say('a reference that leads nowhere', await post('/v1/articles', { ...ferry, leadMediaId: article.id }))
  say('published', await post(`/v1/articles/${article.id}/publish`))
  say('published, too', await post(`/v1/articles/${second.id}/publish`))
  say('by slug', await read(`/v1/articles/${article.slug}`))
  for (const query of [
    'tag=ferry',
    'tag=ferry&tag=budget&section=harbour&language=en',
    'sort=publishedAt',
    'limit=1',
    'tag=nothing',
    'section=a%00b'
  ])
    say(query, await read(`/v1/articles?${query}`))
  for (const words of [
    'ferry',
    'sail*',
    '"ferry keeps"',
    '"sailing mara"',
    'overfahrt',
    'uberfahrt ferry',
    '中国',
    '"two words"',
    'nothing',
    'ferry -budget',
    '̈',
    "it's & | ! ( ' \\ :*"
  ])
    for (const more of ['', '&sort=relevance', '&kind=quote'])
      say(words + more, await read(`/v1/search?q=${encodeURIComponent(words)}${more}`))
  say('desk', await get('/v1/articles?edition=draft&q=ferry'))
  say('sources', await get('/v1/sources?edition=draft&q=lindqvist'))
  say('tags', await read('/v1/tags'))
  say('sections', await read('/v1/sections'))
  say('quotes', await read('/v1/quotes'))
  say('attributions', await read('/v1/attributions'))
  say(
    'a change',
    await patch(`/v1/articles/${article.id}`, { title: 'Ferry stops', tags: ['harbour', 'Zoo'] })
  )
  say('changed', await post(`/v1/articles/${article.id}/publish`))
  say('the list', await read('/v1/articles?limit=10'))
  say('old words', await read('/v1/search?q=sailing'))
  say('editions', await get(`/v1/articles/${article.id}/editions`))
  say('compared', await get(`/v1/articles/${article.id}/editions/2/difference`))
  say('history', await get(`/v1/articles/${article.id}/history`))
  say(
    'a comment',
    await post(
      `/v1/articles/${article.id}/comments`,
      { author: { name: 'Ada', email: 'ada@example.org' }, body: 'So it goes.' },
      { token: null }
    )
  )
  say('the comments', await get('/v1/comments?edition=draft&status=pending'))
  say('licences', await put('/v1/licences', { licences: [] }))
  say('withdrawn', await post(`/v1/articles/${second.id}/withdraw`))
  say('gone', await read(`/v1/articles/${second.slug}`))
  say('removed', await remove(`/v1/articles/${second.id}`))
  say('the log', await get('/v1/changes?limit=100'))
  say('nobody', await get('/v1/articles/art_00000000000000000000000000'))
  return said
}

let many = 0
const fresh = () => ({ role: 'viewer' as const, name: `somebody ${++many}` })

t.test('a write that breaks a rule, or throws, takes nothing else along', { skip }, async (t) => {
  const { db, get } = await onServer(t)
  const broken = (kind: 'unique' | 'reference') =>
    db.write('t', async ({ q, t: { addresses, reviews } }) => {
      const address = { slug: 'ferry', articleId: 'art_1' }
      if (kind === 'unique') await q.insert(addresses).values([address, address])
      const review = { id: 'r', causeId: 'c', articleId: 'a', state: 'open', run: 1, at: '' }
      await q.insert(reviews).values(review)
    })
  const refused = async (tx: Parameters<typeof tokens.create>[0]) => {
    await tokens.create(tx, fresh())
    throw new Error('not today')
  }
  // Together in one transaction, which is done anew with savepoints.
  const results = await Promise.allSettled([
    db.write('t', (tx) => tokens.create(tx, fresh())),
    broken('unique'),
    db.write('t', async () => Promise.reject(new Error('before it wrote'))),
    broken('reference'),
    db.write('t', refused),
    db.write('t', (tx) => tokens.create(tx, fresh()))
  ])
  t.match(
    results.map((one) => (one.status === 'fulfilled' ? 'done' : one.reason)),
    [
      'done',
      { message: /unique rule/ },
      { message: 'before it wrote' },
      { kind: 'reference' },
      { message: 'not today' },
      'done'
    ]
  )
  t.equal((await get('/v1/tokens')).json<{ data: [] }>().data.length, 2)
  await t.rejects(broken('reference'), { message: 'a reference rule of the tables was broken' })
  await t.rejects(db.write('t', refused), { message: 'not today' })
  let late: Parameters<typeof tokens.create>[0] | undefined
  await db.write('t', async (tx) => {
    late = tx
  })
  await unavailable(t, tokens.create(late!, fresh()), 'nothing is written when a transaction is over')
  const lost = db.write('t', async (tx) => {
    await tokens.create(tx, fresh())
    await tx.within('u', (inner) => inner.q.select({ id: inner.t.tokens.id }).from(inner.t.tokens))
    await tx.q
      .insert(tx.t.addresses)
      .values({ slug: 'x', articleId: 'a' })
      .catch(() => {})
    await tx.q
      .insert(tx.t.addresses)
      .values({ slug: 'x', articleId: 'a' })
      .catch(() => {})
  })
  await t.rejects(lost, 'an error that was caught leaves nothing to commit')
  t.throws(() => (db.read.q as unknown as { transaction(): void }).transaction(), { message: /write queue/ })
})

t.test('what PostgreSQL says of a statement is told without its values', { skip }, async (t) => {
  const { db } = await onServer(t)
  const secret = 'ada@example.org'
  const failed = await db
    .write('t', async ({ q, t: { addresses } }) => {
      const row = { slug: secret, articleId: 'a' }
      await q.insert(addresses).values([row, row])
    })
    .catch((error: Error) => error)
  const read = await Promise.resolve(
    db.read.q.select().from(sql`(select cast(${secret} as bigint)) as one`)
  ).catch((error: Error) => error)
  for (const error of [failed, read]) {
    t.ok(error instanceof Error)
    t.notMatch(inspect(error, { depth: 9, showHidden: true }), secret)
  }
  t.match(read, {
    code: '22P02',
    message: 'PostgreSQL refused a statement (22P02): routine pg_strtoint64_safe'
  })
})

t.test(
  'a connection that is lost is made anew, and who waited is told to come again',
  { skip },
  async (t) => {
    const { get, post, read, db, file } = await onServer(t)
    const end = (which: string) =>
      statements(
        file,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() ${which}`
      )
    const { slug, id } = (await post('/v1/articles', ferry)).json<{ slug: string; id: string }>()
    await post(`/v1/articles/${id}/publish`)
    await Promise.all(Array.from({ length: 20 }, (_, i) => read(`/v1/articles?limit=${i + 1}`)))
    const during = db.write('t', async (tx) => {
      await tokens.create(tx, fresh())
      await end('')
      await tokens.create(tx, fresh())
    })
    await unavailable(t, during)
    await until(async () => (await get('/v1/tokens')).status === 200)
    t.equal((await get('/v1/tokens')).json<{ data: [] }>().data.length, 0)
    t.equal((await post('/v1/articles', { ...ferry, slug: 'after' })).status, 201)
    t.equal((await read(`/v1/articles/${slug}`)).status, 200)
    const reading = db.read.q.select({ slept: sql`pg_sleep(20)` }).from(sql`(select 1) as one`)
    const waiting = unavailable(t, Promise.resolve(reading))
    await until(async () => (await end("and query like '%pg_sleep(20)%'")).length > 0)
    await waiting
    t.equal((await get('/v1/tokens')).status, 200)
  }
)

t.test('what another process commits is known soon', { skip }, async (t) => {
  const { db, read, get, post, file } = await onServer(t)
  const other = await openDatabase(file, undefined, { folder: folder(t) })
  t.teardown(() => other.close())
  const { id, slug } = (await post('/v1/articles', ferry)).json<{ slug: string; id: string }>()
  t.equal((await read(`/v1/articles/${slug}`)).status, 404)
  const second = await app(t, { file })
  t.equal((await second.post(`/v1/articles/${id}/publish`)).status, 200)
  await until(async () => (await read(`/v1/articles/${slug}`)).status === 200)
  const version = db.version()
  await statements(
    file,
    "select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen onrecord' or query like '%from state'"
  )
  await other.write('t', (tx) => tokens.create(tx, fresh()))
  await until(() => db.version() > version)
  t.equal((await get('/v1/tokens')).json<{ data: [] }>().data.length, 1)
  // Many transactions, then one that changes everything.
  for (let i = 0; i < 3; i++)
    await other.write('t', async (tx) => {
      await tokens.create(tx, fresh())
      tx.invalidated.add(i < 2 ? 7 + i : allTags)
    })
  const { seq } = other.invalidatedSince(undefined)
  await until(() => db.invalidatedSince(undefined).seq === seq)
  t.same(db.invalidatedSince(seq), { seq, tags: [] })
  t.same(db.invalidatedSince(seq - 1), { seq, tags: undefined })
  await other.write('t', async (tx) => {
    await tokens.create(tx, fresh())
    tx.invalidated.add(9)
  })
  await until(() => db.invalidatedSince(undefined).seq === seq + 1)
  t.same(db.invalidatedSince(seq), { seq: seq + 1, tags: [new Uint32Array([9])] })
  t.same(db.invalidatedSince(0).tags, undefined)
  // A standby that lacked the last commits became the primary.
  await statements(
    file,
    `update state set epoch = epoch + 1, invalidation = invalidation - 1; delete from invalidations where seq > ${seq}`,
    'notify onrecord'
  )
  await until(() => db.invalidatedSince(undefined).seq !== seq + 1)
  t.same(db.invalidatedSince(seq + 1), { seq: seq + 2, tags: undefined }, 'then everything is read anew')
})

t.test('many rows are remembered, and no more', { skip }, async (t) => {
  const known = knownCommits()
  t.same(known.since(undefined), { seq: 0, tags: undefined })
  const before = { epoch: -1, seq: 0, ends: null }
  const commit = (tags: Set<number>, ends: string | null) => {
    known.commit({ ...before }, [tags]).done(ends, undefined, '')
    before.epoch++
    before.seq++
  }
  for (let i = 0; i < 3000; i++) commit(new Set([i + 1]), null)
  t.equal(known.since(2000).tags!.length, 1000)
  t.equal(known.since(100).tags, undefined)
  commit(new Set(Array.from({ length: 5000 }, (_, i) => i + 1)), '2026')
  t.equal(known.since(3000).tags, undefined, 'a transaction that changes very much changes everything')
  t.equal(known.firstEnd(), '2026')
})

t.test('one process at a time has the lock of imports', { skip }, async (t) => {
  const { db, post, file } = await onServer(t)
  let inner: boolean | undefined
  const ran = await db.copies.withLock('import', async () => {
    inner = await db.copies.withLock('import', async () => {})
  })
  t.same([ran, inner], [true, false])
  const own = `select pg_terminate_backend(pid) from pg_locks join pg_database d on d.oid = database
    where locktype = 'advisory' and datname = current_database()`
  await db.copies.withLock('import', async (lost) => {
    t.notOk(lost.aborted)
    await statements(file, own)
    await until(() => lost.aborted)
    t.ok(await db.copies.withLock('import', async () => {}), 'another one may take it')
  })
  for (const kind of ['backups', 'exports']) {
    const answer = await post(`/v1/${kind}`)
    t.equal(answer.status, 409)
    t.match(answer.json<object>(), { detail: /stored in PostgreSQL, which its operator backs up/ })
  }
  const { signal } = new AbortController()
  await t.rejects(db.copies.make('x', signal), { message: /operator/ })
  await t.rejects(db.copies.export('x', signal), { message: /operator/ })
  t.equal(db.copies.find('x'), undefined)
  db.copies.remove('x')
  t.equal(await db.freeBytes(), Infinity)
  await db.truncateLog()
})

t.test('words are indexed as they are searched', (t) => {
  t.equal(vectorOf('headline', 'Late ferry, late'), "'late':1A,3A 'ferry':2A")
  t.equal(vectorOf('quote', ''), '')
  t.equal(vectorOf('text', `${'x'.repeat(600)} y`), `'${'x'.repeat(500)}':1B 'y':2B`)
  const often = vectorOf('caption', 'a b '.repeat(10_000))
  t.equal(often.split(',').length, 511, '256 places of each word')
  t.match(vectorOf('caption', `${'a '.repeat(20_000)}b`), /'b':16383D/)
  const many = Array.from({ length: 100_000 }, (_, i) => `word${i}`).join(' ')
  t.ok(vectorOf('text', many).length < 2 ** 21, 'a vector stays under the megabyte that PostgreSQL takes')
  const { expression, either } = fullText
  const term = (text: string, prefix = false) => ({ words: text.split(' '), prefix })
  t.equal(expression([term('ferry')]), "'ferry'")
  t.equal(expression([term('fe', true)]), "'fe':*")
  t.equal(expression([term('ferry'), term('sa', true)], ['headline', 'text']), "'ferry':AB & 'sa':*AB")
  t.equal(
    expression([term('late ferry')], ['quote'], 'headline'),
    "(('late':C <-> 'ferry':C)) & !(('late':A <-> 'ferry':A))"
  )
  t.equal(expression([term('ferry'), term('!')]), '', 'where one term is no word, nothing is found')
  t.equal(either(["'a':A", '', "'b':A"]), "('a':A) | ('b':A)")
  const wordsOf = fullText.wordParameters!
  t.same(wordsOf([term('late ferry'), term('sa', true)]), {
    words: "'late' & 'ferry' & 'sa':*",
    word0: "'late'",
    word1: "'ferry'",
    word2: "'sa':*"
  })
  t.same(wordsOf([term('ferry')]), { words: "'ferry'", word0: "'ferry'", word1: "'ferry'", word2: "'ferry'" })
  t.same(wordsOf([term('!')]), { words: '', word0: '', word1: '', word2: '' })
  t.end()
})

t.test('a search finds the same by either way of its statement, and as on SQLite', { skip }, async (t) => {
  let minute = 0
  const clock = () => new Date(Date.UTC(2026, 4, 4, 8, minute))
  const file = await postgresDatabase(t)
  const { rows } = walk
  t.teardown(() => {
    walk.rows = rows
  })
  // So many rows are looked through before the inverted index is asked: none fills a page, some do, all do.
  const onSqlite = await app(t, { clock })
  const onPostgres: Client[] = []
  for (const some of [1, 4, rows]) {
    walk.rows = some
    const client = await app(t, { clock, file })
    // Statements are made with the first search of their shape.
    for (const url of searches) await client.get(url)
    onPostgres.push(client)
  }
  for (const client of [onSqlite, onPostgres[0]!])
    for (let i = 0; i < 12; i++) {
      const words = `ferry ${i % 3 ? 'late' : 'early'} ${i % 6 ? 'harbour' : 'seldom'} ${i % 2 ? 'odd' : 'even'} tide`
      const body = { text: `${ferry.body.text}\n\n${words}` }
      const title = i % 4 ? `Story ${i}` : `Ferry tide ${i}`
      const section = i % 5 ? 'News' : 'Sport'
      const draft = await client.post('/v1/articles', { ...ferry, slug: `s${i}`, title, section, body })
      const { id } = draft.json<{ id: string }>()
      minute = i
      t.equal((await client.post(`/v1/articles/${id}/publish`)).status, 200)
    }
  let found = 0
  for (const first of searches) {
    const expected = await pagesOf(onSqlite, first)
    found += expected.flat().length
    for (const client of onPostgres) t.same(await pagesOf(client, first), expected, first)
  }
  t.ok(found > 100, `${found} found`)
})

const searches = [
  'ferry',
  'seldom',
  'late even',
  'early late',
  'harb*',
  '"late seldom"',
  '"ferry late"',
  'nowhere',
  '!'
].flatMap((words) =>
  [
    'search?sort=relevance',
    'search?sort=publishedAt',
    'search?kind=article',
    'articles?sort=-publishedAt&section=News'
  ].map((list) => `/v1/${list}${list.includes('?') ? '&' : '?'}limit=3&q=${encodeURIComponent(words)}`)
)

/** The slugs or texts of what is found, page by page. */
async function pagesOf({ get }: Client, first: string): Promise<string[][]> {
  const pages: string[][] = []
  for (let url: string | undefined = first; url !== undefined; ) {
    const answer = await get(url)
    if (answer.status >= 300) return [[answer.body]]
    const { data } = answer.json<{ data: Found[] }>()
    pages.push(data.map(({ item, slug, title }) => `${item?.slug ?? slug} ${item?.text ?? title}`))
    url = /^<(.+)>; rel="next"$/.exec(String(answer.headers.link ?? ''))?.[1]
  }
  return pages
}

interface Found {
  item?: { slug?: string; text?: string }
  slug?: string
  title?: string
}

t.test('a database is refused with the reason', { skip }, async (t) => {
  const refused = async (url: string, message: RegExp) => {
    const error = await openDatabase(url).then(
      () => undefined,
      (thrown: Error) => thrown
    )
    t.ok(error instanceof Refusal, String(message))
    t.match(error!.message, message)
    t.notMatch(error!.message, 'hunter2')
  }
  const foreign = await emptyDatabase(t)
  await statements(foreign, 'create table theirs (x int)')
  await refused(foreign, /has tables, but not those of On Record/)
  const latin = await emptyDatabase(t, "encoding 'LATIN1' template template0")
  await refused(latin, /has the encoding LATIN1/)
  const careless = await emptyDatabase(t)
  await statements(
    careless,
    `alter database ${new URL(careless).pathname.slice(1)} set synchronous_commit = off`
  )
  await refused(careless, /has synchronous_commit = off, and may lose what was acknowledged/)
  const newer = await postgresDatabase(t)
  await statements(newer, "insert into __drizzle_migrations (hash, created_at) values ('x', 9e15)")
  await refused(newer, /was written by a newer release/)
  const port = new URL(newer).port
  await refused(
    `postgres://ada:hunter2@127.0.0.1:1,127.0.0.1:${port}/nothing`,
    /postgres:\/\/ada@.*has no primary that answers: 127.0.0.1:1: .*ECONNREFUSED/
  )
  await refused(
    `postgres://127.0.0.1:${port}/nothing`,
    /^postgres:\/\/127.0.0.1:\d+\/nothing has no primary that answers/
  )
  await refused('postgres://ada:hunter2@/news?host=/nowhere', /the local socket: .*ENOENT/)
  for (const url of [
    'postgres://ada:hunter2@host',
    'postgres://ada:hun@ter2@host/news',
    'postgres://ada:hunter2@host:port/news'
  ])
    await refused(url, /is no address of a PostgreSQL database/)
  const old = { query: async () => ({ rows: [{ version: '140011' }] }) } as unknown as Parameters<
    typeof checkServer
  >[0]
  await t.rejects(checkServer(old, 'there'), { message: /there is PostgreSQL 14: 15 or newer is needed/ })
})

t.test('a start goes on where an upgrade was interrupted', { skip }, async (t) => {
  const url = await emptyDatabase(t)
  const open = async () => {
    const { created, migrated, where, close } = await openDatabase(url, undefined, { folder: folder(t) })
    await close()
    return { created, migrated, where }
  }
  const where = `postgres://postgres@127.0.0.1:${new URL(url).port}${new URL(url).pathname}`
  t.same(await Promise.all([open(), open()]).then((both) => both.filter(({ created }) => created).length), 1)
  t.same(await open(), { created: false, migrated: false, where })
  await statements(url, "update rebuilds set release = '1'")
  t.same(await open(), { created: false, migrated: true, where })
  await statements(url, 'update rebuilds set after = null')
  const { filesFolder, close } = await openDatabase(url)
  t.equal(
    filesFolder,
    resolve('data', new URL(url).pathname.slice(1), 'files'),
    'beside the program, where no other folder is named'
  )
  await close()
  t.same(await open(), { created: false, migrated: false, where })
})

t.test('the primary is found among several hosts', { skip }, async (t) => {
  const { url, port } = await server()
  const standby = await startStandby(t)
  const found = await connectToPrimary(
    addressOf(`postgres://postgres@127.0.0.1:${standby.port},127.0.0.1:${port}/postgres`)
  )
  t.equal((found as unknown as { port: number }).port, port)
  await found.end()
  const twice = addressOf(`postgres://postgres@127.0.0.1:${port},127.0.0.1:${port}/postgres`)
  t.same((await connectToPrimary(twice).then((one) => one.end())) ?? [], [], 'of two the first')
  await t.rejects(connectToPrimary(addressOf(standby.url('postgres'))), {
    message: `postgres://postgres@127.0.0.1:${standby.port}/postgres has no primary that answers: 127.0.0.1:${standby.port}: is a standby`
  })
  t.ok(url('x').startsWith('postgres://'))
})

t.test('what PostgreSQL cannot do right now is 503, and what it refuses for good is our fault', (t) => {
  const said = (code: string) =>
    translated(Object.assign(new pg.DatabaseError('it says why', 0, 'error'), { code }))
  for (const code of ['08006', '40001', '53300', '57P01', '58030', 'XX000', '25006', '55P03', '25P03'])
    t.ok(said(code) instanceof Unavailable && !(said(code) instanceof Full), code)
  t.ok(said('53100') instanceof Full)
  t.notOk(said('42601') instanceof Unavailable)
  t.notMatch(said('42601') as Error, { message: 'it says why' })
  t.ok(translated(new Error('Connection terminated unexpectedly')) instanceof Unavailable)
  const ours = new Error('ours')
  t.equal(translated(ours), ours)
  t.equal(reasonOf(new AggregateError([new Error('one'), new Error('two')])), 'one, two')
  t.equal(reasonOf(new Error('one')), 'one')
  t.end()
})

t.test('each kind of connection is made anew after it broke', { skip }, async (t) => {
  const address = addressOf(await postgresDatabase(t))
  let last: pg.Client | undefined
  let fails = true
  const connect = async () => {
    if (fails) throw new Unavailable('no primary')
    last = await connectToPrimary(address)
    return last
  }
  const cut = () => cutOff(last!)

  const pool = readers(connect)
  const one = { text: 'select 1' }
  await t.rejects(pool.run(one), { message: 'no primary' })
  fails = false
  t.same((await pool.run(one)).rows, [[1]])
  const named = { text: 'select 2', name: 'two' }
  const twice = await Promise.all([pool.run(named), pool.run(named)])
  t.same(
    twice.map(({ rows }) => rows),
    [[[2]], [[2]]],
    'what is prepared for one is there for the next'
  )
  const asleep = pool.run({ ...one, text: 'select pg_sleep(20)' })
  await Promise.all([cut(), unavailable(t, asleep)])
  t.same((await pool.run(one)).rows, [[1]])
  await cut()
  await Promise.allSettled([pool.run(one), pool.close()])

  const known = knownCommits()
  const { transactions, run, close, processId } = transactionsOf(connect, known)
  t.equal(processId(), undefined)
  await close()
  const until5 = () => performance.now() + 5000
  await transactions.begin(until5())
  cut()
  await unavailable(t, run(one))
  t.notOk(transactions.isOpen())
  await transactions.begin(until5())
  await transactions.rollback()
  cut()
  await t.rejects(Promise.resolve(transactions.begin(until5())))
  await transactions.begin(until5())
  t.ok(processId())
  await transactions.rollback()
  await close()

  fails = true
  const following = follow(known, { connect, cutOthers() {} }, () => undefined)
  t.equal(typeof (await following.fresh()), 'number', 'since when the database has been silent')
  t.equal(typeof (await following.fresh()), 'number')
  fails = false
  await until(async () => (await following.fresh()) === undefined)
  const listening = last
  cut()
  t.equal(await following.fresh(), undefined, 'a connection that was cut says nothing of the primary')
  t.not(last, listening)
  // It stands still while the answer comes.
  const asked = following.fresh()
  await turn()
  await turn()
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2100)
  t.equal(await asked, undefined)
  await following.stop()
})

t.test('a process that hangs with the lock loses it, and the others write on', { skip }, async (t) => {
  const { db, post, file } = await onServer(t)
  const hanging = new pg.Client(file)
  hanging.on('error', () => {})
  await hanging.connect()
  await hanging.query(
    "set idle_in_transaction_session_timeout = '1s'; begin; select epoch from state for update"
  )
  t.equal((await post('/v1/articles', ferry)).status, 201)
  const holding = new pg.Client(file)
  holding.on('error', () => {})
  await holding.connect()
  await holding.query('begin; select epoch from state for update')
  await unavailable(
    t,
    db.write('t', async () => {}),
    'after the five seconds that a write waits'
  )
  await holding.end()
  t.equal((await post('/v1/articles', { ...ferry, slug: 'then' })).status, 201)
})

t.test('the command line works on it, but where a command is about a file', { skip }, async (t) => {
  const DATABASE_URL = await emptyDatabase(t)
  const run = async (command: string, env: NodeJS.ProcessEnv = {}) => {
    const said: string[] = []
    const output = { write: (text: string) => said.push(text) }
    const terminal = {
      env: { DATABASE_URL, ONRECORD_SECRET: secret, ...env },
      stdout: output,
      stderr: output
    }
    const code = await main(command.split(' '), terminal as unknown as Terminal)
    return `${code} ${said.join('')}`
  }
  const token = 'token --role editor --name desk'
  t.match(
    await run(token),
    /^0 Token \(editor\), shown this once: onr_[\w-]+\nDatabase: postgres:\/\/postgres@127/
  )
  t.match(
    await run(token, { ONRECORD_SECRET: undefined }),
    /^1 .*the secret must be given: set ONRECORD_SECRET/
  )
  t.match(await run(token, { ONRECORD_BACKUP_EVERY: '24' }), /^1 .*backups are the operator/)
  for (const command of ['backup x.db', 'restore x.db', 'export x', 'reset --force'])
    t.match(await run(command), /^1 This command works on a file of SQLite/)
  const lines: string[] = []
  const started = { address: 'http://x', where: 'postgres://127.0.0.1/x', processes: undefined, standard: '' }
  announce(readConfig({}), started, (line) => void lines.push(line))
  t.match(lines.join('\n'), /npm run token -- --role admin --name NAME, with this DATABASE_URL/)
})

t.test('a draft is read as it was at one moment, whatever is written meanwhile', { skip }, async (t) => {
  const { db, draft, get, read, post } = await onServer(t)
  const { id, quotes: drafted } = await draft()
  await post(`/v1/articles/${id}/publish`)
  let isOver = false
  const write = (n: number) =>
    db.write('t', async ({ q, t: { articles, quotes } }) => {
      await q
        .update(articles)
        .set({ title: `Moment ${n}` })
        .where(eq(articles.id, id))
      await q
        .update(quotes)
        .set({ text: `Moment ${n}` })
        .where(eq(quotes.id, drafted[0]!.id))
    })
  await write(0)
  const writing = (async () => {
    for (let n = 1; !isOver; n++) await write(n)
  })()
  const seen = new Set<string>()
  // As many at once as there are connections, and more: those wait.
  for (let i = 0; i < 15; i++) {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => get(`/v1/articles/${id}?edition=draft`))
    )
    for (const answer of answers) {
      const { title, quotes } = answer.json<{ title: string; quotes: { text: string }[] }>()
      t.equal(quotes[0]!.text, title)
      seen.add(title)
    }
  }
  isOver = true
  await writing
  t.ok(seen.size > 1, 'it was written meanwhile')
  t.equal((await read(`/v1/articles/${id}`)).status, 200)
  t.equal((await get(`/v1/articles/${id}?edition=published`)).status, 200, 'one snapshot inside another')
})

t.test('a snapshot ends with its work, and one that fails makes nobody wait', { skip }, async (t) => {
  const address = addressOf(await postgresDatabase(t))
  const made: pg.Client[] = []
  let fails = true
  const connect = async () => {
    if (fails) throw new Unavailable('no primary')
    const client = await connectToPrimary(address)
    made.push(client)
    return client
  }
  const otherwise = { text: 'select 0' }
  const one = { text: 'select 1' }
  const outside = async () => ({ rows: [['outside']] }) as unknown as pg.QueryArrayResult<unknown[]>
  const { snapshot, run, isInside, close } = snapshots(connect, outside)
  t.same((await run(one)).rows, [['outside']])
  await t.rejects(
    snapshot(() => run(one)),
    { message: 'no primary' }
  )
  fails = false
  t.same(await snapshot(async () => [isInside(), (await run(one)).rows]), [true, [[1]]])
  // It is given back a little later.
  await until(async () => {
    const before = made.length
    await snapshot(() => run(one))
    return made.length === before
  })
  t.pass('its connection is used again')
  await snapshot(async (end) => {
    t.same((await run(one)).rows, [[1]])
    end()
    t.same((await run(one)).rows, [['outside']], 'what is read after its end is read as anything')
  })
  t.equal(await snapshot(async () => 'nothing read'), 'nothing read')
  await t.rejects(
    snapshot(() => run({ ...one, text: 'select 1 / 0' })),
    { message: /22012/ }
  )
  t.same((await snapshot(() => run(one))).rows, [[1]], 'and after an error of a statement')
  const cut = () => Promise.all(made.splice(0).map(cutOff))
  const broken = snapshot(async () => {
    await run(one)
    const answer = run({ ...otherwise, text: 'select pg_sleep(20)' })
    answer.catch(() => {})
    await cut()
    return answer
  })
  await unavailable(t, broken)
  t.same((await snapshot(() => run(one))).rows, [[1]])
  await cut()
  t.same((await snapshot(() => run(one))).rows, [[1]], 'one that broke while nobody used it is not used')
  const atOnce = Array.from({ length: 9 }, () =>
    snapshot(async () => (await run({ ...one, text: 'select pg_sleep(0.02)' })).rows.length)
  )
  t.same(await Promise.all(atOnce), Array(9).fill(1))
  await snapshot(async () => {
    await run(one)
    await cut()
  })
  await close()
})

t.test('the words of what is removed are removed with it', { skip }, async (t) => {
  const { draft, remove, get, file } = await onServer(t)
  const { id } = await draft()
  const words = () => statements(file, 'select * from desk_search join desk_words on "row" = rowid')
  t.equal((await words()).length, 2, 'of a draft and a source')
  await remove(`/v1/articles/${id}`)
  const { data } = (await get('/v1/trash')).json<{ data: { id: string }[] }>()
  await remove(`/v1/trash/${data[0]!.id}`)
  t.equal((await words()).length, 1)
  t.equal((await statements(file, 'select * from desk_search')).length, 1)
})

t.test('while the database is silent, what is kept is served and marked', { skip }, async (t) => {
  const { url, ...between } = await relay(t, await postgresDatabase(t))
  const { draft, post, read, get, db, server } = await app(t, { file: url })
  const { id, slug } = await draft()
  await post(`/v1/articles/${id}/publish`)
  const address = `/v1/articles/${slug}`
  const listening = await server.listen({ port: 0 })
  // It asks for the compressed form.
  t.equal((await fetch(`${listening}${address}`)).status, 200)
  t.equal((await read(address)).status, 200)
  const { headers } = await read(address)
  t.match(headers, { 'cache-control': /^public, / })
  t.equal(headers['cache-status'], undefined)
  for (const silent of [between.cut, between.standStill]) {
    silent()
    const kept = await read(address)
    t.equal(kept.status, 200)
    t.match(kept.headers, {
      'cache-control': 'no-cache',
      'cache-status': 'onrecord; hit; detail=database-silent'
    })
    const { headers } = await fetch(`${listening}${address}`)
    t.equal(headers.get('cache-status'), 'onrecord; hit; detail=database-silent')
    if (silent === between.cut) {
      t.equal((await fetch(`${listening}/v1/articles?q=none`)).status, 503)
      const refused = [
        await read('/v1/articles?q=never'),
        await get('/v1/tokens'),
        await post('/v1/articles', ferry)
      ]
      for (const { status, headers } of refused) {
        t.equal(status, 503)
        t.ok(headers['retry-after'])
      }
    }
    between.open()
    await until(async () => (await db.fresh!()) === undefined)
    t.match((await read(address)).headers, { 'cache-control': /^public, / })
  }
  t.equal((await post('/v1/articles', { ...ferry, slug: 'after' })).status, 201)
})

t.test('nothing is served without the database for longer than others may show it', { skip }, async (t) => {
  const { url, ...between } = await relay(t, await postgresDatabase(t))
  const { draft, post, read } = await app(t, { file: url, config: { ONRECORD_STALE_IF_ERROR: 0 } })
  const { id, slug } = await draft()
  await post(`/v1/articles/${id}/publish`)
  await read(`/v1/articles/${slug}`)
  between.cut()
  await until(async () => (await read(`/v1/articles/${slug}`)).status === 503)
  t.equal((await read(`/v1/articles/${slug}`)).status, 503)
})

t.test('all processes must have one folder of files', { skip }, async (t) => {
  const url = await postgresDatabase(t)
  const home = folder(t)
  const [mine, other] = [join(home, 'mine'), join(home, 'other')]
  const db = await openDatabase(url, undefined, { files: mine })
  t.teardown(() => db.close())
  t.equal(db.importsFolder, join(mine, 'imports'), 'imports that were sent lie in it, too')
  await checkFolder(db, mine)
  await checkFolder(db, mine)
  await t.rejects(checkFolder(db, other), {
    message: new RegExp(`lie in another folder than ${other}: give every process the same one`)
  })
  t.same(readdirSync(other), [], 'nothing is left there')
  writeFileSync(join(other, '.newsroom'), 'copied')
  const told = (await checkFolder(db, other).catch((error: Error) => error)) as Error
  const [, mark, path] = / write (\S+) into (\S+)$/.exec(told.message)!
  writeFileSync(path!, `${mark}\n`)
  await checkFolder(db, other)
  await t.rejects(checkFolder(db, join(path!, 'none')), { code: 'ENOTDIR' })
  await checkFolder({}, '/none')
  const settings = { ...readConfig({}), ONRECORD_FILES: 's3://pictures/news' }
  await checkOneFolder({ claimFiles: async () => 'another', filesFolder: other }, settings)
  t.equal(folderOf(settings), undefined, 'a bucket is one for all')
})

t.test('a former primary is not taken again', { skip }, async (t) => {
  const address = addressOf(await postgresDatabase(t))
  await (await connectToPrimary(address)).end()
  t.match(address.timeline, /^0000000[1-9]$/)
  address.timeline = '00000009'
  await t.rejects(connectToPrimary(address), {
    message: /is a former primary \(timeline 00000001; 00000009 has been seen since this process started\)/
  })
})

t.test('connections that share sessions of the server are refused', { skip }, async (t) => {
  const url = await postgresDatabase(t)
  const refused = { message: /^postgres:.* shares sessions between connections, as PgBouncer does/ }
  for (const size of [1, 2]) await t.rejects(openDatabase(await pooler(t, url, size)), refused)
  /** A connection that is answered by these processes of the server, in turn. */
  const answeredBy = (...processes: number[]) =>
    ({
      query: async (text: string) => ({ rows: /^select/.test(text) ? [{ process: processes.shift() }] : [] }),
      async end() {}
    }) as unknown as pg.Client
  const check = (one: pg.Client, other: pg.Client) => checkOwnSession(one, async () => other, 'postgres:')
  await t.rejects(check(answeredBy(1, 3), answeredBy(2, 2)), refused, 'what one had is taken')
  await t.rejects(check(answeredBy(1), answeredBy(2, 3)), refused, 'each transaction has another')
})

t.test('a pooler without a server to give is waited for in vain, but not for long', { skip }, async (t) => {
  const address = addressOf(await pooler(t, await postgresDatabase(t), 0))
  await t.rejects(connectToPrimary(address), {
    message: /has no primary that answers: 127\.0\.0\.1:\d+: takes connections, but answers nothing$/
  })
})

t.test('what two connections learn at the same time is learned once', async (t) => {
  const known = knownCommits(() => {})
  const state = (epoch: number, seq: number) => ({ epoch, seq, ends: null })
  const tags = Buffer.from([9, 0, 0, 0])
  /** A connection on which this is answered, in turn. */
  const answering = (...answers: (object[] | (() => Promise<object[]>))[]) =>
    ({
      async query() {
        const next = answers.shift()!
        return { rows: typeof next === 'function' ? await next() : next }
      }
    }) as unknown as pg.Client
  await known.ask(answering([state(5, 3)]))
  const { seq } = known.since(undefined)
  const changes = [{ seq: 4, tags }]
  const slow = answering([state(6, 4)], async () => {
    await known.ask(answering([state(6, 4)], changes))
    return changes
  })
  await known.ask(slow)
  t.same(known.since(seq), { seq: seq + 1, tags: [new Uint32Array([9])] })
  const version = known.version()
  known.commit(state(5, 3), [new Set([9])]).done(null, undefined, '')
  t.equal(known.version(), version, 'nor is a commit whose answer comes after that to a question')
  const late = answering(async () => {
    await known.ask(answering([state(7, 5)], [{ seq: 5, tags }]))
    return [state(6, 4)]
  })
  await known.ask(late)
  t.same(
    known.since(seq + 1),
    { seq: seq + 2, tags: [new Uint32Array([9])] },
    'an older answer tells nothing'
  )
  await known.ask(answering([state(6, 4)]))
  t.same(
    known.since(seq + 2),
    { seq: seq + 3, tags: undefined },
    'but one that was asked for since: another history'
  )
})

t.test('what is only written is not waited for, and fails where it is waited for', { skip }, async (t) => {
  const address = addressOf(await postgresDatabase(t))
  const connect = () => connectToPrimary(address)
  const known = knownCommits()
  const { transactions, run, close } = transactionsOf(connect, known)
  const select = { text: 'select 1' }
  const fails = { ...select, text: "insert into rebuilds values ('1', null), ('1', null)" }
  await transactions.begin(performance.now() + 5000)
  await transactions.savepoint()
  t.same(await run(fails, [], false), { rows: [] })
  t.equal(transactions.changes(), 1, 'it counts as done')
  await t.rejects(Promise.resolve(transactions.flush()), { message: /unique rule/ })
  await t.rejects(run(select), { message: /unique rule/ }, 'and not as what is asked behind it')
  await transactions.rollbackToSavepoint()
  t.same((await run(select)).rows, [[1]])
  await run({ ...select, text: "insert into rebuilds values ('2', null)" }, [], false)
  const behind = run(fails, [], false).then(() => run(select))
  await t.rejects(behind, { message: /unique rule/ })
  await transactions.rollback()
  const ended = transactionsOf(connect, known)
  await ended.transactions.begin(performance.now() + 5000)
  await ended.run({ ...select, text: 'select pg_terminate_backend(pg_backend_pid())' }, [], false)
  await unavailable(t, Promise.resolve(ended.transactions.flush()))
  t.notOk(ended.transactions.isOpen())
  await close()
})

t.test('an article is created and published in at most 25 round trips', { skip }, async (t) => {
  const { url, roundTrips } = await relay(t, await postgresDatabase(t))
  const { post } = await app(t, { file: url })
  const create = async (slug: string) =>
    (await post('/v1/articles', { ...ferry, slug })).json<{ id: string }>().id
  // Words of quotes are counted anew whenever there are twice as many.
  for (const slug of ['one', 'two', 'three', 'four', 'five', 'six'])
    await post(`/v1/articles/${await create(slug)}/publish`)
  roundTrips()
  const id = await create('seven')
  const created = roundTrips()
  await post(`/v1/articles/${id}/publish`)
  const published = roundTrips()
  t.comment(`${created} to create, ${published} to publish`)
  t.ok(created + published <= 25, `${created} + ${published}`)
})
