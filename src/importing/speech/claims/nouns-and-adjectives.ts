// Claims without a verb of saying: "S’s claim that C", "S made the case that C", "S is convinced that C", "S made it clear that C".

import type { Cue } from '../grammar/cue.ts'
import { phraseAt } from '../grammar/phrases.ts'
import type { Speaker } from '../grammar/speakers.ts'
import { isUnknownNoun, subjectBefore } from '../grammar/subjects.ts'
import { type Clause, clauseOf } from '../grammar/tokens.ts'
import { isHypothetical, type Verb } from '../grammar/verbs.ts'
import type { PronounForm } from '../languages/lexicon.ts'
import type { SentenceClaim } from './bounds.ts'
import { contentEnd } from './ends.ts'

/** Nouns of what is said or thought, that "that" may follow. */
const noun =
  /^(?:claims?|assertions?|statements?|arguments?|beliefs?|views?|contentions?|suggestions?|promises?|pledges?|vows?|warnings?|concerns?|fears?|worry|worries|hopes?|allegations?|accusations?|charges?|admissions?|insistence|conclusions?|findings?|predictions?|announcements?|declarations?|ideas?|notions?|complaints?|denials?|acknowledge?ments?|assurances?|remarks?|comments?|opinions?|convictions?|threats?|suspicions?|theory|theories|testimony|observations?|doubts?|expectations?|case|points?|positions?|criticisms?|reminders?|confidence|optimism|frustration|regrets?|disappointment|surprise)$/
/** Verbs that do no more than say whose words a noun is: "made the case", "expressed concern". */
const light =
  /^(?:express(?:es|ed)?|voic(?:es?|ed)|makes?|made|rais(?:es?|ed)|takes?|took|offer(?:s|ed)?|gives?|gave|holds?|held|shar(?:es?|ed)|ha(?:s|ve|d)|repeat(?:s|ed)?|reiterat(?:es?|ed)|issu(?:es?|ed))$/
/** What somebody is who thinks or feels something: "confident that". */
const adjective =
  /^(?:confident|convinced|certain|sure|aware|worried|concerned|afraid|hopeful|optimistic|pessimistic|doubtful|skeptical|sceptical|adamant|glad|happy|proud|pleased|sorry|surprised|disappointed|unconvinced|clear|grateful|relieved|alarmed|upset|annoyed|angry|frustrated|satisfied|mindful|unaware|emphatic)$/
const being =
  /^(?:is|are|was|were|been|am|remains?|remained|seems?|seemed|feels?|felt|becomes?|became|grew|sounds?|sounded)$/
const making = /^(?:makes?|made|making)$/
const possessives: Record<string, PronounForm> = { his: 'he', her: 'she', their: 'they', its: 'it' }

const subjectForms: Record<string, string> = { his: 'he', her: 'she', their: 'they', its: 'it' }

/** Whether the clause behind these words may be one that a noun or an adjective leads to. */
export const mayFollowNoun = (last: string, before: () => string) =>
  noun.test(last) || adjective.test(last) || (being.test(last) && noun.test(before()))

/** Every claim of an English clause that a noun or an adjective leads to. */
export function nominalClaims(clause: Clause, sentence: string): SentenceClaim[] {
  if (clause.lexicon.language.tag !== 'en') return []
  return clause.tokens.flatMap((_, at) => thatClause(clause, at, sentence) ?? [])
}

/** "S is convinced that C", "S made clear they C" */
function thatClause(clause: Clause, that: number, sentence: string): SentenceClaim | undefined {
  const { tokens, lexicon } = clause
  const { lower, start } = tokens[that]!
  const opens = lower === 'that' || (lexicon.pronouns.has(lower) && !noun.test(tokens[that - 1]?.lower ?? ''))
  const cue = opens && that > 1 ? cueBefore(clause, that) : undefined
  if (!cue) return undefined
  const end = contentEnd(clause, verbAt(clause, that - 1), start, sentence)
  return sentence.slice(start, end).split(/\s+/).length > 3 ? { cue, start, end } : undefined
}

/** The word of a cue that stands where a verb of saying would. */
const verbAt = ({ tokens }: Clause, at: number): Verb => ({
  at,
  end: at + 1,
  text: tokens[at]!.lower,
  classes: ['say'],
  participle: false,
  plural: false
})

function cueBefore(clause: Clause, that: number): Cue | undefined {
  const last = clause.tokens[that - 1]!.lower
  if (noun.test(last)) return byVerb(clause, that, light, 5) ?? byPossessor(clause, that)
  if (being.test(last) && noun.test(clause.tokens[that - 2]!.lower)) return byPossessor(clause, that - 1)
  if (last === 'clear' && byVerb(clause, that, making, 2)) return byVerb(clause, that, making, 2)
  return adjective.test(last) ? byVerb(clause, that, being, 3) : undefined
}

/** "S made the case", "S is convinced": the subject of a verb a few words before. */
function byVerb(clause: Clause, that: number, verbs: RegExp, reach: number): Cue | undefined {
  const { tokens } = clause
  const at = tokens.findLastIndex(
    ({ lower }, i) => i < that - 1 && i >= that - 1 - reach && verbs.test(lower)
  )
  if (at < 0 || tokens.slice(at, that).some(({ word }) => !word)) return undefined
  const verb = verbAt(clause, at)
  const speaker = isHypothetical(clause, verb) ? undefined : subjectBefore(clause, verb)
  const isIt = speaker?.as === 'pronoun' && speaker.form === 'it'
  const isInverted = tokens[at + 1]?.lower === 'it' && verbs === being
  return speaker && !isUnknownNoun(speaker) && !isIt && !isInverted
    ? cue(clause, speaker, at, that)
    : undefined
}

const cue = ({ text, tokens }: Clause, speaker: Speaker, at: number, that: number): Cue => ({
  speaker,
  relation: 'said',
  words: `${speaker.words.trim()} ${text.slice(tokens[at]!.start, tokens[that - 1]!.end)}`
})

/** "Ada Keel’s repeated claim", "her fear": the one whose claim it is. */
function byPossessor(clause: Clause, that: number): Cue | undefined {
  const { tokens, text } = clause
  for (let at = that - 2; at >= Math.max(0, that - 5); at--) {
    const { lower, text: word, word: isWord } = tokens[at]!
    const form = possessives[lower]
    if (form) return cue(clause, { as: 'pronoun', form, words: subjectForms[lower]! }, at + 1, that)
    if (/['’]s?$/.test(word)) {
      const speaker = named(clause, at)
      return speaker && cue({ ...clause, text }, speaker, at + 1, that)
    }
    if (!isWord || clause.lexicon.functional.has(lower)) return undefined
  }
  return undefined
}

/** The longest phrase that a possessive ends: "the captain’s". */
function named(clause: Clause, at: number): Speaker | undefined {
  const { tokens, text, lexicon } = clause
  const end = tokens[at]!.end - /['’]s?$/.exec(tokens[at]!.text)![0].length
  for (let from = Math.max(0, at - 6); from <= at; from++) {
    const own = clauseOf(text.slice(tokens[from]!.start, end), lexicon)
    const phrase = phraseAt(own, 0)
    const before = tokens[from - 1]
    const isWhole = phrase?.end === own.tokens.length && !before?.capital
    if (isWhole && !isUnknownNoun(phrase.speaker)) return phrase.speaker
  }
  return undefined
}
