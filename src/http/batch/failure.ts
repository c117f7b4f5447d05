import { HttpProblem, type Kind, type Problem } from '../problems.ts'
import type { Operation } from './schema.ts'

/** Headers of a problem that say how to react. No ETag: that state is rolled back. */
const relevantHeaders = ['allow', 'accept', 'accept-patch', 'www-authenticate', 'retry-after']

/** The problem of the batch for a failed operation: the same, with the place of the operation. */
export function failureOf(
  index: number,
  { method, path }: Operation,
  problem: Problem,
  headers: Record<string, unknown>
): HttpProblem {
  const kind = problem.type.replace('/problems/', '') as Kind
  const detail = `Operation ${index}, ${method} ${path}: ${problem.detail}`
  const relevant = Object.fromEntries(
    relevantHeaders.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]]))
  )
  const errors = [{ pointer: `/operations/${index}`, detail: problem.detail }]
  return Object.assign(new HttpProblem(kind, detail, errors, relevant), { problem })
}
