// Which place of a new body is which place of the old one, told from the words around them.
import type { Extent } from './places.ts'
import { isWord, type Tokens } from './tokens.ts'

/**
 * The words around a place, on either side, with how little each of them says: a power of one half that grows by 1 with
 * every word between them and the place, by `sentence` where a sentence ends between them and by `block` where a block
 * does. A capital letter or a digit makes it `name` less: names tell whose words these are. A landmark, which both bodies
 * have exactly once, says more still (as in patience diff).
 */
export interface Context {
  before: Map<string, number>
  after: Map<string, number>
}

const sentence = 8
const block = 16
const name = 3
const landmark = 6
/** Words beyond this distance say too little to be read: sums of the others are exact, so that ties are ties. */
const maxDistance = 40
/** How many tokens are read on either side. */
const maxTokens = 200

const ending = new Set(['.', '!', '?', '。', '！', '？', '؟', '।', '｡'])
const capital = /^[\p{Lu}\p{N}]/u
const small = /^\p{Ll}/u

/** The words around a place. */
export const contextOf = (tokens: Tokens, { start, end }: Extent, landmarks: Set<string>): Context => ({
  before: weigh(tokens, landmarks, start, -1),
  after: weigh(tokens, landmarks, end - 1, 1)
})

/** The words from the first token of a place back, or from its last one on. */
function weigh({ words, blocks }: Tokens, landmarks: Set<string>, from: number, step: 1 | -1) {
  const found = new Map<string, number>()
  let distance = 0
  for (let tokens = 1; tokens < maxTokens; tokens++) {
    const at = from + tokens * step
    const token = words[at]
    if (blocks[at] !== blocks[at - step]) distance += block
    if (ending.has(token!)) distance += sentence
    if (token === undefined || distance > maxDistance) break
    if (!isWord(token)) continue
    const telling = (capital.test(token) ? name : 0) + (landmarks.has(token) ? landmark : 0)
    if (!found.has(token)) found.set(token, distance - telling)
    distance++
  }
  return found
}

/** Words are counted up to here: no story is longer. */
const maxCounted = 100_000

/** The words that stand exactly once in one body and in the other; small letters tell little. */
export function uniqueInBoth(one: Tokens, other: Tokens): Set<string> {
  const [here, there] = [uniqueWords(one), uniqueWords(other)]
  return new Set([...here].filter((word) => there.has(word) && !small.test(word)))
}

function uniqueWords({ words }: Tokens): Set<string> {
  const seen = new Set<string>()
  const once = new Set<string>()
  for (const word of words.slice(0, maxCounted)) {
    if (seen.has(word)) once.delete(word)
    else once.add(word)
    seen.add(word)
  }
  return once
}

/**
 * How much two surroundings resemble each other: the words they share, each as it is where it stands farther away; less
 * for those that have changed sides.
 */
const similarity = (one: Context, other: Context) =>
  shared(one.before, other.before) +
  shared(one.after, other.after) +
  (shared(only(one.before, one.after), only(other.after, other.before)) +
    shared(only(one.after, one.before), only(other.before, other.after))) /
    4

function shared(one: Map<string, number>, other: Map<string, number>): number {
  let sum = 0
  for (const [word, here] of one) sum += 2 ** -Math.max(here, other.get(word) ?? Infinity)
  return sum
}

const only = (side: Map<string, number>, other: Map<string, number>) =>
  new Map([...side].filter(([word]) => !other.has(word)))

/** A place of the old body and one of the new. */
export interface Pair {
  was: number
  is: number
}

/** What part of its surroundings a place must have kept to be known again among others. */
const minKept = 1 / 5

/** What the places of the same words in two bodies are compared by. */
export interface Comparison {
  old: Context[]
  now: Context[]
  /** Whether each body has these words at one place only. */
  alone: boolean
  /** Whether nothing has moved these two apart. */
  stays(was: number, is: number): boolean
}

/**
 * Which places of the same words are the same in both bodies. Two are when each resembles the other more than any that
 * is left does; of equally good ones, those that have not moved. Where nothing tells them apart there is no pair. The
 * only place of one body is always that of the other.
 */
export function matchPlaces({ old, now, alone, stays }: Comparison): Pair[] {
  const scores = old.map((one) => now.map((other) => similarity(one, other)))
  const isGood = ({ was, is }: Pair) =>
    alone || scores[was]![is]! > similarity(old[was]!, old[was]!) * minKept
  const better = (a: Pair, b: Pair) =>
    scores[a.was]![a.is]! - scores[b.was]![b.is]! || Number(stays(a.was, a.is)) - Number(stays(b.was, b.is))
  return mutualBest(old.length, now.length, better).filter(isGood)
}

/** The pairs of which each is the best there is for either side, taken out one after the other. */
function mutualBest(old: number, now: number, better: (a: Pair, b: Pair) => number): Pair[] {
  const left = { old: new Set(Array(old).keys()), now: new Set(Array(now).keys()) }
  const found: Pair[] = []
  let before = -1
  while (before < found.length) {
    before = found.length
    for (const was of left.old) {
      const on = best(
        Array.from(left.now, (is) => ({ was, is })),
        better
      )
      const back =
        on &&
        best(
          Array.from(left.old, (was) => ({ was, is: on.is })),
          better
        )
      if (back?.was !== was) continue
      found.push(back)
      left.old.delete(back.was)
      left.now.delete(back.is)
    }
  }
  return found
}

/** The one that is better than every other, or undefined. */
function best(all: Pair[], better: (a: Pair, b: Pair) => number): Pair | undefined {
  let first: Pair | undefined
  let tied = false
  for (const one of all) {
    const by = first === undefined ? 1 : better(one, first)
    if (by > 0) [first, tied] = [one, false]
    else if (by === 0) tied = true
  }
  return tied ? undefined : first
}
