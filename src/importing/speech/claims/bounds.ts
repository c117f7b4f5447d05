// The content of a claim: where, behind its verb, the words begin and end that somebody is said to have said.

import type { Cue } from '../grammar/cue.ts'
import { isTime } from '../grammar/names.ts'
import { phraseAt } from '../grammar/phrases.ts'
import { subjectAfter, subjectBefore } from '../grammar/subjects.ts'
import type { Clause, Token } from '../grammar/tokens.ts'
import { isPeriodAt, isSpeaking, type Verb, verbsIn } from '../grammar/verbs.ts'
import type { VerbClass } from '../languages/language.ts'
import type { Lexicon } from '../languages/lexicon.ts'

/** A claim within its sentence. */
export interface SentenceClaim {
  cue: Cue
  start: number
  end: number
  /** The part behind a cue that stands within: "The dock, S said, was old". */
  rest?: { start: number; end: number }
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
  if (mainClass(verb) === 'tell') at = addresseeEnd(clause, at) ?? at
  else if (/^(?:ask|urg|implor|press)/.test(verb.text)) {
    const behind = addresseeEnd(clause, at) ?? at
    if (asked.test(tokens[behind]?.lower ?? '')) return tokens[behind]!.start
  }
  const that = tokens.findIndex(
    ({ lower }, i) => i >= at && i < at + 14 && lexicon.complementizers.has(lower)
  )
  if (that >= at && !isParted(clause, at, that) && isPlain(clause, verb, at, that)) return tokens[that]!.start
  const pronoun = isSpeaking(verb) ? pronounBehind(clause, at) : undefined
  if (pronoun !== undefined) return tokens[pronoun]!.start
  const token = tokens[at]
  if (!token?.word || mainClass(verb) === 'utter') return undefined
  if (lexicon.language.tag === 'en') {
    // "vowed to go", "insists on a vote"
    if (token.lower === 'to' && intending.test(verb.text) && isBare(clause, at + 1)) return token.start
    if (/^(?:on|of|about|against)$/.test(token.lower) && warning.test(verb.text)) return tokens[at + 1]?.start
  }
  // "promised on Monday to go"
  if (isStance(verb) && isTime(token.text) && tokens[at + 1]?.lower === 'to') return tokens[at + 1]!.start
  // "the board that she said was late", "whom she accused of it": what is said stands before.
  if (lexicon.language.tag === 'en' && lexicon.auxiliaries.has(token.lower)) return undefined
  if (isStance(verb) && lexicon.prepositions.has(token.lower) && !isInfinitive(clause, at)) return undefined
  if ((isSpeaking(verb) || mainClass(verb) === 'think') && !isStance(verb)) {
    if (!startsClause(clause, at, verb) || !hasVerb(clause, at, verb)) return undefined
  }
  return token.start
}

/** Where the words end that name who was told: "told police", "asked her". */
function addresseeEnd(clause: Clause, at: number) {
  const isObject = /^(?:me|us|him|her|them|you|it|himself|herself|themselves)$/.test(
    clause.tokens[at]?.lower ?? ''
  )
  return isObject && clause.lexicon.language.tag === 'en' ? at + 1 : phraseAt(clause, at)?.end
}
const asked = /^(?:to|if|whether|how|what|why|who|where|when|which)$/

/** Pasts of English verbs that do not end in "ed": the words before them are a clause. */
export const irregular = new Set(
  `came knew gave took got went won lost led met paid ran saw sent spent spoke stood told began became broke brought
  bought built chose drew drove fell felt found fought grew heard hid kept meant rose sold shot stole struck taught threw
  understood wore wrote left held made said thought sought ate sang swam flew froze hung rode sank shook slept sat woke`.split(
    /\s+/
  )
)

/** Whether a verb stands among the words up to a place: "that Ada Keel, who sails," has none of its own. */
export const hasPredicate = ({ tokens, lexicon }: Clause, from: number, end: number) =>
  tokens
    .slice(from + 1)
    .some(
      ({ lower, start }) =>
        start < end &&
        (lexicon.auxiliaries.has(lower) ||
          lexicon.unreal.has(lower) ||
          lexicon.verbs.has(lower) ||
          irregular.has(lower) ||
          /..(?:ed|[^aiousy]s)$|['’]/.test(lower))
    )

/** Whether what stands here is a clause of its own: "that it leaks", "they leak". */
export const isClauseAt = ({ tokens, lexicon }: Clause, start: number) => {
  const { lower } = tokens.find((token) => token.start >= start)!
  return lexicon.complementizers.has(lower) || lexicon.pronouns.has(lower)
}

/** "urging", "announcing": verbs of saying in the first place. */
export const isSpeakingParticiple = ({ classes }: Verb) => classes.some((one) => one !== 'stance')

const intending =
  /^(?:vow|promis|pledg|swear|swore|offer|ask|demand|hope|hoping|hopes|expect|agree|threaten|request|propos)/
const warning = /^(?:warn|insist|complain|boast|brag|speculat)/

/** "to go", not "to the board" */
const isInfinitive = (clause: Clause, at: number) =>
  clause.tokens[at]!.lower === 'to' &&
  (clause.lexicon.language.tag !== 'en' || clause.tokens[at + 1]?.word === false || isBare(clause, at + 1))

/** Whether a verb without an ending stands here: "to go", not "to the board". */
const isBare = ({ tokens, lexicon }: Clause, at: number) => {
  const token = tokens[at]
  return (
    token?.word === true &&
    !token.capital &&
    !lexicon.determiners.has(token.lower) &&
    !/(?:[^us]s|[^e]ed|[aeiouy].*ing)$/.test(token.lower)
  )
}

/** Whether the verb tells what somebody wants, refuses or thinks of something: "criticized the plan". */
export const isStance = ({ classes }: Verb) => classes.includes('stance')

/** Whether only when, where and to whom stands between a verb and its "that". */
const isPlain = ({ tokens, lexicon }: Clause, verb: Verb, from: number, to: number) =>
  from === to ||
  (verbsIn(tokens.slice(from, to), lexicon).length === 0 &&
    (/^(?:warn|remind|advis|tell|told|assur|promis|inform)/.test(verb.text) ||
      isAside(tokens[from]!, lexicon)))

/** Whether a mark keeps a verb and its "that" apart: not one of a pair of commas, "said in Upper Marl, North Coast, that". */
const isParted = ({ tokens, lexicon }: Clause, from: number, to: number) => {
  const marks = tokens.slice(from, to).filter(({ text }) => /^[,;:—]$/.test(text))
  if (lexicon.language.tag !== 'en' || marks.length === 0) return false
  return (
    tokens[to - 1]!.text !== ',' || marks.some(({ text }) => text !== ',') || !isAside(tokens[from]!, lexicon)
  )
}

/** "said for weeks he is", "explained after the race, she would": the pronoun of the clause behind when and where. */
function pronounBehind({ tokens, lexicon }: Clause, from: number) {
  const first = tokens[from]
  if (lexicon.language.tag !== 'en' || !first?.word || !isAside(first, lexicon)) return undefined
  const at = tokens.findIndex(
    ({ lower }, i) => i > from && /^(?:he|she|it|they)(?:['’](?:s|d|ll|re|ve))?$/.test(lower)
  )
  if (at < 0) return undefined
  const between = tokens.slice(from, at)
  const commas = between.filter(({ text }) => text === ',').length
  const next = tokens[at + 1]?.lower ?? ''
  const isClause =
    /['’]/.test(tokens[at]!.text) ||
    lexicon.auxiliaries.has(next) ||
    lexicon.unreal.has(next) ||
    lexicon.verbs.has(next) ||
    next === ','
  const isNear = at > from && at - from < 9
  const isOpen =
    between.every(({ word, text }) => word || text === ',') && (commas === 0 || tokens[at - 1]!.text === ',')
  const isOther = between.some(({ lower }) => /^(?:that|which|who|when|while|as|if|because)$/.test(lower))
  return isNear && isClause && isOpen && commas < 2 && !isOther ? at : undefined
}

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
    (mainClass(verb) !== 'say' && (/^(?:late|up|down|out|off)$/.test(token.lower) || isPeriodAt(tokens, at)))
  )
    return false
  return lexicon.language.tag === 'en' || lexicon.language.verbSecond === true || !token.word
}

/** Whether the words from here to the next comma have a verb: "wrote the dock was old", not "wrote a book". */
function hasVerb({ tokens, lexicon }: Clause, at: number, { text }: Verb) {
  if (lexicon.language.tag !== 'en') return true
  // What looks like a verb may be a noun: behind "say" alone it is taken for a verb.
  const isSaying = /^sa(?:y|ys|id|ying)$/.test(text)
  const finite = isSaying ? /..(?:ed|[^aiousy]s)$/ : /.[^e]ed$|^agreed$/
  // A clause of its own may follow a noun: "posted a picture before the boats came".
  const end = tokens.findIndex(
    ({ text, lower }, i) =>
      i > at &&
      (/^[;:]$/.test(text) ||
        (!isSaying && /^(?:,|as|when|while|because|before|after|until|since)$/.test(lower)) ||
        (!isSaying && /^(?:that|who|which|whether|how|what|where)$/.test(lower)))
  )
  return tokens
    .slice(at, end < 0 ? undefined : end)
    .some(
      ({ lower }, i) =>
        lexicon.auxiliaries.has(lower) ||
        (lexicon.unreal.has(lower) && lower !== 'to') ||
        /n['’]t$|['’](?:re|ve|d|ll|m)$|^(?:s?he|it|that|there|here|what|who)['’]s$/.test(lower) ||
        (i > 0 && ((isSaying && lexicon.verbs.has(lower)) || finite.test(lower) || irregular.has(lower)))
    )
}

/** Where a claim begins that ends within brackets: behind the one that is open. */
export function openBracket(sentence: string, end: number) {
  const open = sentence.lastIndexOf('(', end)
  return open >= 0 && !sentence.slice(open, end).includes(')') ? open + 1 : 0
}

/** English forms of verbs that are nouns as often. */
export const nounForm =
  /^(?:claims?|questions?|states?|labels?|emails?|mentions?|rules?|ruling|answers?|reports?|tweets?|comments?|posts?|remarks?|notes?|calls?|demands?|promises?|pledges?|texts?|blogs?|charges?|plans?|votes?|reason|stresses|fears?|hopes?|doubts?|counters?|quotes?|boasts?|attacks?|offers?|proposes?|support)$/

/** "the questions of legality", "a ruling that": English nouns that look like verbs, by what stands before them. */
export const isNoun = ({ tokens, lexicon }: Clause, verb: Verb) =>
  lexicon.language.tag === 'en' &&
  ((nounForm.test(tokens[verb.at]!.lower) &&
    /^(?:the|a|an|and|or|of|in|to|[\d,.]+|[a-z]*(?:ial|al|ive|ic|ous|ful|ish|ing))$/.test(
      tokens[verb.at - 1]?.lower ?? ''
    )) ||
    // "have claims", "had reasons"
    (/s$/.test(tokens[verb.at]!.lower) && /^(?:has|have|had|having)$/.test(tokens[verb.at - 1]?.lower ?? '')))
