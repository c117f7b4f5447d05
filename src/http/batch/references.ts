// References between operations of a batch: `$key` stands for the id of a created record in later paths and bodies.
import { unprocessable } from '../problems.ts'
import type { Operation } from './schema.ts'

/** Ids by reference. */
export type Names = Map<string, string>

/** Throws 422 for a duplicate key. */
export function checkKeys(operations: Operation[]) {
  const keys = operations.map(({ key }) => key)
  const twice = keys.findIndex((key, i) => key !== undefined && keys.indexOf(key) < i)
  if (twice >= 0) throw unprocessable(`/operations/${twice}/key`, `The key ${keys[twice]} is used twice.`)
}

/** Resolves the references in a path. */
export const pathOf = (names: Names, path: string) =>
  path.replace(/(?<=\/)\$[A-Za-z0-9-]+/g, (name) => names.get(name) ?? name)

/** Resolves the references in a body: strings that are nothing but a reference. */
export function bodyOf(names: Names, body: unknown): unknown {
  if (typeof body === 'string') return names.get(body) ?? body
  if (typeof body !== 'object' || body === null || names.size === 0) return body
  if (Array.isArray(body)) return body.map((item) => bodyOf(names, item))
  return Object.fromEntries(Object.entries(body).map(([field, value]) => [field, bodyOf(names, value)]))
}
