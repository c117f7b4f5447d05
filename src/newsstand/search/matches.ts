// Finding the matches of search terms in a text, with the same tokens as the full-text index.
import {
  endOfPrefix,
  hasOnlyAsciiWords,
  type Term,
  type Token,
  tokensOf
} from '../../storage/text/tokenizer.ts'

/** A text to scan; offsets are offsets in `letters`. */
export interface Text {
  letters: string
  /** Whether all its letters are ASCII; other characters are neither letters nor marks. */
  isPlain: boolean
  /** Code units within a character, not at its start. */
  middle: RegExp
  slice(start: number, end: number): string
}

/** Non-ASCII letters (as in `hasOnlyAsciiWords`) in UTF-8 that was decoded as latin1. */
const otherLetterInBytes = /[\xc2-\xe1\xe3-\xff]|\xe2(?:[^\x80\x81]|\x80[\x8b-\x8f\xaa-\xae]|\x81[\xa0-\xbf])/

export const textOf = (text: string): Text => ({
  letters: text,
  isPlain: hasOnlyAsciiWords(text),
  middle: /[\udc00-\udfff\p{M}]/u,
  slice: (start, end) => text.slice(start, end)
})

/** A text in UTF-8. If its words are ASCII its bytes are scanned without decoding, because only a snippet is needed. */
export function textOfBytes(bytes: Buffer): Text {
  const letters = bytes.toString('latin1')
  if (otherLetterInBytes.test(letters)) return textOf(bytes.toString())
  const slice = (start: number, end: number) => bytes.toString('utf8', start, end)
  return { letters, isPlain: true, middle: /[\x80-\xbf]/, slice }
}

/** A match of a term, and its place. */
export interface Match {
  words: string
  start: number
  end: number
}

export interface Finder {
  /** The number of terms. */
  terms: number
  /** The matches in order, without overlaps, up to a maximum. */
  in(text: Text): Match[]
}

/** How many matches are collected. */
const maxMatches = 50

/** A finder of these terms. */
export function finder(terms: Term[]): Finder {
  // Terms by their first word, because most words of a text begin none.
  const whole = Map.groupBy(terms.filter(isWhole), ({ words }) => words[0]!)
  const begun = terms.filter((term) => !isWhole(term))
  const beginning = (word: string) => [...(whole.get(word) ?? []), ...begun]
  return {
    terms: terms.length,
    in: ({ letters, isPlain }) =>
      isPlain ? findInAscii(letters.toLowerCase(), terms) : findInTokens(letters, beginning)
  }
}

/** Whether its first word is a whole word, not a prefix. */
const isWhole = ({ words, prefix }: Term) => words.length > 1 || !prefix

/** Matches in any text, by tokenising it. */
function findInTokens(text: string, beginning: (word: string) => Term[]): Match[] {
  const found: Match[] = []
  const tokens: Token[] = []
  const more = tokensOf(text)
  let end = 0
  for (let place = 0; found.length < maxMatches; place++) {
    if (!read(tokens, more, place)) break
    const { text: word, start } = tokens[place]!
    if (start < end) continue
    const matches = beginning(word).flatMap((term) => {
      const end = read(tokens, more, place + term.words.length - 1) && endAt(tokens, place, term)
      return end ? [{ words: term.words.join(' '), start, end }] : []
    })
    const longest = matches.sort((one, other) => other.end - one.end)[0]
    if (longest) found.push(longest)
    end = longest?.end ?? end
  }
  return found
}

/** Reads tokens up to this index; answers whether there are enough. */
function read(tokens: Token[], more: Generator<Token[]>, place: number): boolean {
  while (place >= tokens.length) {
    const next = more.next()
    if (next.done) return false
    tokens.push(...next.value)
  }
  return true
}

/** Where the match of a term that begins at this token ends; undefined where it does not match. */
function endAt(tokens: Token[], place: number, { words, prefix }: Term): number | undefined {
  const last = place + words.length - 1
  const isThere = words.every((word, i) => (prefix && place + i === last) || tokens[place + i]!.text === word)
  if (!isThere) return undefined
  return prefix ? endOfPrefix(tokens[last]!, words.at(-1)!) : tokens[last]!.end
}

/** Matches in lower-case ASCII text: a scan with indexOf, without tokenising. */
function findInAscii(letters: string, terms: Term[]): Match[] {
  let end = 0
  return terms
    .flatMap((term) => occurrences(letters, term))
    .sort((one, other) => one.start - other.start)
    .filter((match) => {
      if (match.start < end) return false
      end = match.end
      return true
    })
    .slice(0, maxMatches)
}

/** The matches of one term in ASCII text. */
function occurrences(letters: string, term: Term): Match[] {
  const found: Match[] = []
  const words = term.words.join(' ')
  const first = term.words[0]!
  let start = letters.indexOf(first)
  while (start >= 0 && found.length < maxMatches) {
    const end = isInWord(letters, start - 1) ? undefined : endOf(letters, start, term)
    if (end !== undefined) found.push({ words, start, end })
    start = letters.indexOf(first, start + first.length)
  }
  return found
}

/** Where the match of a term that begins here ends; undefined where it does not match. */
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

/** Whether a character of lower-case ASCII text belongs to a word. */
function isInWord(letters: string, place: number): boolean {
  const code = letters.charCodeAt(place)
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57)
}
