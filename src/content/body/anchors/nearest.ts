// The words of a body that come nearest to words that do not stand in it.
import type { Body } from '../schema.ts'
import { isWord, type Tokens, tokenized, tokensOf } from './tokens.ts'

/** Words are compared without their case and accents. */
const plain = (token: string) => token.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** What part of the words must be there for a stretch to be near. */
const minShared = 0.5

/** The stretch of the body that has most of these words; undefined where none has half of them. Takes linear time. */
export function nearest(body: Body, text: string): string | undefined {
  const tokens = tokensOf(body)
  const wanted = new Map<string, number>()
  const words = tokenized(text).filter(isWord).map(plain)
  for (const word of words) wanted.set(word, (wanted.get(word) ?? 0) + 1)
  const places = tokens.words.flatMap((token, at) => (isWord(token) ? [{ at, word: plain(token) }] : []))
  const best = bestStretch(
    places.map(({ word }) => word),
    wanted,
    words.length
  )
  if (best.shared < words.length * minShared || best.shared === 0) return undefined
  const last = Math.min(best.start + words.length, places.length) - 1
  return stretch(tokens, places[best.start]!.at, places[last]!.at)
}

/** The stretch of this length that shares most words, each as often as it is wanted. */
function bestStretch(words: string[], wanted: Map<string, number>, length: number) {
  const missing = new Map(wanted)
  const best = { start: 0, shared: 0 }
  let shared = 0
  words.forEach((word, i) => {
    const left = missing.get(word)
    if (left !== undefined) {
      if (left > 0) shared++
      missing.set(word, left - 1)
    }
    const gone = words[i - length]
    const back = gone === undefined ? undefined : missing.get(gone)
    if (gone !== undefined && back !== undefined) {
      if (back >= 0) shared--
      missing.set(gone, back + 1)
    }
    if (shared > best.shared) Object.assign(best, { shared, start: Math.max(0, i - length + 1) })
  })
  return best
}

/** The text from one token to another, over the blocks between them. */
function stretch({ texts, blocks, starts, ends }: Tokens, first: number, last: number): string {
  const [from, to] = [blocks[first]!, blocks[last]!]
  return texts
    .slice(from, to + 1)
    .map((text, i) => text.slice(i === 0 ? starts[first]! : 0, from + i === to ? ends[last]! : text.length))
    .join(' ')
}
