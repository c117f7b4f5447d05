// The program of a worker thread: does one task after another, and answers in plain data.
import { constants, setPriority } from 'node:os'
import { HttpProblem, type Problem } from '../http/problems.ts'

/** A task: a pure function, plain data in, plain data out, by its module and its name there. */
export interface Task {
  /** The address of the module. It is loaded in the thread, for the first task that needs it. */
  module: string
  name: string
}

export interface Job extends Task {
  input: unknown
}

/** JSON of what a task made, or the problem that it found: an instance of a class would not cross threads as one. */
export type Outcome =
  | { value: string; problem?: undefined }
  | { value?: undefined; problem: Pick<HttpProblem, 'kind' | 'errors'> & Pick<Problem, 'detail'> }

// On Linux 0 is the calling thread (setpriority(2)): whoever answers requests goes before it. Elsewhere it is the
// whole process.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL)

/** Does a task. JSON is parsed in half of the time that structured clones are read in. */
export default async function perform({ module, name, input }: Job): Promise<Outcome> {
  try {
    const { [name]: work } = await import(module)
    return { value: JSON.stringify(await work(input)) }
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error
    const { kind, message: detail, errors } = error
    return { problem: { kind, detail, errors } }
  }
}
