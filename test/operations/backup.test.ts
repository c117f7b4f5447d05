// Copies of a newsroom that is in use, and what becomes of them.
import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import t, { type Test } from 'tap'
import * as tokens from '../../src/access/tokens/store.ts'
import type { Change } from '../../src/changes/log/schema.ts'
import type { Backup } from '../../src/operations/backups/schema.ts'
import * as backups from '../../src/operations/backups/store.ts'
import { checkFreeSpace } from '../../src/storage/opening/free-space.ts'
import { migrateGuarded } from '../../src/storage/opening/migrations.ts'
import { open } from '../../src/storage/sqlite/open.ts'
import { type Answer, admin, app, type Client, database, ferry, folder } from '../support/app.ts'
import { answered, measured, run, served } from '../support/commands.ts'

/** Reads a backup until it is what it should be. */
async function until({ get }: Client, id: string, status: Backup['status']): Promise<Backup> {
  for (;;) {
    const backup = (await get(`/v1/backups/${id}`)).json<Backup>()
    if (backup.status === status) return backup
    await pause(20)
  }
}

const asked = async ({ post }: Client) => (await post('/v1/backups')).json<Backup>()
const made = async (client: Client) => until(client, (await asked(client)).id, 'done')

const folderOf = ({ db }: Client) => join(dirname(db.file), 'backups')

const events = async ({ get }: Client) =>
  (await get('/v1/changes?kind=backup&limit=100')).json<{ data: Change[] }>().data

/** Asks a database file. */
function ask<T>(file: string, question: string): T[] {
  const connection = new Sqlite(file, { readonly: true })
  try {
    return connection.prepare<[], T>(question).all()
  } finally {
    connection.close()
  }
}

const sumOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

t.test('a backup that is asked for is made beside the database, whole, with its SHA-256', async (t) => {
  const client = await app(t)
  const { draft, post, get } = client
  const { id } = await draft()
  await post(`/v1/articles/${id}/publish`)
  const answer = await post('/v1/backups')
  t.equal(answer.status, 202)
  const waiting = answer.json<Backup>()
  t.equal(answer.headers.location, `/v1/backups/${waiting.id}`)
  t.equal(answer.headers['cache-control'], 'private, no-store')
  t.match(waiting, { status: 'waiting', actor: 'ONRECORD_ADMIN_TOKEN', startedAt: null, file: null })

  const backup = await until(client, waiting.id, 'done')
  const file = join(folderOf(client), backup.file!)
  t.match(backup.file, /^onrecord-\d{8}T\d{9}Z-[0-9a-z]{26}\.db$/)
  t.strictSame(
    readdirSync(folderOf(client)).sort(),
    [backup.file, `${backup.file}.sha256`],
    'and nothing else'
  )
  t.equal(backup.bytes, statSync(file).size)
  t.equal(backup.sha256, sumOf(file))
  t.equal(readFileSync(`${file}.sha256`, 'utf8'), `${backup.sha256}  ${backup.file}\n`)
  t.equal(statSync(file).mode & 0o777, 0o600, 'only its owner may read it')
  t.strictSame(ask(file, 'pragma integrity_check'), [{ integrity_check: 'ok' }])
  t.match(await events(client), [
    { event: 'backup.created', id: waiting.id, actor: { role: 'admin' } },
    { event: 'backup.finished', actor: { name: 'backups', role: null }, detail: { bytes: backup.bytes } }
  ])
  const copy = await app(t, { file })
  const url = `/v1/articles/${id}`
  t.equal((await copy.read(url)).body, (await client.read(url)).body)
  t.equal((await copy.get('/v1/search?q=ferry')).body, (await get('/v1/search?q=ferry')).body)
})

t.test('backups are listed newest first, page by page, and removed with their files', async (t) => {
  const client = await app(t)
  const { get, remove } = client
  const first = await made(client)
  const second = await made(client)
  const page: Answer = await get('/v1/backups?limit=1')
  t.strictSame(page.json<{ data: Backup[] }>().data, [second])
  const [, next] = /^<(.+)>; rel="next"$/.exec(String(page.headers.link))!
  t.strictSame((await get(next!)).json(), { data: [first], next: null })

  t.equal((await remove(`/v1/backups/${first.id}`)).status, 204)
  t.equal((await get(`/v1/backups/${first.id}`)).json<Backup>().status, 'removed')
  t.strictSame(readdirSync(folderOf(client)).sort(), [second.file, `${second.file}.sha256`])
  t.match((await events(client)).at(-1), { event: 'backup.deleted', id: first.id, actor: { role: 'admin' } })
  t.equal((await remove(`/v1/backups/${first.id}`)).status, 404)
  t.equal((await remove('/v1/backups/bak_01k9v3w8zhe5ra4gxm7y2bqd6c')).status, 404)
  t.equal((await get('/v1/backups/bak_01k9v3w8zhe5ra4gxm7y2bqd6c')).status, 404)
})

t.test('what waits already is not asked for twice, and need not be made', async (t) => {
  const client = await app(t)
  await client.db.copies.withLock('backup', async () => {
    const { id } = await asked(client)
    t.equal((await asked(client)).id, id)
    t.equal((await client.remove(`/v1/backups/${id}`)).status, 204)
    t.notOk(
      await client.db.write('backups', (tx) => backups.start(tx, { id, kind: 'backup' })),
      'nobody makes it now'
    )
    t.not((await asked(client)).id, id)
  })
})

t.test('a crash leaves a backup that failed, or one that is done, and no half of one', async (t) => {
  const client = await app(t)
  const { db, post } = client
  await post('/v1/sources', { kind: 'person', name: 'Mara' })
  let halved = ''
  let unnoted = ''
  await db.copies.withLock('backup', async () => {
    const begun = async () => {
      const { id } = await asked(client)
      return (await db.write('backups', (tx) => backups.start(tx, { id, kind: 'backup' })))!
    }
    const half = await begun()
    mkdirSync(folderOf(client))
    writeFileSync(join(folderOf(client), `${half.file}.partial`), 'the first half')
    halved = half.id
    t.equal((await client.remove(`/v1/backups/${half.id}`)).status, 409, 'what is being made is not removed')
    const whole = await begun()
    await db.copies.make(join(folderOf(client), whole.file!), new AbortController().signal)
    unnoted = whole.id
  })
  t.match(await until(client, halved, 'failed'), {
    file: null,
    error: 'The service ended before it was done.'
  })
  const { file, bytes, sha256 } = await until(client, unnoted, 'done')
  t.strictSame(readdirSync(folderOf(client)).sort(), [file, `${file}.sha256`])
  t.strictSame({ bytes, sha256 }, db.copies.find(join(folderOf(client), file!)))
  t.equal((await client.remove(`/v1/backups/${halved}`)).status, 204)
})

t.test('whoever copies ends in silence when nobody waits for it any more', async (t) => {
  const { db } = await app(t)
  const program = resolve('src/storage/backups/copy.ts')
  const copying = fork(program, [db.file, join(folder(t), 'copy.db')], { silent: true })
  copying.disconnect()
  const [[code], said] = await Promise.all([once(copying, 'exit'), text(copying.stderr!)])
  t.same([code, said], [0, ''])
})

t.test('what cannot be made says why', async (t) => {
  const home = folder(t)
  writeFileSync(join(home, 'file'), '')
  const misplaced = await app(t, { config: { ONRECORD_BACKUP_DIR: join(home, 'file/backups') } })
  t.match((await until(misplaced, (await asked(misplaced)).id, 'failed')).error, /ENOTDIR/)

  const client = await app(t)
  const other = new Sqlite(client.db.file)
  other.pragma('foreign_keys = off')
  other.exec("insert into article_tags values ('art_nowhere', 0, 'x')")
  const { error } = await until(client, (await asked(client)).id, 'failed')
  t.match(error, /\.partial is damaged: it has 1 dangling references$/)
  t.strictSame(readdirSync(folderOf(client)), [])
  t.match((await events(client)).at(-1), { event: 'backup.failed', detail: { error } })
  other.exec('delete from article_tags').close()
  await made(client)
})

t.test('the oldest go when more are done than are kept', async (t) => {
  const client = await app(t, {
    config: { ONRECORD_BACKUP_KEEP: 1, ONRECORD_BACKUP_DIR: join(folder(t), 'elsewhere') }
  })
  const first = await made(client)
  const second = await made(client)
  await until(client, first.id, 'removed')
  t.equal((await client.get(`/v1/backups/${second.id}`)).json<Backup>().status, 'done')
  t.match((await events(client)).at(-1), { event: 'backup.deleted', actor: { name: 'backups' } })
})

t.test('the service makes one by itself when the time has come', async (t) => {
  let now = new Date('2026-11-02T08:00:00Z')
  const client = await app(t, { clock: () => now, config: { ONRECORD_BACKUP_EVERY: 24 } })
  const all = async () => (await client.get('/v1/backups')).json<{ data: Backup[] }>().data
  while ((await all())[0]?.status !== 'done') await pause(20)
  t.match(await all(), [{ actor: 'backups', createdAt: '2026-11-02T08:00:00.000Z' }])
  now = new Date('2026-11-03T07:59:59Z')
  await pause(1100)
  t.equal((await all()).length, 1)
  now = new Date('2026-11-03T08:00:00Z')
  while ((await all()).length < 2) await pause(20)
})

t.test('what the time has come for is asked for once, whoever was faster', async (t) => {
  const client = await app(t, { config: { ONRECORD_BACKUP_EVERY: 24 } })
  await client.db.write('another process', async (tx) => {
    await backups.create(tx, 'backup')
    // For as long that the keeper of this one looks, sees none, and waits for its turn to write.
    await pause(1000)
  })
  const [{ id }] = (await client.get('/v1/backups')).json<{ data: [Backup] }>().data
  await until(client, id, 'done')
  t.equal((await client.get('/v1/backups')).json<{ data: Backup[] }>().data.length, 1)
})

t.test('what is removed while the keeper is about to begin is not made', async (t) => {
  const client = await app(t)
  const { id } = await asked(client)
  await client.db.write('another process', async (tx) => {
    await pause(1000)
    await backups.remove(tx, id)
  })
  await made(client)
  t.equal((await client.get(`/v1/backups/${id}`)).json<Backup>().status, 'removed')
  t.equal(readdirSync(folderOf(client)).length, 2, 'only the next one is there')
})

t.test('a stop ends the making of a backup at once, and the next start makes it', async (t) => {
  const client = await app(t)
  const { id } = await asked(client)
  await until(client, id, 'running')
  const began = performance.now()
  await client.server.close()
  t.ok(performance.now() - began < 5000)
  t.match(ask(client.db.file, 'select status, file from backups'), [{ status: 'waiting', file: null }])
  t.strictSame(readdirSync(folderOf(client)), [])
  const next = await app(t, { file: client.db.file })
  await until(next, id, 'done')
})

t.test('of several processes over one file, one makes a backup, once', async (t) => {
  const first = await app(t)
  const second = await app(t, { file: first.db.file })
  for (const client of [first, second, first]) await made(client)
  const all = (await events(second)).map(({ event }) => event)
  t.equal(all.filter((event) => event === 'backup.finished').length, 3)
  t.equal(all.filter((event) => event === 'backup.failed').length, 0)
})

/** Writes sources over HTTP until it is stopped; answers the numbers that were acknowledged. */
function writing(address: string) {
  let on = true
  const done = (async () => {
    let acknowledged = 0
    for (; on; acknowledged++) {
      const answer = await answered(`${address}/v1/sources`, {
        method: 'POST',
        headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
        body: JSON.stringify({ kind: 'person', name: `Mara ${acknowledged}`, notes: 'x'.repeat(5000) })
      })
      if (answer.status !== 201) throw new Error(await answer.text())
      await answer.arrayBuffer()
    }
    return acknowledged
  })()
  return () => {
    on = false
    return done
  }
}

const seqs = (file: string) =>
  ask<{ seq: number }>(file, 'select seq from changes order by seq').map(({ seq }) => seq)

t.test('a backup made while others write holds all changes up to one moment, and is served', async (t) => {
  const home = folder(t)
  const {
    address,
    out: printed,
    stop
  } = await served(t, home, 'start', { ONRECORD_ADMIN_TOKEN: admin, ...measured })
  t.notMatch(printed, /onr_/, 'whoever has set a token is given none')
  const writers = [writing(address), writing(address)]
  const written = () => seqs(join(home, 'news.db')).length
  while (written() < 20) await pause(20)
  const before = written()
  const file = join(home, 'copy.db')
  const { code, out, err } = await run(home, ['backup', file])
  t.strictSame([code, err], [0, ''])
  t.match(out, /^\S+copy\.db: \d+ bytes, SHA-256 [0-9a-f]{64}\nThe secret of the newsroom is not in it/)
  t.equal(readFileSync(`${file}.sha256`, 'utf8'), `${sumOf(file)}  copy.db\n`)
  const during = seqs(file).length
  while (written() <= during) await pause(20)
  const acknowledged = (await Promise.all(writers.map((end) => end()))).reduce((a, b) => a + b)
  t.equal(await stop(), 0)

  const all = seqs(join(home, 'news.db'))
  const copied = seqs(file)
  t.strictSame(copied, all.slice(0, copied.length), 'a prefix without holes')
  t.ok(copied.length >= before, 'of what was there when it began')
  t.ok(copied.length < all.length && acknowledged > 0, 'while others wrote')
  t.strictSame(ask(file, 'pragma integrity_check'), [{ integrity_check: 'ok' }])
  t.strictSame(
    ask(file, 'select * from sources order by id'),
    ask<{ id: string }>(join(home, 'news.db'), 'select * from sources order by id').slice(
      0,
      ask(file, 'select 1 from sources').length
    )
  )

  const elsewhere = folder(t)
  const restored = await run(elsewhere, ['restore', file])
  t.match(restored.out, `is as it was at change ${copied.length}, of `)
  t.match(restored.out, /The secret is missing: bring \S+news\.db\.secret back/)
  const first = await app(t, { file: join(home, 'news.db') })
  const again = await app(t, { file: join(elsewhere, 'news.db') })
  for (const url of ['/v1/articles?limit=100&include=sources', '/v1/search?q=ferry', '/v1/comments'])
    t.equal((await again.read(url)).body, (await first.read(url)).body, url)
})

t.test('a backup overwrites nothing unless it is told to, and needs something to copy', async (t) => {
  const home = folder(t)
  const file = join(home, 'copy.db')
  const refused = async (args: string[], reason: RegExp) => {
    const { code, out, err } = await run(home, args)
    t.strictSame([code, out], [1, ''], args.join(' '))
    t.match(err, reason)
    t.notMatch(err.trimEnd(), /\n/, 'in one line')
  }
  await refused(['backup', file], /^There is no database at \S+news\.db$/m)
  await refused(['backup'], /npm run backup -- FILE/)
  await refused(['backup', file, file], /npm run backup -- FILE/)
  new Sqlite(join(home, 'news.db')).exec('create table recipes (name)').close()
  await refused(['backup', file], /news\.db cannot be copied: SQLite refused journal_mode = wal/)
  rmSync(join(home, 'news.db'))
  copyFileSync(await database(t), join(home, 'news.db'))
  await refused(['backup', join(home, 'nowhere/copy.db')], /^ENOENT/)
  t.equal((await run(home, ['backup', file])).code, 0)
  await refused(['backup', file], /copy\.db is there already; --force puts the new backup in its place/)
  writeFileSync(file, 'older')
  t.equal((await run(home, ['backup', file, '--force'])).code, 0)
  t.strictSame(ask(file, 'select count(*) as count from changes'), [{ count: 0 }])
  t.strictSame(
    readdirSync(home).filter((name) => /copy/.test(name)),
    ['copy.db', 'copy.db.sha256']
  )
})

t.test('where there is no room nothing is begun', (t) => {
  t.throws(() => checkFreeSpace('.', 1e18), {
    message: /^There is no room in \.: 1000000000017 MB are needed, \d+ MB are free$/
  })
  checkFreeSpace('.', 0)
  t.end()
})

/** Changes a newsroom. */
async function issue(home: string, name: string) {
  const db = open(`file:${join(home, 'news.db')}`)
  await db.write('test', (tx) => tokens.create(tx, { role: 'admin', name }))
  await db.close()
}

/** A newsroom with a change, and a backup of it. */
async function newsroom(t: Test) {
  const home = folder(t)
  copyFileSync(await database(t), join(home, 'news.db'))
  await issue(home, 'first')
  const file = join(home, 'copy.db')
  t.equal((await run(home, ['backup', file])).code, 0)
  const restore = (...options: string[]) => run(home, ['restore', file, ...options])
  async function refused(reason: RegExp, ...options: string[]) {
    const { code, out, err } = await restore(...options)
    t.strictSame([code, out], [1, ''])
    t.match(err, reason)
    t.notMatch(err.trimEnd(), /\n/, 'in one line')
    t.notOk(
      readdirSync(home).some((name) => /restor/.test(name)),
      'and nothing is left behind'
    )
  }
  const there = join(home, 'news.db')
  const names = (at = there) => ask<{ name: string }>(at, 'select name from tokens').map(({ name }) => name)
  /** The SHA-256 of what is there now. */
  const sum = () => writeFileSync(`${file}.sha256`, `${sumOf(file)}  copy.db\n`)
  return { home, file, there, restore, refused, names, sum }
}

t.test('a backup is restored over what is there only knowingly, and what was there is kept', async (t) => {
  const { home, there, restore, refused, names } = await newsroom(t)
  t.match((await restore()).out, /What was there is kept/, 'what holds the same changes is replaced')
  for (const name of readdirSync(home)) if (/before/.test(name)) rmSync(join(home, name))
  await issue(home, 'second')
  await refused(
    /news\.db holds 1 changes since \d{4}-\S+Z that the backup does not: they would be lost; --force/
  )
  t.strictSame(names(), ['first', 'second'])
  writeFileSync(`${there}.secret`, 'x'.repeat(40))
  const { code, out } = await restore('--force')
  t.equal(code, 0)
  t.notMatch(out, /secret/)
  t.match(out, /Tokens that were revoked after the backup hold again/)
  t.strictSame(names(), ['first'])
  const kept = /kept in (\S+\.before-restore-\d{8}T\d{9}Z)\.\n/.exec(out)![1]!
  t.strictSame(names(kept), ['first', 'second'])
  t.equal(statSync(there).mode, statSync(kept).mode)
  await issue(home, 'third')
})

t.test('nothing is restored while a program uses the database, whatever it was told', async (t) => {
  const { home, there, refused } = await newsroom(t)
  const { address, stop } = await served(t, home, 'serve')
  await refused(/A program uses \S+news\.db: stop it, then restore/)
  await refused(/A program uses \S+news\.db/, '--force')
  t.equal((await answered(`${address}/v1/articles`)).status, 200, 'which goes on')
  await stop()
  const reader = new Sqlite(there, { readonly: true })
  reader.prepare('select 1 from tokens').all()
  await refused(/A program uses \S+news\.db/, '--force')
  reader.close()
})

t.test('a file that is not a backup as it was made is refused by name', async (t) => {
  const { home, file, there, refused, names, restore, sum } = await newsroom(t)
  const good = readFileSync(file)
  const missing = await run(home, ['restore', join(home, 'none.db')])
  t.match(missing.err, /^There is no file \S+none\.db$/m)
  t.match((await run(home, ['restore'])).err, /npm run restore -- FILE/)
  t.match((await run(home, ['restore', file, file])).err, /npm run restore -- FILE/)

  rmSync(`${file}.sha256`)
  await refused(/There is no SHA-256 in \S+copy\.db\.sha256, so nobody can tell .* --unchecked/)
  t.equal((await restore('--unchecked')).code, 0)
  for (const name of readdirSync(home)) if (/before/.test(name)) rmSync(join(home, name))

  sum()
  appendFileSync(file, 'x')
  await refused(/copy\.db is not as it was made: its SHA-256 is not the one in \S+copy\.db\.sha256/)

  writeFileSync(file, Buffer.concat([good.subarray(0, 8192), Buffer.alloc(4096), good.subarray(12288)]))
  sum()
  await refused(/copy\.db (is damaged|cannot be opened): /)

  writeFileSync(file, 'Dear editor, '.repeat(1000))
  sum()
  await refused(/copy\.db cannot be opened: file is not a database/)

  rmSync(file)
  new Sqlite(file).exec('create table recipes (name)').close()
  sum()
  await refused(/copy\.db is a database, but not one of On Record/)

  writeFileSync(file, good)
  new Sqlite(file)
    .exec("insert into __drizzle_migrations (hash, created_at) values ('x', 9999999999999)")
    .close()
  sum()
  await refused(/copy\.db was written by a newer release of On Record/)
  t.strictSame(names(), ['first'])
  t.ok(existsSync(there))
})

t.test('a damaged database is put aside, with its log, when that is asked for', async (t) => {
  const { home, there, restore, refused, names } = await newsroom(t)
  writeFileSync(there, 'x'.repeat(8192))
  writeFileSync(`${there}-wal`, 'what was written last')
  await refused(
    /news\.db, which is there now, cannot be read \(file is not a database\): .* --force puts it aside/
  )
  const { code, out } = await restore('--force')
  t.equal(code, 0)
  const kept = basename(/kept in (\S+)\.\n/.exec(out)![1]!)
  t.equal(readFileSync(join(home, kept), 'utf8'), 'x'.repeat(8192))
  t.notOk(existsSync(`${there}-wal`))
  t.strictSame(names(), ['first'])
})

t.test('a log without its database is put aside, and an empty newsroom is restored as one', async (t) => {
  const home = folder(t)
  const file = join(home, 'copy.db')
  copyFileSync(await database(t), file)
  writeFileSync(join(home, 'news.db-wal'), 'what was written last')
  const { code, out } = await run(home, ['restore', file, '--unchecked'], {
    ONRECORD_SECRET: 'x'.repeat(40)
  })
  t.equal(code, 0)
  t.match(out, /news\.db is empty again\.\nTokens .*\n$/)
  t.strictSame(readdirSync(home).sort(), ['copy.db', 'news.db', 'news.db.before-restore-wal'])
})

t.test('the backup of an older release is restored, and brought up to date by the next start', async (t) => {
  const home = folder(t)
  const older = join(home, 'older.db')
  const journal = JSON.parse(readFileSync('migrations/sqlite/meta/_journal.json', 'utf8')) as {
    entries: { tag: string }[]
  }
  const entries = journal.entries.slice(0, 1)
  mkdirSync(join(home, 'first/meta'), { recursive: true })
  writeFileSync(join(home, 'first/meta/_journal.json'), JSON.stringify({ ...journal, entries }))
  copyFileSync(`migrations/sqlite/${entries[0]!.tag}.sql`, join(home, `first/${entries[0]!.tag}.sql`))
  migrateGuarded(older, join(home, 'first'))
  const { code, out } = await run(home, ['restore', older, '--unchecked'])
  t.equal(code, 0)
  t.match(out, /An older release made the backup: the next start brings it up to date\./)
  const db = open(`file:${join(home, 'news.db')}`)
  t.ok(db.migrated)
  await db.close()
})

t.test('no token stands in a backup, and no secret of the newsroom', async (t) => {
  const client = await app(t)
  const { token } = await client.token('editor')
  await client.post('/v1/articles', ferry, { token })
  const { file } = await made(client)
  const bytes = readFileSync(join(folderOf(client), file!))
  for (const text of [token, admin, 'what the hashes and seals']) t.notOk(bytes.includes(text), text)
})
