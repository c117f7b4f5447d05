// Claims: sentences without quotation marks that rest on somebody.
import type { Range } from '../../../content/body/text.ts'
import { type Cue, cueOf, maxClause } from '../grammar/cue.ts'
import { subjectOf } from '../grammar/leads.ts'
import { phraseAt } from '../grammar/phrases.ts'
import { reasonAt, type Speaker } from '../grammar/speakers.ts'
import { isUnknownNoun } from '../grammar/subjects.ts'
import { type Clause, clauseOf } from '../grammar/tokens.ts'
import { isHypothetical, isSpeaking, relationOf, type Verb, verbsIn } from '../grammar/verbs.ts'
import type { Lexicon } from '../languages/lexicon.ts'
import type { Paragraph } from '../paragraphs.ts'
import { sentences } from '../sentences.ts'
import { accordingClaims } from './according.ts'
import { claimBeforeVerb } from './before-verbs.ts'
import {
  contentStart,
  isNoun,
  isSpeakingParticiple,
  isStance,
  mainClass,
  nounForm,
  type SentenceClaim
} from './bounds.ts'
import { contentEnd } from './ends.ts'
import { mayClaim } from './may-claim.ts'
import { nominalClaims } from './nouns-and-adjectives.ts'
import { passiveClaim } from './passives.ts'

/** What may stand between a verb and the "that" its claim begins with: when and where, or whom it told. */
const beforeThat = /^(?: (?:on|in|at|to|last|this|during|yesterday|today|again)\b[^,]{0,60}?)?\s+(?=that\s)/
/** "in May", "earlier this week" */
const time = String.raw`(?:(?:in|on|since|during|back in|late|early|earlier|last|this) )+(?:\d{4}|day|week|month|year|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*)\b`
/** What an outlet was first to report on, up to when it did so, or to what it added. */
const reportedTopic = new RegExp(
  String.raw`^(\s+(?:on\s+)?)(?!${time}|by\s)([^\s,;—].*?)(?=\s?(?:[,;—–]|$)|\s${time})`,
  'su'
)
const maxInSentence = 4

/** A claim, where it stands, and the cue that says on whom it rests. */
export interface FoundClaim {
  ranges: Range[]
  cue: Cue
}

/** Every claim of these paragraphs that holds no quote. `taken` are the places of quotes. */
export function claimsIn(paragraphs: Paragraph[], taken: Range[], lexicon: Lexicon): FoundClaim[] {
  const quoted = Map.groupBy(taken, ({ block }) => block)
  return paragraphs.flatMap(({ block, text: printed }) => {
    const text = withoutQuotes(printed, quoted.get(block) ?? [])
    return sentences(printed).flatMap((sentence) =>
      claimsOf(text.slice(sentence.start, sentence.end), lexicon)
        .map(({ cue, rest, ...first }) => ({
          cue,
          ranges: [first, ...(rest ? [rest] : [])].map(({ start, end }) => ({
            block,
            start: sentence.start + start,
            end: sentence.start + end
          }))
        }))
        .filter(({ ranges }) =>
          ranges.every(
            (range) => !quoted.get(block)?.some(({ start, end }) => start < range.end && end > range.start)
          )
        )
    )
  })
}

/** The text with blanks for the words of quotes: nobody in them is the subject of a verb outside. */
const withoutQuotes = (text: string, quotes: Range[]) =>
  quotes.reduce(
    (blanked, { start, end }) =>
      blanked.slice(0, start) + blanked.slice(start, end).replace(/[\p{L}\p{N}]/gu, ' ') + blanked.slice(end),
    text
  )

/** The claims of a sentence, each place once. */
function claimsOf(sentence: string, lexicon: Lexicon): SentenceClaim[] {
  if (!mayClaim(sentence, lexicon)) return []
  const clause = clauseOf(sentence.slice(0, maxClause * 3), lexicon)
  const found = [
    ...accordingClaims(clause, sentence),
    ...verbClaims(clause, sentence),
    ...nominalClaims(clause, sentence)
  ]
  const distinct = found.filter(
    ({ start, end }, i) => found.findIndex((one) => one.start === start && one.end === end) === i
  )
  return distinct
    .filter((one) => !isRelayed(one, distinct))
    .filter(({ start, end }) => end - start <= 5000 && /\p{L}/u.test(sentence.slice(start, end)))
    .slice(0, maxInSentence)
}

/** "A said B thinks that ...": what A says of B rests on A. "He said he thinks" is his own. */
const isRelayed = ({ cue, start, end }: SentenceClaim, all: SentenceClaim[]) =>
  (cue.speaker.as === 'name' || cue.speaker.as === 'group') &&
  all.some((one) => one.start <= start && one.end >= end && one.end - one.start > end - start)

/** The claims that rest on verbs: "S said (that) CLAIM", "CLAIM, S said" */
function verbClaims(clause: Clause, sentence: string): SentenceClaim[] {
  return verbsIn(clause.tokens, clause.lexicon)
    .slice(0, 8)
    .flatMap(
      (verb) =>
        claimAfterVerb(clause, verb, sentence) ??
        passiveClaim(clause, verb, sentence) ??
        claimBeforeVerb(clause, verb, sentence) ??
        []
    )
}

/** "S said (that) CLAIM" */
function claimAfterVerb(clause: Clause, verb: Verb, sentence: string): SentenceClaim | undefined {
  if (
    isSpeaking(verb)
      ? isHypothetical(clause, verb) || isNoun(clause, verb) || isAskedHow(clause, verb)
      : isSubordinate(clause, verb)
  )
    return undefined
  const speaker = isGerund(clause, verb)
    ? undefined
    : (subjectBehind(clause, verb) ?? subjectOf(clause, verb))
  if (!speaker || !canClaim(speaker, verb) || isOfObject(clause, speaker, verb)) return undefined
  if (isUnknownNoun(speaker) && !isReported(clause, verb)) return undefined
  // "who asked not to be named" tells why somebody is not named.
  if (reasonAt(` ${sentence.slice(clause.tokens[verb.at]!.start)}`)) return undefined
  const cue = cueOf(speaker, verb, clause)
  const from = clause.tokens[verb.end - 1]!.end
  if (relationOf(verb, clause.tokens) === 'first_reported') return topic(cue, sentence, from)
  if (isOfQuote(sentence.slice(0, clause.tokens[verb.at]!.start))) return undefined
  const start = contentStart(clause, verb)
  if (start === undefined) return undefined
  const end = contentEnd(clause, verb, start, sentence)
  const content = sentence.slice(start, end)
  if (isApposition(clause, verb, start, end)) return undefined
  // "Mocking Ada Keel may be easy": whom the verb acts on is not who speaks.
  if (speaker.as !== 'pronoun' && content.includes(speaker.words)) return undefined
  const isLong = content.trim().split(/\s+/).length >= 3 || (isStance(verb) && /^to\s/.test(content))
  const isOfSomebody = isStance(verb) && isDescribing(clause, verb, content)
  return isLong && !isOfSomebody ? { cue, start, end } : undefined
}

/** `“...,” S said carefully`: the verb belongs to the quote before. */
const isOfQuote = (before: string) => /[,.!?…](?:["”»]|'')\s[^,;"“”„«»]{1,80}$/.test(before)

/** "Noting that C, S left": who does what a participle tells that opens the sentence. */
function subjectBehind(clause: Clause, verb: Verb): Speaker | undefined {
  const opens = verb.at === 0 && verb.participle && clause.lexicon.language.tag === 'en'
  const comma = opens ? clause.tokens.findIndex(({ text }) => text === ',') : -1
  return comma < 0 ? undefined : phraseAt(clause, comma + 1)?.speaker
}

/** "the work of attacking her": an act, not what somebody says. ", attacking her" and "was attacking her" are. */
const isGerund = ({ tokens, lexicon }: Clause, verb: Verb) => {
  const before = tokens[verb.at - 1]
  return (
    isStance(verb) &&
    verb.participle &&
    !isSpeakingParticiple(verb) &&
    before !== undefined &&
    !/^[,—–]$/.test(before.text) &&
    !lexicon.auxiliaries.has(before.lower)
  )
}

/** "a voter who supports the plan", "praised her": what somebody is or does, told in passing. */
const isDescribing = ({ tokens }: Clause, verb: Verb, content: string) =>
  /^(?:her|him|them|it|me|us|those)\b(?! to\b)/.test(content) ||
  (/^want/.test(verb.text) && !/^(?:to\s|.* to be\b|.*\S\s+to\s)/.test(content)) ||
  (!isSpeaking(verb) && tokens.slice(Math.max(0, verb.at - 3), verb.at).some(({ lower }) => lower === 'who'))

/** "sagte S, die Leiterin der Werft": the role behind the name is no claim. */
function isApposition(clause: Clause, verb: Verb, start: number, end: number) {
  const { tokens, lexicon } = clause
  const phrase = phraseAt(
    clause,
    tokens.findIndex((token) => token.start === start)
  )
  if (!phrase) return false
  // "The dock was old, said harbour master Ada Keel, who sails"
  const isInverted = !verb.participle && tokens[verb.at - 1]?.text === ',' && phrase.speaker.as === 'name'
  const isWhole = tokens[phrase.end - 1]!.end >= end || (isInverted && tokens[phrase.end]?.text === ',')
  return (lexicon.language.verbSecond === true || isInverted) && isWhole
}

/** A clause that begins with one of these words, up to its verb without a comma. */
const opensWith = (words: RegExp, { tokens }: Clause, verb: Verb) =>
  words.test(tokens[0]!.lower) && !tokens.slice(0, verb.at).some(({ text }) => text === ',')

/** "When S attacked X, ..." and "how S answers" are about something else. */
const isSubordinate = (clause: Clause, verb: Verb) => opensWith(subordinating, clause, verb)
const subordinating =
  /^(?:when|if|because|after|before|since|until|while|although|though|as|whether|where|how|what|why)$/

/** "How S answers that will show": a clause that is itself what something is said of. */
const isAskedHow = (clause: Clause, verb: Verb) =>
  clause.lexicon.language.tag === 'en' && opensWith(asking, clause, verb)
const asking = /^(?:how|what|why|where|which)$/

/** Whether this speaker can have said what no mark sets off: somebody the tables know. */
const canClaim = (speaker: Speaker, verb: Verb) =>
  speaker.words.length < 120 &&
  (isSpeaking(verb) || !(speaker.as === 'pronoun' && speaker.form === 'it')) &&
  (mainClass(verb) !== 'show' ||
    isUnknownNoun(speaker) ||
    (speaker.as === 'group' && speaker.kind === 'document'))

/** "that" or the subject of a clause, right behind a verb: only what somebody says, or what shows it, is followed by one. */
const isReported = ({ tokens, lexicon }: Clause, verb: Verb) =>
  lexicon.language.tag === 'en' &&
  !nounForm.test(verb.text) &&
  /^(?:that|he|she|it|they|there|we)$/.test(tokens[verb.end]?.lower ?? '')

/** "the way he proposed", "which she opposed": what is proposed stands before, not behind. */
function isOfObject({ tokens, text, lexicon }: Clause, { words }: Speaker, verb: Verb) {
  if (lexicon.language.tag !== 'en') return false
  const begin = text.lastIndexOf(words, tokens[verb.at]!.start)
  const at = tokens.findIndex(({ start }) => start >= begin) - 1
  const isRelative = /^(?:which|whom|whose|something)$/.test(tokens[at]?.lower ?? '')
  return begin >= 0 && isRelative && !lexicon.prepositions.has(tokens[at - 1]?.lower ?? '')
}

function topic(cue: Cue, sentence: string, from: number): SentenceClaim | undefined {
  const after = sentence.slice(from)
  const [that] = beforeThat.exec(after) ?? []
  if (that !== undefined) return { cue, start: from + that.length, end: sentence.length }
  const [, on, words] = reportedTopic.exec(after) ?? []
  return words === undefined
    ? undefined
    : { cue, start: from + on!.length, end: from + on!.length + words.trimEnd().length }
}
