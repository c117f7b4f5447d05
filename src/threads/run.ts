// Tasks in worker threads, for whoever answers requests. The threads keep no process alive: what they are asked by is a
// request, which does.
import type { Kind } from '../http/problems.ts'
import { pool, standard } from './pool.ts'

let shared: ReturnType<typeof pool> | undefined

/**
 * A function of a module, done in a worker thread: structured-clonable in, JSON out. It throws what the function throws,
 * `busy` (503) where too many wait, and `overrun` where it takes too long or too much memory: 422, or `busy` for those
 * who sent nothing that they could mend.
 */
export const inThread =
  <Work extends (input: never) => unknown>(module: string, name: string) =>
  async (input: Parameters<Work>[0], overrun: Kind = 'unprocessable'): Promise<Awaited<ReturnType<Work>>> => {
    shared ??= pool(standard)
    return JSON.parse(await shared.run({ module, name, input }, overrun))
  }
