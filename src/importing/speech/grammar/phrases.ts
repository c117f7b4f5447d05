// Noun phrases that can be a speaker: a pronoun, a name with its titles, people, a group, a document.
import type { Lexicon } from '../languages/lexicon.ts'
import { genderOf } from './givennames.ts'
import { isMonthName, isNickname, isParticle, isTime, nameWords, splitTitle } from './names.ts'
import type { Token } from './tokens.ts'
import { type Clause, type Phrase, textBetween } from './tokens.ts'
import { isNumber, shareEnd, unnamed } from './unnamed.ts'
import { isDocument } from './verbs.ts'

// "the first black woman to chair the board": no noun phrase of a speaker is longer.
const maxTokens = 14
const isPossessive = ({ text }: Token) => /(?:['’]s|s['’])$/.test(text)
/** The noun phrase that begins at this token. */
export function phraseAt(clause: Clause, at: number): Phrase | undefined {
  const { tokens, lexicon } = clause
  const first = tokens[at]
  if (!first?.word) return undefined
  const form = lexicon.pronouns.get(first.lower)
  if (form !== undefined) return { speaker: { as: 'pronoun', form, words: first.text }, end: at + 1 }
  const share = shareEnd(clause, at)
  if (share !== undefined) return unnamed(clause, at, coreEnd(clause, share))
  const noun = afterDeterminers(clause, at)
  const marked = noun > at ? nameInMarks(clause, at, noun) : undefined
  if (marked) return marked
  const end = coreEnd(clause, noun)
  if (end === noun) return undefined
  return namedPhrase(clause, at, noun, end) ?? nominalPhrase(clause, at, noun, end)
}

/** "the “Morning Watch”": a paper or a group, by a name that stands between marks. */
function nameInMarks(clause: Clause, at: number, mark: number): Phrase | undefined {
  const { tokens } = clause
  if (!/^[“„«»"]$/.test(tokens[mark]?.text ?? '') || !tokens[mark + 1]?.capital) return undefined
  const close = tokens.findIndex(({ word }, i) => i > mark + 1 && !word)
  if (close < 0 || close > mark + 5 || !/^[”“»«"]$/.test(tokens[close]!.text)) return undefined
  const name = textBetween(clause, mark + 1, close)
  return {
    speaker: { as: 'name', name, kind: 'organization', words: textBetween(clause, at, close + 1) },
    end: close + 1
  }
}

/** "one of the", "more than 20", "some 200" */
function afterDeterminers({ tokens, lexicon }: Clause, at: number) {
  // "about 200", "more than a dozen"
  let noun =
    /^(?:about|nearly|roughly|almost|over|at|rund|etwa|mehr|more|environ|unos)$/.test(tokens[at]!.lower) &&
    /^(?:\d|than$|als$|least$)/.test(tokens[at + 1]?.lower ?? '')
      ? at + 1
      : at
  if (/^(?:than|als|least)$/.test(tokens[noun]!.lower)) noun++
  while (tokens[noun] && isDeterminer(tokens[noun]!, lexicon)) {
    noun++
    if (/^(?:of|de|von|d’|di|av|af|van)$/.test(tokens[noun]?.lower ?? '')) {
      const after = tokens[noun + 1]
      // "some of the crew", "one of Keel’s friends"
      if (after && (isDeterminer(after, lexicon) || isPossessive(after))) noun++
    }
  }
  return noun
}

const isDeterminer = (token: Token, { determiners }: Lexicon) =>
  isNumber(token) || determiners.has(token.lower)

/** Where the nouns, adjectives and names that stand together from here end. */
function coreEnd({ tokens, lexicon }: Clause, noun: number) {
  let end = noun
  while (end < tokens.length && end - noun < maxTokens && continues(tokens, end, noun, lexicon)) end++
  return end
}

function continues(tokens: Token[], at: number, noun: number, lexicon: Lexicon): boolean {
  const token = tokens[at]!
  const inName = at > noun && tokens[at - 1]!.capital && tokens[at + 1]?.capital === true
  if (!token.word) return inName && (token.text === '&' || isNickname(tokens, at))
  if ((inName && isOf(tokens, at)) || isParticle(tokens, at, noun, lexicon)) return true
  if (token.capital && at > noun) return !isSentenceWord(token, lexicon)
  // "said Will Keel", "May said"
  if (at === noun && at > 0 && token.text === 'Will' && tokens[at + 1]?.capital) return true
  if (at === noun && isMonthName(tokens, at, lexicon)) return true
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

/** "police report" where a verb follows, or nothing: what a verb's subject is looked for in ends before it. */
const isDocumentOfGroup = (tokens: Token[], at: number, noun: number, { groups, documents }: Lexicon) =>
  at > noun &&
  groups.test(tokens[at - 1]!.lower) &&
  (tokens[at + 1] ? isDocument(tokens, at, documents) : documents.test(tokens[at]!.lower))

/** "police report", "a new report": a verb's form that is a noun, by what stands before it. */
const isDocumentNoun = (tokens: Token[], at: number, noun: number, lexicon: Lexicon) =>
  isDocumentOfGroup(tokens, at, noun, lexicon) ||
  (lexicon.documents.test(tokens[at]!.lower) &&
    lexicon.determiners.has(tokens[noun - 1]?.lower ?? '') &&
    tokens.slice(noun, at).every((token) => !isKnownNoun(token, lexicon) && !isPossessive(token)))

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
function namedPhrase(clause: Clause, at: number, noun: number, coreEnd: number): Phrase | undefined {
  const { tokens, lexicon } = clause
  const run = lastRun(clause, noun, coreEnd)
  if (!run) return undefined
  const inRun = tokens.slice(run.start, run.end)
  const roleWords = inRun.findLastIndex((token, i) => i < inRun.length - 1 && isPeople(token, lexicon))
  const nameStart = run.start + roleWords + 1
  const printed = textBetween(clause, nameStart, run.end)
  const isMonth = isMonthName(tokens, nameStart, lexicon)
  const person = splitTitle(printed, isMonth)
  if (!person) return undefined
  if (!isMonth && !person.title && nameWords(person.name).every((word) => isTime(word))) return undefined
  const isRole = tokens.slice(nameStart, run.end).every((token) => isKnownNoun(token, lexicon))
  const bare = lexicon.language.capitalNouns && run.end - nameStart === 1 && noun > at && roleWords < 0
  if ((isRole || bare) && !lexicon.outlets.test(tokens[noun]!.text)) return undefined
  const before = noun < nameStart ? textBetween(clause, noun, nameStart) : ''
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
      words: textBetween(clause, at, run.end)
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
    const small = goesOn && isSmall(tokens[i]!, lexicon) && i + 1 < end
    const leadsOn =
      tokens[i + 1]?.capital || (i + 2 < end && isSmall(tokens[i + 1]!, lexicon) && tokens[i + 2]!.capital)
    if (goesOn && (tokens[i]!.capital || (small && leadsOn))) last!.end = i + 1
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
function nominalPhrase(clause: Clause, at: number, noun: number, coreEnd: number): Phrase | undefined {
  const { tokens, lexicon } = clause
  let head = coreEnd - 1
  while (head >= noun && !isKnownNoun(tokens[head]!, lexicon) && !lexicon.outlets.test(tokens[head]!.lower))
    head--
  const known = head >= noun
  if (!known && noun === at) return undefined
  const numbered =
    known && lexicon.documents.test(tokens[head]!.lower) && /^\d/.test(tokens[head + 1]?.text ?? '')
  const end = known ? head + (numbered ? 2 : 1) : coreEnd
  const word = tokens[known ? head : end - 1]!.lower
  if (isTime(tokens[end - 1]!.text)) return undefined
  if (!known) return /(?:ed|ing)$/.test(word) ? undefined : unnamed(clause, at, end, true)
  if (lexicon.people.test(word)) return unnamed(clause, at, end)
  const kind = lexicon.documents.test(word) ? 'document' : 'organization'
  const words = textBetween(clause, at, end)
  const definite = /^(?:an?|another|some|one|eine?|une?|un[ao]?|en|et|ett|een)$/.test(tokens[at]!.lower)
  if (definite && kind === 'organization') return unnamed(clause, at, end)
  return { speaker: { as: 'group', name: words, kind, words }, end }
}
