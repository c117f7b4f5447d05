// A primary of PostgreSQL that dies, with a standby that takes over: what was acknowledged is there, or the nodes say that it is not.
import t, { type Test } from 'tap'
import * as tokens from '../../src/access/tokens/store.ts'
import { readConfig } from '../../src/config/config.ts'
import { Unavailable } from '../../src/storage/database.ts'
import { openDatabase } from '../../src/storage/opening/open.ts'
import { checkServed } from '../../src/storage/opening/settings.ts'
import { acknowledgedChanges } from '../../src/storage/postgres/acknowledged.ts'
import { addressOf } from '../../src/storage/postgres/connections/address.ts'
import { connectToPrimary, timelineOf } from '../../src/storage/postgres/connections/connect.ts'
import { whyAlone } from '../../src/storage/postgres/durability.ts'
import { follow } from '../../src/storage/postgres/follow.ts'
import { knownCommits } from '../../src/storage/postgres/known-commits.ts'
import { failover } from '../../torture/failover.ts'
import { app, ferry, folder } from '../support/app.ts'
import { until } from '../support/until.ts'
import { startPrimary, startStandbyOf, synchronous } from './pair.ts'
import { missing, statements } from './server.ts'

const skip = (await missing()) ?? false

/** A primary with an empty newsroom, and its standby. */
async function pair(t: Test) {
  const primary = await startPrimary()
  t.teardown(() => void primary.child!.kill('SIGQUIT'))
  await statements(primary.url('postgres'), 'create database newsroom', 'create role desk login')
  await statements(primary.url('newsroom'), 'grant create on schema public to desk')
  return { primary, url: primary.url('newsroom'), standby: () => startStandbyOf(t, primary) }
}

t.test('what must be on two servers is not acknowledged while it is on one only', { skip }, async (t) => {
  const { primary, url, standby: start } = await pair(t)
  const open = (at: string) => openDatabase(at, undefined, { folder: folder(t), isReplicated: true })
  await t.rejects(open(url), {
    message: /has no synchronous standby: set synchronous_standby_names \(ONRECORD_DURABILITY=replicated\)/
  })
  await statements(primary.url('postgres'), 'alter database newsroom set synchronous_commit = local')
  const standby = await start()
  await synchronous(primary, '*')
  await t.rejects(open(url), {
    message: /has synchronous_commit = local, which does not wait until a standby/
  })
  await statements(primary.url('postgres'), 'alter database newsroom reset synchronous_commit')
  await t.rejects(open(url.replace('postgres@', 'desk@')), {
    message: /does not show desk whether its standbys are synchronous: grant pg_read_all_stats to desk/
  })
  const db = await open(url)
  t.teardown(() => db.close())
  let made = 0
  const write = () => db.write('t', (tx) => tokens.create(tx, { role: 'viewer', name: `somebody ${++made}` }))
  t.ok(await write())
  standby.stall()
  const cancelled = write().catch((error: Error) => error)
  const waits = "from pg_stat_activity where wait_event = 'SyncRep' and query like '%notify onrecord%'"
  await until(async () => (await statements(url, `select ${waits}`)).length > 0)
  await statements(url, `select pg_cancel_backend(pid) ${waits}`)
  t.match(await cancelled, { message: 'it was committed, but a standby may lack it' })
  const error = await write().catch((error: Error) => error)
  t.ok(error instanceof Unavailable, 'nor is what waits for the standby for too long')
  standby.child!.kill('SIGQUIT')
  await until(async () => (await statements(url, 'select from pg_stat_replication')).length === 0)
  await t.rejects(open(url), {
    message:
      /waits for a synchronous standby \(synchronous_standby_names = \*\) and none is connected: start it/
  })
  const lines: string[] = []
  const client = await connectToPrimary(addressOf(url))
  const connections = { connect: async () => client, cutOthers() {} }
  const following = follow(
    knownCommits(),
    connections,
    () => undefined,
    true,
    (line) => void lines.push(line)
  )
  t.equal(await following.fresh(), undefined)
  t.match(lines, [/^The primary waits for .*Until then, what is acknowledged is on one server only\.$/])
  await following.stop()
  const other = await connectToPrimary(addressOf(url))
  await synchronous(primary, '')
  t.match(await whyAlone(other), /set synchronous_standby_names/)
  await other.end()
})

t.test('a file has no standby', (t) => {
  const settings = readConfig({ ONRECORD_DURABILITY: 'replicated' })
  t.throws(() => checkServed(settings), { message: /needs PostgreSQL with a synchronous standby/ })
  checkServed(readConfig({}))
  t.end()
})

t.test('a node that lacks what it acknowledged says so, and writes nothing any more', { skip }, async (t) => {
  const { primary, url, standby: start } = await pair(t)
  const standby = await start()
  const both = url.replace(/:(\d+)/, `:$1,127.0.0.1:${standby.port}`)
  const { post, read, server, db } = await app(t, { file: both })
  const { id, slug } = (await post('/v1/articles', ferry)).json<{ id: string; slug: string }>()
  t.equal((await post(`/v1/articles/${id}/publish`)).status, 200)
  t.equal((await read(`/v1/articles/${slug}`)).status, 200)
  t.equal((await server.inject('/readyz')).statusCode, 200)
  const known = knownCommits(() => {})
  const former = await connectToPrimary(addressOf(url))
  await known.ask(former)
  await until(
    async () =>
      (await statements(standby.url('newsroom'), 'select from articles where edition > 0')).length > 0
  )
  standby.stall()
  t.equal((await post('/v1/articles', { ...ferry, slug: 'lost' })).status, 201)
  await standby.promote()
  const next = await connectToPrimary(addressOf(standby.url('newsroom')))
  const ofBoth = await connectToPrimary(addressOf(both))
  t.equal(timelineOf(ofBoth), timelineOf(next), 'of two primaries, who starts takes the newer')
  await ofBoth.end()
  await known.ask(next)
  t.equal(known.loss(), undefined, 'nothing of what this one has seen')
  await t.rejects(known.ask(former), { message: 'a former primary answers' })
  const { done } = known.commit({ epoch: 1, seq: 0, ends: null }, [])
  t.throws(() => done(null, undefined, '00000001'), { message: /another primary took over/ })
  await Promise.all([former.end(), next.end()])
  primary.child!.kill('SIGKILL')
  await until(() => db.loss!() !== undefined)
  t.match(db.loss!(), /^the database lacks what was acknowledged: change \d+ \(.* create \w+ /)
  const refused = await post('/v1/articles', { ...ferry, slug: 'then' })
  t.equal(refused.status, 503)
  t.equal(refused.headers['retry-after'], '60')
  t.match(refused.json<object>(), {
    detail: 'The database lacks a change that was acknowledged, so it cannot take this right now.'
  })
  await until(async () => (await server.inject('/readyz')).body.includes('lacks what was acknowledged'))
  t.equal((await read(`/v1/articles/${slug}`)).status, 200, 'and is read from')
})

t.test('what is missing is told once', async (t) => {
  const told: string[] = []
  const answers: object[] = []
  const client = { query: async () => ({ rows: answers.splice(0, 1) }) } as unknown as Parameters<
    ReturnType<typeof acknowledgedChanges>['check']
  >[0]
  const changes = acknowledgedChanges((line) => void told.push(line))
  await changes.check(client, -3)
  changes.remember({ seq: '7', change: 'now create article art_1' })
  changes.remember(undefined)
  answers.push({ change: 'now create article art_1' })
  await changes.check(client, 0)
  t.equal(changes.loss(), undefined)
  changes.refuseAfterLoss()
  answers.push({ change: 'now create article art_1' })
  await changes.check(client, 2)
  await changes.check(client, 5)
  t.match(told, [/^LOST: the database lacks what was acknowledged: 2 transactions\. .*restart it\.$/])
  t.throws(() => changes.refuseAfterLoss(), { message: /2 transactions/ })
})

t.test('a primary is killed under load, and another one takes over', { skip }, async (t) => {
  const kept = await failover({ kills: 2, writes: 15, isSynchronous: true })
  t.same(kept.findings, [])
  t.same(kept.lost, [])
  t.equal(kept.afterPromotion.length, 2)
  const control = await failover({ kills: 1, writes: 15, isSynchronous: false })
  t.same(control.findings, [])
  t.ok(control.lost.length > 0, 'the control run finds what is lost')
  t.ok(control.noticed, 'and both nodes say so')
})
