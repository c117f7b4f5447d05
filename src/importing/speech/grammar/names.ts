// Names of people and organizations, as pages print them.
import type { Lexicon } from '../languages/lexicon.ts'
import { noNames, organizations, outlets, places, times, titles } from '../languages/name-words.ts'
import type { Token } from './tokens.ts'

const word = String.raw`(?:(?:\p{Lu}\.)+|(?:Dr|Mr|Mrs|Ms|Prof|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Rev|St)\.|\p{Lu}[\p{L}\p{M}\p{N}&’'-]*)`
const between =
  '(?:(?:von der|van der|van den|de la|de los|de|da|del|della|van|von|der|den|la|le|al|bin|ibn|di|du|of|of the|for|for the) )?'
const article = "(?:(?:al|el)-|d['’])?"
const nickname = String.raw`(?: [„“"]\p{Lu}[\p{L}-]*[“”"])?`
/** The pattern of a name: capitalised words, the small words of names between them ("von der", "al-", "d’"). */
export const namePattern = `${word}(?:${nickname} ${between}${article}${word}){0,7}`
// Where every noun has a capital, "der" and "den" are articles: they stand in a name behind "von" alone.
const nounPattern = namePattern.replace('|der|den|', '|')
const patterns = { names: new RegExp(namePattern, 'uy'), amongNouns: new RegExp(nounPattern, 'uy') }

/** A name that is printed in capitals: "SEAN O’NEIL" is Sean O’Neil, "ANN-MARIE MCKAY" Ann-Marie McKay. */
export const nameOfCapitals = (printed: string) =>
  printed
    .toLowerCase()
    .replace(/(?<![\p{L}\p{M}'’])\p{L}|(?<=(?<!\p{L})(?:\p{L}['’]|mc))\p{L}/gu, (letter) =>
      letter.toUpperCase()
    )

/** "Monday", "May": a time, whatever it looks like. */
export const isTime = (word: string) => times.has(withoutFullStop(word))
/** The words of a name. */
export const nameWords = (name: string) => name.split(' ')

/** Months that people are called by as well: April Keel, Theresa May. */
const monthName = /^(?:April|May|June|August)$/
/** What stands before a month that nobody is called by: "in April", "last May". */
const beforeMonth = /^(?:in|since|until|during|early|mid|late|last|this|next|each|every|\d+)$/i

const withoutFullStop = (word: string) => word.replace(/[.,]+$/, '')
const words = (name: string) => name.split(' ').map(withoutFullStop)

/** Whether the last word of a name is that of a place: no person is called "Cold Water Park". */
export const isPlaceName = (name: string) => places.has(words(name).at(-1)!)
/** Whether a word of a name is one of newspapers and broadcasters. */
export const isOutletName = (name: string) => words(name).some((word) => outlets.has(word))
/** Whether a word of a name is one of organizations, or an abbreviation in capitals. */
export const isOrganizationName = (name: string) =>
  words(name).some((word) => organizations.has(word) || /^\p{Lu}{2,6}$/u.test(word))

/**
 * The titles before a name ("former FBI Director") apart from the name; undefined when it names nobody, as words do that only
 * begin a sentence, and months that are not known to be a name here.
 */
export function splitTitle(
  printed: string,
  isMonthName = false
): { title?: string; name: string } | undefined {
  const parts = printed.split(' ')
  if (!isMonthName && noNames.has(withoutFullStop(parts[0]!))) return undefined
  const last = parts.findLastIndex((word, i) => i < parts.length - 1 && titles.has(withoutFullStop(word)))
  const name = parts.slice(last + 1).join(' ')
  if (last < 0) return { name }
  // A person of an organization is not called by it.
  return { title: parts.slice(0, last + 1).join(' '), name: name.split(' of ')[0]! }
}

/** A month that is somebody's name: "April Keel", "said May", not "in May", "May 3", "April was". */
export function isMonthName(tokens: Token[], at: number, { verbs }: Lexicon) {
  const { text } = tokens[at]!
  if (!monthName.test(text) || beforeMonth.test(tokens[at - 1]?.lower ?? '')) return false
  const next = tokens[at + 1]
  // Of these only May is the surname of many.
  return next?.capital || (text === 'May' && (!next?.word || verbs.has(next.lower)))
}

const isMark = (token: Token | undefined) => token !== undefined && /^[„“”"]$/.test(token.text)

/** A mark around the second name of Ann “Bo” Keel. */
export const isNickname = (tokens: Token[], at: number) =>
  isMark(tokens[at]) &&
  ((isMark(tokens[at + 2]) && tokens[at + 3]?.capital === true) || isMark(tokens[at - 2]))

/** "de" in "Ana de Example", "von der" in "Ana von der Example"; in German "der" alone is the article of another noun. */
export function isParticle(tokens: Token[], at: number, noun: number, lexicon: Lexicon): boolean {
  const { particles, determiners, language } = lexicon
  const { lower } = tokens[at]!
  const before = tokens[at - 1]
  const after = tokens[at + 1]
  if (!particles.has(lower) || at <= noun || !before || !after) return false
  if (particles.has(before.lower)) return after.capital
  if (!before.capital || (language.capitalNouns && determiners.has(lower))) return false
  return after.capital || (particles.has(after.lower) && tokens[at + 2]?.capital === true)
}

/** A name that stands in the text, with the title it is given there. */
export interface Mention {
  name: string
  title?: string
  at: number
}

/** Where the next capital letter stands; the end of the text where there is none. */
function capitalAt(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 128 ? code > 64 && code < 91 : isCapital(text, at)) return at
  }
  return text.length
}

/** Whether this is a capital letter beyond ASCII. The punctuation of books is more frequent than they are. */
const isCapital = (text: string, at: number) =>
  (text.charCodeAt(at) & 0xffc0) !== 0x2000 && /^\p{Lu}/u.test(text.slice(at, at + 2))

/** What ASCII goes on in a word of a name, and what begins the next word of one. */
const codesOf = (pattern: RegExp) =>
  Uint8Array.from({ length: 128 }, (_, code) => Number(pattern.test(String.fromCharCode(code))))
const inWords = codesOf(/[A-Za-z0-9&'-]/)
const inNames = codesOf(/[A-Zabdefilov"]/)

const space = 32
const fullStop = 46

/** Where a word with a capital ends behind which no name can go on, as nearly all that sentences begin with; -1 for any other. */
function loneEnd(text: string, at: number): number {
  let end = at
  while (inWords[text.charCodeAt(end)] === 1) end++
  const code = text.charCodeAt(end)
  if (end === at || code > 127 || code === fullStop) return -1
  const next = text.charCodeAt(end + 1)
  return code === space && (next > 127 || inNames[next] === 1) ? -1 : end
}

/** Every name of two words or more in this text. */
export function mentions(text: string, lexicon: Lexicon): Mention[] {
  const found: Mention[] = []
  const pattern = lexicon.language.capitalNouns ? patterns.amongNouns : patterns.names
  let end = 0
  for (let index = capitalAt(text, 0); index < text.length; index = capitalAt(text, end)) {
    end = loneEnd(text, index)
    if (end > 0) continue
    pattern.lastIndex = index
    pattern.test(text)
    end = pattern.lastIndex
    const printed = text.slice(index, end)
    if (!printed.includes(' ')) continue
    const [before = ''] = /\S+(?= $)/.exec(text.slice(Math.max(0, index - 12), index)) ?? []
    const person = withoutSmallWords(printed, lexicon, !beforeMonth.test(before))
    if (person === undefined) continue
    const former = /\bformer $/i.test(text.slice(Math.max(0, index - 8), index)) ? 'former ' : ''
    const title = person.title && former + person.title
    if (person.name.includes(' ')) found.push({ ...person, title, at: index })
  }
  return found
}

/** "When Ana Example" and "Selon Ana Example" name Ana Example. */
function withoutSmallWords(found: string, { people, verbs, according }: Lexicon, mayBeMonthName: boolean) {
  const cue = according.exec(found)
  const whole = cue?.index === 0 ? found.slice(cue[0].length).trimStart() : found
  // "RealNews’ Ana Example", "Trainer Ole Example", "Ana Example Monday", "Ana Example von Reuters"
  const printed = whole
    .slice(/^.*['’]s? (?=\p{Lu})/u.exec(whole)?.[0].length ?? 0)
    .replace(/(?<= .+) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$/, '')
    .replace(/(?<= .+) von (\S+)$/, (von, last: string) => (isOutletName(last) ? '' : von))
  const parts = printed.split(' ')
  const isMonthName = mayBeMonthName && parts.length > 1 && monthName.test(parts[0]!)
  const first = isMonthName
    ? 0
    : parts.findIndex(
        (word, i) => !noNames.has(withoutFullStop(word)) && !(i === 0 && verbs.has(word.toLowerCase()))
      )
  const person =
    first < 0
      ? undefined
      : splitTitle(
          parts
            .slice(first)
            .join(' ')
            .replace(/['’]s$/, ''),
          isMonthName
        )
  if (!person) return undefined
  const own = person.name.split(' ')
  const role = own.findLastIndex((word, i) => i < own.length - 1 && people.test(word))
  if (role < 0) return person
  return {
    title: [person.title, ...own.slice(0, role + 1)].filter(Boolean).join(' '),
    name: own.slice(role + 1).join(' ')
  }
}

/** The full names of a text, by their first and by their last word. */
export type Names = Map<string, Mention[]>

// So many people of one name are not told apart anyway.
const maxMentions = 20

/** Every full name of this text, each once for every title it is given. */
export function namesIn(text: string, lexicon: Lexicon): Names {
  const names: Names = new Map()
  for (const mention of mentions(text, lexicon)) {
    const parts = mention.name.split(' ')
    for (const word of new Set([parts[0]!, parts.at(-1)!, withoutArticle(parts.at(-1)!)])) {
      const known = names.get(word) ?? []
      const isNew = known.every(({ name, title }) => name !== mention.name || title !== mention.title)
      if (isNew && known.length < maxMentions) names.set(word, [...known, mention])
    }
  }
  return names
}

/** "al-Keel" is called Keel, too. */
const withoutArticle = (word: string) => word.replace(/^(?:al|el)-(?=\p{Lu})/u, '')

const endsOrBegins = (full: string, short: string) =>
  full.endsWith(` ${short}`) ||
  full.startsWith(`${short} `) ||
  withoutArticle(nameWords(full).at(-1)!) === short

/** The one full name a short one stands for; undefined when there is none, or more than one. */
export function fullName(short: string, names: Names): Mention | undefined {
  const parts = short.split(' ')
  const known = [...(names.get(parts.at(-1)!) ?? []), ...(names.get(parts[0]!) ?? [])]
  const fits = known.filter(({ name }) => endsOrBegins(name, short))
  const first = fits.find(({ title }) => title !== undefined) ?? fits[0]
  return fits.every(({ name }) => name === first?.name) ? first : undefined
}
