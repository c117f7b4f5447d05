// Claims: sentences without quotation marks that rest on somebody.
import type { Range } from '../../content/body/text.ts'
import { contentEnd, contentStart, mainClass, trimmed } from './claim-bounds.ts'
import { accordingAt } from './grammar/according.ts'
import { type Cue, clauseOf, cueOf, maxClause } from './grammar/cue.ts'
import { subjectOf } from './grammar/leads.ts'
import { isTime } from './grammar/names.ts'
import { phraseAt } from './grammar/phrases.ts'
import { reasonAt, type Speaker } from './grammar/speakers.ts'
import { isHypothetical, isUnknownNoun, subjectAfter, subjectBefore, upTo } from './grammar/subjects.ts'
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

/** A claim within its sentence. */
interface SentenceClaim {
  cue: Cue
  start: number
  end: number
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
    return before > 0 ? [{ cue, start: 0, end: before }] : []
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

/** "the questions of legality", "a ruling that": English nouns that look like verbs, by what stands before them. */
const isNoun = ({ tokens, lexicon }: Clause, verb: Verb) =>
  lexicon.language.tag === 'en' &&
  /^(?:claims?|questions?|states?|emails?|mentions?|rules?|ruling|answers?|reports?|tweets?|comments?|posts?)$/.test(
    tokens[verb.at]!.lower
  ) &&
  /^(?:the|a|an|and|or|of|in|to|[a-z]*(?:ial|al|ive|ic|ous|ful|ish))$/.test(tokens[verb.at - 1]?.lower ?? '')

const isStance = (verb: Verb) => mainClass(verb) === 'stance'

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
  const comma = isStance(verb) ? sentence.slice(start, whole).search(/,\s/) : -1
  const end = comma > 0 ? start + comma : whole
  const content = sentence.slice(start, end)
  if (isApposition(clause, start, end)) return undefined
  const isLong = content.trim().split(/\s+/).length >= (isStance(verb) ? 2 : 3)
  return isLong ? { cue, start, end } : undefined
}

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

/** "CLAIM, S said", "CLAIM, said S" */
function claimBeforeVerb(clause: Clause, verb: Verb, sentence: string): SentenceClaim | undefined {
  const { tokens } = clause
  if (!isSpeaking(verb) || isStance(verb) || verb.participle || isHypothetical(clause, verb)) return undefined
  for (let comma = verb.at - 1; comma > 0; comma--) {
    if (tokens[comma]!.text !== ',') continue
    const inverted = isAuxiliaryOnly(clause, comma + 1, verb.at)
    const speaker = inverted ? inversion(clause, comma + 1, verb) : subjectAt(clause, comma + 1, verb)
    if (!speaker || isUnknownNoun(speaker)) continue
    const after = tokens[verb.end]
    const cue = cueOf(speaker, verb, clause)
    if (isInserted(clause, comma, verb) && isUnquoted(sentence))
      return { cue, start: after!.end + 1, end: sentence.length }
    if (!isClause(clause, comma, sentence) || goesOn(clause, verb, inverted)) return undefined
    // "The dock, S said, was old": the longer part is the claim.
    if (after?.text === ',' && sentence.length - after.end > tokens[comma]!.start)
      return { cue, start: after.end + 1, end: sentence.length }
    return { cue, start: 0, end: trimmed(sentence, tokens[comma]!.start) }
  }
  return undefined
}

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
  const isAside = lexicon.prepositions.has(next.lower) && next.lower !== 'for'
  return !isAside && !lexicon.adverbs.has(next.lower) && !isTime(next.text) && mainClass(verb) !== 'tell'
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

function subjectAt(clause: Clause, from: number, verb: Verb) {
  const phrase = phraseAt(upTo(clause, verb.at), from)
  return phrase && subjectBefore(clause, verb, from)
}
