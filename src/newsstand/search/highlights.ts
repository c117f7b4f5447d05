// Highlighting of search matches. Texts are answered in parts instead of markup, so that nothing needs escaping.
import { type Finder, type Match, type Text, textOf, textOfBytes } from './matches.ts'

export interface Part {
  text: string
  /** Whether this part is a match. */
  match?: true
}

interface Range {
  start: number
  end: number
}

/** The whole text with its matches marked. */
export function highlighted(whole: string, find: Finder): Part[] {
  const text = textOf(whole)
  return parts(text, find.in(text), { start: 0, end: whole.length })
}

/** The approximate length of a snippet, and of its part before the first match, in characters. */
const length = 240
const contextBefore = 60
/** Longer words may be cut. */
const longest = 60

/** The passage of a text (in UTF-8) with the most terms, its matches marked. */
export function snippet(bytes: Buffer, find: Finder): Part[] {
  const text = textOfBytes(bytes)
  const { letters } = text
  const matches = find.in(text)
  const first = best(matches, find.terms)
  const from = Math.max(0, (first?.start ?? 0) - contextBefore)
  let start = from === 0 ? 0 : afterSpace(letters, from, first!.start)
  let end = Math.max(first?.end ?? 0, beforeSpace(text, start + length))
  const [cutBefore, cutAfter] = [start > 0, end < letters.length]
  while (letters[start] === '\n') start++
  while (letters[end - 1] === '\n') end--
  const shown = parts(
    text,
    matches.filter((match) => match.start >= start && match.end <= end),
    { start, end }
  )
  const told = shown.map((part) => ({ ...part, text: inOneLine(part.text) }))
  return [...(cutBefore ? [{ text: '… ' }] : []), ...told, ...(cutAfter ? [{ text: ' …' }] : [])]
}

/** The end of a line, with what ended a sentence there: a mark of its end, and quotation marks and brackets behind that. */
const lineEnd = /([\p{STerm}…:]["'\p{Pe}\p{Pf}]*)?\s*\n\s*/gu

/** Fields and paragraphs, which are lines of a text, one after the other; a dot divides those whose last sentence has no end. */
const inOneLine = (text: string) =>
  text.replace(lineEnd, (_, ended: string | undefined) => (ended === undefined ? ' · ' : `${ended} `))

/** The match with the most distinct terms near it. */
function best(matches: Match[], terms: number): Match | undefined {
  let best = matches[0]
  let most = 1
  for (const [i, one] of matches.entries()) {
    if (most >= terms) break
    const near = new Set<string>()
    for (let j = i; (matches[j]?.end ?? Number.POSITIVE_INFINITY) <= one.start + length - contextBefore; j++)
      near.add(matches[j]!.words)
    if (near.size > most) [best, most] = [one, near.size]
  }
  return best
}

const space = /\s/u

function afterSpace(letters: string, from: number, to: number) {
  for (let at = from; at < to; at++) if (space.test(letters.charAt(at))) return at + 1
  return to
}

function beforeSpace({ letters, middle }: Text, to: number) {
  if (to >= letters.length) return letters.length
  let end = to
  while (end > to - longest && !space.test(letters.charAt(end))) end--
  if (end === to - longest) end = to
  while (middle.test(letters.charAt(end))) end--
  return end
}

function parts(text: Text, ranges: Range[], { start, end }: Range): Part[] {
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
