// The keys by which a quote is found again although some of its words were altered: hashes of pairs of words.
//
// A quote of ten telling words has five pairs without a word in common, so four altered words leave one of them whole;
// of nine and eight words the pairs within small groups do the same (of five words in four groups two share a group).
// Whoever looks asks for every pair of words that stand near each other, and so need not know which were chosen.
import { isDots, type Word } from './words.ts'

/** Shorter words are mostly articles and prepositions: they are passed over where there are enough others. */
const minTelling = 4
const enoughTelling = 8

/** Beyond so many words a quote is found by its beginning. */
const maxStored = 450
const maxSought = 150

/** The keys under which a quote is stored; each once. */
export function storedKeys(words: Word[]): number[] {
  const base = telling(words)
  const chosen = (base.length < enoughTelling ? all(words) : base).slice(0, maxStored)
  if (chosen.length === 1) return [single(chosen[0]!)]
  return [...new Set(groupsOf(chosen).flatMap(pairsIn))]
}

/** Every key under which a quote with these words may be stored; each once. */
export function soughtKeys(words: Word[]): number[] {
  const every = all(words).slice(0, maxSought)
  const most = telling(every)
  const keys = new Set(every.length === 1 ? [single(every[0]!)] : [])
  // A quote that was stored by all of its words is not half of one that has twice as many telling ones.
  for (const some of most.length < 2 * enoughTelling ? [every, most] : [most]) {
    const hashes = some.map(hashOf)
    for (let i = 0; i < hashes.length; i++)
      for (let gap = 1; gap <= maxGap && i + gap < hashes.length; gap++)
        keys.add(pair(hashes[i]!, hashes[i + gap]!))
  }
  return [...keys]
}

/** In a group of three the first and last are two apart; one more where a word was put in. */
const maxGap = 3

const all = (words: Word[]) => words.filter((word) => !isDots(word))
const telling = (words: Word[]) => words.filter(({ key }) => key.length >= minTelling || !isAscii(key))
const isAscii = (key: string) => key.charCodeAt(0) < 128

/** Splits words into groups of two and three: as many as leave one pair whole, whichever four words are altered. */
function groupsOf(words: Word[]): Word[][] {
  const { length } = words
  const groups = length === 8 || length === 9 ? length - 5 : Math.floor(length / 2)
  return Array.from({ length: groups }, (_, i) =>
    words.slice(Math.floor((i * length) / groups), Math.floor(((i + 1) * length) / groups))
  )
}

/** All pairs of words of a group. */
function pairsIn(group: Word[]): number[] {
  const hashes = group.map(hashOf)
  return hashes.flatMap((one, i) => hashes.slice(i + 1).map((other) => pair(one, other)))
}

/** FNV-1a, 32 bits. */
function hashOf({ key }: Word): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return hash
}

/** The hash of two words in their order, as a signed integer of 32 bits (the finalizer of MurmurHash3). */
function pair(one: number, other: number): number {
  let hash = Math.imul(one, 31) ^ other
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) | 0
}

const single = (word: Word) => pair(0, hashOf(word))
