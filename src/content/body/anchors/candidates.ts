// The places in a body that may be meant by a quote or a claim.
import { yieldIfDue } from '../../../storage/commits/turns.ts'
import type { Body } from '../schema.ts'
import { type Anchor, type Anchored, anchorsIn, keyOfAnchor } from './anchors.ts'
import { areSame, type Extent, extentOf, type Find, finder, overlap, type Place, placeOf } from './places.ts'
import { isWord, type Tokens, tokenized, tokensOf } from './tokens.ts'

/** A quote or a claim that is to be anchored at its words. */
export interface Wanted {
  to: Anchor
  text: string
}

/** Where something is anchored: all of it, and from its first word to its last. */
interface Occupied {
  place: Place
  extent: Extent
}

/** A body in which quotes and claims are looked for. */
export interface Side {
  tokens: Tokens
  find: Find
  /** What is anchored, by the name of its anchor. */
  anchors: Map<string, Occupied>
  /** The same by type. */
  held: Record<Anchor['_type'], Extent[]>
}

export async function sideOf(
  body: Body,
  wanted: Wanted[],
  there: ReadonlyMap<string, Anchored> = anchorsIn(body)
): Promise<Side> {
  const tokens = tokensOf(body)
  const find = await finder(
    tokens,
    wanted.map(({ text }) => text)
  )
  const side: Side = { tokens, find, anchors: new Map(), held: { quote: [], attribution: [] } }
  for (const { anchor, ranges } of there.values()) {
    const place = placeOf(tokens, ranges)
    if (place) occupy(side, anchor, place)
  }
  return side
}

/** From now on something is anchored here. */
export function occupy({ tokens, anchors, held }: Side, to: Anchor, place: Place) {
  const extent = extentOf(tokens, place)
  anchors.set(keyOfAnchor(to), { place, extent })
  held[to._type].push(extent)
}

/** A place of the same words, and how each of their texts lies in it: one may take more punctuation than another. */
export interface Candidate {
  extent: Extent
  places: Map<string, Place>
}

/** The places of texts that say the same words, in reading order. */
export async function candidates({ tokens, find }: Side, group: Wanted[]): Promise<Candidate[]> {
  const found = new Map<number, Candidate[]>()
  for (const text of new Set(group.map(({ text }) => text))) {
    await yieldIfDue()
    for (const place of find(text)) {
      const extent = extentOf(tokens, place)
      const begun = found.get(extent.start) ?? []
      const same = begun.find((one) => areSame(one.extent, extent))
      if (same) same.places.set(text, place)
      else found.set(extent.start, [...begun, { extent, places: new Map([[text, place]]) }])
    }
  }
  return [...found.values()].flat().sort((a, b) => a.extent.start - b.extent.start)
}

/** What two texts that say the same words have in common. */
export const wordsOf = (text: string) => tokenized(text).filter(isWord).join(' ')

/** Those at which nothing of this type is anchored yet. */
export function free({ held }: Side, type: Anchor['_type'], all: Candidate[]): Candidate[] {
  const taken = new Set(held[type].map(({ start, end }) => `${start} ${end}`))
  return all.filter(({ extent: { start, end } }) => !taken.has(`${start} ${end}`))
}

/** Those that nothing of this type lies across, or around. */
export const uncovered = ({ held }: Side, type: Anchor['_type'], all: Candidate[]) =>
  all.filter(({ extent }) => !held[type].some((one) => overlap(one, extent)))

/** Those that begin with a quotation mark, or follow one. */
export const afterQuotationMark = ({ tokens: { words } }: Side, all: Candidate[]) =>
  all.filter(({ places }) =>
    [...places.values()].some(([first]) => words[first!.start] === '"' || words[first!.start - 1] === '"')
  )

/** Anchors it at this place, unless its punctuation is not that of the place. */
export function anchorAt(side: Side, { to, text }: Wanted, { places }: Candidate) {
  const place = places.get(text)
  if (place) occupy(side, to, place)
}
