// Parsing JSON bodies: long ones in slices, and those refused that could not be stored unchanged.

import { hasToken } from '../callers/token-text.ts'
import { HttpProblem, type Kind } from '../problems.ts'
import { escaped, jsonFaultInSlices } from './json.ts'

/** The length of a text, in characters, above which parsing it takes more than some milliseconds. */
export const longBody = 100_000

const longBodies = new WeakSet<object>()

/** Marks a body as long, so that validation and handlers yield to the event loop. */
export function markLong<T>(body: T): T {
  if (typeof body === 'object' && body !== null) longBodies.add(body)
  return body
}

/** Whether a body was marked as long. */
export const isLong = (body: unknown) => longBodies.has(body as object)

/**
 * Parses a JSON text. Throws 400 for malformed, ambiguous or excessive JSON, and for strings that databases cannot
 * store.
 */
export function* readJson(text: string, parse: (text: string) => unknown): Generator<void, unknown> {
  const odd = yield* jsonFaultInSlices(text)
  if (odd?.isExcessive) throw refused(odd.pointer, odd.detail)
  yield
  const value = parse(text)
  if (odd) throw refused(odd.pointer, odd.detail)
  yield
  const found = needsCheck.test(text) ? fault(value) : undefined
  if (found) throw found
  yield
  return value
}

/**
 * A pre-check on the JSON text: without a match, no string in it has U+0000, a lone surrogate (both would be escaped)
 * or a token (it would be plain, or have at least one escaped letter).
 */
const needsCheck = /\\u(?:00[0-7]|d[89a-f])|onr_/i

/** A fault in a string, and the path of keys to it, innermost first. */
interface Fault {
  path: string[]
  detail: string
  kind?: Kind
}

/** Why a value cannot be stored: U+0000, a lone surrogate, a token in clear text. */
function fault(value: unknown): HttpProblem | undefined {
  const found = faultIn(value)
  if (found === undefined) return undefined
  const pointer = found.path
    .map((key) => `/${escaped(key)}`)
    .reverse()
    .join('')
  return refused(pointer, found.detail, found.kind)
}

function faultIn(value: unknown): Fault | undefined {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed())
      return { path: [], detail: 'has U+0000 or a lone surrogate, which no text here may have.' }
    return hasToken(value)
      ? { path: [], detail: 'has a token in it, which nobody else may see.', kind: 'invalid-input' }
      : undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, item] of Object.entries(value)) {
    const found = faultIn(key) ?? faultIn(item)
    if (found) return { ...found, path: [...found.path, key] }
  }
  return undefined
}

function refused(place: string, detail: string, kind: Kind = 'malformed-json') {
  const pointer = place.toWellFormed().replaceAll('\0', '\\u0000')
  return new HttpProblem(kind, `${pointer || 'The body'} ${detail}`, [{ pointer, detail }])
}
