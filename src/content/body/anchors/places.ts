// Where the words of a text stand in a body.
import { yieldIfDue } from '../../../storage/commits/turns.ts'
import type { Range } from '../text.ts'
import { isWord, partsOf, type Tokens, tokenized } from './tokens.ts'

/** Tokens from `start` up to `end`, which is not among them. */
export interface Extent {
  start: number
  end: number
}

/** A place of a text: one extent, or one for each part where the text leaves words of the body out. */
export type Place = Extent[]

/** More places than a story says the same words at; more are as good as these. */
const maxPlaces = 1000
/** How many tokens are compared for one body. Only texts that repeat themselves all over need more than a few. */
const maxCompared = 3_000_000

export type Find = (text: string) => Place[]

/** Finds these texts in a body: as a whole, or in parts one after the other. */
export async function finder(tokens: Tokens, texts: string[]): Promise<Find> {
  const index = await positions(tokens, texts)
  const budget = { left: maxCompared }
  const found = new Map<string, Place[]>()
  return (text) => {
    let places = found.get(text)
    if (places === undefined) {
      places = occurrences(tokens.words, index, tokenized(text), budget).map((one) => [one])
      if (places.length === 0) {
        const parts = partsOf(text).map((part) => occurrences(tokens.words, index, tokenized(part), budget))
        places = parts.length > 1 ? inOrder(parts) : []
      }
      found.set(text, places)
    }
    return places
  }
}

/** Where each token of these texts stands in the body. */
async function positions({ words }: Tokens, texts: string[]): Promise<Map<string, number[]>> {
  const index = new Map<string, number[]>()
  for (const text of texts) {
    await yieldIfDue()
    for (const token of tokenized(text)) index.set(token, [])
  }
  await yieldIfDue()
  for (let at = 0; at < words.length; at++) index.get(words[at]!)?.push(at)
  return index
}

/** Where these tokens stand, none over another; found by the one of them that the body has least. */
function occurrences(
  words: string[],
  index: Map<string, number[]>,
  wanted: string[],
  budget: { left: number }
): Extent[] {
  if (wanted.length === 0) return []
  const rare = rarest(wanted, index)
  const found: Extent[] = []
  for (const at of index.get(wanted[rare]!)!) {
    const start = at - rare
    if (start < (found.at(-1)?.end ?? 0)) continue
    let same = 0
    while (same < wanted.length && words[start + same] === wanted[same]) same++
    budget.left -= same
    if (budget.left < 0 || found.length === maxPlaces) break
    if (same === wanted.length) found.push({ start, end: start + same })
  }
  // What was found before the budget was used up may not be all.
  return budget.left < 0 ? [] : found
}

function rarest(wanted: string[], index: Map<string, number[]>): number {
  let best = 0
  for (let i = 1; i < wanted.length; i++) {
    if (index.get(wanted[i]!)!.length < index.get(wanted[best]!)!.length) best = i
  }
  return best
}

/** Parts one after the other, each as soon as it comes; of chains that end alike the shortest. */
function inOrder([first, ...rest]: Extent[][]): Place[] {
  const next = rest.map(() => 0)
  const chains: Place[] = []
  for (const begin of first!) {
    const chain = [begin]
    for (const [i, part] of rest.entries()) {
      const from = chain.at(-1)!.end
      while (next[i]! < part.length && part[next[i]!]!.start < from) next[i]!++
      const found = part[next[i]!]
      if (found === undefined) return chains
      chain.push(found)
    }
    if (chains.at(-1)?.at(-1) === chain.at(-1)) chains.pop()
    chains.push(chain)
  }
  return chains
}

/** From the first word to the last: what tells one place from another, whatever punctuation is taken with it. */
export function extentOf({ words }: Tokens, place: Place): Extent {
  let start = place[0]!.start
  let end = place.at(-1)!.end
  while (start < end - 1 && !isWord(words[start]!)) start++
  while (end > start + 1 && !isWord(words[end - 1]!)) end--
  return { start, end }
}

export const overlap = (one: Extent, other: Extent) => one.start < other.end && other.start < one.end
export const areSame = (one: Extent, other: Extent) => one.start === other.start && one.end === other.end

/** The place as ranges of blocks: one for each block that a part stands in. */
export function rangesOf({ blocks, starts, ends }: Tokens, place: Place): Range[] {
  return place.flatMap(({ start, end }) => {
    const ranges: Range[] = []
    for (let i = start; i < end; i++) {
      const last = ranges.at(-1)
      if (last?.block === blocks[i]) last!.end = ends[i]!
      else ranges.push({ block: blocks[i]!, start: starts[i]!, end: ends[i]! })
    }
    return ranges
  })
}

/** The tokens under these ranges, which are in reading order; undefined where there are none. */
export function placeOf(tokens: Tokens, ranges: Range[]): Place | undefined {
  const parts = ranges.flatMap(({ block, start, end }) => {
    const from = firstFrom(tokens, block, start)
    let to = from
    while (tokens.blocks[to] === block && tokens.starts[to]! < end) to++
    return to > from ? [{ start: from, end: to }] : []
  })
  return parts.length > 0 ? parts : undefined
}

/** The first token of a block that ends behind this place, or the first of the blocks after it. */
function firstFrom({ blocks, ends }: Tokens, block: number, start: number): number {
  let low = 0
  let high = blocks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (blocks[middle]! < block || (blocks[middle] === block && ends[middle]! <= start)) low = middle + 1
    else high = middle
  }
  return low
}
