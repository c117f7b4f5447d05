// The priority of a child process, below that of the event loop. A nice value is not enough: what Linux runs at a lower priority still keeps its
// processor to the end of its slice, some 3 ms, for which readers wait. What is of the class SCHED_IDLE (sched(7)) gives way at once,
// and on a machine that always has something else to do gets next to nothing. So this is watched, and one that starves is
// ended: the next one has its nice value alone for a while.
import { type ChildProcess, execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { constants, getPriority, setPriority } from 'node:os'

/** How long a process may get next to nothing, in ms. */
const patience = 10_000

/** The share of one processor below which it starves. */
const minShare = 0.1

/** How long those that follow one that starved have their nice value alone, in ms. */
const relief = 600_000

let relievedUntil = Number.NEGATIVE_INFINITY

/**
 * Gives a process that was just started the lowest priority that the platform lets it have, with all threads that it will have.
 * Answers whether it may starve, and is to be watched.
 */
export function lowerPriority(child: ChildProcess): boolean {
  const lower = Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL)
  for (const thread of threadsOf(child.pid!)) lowerTo(lower, thread)
  if (process.platform !== 'linux' || performance.now() < relievedUntil) return false
  // Of util-linux; where it is missing, or is not allowed to do so, the nice value is all there is.
  execFile('chrt', ['--idle', '--all-tasks', '--pid', '0', String(child.pid)], () => {})
  return true
}

/** The threads of a process: those to come get the priority of who starts them. Where the platform does not list them, the process. */
function threadsOf(id: number): number[] {
  const tasks = `/proc/${id}/task`
  return existsSync(tasks) ? readdirSync(tasks).map(Number) : [id]
}

function lowerTo(priority: number, thread: number) {
  try {
    setPriority(thread, priority)
  } catch {
    // It has just ended.
  }
}

interface Watch {
  /** For how many ms the process has had something to do all along. */
  busyFor(): number
  /** Called where it had, and got next to nothing of the processor. */
  onStarved(): void
}

/** Watches a process until it ends. */
export function watchStarvation(child: ChildProcess, { busyFor, onStarved }: Watch) {
  let before = 0
  const watch = setInterval(async () => {
    const wasBusy = busyFor() >= patience
    const spent = await processorTime(child.pid!)
    const isStarved = wasBusy && spent - before < patience * minShare
    before = spent
    if (!isStarved) return
    relievedUntil = performance.now() + relief
    onStarved()
  }, patience).unref()
  child.once('close', () => clearInterval(watch))
}

/** The processor time that a process has taken, in ms; NaN where it has just ended. */
async function processorTime(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(String)
  // proc_pid_stat(5): utime and stime are fields 14 and 15, in hundredths of a second; the second field, in parentheses, may have
  // spaces.
  const [user, system] = stat
    .replace(/^.*\) /s, '')
    .split(' ')
    .slice(11, 13)
  return (Number(user) + Number(system)) * 10
}
