// Claims: sentences without quotation marks that rest on somebody.
import type { Range } from '../body/text.ts'
import { according, type Cue, cue, longest, subject, verbsIn } from './cues.ts'
import type { Paragraph } from './quotes.ts'
import { sentences } from './sentences.ts'

/** A claim, where it stands, and the cue that says on whom it rests. */
export interface FoundClaim {
  range: Range
  cue: Cue
}

/** A claim within its sentence. */
interface Claimed {
  cue: Cue
  start: number
  end: number
}

/** Every claim of these paragraphs that stands in a sentence of its own. `taken` are the places of quotes. */
export function claimsIn(paragraphs: Paragraph[], taken: Range[]): FoundClaim[] {
  const quoted = Map.groupBy(taken, ({ block }) => block)
  return paragraphs.flatMap(({ block, text }) =>
    sentences(text)
      .filter(({ start, end }) => !quoted.get(block)?.some((range) => range.start < end && range.end > start))
      .flatMap(({ start, end }) => claimIn(text.slice(start, end), { block, start, end }) ?? [])
  )
}

function claimIn(sentence: string, { block, start }: Range): FoundClaim | undefined {
  const found = accordingAfter(sentence) ?? accordingFirst(sentence) ?? reported(sentence)
  const words = found && sentence.slice(found.start, found.end)
  if (!words || words.length > 5000 || !/\p{L}/u.test(words)) return undefined
  return { range: { block, start: start + found.start, end: start + found.end }, cue: found.cue }
}

/** "CLAIM, according to S" */
function accordingAfter(sentence: string): Claimed | undefined {
  const at = sentence.search(/\baccording to\s/i)
  const claim = sentence.slice(0, Math.max(at, 0)).replace(/[\s,—–]{1,5}$/, '')
  const found = claim === '' ? undefined : according(sentence.slice(at, at + longest))
  return found && { cue: found, start: 0, end: claim.length }
}

/** "According to S, CLAIM". What follows a name may be its role, unless nothing follows that. */
function accordingFirst(sentence: string): Claimed | undefined {
  const begin = sentence.slice(0, longest)
  for (const words of [begin, begin.split(',')[0]!]) {
    const found = according(words)
    const [comma] = /^\s*,\s*/.exec(sentence.slice(found?.words.length)) ?? []
    const start = found && comma !== undefined ? found.words.length + comma.length : sentence.length
    if (found && start < sentence.length) return { cue: found, start, end: sentence.length }
  }
  return undefined
}

/** "S said that CLAIM", "S first reported on CLAIM" */
function reported(sentence: string): Claimed | undefined {
  const [first] = verbsIn(sentence.slice(0, longest))
  const speaker = first && subject(sentence.slice(0, first.start))
  if (!speaker) return undefined
  const found = cue(speaker, first, sentence)
  const joined = found.relation === 'first_reported' ? /^\s+(?:on\s+)?(?=\S)/ : /^[^,]{0,60}?\s(?=that\s)/
  const [words] = joined.exec(sentence.slice(first.end)) ?? []
  return words === undefined
    ? undefined
    : { cue: found, start: first.end + words.length, end: sentence.length }
}
