// Tasks in worker threads, for whoever answers requests. The threads keep no process alive: what they are asked by is a
// request, which does.
import type { Kind } from '../problems.ts'
import { pool, standard } from './pool.ts'
import type { Tasks } from './tasks.ts'

let shared: ReturnType<typeof pool> | undefined

/**
 * What a task makes of its input, worked out in a worker thread: structured-clonable in, JSON out. Throws what the task
 * throws, `busy` (503) where too many wait, and `overrun` where it takes too long or too much memory: 422, or `busy` for
 * those who sent nothing that they could mend.
 */
export async function run<Name extends keyof Tasks>(
  name: Name,
  input: Parameters<Tasks[Name]>[0],
  overrun: Kind = 'unprocessable'
): Promise<Awaited<ReturnType<Tasks[Name]>>> {
  shared ??= pool(standard)
  return JSON.parse(await shared.run({ name, input }, overrun))
}
