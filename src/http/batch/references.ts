// What the operations of a batch call what they make: `$key`, in the paths and bodies of those that come after.
import { unprocessable } from '../problems.ts'
import type { Operation } from './schema.ts'

/** Ids by the names they go by. */
export type Names = Map<string, string>

/** Throws 422 for a key that two operations have. */
export function checkKeys(operations: Operation[]) {
  const keys = operations.map(({ key }) => key)
  const twice = keys.findIndex((key, i) => key !== undefined && keys.indexOf(key) < i)
  if (twice >= 0) throw unprocessable(`/operations/${twice}/key`, `The key ${keys[twice]} is used twice.`)
}

/** The path with ids where it has names. */
export const pathOf = (names: Names, path: string) =>
  path.replace(/(?<=\/)\$[A-Za-z0-9-]+/g, (name) => names.get(name) ?? name)

/** The body with ids where it has names: a text that is nothing else. */
export function bodyOf(names: Names, body: unknown): unknown {
  if (typeof body === 'string') return names.get(body) ?? body
  if (typeof body !== 'object' || body === null || names.size === 0) return body
  if (Array.isArray(body)) return body.map((item) => bodyOf(names, item))
  return Object.fromEntries(Object.entries(body).map(([field, value]) => [field, bodyOf(names, value)]))
}
