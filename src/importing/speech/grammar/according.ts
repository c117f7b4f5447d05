// "according to S": a speaker without a verb.

import type { Cue } from './cue.ts'
import { phraseAt } from './phrases.ts'
import { type Clause, type Phrase, textBetween } from './tokens.ts'

/** "according to S", at this token. */
export function accordingAt(clause: Clause, at: number): (Cue & { end: number }) | undefined {
  const { text, tokens, lexicon } = clause
  const from = tokens[at]?.start ?? text.length
  const found = lexicon.according.exec(text.slice(from, from + 60))
  if (found?.index !== 0) return undefined
  const first = tokens.findIndex(({ start }) => start >= from + found[0].length)
  // "one boat per every ten sailors"
  if (found[0].toLowerCase() === 'per' && /^(?:\d.*|every|each)$/.test(tokens[first]?.lower ?? ''))
    return undefined
  const phrase = first < 0 ? undefined : authored(clause, first)
  if (!phrase) return undefined
  return {
    speaker: phrase.speaker,
    relation: 'according',
    words: textBetween(clause, at, phrase.end),
    end: phrase.end
  }
}

/** "a survey by the Example Trust" is the trust's; "a new report" alone is nobody's. */
function authored(clause: Clause, at: number): Phrase | undefined {
  const { tokens } = clause
  const phrase = phraseAt(clause, at)
  const isThing = phrase?.speaker.as === 'group' && phrase.speaker.kind === 'document'
  if (!phrase || !isThing) return phrase
  const made = /(?:ed|written|made)$/.test(tokens[phrase.end]?.lower ?? '') ? phrase.end + 1 : phrase.end
  const by = /^(?:by|from|von|de|du|av|af|van|di)$/.test(tokens[made]?.lower ?? '')
  const author = by ? phraseAt(clause, made + 1) : undefined
  if (author && author.speaker.as !== 'unnamed') return author
  return /^(?:an?|another)$/.test(tokens[at]!.lower) ? undefined : phrase
}
