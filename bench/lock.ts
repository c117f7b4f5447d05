// node bench/lock.ts: for how long publications hold the lock that all nodes on PostgreSQL share. Two nodes, each a process with
// eight writers, which create and publish articles for some seconds.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { build } from '../src/app.ts'
import { readConfig } from '../src/config/config.ts'
import { openDatabase } from '../src/storage/opening/open.ts'
import { server, statements } from '../test/postgres/server.ts'
import { ferry } from '../test/support/app.ts'

const [nodes, writers, seconds] = [2, 8, 5]
const admin = 'onr_bench'
const [name, url] = process.argv.slice(2)

/** For how many ms a node held the lock, and how many articles it published. */
interface Held {
  ms: number
  publications: number
}

if (name && url) process.send!(await node(name, url))
else for (let turn = 0; turn < 3; turn++) await measure()
process.exit()

async function measure() {
  const { url } = await server()
  const database = `bench_${Math.round(performance.now())}`
  await statements(url('postgres'), `create database ${database}`)
  const children = Array.from({ length: nodes }, (_, i) =>
    fork(import.meta.filename, [`n${i}`, url(database)])
  )
  const held = await Promise.all(
    children.map(async (child) => {
      const [held] = (await once(child, 'message')) as [Held]
      return held
    })
  )
  const publications = held.reduce((sum, { publications }) => sum + publications, 0)
  const ms = held.reduce((sum, { ms }) => sum + ms, 0)
  console.log(
    `${nodes} nodes, ${nodes * writers} writers:`,
    `${(publications / seconds).toFixed(1)} articles created and published a second,`,
    `the lock held for ${(ms / publications).toFixed(1)} ms each`
  )
}

async function node(name: string, url: string): Promise<Held> {
  const folder = mkdtempSync(join(tmpdir(), 'onrecord-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const db = await openDatabase(url, undefined, { folder })
  const settings = { ONRECORD_ADMIN_TOKEN: admin, ONRECORD_RATE_LIMIT: 'off', LOG_LEVEL: 'silent' }
  const secret = 'what the hashes and seals of the bench are keyed with'
  const load = { delay: Number.POSITIVE_INFINITY, heap: 1 }
  const loadLimits = { anonymous: load, holders: load, maxWait: Number.POSITIVE_INFINITY }
  const app = await build(db, { ...readConfig(settings), ONRECORD_SECRET: secret }, { loadLimits })
  const held: Held = { ms: 0, publications: 0 }
  let isOver = false
  watchLock((ms) => {
    if (isMeasured()) held.ms += ms
  })
  const began = performance.now()
  // The first seconds warm up.
  const isMeasured = () => performance.now() - began > 4000 && !isOver
  setTimeout(
    () => {
      isOver = true
    },
    5000 + seconds * 1000
  )
  const post = async (path: string, payload: object) => {
    const headers = { authorization: `Bearer ${admin}` }
    const answer = await app.inject({ method: 'POST', url: path, headers, payload })
    return { status: answer.statusCode, id: answer.json<{ id: string }>().id }
  }
  await Promise.all(
    Array.from({ length: writers }, async (_, i) => {
      for (let n = 0; !isOver; n++) {
        const { status, id } = await post('/v1/articles', { ...ferry, slug: `${name}-${i}-${n}` })
        if (status === 201 && (await post(`/v1/articles/${id}/publish`, {})).status === 200 && isMeasured())
          held.publications++
      }
    })
  )
  return held
}

/** Tells of each transaction that committed how long it had the lock. */
function watchLock(tell: (ms: number) => void) {
  const { query } = pg.Client.prototype
  let since = 0
  const begun = () => {
    since = performance.now()
  }
  const done = () => tell(performance.now() - since)
  pg.Client.prototype.query = function watched(this: pg.Client, ...asked: Parameters<typeof query>) {
    const answer = query.apply(this, asked) as unknown
    const [text] = asked as unknown[]
    if (typeof text !== 'string' || !(answer instanceof Promise)) return answer
    if (text.startsWith('begin; set local')) answer.then(begun, () => {})
    if (text.includes('update state')) answer.then(done, () => {})
    return answer
  } as typeof query
}
