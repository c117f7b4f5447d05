// Anchoring: quotes and claims are marked where their words stand in a body. Many long ones take several turns of the
// event loop.
import { yieldIfDue } from '../../../storage/commits/turns.ts'
import type { Body } from '../schema.ts'
import { anchorsIn, annotateAll, keyOfAnchor } from './anchors.ts'
import {
  afterQuotationMark,
  anchorAt,
  candidates,
  free,
  type Side,
  sideOf,
  uncovered,
  type Wanted,
  wordsOf
} from './candidates.ts'
import { rangesOf } from './places.ts'
import { reanchorGroups, reanchorReworded } from './reanchoring.ts'

/** What is known besides the words. */
interface AnchoringOptions {
  /** The body as it was: where the quotes and claims stood. */
  old?: Body
  /** That it was this body, and what is wanted has other words now. */
  reworded?: boolean
  /** That equal texts come in the order of their places. */
  ordered?: boolean
}

/**
 * The body with these quotes and claims anchored at their words, and those whose words do not stand in it.
 *
 * Anchors that the body has already stay. Any other goes to the place that its old one has become (`matchPlaces` in
 * context.ts), for which every place of its words in the old body is compared with every one in the new, those of
 * others and those of nobody too. Without an old place its words must stand at one free place only, or in `ordered` lists
 * at as many as there are quotes with these words; where there are more, those that another quote covers do not count, and
 * then those that do not follow a quotation mark. Claims with the same words may share their only place: several sources
 * may make a claim. Whatever else could be meant stays unanchored: no words are ever put into another's mouth.
 */
export async function anchorAll(
  body: Body,
  wanted: Wanted[],
  { old, reworded = false, ordered = false }: AnchoringOptions = {}
): Promise<{ body: Body; missing: Wanted[] }> {
  if (wanted.length === 0) return { body, missing: [] }
  const there = anchorsIn(body)
  const open = wanted.filter(({ to }) => !there.has(keyOfAnchor(to)))
  if (open.length === 0) return { body, missing: [] }
  const now = await sideOf(body, open, there)
  const before = old && (await sideOf(old, open))
  const keys = await keysOf(open)
  const known = new Set(open.filter(({ to }) => before?.anchors.has(keyOfAnchor(to))))
  if (before && reworded) for (const one of known) await reanchorReworded(now, before, one)
  else if (before) await reanchorGroups(now, before, groupByWords([...known], keys))
  const isThere = ({ to }: Wanted) => now.anchors.has(keyOfAnchor(to))
  // Where one has lost its place, whose places the others have is not certain.
  const lost = new Set([...known].filter((one) => !isThere(one)).map((one) => keys.get(one)))
  const fresh = open.filter((one) => !known.has(one) && !lost.has(keys.get(one)))
  for (const group of groupByWords(fresh, keys)) await anchorNew(now, group, ordered)
  const marks = open.filter(isThere).map(({ to }) => {
    return { ranges: rangesOf(now.tokens, now.anchors.get(keyOfAnchor(to))!.place), def: to }
  })
  const missing = open.filter((one) => !isThere(one) && now.find(one.text).length === 0)
  await yieldIfDue()
  return { body: annotateAll(body, marks), missing }
}

/** Keys that are the same for quotes, or for claims, that say the same words. */
async function keysOf(wanted: Wanted[]): Promise<Map<Wanted, string>> {
  const keys = new Map<Wanted, string>()
  for (const one of wanted) {
    await yieldIfDue()
    keys.set(one, `${one.to._type} ${wordsOf(one.text)}`)
  }
  return keys
}

/** Those that say the same words together; longer ones first: a quote within another leaves it its place. */
const groupByWords = (wanted: Wanted[], keys: Map<Wanted, string>): Wanted[][] =>
  [...Map.groupBy(wanted, (one) => keys.get(one)).values()].sort(
    (a, b) => b[0]!.text.length - a[0]!.text.length
  )

/** Anchors what was anchored nowhere. */
async function anchorNew(now: Side, group: Wanted[], ordered: boolean) {
  const type = group[0]!.to._type
  const all = await candidates(now, group)
  const open = free(now, type, all)
  const apart = uncovered(now, type, open)
  const fit = [open, apart, afterQuotationMark(now, apart)].find(({ length }) => length === group.length)
  const isCertain = ordered || group.length === 1
  const only = type === 'attribution' && all.length === 1 ? all : []
  for (const [i, one] of group.entries()) {
    const place = fit && isCertain ? fit[i] : only[0]
    if (place) anchorAt(now, one, place)
  }
}
