// The verbs of reported speech in a clause.
import type { NewHop } from '../../../content/attributions/schema.ts'
import type { VerbClass } from '../languages/language.ts'
import type { Lexicon } from '../languages/lexicon.ts'
import { isTime } from './names.ts'
import type { Clause, Token } from './tokens.ts'

export type Relation = NewHop['relation']

/** A verb that may be a cue: its token, and the first token behind it and its particle. */
export interface Verb {
  at: number
  end: number
  text: string
  classes: VerbClass[]
  participle: boolean
  /** English "say", "claim": only several people say. */
  plural: boolean
}

const relations: Partial<Record<VerbClass, Relation>> = {
  tell: 'told',
  write: 'wrote',
  report: 'reported',
  confirm: 'confirmed',
  publish: 'published'
}

/** Every verb of these tokens that can report something. */
export function verbsIn(tokens: Token[], lexicon: Lexicon): Verb[] {
  return tokens.flatMap((_, at) => verbAt(tokens, at, lexicon) ?? [])
}

/** The verb that this token is, if it can report something. */
export function verbAt(tokens: Token[], at: number, lexicon: Lexicon): Verb | undefined {
  const token = tokens[at]
  const senses = token && lexicon.verbs.get(token.lower)
  if (!senses || (token.capital && at > 0 && tokens[at - 1]!.word) || isNoun(tokens, at, lexicon))
    return undefined
  // With its particle it is another verb: "called for", not "called".
  const withParticle = senses.filter(
    ({ particle }) => particle !== undefined && particle === tokens[at + 1]?.lower
  )
  const fits =
    withParticle.length > 0 ? withParticle : senses.filter(({ particle }) => particle === undefined)
  if (fits.length === 0) return undefined
  return {
    at,
    end: at + (fits[0]!.particle ? 2 : 1),
    text: token.lower,
    classes: fits.map(({ verbClass }) => verbClass),
    participle: lexicon.participles.has(token.lower),
    plural: lexicon.language.tag === 'en' && isBase(token.lower, lexicon)
  }
}

const isBase = (form: string, { verbs }: Lexicon) =>
  form !== 'read' &&
  (verbs.has(`${form}s`) ||
    verbs.has(`${form}es`) ||
    (form.endsWith('y') && verbs.has(`${form.slice(0, -1)}ies`)))

/** "has since said" */
export const isSince = (tokens: Token[], at: number) =>
  tokens[at]!.lower === 'since' && /^(?:has|have|had)$/.test(tokens[at - 1]?.lower ?? '')

/** "the report", "of claims", "Otto’s call": a noun that looks like a verb. */
function isNoun(
  tokens: Token[],
  at: number,
  { determiners, documents, prepositions, pronouns, language }: Lexicon
) {
  const before = tokens[at - 1]
  if (!before?.word) return false
  if (language.tag !== 'en') return /^[’']/.test(before.text)
  const isPreposition =
    prepositions.has(before.lower) && !tokens[at]!.lower.endsWith('ing') && !isSince(tokens, at - 1)
  return (
    (determiners.has(before.lower) && !pronouns.has(before.lower) && !isLoneQuantity(tokens, at)) ||
    isPreposition ||
    isDocument(tokens, at, documents) ||
    /['’]s?$/.test(before.text)
  )
}

/** "the police report says": the noun for a document that says something, not a verb. */
export const isDocument = (tokens: Token[], at: number, documents: Lexicon['documents']) =>
  documents.test(tokens[at]!.lower) &&
  /^(?:sa(?:ys?|id)|shows?|showed|finds?|found|suggest(?:s|ed)?|indicate[sd]?|states?|stated)$/.test(
    tokens[at + 1]?.lower ?? ''
  )

/** "some said", "another argued": people without a noun, and a verb that is no noun. */
const isLoneQuantity = (tokens: Token[], at: number) =>
  /^(?:some|many|most|few|several|both|all|another|those)$/.test(tokens[at - 1]!.lower) &&
  /^(?:said|say|told|tell|wrote|write|thought|think|believed?|argued?|felt|feel)$/.test(tokens[at]!.lower)

/** What the verb says of the speaker; "first" may stand before it. */
export function relationOf({ classes, at }: Verb, tokens: Token[]): Relation {
  const relation = relations[classes[0]!] ?? 'said'
  return relation === 'reported' && tokens[at - 1]?.lower === 'first' ? 'first_reported' : relation
}

/** Whether the verb gives something a name: "called the plan", which joins it to a quote without a comma. */
export const isCalling = ({ classes }: Verb) => classes[0] === 'call'

const speaking = new Set<VerbClass>(['say', 'tell', 'write', 'report', 'confirm', 'publish', 'call'])
/** Whether the verb reports words, and not only what somebody thinks. */
export const isSpeaking = ({ classes }: Verb) => classes.some((one) => speaking.has(one))
const uttering = new Set<VerbClass>([...speaking, 'utter', 'think', 'stance'])
/** Whether the verb can follow the words between marks: “...,” S mused. */
export const isUttering = ({ classes }: Verb) => classes.some((one) => uttering.has(one))

/** Whether a word stands between a verb and its subject: "has", "recently". */
const isBesideVerb = ({ lexicon, tokens }: Clause, at: number) => {
  const { lower } = tokens[at]!
  return (
    !isNamed(tokens, at) &&
    (lexicon.adverbs.has(lower) ||
      lexicon.auxiliaries.has(lower) ||
      (lexicon.language.tag === 'en' && /..ly$/.test(lower)))
  )
}

/** "Theresa May", "May said": a name that is written like an auxiliary. */
const isNamed = (tokens: Token[], at: number) =>
  tokens[at]!.text === 'May' || (tokens[at]!.capital && tokens[at - 1]?.capital === true)

/** Where the words before a verb end, without its auxiliaries and adverbs: "has recently". */
export function subjectEnd(clause: Clause, verb: number): number {
  let end = verb
  for (;;) {
    const last = clause.tokens[end - 1]
    if (last && (isBesideVerb(clause, end - 1) || isSince(clause.tokens, end - 1))) end--
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
  const isPeriod = isPeriodAt(tokens, end - 2)
  if (!isPeriod && !isTime(last.text)) return 0
  const isWhole = isPeriod || /^(?:on|last|this|in)$/.test(before)
  // Only a day stands without a word before it: "Ada Keel Monday said", but "Theresa May said".
  if (!isWhole && !/day$/.test(last.lower)) return 0
  const count = isWhole ? 2 : 1
  // "a survey released last week": the time belongs to what was done to it.
  return /ed$/.test(tokens[end - count - 1]!.lower) ? 0 : count
}

/** "last week", "this morning" */
export const isPeriodAt = (tokens: Token[], at: number) =>
  /^(?:last|this|next|earlier)$/.test(tokens[at]!.lower) && period.test(tokens[at + 1]?.lower ?? '')
const period =
  /^(?:day|week|month|year|spring|summer|fall|autumn|winter|morning|afternoon|evening|night|weekend|\w+day)$/

const denied = /^den(?:y|ie[sd])$/
const gerund = /^(?:ever|having|saying|writing)$/

/** Whether something beside a verb makes it report nothing: "might say", "did not say", "denied saying". */
export function isHypothetical(clause: Clause, verb: Verb): boolean {
  const { tokens, lexicon } = clause
  const next = tokens[verb.end]
  if (next && denied.test(verb.text) && gerund.test(next.lower)) return true
  for (let i = verb.at - 1; i >= Math.max(0, verb.at - 4) && tokens[i]!.word; i--) {
    const { lower } = tokens[i]!
    if (!isNamed(tokens, i) && (lexicon.unreal.has(lower) || /n['’]t$/.test(lower))) return true
    if (!isBesideVerb(clause, i)) return false
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
