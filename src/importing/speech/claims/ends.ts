// Where a claim ends behind its verb: before the next cue, and before what the reporter adds.

import { phraseAt } from '../grammar/phrases.ts'
import { isUnknownNoun } from '../grammar/subjects.ts'
import type { Clause } from '../grammar/tokens.ts'
import { isSpeaking, type Verb, verbsIn } from '../grammar/verbs.ts'
import { hasPredicate, irregular, isClauseAt, isStance } from './bounds.ts'

/** Where what somebody wants or refuses ends: at a comma, or at when they did: "endorsed the plan last week". */
const phraseEnd =
  /,\s|\s(?:(?:earlier )?(?:last|this) (?:day|week|month|year|spring|summer|fall|autumn|winter|morning|evening|night|\p{Lu}\w+day)|(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today)\b/u

/** What stands behind a claim and is the reporter's own: "; ...", "— ...", ", which ...", ", compared with ...". */
const aside =
  /;|,\s(?:(?:even )?though|although|after|because|since|which|where|whose|whom?|compared|including that|according|but (?:the|he|she|they|it|this|that|\p{Lu}\w+))\b/u

/** Where the claim of this verb ends that begins here. */
export function contentEnd(clause: Clause, verb: Verb, start: number, sentence: string): number {
  const whole = sentenceEndOf(clause, verb, start, sentence)
  const isPhrase =
    (isStance(verb) && !isClauseAt(clause, start)) ||
    /\s(?:on|of|about|against) $/.test(sentence.slice(0, start)) ||
    /^to\s/.test(sentence.slice(start))
  const stop = isPhrase ? sentence.slice(start, whole).search(phraseEnd) : -1
  const coordinated = isPhrase ? nextDeed(clause, start, stop > 0 ? start + stop : whole) : undefined
  return coordinated ?? (stop > 0 ? start + stop : whole)
}

/** "denounced the board and rejected the plan", "and the board laughed": where another deed begins. */
function nextDeed({ tokens, lexicon }: Clause, start: number, end: number) {
  const and = tokens.findIndex(({ lower, start: at }, i) => {
    if (!/^(?:and|but)$/.test(lower) || at <= start || at >= end) return false
    const [next, second, third] = tokens.slice(i + 1, i + 4)
    const isDeed = (token: typeof next) =>
      token !== undefined &&
      (/..ed$/.test(token.lower) ||
        lexicon.auxiliaries.has(token.lower) ||
        (lexicon.verbs.has(token.lower) && /s$/.test(token.lower)))
    return (
      isDeed(next) ||
      (next?.capital && (isDeed(second) || isDeed(third))) ||
      lexicon.pronouns.has(next?.lower ?? '')
    )
  })
  return and < 0 ? undefined : tokens[and - 1]!.end
}

/** Where the words of a claim end: before the next cue of the sentence that stands beside it, and before what is said of it. */
function sentenceEndOf(clause: Clause, verb: Verb, start: number, sentence: string) {
  const { tokens, lexicon } = clause
  const from = tokens.findIndex((token) => token.start >= start)
  const end = nextCue(clause, from) ?? sentence.length
  const content = sentence.slice(start, end)
  const ends = [lexicon.according.exec(content)?.index]
  if (lexicon.language.tag === 'en') {
    ends.push(aside.exec(content)?.index, /\scompared (?:with|to)\s/.exec(content)?.index)
    // One dash sets off what the reporter adds; between two the sentence goes on.
    const dashes = [...content.matchAll(/\s(?:—|–|--|-)\s/gu)]
    if (dashes.length === 1) ends.push(dashes[0]!.index)
    // "(who said the dock is old) left": the bracket that closes what it stands in.
    ends.push(/(?<=^[^()]*)\)/.exec(content)?.index)
    const bracket = content.lastIndexOf('(')
    if (bracket > 0 && !content.slice(bracket).includes(')')) ends.push(bracket)
    // What is said of all of it: ", a delay that cost the town dear"
    ends.push(/,\s(?:an?|one of|the (?:first|latest|only|second))\s/.exec(content)?.index)
    // "While S says that A, B"
    const isOpening = verb.at === 0 && verb.participle
    if (isOpening || opensSubordinate.test(tokens[0]!.lower)) ends.push(content.search(/,\s/))
    if (isRelative(clause, verb)) ends.push(mainVerbBehind(clause, from, start))
  }
  const isTold = (at: number) => !isClauseAt(clause, start) || hasPredicate(clause, from, start + at)
  const first = Math.min(...ends.flatMap((at) => (at !== undefined && at > 10 && isTold(at) ? [at] : [])))
  return first < content.length ? trimmed(sentence, start + first) : trimmed(sentence, end)
}

/** "Ada Keel, who said the boat leaks, left": the clause of this verb tells of somebody between commas. */
function isRelative({ tokens, lexicon }: Clause, verb: Verb) {
  const who = tokens.findLastIndex(
    ({ lower }, i) => i < verb.at && i >= verb.at - 4 && /^(?:who|which)$/.test(lower)
  )
  return who > 0 && tokens[who - 1]!.text === ',' && lexicon.relatives.has(tokens[who]!.lower)
}

/** Where, from a place on, the comma stands that the verb of the main clause follows: ", left". */
function mainVerbBehind({ tokens, lexicon }: Clause, from: number, start: number) {
  const comma = tokens.findIndex(({ text }, i) => {
    const next = tokens[i + 1]
    if (text !== ',' || i <= from || !next?.word) return false
    return (
      lexicon.auxiliaries.has(next.lower) ||
      /..ed$/.test(next.lower) ||
      irregular.has(next.lower) ||
      (lexicon.verbs.has(next.lower) && !lexicon.participles.has(next.lower))
    )
  })
  return comma < 0 ? undefined : tokens[comma]!.start - start
}

const opensSubordinate = /^(?:while|although|though|if|when|since|because|after|before|as)$/

/** Where the next cue begins that shares the subject: ", adding that", "and has called for". */
function nextCue(clause: Clause, from: number): number | undefined {
  const { tokens, lexicon } = clause
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
    const own = ownSubject(clause, verb, from, at)
    if (own !== undefined) return own
  }
  return undefined
}

/** ", and S added that", ", S reported on Friday": where another cue begins, with a subject of its own. */
function ownSubject(clause: Clause, verb: Verb, from: number, at: number): number | undefined {
  const { tokens, lexicon } = clause
  if (lexicon.language.tag !== 'en' || verb.participle || !isSpeaking(verb)) return undefined
  for (let start = at - 1; start > Math.max(from + 2, at - 10); start--) {
    const before = tokens[start - 1]!
    const joins = /^(?:and|but)$/.test(before.lower) && tokens[start - 2]!.text === ','
    const trails = before.text === ',' && tokens.length - verb.end < 5
    if (!joins && !trails) continue
    const phrase = phraseAt(clause, start)
    if (phrase?.end === at && !isUnknownNoun(phrase.speaker)) return before.start
  }
  return undefined
}

/** The end of a claim without the comma or dash before what follows. */
export const trimmed = (sentence: string, end: number) =>
  sentence.slice(0, end).replace(/[\s,—–]{1,5}$/, '').length
