// Failover: two nodes over a primary of PostgreSQL and its standby, writers, and somebody who kills the primary and has the
// standby promoted. With a synchronous standby nothing that was acknowledged may be missing on it. With an asynchronous one
// whose link has stalled something must be, or this test is blind; and the nodes must say so, and write no more.
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { seeded } from '../bench/random.ts'
import { type Standby, startPrimary, startStandbyOf, synchronous } from '../test/postgres/pair.ts'
import { type Server, statements } from '../test/postgres/server.ts'
import { missingOf } from './acknowledged.ts'
import { adminToken, client } from './client.ts'
import { deeds } from './deeds.ts'
import { acknowledged, Model } from './model.ts'
import { childrenOf, killOne, launch, type Program, ready } from './program.ts'
import { story } from './stories.ts'
import { Writer } from './writer.ts'

export interface Failovers {
  kills: number
  /** How many writes are acknowledged before each. */
  writes?: number
  isSynchronous: boolean
  seed?: number
  told?: (line: string) => void
}

export interface FailoverOutcome {
  findings: string[]
  acknowledged: number
  /** How many writes have an unknown outcome. */
  unanswered: number
  /** What was acknowledged and is missing, in sentences. */
  lost: string[]
  /** From the promotion, and from the kill, to the first acknowledged write, in ms. */
  afterPromotion: number[]
  afterKill: number[]
  /** How often what is kept was asked for, and how often something else was refused (503). */
  kept: number
  refused: number
  /** Whether each node said that something is missing, refused writes and told `/readyz`. */
  noticed: boolean
}

/** What the writers share, and how they are paused. */
interface Writing {
  model: Model
  writers: Writer[]
  nodes: Program[]
}

const count = ({ model }: Writing) => model.counted(acknowledged)

/** Kills so often, and looks for what is missing after every one. */
export async function failover(how: Failovers): Promise<FailoverOutcome> {
  // Each server and each node is ended with the process, too.
  process.setMaxListeners(100)
  const ends: (() => unknown)[] = []
  try {
    return await failovers(how, { teardown: (done) => void ends.unshift(done) })
  } finally {
    for (const end of ends) await end()
  }
}

type Teardown = Parameters<typeof startStandbyOf>[0]

async function failovers(
  { kills, writes = 60, isSynchronous, seed = 1, told = () => {} }: Failovers,
  t: Teardown
): Promise<FailoverOutcome> {
  const outcome: FailoverOutcome = {
    ...{ findings: [], acknowledged: 0, unanswered: 0, lost: [] },
    ...{ afterPromotion: [], afterKill: [], kept: 0, refused: 0, noticed: false }
  }
  let primary: Server = await startPrimary()
  t.teardown(() => remove(primary))
  await statements(primary.url('postgres'), 'create database newsroom')
  let standby = await startStandbyOf(t, primary)
  t.teardown(() => remove(standby))
  if (isSynchronous) await synchronous(primary, '*')
  const url = `postgres://postgres@127.0.0.1:${primary.port},127.0.0.1:${standby.port}/newsroom`
  const writing = await nodesOver(t, url, isSynchronous, seed)
  const readers = await reading(writing.nodes, outcome)
  for (let kill = 1; kill <= kills && outcome.findings.length === 0; kill++) {
    const running = run(writing)
    await more(writing, writes)
    // Every second time, what is written last cannot reach the standby.
    if (!isSynchronous || kill % 2 === 0) await stalled(standby, writing, isSynchronous)
    await change(primary, standby, writing, outcome, isSynchronous)
    await running.stop()
    outcome.lost.push(...(await missingOf(standby.url('newsroom'), writing.model)))
    if (isSynchronous) outcome.findings.push(...outcome.lost)
    else outcome.noticed = (await Promise.all(writing.nodes.map(noticed))).every(Boolean)
    told(`${kill} kills, ${count(writing)} acknowledged writes, ${outcome.lost.length} lost`)
    remove(primary)
    const { port } = primary
    primary = standby
    if (kill < kills) {
      standby = await startStandbyOf(t, primary, port)
      if (isSynchronous) await synchronous(primary, '*')
    }
  }
  await readers.stop()
  outcome.acknowledged = count(writing)
  outcome.unanswered = writing.model.counted(/ (unknown|503)$/)
  // Where something is missing, answers about it are as if it had never been.
  if (isSynchronous) outcome.findings.push(...writing.model.findings)
  return outcome
}

function remove({ child, folder }: Server) {
  child!.kill('SIGKILL')
  rmSync(folder!, { recursive: true, force: true })
}

/** Two nodes, with eight writers and a published story. */
async function nodesOver(t: Teardown, url: string, isSynchronous: boolean, seed: number): Promise<Writing> {
  const env = {
    DATABASE_URL: url,
    ONRECORD_SECRET: 'what the hashes and seals of this newsroom are keyed with',
    ONRECORD_DURABILITY: isSynchronous ? 'replicated' : 'server'
  }
  const nodes: Program[] = []
  for (let i = 0; i < 2; i++) {
    const node = launch('', { env })
    t.teardown(() => node.kill())
    await ready(node)
    nodes.push(node)
  }
  const model = new Model()
  const random = seeded(seed)
  const writers = Array.from(
    { length: 8 },
    (_, i) => new Writer(deeds, model, seeded(random() * 2 ** 31), `w${i}`)
  )
  t.teardown(() => writers.forEach((writer) => void writer.close()))
  return { model, writers, nodes }
}

/** Has the writers write, half of them to each node, until it is stopped. */
function run({ writers, nodes, model }: Writing) {
  let isOver = false
  const all = writers.map(async (writer, i) =>
    writer.run(await nodes[i % 2]!.address, () => isOver || model.findings.length > 0)
  )
  return {
    async stop() {
      isOver = true
      await Promise.all(all)
    }
  }
}

/** Waits until so many more writes are acknowledged. */
async function more(writing: Writing, amount: number) {
  const until = count(writing) + amount
  while (count(writing) < until && writing.model.findings.length === 0) await pause(1)
}

/** Stalls the link to the standby while the writers go on: they wait then where it is synchronous, and do not otherwise. */
async function stalled(standby: Standby, writing: Writing, isSynchronous: boolean) {
  standby.stall()
  if (isSynchronous) await pause(300)
  else await more(writing, 60)
}

/** Kills the primary with all its processes, has the standby promoted, and waits for the first write to it. */
async function change(
  { child }: Server,
  standby: Standby,
  writing: Writing,
  outcome: FailoverOutcome,
  isSynchronous: boolean
) {
  const killed = performance.now()
  const gone = once(child!, 'exit')
  for (const pid of [child!.pid!, ...childrenOf(child!.pid!)]) killOne(pid)
  await gone
  await standby.promote()
  const promoted = performance.now()
  if (!isSynchronous) return
  await more(writing, 1)
  outcome.afterPromotion.push(performance.now() - promoted)
  outcome.afterKill.push(performance.now() - killed)
}

/** Whether a node says that something is missing, writes nothing and tells who asks for its health. */
async function noticed({ address, said }: Program): Promise<boolean> {
  const { ask, close } = client()
  try {
    for (let tries = 0; tries < 600; tries++) {
      const { status, text } = await ask(await address, 'POST', '/v1/articles', { body: story('after') })
      const health = await ask(await address, 'GET', '/readyz', { anonymous: true })
      const isTold = text.includes('lacks a change that was acknowledged') && said.err.includes('LOST: ')
      if (status === 503 && isTold && health.text.includes('lacks what was acknowledged')) return true
      await pause(50)
    }
    return false
  } finally {
    close()
  }
}

/** Reads from both nodes all the time: what is kept must always be answered, the rest with 503 and Retry-After at worst. */
async function reading(nodes: Program[], outcome: FailoverOutcome) {
  const addresses = await Promise.all(nodes.map(({ address }) => address))
  const first = await published(addresses[0]!)
  let isOver = false
  const ask = async (address: string) => {
    const { ask, close } = client()
    for (let n = 0; !isOver; n++) {
      const kept = await ask(address, 'GET', first, { anonymous: true })
      outcome.kept++
      if (kept.status !== 200) outcome.findings.push(`what is kept was answered ${kept.status}: ${kept.text}`)
      const other = await ask(address, 'GET', `/v1/articles?q=word${n}`, { anonymous: true })
      if (other.status === 503) outcome.refused++
      if (other.status !== 200 && !(other.status === 503 && other.retryAfter))
        outcome.findings.push(`a search was answered ${other.status}: ${other.text}`)
      await pause(10)
    }
    close()
  }
  const all = addresses.map(ask)
  return {
    async stop() {
      isOver = true
      await Promise.all(all)
    }
  }
}

/** Publishes a story. Answers its address. */
async function published(address: string): Promise<string> {
  const { ask, close } = client()
  const { id } = (await ask(address, 'POST', '/v1/articles', { body: story('kept') })).json<{ id: string }>()
  const { status, text } = await ask(address, 'POST', `/v1/articles/${id}/publish`, {})
  close()
  if (status !== 200) throw new Error(`A story was not published (${adminToken}): ${text}`)
  return `/v1/articles/${id}`
}
