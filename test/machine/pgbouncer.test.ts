// The service behind PgBouncer, as Debian has it: by sessions it serves, in the other modes it refuses to start.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import { openDatabase } from '../../src/storage/opening/open.ts'
import { addressOf } from '../../src/storage/postgres/connections/address.ts'
import { connectToPrimary } from '../../src/storage/postgres/connections/connect.ts'
import { postgresDatabase } from '../postgres/database.ts'
import { startPrimary, startStandbyOf } from '../postgres/pair.ts'
import { nobody } from '../postgres/server.ts'
import { app, ferry, folder } from '../support/app.ts'
import { freePort } from '../support/free-port.ts'
import { until } from '../support/until.ts'
import { missing } from './programs.ts'

const needed = missing('pgbouncer', 'pgbouncer')

/** PgBouncer in front of the server of this URL. Answers the URL through it. */
async function bouncer(t: Test, url: string, settings: object) {
  const [home, port] = [folder(t), await freePort()]
  chmodSync(home, 0o755)
  const to = new URL(url)
  const all = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'any',
    default_pool_size: 50,
    ...settings
  }
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`)
  const file = join(home, 'pgbouncer.ini')
  const database = `* = host=${to.hostname} port=${to.port} user=${to.username}`
  writeFileSync(file, ['[databases]', database, '[pgbouncer]', ...lines].join('\n'))
  // It refuses root.
  const child: ChildProcess = spawn('pgbouncer', ['-q', file], { ...nobody, cwd: home, stdio: 'ignore' })
  t.teardown(async () => {
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  })
  const through = url.replace(`:${to.port}`, `:${port}`)
  await until(() =>
    fetch(`http://127.0.0.1:${port}`).then(
      () => true,
      (error: { cause?: { code?: string } }) => error.cause?.code !== 'ECONNREFUSED'
    )
  )
  return through
}

t.test('by sessions everything is as without it', needed, async (t) => {
  const file = await bouncer(t, await postgresDatabase(t), { pool_mode: 'session' })
  const { post, read, get, db, server } = await app(t, { file })
  const { id, slug } = (await post('/v1/articles', ferry)).json<DraftArticle>()
  t.equal((await post(`/v1/articles/${id}/publish`)).status, 200)
  t.equal((await read(`/v1/articles/${slug}`)).status, 200)
  t.match((await read('/v1/search?q=ferry')).body, slug)
  const listening = await server.listen({ port: 0 })
  const comment = { author: { name: 'Ines', email: 'ines@example.org' }, body: 'I sailed on it.' }
  t.equal((await post(`/v1/articles/${id}/comments`, comment, { token: null })).status, 201)
  t.equal((await get('/v1/changes')).status, 200)
  t.equal((await fetch(`${listening}/v1/articles/${slug}`)).status, 200)

  // Another process: what it commits is heard of, and its settings are its own.
  const other = await app(t, { file })
  const heard = await connectToPrimary(addressOf(file))
  const notified = once(heard, 'notification')
  await heard.query('listen onrecord')
  const of = (await other.post('/v1/articles', { ...ferry, slug: 'of-the-other' })).json<DraftArticle>()
  await notified
  t.equal((await get(`/v1/articles/${of.id}?edition=draft`)).status, 200)
  const { rows } = await heard.query<{ set: string }>("select current_setting('lock_timeout') as set")
  t.equal(rows[0]!.set, '5s')
  await heard.end()
  t.equal(await db.fresh!(), undefined)
})

t.test('where it shares sessions between connections a start is refused', needed, async (t) => {
  const url = await postgresDatabase(t)
  for (const settings of [
    { pool_mode: 'transaction' },
    { pool_mode: 'transaction', default_pool_size: 1 },
    { pool_mode: 'transaction', server_round_robin: 1 },
    { pool_mode: 'statement' }
  ])
    await t.rejects(
      bouncer(t, url, settings).then((through) => openDatabase(through)),
      { message: /shares sessions between connections/ },
      JSON.stringify(settings)
    )
})

t.test('one in front of each server: who is promoted is found', needed, async (t) => {
  const primary = await startPrimary()
  t.teardown(() => void primary.child!.kill('SIGKILL'))
  const standby = await startStandbyOf(t, primary)
  const settings = { pool_mode: 'session' }
  const [one, two] = [
    await bouncer(t, primary.url('postgres'), settings),
    await bouncer(t, standby.url('postgres'), settings)
  ]
  const { post, db } = await app(t, {
    file: one.replace(/\/postgres$/, `,127.0.0.1:${new URL(two).port}/postgres`)
  })
  t.equal((await post('/v1/articles', ferry)).status, 201)
  const gone = once(primary.child!, 'exit')
  primary.child!.kill('SIGKILL')
  await gone
  t.equal((await post('/v1/articles', { ...ferry, slug: 'refused' })).status, 503)
  await standby.promote()
  for (let i = 0; i < 100; i++) {
    const { status } = await post('/v1/articles', { ...ferry, slug: 'after' })
    if (status === 201) break
    t.equal(status, 503)
    await pause(100)
  }
  t.equal((await post('/v1/articles', { ...ferry, slug: 'after' })).status, 409, 'it was written')
  t.equal(db.loss!(), undefined)
})
