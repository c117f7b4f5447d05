// How long a body is: what takes some milliseconds with a long one gives others a turn before it.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Body } from './schema.ts'
import { textsOf } from './text.ts'

/** In spans and in characters. */
const limits = { spans: 500, characters: 50_000 }

/** Whether a body is longer than nearly all are. */
export function isLong(body: Body): boolean {
  let [spans, characters] = [body.length, 0]
  for (const { children } of textsOf(body)) {
    spans += children.length
    for (const { text } of children) characters += text.length
    if (spans > limits.spans || characters > limits.characters) return true
  }
  return spans > limits.spans
}

/** Waits, with a long body, for a new turn of the event loop. */
export const yieldIfLong = async (body: Body) => {
  if (isLong(body)) await nextTurn()
}
