// References between operations of a batch: `$key` stands for the id of a created record in later paths and bodies.
import { HttpProblem, unprocessable } from '../problems.ts'
import type { Operation } from './schema.ts'

/** Ids by reference. */
export type Names = Map<string, string>

/** Throws 422 for a duplicate key, and 400 for a path with one that no operation before it has. */
export function checkKeys(operations: Operation[]) {
  const keys = operations.map(({ key }) => key)
  const twice = keys.findIndex((key, i) => key !== undefined && keys.indexOf(key) < i)
  if (twice >= 0) throw unprocessable(`/operations/${twice}/key`, `The key ${keys[twice]} is used twice.`)
  for (const [i, { path }] of operations.entries()) {
    const name = references.exec(path)?.[0].slice(1)
    if (name === undefined || keys.slice(0, i).includes(name)) continue
    const pointer = `/operations/${i}/path`
    const detail = `no operation before this one has the key ${name}: give it to the one that makes the record.`
    throw new HttpProblem('invalid-input', `Body: ${pointer}: ${detail}`, [{ pointer, detail }])
  }
}

const references = /(?<=\/)\$[A-Za-z0-9-]+/

/** Resolves the references in a path. */
export const pathOf = (names: Names, path: string) =>
  path.replace(new RegExp(references, 'g'), (name) => names.get(name) ?? name)

/** Resolves the references in a body: strings that are nothing but a reference. */
export function bodyOf(names: Names, body: unknown): unknown {
  if (typeof body === 'string') return names.get(body) ?? body
  if (typeof body !== 'object' || body === null || names.size === 0) return body
  if (Array.isArray(body)) return body.map((item) => bodyOf(names, item))
  return Object.fromEntries(Object.entries(body).map(([field, value]) => [field, bodyOf(names, value)]))
}
