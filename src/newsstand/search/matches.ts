// Where in a text the words stand that somebody looks for: words as the full text index has them.
import {
  endOfPrefix,
  hasOnlyAsciiWords,
  type Term,
  type Token,
  tokensOf
} from '../../storage/text/tokenizer.ts'

/** A text as it is looked through: places in it are places in `letters`. */
export interface Text {
  letters: string
  /** Whether every letter is one of a to z, or their capitals: whatever else is there is neither letter nor mark. */
  isPlain: boolean
  /** What is in the middle of a character, not at its beginning. */
  middle: RegExp
  slice(start: number, end: number): string
}

/** What may belong to a word beyond ASCII (`isPlain`), as UTF-8, a byte a character. */
const otherLetterInBytes = /[\xc2-\xe1\xe3-\xff]|\xe2(?:[^\x80\x81]|\x80[\x8b-\x8f\xaa-\xae]|\x81[\xa0-\xbf])/

export const textOf = (text: string): Text => ({
  letters: text,
  isPlain: hasOnlyAsciiWords(text),
  middle: /[\udc00-\udfff\p{M}]/u,
  slice: (start, end) => text.slice(start, end)
})

/** A text in UTF-8. Where that suffices its bytes are looked through: of most texts little is shown, and read. */
export function textOfBytes(bytes: Buffer): Text {
  const letters = bytes.toString('latin1')
  if (otherLetterInBytes.test(letters)) return textOf(bytes.toString())
  const slice = (start: number, end: number) => bytes.toString('utf8', start, end)
  return { letters, isPlain: true, middle: /[\x80-\xbf]/, slice }
}

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
  // Most words of a text begin no term.
  const whole = Map.groupBy(terms.filter(isWhole), ({ words }) => words[0]!)
  const begun = terms.filter((term) => !isWhole(term))
  const beginning = (word: string) => [...(whole.get(word) ?? []), ...begun]
  return {
    terms: terms.length,
    in: ({ letters, isPlain }) =>
      isPlain ? inPlain(letters.toLowerCase(), terms) : inAny(letters, beginning)
  }
}

/** Whether its first word is a whole one. */
const isWhole = ({ words, prefix }: Term) => words.length > 1 || !prefix

/** What is found in any text, by its words as the index has them. */
function inAny(text: string, beginning: (word: string) => Term[]): Match[] {
  const found: Match[] = []
  const tokens: Token[] = []
  const more = tokensOf(text)
  let end = 0
  for (let place = 0; found.length < considered; place++) {
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

/** Reads on until there is a token at this place; answers whether there is one. */
function read(tokens: Token[], more: Generator<Token[]>, place: number): boolean {
  while (place >= tokens.length) {
    const next = more.next()
    if (next.done) return false
    tokens.push(...next.value)
  }
  return true
}

/** Where the term ends that begins at this token; undefined where none does. */
function endAt(tokens: Token[], place: number, { words, prefix }: Term): number | undefined {
  const last = place + words.length - 1
  const isThere = words.every((word, i) => (prefix && place + i === last) || tokens[place + i]!.text === word)
  if (!isThere) return undefined
  return prefix ? endOfPrefix(tokens[last]!, words.at(-1)!) : tokens[last]!.end
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
