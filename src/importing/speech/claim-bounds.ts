// The content of a claim: where, behind its verb, the words begin and end that somebody is said to have said.

import type { Cue } from './grammar/cue.ts'
import { isTime } from './grammar/names.ts'
import { phraseAt } from './grammar/phrases.ts'
import { subjectAfter, subjectBefore } from './grammar/subjects.ts'
import type { Clause, Token } from './grammar/tokens.ts'
import { isSpeaking, type Verb, verbsIn } from './grammar/verbs.ts'
import type { VerbClass } from './languages/language.ts'
import type { Lexicon } from './languages/lexicon.ts'

/** A claim within its sentence. */
export interface SentenceClaim {
  cue: Cue
  start: number
  end: number
}

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
  if (lexicon.language.tag === 'en') {
    // "vowed to go", "insists on a vote"
    if (token.lower === 'to' && intending.test(verb.text) && isBare(clause, at + 1)) return token.start
    if (/^(?:on|of|about|against)$/.test(token.lower) && warning.test(verb.text)) return tokens[at + 1]?.start
  }
  // "the board that she said was late", "whom she accused of it": what is said stands before.
  if (lexicon.language.tag === 'en' && lexicon.auxiliaries.has(token.lower)) return undefined
  if (isStance(verb) && lexicon.prepositions.has(token.lower) && token.lower !== 'to') return undefined
  if ((isSpeaking(verb) || mainClass(verb) === 'think') && !isStance(verb)) {
    if (!startsClause(clause, at, verb) || !hasVerb(clause, at, verb)) return undefined
  }
  return token.start
}

const intending =
  /^(?:vow|promis|pledg|swear|swore|offer|ask|demand|hope|hoping|hopes|expect|agree|threaten|request|propos)/
const warning = /^(?:warn|insist|complain|boast|brag|speculat)/

/** Whether a verb without an ending stands here: "to go", not "to the board". */
const isBare = ({ tokens, lexicon }: Clause, at: number) => {
  const token = tokens[at]
  return (
    token?.word === true &&
    !token.capital &&
    !lexicon.determiners.has(token.lower) &&
    !/(?:s|ed|ing)$/.test(token.lower)
  )
}

/** Whether the verb tells what somebody wants, refuses or thinks of something: "criticized the plan". */
export const isStance = ({ classes }: Verb) => classes.includes('stance')

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
  // A clause of its own may follow a noun: "posted a picture before the boats came".
  const end = tokens.findIndex(
    ({ text, lower }, i) =>
      i > at &&
      /^(?:[,;:]|as|when|while|because|before|after|until|since)$/.test(text === ',' ? text : lower || text)
  )
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

/** What stands behind a claim and is the reporter's own: "; ...", "— ...", ", which ...", ", compared with ...". */
const aside =
  /;|,\s(?:(?:even )?though|although|while|whereas|which|where|whose|whom?|compared|according|but (?:the|he|she|they|it|this|that|\p{Lu}\w+))\b/u

/** Where the claim ends: before the next cue of the sentence that stands beside it, and before what is said of it. */
export function contentEnd(clause: Clause, start: number, sentence: string) {
  const { tokens, lexicon } = clause
  const from = tokens.findIndex((token) => token.start >= start)
  const end = nextCue(clause, from) ?? sentence.length
  const content = sentence.slice(start, end)
  const ends = [lexicon.according.exec(content)?.index]
  if (lexicon.language.tag === 'en') {
    ends.push(aside.exec(content)?.index)
    // "While S says that A, B"
    if (opensSubordinate.test(tokens[0]!.lower)) ends.push(content.search(/,\s/))
  }
  const first = Math.min(...ends.flatMap((at) => (at !== undefined && at > 10 ? [at] : [])))
  return first < content.length ? trimmed(sentence, start + first) : trimmed(sentence, end)
}

const opensSubordinate = /^(?:while|although|though|if|when|since|because|after|before|as)$/

/** Where the next cue begins that shares the subject: ", adding that", "and has called for". */
function nextCue({ tokens, lexicon }: Clause, from: number): number | undefined {
  for (const verb of verbsIn(tokens, lexicon)) {
    if (verb.at <= from + 1) continue
    let at = verb.at
    while (
      at > from + 1 &&
      (lexicon.auxiliaries.has(tokens[at - 1]!.lower) || lexicon.adverbs.has(tokens[at - 1]!.lower))
    )
      at--
    const before = tokens[at - 1]!
    const beside = verb.participle ? before.text === ',' : /^(?:and|but)$/.test(before.lower)
    if (beside && (verb.participle || isSpeaking(verb) || at < verb.at)) return before.start
  }
  return undefined
}

/** The end of a claim without the comma or dash before what follows. */
export const trimmed = (sentence: string, end: number) =>
  sentence.slice(0, end).replace(/[\s,—–]{1,5}$/, '').length

/** Where a claim begins that ends within brackets: behind the one that is open. */
export function openBracket(sentence: string, end: number) {
  const open = sentence.lastIndexOf('(', end)
  return open >= 0 && !sentence.slice(open, end).includes(')') ? open + 1 : 0
}

/** "the questions of legality", "a ruling that": English nouns that look like verbs, by what stands before them. */
export const isNoun = ({ tokens, lexicon }: Clause, verb: Verb) =>
  lexicon.language.tag === 'en' &&
  ((/^(?:claims?|questions?|states?|emails?|mentions?|rules?|ruling|answers?|reports?|tweets?|comments?|posts?)$/.test(
    tokens[verb.at]!.lower
  ) &&
    /^(?:the|a|an|and|or|of|in|to|[a-z]*(?:ial|al|ive|ic|ous|ful|ish))$/.test(
      tokens[verb.at - 1]?.lower ?? ''
    )) ||
    // "have claims", "had reasons"
    (/s$/.test(tokens[verb.at]!.lower) && /^(?:has|have|had|having)$/.test(tokens[verb.at - 1]?.lower ?? '')))
