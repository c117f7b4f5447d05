// Highlights: where in a text the words stand that somebody looks for, as parts, so that nothing needs escaping.
import type { Term } from '../storage/database.ts'

export interface Part {
  text: string
  /** Whether these are words that were looked for. */
  match?: true
}

const inWord = '[\\p{L}\\p{N}\\p{M}\\p{Co}]'
/** How many matches are looked at for the best place. */
const considered = 50

const isInWord = new RegExp(inWord, 'u')

/** Where letters with accents are, and combining marks: not among the dashes and quotation marks of U+2000. */
const mayBeAccented = /[\u00aa-\u1fff\u2070-\uffff]/

const accented = /[\p{Script=Latin}\p{Script=Greek}]/u

/** The letter without its accent. */
function plainOf(letter: string): string {
  const plain = accented.test(letter) ? letter.normalize('NFD')[0]! : letter
  return plain.length === letter.length ? plain : letter
}

/** The same words however they are written, as the index folds them. Every character keeps its place. */
const folded = (text: string) => (mayBeAccented.test(text) ? unaccented(text) : text.toLowerCase())

const unaccented = (text: string) =>
  text
    .replace(/[^ -~\s]/gu, plainOf)
    .toLowerCase()
    .replaceAll('ς', 'σ')

/** What finds the words of a search in a text. */
export interface Finder {
  /** Single words, folded, and whether each is only a beginning: those are found fastest. */
  words: { word: string; prefix: boolean }[]
  /** The same and all else, for texts with combining marks, and for phrases. */
  pattern: RegExp | undefined
}

export function finder(terms: Term[]): Finder {
  const words = terms.map(({ words, prefix }) => ({ word: folded(words[0]!), prefix }))
  return { words, pattern: terms.some((term) => term.words.length > 1) ? patternOf(terms) : undefined }
}

/** What finds these terms in a folded text, as the full text index does. */
function patternOf(terms: Term[]): RegExp {
  const patterns = terms.map(({ words, prefix }) => {
    const spelled = words.map((word) => [...folded(word)].map((letter) => `${letter}\\p{M}*`).join(''))
    return `${spelled.join(`[^${inWord.slice(1, -1)}]+`)}${prefix ? `${inWord}*` : `(?!${inWord})`}`
  })
  return new RegExp(`(?<!${inWord})(?:${patterns.join('|')})`, 'gu')
}

interface Range {
  start: number
  end: number
}

function rangesIn(text: string, { words, pattern }: Finder): Range[] {
  const isPlain = !mayBeAccented.test(text)
  const plain = isPlain ? text.toLowerCase() : unaccented(text)
  const needed =
    pattern ??
    (isPlain || !/\p{M}/u.test(plain)
      ? undefined
      : patternOf(words.map(({ word, prefix }) => ({ words: [word], prefix }))))
  if (needed)
    return [...plain.matchAll(needed)].map(({ index, 0: found }) => ({
      start: index,
      end: index + found.length
    }))
  const ranges = words
    .flatMap((one) => occurrences(plain, one))
    .sort((a, b) => a.start - b.start || b.end - a.end)
  let end = 0
  return ranges.filter((range) => {
    if (range.start < end) return false
    end = range.end
    return true
  })
}

/** Where a word stands in a folded text, as a whole word; the first of them, where there are very many. */
function occurrences(text: string, { word, prefix }: Finder['words'][number]): Range[] {
  const ranges: Range[] = []
  for (let at = text.indexOf(word); at >= 0 && ranges.length < considered; at = text.indexOf(word, at + 1)) {
    if (at > 0 && isInWord.test(text[at - 1]!)) continue
    let end = at + word.length
    if (prefix) while (end < text.length && isInWord.test(text[end]!)) end++
    else if (end < text.length && isInWord.test(text[end]!)) continue
    ranges.push({ start: at, end })
  }
  return ranges
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
  const ranges = rangesIn(text, find).slice(0, considered)
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
