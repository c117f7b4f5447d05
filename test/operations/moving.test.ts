// A newsroom moves from a file of SQLite to PostgreSQL, and back: `npm run move`.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import t, { type Test } from 'tap'
import { move } from '../../src/operations/backups/moving/move.ts'
import { Refusal } from '../../src/storage/opening/refusal.ts'
import { postgresDatabase } from '../postgres/database.ts'
import { missing, statements } from '../postgres/server.ts'
import { app, type Client, ferry, folder, secret } from '../support/app.ts'
import { run } from '../support/commands.ts'
import { pictureWith, signed, uploaded } from '../support/pictures.ts'

const skip = (await missing()) ?? false

/** A newsroom in a file, which nobody serves any more, with what it answered. */
async function newsroom(t: Test) {
  const file = join(folder(t), 'news.db')
  const client = await app(t, { file })
  const { draft, post, remove } = client
  const one = await draft({ slug: 'one', dek: 'Zoë said' })
  const two = await draft({ slug: 'two', title: 'Budget' })
  await draft({ slug: 'three', title: 'Kept in the drawer' })
  const gone = await draft({ slug: 'gone' })
  for (const { id } of [one, two]) await post(`/v1/articles/${id}/publish`)
  await post(`/v1/articles/${two.id}/withdraw`)
  await post(`/v1/articles/${two.id}/publish`)
  await remove(`/v1/articles/${gone.id}`)
  const said = await answers(client)
  const last = await lastChange(client)
  await client.server.close()
  // More than are read at once.
  const inFile = new Sqlite(file)
  inFile.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 300)
    insert into searchable ("row", kind, id, headline, text, quote, caption)
    select -i, 'quote', 'quo_' || i, '', '', 'Filler', '' from n;
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 300)
    insert into spent_proofs select 'proof ' || i, '2999-01-01T00:00:00.000Z' from n`)
  inFile.close()
  return { file, said, last }
}

const lastChange = async ({ get }: Pick<Client, 'get'>) =>
  (await get('/v1/changes?limit=100')).json<{ data: { seq: number }[] }>().data.at(-1)!.seq

/** What readers and the desk are answered, with its tags. */
async function answers({ read, get }: Client) {
  const said: string[] = []
  for (const path of [
    '/v1/articles',
    '/v1/articles/one',
    '/v1/articles/two?include=sources',
    '/v1/quotes',
    '/v1/articles?q=budget',
    '/v1/articles/gone',
    '/v1/feed.json'
  ]) {
    const { status, body, headers } = await read(path)
    said.push(`${path} ${status} ${headers.etag} ${status === 200 ? body : ''}`)
  }
  for (const path of [
    '/v1/articles?edition=draft',
    '/v1/articles?edition=draft&q=drawer',
    '/v1/sources?edition=draft&q=lindqvist',
    '/v1/trash',
    '/v1/changes?limit=100'
  ]) {
    const { status, body } = await get(path)
    said.push(`${path} ${status} ${body}`)
  }
  return said
}

const moved = (home: string, from: string, to: string, more: object = {}) =>
  run(home, ['move', from, to], { ONRECORD_SECRET: secret, ...more })

t.test('a newsroom moves to PostgreSQL and back, and answers the same bytes', { skip }, async (t) => {
  const { file, said, last } = await newsroom(t)
  const home = folder(t)
  const files = { ONRECORD_FILES: `file:${join(home, 'files')}` }
  const url = await postgresDatabase(t)
  const there = await moved(home, `file:${file}`, url, files)
  t.equal(there.err, '')
  t.equal(there.code, 0)
  t.match(there.out, /articles: 4 rows\n/)
  t.match(there.out, /\d\d tables were held against the old ones/)
  t.match(there.out, /The files of media stay in .*files\.\n/)
  t.match(there.out, /news.db is in postgres:\/\/postgres@127.* now, as it was/)
  const onPostgres = await app(t, { file: url })
  t.same(await answers(onPostgres), said)
  t.equal((await onPostgres.post('/v1/articles', { ...ferry, slug: 'next' })).status, 201)
  const added = (await onPostgres.get(`/v1/changes?after=${last}`)).json<{ data: { seq: number }[] }>().data
  t.equal(added[0]!.seq, last + 1, 'the numbers of the change log go on')
  const saidThen = await answers(onPostgres)
  const lastThen = await lastChange(onPostgres)
  await onPostgres.server.close()

  const back = join(home, 'back.db')
  const again = await moved(home, url, `file:${back}`, files)
  t.equal(again.err, '')
  t.equal(again.code, 0)
  const inFile = await app(t, { file: back })
  t.same(await answers(inFile), saidThen)
  await inFile.post('/v1/articles', { ...ferry, slug: 'last' })
  const more = (await inFile.get(`/v1/changes?after=${lastThen}`)).json<{ data: { seq: number }[] }>().data
  t.equal(more[0]!.seq, lastThen + 1)

  const full = await moved(home, `file:${file}`, url, files)
  t.equal(full.code, 1)
  t.match(full.err, /is not empty: a newsroom moves into a database of its own/)
})

t.test('files of media come along', { skip }, async (t) => {
  const file = join(folder(t), 'news.db')
  const client = await app(t, { file })
  const media = await uploaded(client, await signed())
  const other = await uploaded(client, await pictureWith())
  await client.server.close()
  const url = await postgresDatabase(t)
  const data = join('data', new URL(url).pathname.slice(1))
  t.teardown(() => rmSync(data, { recursive: true, force: true }))
  // One of them is there already, from an attempt before.
  const digests = [media, other].map(({ file }) => file!.digest)
  const there = join(data, 'files', digests[0]!.slice(0, 2))
  mkdirSync(there, { recursive: true })
  cpSync(join(`${file}.files`, digests[0]!.slice(0, 2), digests[0]!), join(there, digests[0]!))
  mkdirSync(`${file}.imports`)
  writeFileSync(join(`${file}.imports`, 'imp_1'), 'sent')
  const lines: string[] = []
  await move([`file:${file}`, url], {}, (line) => lines.push(line), 1)
  t.match(lines.join('\n'), /^changes: 2 rows so far\nchanges: 2 rows$/m)
  t.match(lines.join('\n'), /^Copied to .*files: \d+ files? of media\.$/m)
  for (const digest of digests)
    t.same(
      readFileSync(join(data, 'files', digest.slice(0, 2), digest)),
      readFileSync(join(`${file}.files`, digest.slice(0, 2), digest))
    )
  t.equal(readFileSync(join(data, 'files/imports/imp_1'), 'utf8'), 'sent')
})

t.test('what cannot be moved as it is is not moved at all', { skip }, async (t) => {
  const { file } = await newsroom(t)
  const url = await postgresDatabase(t)
  const from = `file:${file}`
  const refused = async (args: string[], message: RegExp) => {
    const error = await move(args, { ONRECORD_FILES: `file:${file}.files` }, () => {}).catch((error) => error)
    t.ok(error instanceof Refusal)
    t.match(error.message, message)
  }
  await refused([from], /npm run move -- FROM TO/)
  await refused(['file:/nowhere/x.db', url], /There is no \/nowhere\/x.db/)
  // The database changes what is written to it.
  await statements(
    url,
    `create function spoil() returns trigger language plpgsql as $$ begin new.title = 'spoilt'; return new; end $$`,
    'create trigger spoil before insert on articles for each row execute function spoil()'
  )
  await refused([from, url], /^articles: 4 rows with the digest \w+ became 4 with \w+. Nothing was moved/)
  await statements(url, 'drop trigger spoil on articles')
  t.same(await statements(url, 'select * from articles'), [])
  const inFile = new Sqlite(file)
  inFile.exec("update sources set role = 'a' || char(0) || 'b'")
  await refused(
    [from, url],
    /^sources: of the rows from "src_\w+" on, one cannot be stored there \(.*22021.*Nothing/
  )
  inFile.exec('begin immediate')
  await refused([from, url], /news.db is being written to: database is locked/)
  inFile.exec("rollback; update rebuilds set after = ''")
  inFile.close()
  await refused([from, url], /waits to be compiled anew: start the service on it once, then move it/)
  const holder = new pg.Client(url)
  await holder.connect()
  await holder.query('begin; select from state for update')
  await refused([url, `${from}2`], /is in use: canceling statement due to lock timeout/)
  await holder.query("rollback; update rebuilds set after = ''")
  await holder.end()
  await refused([url, `${from}2`], /waits to be compiled anew/)
})
