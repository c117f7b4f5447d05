// What stands around a verb: its adverbs, its auxiliaries, and when something was done.

import { isTime } from './names.ts'
import type { Clause } from './tokens.ts'
import { isSince, type Verb } from './verbs.ts'

const isAdverb = ({ lexicon }: Clause, lower: string) =>
  lexicon.adverbs.has(lower) ||
  lexicon.auxiliaries.has(lower) ||
  (lexicon.language.tag === 'en' && /..ly$/.test(lower))

/** Where the words before a verb end, without its auxiliaries and adverbs: "has recently". */
export function subjectEnd(clause: Clause, verb: number): number {
  let end = verb
  for (;;) {
    const last = clause.tokens[end - 1]
    if (last && (isAdverb(clause, last.lower) || isSince(clause.tokens, end - 1))) end--
    else {
      const time = last ? timeBefore(clause, end) : 0
      if (time === 0) return end
      end -= time
    }
  }
}

/** How many words before a place say when something was done, behind who did it: "Ada Keel on Monday said". */
function timeBefore({ tokens, lexicon }: Clause, end: number): number {
  if (lexicon.language.tag !== 'en' || end < 3) return 0
  const last = tokens[end - 1]!
  if (/^(?:him|her|it|them)sel(?:f|ves)$/.test(last.lower)) return 1
  const before = tokens[end - 2]!.lower
  const isPeriod = /^(?:last|this|earlier)$/.test(before) && period.test(last.lower)
  if (!isPeriod && !isTime(last.text)) return 0
  const count = isPeriod || /^(?:on|last|this|in)$/.test(before) ? 2 : 1
  // "a survey released last week": the time belongs to what was done to it.
  return /ed$/.test(tokens[end - count - 1]?.lower ?? '') ? 0 : count
}
const period =
  /^(?:day|week|month|year|spring|summer|fall|autumn|winter|morning|afternoon|evening|night|weekend|\w+day)$/

/** Whether something before a verb makes it report nothing: "might say", "did not say". */
export function isHypothetical({ tokens, lexicon }: Clause, verb: Verb): boolean {
  for (let i = verb.at - 1; i >= Math.max(0, verb.at - 4) && tokens[i]!.word; i--) {
    if (lexicon.unreal.has(tokens[i]!.lower) || /n['’]t$/.test(tokens[i]!.lower)) return true
    if (!isAdverb({ tokens, lexicon, text: '' }, tokens[i]!.lower)) return false
  }
  return false
}

const passive = /^(?:is|are|was|were|be|been|being|get|got|gets)$/

/** "was criticized": the subject is not who criticizes. */
export function isPassive({ tokens, lexicon }: Clause, verb: Verb): boolean {
  if (lexicon.language.tag !== 'en' || verb.participle) return false
  let at = verb.at - 1
  while (at > 0 && /..ly$/.test(tokens[at]!.lower)) at--
  return passive.test(tokens[at]?.lower ?? '')
}
