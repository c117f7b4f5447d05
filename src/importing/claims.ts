// Claims: sentences without quotation marks that rest on somebody.
import type { Range } from '../body/text.ts'
import { according, type Cue, cue, longest, subject } from './cues.ts'
import type { Paragraph } from './paragraphs.ts'
import { sentences } from './sentences.ts'
import { verbsIn } from './verbs.ts'

/** What may stand between a verb and the "that" its claim begins with: when and where, or whom it told. */
const beforeThat = /^(?: (?:on|in|at|to|last|this|during|yesterday|today|again)\b[^,]{0,60}?)?\s+(?=that\s)/
const afterTelling = /^ [^,]{1,60}?\s(?=that\s)/
/** "in May", "earlier this week" */
const time = String.raw`(?:(?:in|on|since|during|back in|late|early|earlier|last|this) )+(?:\d{4}|day|week|month|year|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*)\b`
/** What an outlet was first to report on, up to when it did so, or to what it added. */
const reportedTopic = new RegExp(
  String.raw`^(\s+(?:on\s+)?)(?!${time})([^\s,;—].*?)(?=\s?(?:[,;—–]|$)|\s${time})`,
  'su'
)

/** A claim, where it stands, and the cue that says on whom it rests. */
export interface FoundClaim {
  range: Range
  cue: Cue
}

/** A claim within its sentence. */
interface Claimed {
  cue: Cue
  start: number
  end: number
}

/** Every claim of these paragraphs that stands in a sentence of its own. `taken` are the places of quotes. */
export function claimsIn(paragraphs: Paragraph[], taken: Range[]): FoundClaim[] {
  const quoted = Map.groupBy(taken, ({ block }) => block)
  return paragraphs.flatMap(({ block, text }) =>
    sentences(text)
      .filter(({ start, end }) => !quoted.get(block)?.some((range) => range.start < end && range.end > start))
      .flatMap(({ start, end }) => claimIn(text.slice(start, end), { block, start, end }) ?? [])
  )
}

function claimIn(sentence: string, { block, start }: Range): FoundClaim | undefined {
  const found = accordingAfter(sentence) ?? accordingFirst(sentence) ?? reported(sentence)
  const words = found && sentence.slice(found.start, found.end)
  if (!words || words.length > 5000 || !/\p{L}/u.test(words)) return undefined
  return { range: { block, start: start + found.start, end: start + found.end }, cue: found.cue }
}

/** "CLAIM, according to S" */
function accordingAfter(sentence: string): Claimed | undefined {
  const at = sentence.search(/\baccording to\s/i)
  const claim = sentence.slice(0, Math.max(at, 0)).replace(/[\s,—–]{1,5}$/, '')
  const found = claim === '' ? undefined : according(sentence.slice(at, at + longest))
  return found && { cue: found, start: 0, end: claim.length }
}

/** "According to S, CLAIM". What follows a name may be its role, unless nothing follows that. */
function accordingFirst(sentence: string): Claimed | undefined {
  const begin = sentence.slice(0, longest)
  for (const words of [begin, begin.split(',')[0]!]) {
    const found = according(words)
    const [comma] = /^\s*,\s*/.exec(sentence.slice(found?.words.length)) ?? []
    const start = found && comma !== undefined ? found.words.length + comma.length : sentence.length
    if (found && start < sentence.length) return { cue: found, start, end: sentence.length }
  }
  return undefined
}

/** "S said that CLAIM", "S first reported that CLAIM", "S first reported on TOPIC in May, noting more" */
function reported(sentence: string): Claimed | undefined {
  for (const verb of verbsIn(sentence.slice(0, longest)).slice(0, 3)) {
    const speaker = subject(sentence.slice(0, verb.start))
    const found = speaker && cue(speaker, verb, sentence)
    const place = found && reportedWords(verb.verb, found.relation, sentence.slice(verb.end))
    if (place) return { cue: found, start: verb.end + place.start, end: verb.end + place.end }
  }
  return undefined
}

/** Where the claim stands in the words after its verb. */
function reportedWords(verb: string, relation: Cue['relation'], after: string) {
  const telling = /^(?:t(?:old|ells?)|warn(?:ed|s))$/i.test(verb)
  const [before] = (telling ? afterTelling : beforeThat).exec(after) ?? []
  if (before !== undefined) return { start: before.length, end: after.length }
  const [, on, topic] = (relation === 'first_reported' && reportedTopic.exec(after)) || []
  return on !== undefined && topic !== undefined
    ? { start: on.length, end: on.length + topic.trimEnd().length }
    : undefined
}
