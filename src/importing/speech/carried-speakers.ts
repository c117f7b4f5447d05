// Quotes without a cue of their own: their speaker is that of the words beside them.
import { type FoundQuote, quoteBy, type ReaderState } from './found-quotes.ts'
import { cueAfter } from './grammar/cues.ts'
import { speakerOfSentence } from './grammar/leads.ts'
import { clauseOf } from './grammar/tokens.ts'
import { isSpeaking, relationOf, verbsIn } from './grammar/verbs.ts'
import type { Lexicon } from './languages/lexicon.ts'
import { endsSentence, isTelling, isTitle, type Place, startsSentence } from './places.ts'
import { sentenceEnd } from './sentences.ts'

/** “...,” S said, adding, “...”: the subject of the cue before is that of this one. */
export function sharedSubject({ open, cued, lexicon }: ReaderState, place: Place): FoundQuote | undefined {
  const clause = clauseOf(place.before.slice(-200), lexicon)
  const verb = verbsIn(clause.tokens, lexicon).findLast(isSpeaking)
  const ownWords = verb && clause.tokens.slice(0, verb.at).filter(({ word }) => word)
  const isShared = ownWords?.every(
    ({ lower }) => lexicon.conjunctions.has(lower) || lexicon.adverbs.has(lower)
  )
  // “...,” said S, one of the “big four”: the verb is that of the cue, and S stands behind it.
  if (!open || !verb || verb.at > 2 || !isShared || (cued && verb.at === 0)) return undefined
  const relation = relationOf(verb, clause.tokens)
  const kind = startsSentence(place) && /[,:]\s*$/.test(place.before) ? 'direct' : 'mixed'
  if (kind === 'mixed' && isTitle(place)) return undefined
  return { ...quoteBy({ ...open.cue, relation }, kind), carried: open }
}

/** A quote whose speaker signs it in the next paragraph: “...” / — Ana Example */
export function signedBelow(
  { first, before, after, following }: Place,
  lexicon: Lexicon
): FoundQuote | undefined {
  if (
    !first ||
    before.trim() !== '' ||
    after.trim() !== '' ||
    !/^[—–―-]{1,2}\s*\p{Lu}/u.test(following ?? '')
  )
    return undefined
  const cue = cueAfter(following!, lexicon)
  return cue && quoteBy(cue, 'direct')
}

/** S said the plan was “a gift” that came “without a card.” “The plan,” S said, is “a gift.” */
export function fromSameSentence({ open }: ReaderState, place: Place): FoundQuote | undefined {
  if (!open || !isTelling(place) || sentenceEnd(place.before) !== place.before.length) return undefined
  return open.kind === 'mixed' ? open : { ...quoteBy(open.cue, 'mixed'), carried: open }
}

/** S rejected the plan. “A quote of some words.” Nobody else is named, and S spoke in the sentence before. */
export function fromSentenceBefore(
  { between, lexicon, last }: ReaderState,
  place: Place
): FoundQuote | undefined {
  const { first, before, previous, after, block } = place
  const isAlone = /^\s*$|^\s+\p{Lu}/u.test(after)
  const isWhole = startsSentence(place) && endsSentence(place) && isTelling(place)
  const isFirst = first && before.trim() === ''
  const text = isFirst ? (last?.block === block - 1 ? '' : (previous ?? '')) : between + before
  if (!isAlone || !isWhole || !/[.!?]\s*$/.test(text)) return undefined
  const cue = speakerOfSentence(text, lexicon)
  return cue && { ...quoteBy(cue, 'direct'), continued: true }
}

/** A paragraph that is a quote and nothing else, after a paragraph that has a speaker. */
export function fromParagraphBefore({ last, pending }: ReaderState, place: Place): FoundQuote | undefined {
  const { block, before, after, first, stretch } = place
  if (!last || last.block + pending.length !== block - 1 || !first) return undefined
  if (before.trim() !== '' || after.trim() !== '') return undefined
  // A mark left open has its cue in the next paragraph; a title is a heading.
  if (stretch.open || (isTitle(place) && !endsSentence(place))) return undefined
  if (last.quote.kind === 'direct') {
    if (!last.closes) last.quote.continued = true
    return last.quote
  }
  return { ...quoteBy(last.quote.cue, 'direct'), carried: last.quote }
}
