// A few worker threads for what would hold the event loop too long. They start with the first task, and end when they
// are idle; what is asked for while all are busy waits in a queue of bounded length.
import { availableParallelism } from 'node:os'
import { extname, join } from 'node:path'
import { Piscina } from 'piscina'
import { HttpProblem, type Kind } from '../http/problems.ts'
import type { Job, Outcome } from './worker.ts'

const worker = join(import.meta.dirname, `worker${extname(import.meta.filename)}`)

export interface Limits {
  threads: number
  /** How many tasks may wait for a thread. */
  queue: number
  /** How long one task may take, in ms; its thread is ended then, and another takes its place. */
  patience: number
  /** How long a thread without a task is kept, in ms. */
  idle: number
  /** The heap of one thread, in MB. */
  heap: number
}

export const standard: Limits = {
  threads: Math.min(2, availableParallelism()),
  queue: 32,
  patience: 15_000,
  idle: 60_000,
  heap: 384
}

/**
 * A pool of threads. Piscina starts, reuses and ends them. It is never given more tasks than there are threads: its own
 * queue has no bound for tasks that can be aborted, and stands still when the last thread was ended.
 */
export function pool({ threads, queue, patience, idle, heap }: Limits, program = worker) {
  const piscina = new Piscina<Job, Outcome>({
    filename: program,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: idle,
    resourceLimits: { maxOldGenerationSizeMb: heap, maxYoungGenerationSizeMb: 16 }
  })
  // A thread that fails before it has a task: the task that waits for it is ended by its patience.
  piscina.on('error', () => {})
  const waiting: (() => void)[] = []
  let running = 0

  /** The JSON of what the task makes of its input. Throws what it throws, `busy`, and `overrun` where it takes too much. */
  async function run(job: Job, overrun: Kind): Promise<string> {
    if (running < threads) running++
    else if (waiting.length < queue) await new Promise<void>((begin) => waiting.push(begin))
    else throw busy()
    try {
      return await perform(job, overrun)
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }

  async function perform(job: Job, overrun: Kind): Promise<string> {
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(), patience)
    try {
      const { value, problem } = await piscina.run(job, { signal: abort.signal })
      if (problem === undefined) return value
      throw new HttpProblem(problem.kind, problem.detail, problem.errors)
    } catch (error) {
      if (abort.signal.aborted) throw excessive(overrun, `takes longer than ${patience / 1000} seconds`)
      if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY')
        throw excessive(overrun, `takes more than ${heap} MB of memory`)
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  return { run, close: () => piscina.destroy() }
}

const busy = () =>
  new HttpProblem('busy', 'Too many long tasks are waiting already.', undefined, { 'retry-after': '2' })

function excessive(kind: Kind, what: string) {
  if (kind === 'busy') return busy()
  const detail = `To work on this ${what}. Send it in smaller parts.`
  return new HttpProblem(kind, detail, [{ pointer: '', detail }])
}
