import { HttpProblem, type Kind, type Problem } from '../problems.ts'
import type { Operation } from './schema.ts'

/** The headers of a problem that say what to do about it. An ETag is not one: what it tells of is undone. */
const telling = ['allow', 'accept', 'accept-patch', 'www-authenticate', 'retry-after']

/** The problem of an operation as that of the batch: the same, but for where it is. */
export function failed(
  index: number,
  { method, path }: Operation,
  problem: Problem,
  headers: Record<string, unknown>
): HttpProblem {
  const kind = problem.type.replace('/problems/', '') as Kind
  const detail = `Operation ${index}, ${method} ${path}: ${problem.detail}`
  const told = Object.fromEntries(
    telling.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]]))
  )
  const errors = [{ pointer: `/operations/${index}`, detail: problem.detail }]
  return Object.assign(new HttpProblem(kind, detail, errors, told), { problem })
}
