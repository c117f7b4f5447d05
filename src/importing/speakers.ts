// Who speaks: the words before or after a reporting verb, read as a speaker.
import { namePattern, titled } from './names.ts'

export type Kind = 'person' | 'organization'
export type Unnamed = { description: string; count?: number; reason?: string }

/** A speaker as the page calls them. `length` is how many characters the words take. */
export type Speaker = { words: string; length: number } & (
  | { as: 'name'; name: string; role?: string; kind?: Kind }
  | { as: 'group'; name: string }
  | { as: 'unnamed'; unnamed: Unnamed }
  | { as: 'pronoun' }
)

const people =
  'officials?|sources?|persons?|people|aides?|spokes(?:man|men|woman|women|person|people)|advis[eo]rs?|diplomats?|lawmakers?|employees?|workers?|residents?|witness(?:es)?|insiders?|analysts?|experts?|investigators?|lawyers?|attorneys?|students?|teachers?|members?|critics|supporters|opponents|neighbou?rs?|researchers?|scientists?|economists?|mayor|minister|president|director|chairman|chairwoman|chief|manager|master|captain|officers?|secretary|governor|senator|editor|professor|doctor|judge|owner|founder|leaders?|executives?|colleagues?|friends?|wom[ae]n|m[ae]n'
const groups =
  'board|company|agency|ministry|council|police|government|administration|union|party|court|department|committee|university|bank|association|foundation|commission|office|army|club|school|hospital|authority|bureau|team|family|newspaper|magazine|outlet|network|firm|group'

const adjuncts =
  'in|on|at|during|after|before|when|as|while|of|to|about|by|from|this|last|late|early|yesterday|today|earlier|later|with|without|via|through|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday'
/** What stands after a speaker: nothing, a mark, or when and where they spoke. */
const follows = String.raw`(?=$|[,.;:!?…—–()-]|\s+(?:${adjuncts})\b|\s*$)`
const counts: Record<string, number> = Object.fromEntries([
  ['a', 1],
  ['an', 1],
  ...'one two three four five six seven eight nine ten'.split(' ').map((word, i) => [word, i + 1])
])
const numbers = Object.keys(counts).join('|')

const isJob = new RegExp(`\\b(?:${people})\\b`, 'i')
const pronoun = new RegExp(`^(?:he|she|they|it)${follows}`, 'i')
/** "former FBI Director Ana Example", "harbour master Ana Example", "the Example Wire" */
const named = new RegExp(
  String.raw`^(?<the>[Tt]he )?(?<role>(?:\p{Ll}[\p{Ll}-]* ){0,5}(?:[Ff]ormer|${people}),? )?(?<name>${namePattern})${follows}`,
  'u'
)
const anyWord = String.raw`[\p{L}\p{N}.'’&-]+ `
/** How the words for people who are not named begin. */
const determiner = String.raw`(?:the|an?|another|other|some|several|many|more than|senior|former|current|top|\d{1,3}|${numbers}) `
/** Why a source is not named: "spoke on condition of anonymity because ...", "was not authorized to speak". */
const plea = String.raw`(?:(?:is|are|was|were) not authori[sz]ed\b|(?:ask|request|declin|refus)(?:ed|ing) (?:not to be|to be|anonymity)\b|(?:(?:spoke|speaking) )?on (?:the )?condition of anonymity\b)`
const complement = String.raw`(?: (?!(?:who )?${plea})(?:familiar|briefed|with|close|who|for|of|from|involved|in the)\b(?:(?! (?:who )?${plea})[^,;:.!?—]){1,160})?`
/** "one harbour board official familiar with the talks" */
const unnamed = new RegExp(
  `^(?:${determiner}(?:${anyWord}){0,6}?|(?:${anyWord}){0,2}?)(?:${people})\\b${complement}`,
  'iu'
)
/** "the city council" */
const group = new RegExp(`^the (?:${anyWord}){0,3}?(?:${groups})${follows}`, 'iu')
/** ", a spokesman for the harbour": the role after a name, which no clause of the sentence is. */
const roleAfter =
  /^,\s+(?!(?:\d+\b|however|meanwhile|too|though|who|which|whose|whom|where|when|but|and|or|so|while|as|adding|noting|saying|in|on|at|after|before|during|speaking|referring|with|according)\b)([^,;—]{3,200}?)(?=,|;|\s*$| —)/iu
/** The reason after a speaker, with the words that go on with it up to the next comma or mark. */
const reason = new RegExp(String.raw`(?:,?\s+(?:who\s+)?)(${plea}[^,;.!?“”"—]{0,300})`, 'iu')
const reasonFirst = new RegExp(`^${reason.source}`, 'iu')

/** The speaker these words begin with. */
export function speakerAt(words: string): Speaker | undefined {
  return pronounAt(words) ?? nameAt(words) ?? groupAt(words) ?? unnamedAt(words)
}

/** The speaker these words are from beginning to end. */
export function speakerOf(words: string): Speaker | undefined {
  const speaker = speakerAt(words)
  return speaker && /^[\s,]*(?:\d{1,3},?|who\b[^.;]*)?$/.test(words.slice(speaker.length))
    ? speaker
    : undefined
}

/** "she" */
function pronounAt(text: string): Speaker | undefined {
  const found = pronoun.exec(text)
  return found ? { as: 'pronoun', words: found[0], length: found[0].length } : undefined
}

/** "the company": somebody in particular, whose name stands elsewhere. */
function groupAt(text: string): Speaker | undefined {
  const [words] = group.exec(text) ?? []
  if (words === undefined) return undefined
  return { as: 'group', name: words.trim(), words, length: words.length }
}

/** "Pat Example, a spokesman for the harbour", "former FBI Director Ana Example", "the Example Wire" */
function nameAt(text: string): Speaker | undefined {
  const found = named.exec(text)
  const person = found && titled(found.groups!.name!)
  if (!person) return undefined
  const before = [found.groups!.role?.replace(/,? $/, ''), person.title].filter(Boolean).join(' ')
  const [after, role] = roleAfter.exec(text.slice(found[0].length)) ?? ['']
  const kind = before || isJob.test(role ?? '') ? 'person' : undefined
  const the = found.groups!.the && !before ? 'organization' : undefined
  return {
    as: 'name',
    name: person.name,
    role: before || role?.trim() || undefined,
    kind: kind ?? the,
    words: found[0] + after,
    length: found[0].length + after.length
  }
}

/** "one harbour board official", "A person familiar with the talks, who was not authorized to speak publicly" */
function unnamedAt(text: string): Speaker | undefined {
  const [description] = unnamed.exec(text) ?? []
  if (description === undefined) return undefined
  const first = description.split(' ')[0]!.toLowerCase()
  const count = counts[first] ?? Number(/^\d{1,3}$/.exec(first))
  const [after, why] = reasonFirst.exec(text.slice(description.length)) ?? ['']
  const words = description + after
  const who = { description: description.trim(), ...(count && { count }), ...(why && { reason: why.trim() }) }
  return { as: 'unnamed', unnamed: who, words, length: words.length }
}

/** The speaker with the reason why they are not named, where it stands after the verb. */
export function withReason(speaker: Speaker, after: string): Speaker {
  const why = speaker.as === 'unnamed' && !speaker.unnamed.reason && reason.exec(after)?.[1]
  return why ? { ...speaker, unnamed: { ...speaker.unnamed, reason: why.trim() } } : speaker
}
