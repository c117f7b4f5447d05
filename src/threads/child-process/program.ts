// The program of the child process (run.ts): its main thread, and a pool of threads for each set of limits.
import { readFile, writeFile } from 'node:fs'
import { pool } from '../pool.ts'
import { type Outcome, outcomeOf, perform } from '../task.ts'
import type { TaskAnswer, TaskRequest } from './run.ts'

/** The most memory that it may take, in bytes. */
const maxMemory = Number(process.argv[2]) * 1_000_000

/** How often that is looked at, in ms. */
const interval = 100

const pools = new Map<string, ReturnType<typeof pool>>()

function poolOf(limits: TaskRequest['limits']) {
  const key = JSON.stringify(limits)
  const made = pools.get(key) ?? pool(limits)
  pools.set(key, made)
  return made
}

async function answerTo({ job, overrun, limits }: TaskRequest): Promise<Outcome | { fault: string }> {
  try {
    if (limits.threads > 0) return await outcomeOf(() => poolOf(limits).run(job, overrun))
    const late = setTimeout(() => process.exit(1), limits.patience)
    return await perform(job).finally(() => clearTimeout(late))
  } catch (error) {
    return { fault: (error as Error).message }
  }
}

process.on('message', async (request: TaskRequest) => {
  process.send!({ id: request.id, ...(await answerTo(request)) } satisfies TaskAnswer)
})
process.once('disconnect', () => process.exit())
// A terminal sends them to all its processes: the service, which they are for, ends this one when it needs it no more.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})

// Where memory runs out, the kernel is to end this process and not the service. In a container the score may be higher already,
// which only a privileged process may lower; and elsewhere there is no such file. Then all stays as it is.
const score = '/proc/self/oom_score_adj'
readFile(score, 'utf8', (_, text) => writeFile(score, String(Math.max(500, Number(text))), () => {}))

setInterval(() => {
  if (process.memoryUsage.rss() > maxMemory) process.exit(137)
}, interval).unref()
