// The priority of a child process, below that of the event loop. A nice value is not enough: what Linux runs at a lower priority still keeps its
// processor to the end of its slice, some 3 ms, for which readers wait. What is of the class SCHED_IDLE (sched(7)) gives way at once,
// and on a machine that always has something else to do gets next to nothing. So this is watched, and one that starves is
// ended: the next one has its nice value alone for a while.
import { type ChildProcess, execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
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
  const id = child.pid!
  const lower = Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL)
  for (let pass = 0; pass < passes; pass++) for (const thread of threadsOf(id)) lowerTo(lower, thread)
  if (process.platform !== 'linux' || performance.now() < relievedUntil) return false
  makeIdle(id, passes)
  return true
}

/**
 * How often the threads are gone through. One that is started gets what the thread has that starts it, which may be before that is
 * lowered and after they were listed.
 */
const passes = 3

/** Has chrt, of util-linux, put all threads of a process into the class SCHED_IDLE. It gives up at a thread that has ended since it listed them. */
function makeIdle(id: number, left: number) {
  execFile('chrt', ['--idle', '--all-tasks', '--pid', '0', String(id)], () => {
    // Where it is missing, or is not allowed to do so, the nice value is all there is.
    if (left > 1 && threadsOf(id).some((thread) => !isIdle(id, thread))) makeIdle(id, left - 1)
  })
}

/** The threads of a process; where the platform does not list them, or it has just ended, the process. */
function threadsOf(id: number): number[] {
  try {
    return readdirSync(`/proc/${id}/task`).map(Number)
  } catch {
    return [id]
  }
}

/** Whether a thread is of the class SCHED_IDLE, or has just ended. */
function isIdle(id: number, thread: number): boolean {
  try {
    return fieldsOf(readFileSync(`/proc/${id}/task/${thread}/stat`, 'utf8'))[38] === '5'
  } catch {
    return true
  }
}

/** The fields from the third on, which is the state; the second, in parentheses, may have spaces (proc_pid_stat(5)). */
const fieldsOf = (stat: string) => stat.replace(/^.*\) /s, '').split(' ')

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
  // utime and stime are fields 14 and 15, in hundredths of a second.
  const [user, system] = fieldsOf(stat).slice(11, 13)
  return (Number(user) + Number(system)) * 10
}
