// Highlights: where in a text the words stand that somebody looks for, as parts, so that nothing needs escaping.
import type { Term } from '../storage/database.ts'

export interface Part {
  text: string
  /** Whether these are words that were looked for. */
  match?: true
}

/** How many matches are looked at for the best place. */
const considered = 50

/** Where letters with accents are, and combining marks: not among the dashes and quotation marks of U+2000. */
const mayBeAccented = /[\u00aa-\u1fff\u2070-\uffff]/

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

/** What the words of a text are made of. */
interface Letters {
  /** What of them a word has, without the brackets. */
  inWord: string
  /** What may follow each. */
  marks: string
}

/** Those of a text in which nothing may be accented, in small letters. */
const plain: Letters = { inWord: '0-9a-z', marks: '' }
const any: Letters = { inWord: '\\p{L}\\p{N}\\p{M}\\p{Co}', marks: '\\p{M}*' }

/** What finds the words of a search in a text. */
export interface Finder {
  /** Finds them in a text without accents. */
  plain: RegExp
  /** Finds them in a folded text. */
  folded(): RegExp
}

export function finder(terms: Term[]): Finder {
  let pattern: RegExp | undefined
  return {
    plain: new RegExp(patternOf(terms, plain), 'gi'),
    folded() {
      pattern ??= new RegExp(patternOf(terms, any), 'gu')
      return pattern
    }
  }
}

/** What finds these terms as the full text index does: whole words, or what begins like them. */
function patternOf(terms: Term[], { inWord, marks }: Letters): string {
  const patterns = terms.map(({ words, prefix }) => {
    const spelled = words.map((word) => [...folded(word)].map((letter) => `${letter}${marks}`).join(''))
    return `${spelled.join(`[^${inWord}]+`)}${prefix ? `[${inWord}]*` : `(?![${inWord}])`}`
  })
  return `(?<![${inWord}])(?:${patterns.join('|')})`
}

interface Range {
  start: number
  end: number
}

/** Where the words stand; the first of them, where there are very many. */
function rangesIn(text: string, { plain, folded: pattern }: Finder): Range[] {
  const matches = mayBeAccented.test(text) ? folded(text).matchAll(pattern()) : text.matchAll(plain)
  return matches
    .take(considered)
    .map(({ index, 0: found }) => ({ start: index, end: index + found.length }))
    .toArray()
}

/** The whole text, its matches marked. */
export const highlighted = (text: string, find: Finder) =>
  parts(text, rangesIn(text, find), { start: 0, end: text.length })

/** About how many characters a snippet has, and how many of them come before its first match. */
const length = 240
const before = 60
/** The longest word that is not cut. */
const longest = 60

/** The stretch of the text that has most of what was looked for, its matches marked. */
export function snippet(text: string, find: Finder): Part[] {
  const ranges = rangesIn(text, find)
  let best = 0
  let most = 0
  ranges.forEach(({ start }, i) => {
    const near = ranges.slice(i).filter(({ end }) => end <= start + length - before)
    const different = new Set(near.map(({ start, end }) => text.slice(start, end).toLowerCase())).size
    if (different > most) [best, most] = [i, different]
  })
  const from = Math.max(0, (ranges[best]?.start ?? 0) - before)
  const start = from === 0 ? 0 : afterSpace(text, from, ranges[best]!.start)
  const end = Math.max(ranges[best]?.end ?? 0, beforeSpace(text, start + length))
  const shown = parts(
    text,
    ranges.filter((range) => range.start >= start && range.end <= end),
    { start, end }
  )
  return [...(start > 0 ? [{ text: '… ' }] : []), ...shown, ...(end < text.length ? [{ text: ' …' }] : [])]
}

function afterSpace(text: string, from: number, to: number) {
  const space = text.slice(from, to).search(/\s/u)
  return space < 0 ? to : from + space + 1
}

function beforeSpace(text: string, to: number) {
  if (to >= text.length) return text.length
  const space = text.slice(to - longest, to).search(/\s+\S*$/u)
  if (space >= 0) return to - longest + space
  return /[\udc00-\udfff]/.test(text.charAt(to)) ? to - 1 : to
}

function parts(text: string, ranges: Range[], { start, end }: Range): Part[] {
  const found: Part[] = []
  let at = start
  for (const range of ranges) {
    if (range.start > at) found.push({ text: text.slice(at, range.start) })
    found.push({ text: text.slice(range.start, range.end), match: true })
    at = range.end
  }
  if (at < end) found.push({ text: text.slice(at, end) })
  return found
}
