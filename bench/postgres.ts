// node bench/postgres.ts: the processor time of Node to create and publish an article, on SQLite and on PostgreSQL of the package of
// npm, in turns of one process, one client. The median of the turns; only the ratio is to be believed on a busy machine.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from '../src/app.ts'
import { readConfig } from '../src/config/config.ts'
import { openDatabase } from '../src/storage/opening/open.ts'
import { server, statements } from '../test/postgres/server.ts'
import { ferry } from '../test/support/app.ts'

const admin = 'onr_bench'
const [turns, articles] = [5, 100]
const folder = mkdtempSync(join(tmpdir(), 'onrecord-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const { url } = await server()
await statements(url('postgres'), 'create database bench')

/** A newsroom in this database. */
async function newsroom(at: string) {
  const db = await openDatabase(at, undefined, { folder })
  const settings = { ONRECORD_ADMIN_TOKEN: admin, ONRECORD_RATE_LIMIT: 'off', LOG_LEVEL: 'silent' }
  const secret = 'what the hashes and seals of the bench are keyed with'
  const load = { delay: Number.POSITIVE_INFINITY, heap: 1 }
  const loadLimits = { anonymous: load, holders: load, maxWait: Number.POSITIVE_INFINITY }
  const app = await build(db, { ...readConfig(settings), ONRECORD_SECRET: secret }, { loadLimits })
  let count = 0
  const post = async (path: string, payload: object) => {
    const headers = { authorization: `Bearer ${admin}` }
    const answer = await app.inject({ method: 'POST', url: path, headers, payload })
    if (answer.statusCode >= 300) throw new Error(answer.body)
    return answer.json<{ id: string }>()
  }
  return {
    /** Milliseconds of the processor for each article. */
    async turn() {
      const before = process.cpuUsage()
      for (let i = 0; i < articles; i++) {
        const { id } = await post('/v1/articles', { ...ferry, slug: `s${++count}` })
        await post(`/v1/articles/${id}/publish`, {})
      }
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1000 / articles
    },
    close: () => app.close()
  }
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!

const all = {
  SQLite: await newsroom(`file:${join(folder, 'news.db')}`),
  PostgreSQL: await newsroom(url('bench'))
}
const taken: Record<string, number[]> = { SQLite: [], PostgreSQL: [] }
// The first turn warms up.
for (let turn = 0; turn <= turns; turn++)
  for (const [name, { turn: once }] of Object.entries(all)) {
    const ms = await once()
    if (turn > 0) taken[name]!.push(ms)
  }
for (const [name, values] of Object.entries(taken))
  console.log(
    `${name}: ${median(values).toFixed(2)} ms of the processor for an article that is created and published`
  )
console.log(`ratio ${(median(taken.PostgreSQL!) / median(taken.SQLite!)).toFixed(2)}`)
for (const { close } of Object.values(all)) await close()
process.exit()
