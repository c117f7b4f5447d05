import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { zstdDecompressSync } from 'node:zlib'
import Sqlite from 'better-sqlite3'
import { eq, sql } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import t from 'tap'
import { statementsOf } from '../../drizzle.complete.ts'
import * as tokens from '../../src/access/tokens/store.ts'
import * as changes from '../../src/changes/log/store.ts'
import { problemOf } from '../../src/http/server/errors.ts'
import { rebuild } from '../../src/publishing/compile/rebuild.ts'
import { insertAll, updateRow } from '../../src/storage/columns/rows.ts'
import { logSync } from '../../src/storage/commits/log-sync.ts'
import { memoizedUntilCommit } from '../../src/storage/commits/memo.ts'
import { writeQueue } from '../../src/storage/commits/write-queue.ts'
import { Full, Unavailable, Violation, type Writer } from '../../src/storage/database.ts'
import { createTables, migrateGuarded } from '../../src/storage/opening/migrations.ts'
import { Refusal } from '../../src/storage/opening/refusal.ts'
import { open } from '../../src/storage/sqlite/open.ts'
import { checkVersion, connect } from '../../src/storage/sqlite/opening/connection.ts'
import { schema } from '../../src/storage/sqlite/schema.ts'
import { withUnaryPlus } from '../../src/storage/sqlite/session.ts'
import { reserveSharedMemory } from '../../src/storage/sqlite/shared-memory.ts'
import { transactionsOf } from '../../src/storage/sqlite/transactions.ts'
import { packedUpToCut, textBytes, unpackedText } from '../../src/storage/text/packed-text.ts'
import { app, database, folder } from '../support/app.ts'

const token = { name: 'test', role: 'editor' } as const

type NewFile = typeof schema.media.$inferInsert
type Stored = Pick<typeof schema.media.$inferSelect, 'id' | 'url' | 'alt'>
let made = 0
/** A token with a name of its own: no two live ones have the same. */
const fresh = () => ({ ...token, name: `test ${++made}` })

t.test(
  'a commit is answered when the log is on disk, which a thread waits for where the disk is slow',
  async (t) => {
    const file = await database(t)
    const writer = connect(file, false)
    t.teardown(() => writer.close())
    const [fast, slow] = [logSync(file), logSync(file, -1)]
    const { promise: disk, resolve: spin } = Promise.withResolvers<void>()
    const seen: string[] = []
    const { write } = writeQueue(
      transactionsOf(writer, {
        isBusy: () => false,
        translated: (error) => error,
        log: { check: slow.check, sync: () => disk.then(() => slow.sync()) },
        committed: () => void seen.push('committed')
      })
    )
    const written = write(async () => {
      writer.exec("insert into invalidations (tags) values (x'00')")
    }).then(() => seen.push('answered'))
    const reader = new Sqlite(file, { readonly: true })
    t.teardown(() => reader.close())
    const count = reader.prepare<[], number>('select count(*) from invalidations').pluck()
    while (count.get() === 0) await setImmediate()
    t.same(seen, [])
    spin()
    await written
    t.same(seen, ['committed', 'answered'])
    t.equal(fast.sync(), undefined)
    for (const one of [fast, slow]) one.close()
  }
)

t.test('after a log that could not be synced nothing is written any more', async (t) => {
  const file = join(folder(t), 'failing.db')
  const absent = logSync(file)
  t.throws(() => absent.sync(), { what: 'The database', message: /ENOENT/ })
  // What is on no disk.
  symlinkSync('/dev/null', `${file}-wal`)
  const lost = { what: 'The database', message: /could not be synced to the disk \(.*restart/ }
  t.throws(() => absent.sync(), lost, 'a log that could not be opened before')
  const log = logSync(file, -1)
  log.check()
  await t.rejects(log.sync()!, lost)
  const writer = connect(await database(t), false)
  t.teardown(() => writer.close())
  const { write } = writeQueue(
    transactionsOf(writer, {
      isBusy: () => false,
      translated: (error) => error,
      log,
      committed: () => t.fail('committed')
    })
  )
  await t.rejects(
    write(async () => t.fail('begun')),
    lost
  )
  for (const one of [absent, log, logSync(file)]) one.close()
})

t.test('a file that is not there is made, with the folders above it, and kept as it is later', async (t) => {
  const file = join(folder(t), 'deep/er/news.db')
  const first = open(`file:${file}`)
  t.equal(first.created, true)
  t.equal(first.file, file)
  const { id } = await first.write('t', (tx) => tokens.create(tx, fresh()))
  await first.close()
  // The index of the log stays: on a full disk there would be no room to make it again.
  const [, shm] = ['', '-shm'].map((end) => statSync(file + end))
  t.equal(shm!.size, 32 * 1024)
  t.same(readdirSync(join(file, '..')).sort(), ['news.db', 'news.db-shm', 'news.db.mark'])
  const second = open(`file:${file}`)
  t.equal(second.created, false)
  t.match(await tokens.byId(second.read, id), { name: /^test/ })
  await second.close()
})

t.test('the database and its log are for their owner alone', async (t) => {
  const file = join(folder(t), 'news.db')
  const before = process.umask(0o022)
  const db = open(`file:${file}`)
  await db.write('t', (tx) => tokens.create(tx, fresh()))
  for (const end of ['', '-wal', '-shm']) t.equal(statSync(file + end).mode & 0o777, 0o600, end)
  await db.close()
  for (const end of ['', '-shm', '.mark']) t.equal(statSync(file + end).mode & 0o777, 0o600, end)
  process.umask(before)
})

t.test('what a killed first start left unfinished is taken away, and nothing else', async (t) => {
  const home = folder(t)
  const file = join(home, 'news.db')
  const gone = spawnSync('true').pid
  const kept = [`news.db.${process.ppid}.new`, 'news.db.old', 'other.db.1.new']
  const left = [gone, process.pid].flatMap((pid) =>
    ['', '-wal', '-shm'].map((end) => `news.db.${pid}.new${end}`)
  )
  for (const name of [...kept, ...left]) writeFileSync(join(home, name), 'half')
  await open(`file:${file}`).close()
  t.same(readdirSync(home).sort(), [...kept, 'news.db', 'news.db-shm'].sort())
})

t.test('what is left for the next start is never written over what is in use', async (t) => {
  const file = await database(t)
  const [first, second] = [open(`file:${file}`), open(`file:${file}`)]
  await first.close()
  t.ok(existsSync(`${file}-wal`), 'the other has it open')
  await second.write('t', (tx) => tokens.create(tx, fresh()))
  await second.close()
  writeFileSync(`${file}-shm`, 'of somebody else')
  reserveSharedMemory(file)
  t.equal(readFileSync(`${file}-shm`, 'utf8'), 'of somebody else')
})

t.test('every connection is set up as durable as it must be', async (t) => {
  const file = await database(t)
  for (const readonly of [false, true]) {
    const connection = connect(file, readonly)
    t.equal(connection.pragma('synchronous', { simple: true }), 2)
    t.equal(connection.pragma('journal_mode', { simple: true }), 'wal')
    t.equal(connection.pragma('foreign_keys', { simple: true }), 1)
    t.equal(connection.pragma('busy_timeout', { simple: true }), 5000)
    connection.close()
  }
})

t.test('a setting that does not take stops the start', async (t) => {
  const file = join(folder(t), 'plain.db')
  new Sqlite(file).exec('create table a (b)').close()
  // A read-only connection cannot make the file a WAL database.
  t.throws(() => connect(file, true), { message: 'SQLite refused journal_mode = wal: it says delete' })
})

t.test('an SQLite with the WAL-reset bug is refused', (t) => {
  const old = { prepare: () => ({ pluck: () => ({ get: () => '3.51.2' }) }) } as unknown as InstanceType<
    typeof Sqlite
  >
  t.throws(() => checkVersion(old), { message: 'SQLite 3.51.2 is too old: 3.51.3 or newer is needed' })
  t.end()
})

t.test('what is not our database stops the start by name, and is left as it was', async (t) => {
  const home = folder(t)
  const good = await database(t)
  const make: Record<string, [RegExp, (file: string) => void]> = {
    'an empty file': [/is empty: it is not a database/, (file) => writeFileSync(file, '')],
    'another format': [
      /cannot be opened: file is not a database/,
      (file) => writeFileSync(file, 'x'.repeat(5000))
    ],
    'a foreign database': [
      /has no migration table/,
      (file) => new Sqlite(file).exec('create table recipes (name)').close()
    ],
    'an empty migration table': [
      /its migration table is empty/,
      (file) => new Sqlite(file).exec('create table __drizzle_migrations (created_at)').close()
    ],
    'a newer database': [
      /written by a newer release/,
      (file) => {
        copyFileSync(good, file)
        new Sqlite(file)
          .exec("insert into __drizzle_migrations (hash, created_at) values ('x', 9999999999999)")
          .close()
      }
    ],
    'a file cut in half': [
      /is damaged|cannot be opened: database disk image is malformed/,
      (file) => {
        copyFileSync(good, file)
        truncateSync(file, Math.floor(readFileSync(file).length / 2))
      }
    ],
    'a page of zeros': [
      /is damaged|cannot be opened/,
      (file) => {
        const bytes = readFileSync(good)
        bytes.fill(0, 4096 * 3, 4096 * 4)
        writeFileSync(file, bytes)
      }
    ],
    'a folder': [/cannot be opened/, (file) => mkdirSync(file)]
  }
  for (const [name, [reason, write]] of Object.entries(make)) {
    const file = join(home, `${name}.db`)
    write(file)
    const before = name === 'a folder' ? '' : readFileSync(file)
    t.throws(() => open(`file:${file}`), { constructor: Refusal, message: reason }, name)
    if (name !== 'a folder') t.same(readFileSync(file), before, `${name} is untouched`)
  }
})

t.test('a log without its database is not started over', (t) => {
  const file = join(folder(t), 'news.db')
  writeFileSync(`${file}-wal`, 'the last stories')
  t.throws(() => open(`file:${file}`), { message: /is missing but its write-ahead log/ })
  t.notOk(existsSync(file))
  t.throws(() => open('postgres://localhost/news'), { message: /works on a file of SQLite/ })
  t.throws(() => open('mysql://localhost/news'), { message: /DATABASE_URL must be file:PATH or postgres/ })
  t.end()
})

t.test('the change that was acknowledged last is marked beside the database', async (t) => {
  const file = await database(t)
  const db = open(`file:${file}`)
  const mark = () => readFileSync(`${file}.mark`, 'utf8').trim()
  for (const _ of [1, 2]) await db.write('t', async () => {})
  t.notOk(existsSync(`${file}.mark`), 'writes that change nothing need none')
  const { id } = await db.write('t', (tx) => tokens.create(tx, fresh()))
  t.match(mark(), new RegExp(`^1 \\S+ create token ${id}$`))
  const [, last] = await Promise.all([1, 2].map(() => db.write('t', (tx) => tokens.create(tx, fresh()))))
  t.match(mark(), new RegExp(`^3 \\S+ create token ${last!.id}$`))
  await db.close()
})

t.test('what is on disk is acknowledged where the mark cannot be written', async (t) => {
  const file = await database(t)
  const db = open(`file:${file}`)
  t.teardown(() => db.close())
  mkdirSync(`${file}.mark`)
  const { id } = await db.write('t', (tx) => tokens.create(tx, fresh()))
  t.match(await tokens.byId(db.read, id), { id })
})

t.test('a process that serves beside others makes no database', (t) => {
  const file = join(folder(t), 'news.db')
  t.throws(() => open(`file:${file}`, undefined, { isChecked: true }), {
    constructor: Refusal,
    message: `${file} cannot be opened: unable to open database file`
  })
  t.notOk(existsSync(file))
  t.end()
})

t.test('an older database is brought up to date', async (t) => {
  const file = await database(t)
  const { entries } = JSON.parse(readFileSync('migrations/sqlite/meta/_journal.json', 'utf8')) as {
    entries: { when: number }[]
  }
  t.same(
    entries.map(({ when }) => when),
    entries.map(({ when }) => when).sort((a, b) => a - b),
    'migrations are in order'
  )
  const blank = join(folder(t), 'older.db')
  // As a release before the first migration would have left it.
  new Sqlite(blank)
    .exec(
      "create table __drizzle_migrations (id integer primary key, hash text, created_at numeric); insert into __drizzle_migrations (hash, created_at) values ('none', 1)"
    )
    .close()
  const db = open(`file:${blank}`)
  t.equal(db.created, false)
  t.same(await tokens.list(db.read, 10), [])
  await db.close()
  t.ok(existsSync(file))
})

t.test('an older database is left as it is where the disk has no room to bring it up to date', async (t) => {
  const file = await database(t)
  const older = new Sqlite(file)
  older.exec('delete from __drizzle_migrations where created_at > 1')
  older.exec("insert into __drizzle_migrations (hash, created_at) values ('none', 1)")
  older.close()
  // Larger than any disk, and full of holes: SQLite looks no further than the pages that it knows of.
  truncateSync(file, 8e12)
  const refused = { message: /^There is no room in .+: 8000017 MB are needed, \d+ MB are free$/ }
  t.throws(() => open(`file:${file}`), refused)
  const connection = new Sqlite(file, { readonly: true })
  t.teardown(() => connection.close())
  const last = connection.prepare('select max(created_at) from __drizzle_migrations').pluck()
  t.equal(last.get(), 1)
})

t.test('a new database is what the migrations make of an empty file', async (t) => {
  const home = folder(t)
  const [migrated, written, older] = ['migrated', 'written', 'older'].map((name) => join(home, `${name}.db`))
  /** Every object, and every row that is there from the beginning. */
  const contents = (file: string) => {
    const connection = new Sqlite(file, { readonly: true })
    const objects = connection
      .prepare<[], { type: string; name: string }>(
        'select type, name, tbl_name, sql from sqlite_schema order by type, name'
      )
      .all()
    const rows = objects
      .filter(({ type, name }) => type === 'table' && name !== 'sqlite_sequence')
      .map(({ name }) => [name, connection.prepare(`select * from "${name}"`).all()])
    connection.close()
    return { objects, rows }
  }
  migrateGuarded(migrated!)
  createTables(written!)
  t.strictSame(contents(written!), contents(migrated!))

  const first = join(home, 'first')
  cpSync('migrations/sqlite', first, { recursive: true })
  const journal = JSON.parse(readFileSync(join(first, 'meta/_journal.json'), 'utf8'))
  writeFileSync(
    join(first, 'meta/_journal.json'),
    JSON.stringify({ ...journal, entries: journal.entries.slice(0, 30) })
  )
  migrateGuarded(join(home, 'source.db'), first)
  writeFileSync(join(home, 'older.sql'), statementsOf(join(home, 'source.db')))
  createTables(older!, join(home, 'older.sql'))
  t.strictSame(contents(older!), contents(migrated!), 'where the statements are of an older release, too')
})

t.test('rebuilding a parent table loses no child, and a dangling reference stops the start', async (t) => {
  const home = folder(t)
  const migration = (name: string, statements: string) => {
    const to = join(home, name)
    mkdirSync(join(to, 'meta'), { recursive: true })
    writeFileSync(join(to, '0000_x.sql'), statements)
    const entries = [{ idx: 0, version: '6', when: Date.now() + 1000, tag: '0000_x', breakpoints: true }]
    writeFileSync(
      join(to, 'meta/_journal.json'),
      JSON.stringify({ version: '7', dialect: 'sqlite', entries })
    )
    return to
  }
  const file = join(home, 'family.db')
  const family = new Sqlite(file)
  family.exec(
    'create table parent (id text primary key); create table child (of text references parent(id) on delete cascade)'
  )
  family.exec("insert into parent values ('p'); insert into child values ('p'), ('p')")
  family.close()
  const step = '--> statement-breakpoint\n'
  migrateGuarded(
    file,
    migration(
      'rebuild',
      `create table new_parent (id text primary key, name text);${step}insert into new_parent select id, 'x' from parent;${step}drop table parent;${step}alter table new_parent rename to parent;`
    )
  )
  const after = new Sqlite(file)
  t.equal(after.prepare('select count(*) from child').pluck().get(), 2)
  after.close()
  t.throws(
    () =>
      migrateGuarded(
        join(home, 'family2.db'),
        migration(
          'dangling',
          `create table parent (id text primary key);${step}create table child (of text references parent(id));${step}insert into child values ('nobody');`
        )
      ),
    { message: /left 1 dangling references/ }
  )
})

t.test('a write is all or nothing, and the next one goes on', async (t) => {
  const db = open(`file:${await database(t)}`)
  t.teardown(() => db.close())
  const failing = db.write('t', async (tx) => {
    await tokens.create(tx, fresh())
    throw new Error('no')
  })
  await t.rejects(failing, { message: 'no' })
  t.same(await tokens.list(db.read, 10), [])
  const ids = await Promise.all(
    [1, 2, 3].map(() => db.write('t', async (tx) => (await tokens.create(tx, fresh())).id))
  )
  t.same(
    (await tokens.list(db.read, 10)).map(({ id }) => id),
    ids.sort().reverse()
  )
})

t.test(
  'the version moves with every commit: with ours at once, with those of others by the next turn',
  async (t) => {
    const file = await database(t)
    const [ours, others] = [open(`file:${file}`), open(`file:${file}`)]
    t.teardown(() => Promise.all([ours.close(), others.close()]))
    const first = ours.version()
    t.equal(ours.version(), first)
    await ours.write('t', (tx) => tokens.create(tx, fresh()))
    const second = ours.version()
    t.not(second, first)
    await others.write('t', (tx) => tokens.create(tx, fresh()))
    await setImmediate()
    t.not(ours.version(), second)
  }
)

t.test('the reader cannot write', async (t) => {
  const db = open(`file:${await database(t)}`)
  t.teardown(() => db.close())
  const { q } = db.read as unknown as { q: { insert(table: object): { values(row: object): Promise<void> } } }
  await t.rejects(async () => q.insert(schema.withdrawn).values({ kind: 'k', id: 'i', at: 'a' }), {
    code: 'SQLITE_READONLY'
  })
})

t.test('a broken rule of the tables has a name', async (t) => {
  const db = open(`file:${await database(t)}`)
  t.teardown(() => db.close())
  const twice = db.write('t', async ({ q, t }) => {
    for (const _ of [1, 2]) await q.insert(t.addresses).values({ slug: 's', articleId: 'a' })
  })
  await t.rejects(twice, { name: 'Error', message: 'a unique rule of the tables was broken' })
  const orphan = db.write('t', async ({ q, t }) => {
    await q.insert(t.articleTags).values({ articleId: 'none', position: 0, tag: 'x' })
  })
  await t.rejects(orphan, { name: 'Error', message: 'a reference rule of the tables was broken' })
  const wrong = db.write('t', async ({ q, t }) => void (await q.select({ x: sql`nothing` }).from(t.tokens)))
  await t.rejects(wrong, { code: 'SQLITE_ERROR' })
})

t.test('a full disk has a name', async (t) => {
  const db = open(`file:${await database(t)}`)
  t.teardown(() => db.close())
  const filled = db.write('t', async (tx) => {
    await tx.q.select({ x: sql`1` }).from(tx.t.tokens)
    await changes.append(tx, { action: 'create', kind: 'source', id: 'x' })
    throw new Sqlite.SqliteError('database or disk is full', 'SQLITE_FULL')
  })
  await t.rejects(filled, { constructor: Full, message: 'database or disk is full' })
})

t.test('a long log is brought into the file beside the writing, and then begins anew', async (t) => {
  const file = await database(t)
  const db = open(`file:${file}`)
  const connection = connect(file, true)
  const another = connect(file, true)
  t.teardown(async () => {
    connection.close()
    another.close()
    await db.close()
  })
  const state = () => {
    const [{ log, checkpointed }] = connection.pragma('wal_checkpoint(NOOP)') as [Record<string, number>]
    return { log, checkpointed }
  }
  const written = (length: number) =>
    db.write('t', (tx) =>
      changes.append(tx, { action: 'create', kind: 'source', id: 'x', detail: { note: 'x'.repeat(length) } })
    )
  const broughtOver = async (pages: number | undefined) => {
    for (let tries = 0; tries < 500 && state().checkpointed !== pages; tries++) await setTimeout(20)
    t.equal(state().checkpointed, pages)
  }
  await written(5_000_000)
  await broughtOver(state().log)
  await written(1)
  const begun = state().log
  t.ok(begun! < 20)
  // What somebody still reads is not written over.
  another.exec('begin; select * from changes limit 1')
  await written(5_000_000)
  await broughtOver(begun)
  another.exec('commit')
  // Of a few pages the thread would leave those that come when it has just brought over the others.
  await written(5_000_000)
  await broughtOver(state().log)
})

t.test('a connection keeps some statements, and prepares the others again', async (t) => {
  const db = open(`file:${await database(t)}`)
  t.teardown(() => db.close())
  const { q, t: tables } = db.read
  await db.write('t', (tx) => tokens.create(tx, fresh()))
  for (let i = 0; i < 1010; i++) {
    const number = i % 505
    t.same(await q.select({ number: sql.raw(String(number)) }).from(tables.tokens), [{ number }])
  }
})

t.test('a statement is not run without its values', async (t) => {
  const db = open(`file:${await database(t)}`)
  t.teardown(() => db.close())
  const query = db.read.q
    .select({ id: db.read.t.tokens.id })
    .from(db.read.t.tokens)
    .where(eq(db.read.t.tokens.id, sql.placeholder('id')))
    .prepare('token')
  t.same(await query.execute({ id: 'tok_1' }), [])
  await t.rejects(async () => await query.execute({}), { message: 'no value for id' })
})

t.test('what the tables or the disk refuse is told as a problem', (t) => {
  const told = (error: Error) => {
    const { kind, status, headers } = problemOf(error, {} as never)
    return { kind, status, headers }
  }
  t.same(told(new Violation('unique', 'x')), { kind: 'conflict', status: 409, headers: {} })
  t.same(told(new Violation('reference', 'x')), { kind: 'in-use', status: 409, headers: {} })
  t.same(told(new Unavailable('x')), { kind: 'unavailable', status: 503, headers: { 'retry-after': '1' } })
  t.same(told(new Full('x')), { kind: 'insufficient-storage', status: 507, headers: {} })
  t.end()
})

t.test('every write is in the change log, with who, when and what', async (t) => {
  const db = open(`file:${await database(t)}`, () => new Date('2026-11-02T08:30:00Z'))
  t.teardown(() => db.close())
  const { id } = await db.write('Ines', (tx) => tokens.create(tx, fresh()))
  const [row] = await db.read.q.select().from(db.read.t.changes).where(eq(db.read.t.changes.id, id))
  t.match(row, { seq: 1, at: '2026-11-02T08:30:00.000Z', actor: 'Ines', action: 'create', kind: 'token', id })
})

t.test('every foreign key leads an index', (t) => {
  for (const table of Object.values(schema)) {
    const { name, columns, foreignKeys, indexes, primaryKeys } = getTableConfig(table as never)
    const leading = [
      ...columns.flatMap(({ primary, isUnique, name }) => (primary || isUnique ? [name] : [])),
      ...indexes.map(({ config }) => (config.columns[0] as { name: string }).name),
      ...primaryKeys.map(({ columns }) => columns[0]!.name)
    ]
    for (const key of foreignKeys) {
      t.ok(
        leading.includes(key.reference().columns[0]!.name),
        `${name} -> ${getTableConfig(key.reference().foreignTable).name}`
      )
    }
  }
  t.end()
})

t.test('what may be long stands behind what lists read of the row', async (t) => {
  // SQLite walks through all pages of a long value to what follows it: a list of long drafts took 2 ms for each.
  const connection = new Sqlite(await database(t), { readonly: true })
  t.teardown(() => connection.close())
  const columns = connection.prepare<[string], string>('select name from pragma_table_info(?)').pluck()
  for (const [table, last] of Object.entries({
    articles: ['body'],
    imports: ['text', 'proposals', 'added', 'warnings'],
    import_pages: ['deflated'],
    published: ['card', 'document', 'gzip'],
    editions: ['document'],
    revisions: ['draft', 'body']
  }))
    t.same(columns.all(table).slice(-last.length), last, table)
})

t.test(
  'a long body is stored compressed, and one that an older release stored as text is read',
  async (t) => {
    const client = await app(t)
    const text = 'The ferry stays in service until the bridge is built. '.repeat(60)
    const { id } = await client.draft({ sources: [], quotes: [], bylines: [], body: { text } })
    const file = new Sqlite(client.db.file)
    t.teardown(() => file.close())
    const stored = file.prepare('select body from articles').pluck().get() as Buffer
    t.ok(stored.length < text.length / 4)
    const draft = async () => (await client.get(`/v1/articles/${id}?edition=draft`)).body
    const before = await draft()
    t.match(before, text.trim())
    file.prepare('update articles set body = ?').run(zstdDecompressSync(stored).toString())
    t.equal(await draft(), before)
  }
)

t.test('texts of which the beginning is read are compressed as far as that is all of them', async (t) => {
  const words = (length: number) => 'The ferry stays. '.repeat(length / 17)
  const random = (length: number) => {
    const bytes = createHash('shake256', { outputLength: 2 * length }).digest()
    const code = (_: unknown, i: number) => 0x4e00 + (bytes.readUInt16BE(2 * i) % 20_000)
    return String.fromCharCode(...Array.from({ length }, code))
  }
  for (const [text, isPacked] of [
    ['The ferry stays.', false],
    [words(2000), true],
    [words(90_000), true],
    [words(110_000), false],
    [random(90_000), false]
  ] as const) {
    const stored = packedUpToCut(text)
    t.equal(Buffer.isBuffer(stored), isPacked, `${text.length} characters`)
    t.equal(String(textBytes(Buffer.from(stored))), text)
    t.equal(unpackedText(stored), text)
  }
  const client = await app(t)
  const { id } = await client.draft({ sources: [], quotes: [], bylines: [], body: { text: words(2000) } })
  await client.post(`/v1/articles/${id}/publish`)
  const file = new Sqlite(client.db.file)
  t.teardown(() => file.close())
  const stored = () => file.prepare('select typeof(text) from searchable').pluck().get()
  const found = async () => (await client.read('/v1/search?q=ferry')).body
  t.equal(stored(), 'blob')
  const before = await found()
  t.match(before, '"match":true')
  file.prepare('update searchable set text = ?').run(words(2000))
  await client.db.write('x', (tx) => tx.q.update(tx.t.rebuilds).set({ after: '' }))
  t.equal(await found(), before, 'one that an older release stored is shown the same')
  await rebuild(client.db)
  t.same([stored(), await found()], ['blob', before], 'and stored anew')
})

t.test('when what was written together is lost, nobody is told that it is there', async (t) => {
  const file = await database(t)
  const db = open(`file:${file}`)
  t.teardown(() => db.close())
  /** What SQLite does by itself when the disk is full (sqlite.org/lang_transaction.html, 3.1). */
  const lose = (tx: Writer) => (tx.q as unknown as { run(statement: object): void }).run(sql`rollback`)
  const make = (name: string) => db.write('x', (tx) => tokens.create(tx, { ...token, name }))
  const full = () => new Error('the disk is full')
  let runs = 0
  const lost = {
    'at once': async (tx: Writer) => {
      lose(tx)
      throw full()
    },
    'when it is done anew': async (tx: Writer) => {
      await tokens.create(tx, fresh())
      if (++runs === 2) lose(tx)
      throw full()
    }
  }
  for (const [when, work] of Object.entries(lost)) {
    const together = await Promise.allSettled([make('first'), db.write('x', work), make('second')])
    t.same(
      together.map(({ status }) => status),
      ['rejected', 'rejected', 'rejected'],
      when
    )
    t.same(await db.read.q.select().from(db.read.t.tokens), [], when)
  }
  await make('third')
  t.equal((await db.read.q.select().from(db.read.t.tokens)).length, 1, 'and the next is written')
})

t.test('a write that fails takes nothing with it of what is written beside it', async (t) => {
  const db = open(`file:${await database(t)}`)
  t.teardown(() => db.close())
  const failing = async (tx: Writer) => {
    await tokens.create(tx, { ...token, name: 'failing' })
    throw new Error('no')
  }
  const before = db.version()
  const results = await Promise.allSettled([
    db.write('x', (tx) => tokens.create(tx, { ...token, name: 'one' })),
    db.write('x', failing),
    db.write('x', (tx) => tokens.create(tx, { ...token, name: 'two' }))
  ])
  t.same(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled']
  )
  const rows = await db.read.q.select().from(db.read.t.tokens)
  t.same(rows.map(({ name }) => name).sort(), ['one', 'two'])
  t.equal(db.version(), before + 1, 'and all is one commit')
})

t.test(
  'what is put off until the commit is done last and in order, and fails only who put it off',
  async (t) => {
    const db = open(`file:${await database(t)}`)
    t.teardown(() => db.close())
    let done: string[] = []
    const make = (name: string, last: (tx: Writer) => Promise<void> = async () => {}) =>
      db.write('x', async (tx) => {
        tx.beforeCommit(async () => {
          done.push(`${name} last`)
          await last(tx)
        })
        await tx.within('y', async (inner) => {
          inner.beforeCommit(async () => void done.push(`${name} within`))
          await tokens.create(inner, { ...token, name })
        })
        done.push(name)
      })
    await Promise.all([make('a'), make('b')])
    t.same(done, ['a', 'b', 'a last', 'a within', 'b last', 'b within'])
    done = []
    const index = (...rows: bigint[]) =>
      db.write('x', async (tx) => {
        for (const [i, row] of rows.entries())
          tx.beforeCommit(async () => void done.push(`row ${row}, ${i}`), row)
      })
    await Promise.all([index(9n, 4n), index(7n, 4n, 4n)])
    t.same(
      done,
      ['row 4, 1', 'row 4, 1', 'row 4, 2', 'row 7, 0', 'row 9, 0'],
      'of one group in the order of the rows of an index'
    )
    done = []
    const fail = async (tx: Writer) => {
      await tokens.create(tx, { ...token, name: 'lost' })
      throw new Error('no')
    }
    const results = await Promise.allSettled([make('c'), make('d', fail), make('e')])
    t.same(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled']
    )
    await t.rejects(make('f', fail), { message: 'no' }, 'alone, too')
    const rows = await db.read.q.select().from(db.read.t.tokens)
    t.same(rows.map(({ name }) => name).sort(), ['a', 'b', 'c', 'e'])
  }
)

t.test('what SQLite would plan a statement by is bound behind a sign', (t) => {
  const query = 'select "x" from "a" where "b" = ? and "c" is ? and "d" <= ? and "e" in (?) limit ?'
  const signed = 'select "x" from "a" where "b" = +? and "c" is +? and "d" <= ? and "e" in (?) limit +?'
  t.equal(withUnaryPlus(query), signed)
  t.end()
})

t.test(
  'rows are written by statements of their shape, with nulls, defaults and more than one needs',
  async (t) => {
    const db = open(`file:${await database(t)}`, () => new Date('2026-11-02T08:30:00Z'))
    t.teardown(() => db.close())
    const edited = {
      version: 1,
      createdAt: '2026-11-02T08:30:00.000Z',
      updatedAt: '2026-11-02T08:30:00.000Z'
    }
    const rows = Array.from(
      { length: 35 },
      (_, i): NewFile => ({
        ...{ id: `med_${String(i).padStart(2, '0')}`, kind: 'image' as const, ...edited },
        ...(i % 2 === 0 ? { url: `https://example.com/${i}.jpg` } : { caption: null })
      })
    )
    const files = db.read.t.media
    const stored = () => db.read.q.select({ id: files.id, url: files.url, alt: files.alt }).from(files)
    await db.write('x', (tx) => insertAll(tx, tx.t.media, rows))
    await db.write('x', (tx) => insertAll(tx, tx.t.media, []))
    const as = rows.map(({ id, url = null }): Stored => ({ id, url, alt: null }))
    t.same(await stored(), as)
    await db.write('x', (tx) =>
      updateRow(
        tx,
        tx.t.media,
        { id: 'med_00', version: 1 },
        { url: null, alt: 'A ferry.', caption: undefined }
      )
    )
    await db.write('x', (tx) => updateRow(tx, tx.t.media, { id: 'med_01', version: 2 }, { alt: 'Nothing.' }))
    t.same(await stored(), as.with(0, { id: 'med_00', url: null, alt: 'A ferry.' }))
  }
)

t.test(
  'what fails before it writes has nothing done anew; what fails later, all that is beside it',
  async (t) => {
    const db = open(`file:${await database(t)}`)
    t.teardown(() => db.close())
    let runs = 0
    const make = () =>
      db.write('x', (tx) => {
        runs++
        return tokens.create(tx, fresh())
      })
    const fail = (before: (tx: Writer) => Promise<unknown>) =>
      db.write('x', async (tx) => {
        await before(tx)
        throw new Error('no')
      })
    await Promise.allSettled([make(), fail((tx) => tokens.list(tx, 10)), make()])
    t.equal(runs, 2)
    await Promise.allSettled([make(), fail((tx) => tokens.create(tx, fresh())), make()])
    t.equal(runs, 2 + 3, 'the first of them twice')
    t.equal((await tokens.list(db.read, 10)).length, 4)
  }
)

t.test(
  'what was read is remembered until anybody commits; what could not be read is asked for again',
  async (t) => {
    const db = open(`file:${await database(t)}`)
    t.teardown(() => db.close())
    let reads = 0
    const count = memoizedUntilCommit(async () => {
      if (++reads === 1) throw new Error('no')
      return reads
    })
    await t.rejects(count(db.read), { message: 'no' })
    t.strictSame([await count(db.read), await count(db.read)], [2, 2])
    t.strictSame(await db.write('x', async (tx) => [await count(tx), await count(tx)]), [3, 4])
    await db.write('x', (tx) => tokens.create(tx, fresh()))
    t.equal(await count(db.read), 5)
  }
)

t.test('when a commit fails, nothing of it stays, and the next begins anew', async (t) => {
  const db = open(`file:${await database(t)}`)
  t.teardown(() => db.close())
  const dangle = async (tx: Writer) => {
    ;(tx.q as unknown as { run(statement: object): void }).run(sql`pragma defer_foreign_keys = on`)
    await tx.q.insert(tx.t.articleTags).values({ articleId: 'art_nowhere', position: 0, tag: 'x' })
  }
  await t.rejects(db.write('x', dangle), { message: 'a reference rule of the tables was broken' })
  t.same(await db.read.q.select().from(db.read.t.articleTags), [])
  await db.write('x', (tx) => tokens.create(tx, fresh()))
  t.equal((await db.read.q.select().from(db.read.t.tokens)).length, 1)
})
