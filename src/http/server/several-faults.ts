// What is wrong in several places of a body: a client mends all of it at once.
import { type Fault, HttpProblem } from '../problems.ts'

/** A fault of the body. */
export const faultAt = (pointer: string, detail: string): Fault => ({ pointer, detail })

/** Throws a 422 that names every place where something is wrong, unless nothing is. */
export function refuse(faults: Fault[]) {
  const [first] = faults
  if (first === undefined) return
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''
  throw new HttpProblem('unprocessable', `${first.detail}${more}`, faults)
}
