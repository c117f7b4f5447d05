// A newsroom that an older release left: everything in it is there, and found by all that this release knows.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import t, { type Test } from 'tap'
import { build } from '../../src/app.ts'
import { readConfig } from '../../src/config/config.ts'
import { unpacked } from '../../src/newsstand/documents/packing.ts'
import { loadSample } from '../../src/operations/sample.ts'
import { rebuild } from '../../src/publishing/compile/rebuild.ts'
import { migrateGuarded } from '../../src/storage/opening/migrations.ts'
import { type Opened, open } from '../../src/storage/sqlite/open.ts'
import { unpackedText } from '../../src/storage/text/packed-text.ts'
import { folder, noLoadLimits, secret } from '../support/app.ts'
import { run } from '../support/commands.ts'

/** A folder with the first so many migrations. */
function migrations(home: string, count: number) {
  const journal = JSON.parse(readFileSync('migrations/sqlite/meta/_journal.json', 'utf8')) as {
    entries: { tag: string }[]
  }
  mkdirSync(join(home, 'meta'), { recursive: true })
  const entries = journal.entries.slice(0, count)
  writeFileSync(join(home, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }))
  for (const { tag } of entries) cpSync(`migrations/sqlite/${tag}.sql`, join(home, `${tag}.sql`))
  return home
}

/** What the newest tables have, in the tables of the first release. */
function asFirstRelease(home: string, current: string) {
  const file = join(home, 'older.db')
  migrateGuarded(file, migrations(join(home, 'migrations'), 1))
  const older = new Sqlite(file)
  older.pragma('foreign_keys = off')
  older.prepare('attach ? as current').run(current)
  // It compressed neither documents nor bodies.
  older.function('inflated', (bytes: unknown) =>
    Buffer.isBuffer(bytes) ? Buffer.from(unpacked(bytes)) : bytes
  )
  // It knew no translations.
  older.function('untranslated', (document: unknown) => {
    const article = JSON.parse(String(document)) as { translations?: unknown[] }
    if (article.translations?.length === 0) delete article.translations
    return Buffer.from(JSON.stringify(article))
  })
  older.function('unpacked', (text: unknown) => unpackedText(text as string | Buffer))
  const asItWas: Record<string, string> = {
    card: 'coalesce(card, document)',
    document: 'untranslated(inflated(document))',
    body: 'unpacked(body)'
  }
  const tables = older
    .prepare<[], string>(
      "select name from main.sqlite_master where type = 'table' and name not like '\\_\\_%' escape '\\' and name not like 'sqlite%'"
    )
    .pluck()
    .all()
  for (const table of tables) {
    const columns = older.prepare<[], string>(`select name from pragma_table_info('${table}')`).pluck().all()
    // What later releases do without is empty.
    const later = older
      .prepare<[], string>(`select name from pragma_table_info('${table}', 'current')`)
      .pluck()
      .all()
    const values = columns.map((name) => (later.includes(name) ? (asItWas[name] ?? `"${name}"`) : 'null'))
    older.exec(
      `insert into main."${table}" (${columns.map((name) => `"${name}"`)}) select ${values} from current."${table}"`
    )
  }
  older.close()
  return file
}

/** The words by which the desk finds drafts and sources, and the addresses of these. */
function deskWords(file: string) {
  const connection = new Sqlite(file, { readonly: true })
  connection.exec("create virtual table temp.words using fts5vocab('main', 'desk_search', 'instance')")
  const rows = [
    'select id, term, col, offset from temp.words join desk_words on desk_words.row = doc order by id, col, offset',
    'select * from source_addresses'
  ].map((query) => connection.prepare(query).all())
  connection.close()
  t.ok(rows.every(({ length }) => length > 0))
  return rows
}

async function answers(t: Test, db: Opened, urls: string[]) {
  const config = { ...readConfig({}), ONRECORD_SECRET: secret, LOG_LEVEL: 'silent' as const }
  const server = await build(db, config, { loadLimits: noLoadLimits })
  t.teardown(() => server.close())
  const all = new Map<string, string>()
  for (const url of urls) {
    const { statusCode, headers, body } = await server.inject(url)
    all.set(url, `${statusCode} ${headers.etag} ${body}`)
  }
  return all
}

t.test('what an older release published is read, and found, as if this one had published it', async (t) => {
  const home = folder(t)
  const current = open(`file:${join(home, 'current.db')}`)
  t.notOk(current.migrated)
  await loadSample(current)
  const lists = ['articles', 'quotes', 'attributions', 'sources', 'media', 'media-credits', 'corrections']
  const urls = [
    ...[...lists, 'comments'].map((list) => `/v1/${list}?limit=100&count=exact`),
    '/v1/articles?hasCorrection=true',
    '/v1/articles?updatedAt.gte=2000-01-01T00:00:00Z',
    '/v1/sections',
    '/v1/tags?sort=-articles',
    '/v1/search?q=ferry',
    '/v1/quotes?q=the&include=article,sources'
  ]
  const should = await answers(t, current, urls)

  const file = asFirstRelease(home, join(home, 'current.db'))
  const copy = join(home, 'copy.db')
  cpSync(file, copy)
  const { out } = await run(home, ['token', '--role', 'editor', '--name', 'x'], {
    DATABASE_URL: `file:${copy}`
  })
  t.match(out, 'Compiled anew for this release: 7 published articles.', 'the command line does it')
  const ended = open(`file:${file}`, undefined, { checkFirstLimit: 0 })
  t.ok(ended.migrated)
  await ended.close()
  const half = join(home, 'half.db')
  cpSync(file, half)
  const upgraded = open(`file:${file}`)
  t.ok(upgraded.migrated, 'a start that did not end leaves the work to the next')
  t.equal(await rebuild(upgraded), 7, 'every published article is compiled anew')
  t.equal(await rebuild(upgraded), 0, 'and only once')
  const is = await answers(t, upgraded, urls)
  for (const url of urls) t.equal(is.get(url), should.get(url), url)
  t.same(
    deskWords(file),
    deskWords(join(home, 'current.db')),
    'drafts and sources are found by the same words'
  )

  const again = open(`file:${file}`)
  t.notOk(again.migrated)
  await again.close()
  const halfway = new Sqlite(half)
  halfway.exec('update rebuilds set after = (select id from articles order by id limit 1 offset 2)')
  halfway.close()
  const resumed = open(`file:${half}`)
  t.ok(resumed.migrated)
  t.equal(await rebuild(resumed), 4, 'what is done already is not done again')
  await resumed.close()
})
