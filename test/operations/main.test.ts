// The command line, as a person runs it: real processes, on folders of their own.

import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import t, { type Test } from 'tap'
import { secretBeside } from '../../src/access/secret-file.ts'
import { settings } from '../../src/config/config.ts'
import { options as importOptions } from '../../src/importing/commands/import.ts'
import { systemKinds } from '../../src/importing/systems/kinds.ts'
import { helpOf, usage } from '../../src/operations/help.ts'
import { checkPort } from '../../src/operations/port.ts'
import { folder } from '../support/app.ts'
import { answered, measured, run, runProcess, served } from '../support/commands.ts'

/** What a list answers. */
const list = async (address: string, path: string, token?: string) => {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
  const answer = await answered(`${address}${path}`, { headers })
  return (await answer.json()) as {
    data: { id: string; slug: string; kind: string; attributions: { hops: object[] }[] }[]
    next: string | null
  }
}

t.test(
  'the first start loads the sample newsroom and prints a token once; later starts touch nothing',
  async (t) => {
    const home = folder(t)
    const first = await served(t, home, 'start', measured)
    t.match(first.out, /sample newsroom of 8 articles/)
    t.match(first.out, `${first.address}/docs`)
    t.match(first.out, join(home, 'news.db'))
    const token = /onr_[\w-]+/.exec(first.out)![0]
    const articles = await list(first.address, '/v1/articles?limit=100')
    t.ok(articles.data.length >= 6)
    t.equal((await list(first.address, '/v1/articles?limit=100&edition=draft', token)).data.length, 8)
    const quotes = (await list(first.address, '/v1/quotes?limit=100')).data
    t.same([...new Set(quotes.map(({ kind }) => kind))].sort(), ['direct', 'indirect', 'mixed'])
    const lengths = new Set(quotes.flatMap(({ attributions }) => attributions.map(({ hops }) => hops.length)))
    for (const length of [1, 2, 3]) t.ok(lengths.has(length), `a chain of ${length}`)
    t.ok((await list(first.address, '/v1/attributions?unnamed=true')).data.length > 0)
    t.ok((await list(first.address, '/v1/media-credits')).data.length > 0)
    t.equal((await list(first.address, '/v1/corrections')).data.length, 1)
    t.ok((await list(first.address, '/v1/comments')).data.length > 5)
    t.ok((await list(first.address, '/v1/comments?edition=draft&status=pending', token)).data.length > 0)
    t.equal(await first.stop(), 0)
    const secret = readFileSync(join(home, 'news.db.secret'), 'utf8')
    t.match(secret, /^[\w-]{43}$/)
    t.equal(statSync(join(home, 'news.db.secret')).mode & 0o777, 0o600)

    const second = await served(t, home, 'start')
    t.notMatch(second.out, /sample|onr_/)
    t.match(
      second.out,
      `DATABASE_URL=file:${join(home, 'news.db')} npm run token -- --role admin --name NAME`
    )
    t.same(await list(second.address, '/v1/articles?limit=100'), articles)
    t.equal(await second.stop(), 0)
    t.equal(readFileSync(join(home, 'news.db.secret'), 'utf8'), secret, 'the secret stays as it is')
  }
)

t.test('npm starts the same program, whether or not compiled code can be kept', async (t) => {
  const home = folder(t)
  const quick = (more: object) => served(t, home, 'serve', more)
  const kept = await quick({ NODE_COMPILE_CACHE: join(home, 'compiled') })
  t.match(await (await fetch(`${kept.address}/readyz`)).json(), { status: 'ready' })
  t.equal(await kept.stop(), 0)
  t.ok(existsSync(join(home, 'compiled')))
  const other = await quick({ NODE_COMPILE_CACHE: join(home, 'news.db', 'nowhere') })
  t.match(await (await fetch(`${other.address}/readyz`)).json(), { status: 'ready' })
  t.equal(await other.stop(), 0)
  const scripts: Record<string, string> = JSON.parse(readFileSync('package.json', 'utf8')).scripts
  for (const command of ['start', 'serve', 'import', 'token', 'backup', 'restore', 'reset', 'openapi'])
    t.match(scripts[command], new RegExp(`^node .*onrecord\\.js ${command}$`))
})

t.test('a token of the command line works, and saved pages are imported', async (t) => {
  const home = folder(t)
  const issued = await run(home, ['token', '--role', 'editor', '--name', 'The night desk'])
  t.equal(issued.code, 0)
  const token = /onr_[\w-]+/.exec(issued.out)![0]
  const text = join(home, 'page.txt')
  writeFileSync(
    text,
    'Monday, November 2, 2026\n\nThe lamp is lit again\n\n"It burns," said Ines Okafor, the keeper.\n'
  )
  const html = join(home, 'page.html')
  writeFileSync(
    html,
    '<html lang="en"><body><article><h1>Pier closes</h1><p>"It is closed," Lee Example said.</p></article></body></html>'
  )
  const imported = await run(home, ['import', text, html])
  t.equal(imported.code, 0, imported.err)
  t.match(imported.out, /page\.txt: art_\w+ "The lamp is lit again", 1 quote\b/)
  t.match(imported.out, /page\.html: art_\w+ "Pier closes", 1 quote\b/)
  const { address, stop } = await served(t, home, 'serve')
  t.equal((await list(address, '/v1/articles?edition=draft', token)).data.length, 2)
  await stop()
})

t.test('what the command line cannot do, it says in a line', async (t) => {
  const home = folder(t)
  const cases: [args: string[], reason: RegExp, more?: object][] = [
    [['import'], /^Name the files to import/],
    [['token', '--role', 'boss', '--name', 'x'], /^npm run token -- --role viewer\|contributor\|editor/],
    [['token', '--role', 'editor'], /--name NAME/],
    [['token', '--boss'], /^Unknown option '--boss'/],
    [['import', join(home, 'nothing.txt')], /^ENOENT: no such file or directory/],
    [['serve'], /^Bad configuration: PORT must be integer\. The port to listen on; 0/, { PORT: 'eighty' }],
    [
      ['serve'],
      /^Bad configuration: ONRECORD_SITE is not of the right form\. Whether .*: `on` or `off`\./,
      { ONRECORD_SITE: 'yes' }
    ],
    [['serve'], /^.* is empty: it is not a database/, { DATABASE_URL: `file:${join(home, 'empty.db')}` }]
  ]
  writeFileSync(join(home, 'empty.db'), '')
  for (const [args, reason, more] of cases) {
    const { code, err } = await run(home, args, more)
    t.equal(code, 1, args.join(' '))
    t.match(err.trim(), reason)
    t.equal(err.trim().split('\n').length, 1, 'in one line')
  }
  const blank = join(home, 'blank.txt')
  writeFileSync(blank, '   \n')
  const unreadable = await run(home, ['import', blank])
  t.equal(unreadable.code, 1)
  t.equal(unreadable.err.trim().split('\n').length, 1)
  const unknown = await runProcess(home, ['sevre'])
  t.equal(unknown.code, 1)
  t.match(unknown.out, /onrecord COMMAND/)
  t.equal((await run(home, ['help'])).code, 0)
})

t.test('what nobody expected is told with the place where it happened', async (t) => {
  const home = folder(t)
  await run(home, ['token', '--role', 'admin', '--name', 'x'])
  new Sqlite(join(home, 'news.db')).exec('drop table tokens').close()
  const { code, err } = await runProcess(home, ['token', '--role', 'admin', '--name', 'x'])
  t.equal(code, 1)
  t.match(err, /no such table: tokens[\s\S]+ at /)
})

t.test('the OpenAPI document goes to a file or to standard output', async (t) => {
  const home = folder(t)
  const file = join(home, 'openapi.json')
  t.equal((await run(home, ['openapi', file])).code, 0)
  t.equal((await run(home, ['openapi'])).out, readFileSync(file, 'utf8'))
})

/** A server that listens there until the test ends; undefined where another listens already. */
async function listener(t: Test, port: number): Promise<Server | undefined> {
  const server = createServer().listen(port, '127.0.0.1')
  t.teardown(() => server.close())
  return once(server, 'listening').then(
    () => server,
    () => undefined
  )
}

/** A port that is taken, as the next one is. Neither is among those that systems give out by themselves (Linux: from 32,768 on). */
async function takenPort(t: Test): Promise<number> {
  for (let port = 20_000 + 2 * (process.pid % 5000); ; port += 2)
    if ((await listener(t, port)) && (await listener(t, port + 1))) return port
}

t.test('a port that cannot be listened on is told with the remedy, before anything is made', async (t) => {
  const port = await takenPort(t)
  const home = folder(t)
  const refused = await run(home, ['start'], { PORT: port })
  t.equal(refused.code, 1)
  t.equal(refused.out, '')
  t.match(
    refused.err,
    new RegExp(`^Port ${port} of 127\\.0\\.0\\.1 is in use\\. Stop .+ PORT=\\d+ npm start\\n$`)
  )
  t.same(readdirSync(home), [])
  const told = await checkPort('127.0.0.1', port, 'npm run serve').catch(({ message }) => message)
  const next = Number(/ PORT=(\d+) npm run serve$/.exec(told)![1])
  t.ok(next > port + 1)
  await checkPort('127.0.0.1', next, 'npm run serve')
  // If it cannot listen there, another does.
  await listener(t, 65_535)
  const last = await checkPort('127.0.0.1', 65_535, 'npm run serve').catch(({ message }) => message)
  t.match(
    last,
    / PORT=1\d{3} npm run serve$/,
    'after the last port comes the first that everybody may listen on'
  )
  await t.rejects(checkPort('192.0.2.1', 3000, 'npm start'), {
    message: /^HOST is 192\.0\.2\.1, which is no address of this machine \(EADDRNOTAVAIL\): /
  })
})

t.test(
  'the sample and what is served have databases of their own, and tools find the only one',
  async (t) => {
    const home = folder(t)
    const unset = { DATABASE_URL: undefined }
    const trial = await served(t, home, 'start', { ...unset, ...measured })
    t.match(trial.out, join(home, 'data/sample.db'))
    t.match(trial.out, / npm run token -- --role admin --name NAME/)
    t.notMatch(trial.out, 'DATABASE_URL')
    const cors = async (origin: string) =>
      (await answered(`${trial.address}/v1/articles`, { headers: { origin } })).headers.get(
        'access-control-allow-origin'
      )
    for (const origin of [
      'http://localhost:5173',
      'https://127.0.0.1',
      'http://[::1]:8080',
      'http://a.localhost'
    ])
      t.equal(await cors(origin), origin)
    for (const origin of [
      'https://evil.example',
      'http://localhost.evil.example',
      'http://notlocalhost:1',
      'null'
    ])
      t.equal(await cors(origin), null, origin)
    const inUse = await runProcess(home, ['reset'], { ...unset, ...measured })
    t.match(inUse.err, /^A program uses \S+sample\.db: stop it, then reset\n$/)
    t.match(
      (await runProcess(home, ['token', '--role', 'viewer', '--name', 'x'], unset)).out,
      /Database: .+sample\.db/
    )
    await trial.stop()

    const production = await served(t, home, 'serve', unset)
    t.match(production.out, join(home, 'data/onrecord.db'))
    t.same(await list(production.address, '/v1/articles'), { data: [], next: null })
    await production.stop()
    t.match(
      (await runProcess(home, ['token', '--role', 'viewer', '--name', 'x'], unset)).out,
      /Database: .+onrecord\.db/
    )

    const named = { DATABASE_URL: `file:${join(home, 'data/onrecord.db')}` }
    t.match(
      (await run(home, ['reset'], named)).err,
      /^DATABASE_URL names \S+: npm run reset -- --force removes it/
    )
    t.match(
      (await runProcess(home, ['reset'], { ...unset, ...measured })).out,
      /sample\.db is removed: npm start makes a new sample/
    )
    t.same(
      readdirSync(join(home, 'data')).filter((name) => name.startsWith('sample')),
      []
    )
    t.match(
      (await runProcess(home, ['reset'], { ...unset, ...measured })).out,
      /^There is no \S+sample\.db\.\n$/
    )
    writeFileSync(join(home, 'data/onrecord.db'), 'no database at all, '.repeat(100))
    t.match((await run(home, ['reset', '--force'], named)).out, /onrecord\.db is removed/)
    t.same(readdirSync(join(home, 'data')), [])
  }
)

t.test('every command says how it is used', async (t) => {
  const home = folder(t)
  for (const command of ['start', 'import', 'labels', 'token', 'backup', 'restore', 'reset', 'openapi']) {
    const help = helpOf(command)
    t.match(help, command === 'start' ? /^npm start\n/ : new RegExp(`^npm run ${command}\\b`))
    t.match(help, /DATABASE_URL/)
    t.match(usage(), `  ${command} `)
  }
  for (const { name } of settings) t.match(helpOf('serve'), name)
  for (const option of Object.keys(importOptions)) t.match(helpOf('import'), `  --${option} `)
  for (const kind of systemKinds) t.match(helpOf('import'), new RegExp(`--as KIND .*\\b${kind}\\b`))
  const asked = await run(home, ['token', '--role', 'editor', '-h'])
  t.equal(asked.code, 0)
  t.equal(asked.out, `${helpOf('token')}\n`)
  t.equal((await run(home, ['--help'])).out, `${usage()}\n`)
  const mistaken = await run(home, ['start', '--port', '3001'])
  t.match(mistaken.err, /^start takes no options, and was given --port 3001: settings are variables/)
  t.same(readdirSync(home), [])
})

t.test(
  'the secret beside a newsroom is written or read whole, and nobody starts with half of it',
  async (t) => {
    const home = folder(t)
    const file = join(home, 'news.db.secret')
    t.throws(() => secretBeside(join(home, 'nowhere', 'news.db')), { code: 'ENOENT' })
    t.throws(() => secretBeside(join(home, 'x'.repeat(250))), {
      message: /secret cannot be written: ENAMETOOLONG/
    })
    symlinkSync(join(home, 'nowhere', 'secret'), join(home, 'other.db.secret'))
    t.throws(() => secretBeside(join(home, 'other.db')), { code: 'ENOENT' }, 'what is there is only read')
    writeFileSync(file, secretBeside(join(home, 'third.db')).slice(0, 20))
    const { code, err } = await runProcess(home, ['serve'], measured)
    t.equal(code, 1)
    t.match(err, /^\S+news\.db\.secret holds no whole secret: bring it back .+\n$/)
    t.equal(
      (await run(home, ['restore', join(home, 'nothing.db')])).err,
      `There is no file ${join(home, 'nothing.db')}\n`
    )
  }
)
