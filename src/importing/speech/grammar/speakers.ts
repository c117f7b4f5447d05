// Who speaks, as the words of a page call them.
import type { PronounForm } from '../languages/lexicon.ts'

export type Kind = 'person' | 'organization' | 'document'
export type Gender = 'he' | 'she'
export type Unnamed = { description: string; count?: number; reason?: string }

/** A speaker as the page calls them. */
export type Speaker = { words: string } & (
  | { as: 'name'; name: string; role?: string; kind?: Kind; gender?: Gender }
  | { as: 'group'; name: string; kind: 'organization' | 'document' }
  /** `unknown`: its noun is in no table, it may be no speaker at all. */
  | { as: 'unnamed'; unnamed: Unnamed; unknown?: true }
  | { as: 'pronoun'; form: PronounForm | 'dropped' }
)

/** Why a source is not named: "spoke on condition of anonymity because ...", "was not authorized to speak". */
const anonymityReason = String.raw`(?:(?:is|are|was|were) not authori[sz]ed\b|(?:ask|request|declin|refus)(?:ed|ing) (?:not to be|to be|anonymity)\b|(?:(?:spoke|speaking) )?on (?:the )?condition of anonymity\b)`
/** The reason after a speaker, with the words that go on with it up to the next comma or mark. */
const reason = new RegExp(String.raw`(?:,?\s+(?:who\s+)?)(${anonymityReason}[^,;.!?“”"—]{0,300})`, 'iu')
const reasonFirst = new RegExp(`^${reason.source}`, 'iu')

/** The reason these words begin with, and all the words that tell it. */
export function reasonAt(words: string): { reason: string; words: string } | undefined {
  const [found, why] = reasonFirst.exec(words) ?? []
  return found === undefined ? undefined : { reason: why!.trim(), words: found }
}

/** The speaker with the reason why they are not named, where it stands after the verb. */
export function withReason(speaker: Speaker, after: string): Speaker {
  const why = speaker.as === 'unnamed' && !speaker.unnamed.reason && reason.exec(after)?.[1]
  return why ? { ...speaker, unnamed: { ...speaker.unnamed, reason: why.trim() } } : speaker
}
