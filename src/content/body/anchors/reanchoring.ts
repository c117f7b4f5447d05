// Where anchors have gone when a body, or the words of a quote, were written anew.
import { keyOfAnchor } from './anchors.ts'
import { anchorAt, type Candidate, candidates, free, occupy, type Side, type Wanted } from './candidates.ts'
import { contextOf, matchPlaces, uniqueInBoth } from './context.ts'
import { areSame, type Extent, overlap } from './places.ts'

const oldPlace = (before: Side, { to }: Wanted) => before.anchors.get(keyOfAnchor(to))!

/** What two bodies begin and end alike with: how many tokens. */
interface CommonEnds {
  prefix: number
  suffix: number
}

/** Anchors each group of the same words at what has become of its places. */
export async function reanchorGroups(now: Side, before: Side, groups: Wanted[][]) {
  const alike = commonEnds(before, now)
  const same = alike.prefix === Math.max(before.tokens.words.length, now.tokens.words.length)
  // How many places may be compared with how many: more than any story needs.
  let comparisons = 10_000
  const landmarks = same ? new Set<string>() : uniqueInBoth(before.tokens, now.tokens)
  for (const group of groups) {
    if (same) keepPlace(now, before, group)
    else {
      const old = await placesOf(before, group)
      const open = await candidates(now, group)
      comparisons -= old.length * open.length
      if (comparisons >= 0) move({ now, before, alike, landmarks }, group, { old, now: open })
    }
  }
}

/** Leaves anchors where they stood, if nothing else is anchored there now. */
function keepPlace(now: Side, before: Side, group: Wanted[]) {
  const others = [...now.anchors].filter(([name, { extent }]) => {
    const was = before.anchors.get(name)
    return !was || !areSame(was.extent, extent)
  })
  for (const one of group) {
    const { place, extent } = oldPlace(before, one)
    const type = `${one.to._type} `
    const isTaken = others.some(([name, other]) => name.startsWith(type) && areSame(other.extent, extent))
    if (!isTaken) occupy(now, one.to, place)
  }
}

function commonEnds({ tokens: { words } }: Side, { tokens: { words: now } }: Side): CommonEnds {
  let [prefix, suffix] = [0, 0]
  while (prefix < words.length && words[prefix] === now[prefix]) prefix++
  while (suffix < words.length && suffix < now.length && words.at(-1 - suffix) === now.at(-1 - suffix))
    suffix++
  return { prefix, suffix }
}

/** The old places of these words, whoever's they are, and of what is anchored with other words by now. */
async function placesOf(before: Side, group: Wanted[]): Promise<Extent[]> {
  const own = group.map((one) => oldPlace(before, one).extent)
  const all = (await candidates(before, group)).map(({ extent }) => extent)
  return [
    ...all,
    ...own.filter((one, i) => !all.concat(own.slice(0, i)).some((other) => areSame(one, other)))
  ]
}

/** Those of the old places whose anchors the new body has not by their ids. */
function unresolved(now: Side, before: Side, places: Extent[]): Extent[] {
  const settled = [...before.anchors].flatMap(([name, { extent }]) => (now.anchors.has(name) ? extent : []))
  return places.filter((one) => !settled.some((other) => areSame(one, other)))
}

interface Change {
  now: Side
  before: Side
  alike: CommonEnds
  landmarks: Set<string>
}

/** Anchors what stood at an old place at the free one that this has become. */
function move(
  { now, before, alike, landmarks }: Change,
  group: Wanted[],
  all: { old: Extent[]; now: Candidate[] }
) {
  const longer = now.tokens.words.length - before.tokens.words.length
  const last = before.tokens.words.length - alike.suffix
  const old = unresolved(now, before, all.old)
  const open = free(now, group[0]!.to._type, all.now)
  const found = matchPlaces({
    old: old.map((extent) => contextOf(before.tokens, extent, landmarks)),
    now: open.map(({ extent }) => contextOf(now.tokens, extent, landmarks)),
    alone: all.old.length === 1 && all.now.length === 1,
    stays(was, is) {
      const [from, to] = [old[was]!, open[is]!.extent]
      const isFront = from.end <= alike.prefix && from.start === to.start
      return isFront || (from.start >= last && from.start + longer === to.start)
    }
  })
  for (const { was, is } of found) {
    for (const one of group) {
      if (areSame(oldPlace(before, one).extent, old[was]!)) anchorAt(now, one, open[is]!)
    }
  }
}

/** Anchors the one that has other words now: at those that take the place of its old ones, else as in another body. */
export async function reanchorReworded(now: Side, before: Side, one: Wanted) {
  const { extent } = oldPlace(before, one)
  const all = await candidates(now, [one])
  const open = one.to._type === 'attribution' && all.length === 1 ? all : free(now, one.to._type, all)
  const here = open.filter((other) => overlap(other.extent, extent))
  const choice = here.length > 0 ? here : open
  const none = new Set<string>()
  const [pair] = matchPlaces({
    old: [contextOf(before.tokens, extent, none)],
    now: choice.map((other) => contextOf(now.tokens, other.extent, none)),
    alone: all.length === 1 || here.length === 1,
    stays: () => false
  })
  if (pair) anchorAt(now, one, choice[pair.is]!)
}
