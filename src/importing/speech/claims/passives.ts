// Claims of passive verbs: "The plan was criticized by S", "Ada Keel was told by S that C".

import { cueOf } from '../grammar/cue.ts'
import { phraseAt } from '../grammar/phrases.ts'
import { isUnknownNoun, phraseBefore } from '../grammar/subjects.ts'
import { type Clause, textBetween } from '../grammar/tokens.ts'
import { isPassive, type Verb } from '../grammar/verbs.ts'
import { isStance, type SentenceClaim } from './bounds.ts'
import { contentEnd } from './ends.ts'

const opensContent = /^(?:that|whether|if|how|what|why)$/

/** What rests on the one whom "by" names behind a passive verb: the clause that follows, or what the verb is done to. */
export function passiveClaim(clause: Clause, verb: Verb, sentence: string): SentenceClaim | undefined {
  const { tokens } = clause
  if (tokens[verb.end]?.lower !== 'by' || !isPassive(clause, verb)) return undefined
  const agent = phraseAt(clause, verb.end + 1)
  if (!agent || agent.speaker.as === 'pronoun' || isUnknownNoun(agent.speaker)) return undefined
  const cue = {
    ...cueOf(agent.speaker, verb, clause),
    words: textBetween(clause, verb.at, agent.end)
  }
  const next = tokens[agent.end]
  if (next && opensContent.test(next.lower))
    return { cue, start: next.start, end: contentEnd(clause, verb, next.start, sentence) }
  const subject = isStance(verb) ? phraseBefore(clause, verb) : undefined
  if (!subject || subject.as === 'pronoun' || subject.words.split(/\s/).length < 2) return undefined
  const start = Math.max(0, sentence.lastIndexOf(subject.words, tokens[verb.at]!.start))
  return { cue, start, end: start + subject.words.length }
}
