// Reads per second, beside a bare Fastify server that sends the same bytes: A B A B, in one run.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { open } from '../src/storage/open.ts'
import { fill } from './newsroom.ts'

const { values } = parseArgs({
  options: { articles: { type: 'string', default: '1000' }, seconds: { type: 'string', default: '5' } }
})
const home = mkdtempSync(join(tmpdir(), 'onrecord-bench-'))
const servers: ChildProcess[] = []

/** Starts a server and answers the address it prints. */
async function started(args: string[], env: object = {}): Promise<string> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  servers.push(child)
  for await (const text of child.stdout!) {
    const address = /http:\/\/\S+/.exec(String(text))
    if (address) return address[0]
  }
  throw new Error(`${args.join(' ')} did not start`)
}

/** Requests per second at 32 connections, and the 99th percentile in milliseconds. */
async function load(address: string, paths: string[]) {
  const { requests, latency, non2xx, errors } = await autocannon({
    url: address,
    connections: 32,
    duration: Number(values.seconds),
    requests: paths.map((path) => ({ path }))
  })
  if (non2xx + errors > 0) throw new Error(`${non2xx + errors} requests failed at ${address}`)
  return { perSecond: requests.average, p99: latency.p99 }
}

/** What our server answers, for the floor to send as well. */
async function answers(address: string, paths: string[]) {
  const entries = paths.map(async (path) => {
    const response = await fetch(`${address}${path}`)
    const kept = ['content-type', 'etag', 'cache-control', 'link', 'x-content-type-options', 'x-request-id']
    const headers = [...response.headers].filter(([name]) => kept.includes(name))
    return [path.split('?')[0], { body: await response.text(), headers: Object.fromEntries(headers) }]
  })
  return Object.fromEntries(await Promise.all(entries))
}

const DATABASE_URL = `file:${join(home, 'news.db')}`
const db = open(DATABASE_URL)
const slugs = await fill(db, Number(values.articles))
await db.close()

const measured: Record<string, string[]> = {
  'article by slug': slugs
    .filter((_, i) => i % Math.ceil(slugs.length / 100) === 0)
    .map((slug) => `/v1/articles/${slug}`),
  'list of 20 newest': ['/v1/articles']
}
const ours = await started(['src/main.ts', 'serve'], { DATABASE_URL, PORT: '0' })
const file = join(home, 'answers.json')
writeFileSync(file, JSON.stringify(await answers(ours, Object.values(measured).flat())))
const floor = await started(['bench/floor.ts', file])

console.log(`${slugs.length} articles, 32 connections, ${values.seconds} s a turn, Node ${process.version}\n`)
console.log(
  '| read | bare Fastify, req/s | On Record, req/s | ratio | p99 floor, ms | p99 ours, ms |\n|---|---|---|---|---|---|'
)
for (const [name, paths] of Object.entries(measured)) {
  const turns = {
    floor: [] as Awaited<ReturnType<typeof load>>[],
    ours: [] as Awaited<ReturnType<typeof load>>[]
  }
  await load(ours, paths)
  for (let turn = 0; turn < 2; turn++) {
    turns.floor.push(await load(floor, paths))
    turns.ours.push(await load(ours, paths))
  }
  const mean = (side: 'floor' | 'ours', of: 'perSecond' | 'p99') =>
    turns[side].reduce((sum, turn) => sum + turn[of], 0) / 2
  const rates = [mean('floor', 'perSecond'), mean('ours', 'perSecond')] as const
  const cells = [
    ...rates.map(Math.round),
    (rates[1] / rates[0]).toFixed(2),
    mean('floor', 'p99'),
    mean('ours', 'p99')
  ]
  console.log(`| ${name} | ${cells.join(' | ')} |`)
}
for (const server of servers) server.kill()
rmSync(home, { recursive: true })
