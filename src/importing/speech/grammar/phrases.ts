// Noun phrases that can be a speaker: a pronoun, a name with its titles, people, a group, a document.
import type { Lexicon } from '../languages/lexicon.ts'
import { isTime, nameWords, titled } from './names.ts'
import { type Gender, reasonAt, type Speaker } from './speakers.ts'
import type { Token } from './tokens.ts'

/** A speaker and the first token behind it. */
export interface Phrase {
  speaker: Speaker
  end: number
}

export interface Clause {
  text: string
  tokens: Token[]
  lexicon: Lexicon
}

// "the first black woman to chair the board": no noun phrase of a speaker is longer.
const longest = 14
const isPossessive = ({ text }: Token) => /(?:['’]s|s['’])$/.test(text)
const counts: Record<string, number> = Object.fromEntries([
  ['a', 1],
  ['an', 1],
  ...'one two three four five six seven eight nine ten'.split(' ').map((word, i) => [word, i + 1])
])
const isNumber = ({ text }: Token) => /^\d{1,3}$/.test(text)

/** The noun phrase that begins at this token. */
export function phraseAt(clause: Clause, at: number): Phrase | undefined {
  const { tokens, lexicon } = clause
  const first = tokens[at]
  if (!first?.word) return undefined
  const form = lexicon.pronouns.get(first.lower)
  if (
    form !== undefined &&
    !(form === 'she' && lexicon.language.capitalNouns && tokens[at + 1]?.capital && at > 0)
  )
    return { speaker: { as: 'pronoun', form, words: first.text }, end: at + 1 }
  const noun = afterDeterminers(clause, at)
  const end = coreEnd(clause, noun)
  if (end === noun) return undefined
  return named(clause, at, noun, end) ?? nominal(clause, at, noun, end)
}

/** "one of the", "more than 20", "some 200" */
function afterDeterminers({ tokens, lexicon }: Clause, at: number) {
  // "about 200", "more than a dozen"
  let noun =
    /^(?:about|nearly|roughly|almost|over|at|rund|etwa|mehr|more|environ|unos)$/.test(tokens[at]!.lower) &&
    /^(?:\d|than$|als$|least$)/.test(tokens[at + 1]?.lower ?? '')
      ? at + 1
      : at
  if (/^(?:than|als|least)$/.test(tokens[noun]?.lower ?? '')) noun++
  while (tokens[noun] && isDeterminer(tokens[noun]!, lexicon)) {
    noun++
    if (/^(?:of|de|von|d’|di|av|af|van)$/.test(tokens[noun]?.lower ?? '')) {
      const after = tokens[noun + 1]
      if (after && isDeterminer(after, lexicon)) noun++
    }
  }
  return noun
}

const isDeterminer = (token: Token, { determiners }: Lexicon) =>
  isNumber(token) || determiners.has(token.lower)

/** Where the nouns, adjectives and names that stand together from here end. */
function coreEnd({ tokens, lexicon }: Clause, noun: number) {
  let end = noun
  while (end < tokens.length && end - noun < longest && continues(tokens, end, noun, lexicon)) end++
  return end
}

function continues(tokens: Token[], at: number, noun: number, lexicon: Lexicon): boolean {
  const token = tokens[at]!
  const inName = at > noun && tokens[at - 1]!.capital && tokens[at + 1]?.capital === true
  if (!token.word) return token.text === '&' && inName
  if (inName && (lexicon.particles.has(token.lower) || isOf(tokens, at))) return true
  if (token.capital && at > noun) return !isSentenceWord(token, lexicon)
  if (lexicon.functional.has(token.lower) || lexicon.determiners.has(token.lower)) return false
  const isRole = lexicon.people.test(token.lower) && tokens[at + 1]?.capital === true
  return (
    token.capital ||
    at === noun ||
    isRole ||
    !lexicon.verbs.has(token.lower) ||
    isDocumentNoun(tokens, at, noun, lexicon)
  )
}

/** "a new report": a verb's form that is a noun behind an article and an adjective. */
const isDocumentNoun = (tokens: Token[], at: number, noun: number, lexicon: Lexicon) =>
  lexicon.documents.test(tokens[at]!.lower) &&
  lexicon.determiners.has(tokens[noun - 1]?.lower ?? '') &&
  tokens.slice(noun, at).every((token) => !isKnownNoun(token, lexicon) && !isPossessive(token))

const isSentenceWord = ({ lower }: Token, { pronouns }: Lexicon) => pronouns.has(lower) && lower !== 'it'

/** "Bank of England", "University of X": "of" goes on with a name only after a word for an institution. */
const isOf = (tokens: Token[], at: number) =>
  /^(?:of|for|of the)$/.test(tokens[at]!.lower) &&
  /^(?:Bank|University|Department|House|Institute|College|Board|Ministry|Committee|Church|Federation|Bureau|Office|Council|Union|Association|Chamber|Center|Centre|Secretary|Academy|Daughters|Sons|Friends|League|Museum)$/.test(
    tokens[at - 1]!.text
  )

/** Whether this word is a noun for people: "spokesman", "Hafenmeister". */
const isPeople = ({ text }: Token, { people }: Lexicon) => people.test(text.replace(/\.$/, ''))
const isFormer = ({ lower }: Token) =>
  /^(?:former|then|ex|current|longtime|ehemalige[rn]?|früher|ancien(?:ne)?|ex-.*|fellow|late|incoming|acting|interim|veteran|rival|outgoing)$/.test(
    lower
  )

/** "former FBI Director Ana Example", "Norvane chief financial officer Ana Example", "the Example Wire" */
function named(clause: Clause, at: number, noun: number, coreEnd: number): Phrase | undefined {
  const { tokens, lexicon } = clause
  const run = lastRun(clause, noun, coreEnd)
  if (!run) return undefined
  const inRun = tokens.slice(run.start, run.end)
  const roleWords = inRun.findLastIndex((token, i) => i < inRun.length - 1 && isPeople(token, lexicon))
  const nameStart = run.start + roleWords + 1
  const printed = joined(clause, nameStart, run.end)
  const person = titled(printed)
  if (!person || nameWords(person.name).every((word) => isTime(word))) return undefined
  const isRole = tokens.slice(nameStart, run.end).every((token) => isKnownNoun(token, lexicon))
  const bare = lexicon.language.capitalNouns && run.end - nameStart === 1 && noun > at && roleWords < 0
  if ((isRole || bare) && !lexicon.outlets.test(tokens[noun]!.text)) return undefined
  const before = noun < nameStart ? joined(clause, noun, nameStart) : ''
  const title = [before, person.title].filter(Boolean).join(' ')
  const gender = genderOf(title, clause, noun, nameStart)
  const outlet = lexicon.outlets.test(before.toLowerCase()) || lexicon.groups.test(before.toLowerCase())
  const kind = outlet
    ? 'organization'
    : title
      ? 'person'
      : tokens[at]!.lower === 'the'
        ? 'organization'
        : undefined
  return {
    speaker: {
      as: 'name',
      name: person.name,
      ...(title && !outlet && { role: title }),
      ...(kind && { kind }),
      ...(gender && { gender }),
      words: joined(clause, at, run.end)
    },
    end: run.end
  }
}

const isKnownNoun = (token: Token, { people, groups, documents }: Lexicon) =>
  [people, groups, documents].some((nouns) => nouns.test(token.lower))

/** The run of capital words that is the name: the last whose words before it are a role, else the first. */
function lastRun({ tokens, lexicon }: Clause, noun: number, end: number) {
  const runs: { start: number; end: number }[] = []
  for (let i = noun; i < end; i++) {
    const last = runs.at(-1)
    const goesOn = last?.end === i && !isPossessive(tokens[i - 1]!)
    const small =
      goesOn && !tokens[i]!.capital && tokens[i + 1]?.capital && i + 1 < end && isSmall(tokens[i]!, lexicon)
    if (goesOn && (tokens[i]!.capital || small)) last!.end = i + 1
    else if (tokens[i]!.capital) runs.push({ start: i, end: i + 1 })
  }
  const allowed = runs.filter(({ start, end: stop }) => {
    if (isPossessive(tokens[stop - 1]!)) return false
    const before = tokens[start - 1]
    const after = tokens[stop]
    if (stop < end && after && isHead(tokens, stop, end, lexicon)) return false
    return (
      start === noun ||
      isPossessive(before!) ||
      isRoleOf(tokens, start, noun, lexicon) ||
      isFormer(before!) ||
      lexicon.outlets.test(before!.lower) ||
      lexicon.groups.test(before!.lower)
    )
  })
  return allowed.at(-1)
}

/** Whether the small words before a name have a noun for people among them: "chief financial officer". */
function isRoleOf(tokens: Token[], start: number, noun: number, lexicon: Lexicon) {
  for (let i = start - 1; i >= noun && !tokens[i]!.capital; i--)
    if (isPeople(tokens[i]!, lexicon)) return true
  return false
}

const isSmall = (token: Token, { particles }: Lexicon) =>
  particles.has(token.lower) || !token.word || /^(?:of|for|the)$/.test(token.lower)

/** Whether the noun phrase goes on behind a name with a noun it belongs to: "Trump supporters". */
function isHead(tokens: Token[], from: number, end: number, lexicon: Lexicon) {
  for (let i = from; i < end && !tokens[i]!.capital; i++)
    if (isKnownNoun(tokens[i]!, lexicon)) return tokens[i + 1]?.capital !== true || i + 1 >= end
  return false
}

/** "one harbour official familiar with the talks", "the city council", "court papers" */
function nominal(clause: Clause, at: number, noun: number, coreEnd: number): Phrase | undefined {
  const { tokens, lexicon } = clause
  let head = coreEnd - 1
  while (head >= noun && !isKnownNoun(tokens[head]!, lexicon) && !lexicon.outlets.test(tokens[head]!.lower))
    head--
  const known = head >= noun
  if (!known && noun === at) return undefined
  const end = known ? head + 1 : coreEnd
  const word = tokens[end - 1]!.lower
  if (isTime(tokens[end - 1]!.text)) return undefined
  if (!known) return /(?:ed|ing)$/.test(word) ? undefined : unnamed(clause, at, end, true)
  if (lexicon.people.test(word)) return unnamed(clause, at, end)
  const kind = lexicon.documents.test(word) ? 'document' : 'organization'
  const words = joined(clause, at, end)
  const definite = /^(?:an?|another|some|one|eine?|une?|un[ao]?|en|et|ett|een)$/.test(tokens[at]!.lower)
  if (definite && kind === 'organization') return unnamed(clause, at, end)
  return { speaker: { as: 'group', name: words, kind, words }, end }
}

/** How the words that belong to unnamed people begin: "familiar with", "of the port", "who". */
const complement =
  /^(?:familiar|briefed|with|close|who|for|of|from|involved|de|du|des|d’|del|da|do|di|della|von|der|für|aus|van|av|af|fra|från|pour|chez|i)$/
const closes = /^[,;:.!?—–()“”"«»]$/

/** Unnamed people, with the words that say who they are and why they are not named. */
function unnamed(clause: Clause, at: number, nounEnd: number, unknown = false): Phrase {
  const { tokens, text } = clause
  const next = tokens[nounEnd]
  let end = nounEnd
  const why = reasonAt(text.slice(tokens[nounEnd - 1]!.end))
  if (!why && next && complement.test(next.lower)) {
    end++
    while (tokens[end] && !closes.test(tokens[end]!.text) && !reasonAt(text.slice(tokens[end - 1]!.end)))
      end++
  }
  const after = reasonAt(text.slice(tokens[end - 1]!.end))
  const description = joined(clause, at, end)
  const first = tokens[at]!
  const count = counts[first.lower] ?? (isNumber(first) ? Number(first.text) : undefined)
  const stop = after ? tokens[end - 1]!.end + after.words.length : 0
  while (after && tokens[end] && tokens[end]!.start < stop) end++
  return {
    speaker: {
      as: 'unnamed',
      unnamed: { description, ...(count && { count }), ...(after && { reason: after.reason }) },
      ...(unknown && { unknown }),
      words: joined(clause, at, end)
    },
    end
  }
}

/** "the choirmaster, Ana Example,": people in general words, and behind the comma the name. */
export function withName(clause: Clause, phrase: Phrase): Phrase {
  const { tokens } = clause
  const { speaker, end } = phrase
  if (speaker.as !== 'unnamed' || tokens[end]?.text !== ',') return phrase
  const next = phraseAt(clause, end + 1)
  const closed = next && (tokens[next.end] === undefined || /^[,.;:]$/.test(tokens[next.end]!.text))
  if (
    !closed ||
    next.speaker.as !== 'name' ||
    !next.speaker.name.includes(' ') ||
    next.speaker.kind === 'organization'
  )
    return phrase
  const role = speaker.unnamed.description.replace(
    /^(?:the|an?|der|die|das|ein|eine|le|la|les|el|l[’']|su|sa|son|en|et)\s*/i,
    ''
  )
  const gender = genderOf(role, clause, 0, end)
  const named: Speaker = {
    ...next.speaker,
    role: next.speaker.role ?? role,
    kind: 'person',
    ...(gender && { gender }),
    words: `${speaker.words}, ${next.speaker.words}`
  }
  return { speaker: named, end: next.end }
}

export const joined = ({ text, tokens }: Clause, from: number, to: number) =>
  text.slice(tokens[from]!.start, tokens[to - 1]!.end)

/** "Direktorin": what a role's ending says of who has it. */
function genderOf(
  title: string,
  { lexicon, tokens }: Clause,
  noun: number,
  nameStart: number
): Gender | undefined {
  if (/\b(?:Mrs|Ms|Miss|Mme|Frau|Sra|Lady|Dame|Queen|Princess|Sister)\b|woman\b/i.test(title)) return 'she'
  if (/\b(?:Mr|Sir|Lord|King|Prince|Herr|Monsieur|Father|Brother)\b|(?<!wo)man\b/.test(title)) return 'he'
  const { feminine, masculine } = lexicon.language
  const role = tokens.slice(noun, nameStart).findLast((token) => lexicon.people.test(token.lower))?.lower
  if (role === undefined) return undefined
  if (feminine?.test(role)) return 'she'
  return masculine?.test(role) ? 'he' : undefined
}
