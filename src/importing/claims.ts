// Claims: sentences without quotation marks that rest on somebody.
import type { Range } from '../body/text.ts'
import { type Cue, cueAccording, cueOfClaim } from './cues.ts'
import type { Paragraph } from './quotes.ts'
import { sentences } from './sentences.ts'

/** A claim, the cue it was read from, and where both stand. */
export interface FoundClaim {
  range: Range
  cue: Cue
}

/** Every claim of these paragraphs that stands in a sentence of its own. `taken` are the places of quotes. */
export function claimsIn(paragraphs: Paragraph[], taken: Range[]): FoundClaim[] {
  return paragraphs.flatMap(({ block, text }) => {
    const quoted = taken.filter((range) => range.block === block)
    return sentences(text)
      .filter(({ start, end }) => !quoted.some((range) => range.start < end && range.end > start))
      .flatMap(({ start, end }) => claimIn(text.slice(start, end), { block, start, end }) ?? [])
  })
}

function claimIn(sentence: string, { block, start }: Range): FoundClaim | undefined {
  const found = cueAccording(sentence) ?? cueOfClaim(sentence)
  if (!found) return undefined
  const range = { block, start: start + found.start, end: start + found.end }
  return range.end - range.start <= 5000 ? { range, cue: found.cue } : undefined
}
