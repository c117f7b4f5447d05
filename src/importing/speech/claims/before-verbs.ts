// Claims that stand before their verb, or around it: "CLAIM, S said", "CLAIM, said S", "Still, S said, CLAIM".

import { cueOf } from '../grammar/cue.ts'
import { isTime } from '../grammar/names.ts'
import { phraseAt } from '../grammar/phrases.ts'
import { isUnknownNoun, subjectAfter, subjectBefore, upTo } from '../grammar/subjects.ts'
import type { Clause } from '../grammar/tokens.ts'
import { isHypothetical, isSpeaking, type Verb } from '../grammar/verbs.ts'
import { isNoun, mainClass, openBracket, type SentenceClaim } from './bounds.ts'
import { trimmed } from './ends.ts'

/** "CLAIM, S said", "CLAIM, said S" */
export function claimBeforeVerb(clause: Clause, verb: Verb, sentence: string): SentenceClaim | undefined {
  const { tokens } = clause
  if (!isSpeaking(verb) && !isThinking.test(verb.text)) return undefined
  if (mainClass(verb) === 'stance' || verb.participle || isHypothetical(clause, verb)) return undefined
  if (isNoun(clause, verb)) return undefined
  const announced = asSaid(clause, verb, sentence)
  if (announced) return announced
  for (let comma = verb.at - 1; comma > 0; comma--) {
    if (tokens[comma]!.text !== ',') continue
    const inverted = isAuxiliaryOnly(clause, comma + 1, verb.at)
    const speaker = inverted ? inversion(clause, comma + 1, verb) : subjectAt(clause, comma + 1, verb)
    if (!speaker || isUnknownNoun(speaker) || (inverted && !invertible(clause, verb))) continue
    const after = tokens[verb.end]
    const cue = cueOf(speaker, verb, clause)
    if (isInserted(clause, comma, verb) && isUnquoted(sentence))
      return { cue, start: after!.end + 1, end: sentence.length }
    if (!isClause(clause, comma, sentence) || goesOn(clause, verb, inverted)) return undefined
    // "The dock, S said, was old": the longer part is the claim. "If it rains, S said, ...": what stands behind.
    const opens = clause.lexicon.language.tag === 'en' && introduces.test(tokens[0]!.lower)
    const next = opens ? tokens.findIndex(({ text }, i) => i >= verb.end && text === ',') : -1
    const end = trimmed(sentence, tokens[comma]!.start)
    const first = { cue, start: openBracket(sentence, end), end }
    if (next > 0 && next === verb.end && tokens.length - next > 4 && !isTimeOnly.test(tokens[0]!.lower))
      return { ...first, rest: { start: tokens[next]!.end + 1, end: sentence.length } }
    if (next > 0 && tokens.length - next > 4)
      return { cue, start: tokens[next]!.end + 1, end: sentence.length }
    if (after?.text === ',' && goesOnAfter(clause, verb.end))
      return { ...first, rest: { start: after.end + 1, end: sentence.length } }
    if (after?.text === ',' && sentence.length - after.end > tokens[comma]!.start)
      return { cue, start: after.end + 1, end: sentence.length }
    return first
  }
  return undefined
}

/** "CLAIM, S believes": what somebody thinks may stand before its verb as what they say does. */
const isThinking = /^(?:believe[sd]?|thinks?|thought|fears?|feared)$/

/** "As S said, CLAIM" */
function asSaid(clause: Clause, verb: Verb, sentence: string): SentenceClaim | undefined {
  const { tokens, lexicon } = clause
  const isAs = lexicon.language.tag === 'en' && tokens[0]!.lower === 'as' && tokens[verb.end]?.text === ','
  const speaker = isAs && isUnquoted(sentence) ? subjectAt(clause, 1, verb) : undefined
  if (!speaker || isUnknownNoun(speaker) || tokens.length - verb.end < 4) return undefined
  return { cue: cueOf(speaker, verb, clause), start: tokens[verb.end + 1]!.start, end: sentence.length }
}

/** "Before the vote," tells when something was said. */
const isTimeOnly = /^(?:after|before|during|besides|earlier)$/

/** "The dock, S said, was old": the clause before has no end of its own, and goes on behind the cue with its verb. */
function goesOnAfter({ tokens, lexicon }: Clause, comma: number) {
  const next = tokens[comma + 1]
  return (
    lexicon.language.tag === 'en' &&
    next !== undefined &&
    tokens.length - comma > 3 &&
    (lexicon.auxiliaries.has(next.lower) ||
      lexicon.unreal.has(next.lower) ||
      /^(?:that|and|but|so)$/.test(next.lower))
  )
}

/** How a clause begins that another follows: "If it rains, ...". */
const introduces =
  /^(?:if|when|as|while|although|though|because|since|after|before|during|unlike|besides|earlier|despite)$/

/** English verbs that stand before their subject behind what was said: "..., said S". Others have an object there. */
const invertible = ({ lexicon }: Clause, { text }: Verb) =>
  lexicon.language.tag !== 'en' ||
  /^(?:sa(?:ys?|id)|wr[io]te?s?|adds?|added|not(?:es|ed)|argue[sd]|explain(?:s|ed)|warn(?:s|ed)|conceded|acknowledged|insist(?:s|ed)|announced|declared|tweeted|predicted|recalled)$/.test(
    text
  )

const isUnquoted = (sentence: string) => !/["“”„«»]|''/.test(sentence)

/** "Still, S said, the dock was old" */
const isInserted = ({ tokens, lexicon }: Clause, comma: number, verb: Verb) =>
  lexicon.language.tag === 'en' &&
  comma <= 3 &&
  verb.at > comma + 1 &&
  tokens[verb.end]?.text === ',' &&
  tokens.length - verb.end > 5

/** "say they feel that way", "he called for a vote": the words behind the cue go on, so they are no cue behind a claim. */
function goesOn(clause: Clause, verb: Verb, inverted: boolean) {
  const { tokens, lexicon } = clause
  if (lexicon.language.tag !== 'en') return false
  const next = tokens[inverted ? (subjectAfter(clause, verb)?.end ?? tokens.length) : verb.end]
  if (inverted)
    return next !== undefined && (lexicon.auxiliaries.has(next.lower) || lexicon.verbs.has(next.lower))
  if (!next?.word) return false
  // "S continued to say"
  const object = tokens[verb.end + 1]
  if (next.lower === 'to' && object && !object.capital && !lexicon.determiners.has(object.lower)) return true
  const isAside = lexicon.prepositions.has(next.lower) && next.lower !== 'for'
  return !isAside && !lexicon.adverbs.has(next.lower) && !isTime(next.text) && !isAddressed(clause, verb)
}

/** "told reporters", not "told a joke": somebody stands behind a verb of telling. */
const isAddressed = (clause: Clause, verb: Verb) => {
  const phrase = mainClass(verb) === 'tell' ? phraseAt(clause, verb.end) : undefined
  return phrase !== undefined && !isUnknownNoun(phrase.speaker)
}

/** Whether the words before a comma can be a claim: neither "On Monday," nor the end of a quote. */
const isClause = ({ tokens }: Clause, comma: number, sentence: string) =>
  comma > 2 &&
  isUnquoted(sentence) &&
  (comma > 5 ||
    !/^(?:in|on|at|for|with|by|from|after|before|during|as|though|but|when|am|im|nach|bei)$/.test(
      tokens[0]!.lower
    ))

const isAuxiliaryOnly = ({ tokens, lexicon }: Clause, from: number, to: number) =>
  tokens.slice(from, to).every(({ lower }) => lexicon.auxiliaries.has(lower) || lexicon.pronouns.has(lower))

function inversion(clause: Clause, from: number, verb: Verb) {
  const clitic = verb.at > from ? phraseAt(upTo(clause, verb.at), verb.at - 1)?.speaker : undefined
  return clitic?.as === 'pronoun' ? clitic : subjectAfter(clause, verb)?.speaker
}

/** "by Ada Keel, who added": what stands before belongs to another clause. */
const isRelative = ({ tokens, lexicon }: Clause, verb: Verb) =>
  lexicon.language.tag === 'en' && lexicon.relatives.has(tokens[verb.at - 1]!.lower)

function subjectAt(clause: Clause, from: number, verb: Verb) {
  const phrase = phraseAt(upTo(clause, verb.at), from)
  return phrase && !isRelative(clause, verb) && subjectBefore(clause, verb, from)
}
