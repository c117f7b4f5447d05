// The keys by which a quote is found again although some of its words were altered: hashes of pairs of words.
//
// Of a quote are stored the pairs of telling words that stand next to each other, and of a short one those that have one
// word between them as well: of eight words and more, whichever four are altered, two that are not stand so near each
// other. A part of a quote has the pairs that are in it. Where there are few telling words, the short ones take part too,
// each beside a telling one. One key is of all words together.
import { joiner } from '../../storage/text/tokenizer.ts'
import { isDots, type Word } from './words.ts'

/** Shorter words are mostly articles and prepositions: they are passed over where there are enough others. */
const minTelling = 4
const enoughTelling = 8

/** So many words may have been put into a quote. */
const mayBeAdded = 4

/** With so many telling words, four altered ones hardly leave no two neighbours. */
const manyTelling = 12

/** Beyond so many words a quote is found by its beginning. */
const maxStored = 450
const maxSought = 150

/** How far apart the words of a pair stand in a quote; one more in a quotation, where a word may have been put in. */
const maxGap = 2

/**
 * A word as the index stores it: 28 bits of the hash of its key, and in the lowest four how long it is (1 to 8 and more),
 * or that it is a character of a script without spaces. Never 0, which stands between two texts.
 */
export function codeOf({ key }: Word): number {
  const length = key.includes(joiner) ? spaceless : Math.min(key.length, maxLength)
  return (hashOf(key) & ~lengthBits) | length
}

const maxLength = 8
const spaceless = 9
const lengthBits = 15

/** The length of a word of this code, 8 where it is longer; 9 of a character of a script without spaces. */
export const lengthOf = (code: number) => code & lengthBits

/** The codes of words, of a long text those of its beginning. */
export const codesOf = (words: Word[]) =>
  words
    .filter((word) => !isDots(word))
    .slice(0, maxStored)
    .map(codeOf)

/** The keys under which a quote with these words is stored; each once. */
export function storedKeys(codes: number[]): number[] {
  const telling = codes.filter(isTelling)
  const pairs =
    telling.length < enoughTelling
      ? pairsOf(codes, maxGap)
      : pairsOf(telling, telling.length < manyTelling ? maxGap : 1)
  return [...new Set([keyOfAll(codes), ...keysOfPairs(pairs)])]
}

/** Every key under which a quote with these words may be stored; each once, those of words that tell most first. */
export function soughtKeys(codes: number[], weightOf: (code: number) => number): number[] {
  const every = codes.slice(0, maxSought)
  const telling = every.filter(isTelling)
  // What was stored by all of its words has few telling ones, and not many more where it was altered.
  const some = telling.length < enoughTelling + mayBeAdded ? pairsOf(every, maxGap + 1) : []
  const pairs = [...pairsOf(telling, telling.length < 2 * manyTelling ? maxGap + 1 : maxGap), ...some]
  const weighed = pairs.map(([one, other]) => ({ one, other, bits: weightOf(one) + weightOf(other) }))
  const sorted = weighed.sort((a, b) => b.bits - a.bits).map(({ one, other }): Pair => [one, other])
  return [...new Set([keyOfAll(codes), ...keysOfPairs(sorted)])]
}

/** The key of all words in their order: of many quotes that differ in a word, each is found by its own. */
const keyOfAll = (codes: number[]) => codes.reduce(pair, 0)

const isTelling = (code: number) => lengthOf(code) >= minTelling

type Pair = [one: number, other: number]

const keysOfPairs = (pairs: Pair[]) => pairs.map(([one, other]) => pair(one, other))

/** The pairs of words up to so far apart; two short words make one only where there is no telling word at all. */
function pairsOf(codes: number[], gap: number): Pair[] {
  const pairs: Pair[] = []
  const areShort = !codes.some(isTelling)
  for (const [i, one] of codes.entries())
    for (const other of codes.slice(i + 1, i + 1 + gap))
      if (areShort || isTelling(one) || isTelling(other)) pairs.push([one, other])
  return pairs
}

/** FNV-1a, 32 bits. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return hash
}

/** How many of the 32 bits of a key are those of the pair; the higher ones are those of its longer word. */
const pairBits = 18

/**
 * The key of two words in their order, as a signed integer of 32 bits (the finalizer of MurmurHash3). Pairs of one longer
 * word are neighbours in the index: so a quote is written to few of its pages.
 */
function pair(one: number, other: number): number {
  const longer = lengthOf(one) < lengthOf(other) ? other : one
  let hash = Math.imul(one, 31) ^ other
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((longer >>> pairBits) << pairBits) | ((hash ^ (hash >>> 16)) >>> (32 - pairBits))
}
