// Evidence: from which words, and by which rule, a record was read off a page, and how sure that is.
import { truncate } from '../../content/body/pieces.ts'
import type { FoundClaim } from '../speech/claims/find.ts'
import type { FoundQuote } from '../speech/found-quotes.ts'
import type { Cue } from '../speech/grammar/cue.ts'
import type { Confidence, Rule } from './kinds.ts'

export interface Evidence {
  kind: 'quote' | 'claim' | 'source' | 'credit'
  /** The local key of the record in its story; of a credit, that of its picture. */
  key: string
  readFrom: string
  rule: Rule
  confidence: Confidence
}

/** The rule by which the speaker of a quote was found. */
export function ruleOfQuote({ display, carried, cue }: FoundQuote): Rule {
  if (carried) return 'speaker-carried'
  if (display === 'block') return 'block-quote'
  if (cue.relation === 'according') return 'according-to'
  return 'joint' in cue ? 'cue-before' : 'cue-after'
}

/** The rule by which a claim was found. */
export const ruleOfClaim = ({ cue }: FoundClaim): Rule =>
  cue.relation === 'according' ? 'according-to' : 'reported-speech'

/** The rule by which a source was found: as the last of its chain, or as the outlet that was told. */
export function ruleOfSource(cue: Cue, isOrigin: boolean): Rule {
  if (!isOrigin) return 'outlet-told'
  return cue.speaker.as === 'group' ? 'described-speaker' : 'named-speaker'
}

/** What the warnings of these codes leave of certainty. */
const confidenceByWarning: Record<string, Confidence> = {
  'pronoun-resolved': 'low',
  'source-not-named': 'low',
  'speaker-unknown': 'low',
  'speaker-carried-over': 'medium',
  'name-resolved': 'medium',
  'role-guessed': 'medium',
  'kind-guessed': 'medium'
}

/** How sure a reading is, of which these warnings tell. */
export function confidenceOf(codes: Iterable<string>): Confidence {
  const found = [...codes].map((code) => confidenceByWarning[code])
  if (found.includes('low')) return 'low'
  return found.includes('medium') ? 'medium' : 'high'
}

/** The words of a cue, as long as they are shown. */
export const excerpt = (words: string) => truncate(words.trim(), 300)
