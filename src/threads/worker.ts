// The program of a worker thread: does one task after another, and answers in plain data.
import { constants, setPriority } from 'node:os'
import { HttpProblem, type Problem } from '../problems.ts'
import { type Tasks, tasks } from './tasks.ts'

export interface Job {
  name: keyof Tasks
  input: unknown
}

/** JSON of what a task made, or the problem that it found: an instance of a class would not cross threads as one. */
export type Outcome =
  | { value: string; problem?: undefined }
  | { value?: undefined; problem: Pick<HttpProblem, 'kind' | 'errors'> & Pick<Problem, 'detail'> }

// On Linux 0 is the calling thread (setpriority(2)): whoever answers requests goes before it. Elsewhere it is the
// whole process.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL)

/** Does the task of this name. JSON is parsed in half of the time that structured clones are read in. */
export default async function perform({ name, input }: Job): Promise<Outcome> {
  try {
    // Who calls run() gave the input of this very task.
    const task = tasks[name] as (input: unknown) => Promise<unknown>
    return { value: JSON.stringify(await task(input)) }
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error
    const { kind, message: detail, errors } = error
    return { problem: { kind, detail, errors } }
  }
}
