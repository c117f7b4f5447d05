// The program of a worker thread: runs one task at a time.
import { constants, setPriority } from 'node:os'
import { HttpProblem, type Problem } from '../http/problems.ts'

/** A task: the module and the name of a pure function from plain data to plain data. */
export interface Task {
  /** The address of the module. It is loaded in the thread, for the first task that needs it. */
  module: string
  name: string
}

export interface Job extends Task {
  input: unknown
}

/** The result as JSON, or a problem as plain data: structured clone does not keep classes. */
export type Outcome =
  | { value: string; problem?: undefined }
  | { value?: undefined; problem: Pick<HttpProblem, 'kind' | 'errors'> & Pick<Problem, 'detail'> }

// On Linux 0 is the calling thread (setpriority(2)), which gets a lower priority than the main thread; elsewhere it is
// the whole process.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL)

/** Runs a task. The result is JSON, which is parsed twice as fast as a structured clone is read. */
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
