// Subjects: who does what a verb says, read from the words before it or right behind it.

import type { Lexicon } from '../languages/lexicon.ts'
import { withName } from './appositions.ts'
import { isTime } from './names.ts'
import { phraseAt } from './phrases.ts'
import type { Speaker } from './speakers.ts'
import { type Clause, isGerund, type Phrase, type Token } from './tokens.ts'
import { isPassive, subjectEnd, type Verb, verbAt } from './verbs.ts'

const opens = /^[,;:—–()“”"«»„-]$/
/** The clause up to a token. */
export const upTo = (clause: Clause, end: number): Clause => ({
  ...clause,
  tokens: clause.tokens.slice(0, end)
})

/** Whether these are several people, as the verb "say" wants it. */
const isPlural = (speaker: Speaker) =>
  speaker.as === 'pronoun'
    ? speaker.form === 'they'
    : speaker.as === 'unnamed'
      ? speaker.unnamed.count !== 1 || /\d/.test(speaker.words)
      : /s$|police|people|data|media/i.test(speaker.name)

/** The subject that stands before a verb, as a phrase and nothing else. */
export function subjectBefore(clause: Clause, verb: Verb, from = 0): Speaker | undefined {
  const speaker = isPassive(clause, verb) ? undefined : anySubjectBefore(clause, verb, from)
  return wantsSeveral(clause, verb) && speaker && !isPlural(speaker) ? undefined : speaker
}

/** "they say", not "he did say": a form that only several people go with. */
const wantsSeveral = ({ tokens }: Clause, verb: Verb) =>
  verb.plural && !/^(?:do|does|did)$/.test(tokens[verb.at - 1]?.lower ?? '')

/** The phrase that stands before a verb, whether it does what the verb says or that is done to it. */
export const phraseBefore = (clause: Clause, verb: Verb) => anySubjectBefore(clause, verb, 0)

function anySubjectBefore(clause: Clause, verb: Verb, from: number): Speaker | undefined {
  const end = subjectEnd(clause, verb.at)
  const before = upTo(clause, end)
  if (verb.participle)
    return attendant(before, end, from) ?? peopleBefore(before, end, from) ?? mainSubject(before, from)
  if (isJoined(clause, end)) return mainSubject(before, from)
  for (const start of starts(before, from)) {
    const phrase = phraseAt(before, start)
    if (phrase && !isOblique(before, start) && isWhole(before, phrase.end, phrase))
      return isFirstPerson(phrase) ? undefined : withName(before, phrase).speaker
    if (clause.lexicon.relatives.has(before.tokens[start]!.lower) && start === end - 1) {
      // Behind a mark or a conjunction: "Ada Keel, who", "Ada Keel (who".
      const antecedent = antecedentOf(before, start - 1, from)
      if (antecedent) return antecedent
    }
  }
  return adjacent(before, end, from)
}

/** "with S yelling": who does what a participle says, where it stands right before it. */
function attendant(clause: Clause, end: number, from: number) {
  const start = clause.tokens.findLastIndex(({ lower }, i) => i >= from && i >= end - 10 && lower === 'with')
  const phrase = start < 0 ? undefined : phraseAt(clause, start + 1)
  return phrase?.end === end ? phrase.speaker : undefined
}

/** "sailors saying they will go": who does what a participle says right behind them. */
function peopleBefore(clause: Clause, end: number, from: number) {
  const speaker = antecedentOf(clause, end, from, /^of$/)
  const isPeople = speaker?.as === 'unnamed' && !isUnknownNoun(speaker)
  return isPeople ? speaker : undefined
}

/** "dem Antrag": no subject, by its article. */
const isOblique = ({ tokens, lexicon }: Clause, start: number) => lexicon.oblique.has(tokens[start]!.lower)

/** Whether the noun is in no table: such a phrase may be no speaker. */
export const isUnknownNoun = (speaker: Speaker) => speaker.as === 'unnamed' && speaker.unknown === true
const isFirstPerson = ({ speaker }: Phrase) => speaker.as === 'pronoun' && speaker.form === 'first'

/** Whether the verb shares the subject of a verb before: "came and said". */
const isJoined = ({ tokens }: Clause, end: number) =>
  end > 1 && /^(?:and|but|then|und|et|y|e|og|och|en|before|after)$/.test(tokens[end - 1]!.lower)

/** Where a subject may begin: first, behind marks, behind conjunctions. */
function starts({ tokens, lexicon }: Clause, from: number): number[] {
  return tokens.flatMap(({ text, lower }, i) => {
    if (i < from) return []
    const before = tokens[i - 1]
    const opening = i === from || opens.test(before!.text) || lexicon.conjunctions.has(before!.lower)
    return opening && !opens.test(text) && lower !== '' ? [i] : []
  })
}

/** "in June", "on the coast", "last week", "Tuesday" */
const isWhenOrWhere = (token: Token | undefined, { prepositions }: Lexicon) =>
  token !== undefined &&
  (prepositions.has(token.lower) ||
    isTime(token.text) ||
    /^(?:last|this|earlier|yesterday)$/.test(token.lower))

/** Whether these words, from behind a phrase to the end, only say more about it. */
function isWhole(clause: Clause, at: number, phrase: Phrase): boolean {
  const { tokens, lexicon } = clause
  let from = at
  if (tokens[from]?.text === '(')
    from = Math.max(from, tokens.findIndex(({ text }, i) => i > from && text === ')') + 1)
  if (from >= tokens.length) return true
  const first = tokens[from]!
  const last = tokens.at(-1)!
  if (/^[,—–-]$/.test(first.text)) {
    if (last.text === ',' || /^[—–-]$/.test(last.text)) return true
    return tokens.slice(from + 1).every(({ text }) => /^\d{1,3}$/.test(text))
  }
  if (phrase.speaker.as === 'pronoun') return false
  const reduced =
    phrase.speaker.as !== 'name' &&
    /(?:ed|found|held|seen|written|made|sent|born)$/.test(first.lower) &&
    isWhenOrWhere(tokens[from + 1], lexicon)
  if (!lexicon.prepositions.has(first.lower) && !lexicon.relatives.has(first.lower) && !reduced) return false
  const rest = tokens.slice(from)
  const isPlain = rest.every(
    ({ text, lower }, i) =>
      text !== ',' &&
      !/^[;:—–]$/.test(text) &&
      (i === 0 || !/^(?:that|when|because|while|if|as|but|what|how|which|who|why|where)$/.test(lower))
  )
  if (isPlain)
    return rest.every(
      (_, i) =>
        i === 0 || verbAt(tokens, from + i, lexicon) === undefined || lexicon.relatives.has(first.lower)
    )
  // "Talbot of the west side, chair of the board,"
  const comma = tokens.findIndex(({ text }, i) => i > from && text === ',')
  return (
    last.text === ',' &&
    comma > 0 &&
    comma < tokens.length - 1 &&
    !rest.some(({ lower }) => lexicon.complementizers.has(lower))
  )
}

/** The longest phrase that ends right here, with no word before it that it belongs to. */
function adjacent(clause: Clause, end: number, from: number): Speaker | undefined {
  const before = upTo(clause, end)
  let found: Speaker | undefined
  for (let start = end - 1; start >= Math.max(from, end - 14); start--) {
    const token = before.tokens[start]!
    if (!token.word && !/^[&%]$/.test(token.text)) break
    const phrase = phraseAt(before, start)
    if (phrase?.end !== end || isFirstPerson(phrase) || (phrase.speaker.as === 'pronoun' && start < end - 1))
      continue
    if (isFree(clause, start, from) && !isOblique(clause, start)) found = phrase.speaker
    // "dem Kapitän Uwe Sand", "von Uwe Sand": whom they told, or of whom.
    else if (found && start < end - 1 && (isOblique(clause, start) || isPart(clause, start)))
      found = undefined
  }
  return found
}

/** Whom a relative clause tells of: also somebody that a preposition leads to, "by Ada Keel, who". */
function antecedentOf(clause: Clause, end: number, from: number, by = /./): Speaker | undefined {
  const { tokens, lexicon } = clause
  const whole = adjacent(clause, end, from)
  if (whole) return whole
  const at = tokens.findLastIndex(({ lower }, i) => i >= from && i < end && lexicon.prepositions.has(lower))
  const phrase =
    at < 0 || !by.test(tokens[at]!.lower) || lexicon.language.tag !== 'en'
      ? undefined
      : phraseAt(upTo(clause, end), at + 1)
  return phrase?.end === end && phrase.speaker.as !== 'pronoun' ? phrase.speaker : undefined
}

/** Whether no preposition, article or conjunction before this token makes it part of a larger phrase. */
function isFree({ tokens, lexicon }: Clause, start: number, from: number) {
  const before = tokens[start - 1]
  if (start <= from || !before?.word) return true
  return !(
    lexicon.prepositions.has(before.lower) ||
    lexicon.determiners.has(before.lower) ||
    /^(?:and|or|und|oder|et|ou|y|e|o|og|eller|och|en|of)$/.test(before.lower) ||
    /(?:['’]s|s['’])$/.test(before.text)
  )
}
const isPart = ({ tokens, lexicon }: Clause, start: number) =>
  lexicon.prepositions.has(tokens[start - 1]!.lower)

/** Who the sentence is about: its first phrase, behind the words that open it. */
export function mainSubject(clause: Clause, from = 0): Speaker | undefined {
  for (const start of starts(clause, from).slice(0, 6)) {
    const phrase = phraseAt(clause, start)
    const inBrackets = clause.tokens[start - 1]?.text === '('
    if (!phrase || inBrackets || isFirstPerson(phrase) || isUnknownNoun(phrase.speaker)) continue
    if (isGerund(clause.tokens[start]!, clause.lexicon) || isOblique(clause, start)) continue
    // "For Ana Example, ..." is about somebody else.
    const { speaker } = phrase
    const isDateline =
      speaker.as === 'name' &&
      (isTime(speaker.name) || /^(?:\p{Lu}{5,}|\p{Lu}+(?: \p{Lu}+)+)$/u.test(speaker.name))
    if (!isDateline) return withName(clause, phrase).speaker
  }
  return undefined
}

/** The subject right behind a verb: "sagte S", "a-t-elle dit". */
export function subjectAfter(clause: Clause, verb: Verb): Phrase | undefined {
  const { tokens, lexicon } = clause
  let at = verb.end
  while (
    tokens[at]?.word &&
    (lexicon.adverbs.has(tokens[at]!.lower) ||
      /^(?:sich|hinzu|mit|aus|an|s’)$/.test(tokens[at]!.lower) ||
      (tokens[at]!.lower === 'ein' && lexicon.determiners.has(tokens[at + 1]?.lower ?? ''))) &&
    !tokens[at]!.capital
  )
    at++
  const phrase = tokens[at] && isOblique(clause, at) ? undefined : phraseAt(clause, at)
  return phrase && !isFirstPerson(phrase) ? withName(clause, phrase) : undefined
}
