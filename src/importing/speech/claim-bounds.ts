// The content of a claim: where, behind its verb, the words begin and end that somebody is said to have said.

import { isTime } from './grammar/names.ts'
import { phraseAt } from './grammar/phrases.ts'
import { subjectAfter, subjectBefore } from './grammar/subjects.ts'
import type { Clause, Token } from './grammar/tokens.ts'
import { isSpeaking, type Verb, verbsIn } from './grammar/verbs.ts'
import type { VerbClass } from './languages/language.ts'
import type { Lexicon } from './languages/lexicon.ts'

/** The class that a verb is of first of all. */
export const mainClass = (verb: Verb): VerbClass => verb.classes[0]!

/** Where the claim begins behind its verb: behind whom it told and when. Undefined when no claim follows. */
export function contentStart(clause: Clause, verb: Verb): number | undefined {
  const { tokens, lexicon } = clause
  let at = verb.end
  if (lexicon.language.verbSecond) {
    const subject = tokens[at]?.word ? subjectAfter(clause, verb) : undefined
    if (subject && !subjectBefore(clause, verb)) at = subject.end
    while (
      tokens[at]?.word &&
      !lexicon.complementizers.has(tokens[at]!.lower) &&
      at < verb.end + 8 &&
      lexicon.adverbs.has(tokens[at]!.lower)
    )
      at++
    // German and Dutch put a comma before any clause.
    const hasComma = tokens[at]?.text === ','
    if (!hasComma && /^(?:de|nl)$/.test(lexicon.language.tag)) return undefined
    if (hasComma) at++
    // In Scandinavia what stands behind a comma tells of the speaker, unless it is "that".
    const isThat = lexicon.complementizers.has(tokens[at]?.lower ?? '')
    if (hasComma && !isThat && /^(?:nb|sv|da)$/.test(lexicon.language.tag)) return undefined
  }
  if (mainClass(verb) === 'tell') at = phraseAt(clause, at)?.end ?? at
  const that = tokens.findIndex(
    ({ lower }, i) => i >= at && i < at + 14 && lexicon.complementizers.has(lower)
  )
  if (
    that >= at &&
    tokens.slice(at, that).every(({ text }) => !/^[,;:—]$/.test(text) || lexicon.language.tag !== 'en') &&
    isPlain(clause, at, that)
  )
    return tokens[that]!.start
  const token = tokens[at]
  if (!token?.word || mainClass(verb) === 'utter') return undefined
  if (isSpeaking(verb) || mainClass(verb) === 'think') {
    if (!startsClause(clause, at, verb) || !hasVerb(clause, at, verb)) return undefined
  }
  return token.start
}

/** Whether only when, where and to whom stands between a verb and its "that". */
const isPlain = ({ tokens, lexicon }: Clause, from: number, to: number) =>
  from === to ||
  (verbsIn(tokens.slice(from, to), lexicon).length === 0 &&
    (/^(?:warn|remind|advis|tell|told|assur|promis|inform)/.test(tokens[from - 1]?.lower ?? '') ||
      isAside(tokens[from]!, lexicon)))

/** Whether this word begins when or where something was said, not what. */
const isAside = (token: Token, { prepositions, adverbs }: Lexicon) =>
  !token.word ||
  prepositions.has(token.lower) ||
  adverbs.has(token.lower) ||
  isTime(token.text) ||
  /^(?:last|this)$/.test(token.lower)

/** Whether a clause with its own subject may begin here: "said the dock was full", not "said on Friday". */
function startsClause({ tokens, lexicon }: Clause, at: number, verb: Verb) {
  const token = tokens[at]!
  if (
    lexicon.prepositions.has(token.lower) ||
    lexicon.adverbs.has(token.lower) ||
    isTime(token.text) ||
    (/^(?:earlier|late|last|this|next|after|before|afterward|up|down|out|off)$/.test(token.lower) &&
      tokens[at + 1]?.word !== false &&
      mainClass(verb) !== 'say')
  )
    return false
  return lexicon.language.tag === 'en' || lexicon.language.verbSecond === true || !token.word
}

/** Whether the words from here to the next comma have a verb: "wrote the dock was old", not "wrote a book". */
function hasVerb({ tokens, lexicon }: Clause, at: number, { text }: Verb) {
  if (lexicon.language.tag !== 'en') return true
  // What looks like the third person may be a plural: behind "say" it is taken for a verb.
  const finite = /^sa(?:y|ys|id)$/.test(text) ? /..(?:ed|[^aiousy]s)$/ : /..ed$/
  const end = tokens.findIndex(({ text }, i) => i > at && /^[,;:]$/.test(text))
  return tokens
    .slice(at, end < 0 ? undefined : end)
    .some(
      ({ lower }, i) =>
        lexicon.auxiliaries.has(lower) ||
        (lexicon.unreal.has(lower) && lower !== 'to') ||
        /n['’]t$|['’](?:s|re|ve|d|ll|m)$/.test(lower) ||
        (i > 0 && (lexicon.verbs.has(lower) || finite.test(lower)))
    )
}

/** Where the claim ends: before the next cue of the sentence that stands beside it. */
export function contentEnd({ tokens, lexicon }: Clause, start: number, sentence: string) {
  const from = tokens.findIndex((token) => token.start >= start)
  for (const verb of verbsIn(tokens, lexicon)) {
    const before = tokens[verb.at - 1]
    if (verb.at <= from + 1 || !before) continue
    const beside = verb.participle
      ? before.text === ','
      : /^(?:and|but)$/.test(before.lower) && isSpeaking(verb)
    if (beside)
      return trimmed(sentence, (before.text === ',' || before.word ? before : tokens[verb.at]!).start)
  }
  const according = lexicon.according.exec(sentence.slice(start))
  return according && according.index > 10 ? trimmed(sentence, start + according.index) : sentence.length
}

/** The end of a claim without the comma or dash before what follows. */
export const trimmed = (sentence: string, end: number) =>
  sentence.slice(0, end).replace(/[\s,—–]{1,5}$/, '').length
