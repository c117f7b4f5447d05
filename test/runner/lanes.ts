// Runs test files in a few processes at a time, each process many files: loading the program and building the first app
// takes seconds of processor time, more than most files.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Outcome, Task, Uncaught } from './lane.ts'
import type { Reporter } from './reporter.ts'
import { compiledFolder } from './stripped.ts'

export interface Settings {
  /**
   * How many processes there are at a time, beside the one that works on the files that mostly wait. More than there are cores
   * hold one another up: on two, three that are busy take two fifths more processor time for the same.
   */
  lanes: number
  /** How long a file may take, in ms. */
  timeout: number
  /** The environment of the tests. */
  env: NodeJS.ProcessEnv
  /** Files that mostly wait: one process at a time works on them. */
  waiting: Set<string>
  /** Files that no other may have run before in their process. */
  first: Set<string>
  /** Files whose coverage does not count: they share processes in which it is not measured. */
  uncounted: Set<string>
}

/** Runs all files, in this order as lanes become free. At the end, whoever is free takes those that wait, too. */
export async function runFiles(files: string[], reporter: Reporter, settings: Settings) {
  const waiting = files.filter((file) => settings.waiting.has(file))
  const others = files.filter((file) => !settings.waiting.has(file))
  const work = async (...queues: string[][]) => {
    for (const queue of queues) while (queue.length > 0) await lane(queue, reporter, settings)
  }
  const busy = Array.from({ length: settings.lanes }, () => work(others, waiting))
  await Promise.all([work(waiting), ...busy])
}

/**
 * One process, until there are no more files that it may run: its coverage counts or does not. A file that fails ends it, so
 * that it cannot make others fail.
 */
async function lane(queue: string[], reporter: Reporter, { timeout, env, first, uncounted }: Settings) {
  const isCounted = !uncounted.has(queue[0]!)
  /** The next file for this process, off the queue. */
  const following = () => {
    const at = queue.findIndex((file) => !first.has(file) && uncounted.has(file) !== isCounted)
    return at < 0 ? undefined : queue.splice(at, 1)[0]
  }
  const child = fork(new URL('lane.ts', import.meta.url), {
    execArgv: ['--import', new URL('quick-imports.js', import.meta.url).href],
    // No limit for the process: each file has its own.
    env: {
      ...env,
      TAP_TIMEOUT: '0',
      ...(!isCounted && {
        NODE_V8_COVERAGE: undefined,
        NODE_OPTIONS: process.env.NODE_OPTIONS,
        NODE_COMPILE_CACHE: compiledFolder
      })
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc']
  })
  // Not its `close`: Node 24 emits none once this side has disconnected.
  const closed = Promise.all([once(child, 'exit'), once(child.stdout!, 'close')])
  reporter.read(child.stdout!)
  let file = queue.shift()!
  let ok: boolean
  for (;;) {
    // tap ends what takes too long; what blocks the event loop is killed.
    const kill = setTimeout(() => child.kill('SIGKILL'), timeout + 30_000)
    const task: Task = { file, timeout }
    // A process that is gone has closed.
    child.send(task, () => {})
    ok = await Promise.race([outcome(child, file, reporter), closed.then(() => false)])
    clearTimeout(kill)
    const next = ok ? following() : undefined
    if (next === undefined) break
    file = next
  }
  if (child.connected) child.disconnect()
  const kill = setTimeout(() => child.kill('SIGKILL'), timeout)
  const [[code, signal]] = (await closed) as [[code: number | null, signal: NodeJS.Signals | null], unknown]
  clearTimeout(kill)
  // tap exits with 1 after failures, which the reporter has read.
  if (code !== 0) reporter.died(file, signal ?? `code ${code}`)
}

/** Whether the file passed; what it took goes to the reporter. */
async function outcome(child: ChildProcess, file: string, reporter: Reporter): Promise<boolean> {
  for (;;) {
    // tap sends messages of its own.
    const [message] = (await once(child, 'message')) as [Partial<Outcome & Uncaught>]
    if (message.file !== file) continue
    if (message.uncaught !== undefined) {
      reporter.died(file, message.uncaught)
      return false
    }
    reporter.spent(file, message.cpu!, message.counted!)
    return message.ok === true
  }
}
