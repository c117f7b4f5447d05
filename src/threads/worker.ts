// The program of a worker thread: runs one task at a time.
import { constants, setPriority } from 'node:os'
import { threadId } from 'node:worker_threads'
import { type Job, perform } from './task.ts'
import { noteStart, type Start } from './time-limit.ts'

// On Linux 0 is the calling thread (setpriority(2)), which gets a lower priority than the main thread; elsewhere it is
// the whole process.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL)

/** A task, and where the pool is told that it begins. */
export interface Given {
  job: Job
  start: Start
}

/** Runs a task. To load its module takes no time of it: the first task of a thread would have to bear that. */
export default async ({ job, start }: Given) => {
  await import(job.module)
  noteStart(start, threadId)
  return perform(job)
}
