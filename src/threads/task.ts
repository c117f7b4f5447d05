// Tasks: pure functions by their module and name, so that a thread can be told of them.
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
  | {
      value?: undefined
      problem: Pick<HttpProblem, 'kind' | 'errors' | 'headers'> & Pick<Problem, 'detail'>
    }

/** Runs a task. The result is JSON, which is parsed twice as fast as a structured clone is read. */
export const perform = ({ module, name, input }: Job) =>
  outcomeOf(async () => {
    const { [name]: work } = await import(module)
    return JSON.stringify(await work(input))
  })

/** What becomes of this work, whose result is JSON. Throws what is no problem. */
export async function outcomeOf(work: () => Promise<string>): Promise<Outcome> {
  try {
    return { value: await work() }
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error
    const { kind, message: detail, errors, headers } = error
    return { problem: { kind, detail, errors, headers } }
  }
}

/** The JSON of an outcome. Throws its problem. */
export function resultOf({ value, problem }: Outcome): string {
  if (problem === undefined) return value
  throw new HttpProblem(problem.kind, problem.detail, problem.errors, problem.headers)
}
