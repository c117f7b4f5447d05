// The storm: writers over HTTP, and something that kills the program at any moment. What was acknowledged must be
// there, and nothing may be there by half.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { between, pick, type Random, seeded } from '../bench/random.ts'
import { check } from './checker.ts'
import { client } from './client.ts'
import { deeds } from './deeds.ts'
import { acknowledged, Model } from './model.ts'
import { gone, killOne, launch, type Program, ready } from './program.ts'
import { Writer } from './writer.ts'

export interface Storm {
  kills: number
  seed?: number
  writers?: number
  /** After how many kills a new newsroom is begun, so that the first start is killed as well. */
  span?: number
  /** Whether several processes serve in some rounds. */
  crowd?: boolean
  told?: (line: string) => void
  /** What the programs that are killed have in their environment besides. */
  env?: NodeJS.ProcessEnv
}

/** What a storm came to. */
export interface Outcome {
  kills: Record<string, number>
  findings: string[]
  /** How long each start took until a reader was answered, in ms. */
  starts: { one: number[]; several: number[] }
  /** How much processor time each start of one process took until then, in ms: it does not tell how busy the machine was. */
  work: number[]
  acknowledged: number
  unanswered: number
  answers: Map<string, number>
}

interface Newsroom {
  file: string
  env: NodeJS.ProcessEnv
  model: Model
  writers: Writer[]
}

/** Kills so often, and checks after every one. */
export async function storm(how: Storm): Promise<Outcome> {
  const { kills, seed = 1, span = 25, told = () => {} } = how
  const random = seeded(seed)
  const outcome: Outcome = {
    kills: {},
    findings: [],
    starts: { one: [], several: [] },
    work: [],
    acknowledged: 0,
    unanswered: 0,
    answers: new Map()
  }
  for (let done = 0; done < kills; done += span) {
    const folder = mkdtempSync(join(tmpdir(), 'onrecord-storm-'))
    await season({ ...how, kills: Math.min(span, kills - done), random, outcome, folder })
    told(
      `${Math.min(done + span, kills)} kills, ${outcome.acknowledged} acknowledged writes, ${outcome.findings.length} findings`
    )
    if (outcome.findings.length > 0) {
      told(`The database is kept: ${folder}`)
      break
    }
    rmSync(folder, { recursive: true })
  }
  return outcome
}

interface Season extends Storm {
  random: Random
  outcome: Outcome
  folder: string
}

/** One newsroom, from its first start on. */
async function season({ kills, writers = 8, crowd = true, env = {}, random, outcome, folder }: Season) {
  const model = new Model()
  const room: Newsroom = {
    file: join(folder, 'news.db'),
    env,
    model,
    writers: Array.from(
      { length: writers },
      (_, i) => new Writer(deeds, model, seeded(random() * 2 ** 31), `w${i}`)
    )
  }
  let known = false
  for (let kill = 0; kill < kills; kill++) {
    const workers = crowd && random() < 0.25 ? 2 : 1
    if (random() < 0.2) {
      await interrupted(room, workers, random)
      note(outcome, 'while it starts')
      continue
    }
    known = true
    const program = await started(room, workers, outcome)
    if (!program) return
    note(outcome, await round(room, program, workers, random))
    if (model.findings.length > 0) break
  }
  const last = known && model.findings.length === 0 ? await started(room, 1, outcome) : undefined
  await last?.kill()
  for (const writer of room.writers) writer.close()
  outcome.findings.push(...model.findings)
  for (const [answer, times] of model.answers) {
    outcome.answers.set(answer, (outcome.answers.get(answer) ?? 0) + times)
  }
  outcome.acknowledged += model.counted(acknowledged)
  outcome.unanswered += model.counted(/ unknown$/)
}

const note = ({ kills }: Outcome, how: string) => {
  kills[how] = (kills[how] ?? 0) + 1
}

/** Starts, and is killed before anybody was served, or just then. */
async function interrupted({ file, env }: Newsroom, workers: number, random: Random) {
  const program = launch(file, { workers, env })
  await Promise.race([pause(between(random, 0, 900)), program.address.catch(() => {})])
  await program.kill()
}

/** Starts, measures how long that takes, and checks the file. */
async function started(
  { file, env, model }: Newsroom,
  workers: number,
  outcome: Outcome
): Promise<Program | undefined> {
  const before = performance.now()
  const program = launch(file, { workers, env })
  try {
    const address = await ready(program)
    outcome.starts[workers === 1 ? 'one' : 'several'].push(performance.now() - before)
    if (workers === 1) outcome.work.push(program.cpu())
    const faults = [...check(file, model), ...(await readBack(address, model))]
    if (faults.length === 0) return program
    outcome.findings.push(...faults)
  } catch (error) {
    outcome.findings.push(`${(error as Error).message} ${program.said.err}`)
  }
  await program.kill()
  return undefined
}

/** How often a reader asks again who was told to. */
const patience = 60

/** A few of the published stories, as readers get them. */
async function readBack(address: string, { records }: Model): Promise<string[]> {
  const { ask, close } = client()
  const faults: string[] = []
  for (const { kind, id, is } of [...records.values()].slice(-40)) {
    if (kind !== 'article' || !is) continue
    const read = () => ask(address, 'GET', `/v1/articles/${id}`, { anonymous: true })
    let { status } = await read()
    // Readers are refused while the event loop is late, as on a busy machine: they ask again.
    for (let tries = 0; status === 503 && tries < patience; tries++) {
      await pause(500)
      status = (await read()).status
    }
    const wanted = { published: 200, withdrawn: 410 }[String(is.status)] ?? 404
    if (status !== wanted) faults.push(`the article ${id} is ${is.status} and was answered ${status}`)
  }
  close()
  return faults
}

/** Lets the writers write until all its processes are killed. Answers how. */
async function round({ writers, model }: Newsroom, program: Program, workers: number, random: Random) {
  const address = await program.address
  const writing = writers.map((writer) => writer.run(address))
  const how = await nemesis(program, { workers, random, model })
  await Promise.all(writing)
  // Whoever is left without a primary ends by itself.
  await gone(program.pid).catch(async (error: Error) => {
    model.findings.push(error.message)
    await program.kill()
  })
  return how
}

interface Moment {
  workers: number
  random: Random
  model: Model
}

/** Kills: a fifth of the times before anything is acknowledged, else within the next eighty writes. */
async function nemesis(program: Program, { workers, random, model }: Moment): Promise<string> {
  const isEarly = random() < 0.2
  const until = model.counted(acknowledged) + (isEarly ? 0 : between(random, 1, 80))
  let isOver = false
  void program.ended.then(() => {
    isOver = true
  })
  while (model.counted(acknowledged) < until && model.findings.length === 0 && !isOver) await pause(1)
  if (isOver) model.findings.push(`The program ended by itself: ${program.said.err}`)
  await pause(between(random, 0, 30))
  if (workers === 1) {
    await program.kill()
    return isEarly ? 'right after the start' : 'under load'
  }
  const how = pick(random, ['all of several', 'the first of several', 'one of several, then the first'])
  if (how.startsWith('one')) {
    killOne(pick(random, program.children()))
    await pause(between(random, 0, 800))
  }
  if (how.startsWith('all')) await program.kill()
  else program.killFirst()
  await program.ended
  return how
}
