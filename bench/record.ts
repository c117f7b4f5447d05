// npm run bench:record: what rests on what, in a newsroom of 10,000 articles that rest on one source. The first page of its
// dependents beside that of a source in ten, what doubts about it cost others, and reads from memory beside the floor.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import type { FastifyInstance } from 'fastify'
import { build } from '../src/app.ts'
import { type Config, readConfig } from '../src/config/config.ts'
import { pendingCause } from '../src/record/reviews/marks.ts'
import { open } from '../src/storage/sqlite/open.ts'
import { head, measured } from './comparing.ts'
import { adminToken, onRecord } from './servers.ts'

const articles = Number(process.argv[2] ?? 10_000)
const seconds = Number(process.argv[3] ?? 3)

const home = mkdtempSync(join(tmpdir(), 'onrecord-record-'))
const file = join(home, 'news.db')
process.once('exit', () => rmSync(home, { recursive: true, force: true }))

const config = { ...readConfig({}), ONRECORD_SECRET: 'bench', ONRECORD_RATE_LIMIT: 'off' as const }
const db = open(`file:${file}`)
const server: FastifyInstance = await build(db, {
  ...config,
  LOG_LEVEL: 'silent',
  ONRECORD_ADMIN_TOKEN: adminToken
} as Config & { ONRECORD_SECRET: string })

async function call<T>(method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object): Promise<T> {
  const headers = { authorization: `Bearer ${adminToken}`, 'if-match': '*' }
  const answer = await server.inject({ method, url, headers, ...(payload && { payload }) })
  // Without a turn of the event loop in between, the service takes itself for overloaded.
  await nextTurn()
  if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.body}`)
  return answer.json()
}

const source = async (name: string) =>
  (await call<{ id: string }>('POST', '/v1/sources', { kind: 'person', name })).id
const [many, few] = [await source('Mara Lindqvist'), await source('Ole Brine')]
const bystander = await source('Somebody Else')

/** Publishes an article that rests on a source. */
async function published(sourceId: string) {
  const claim = 'the ferry will stop before summer'
  const { id, attributions } = await call<{ id: string; attributions: { id: string }[] }>(
    'POST',
    '/v1/articles',
    {
      ...{
        title: 'The ferry stops',
        language: 'en',
        section: 'harbour',
        bylines: [{ name: 'Ida Reporter' }]
      },
      body: { text: `People say that ${claim}.` },
      attributions: [{ claim, hops: [{ sourceId, relation: 'said' }] }]
    }
  )
  await call('POST', `/v1/articles/${id}/publish`)
  return { id, claim: attributions[0]!.id }
}

for (let n = 0; n < 10; n++) await published(few)
const template = await published(many)
copy(template.id, template.claim)
// The copying held the event loop: load is shed until that was sampled again.
await sleep(3000)

/** Copies the rows of an article under other ids: to publish each would take minutes. */
function copy(articleId: string, claimId: string) {
  const connection = new Sqlite(file)
  const insertion = (table: string, condition: string, changed: string[]) => {
    const names = connection
      .prepare<[string], string>('select name from pragma_table_info(?)')
      .pluck()
      .all(table)
    const values = names.map((name) => (changed.includes(name) ? `@${name}` : name))
    return connection.prepare(
      `insert into ${table} (${names}) select ${values} from ${table} where ${condition} = @from`
    )
  }
  const rows = [
    { from: articleId, insert: insertion('articles', 'id', ['id', 'slug']) },
    { from: articleId, insert: insertion('published', "kind = 'article' and id", ['id', 'slug']) },
    { from: claimId, insert: insertion('published', "kind = 'attribution' and id", ['id', 'article_id']) },
    {
      from: articleId,
      insert: insertion('edges', 'article_id', ['article_id', 'attribution_id', 'statement_id'])
    }
  ]
  connection.transaction(() => {
    for (let n = 1; n < articles; n++) {
      const end = String(n).padStart(7, '0')
      const [article_id, claim] = [articleId.slice(0, -7) + end, claimId.slice(0, -7) + end]
      for (const { from, insert } of rows) {
        const id = from === articleId ? article_id : claim
        const given = { id, article_id, slug: `ferry-${n}`, attribution_id: claim, statement_id: claim, from }
        insert.run(given)
      }
    }
  })()
  connection.close()
}

/** The processor time of so many requests, in µs each. */
async function cost(url: string, requests: number) {
  const before = process.cpuUsage()
  for (let n = 0; n < requests; n++) await call('GET', url)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / requests
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!
const page = (id: string) => `/v1/sources/${id}/dependents?edition=draft&limit=20`
const costs: [number, number][] = []
for (let turn = 0; turn < 8; turn++) costs.push([await cost(page(few), 100), await cost(page(many), 100)])
const [a, b] = [0, 1].map((at) => median(costs.slice(1).map((pair) => pair[at]!)))
console.log(
  `First page of dependents: of a source in 10 articles ${a!.toFixed(0)} µs of CPU, in ${articles} ${b!.toFixed(0)} µs; ratio ${(b! / a!).toFixed(2)} (at most 1.30)\n`
)

// Others write while reviews are found.
const [started, cpu] = [performance.now(), process.cpuUsage()]
await call('POST', `/v1/sources/${many}/doubt`, { reason: 'She was not at the meeting.' })
const waits: { wall: number; cpu: number }[] = []
while (waits.length === 0 || (await pendingCause(db.read)) !== undefined) {
  const [began, used] = [performance.now(), process.cpuUsage()]
  await call('PATCH', `/v1/sources/${bystander}`, { notes: `Note ${waits.length}` })
  const { user, system } = process.cpuUsage(used)
  waits.push({ wall: performance.now() - began, cpu: (user + system) / 1000 })
}
const { user, system } = process.cpuUsage(cpu)
const worst = (of: 'wall' | 'cpu') => Math.max(...waits.map((one) => one[of])).toFixed(0)
console.log(
  `Doubts about it: followed in ${((performance.now() - started) / 1000).toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of CPU with ${waits.length} writes of others, the longest of which took ${worst('wall')} ms, ${worst('cpu')} ms of CPU (at most 100)\n`
)
await server.close()

// From memory.
const ours = await onRecord(file)
console.log(`| ${head.join(' | ')} |\n|${head.map(() => '---').join('|')}|`)
const paths = (path: (n: number) => string) => () =>
  Array.from({ length: 100 }, (_, n) => ({ path: path(n) }))
for (const row of [
  { name: 'dependents of a source', requests: paths((n) => `/v1/sources/${many}/dependents?limit=${n + 1}`) },
  {
    name: 'provenance of an article',
    requests: paths(
      (n) => `/v1/articles/${template.id.slice(0, -7)}${String(n + 1).padStart(7, '0')}/provenance?as=json`
    )
  }
])
  console.log(await measured(ours, { ...row, target: 0.8 }, seconds))
await ours.stop()
