// Running slow pure functions in worker threads. The threads are unreferenced: they do not keep the process alive.
import type { Kind } from '../http/problems.ts'
import { defaultLimits } from './limits.ts'
import type { pool } from './pool.ts'
import { perform, resultOf } from './task.ts'

type Pool = ReturnType<typeof pool>
let sharedPool: Pool | undefined
let { threads } = defaultLimits

/** How many threads there are from now on; with 0 a task is done by the thread that asks for it. */
export const useThreads = (count: number) => {
  threads = count
}
export const threadCount = () => threads

/**
 * Wraps a function of a module so that it runs in a worker thread: structured-clonable in, JSON out. Throws what it
 * throws, `busy` (503) where the queue is full, and `overrun` where it takes too much time or memory: 422, or `busy`
 * where the client sent nothing that could be made smaller.
 */
export function inThread<Work extends (input: never) => unknown>(module: string, name: string) {
  // What manages threads is loaded with the first task.
  const poolOf = async () => {
    const { pool } = await import('./pool.ts')
    sharedPool ??= pool({ ...defaultLimits, threads })
    return sharedPool
  }
  return async (
    input: Parameters<Work>[0],
    overrun: Kind = 'unprocessable'
  ): Promise<Awaited<ReturnType<Work>>> => {
    const job = { module, name, input }
    if (threads === 0) return JSON.parse(resultOf(await perform(job)))
    return JSON.parse(await (await poolOf()).run(job, overrun))
  }
}
