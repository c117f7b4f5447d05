// node bench/slow.ts: what hundreds of slow clients do to quick ones, and when they are cut off. On a new database.
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { sent } from './newsroom.ts'
import { adminToken, onRecord, type Server } from './servers.ts'
import type { Cut } from './slowness.ts'

const { values } = parseArgs({ options: { slow: { type: 'string', default: '500' } } })
const slow = Number(values.slow)

const stories = 50
/** Quick clients, and how often each asks, in ms. */
const quick = 10
const pace = 33
const quiet = 10_000

/** Publishes stories; answers what is asked for: each as readers get it, and as the desk does. */
async function published(address: string): Promise<string[]> {
  const post = async (path: string, body?: object) => {
    const response = await fetch(`${address}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) })
    })
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
    return (await response.json()) as { id: string }
  }
  const paths: string[] = []
  for (let n = 0; n < stories; n++) {
    // The people of the generated stories are not in this newsroom.
    const { quotes: _, bylines: _b, ...story } = sent(n, { quotes: 0 }).story
    const { id } = await post('/v1/articles', story)
    await post(`/v1/articles/${id}/publish`)
    paths.push(`/v1/articles/${id}`, `/v1/articles/${id}?edition=draft`)
  }
  return paths
}

/** How long each answer took that quick clients got until this was over, in ms, the shortest first. */
async function timesUntil(over: Promise<unknown>, address: string, paths: string[]): Promise<number[]> {
  const times: number[] = []
  const agent = new Agent({ keepAlive: true, maxSockets: quick })
  let going = true
  async function client(first: number) {
    for (let n = first; going; n += quick) {
      const rest = pause(pace)
      times.push(await timed(`${address}${paths[n % paths.length]}`, agent))
      await rest
    }
  }
  const clients = Array.from({ length: quick }, (_, i) => client(i))
  await over
  going = false
  await Promise.all(clients)
  agent.destroy()
  return times.sort((a, b) => a - b)
}

async function timed(url: string, agent: Agent): Promise<number> {
  const began = performance.now()
  const [response] = await once(
    get(url, { agent, headers: { authorization: `Bearer ${adminToken}` } }),
    'response'
  )
  for await (const _ of response);
  if (response.statusCode !== 200) throw new Error(`${url}: ${response.statusCode}`)
  return performance.now() - began
}

/** Slow clients in a thread of their own, until the last is cut off. */
async function slowness(kind: 'heads' | 'bodies', address: string): Promise<Cut[]> {
  const worker = new Worker(join(import.meta.dirname, 'slowness.ts'), {
    workerData: { kind, address, count: slow }
  })
  const [cuts] = (await once(worker, 'message')) as [Cut[]]
  return cuts
}

const at = (times: number[], part: number) => times[Math.floor(part * times.length)]!

function row(beside: string, times: number[], p99: number, cuts: Cut[]) {
  const seconds = cuts.map(({ after }) => after / 1000).sort((a, b) => a - b)
  const told = cuts.filter(({ status }) => status === 408).length
  const cut =
    cuts.length > 0 ? `${seconds[0]!.toFixed(1)} to ${seconds.at(-1)!.toFixed(1)} s | ${told}` : '| '
  console.log(
    `| ${beside} | ${times.length} | ${at(times, 0.5).toFixed(2)} ms | ${at(times, 0.99).toFixed(2)} ms | ${(at(times, 0.99) / p99).toFixed(2)} | ${cut} |`
  )
}

async function compare({ address }: Server) {
  const paths = await published(address)
  await timesUntil(pause(2000), address, paths)
  console.log(
    `${quick} quick clients, ${slow} slow ones, ${availableParallelism()} cores, Node ${process.version}\n`
  )
  console.log(
    '| beside | answers | p50 | p99 | of quiet | cut after | told 408 |\n|---|---|---|---|---|---|---|'
  )
  const alone = await timesUntil(pause(quiet), address, paths)
  const p99 = at(alone, 0.99)
  row('nobody', alone, p99, [])
  for (const kind of ['heads', 'bodies'] as const) {
    const cutting = slowness(kind, address)
    const times = await timesUntil(cutting, address, paths)
    row(`${slow} slow ${kind}`, times, p99, await cutting)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'onrecord-slow-'))
const server = await onRecord(join(folder, 'news.db'))
await compare(server)
await server.stop()
rmSync(folder, { recursive: true })
