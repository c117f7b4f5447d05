// Claims: sentences without quotation marks that rest on somebody.
import type { Range } from '../../content/body/text.ts'
import {
  contentEnd,
  contentStart,
  isNoun,
  isStance,
  mainClass,
  openBracket,
  type SentenceClaim
} from './claim-bounds.ts'
import { claimBeforeVerb } from './claims-before-verbs.ts'
import { accordingAt } from './grammar/according.ts'
import { type Cue, clauseOf, cueOf, maxClause } from './grammar/cue.ts'
import { subjectOf } from './grammar/leads.ts'
import { phraseAt } from './grammar/phrases.ts'
import { reasonAt, type Speaker } from './grammar/speakers.ts'
import { isHypothetical, isUnknownNoun } from './grammar/subjects.ts'
import type { Clause } from './grammar/tokens.ts'
import { isSpeaking, relationOf, type Verb, verbsIn } from './grammar/verbs.ts'
import type { Lexicon } from './languages/lexicon.ts'
import type { Paragraph } from './paragraphs.ts'
import { sentences } from './sentences.ts'

/** What may stand between a verb and the "that" its claim begins with: when and where, or whom it told. */
const beforeThat = /^(?: (?:on|in|at|to|last|this|during|yesterday|today|again)\b[^,]{0,60}?)?\s+(?=that\s)/
/** "in May", "earlier this week" */
const time = String.raw`(?:(?:in|on|since|during|back in|late|early|earlier|last|this) )+(?:\d{4}|day|week|month|year|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*)\b`
/** What an outlet was first to report on, up to when it did so, or to what it added. */
const reportedTopic = new RegExp(
  String.raw`^(\s+(?:on\s+)?)(?!${time})([^\s,;—].*?)(?=\s?(?:[,;—–]|$)|\s${time})`,
  'su'
)
const maxInSentence = 4

/** A claim, where it stands, and the cue that says on whom it rests. */
export interface FoundClaim {
  range: Range
  cue: Cue
}

/** Every claim of these paragraphs that holds no quote. `taken` are the places of quotes. */
export function claimsIn(paragraphs: Paragraph[], taken: Range[], lexicon: Lexicon): FoundClaim[] {
  const quoted = Map.groupBy(taken, ({ block }) => block)
  return paragraphs.flatMap(({ block, text }) =>
    sentences(text).flatMap((sentence) =>
      claimsOf(text.slice(sentence.start, sentence.end), lexicon)
        .map(({ start, end, cue }) => ({
          cue,
          range: { block, start: sentence.start + start, end: sentence.start + end }
        }))
        .filter(
          ({ range }) => !quoted.get(block)?.some(({ start, end }) => start < range.end && end > range.start)
        )
    )
  )
}

/** The claims of a sentence, each place once. */
function claimsOf(sentence: string, lexicon: Lexicon): SentenceClaim[] {
  const clause = clauseOf(sentence.slice(0, maxClause * 3), lexicon)
  const found = [...accordingClaims(clause, sentence), ...verbClaims(clause, sentence)]
  const distinct = found.filter(
    ({ start, end }, i) => found.findIndex((one) => one.start === start && one.end === end) === i
  )
  return distinct
    .filter(({ start, end }) => end - start <= 5000 && /\p{L}/u.test(sentence.slice(start, end)))
    .slice(0, maxInSentence)
}

/** "According to S, CLAIM", "CLAIM, according to S", "CLAIM, according to S, CLAIM" */
function accordingClaims(clause: Clause, sentence: string): SentenceClaim[] {
  const { tokens, lexicon } = clause
  for (let at = 0; at < tokens.length; at++) {
    const cue = lexicon.according.test(sentence.slice(tokens[at]!.start, tokens[at]!.start + 40))
      ? accordingAt(clause, at)
      : undefined
    if (!cue) continue
    const end = apposition(clause, cue.end)
    const next = tokens[end]
    const after = next && /^[,:]$/.test(next.text) ? tokens[end + 1] : next
    if (at === 0) return after ? [{ cue, start: after.start, end: sentence.length }] : []
    const before = sentence.slice(0, tokens[at]!.start).replace(/[\s,—–]{1,5}$/, '').length
    const rest = next?.text === ',' && after ? sentence.slice(after.start) : ''
    if (rest.length > before) return [{ cue, start: after!.start, end: sentence.length }]
    return before > 0 ? [{ cue, start: openBracket(sentence, before), end: before }] : []
  }
  return []
}

/** Where a role between commas ends, when something follows it. */
function apposition({ tokens, lexicon }: Clause, end: number) {
  if (tokens[end]?.text !== ',') return end
  const close = tokens.findIndex(({ text }, i) => i > end && text === ',')
  const role = close < 0 ? [] : tokens.slice(end + 1, close)
  const isRole =
    role.length > 0 &&
    role.length < 12 &&
    role.some(({ lower }) => lexicon.people.test(lower)) &&
    verbsIn(role, lexicon).length === 0
  return isRole ? close : end
}

/** The claims that rest on verbs: "S said (that) CLAIM", "CLAIM, S said" */
function verbClaims(clause: Clause, sentence: string): SentenceClaim[] {
  return verbsIn(clause.tokens, clause.lexicon)
    .slice(0, 8)
    .flatMap(
      (verb) => claimAfterVerb(clause, verb, sentence) ?? claimBeforeVerb(clause, verb, sentence) ?? []
    )
}

/** "S said (that) CLAIM" */
function claimAfterVerb(clause: Clause, verb: Verb, sentence: string): SentenceClaim | undefined {
  if (isSpeaking(verb) ? isHypothetical(clause, verb) || isNoun(clause, verb) : isSubordinate(clause, verb))
    return undefined
  const speaker = subjectOf(clause, verb)
  if (!speaker || !canClaim(speaker, verb)) return undefined
  // "who asked not to be named" tells why somebody is not named.
  if (reasonAt(` ${sentence.slice(clause.tokens[verb.at]!.start)}`)) return undefined
  const cue = cueOf(speaker, verb, clause)
  const from = clause.tokens[verb.end - 1]!.end
  if (relationOf(verb, clause.tokens) === 'first_reported') return topic(cue, sentence, from)
  if (isOfQuote(sentence.slice(0, clause.tokens[verb.at]!.start))) return undefined
  const start = contentStart(clause, verb)
  if (start === undefined) return undefined
  const whole = contentEnd(clause, start, sentence)
  const isPhrase =
    isStance(verb) ||
    /\s(?:on|of|about|against) $/.test(sentence.slice(0, start)) ||
    /^to\s/.test(sentence.slice(start))
  const stop = isPhrase ? sentence.slice(start, whole).search(stanceEnd) : -1
  const end = stop > 0 ? start + stop : whole
  const content = sentence.slice(start, end)
  if (isApposition(clause, start, end)) return undefined
  const isLong = content.trim().split(/\s+/).length >= (isStance(verb) ? 2 : 3)
  return isLong ? { cue, start, end } : undefined
}

/** Where what somebody wants or refuses ends: at a comma, or at when they did: "endorsed the plan last week". */
const stanceEnd =
  /,\s|\s(?:(?:earlier )?(?:last|this) (?:day|week|month|year|spring|summer|fall|autumn|winter|morning|evening|night|\p{Lu}\w+day)|(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today)\b/u

/** `“...,” S said carefully`: the verb belongs to the quote before. */
const isOfQuote = (before: string) => /[,.!?…](?:["”»]|'')\s[^,;"“”„«»]{1,80}$/.test(before)

/** "sagte S, die Leiterin der Werft": the role behind the name is no claim. */
function isApposition(clause: Clause, start: number, end: number) {
  const { tokens, lexicon } = clause
  const phrase = phraseAt(
    clause,
    tokens.findIndex((token) => token.start === start)
  )
  return lexicon.language.verbSecond === true && phrase !== undefined && tokens[phrase.end - 1]!.end >= end
}

/** "When S attacked X, ..." and "how S answers" are about something else. */
const isSubordinate = ({ tokens }: Clause, verb: Verb) =>
  /^(?:when|if|because|after|before|since|until|while|although|though|as|whether|where|how|what|why)$/.test(
    tokens[0]!.lower
  ) && !tokens.slice(0, verb.at).some(({ text }) => text === ',')

/** Whether this speaker can have said what no mark sets off: somebody the tables know. */
const canClaim = (speaker: Speaker, verb: Verb) =>
  !isUnknownNoun(speaker) &&
  speaker.words.length < 120 &&
  (isSpeaking(verb) || !(speaker.as === 'pronoun' && speaker.form === 'it')) &&
  (mainClass(verb) !== 'show' || (speaker.as === 'group' && speaker.kind === 'document'))

function topic(cue: Cue, sentence: string, from: number): SentenceClaim | undefined {
  const after = sentence.slice(from)
  const [that] = beforeThat.exec(after) ?? []
  if (that !== undefined) return { cue, start: from + that.length, end: sentence.length }
  const [, on, words] = reportedTopic.exec(after) ?? []
  return words === undefined
    ? undefined
    : { cue, start: from + on!.length, end: from + on!.length + words.trimEnd().length }
}
