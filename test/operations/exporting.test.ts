// The export of a whole newsroom, and the newsroom that is made of it.
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getTableName } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import t, { type Test } from 'tap'
import { readConfig } from '../../src/config/config.ts'
import { importAll } from '../../src/importing/commands/import.ts'
import { checkTransfer } from '../../src/importing/systems/onrecord/transfer.ts'
import { exportAll } from '../../src/operations/backups/commands.ts'
import { loadSample } from '../../src/operations/sample.ts'
import { copyTo } from '../../src/storage/backups/copy.ts'
import { decisions, exportedTables } from '../../src/storage/backups/exports/decisions.ts'
import { splitLines } from '../../src/storage/backups/exports/split.ts'
import type { Database } from '../../src/storage/database.ts'
import { open } from '../../src/storage/sqlite/open.ts'
import { schema } from '../../src/storage/sqlite/schema.ts'
import { type Answer, app, type Client, database, folder } from '../support/app.ts'

const settings = readConfig({})
const out = { write: () => {} }

/** Exports the newsroom of an app; answers what was said. */
async function exported({ db }: Client, ...args: string[]) {
  const said: string[] = []
  await exportAll(args, { ...settings, DATABASE_URL: `file:${db.file}` }, (line) => said.push(line))
  return said.join('\n')
}

interface Importing {
  wrap?: (db: Database) => Database
  isTTY?: boolean
  columns?: number
}

/** Imports an export into a database file, as the command does. */
async function imported(
  file: string,
  path: string,
  { wrap = (db: Database) => db, isTTY = false, columns }: Importing = {}
) {
  const said: string[] = []
  const out = { isTTY, ...(columns && { columns }), write: (text: string) => said.push(text) }
  const isDone = await importAll(['--as', 'onrecord', path], async () => wrap(open(`file:${file}`)), {
    settings,
    out,
    err: out
  })
  t.ok(isDone)
  return said.join('')
}

const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

/** The answer to a call that must succeed. */
async function done(call: Promise<Answer>) {
  const answer = await call
  if (answer.status >= 300) throw new Error(answer.body)
  return answer
}

/** A newsroom with something in most tables, and the words in it that must never leave. */
async function newsroom(t: Test) {
  const client = await app(t)
  const { db, get, post, put, patch, remove } = client
  await loadSample(db)
  const ids = async (url: string) =>
    (await get(url)).json<{ data: { id: string; slug: string }[] }>().data.map(({ id }) => id)
  const [source, other] = await ids('/v1/sources?limit=100')
  await done(put('/v1/source-fields', { fields: [{ name: 'region', values: ['north', 'south'] }] }))
  await done(post(`/v1/sources/${source}/private-fields`, { region: 'north' }))
  await done(patch(`/v1/sources/${source}`, { aliases: ['Somebody Else'], affiliationId: other }))
  await done(patch(`/v1/sources/${other}`, { kind: 'organization' }))
  await done(patch(`/v1/sources/${source}`, { affiliationId: other }))
  const webhook = await done(post('/v1/webhooks', { url: 'https://hook.example/in', events: [] }))
  const [first, second, third] = await ids('/v1/articles?limit=100')
  await done(patch(`/v1/articles/${first}`, { title: 'A draft that nobody saw', extra: { 2: 'b', 1: 'a' } }))
  await done(post(`/v1/articles/${second}/withdraw`, { reason: 'It was wrong.' }))
  const preview = await done(post(`/v1/articles/${first}/previews`, {}))
  await done(put('/v1/comment-settings', { storeEmail: true, mode: 'premoderated' }))
  const { id: discussed } = await client.draft({ commentPolicy: { mode: 'premoderated' } })
  await done(post(`/v1/articles/${discussed}/publish`))
  const author = { name: 'Ann', email: 'ann@reader.example' }
  await done(
    post(`/v1/articles/${discussed}/comments`, { author, body: 'A comment that waits.' }, { token: null })
  )
  const report = { what: 'The year is wrong.', contact: { name: 'Bo', email: 'bo@reader.example' } }
  await done(post(`/v1/articles/${third}/error-reports`, report, { token: null }))
  const { id: rejected } = await client.draft()
  await done(patch(`/v1/articles/${rejected}`, { body: { text: 'Something else.' } }))
  await done(remove(`/v1/articles/${rejected}`))
  const token = await client.token('editor')
  const secrets = [
    'ann@reader.example',
    'bo@reader.example',
    'hook.example',
    webhook.json<{ secret: string }>().secret,
    preview.json<{ key: string }>().key,
    token.token
  ]
  for (const secret of secrets) if (!secret) throw new Error('a secret is missing')
  return { ...client, secrets, ids, source: source! }
}

/** Public answers, with what tells one from another; pages follow each other to the end. */
async function publicBytes({ read }: Client) {
  const answers = new Map<string, string>()
  const queue = [
    ...['articles', 'quotes', 'attributions', 'sources', 'media', 'media-credits', 'corrections'].map(
      (name) => `/v1/${name}?limit=10`
    ),
    ...['/v1/search?q=the', '/v1/sections', '/v1/tags', '/v1/publisher', '/v1/feeds/rss']
  ]
  for (const url of queue) {
    if (answers.has(url)) continue
    const { status, headers, body } = await read(url)
    const { etag, 'last-modified': modified, link } = headers
    answers.set(url, JSON.stringify({ status, etag, modified, link, body }))
    const next = /<([^>]+)>; rel="next"/.exec(String(link))?.[1]
    if (next) queue.push(next)
    for (const [, kind, id] of body.matchAll(/"id":"((?:art|quo|src|med|att|cor)[a-z]*)_([0-9a-z]{26})"/g)) {
      const name = { art: 'articles', src: 'sources' }[kind!]
      if (name) queue.push(`/v1/${name}/${kind}_${id}`)
      if (name === 'articles')
        queue.push(`/v1/articles/${kind}_${id}/comments?limit=10`, `/v1/articles/${kind}_${id}/provenance`)
    }
  }
  return answers
}

/** What the desk reads of drafts and their past. */
async function deskBytes({ get }: Client) {
  const answers = new Map<string, string>()
  const queue = [
    ...['articles', 'sources', 'media', 'quotes'].map((name) => `/v1/${name}?edition=draft&limit=100`),
    ...[
      '/v1/trash',
      '/v1/comments?limit=100',
      '/v1/comment-settings',
      '/v1/source-fields',
      '/v1/changes?limit=100'
    ],
    '/v1/articles?edition=draft&q=nobody'
  ]
  for (const url of queue) {
    const { status, headers, body } = await get(url)
    answers.set(url, JSON.stringify({ status, etag: headers.etag, body }))
    if (url.startsWith('/v1/articles?'))
      for (const [, id] of body.matchAll(/"id":"(art_[0-9a-z]{26})"/g))
        queue.push(
          ...['', '/editions', '/revisions', '/revisions/1', '/history', '/checks'].map(
            (rest) => `/v1/articles/${id}${rest}${rest === '' ? '?edition=draft' : ''}`
          )
        )
  }
  return answers
}

/** The addresses whose answers differ, and the words around the first difference. */
const differing = (before: Map<string, string>, after: Map<string, string>) =>
  [...new Set([...before.keys(), ...after.keys()])].flatMap((url) => {
    const [one = '', other = ''] = [before.get(url), after.get(url)]
    const at = [...one].findIndex((character, i) => character !== other[i])
    return one === other ? [] : [[url, one.slice(at - 60, at + 40), other.slice(at - 60, at + 40)]]
  })

t.test('every table has a decision, and what is exported comes after what it refers to', (t) => {
  t.strictSame(Object.keys(decisions).sort(), Object.keys(schema).sort())
  const order = exportedTables.map(({ name }) => name)
  for (const { name, by, later = [] } of exportedTables)
    for (const key of getTableConfig(schema[name] as never).foreignKeys) {
      const { columns, foreignTable } = key.reference()
      const to = order.find((other) => getTableName(schema[other]) === getTableName(foreignTable))!
      const isLater = columns.every((column) => later.some((one) => schema[name][one as never] === column))
      // Comments are in the order of their threads.
      const isThread = name === 'comments' && by.includes('thread') && to === 'comments'
      t.ok(isLater || isThread || order.indexOf(to) < order.indexOf(name), `${name} refers to ${to}`)
    }
  t.end()
})

t.test('an export makes the same newsroom in an empty database', async (t) => {
  const client = await newsroom(t)
  const home = folder(t)
  const before = [await publicBytes(client), await deskBytes(client)] as const
  t.ok(before[0].size > 50 && before[1].size > 50)
  const said = await exported(client, home)
  const file = join(home, 'newsroom.jsonl')
  t.match(said, /newsroom\.jsonl: \d+ records, \d+ bytes, SHA-256 [0-9a-f]{64}/)
  t.match(said, 'Private fields are not in it')
  t.equal(statSync(file).mode & 0o777, 0o600, 'only its owner may read it')
  t.notOk(existsSync(`${file}.snapshot`), 'and the copy that it was written from is gone')

  const text = readFileSync(file, 'utf8')
  for (const secret of client.secrets) t.notMatch(text, secret)
  const lines = linesOf(file)
  t.match(lines[0], { kind: 'export', format: 1, private: false })
  const records = lines.slice(1, -1)
  for (const { kind, row } of records) {
    const decision = decisions[kind as keyof typeof decisions]
    const never = decision.as === 'rows' ? Object.keys(decision.never ?? {}) : ['id']
    for (const column of never) t.notOk(column in row, `${kind}.${column}`)
  }
  const kinds = new Set(records.map(({ kind }) => kind))
  for (const kind of ['articles', 'editions', 'revisions', 'comments', 'published', 'trash'])
    t.ok(kinds.has(kind), kind)
  for (const kind of ['privateValues', 'errorReports']) t.notOk(kinds.has(kind), kind)

  const copy = await database(t)
  t.match(await imported(copy, home), /\d+ records imported\. Issue tokens anew/)
  const other = await app(t, { file: copy })
  const after = [await publicBytes(other), await deskBytes(other)] as const
  t.strictSame(differing(before[0], after[0]), [], 'to the public')
  t.strictSame(differing(before[1], after[1]), [], 'to the desk')
  for (const name of [
    'searchable',
    'publishedFacets',
    'quoteKeys',
    'edges',
    'creditNames',
    'sourceNames',
    'sourceAddresses'
  ] as const) {
    const rowsOf = async ({ db: { read } }: Client) =>
      (await read.q.select().from(read.t[name] as never)).map((row) => JSON.stringify(row)).sort()
    t.strictSame(await rowsOf(other), await rowsOf(client), name)
  }
  await other.patch(`/v1/sources/${client.source}`, { name: 'A new name' })
  const { data } = (await other.get('/v1/sources?edition=draft&q=new%20name')).json<{
    data: { id: string }[]
  }>()
  t.equal(data[0]?.id, client.source, 'and it can be worked in')
})

t.test('private fields are exported where they are asked for', async (t) => {
  const client = await newsroom(t)
  const file = join(folder(t), 'all.jsonl')
  t.match(await exported(client, file, '--private'), 'It has private fields')
  const records = linesOf(file)
  t.match(records.find(({ kind }) => kind === 'privateValues').row, {
    sourceId: client.source,
    value: 'north'
  })
  t.match(records.find(({ kind }) => kind === 'errorReports').row, { what: 'The year is wrong.' })
  const text = readFileSync(file, 'utf8')
  for (const secret of client.secrets) t.notMatch(text, secret)
  const copy = await database(t)
  t.match(await imported(copy, file, { isTTY: true, columns: 50 }), /\[#+\]/)
  const other = await app(t, { file: copy })
  const read = async (one: Client) =>
    (await one.get('/v1/error-reports')).json<{ data: { what: string }[] }>().data
  t.equal((await read(other))[0]!.what, 'The year is wrong.')
  await t.rejects(exported(client, file), /is there already; --force/)
  await exported(client, file, '--force')
  await t.rejects(exported(client), /npm run export -- DIR/)
  await t.rejects(
    exportAll([file], { ...settings, DATABASE_URL: 'file:/nowhere/at/all.db' }, () => {}),
    /no database/
  )
})

t.test('an export that was killed goes on with the same copy of the database', async (t) => {
  const client = await newsroom(t)
  const home = folder(t)
  const file = join(home, 'whole.jsonl')
  await exported(client, file)
  const text = readFileSync(file, 'utf8')
  const again = join(home, 'again.jsonl')
  const snapshot = join(home, 'snapshot')
  await copyTo(client.db.file, snapshot)
  await client.draft()
  const affiliations = text.indexOf('"follows":true')
  const facets = text.indexOf('publishedFacets')
  for (const [cut, rest] of [
    [30, ''],
    [affiliations + 20, ''],
    [0.3 * text.length, ''],
    [facets + 800, ''],
    [text.lastIndexOf('\n', text.length - 2) + 1, '\0\0\0\n'],
    [text.length, '']
  ] as const) {
    copyFileSync(snapshot, `${again}.snapshot`)
    writeFileSync(`${again}.partial`, text.slice(0, Math.floor(cut)) + rest)
    await exported(client, again, '--force')
    const resumed = readFileSync(again, 'utf8')
    // The first line has the time; where that line was cut off, all is written anew.
    if (cut === 30) t.not(resumed, text)
    else t.equal(resumed, text, `cut after ${cut} characters`)
  }
  copyFileSync(snapshot, `${again}.snapshot`)
  await exported(client, again, '--force')
  t.match(linesOf(again).at(-1), { kind: 'end' }, 'where nothing was written yet, too')
})

t.test('an import that was killed goes on, and is not served before it has ended', async (t) => {
  const client = await newsroom(t)
  const file = join(folder(t), 'all.jsonl')
  await exported(client, file)
  const copy = await database(t)
  let writes = 0
  const killed = (db: Database): Database => ({
    ...db,
    write(actor, work) {
      if (++writes > 2) throw new Error('killed')
      return db.write(actor, work)
    }
  })
  await t.rejects(imported(copy, file, { wrap: killed }), /killed/)
  const db = open(`file:${copy}`)
  await t.rejects(checkTransfer(db.read), /run it again/)
  await db.close()
  const other = join(folder(t), 'other.jsonl')
  await client.draft()
  await exported(client, other)
  await t.rejects(imported(copy, other), /a part of another export/)
  await imported(copy, file)
  const same = await app(t, { file: copy })
  await checkTransfer(same.db.read)
  const whole = await database(t)
  await imported(whole, file, { isTTY: true })
  t.strictSame(differing(await publicBytes(same), await publicBytes(await app(t, { file: whole }))), [])
  await t.rejects(imported(copy, file), /made from an export already/)
  await t.rejects(imported(client.db.file, file), /not empty \(\d+ \w+\)/)
})

t.test('what is no whole export of this release is refused before anything is written', async (t) => {
  const client = await app(t)
  const home = folder(t)
  await exported(client, home)
  const file = join(home, 'newsroom.jsonl')
  const [header, ...rest] = readFileSync(file, 'utf8').split('\n')
  const { release } = JSON.parse(header!)
  const refused = async (content: string, reason: RegExp) => {
    writeFileSync(file, content)
    await t.rejects(imported(join(home, 'never.db'), file), reason)
    t.notOk(existsSync(join(home, 'never.db')))
  }
  const with_ = (change: object) => `${JSON.stringify({ ...JSON.parse(header!), ...change })}\n`
  await refused('', /is empty/)
  await refused('<rss/>\n', /line 1 is not the first line/)
  await refused('{"kind":"articles"}\n', /line 1 is not the first line/)
  await refused(with_({ release: release + 1 }), /a newer release/)
  await refused(with_({ release: release - 1 }), /an older release/)
  await refused(with_({ format: 2 }), /a newer release/)
  await refused(`${header}\n`, /cut off after line 1/)
  await refused(`${header}\n{"kind":"tokens","row":{}}\n${rest.join('\n')}`, /is damaged/)
  await refused(`${header}\n${rest.join('\n')}{}\n`, /goes on after its last line/)
  await t.rejects(imported(join(home, 'never.db'), join(home, 'nothing')), /ENOENT/)
  for (const paths of [[], [home, home]]) {
    const asked = importAll(['--as', 'onrecord', ...paths], async () => client.db, {
      settings,
      out,
      err: out
    })
    await t.rejects(asked, /npm run import/)
  }

  for (const line of ['{"kind":"tokens","row":{}}', '[]']) {
    const forged = `${header}\n${line}\n`
    const sha256 = createHash('sha256').update(forged).digest('hex')
    writeFileSync(file, `${forged}${JSON.stringify({ kind: 'end', lines: 2, sha256 })}\n`)
    await t.rejects(imported(await database(t), file), /line 2 is no record that this release knows/)
  }
})

t.test('a line that does not end is refused in bounded memory', async (t) => {
  const file = join(folder(t), 'endless.jsonl')
  writeFileSync(file, Buffer.alloc(1_000_000, 'x'))
  await t.rejects(async () => {
    for await (const _ of splitLines(file, 10_000));
  }, /a line has more than 10000 bytes/)
})
