// The places to choose from where it is not certain which words a quote or a claim means.
import type { Body } from '../schema.ts'
import { anchorsIn, keyOfAnchor } from './anchors.ts'
import { candidates, free, sideOf, type Wanted } from './candidates.ts'
import type { Extent } from './places.ts'
import type { Tokens } from './tokens.ts'

/** A place that may be meant, with some of the words around it. */
export interface CandidatePlace {
  pointer: string
  words: string
}

/** The free places of what is anchored nowhere although its words stand in the body, by the name of its anchor. */
export async function ambiguousPlaces(body: Body, wanted: Wanted[]): Promise<Map<string, CandidatePlace[]>> {
  const there = anchorsIn(body)
  const open = wanted.filter(({ to }) => !there.has(keyOfAnchor(to)))
  const found = new Map<string, CandidatePlace[]>()
  if (open.length === 0) return found
  const side = await sideOf(body, open, there)
  for (const one of open) {
    const places = free(side, one.to._type, await candidates(side, [one]))
    if (places.length === 0) continue
    found.set(
      keyOfAnchor(one.to),
      places.map(({ extent }) => choice(side.tokens, extent))
    )
  }
  return found
}

/** How many tokens are shown on either side of a place, and how much of what stands there. */
const around = 8
const shown = 60

function choice({ texts, pointers, blocks, starts, ends }: Tokens, { start, end }: Extent): CandidatePlace {
  const block = blocks[start]!
  const text = texts[block]!
  let [from, last] = [start, start]
  while (blocks[from - 1] === block && start - from < around) from--
  while (blocks[last + 1] === block && last + 1 < end + around) last++
  const own = text.slice(starts[start]!, ends[Math.min(last, end - 1)]!)
  const words =
    text.slice(starts[from]!, starts[start]!) + (own.length > shown ? `${own.slice(0, shown)}…` : own)
  return { pointer: pointers[block]!, words: words + text.slice(ends[Math.min(last, end - 1)]!, ends[last]!) }
}
