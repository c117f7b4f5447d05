// Where in a text the words stand that somebody looks for: words as the full text index tells them apart.
import type { Term } from '../storage/database.ts'

/** A text as it is looked through: places in it are places in `letters`. */
export interface Text {
  letters: string
  /** Whether every letter is one of a to z, or their capitals: whatever else is there is neither letter nor mark. */
  isPlain: boolean
  /** What is in the middle of a character, not at its beginning. */
  middle: RegExp
  slice(start: number, end: number): string
}

/** As UTF-16: letters with accents and all others, and combining marks, but no dashes and quotation marks (U+2000). */
const otherLetter = /[\u00aa-\u1fff\u2070-\uffff]/

/** The same as UTF-8, a byte a character. */
const otherLetterInBytes = /[\xc2-\xe1\xe3-\xff]|\xe2(?:[^\x80\x81]|\x81[\xb0-\xbf])/

export const textOf = (text: string): Text => ({
  letters: text,
  isPlain: !otherLetter.test(text),
  middle: /[\udc00-\udfff]/,
  slice: (start, end) => text.slice(start, end)
})

/** A text in UTF-8. Where that suffices its bytes are looked through: of most texts little is shown, and read. */
export function textOfBytes(bytes: Buffer): Text {
  const letters = bytes.toString('latin1')
  if (otherLetterInBytes.test(letters)) return textOf(bytes.toString())
  const slice = (start: number, end: number) => bytes.toString('utf8', start, end)
  return { letters, isPlain: true, middle: /[\x80-\xbf]/, slice }
}

const accented = /[\p{Script=Latin}\p{Script=Greek}]/u

/** The letter without its accent. */
function plainOf(letter: string): string {
  const plain = accented.test(letter) ? letter.normalize('NFD')[0]! : letter
  return plain.length === letter.length ? plain : letter
}

/** The same words however they are written, as the index folds them. Every character keeps its place. */
const folded = (text: string) =>
  text
    .replace(/[^ -~\s]/gu, plainOf)
    .toLowerCase()
    .replaceAll('ς', 'σ')

/** Words that stand somewhere, and where. */
export interface Match {
  words: string
  start: number
  end: number
}

export interface Finder {
  /** How many terms are looked for. */
  terms: number
  /** Where they stand, in their order, none over another; the first of them, where there are very many. */
  in(text: Text): Match[]
}

/** How many matches are looked at. */
const considered = 50

/** Finds these terms: whole words, or what begins like them. */
export function finder(terms: Term[]): Finder {
  const wanted = terms.map(({ words, prefix }) => ({ words: words.map(folded), prefix }))
  let pattern: RegExp | undefined
  return {
    terms: terms.length,
    in({ letters, isPlain }) {
      if (isPlain) return inPlain(letters.toLowerCase(), wanted)
      pattern ??= patternOf(wanted)
      const matches = folded(letters).matchAll(pattern)
      return matches
        .take(considered)
        .map(({ index, 0: words }) => ({ words, start: index, end: index + words.length }))
        .toArray()
    }
  }
}

/** What finds these terms in any folded text. */
function patternOf(terms: Term[]): RegExp {
  const inWord = '\\p{L}\\p{N}\\p{M}\\p{Co}'
  const patterns = terms.map(({ words, prefix }) => {
    const spelled = words.map((word) => [...word].map((letter) => `${letter}\\p{M}*`).join(''))
    return `${spelled.join(`[^${inWord}]+`)}${prefix ? `[${inWord}]*` : `(?![${inWord}])`}`
  })
  return new RegExp(`(?<![${inWord}])(?:${patterns.join('|')})`, 'gu')
}

/** What is found in a plain text in small letters: as a pattern would find it, without one to be compiled. */
function inPlain(letters: string, terms: Term[]): Match[] {
  let end = 0
  return terms
    .flatMap((term) => standing(letters, term))
    .sort((one, other) => one.start - other.start)
    .filter((match) => {
      if (match.start < end) return false
      end = match.end
      return true
    })
    .slice(0, considered)
}

/** Where a term stands in a plain text. */
function standing(letters: string, term: Term): Match[] {
  const found: Match[] = []
  const words = term.words.join(' ')
  const first = term.words[0]!
  let start = letters.indexOf(first)
  while (start >= 0 && found.length < considered) {
    const end = isInWord(letters, start - 1) ? undefined : endOf(letters, start, term)
    if (end !== undefined) found.push({ words, start, end })
    start = letters.indexOf(first, start + first.length)
  }
  return found
}

/** Where a term ends that begins here; undefined where none does. */
function endOf(letters: string, start: number, { words, prefix }: Term): number | undefined {
  let end = start
  for (const [i, word] of words.entries()) {
    const next = i === 0 ? start : afterGap(letters, end)
    if ((i > 0 && next === end) || !letters.startsWith(word, next)) return undefined
    end = next + word.length
  }
  const whole = afterWord(letters, end)
  return prefix || whole === end ? whole : undefined
}

function afterGap(letters: string, place: number): number {
  let end = place
  while (end < letters.length && !isInWord(letters, end)) end++
  return end
}

function afterWord(letters: string, place: number): number {
  let end = place
  while (isInWord(letters, end)) end++
  return end
}

/** Whether the character at this place, of a plain text in small letters, is one of a word. */
function isInWord(letters: string, place: number): boolean {
  const code = letters.charCodeAt(place)
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57)
}
