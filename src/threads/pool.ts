// A pool of worker threads for tasks that would block the event loop. Threads start on demand and end when idle; a
// bounded queue holds further tasks.
import { extname, join } from 'node:path'
import { Piscina } from 'piscina'
import { HttpProblem, type Kind } from '../http/problems.ts'
import type { Limits } from './limits.ts'
import { type Job, type Outcome, resultOf } from './task.ts'
import { newStart, type Reached, watchTask } from './time-limit.ts'
import type { Given } from './worker.ts'

const worker = join(import.meta.dirname, `worker${extname(import.meta.filename)}`)

/**
 * A pool of threads, managed by Piscina. It is never given more tasks than there are threads: its own queue is
 * unbounded for abortable tasks, and stalls after the last thread was terminated.
 */
export function pool({ threads, queue, idle, heap, ...time }: Limits, program = worker) {
  const piscina = new Piscina<Given, Outcome>({
    filename: program,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: idle,
    resourceLimits: { maxOldGenerationSizeMb: heap, maxYoungGenerationSizeMb: 16 }
  })
  // An error of a thread without a task: the task that waits for it runs into its time-out.
  piscina.on('error', () => {})
  const waiting: (() => void)[] = []
  let running = 0

  /** Runs a task; answers its result as JSON. Throws what it throws, `busy`, and `overrun` beyond its limits. */
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
    let reached: Reached | undefined
    const start = newStart()
    const stop = watchTask(
      start,
      () => piscina.threads,
      time,
      (limit) => {
        reached = limit
        abort.abort()
      }
    )
    const done = piscina.run({ job, start }, { signal: abort.signal }).finally(stop)
    return resultOf(
      await done.catch((error: NodeJS.ErrnoException) => {
        // It got no processor, or waits for something else: nothing that who sent it could change.
        if (reached === 'patience') throw busy()
        if (reached) throw tooExpensive(overrun, `takes longer than ${time.taskTimeout / 1000} seconds`)
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY')
          throw tooExpensive(overrun, `takes more than ${heap} MB of memory`)
        throw error
      })
    )
  }

  return { run, close: () => piscina.destroy() }
}

const busy = () =>
  new HttpProblem('busy', 'Too many long tasks are waiting already.', undefined, { 'retry-after': '2' })

function tooExpensive(kind: Kind, what: string) {
  if (kind === 'busy') return busy()
  const detail = `To work on this ${what}. Send it in smaller parts.`
  return new HttpProblem(kind, detail, [{ pointer: '', detail }])
}
