// A child process of the service, for work in native code on the bytes of others: what it takes of the processor comes after
// answering requests, its memory goes back when it ends, and what crashes in it crashes alone. It starts with the first
// task and ends when it is idle, or with the service.
import { type ChildProcess, fork } from 'node:child_process'
import { getCompileCacheDir } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { HttpProblem, type Kind } from '../../http/problems.ts'
import { defaultLimits, type Limits } from '../limits.ts'
import { threadCount } from '../run.ts'
import { type Job, type Outcome, perform, resultOf } from '../task.ts'
import { lowerPriority, watchStarvation } from './priority.ts'

const program = join(import.meta.dirname, `program${extname(import.meta.filename)}`)

/** The most memory that it may take, in MB: what takes more was made to do harm. */
const maxMemoryMb = 1500

/** How long an idle process is kept, in ms. */
const idle = 10_000

/** How often a task is tried whose process ends: another task may have ended it. */
const attempts = 2

/** What the process is sent: a task, and the limits of the pool of threads that does it there; with 0 threads, its main one does. */
export interface TaskRequest {
  id: number
  job: Job
  overrun: Kind
  limits: Limits
}

/** What it answers: an outcome, or the message of an error that is no problem of the input. */
export type TaskAnswer = { id: number } & (Outcome | { fault: string })

interface Running {
  child: ChildProcess
  waiting: Map<number, PromiseWithResolvers<TaskAnswer>>
  /** When it got something to do, having had nothing. */
  busySince: number
  /** It was ended, because it got next to nothing of the processor. */
  hasStarved: boolean
}

/** The process ended before it answered. */
class Ended extends Error {
  /** For no reason of its own. */
  readonly hasStarved: boolean
  constructor(message: string, hasStarved: boolean) {
    super(message)
    this.hasStarved = hasStarved
  }
}

let running: Running | undefined
let idleTimer: NodeJS.Timeout | undefined
let lastId = 0

function start(): Running {
  const compiled = getCompileCacheDir()
  const child = fork(program, [String(maxMemoryMb)], {
    // Little for JavaScript, whose work is short.
    execArgv: ['--max-semi-space-size=2', '--v8-pool-size=1'],
    env: {
      // With more arenas, and large buffers in them, glibc keeps what pictures needed.
      MALLOC_ARENA_MAX: '2',
      MALLOC_MMAP_THRESHOLD_: '262144',
      // What encodes holds one, and files are written beside it.
      UV_THREADPOOL_SIZE: String(threadCount() + 4),
      ...process.env,
      // To make JavaScript of TypeScript takes 10 MB.
      ...(compiled && { NODE_COMPILE_CACHE: dirname(compiled) })
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc']
  })
  const waiting: Running['waiting'] = new Map()
  const one: Running = { child, waiting, busySince: 0, hasStarved: false }
  child.once('spawn', () => {
    if (!lowerPriority(child)) return
    watchStarvation(child, {
      busyFor: () => (waiting.size > 0 ? performance.now() - one.busySince : 0),
      onStarved() {
        one.hasStarved = true
        child.kill('SIGKILL')
      }
    })
  })
  child.on('message', (answer: TaskAnswer) => waiting.get(answer.id)?.resolve(answer))
  // Where it cannot be started, or be sent something, it is closed as well.
  child.on('error', () => {})
  child.once('close', (code, signal) => {
    if (running === one) running = undefined
    for (const { reject } of waiting.values())
      reject(new Ended(`The process that works on pictures ended (${signal ?? code}).`, one.hasStarved))
  })
  return one
}

/** Asks the process, which is started where there is none. Throws Ended. */
async function ask(request: Omit<TaskRequest, 'id'>): Promise<TaskAnswer> {
  clearTimeout(idleTimer)
  running ??= start()
  const { child, waiting } = running
  if (waiting.size === 0) running.busySince = performance.now()
  const answer = Promise.withResolvers<TaskAnswer>()
  const id = ++lastId
  waiting.set(id, answer)
  // Only what is waited for keeps the service from ending.
  for (const held of [child, child.channel]) held?.ref()
  try {
    // Where this fails, the process is about to end, which is told by its end.
    child.send({ id, ...request } satisfies TaskRequest, () => {})
    return await answer.promise
  } finally {
    waiting.delete(id)
    if (waiting.size === 0) {
      for (const held of [child, child.channel]) held?.unref()
      idleTimer = setTimeout(endChildProcess, idle).unref()
    }
  }
}

/** Ends the process; the next task starts another. */
export function endChildProcess() {
  clearTimeout(idleTimer)
  const { child } = running ?? {}
  running = undefined
  if (child?.connected) child.disconnect()
}

/** The id of the process; undefined where none runs. */
export const childProcessId = () => running?.child.pid

async function run(request: Omit<TaskRequest, 'id'>, tried = 1): Promise<string> {
  try {
    const answer = await ask(request)
    if ('fault' in answer) throw new Error(answer.fault)
    return resultOf(answer)
  } catch (error) {
    if (!(error instanceof Ended)) throw error
    if (error.hasStarved) return run(request, tried)
    if (tried === attempts) throw endedBy(request.overrun, error)
    return run(request, tried + 1)
  }
}

function endedBy(kind: Kind, { message }: Ended) {
  const detail = `${message} It was working on this, twice: export it anew, and smaller.`
  if (kind === 'busy') return new Error(message)
  return new HttpProblem(kind, detail, [{ pointer: '', detail }])
}

/**
 * Wraps a function of a module so that it runs in a thread of the child process, as inThread (run.ts) has it
 * run in one of the service itself, and throws what that throws; with 0 threads of its own, which takes the least memory, in
 * its main thread, with no limit but `patience`. Where the service has 0 threads, it runs here.
 */
export function inChildProcess<Work extends (input: never) => unknown>(
  module: string,
  name: string,
  own: Partial<Limits> = {}
) {
  return async (
    input: Parameters<Work>[0],
    overrun: Kind = 'unprocessable'
  ): Promise<Awaited<ReturnType<Work>>> => {
    const job = { module, name, input }
    if (threadCount() === 0) return JSON.parse(resultOf(await perform(job)))
    return JSON.parse(
      await run({ job, overrun, limits: { ...defaultLimits, threads: threadCount(), ...own } })
    )
  }
}
