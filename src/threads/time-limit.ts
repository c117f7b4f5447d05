// How long a task may take: by the processor time of its thread, which is the same on a busy machine. Until its thread has
// begun it, and where it waits for something else, only a clock on the wall can tell.
import { setTimeout as pause } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'

/** Memory that a thread shares with the pool: which thread has begun a task, and how much it had used by then. */
export type Start = Int32Array

/** Where the parts of a start are; an id of 0 is that of the main thread. */
const at = { thread: 0, used: 1 }

export const newStart = (): Start => new Int32Array(new SharedArrayBuffer(8))

const inMs = ({ user, system }: NodeJS.CpuUsage) => Math.floor((user + system) / 1000)

/** In a thread: notes that the task begins now. */
export function noteStart(start: Start, thread: number) {
  Atomics.store(start, at.used, inMs(process.threadCpuUsage()))
  Atomics.store(start, at.thread, thread)
}

/** How much processor time a task has used, in ms. */
async function usedBy(start: Start, threads: Worker[]): Promise<number> {
  const id = Atomics.load(start, at.thread)
  const thread = threads.find(({ threadId }) => threadId === id)
  // A thread that ends meanwhile has its task end, too.
  const usage = await thread?.cpuUsage().catch(() => undefined)
  return usage === undefined ? 0 : inMs(usage) - Atomics.load(start, at.used)
}

export interface TimeLimits {
  /** The processor time of a task, in ms; its thread is terminated then and replaced. */
  taskTimeout: number
  /** How long a task is waited for at most, from when it is given to a thread, in ms by the clock. */
  patience: number
}

/** Which limit a task has reached. */
export type Reached = keyof TimeLimits

/** Watches a task, and says when it has reached a limit. Answers how the watch ends. */
export function watchTask(
  start: Start,
  threads: () => Worker[],
  { taskTimeout, patience }: TimeLimits,
  reached: (limit: Reached) => void
): () => void {
  const end = new AbortController()
  const last = setTimeout(() => reached('patience'), patience)

  async function look() {
    // It cannot have used more than the time that has passed.
    for (let left = taskTimeout; left > 0; left = taskTimeout - (await usedBy(start, threads())))
      await pause(left, undefined, end)
    reached('taskTimeout')
  }
  // It rejects where the watch ends.
  look().catch(() => {})
  return () => {
    clearTimeout(last)
    end.abort()
  }
}
