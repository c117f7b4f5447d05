// Which quote or claim of the last send a quote or claim of this one is.

import { yieldIfDue } from '../../storage/commits/turns.ts'
import { nameKey } from '../../storage/text/name-key.ts'

export interface Statement {
  key?: string | undefined
  text: string
}

const wordsOf = (text: string) => new Set(nameKey(text).split(' '))

/** How much two texts have in common: Dice's coefficient of their words. */
const likeness = (a: Set<string>, b: Set<string>) => (2 * a.intersection(b).size) / (a.size + b.size)

/** From here on words are taken to be the same, reworded; with the same key, from here. */
const enough = { anywhere: 0.5, sameKey: 0.25 }

/** For each that is sent, which of those before it is: the same words, the same key, or most of the words, in order. */
export async function matched<T extends Statement>(
  sent: Statement[],
  before: T[]
): Promise<(T | undefined)[]> {
  const open = new Set(before)
  const words = new Map<string, Set<string>>()
  const alike = (one: Statement, other: Statement) => {
    const [a, b] = [one.text, other.text].map((text) => {
      const known = words.get(text) ?? wordsOf(text)
      words.set(text, known)
      return known
    })
    return likeness(a!, b!)
  }
  const found: (T | undefined)[] = sent.map(() => undefined)
  const tests: ((one: Statement, other: Statement) => boolean)[] = [
    (one, other) => one.text === other.text && one.key === other.key,
    (one, other) => one.text === other.text,
    (one, other) => one.key !== undefined && one.key === other.key && alike(one, other) >= enough.sameKey,
    (one, other) => alike(one, other) >= enough.anywhere
  ]
  for (const test of tests)
    for (const [i, one] of sent.entries()) {
      if (found[i]) continue
      await yieldIfDue()
      const match = open.values().find((other) => test(one, other))
      if (match) open.delete(match)
      found[i] = match
    }
  return found
}
