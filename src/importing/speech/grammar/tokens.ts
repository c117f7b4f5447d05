// The words and marks of a clause.
import type { Lexicon } from '../languages/lexicon.ts'
import type { Speaker } from './speakers.ts'

/** A word or a mark, and where it stands in its text. */
export interface Token {
  text: string
  /** In lower case. */
  lower: string
  start: number
  end: number
  /** Whether it is a word, and no mark. */
  word: boolean
  /** Whether it begins with a capital letter. */
  capital: boolean
}

const elided = String.raw`(?:[ldjmtsncLDJMTSNC]|[Qq]u|[Uu]n|[Dd]ell|[Aa]ll|[Nn]ell|[Dd]all|[Ss]ull)['’](?=\p{L})`
const initials = String.raw`(?:\p{Lu}\.)+(?:\p{Lu}(?!\p{L}))?`
const word = String.raw`[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:(?:['’&/-]|[.,](?=\p{N})|\.(?=\p{Ll}{2,4}(?!\p{L})))[\p{L}\p{M}\p{N}]+)*(?:['’](?!\p{L}))?`
const clitic = /-(?:t-)?(?=(?:il|elle|ils|elles|on|je|nous)$)/

const patterns = new Map<string, RegExp>()

/** What is one token in this language: titles keep their full stop, French articles are words of their own. */
function patternOf({ language, abbreviations }: Lexicon) {
  const known = patterns.get(language.tag)
  if (known) return known
  const short = `(?:${[...abbreviations].join('|')})\\.`
  const elides = /^(?:fr|it)$/.test(language.tag) ? `${elided}|` : ''
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])${short}|${initials}|${elides}${word}|[^\\s\\p{L}\\p{N}]`,
    'uy'
  )
  patterns.set(language.tag, pattern)
  return pattern
}

const isLetter = (code: number) => (code > 96 && code < 123) || (code > 64 && code < 91)
const isDigit = (code: number) => code > 47 && code < 58
const isPlain = (code: number) => isLetter(code) || isDigit(code)

/** The marks that end a word which goes on with no other of them: nothing else of the pattern may match. */
const ends = new Set([...' \n;:!?()"'].map((mark) => mark.charCodeAt(0)))

/**
 * Where a token of plain letters and digits ends, or a mark, that needs no pattern: nearly all of a text are such. -1
 * where the pattern has to tell.
 */
function plainEnd(text: string, at: number): number {
  const first = text.charCodeAt(at)
  if (first < 33 || first > 126) return -1
  if (!isPlain(first)) return at + 1
  let end = at + 1
  while (isPlain(text.charCodeAt(end))) end++
  if (end === text.length || ends.has(text.charCodeAt(end))) return end
  // "1,000" is one word.
  return text[end] === ',' && text.charCodeAt(end + 1) < 127 && !isDigit(text.charCodeAt(end + 1)) ? end : -1
}

/** The words and marks of a text, in order. */
export function tokensOf(text: string, lexicon: Lexicon): Token[] {
  const tokens: Token[] = []
  const isFrench = lexicon.language.tag === 'fr'
  const pattern = patternOf(lexicon)
  for (let at = 0; at < text.length; ) {
    const plain = plainEnd(text, at)
    pattern.lastIndex = at
    const end = plain > 0 ? plain : pattern.test(text) ? pattern.lastIndex : at
    const found = text.slice(at, end)
    const cutAt = isFrench && plain < 0 ? clitic.exec(found) : null
    if (cutAt) {
      const rest = cutAt.index + cutAt[0].length
      tokens.push(token(found.slice(0, cutAt.index), at), token(found.slice(rest), at + rest))
    } else if (end > at) tokens.push(token(found, at))
    // Only white space is no token.
    at = Math.max(end, at + 1)
  }
  return tokens
}

/** "al-Keel", "d’Ormes": a name, though it begins small. */
const isSurname = (text: string) =>
  (text[2] === '-' || text[1] === '’' || text[1] === "'") && /^(?:(?:al|el)-|d['’])\p{Lu}/u.test(text)

function token(text: string, start: number): Token {
  const code = text.charCodeAt(0)
  const isAscii = code < 128
  return {
    text,
    lower: text.toLowerCase(),
    start,
    end: start + text.length,
    word: isAscii ? isPlain(code) : /^[\p{L}\p{N}]/u.test(text),
    capital: isAscii ? (code > 64 && code < 91) || isSurname(text) : /^\p{Lu}/u.test(text)
  }
}

/** "speaking", not "king": a word that may tell what somebody does, by its ending. */
export const isGerund = ({ lower }: Token, { people }: Lexicon) => /ing$/.test(lower) && !people.test(lower)

/** A speaker and the first token behind it. */
export interface Phrase {
  speaker: Speaker
  end: number
}

/** A clause or a sentence that is read: its text, its words and marks, and the words of its language. */
export interface Clause {
  text: string
  tokens: Token[]
  lexicon: Lexicon
}

/** A text as a clause, to be read by the grammar. */
export const clauseOf = (text: string, lexicon: Lexicon): Clause => ({
  text,
  tokens: tokensOf(text, lexicon),
  lexicon
})

/** The words of a clause from one token to before another. */
export const textBetween = ({ text, tokens }: Clause, from: number, to: number) =>
  text.slice(tokens[from]!.start, tokens[to - 1]!.end)
