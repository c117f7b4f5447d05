// The words and marks of a clause.
import type { Lexicon } from '../languages/lexicon.ts'
import type { Speaker } from './speakers.ts'

export interface Token {
  text: string
  lower: string
  start: number
  end: number
  word: boolean
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
    'gu'
  )
  patterns.set(language.tag, pattern)
  return pattern
}

export function tokensOf(text: string, lexicon: Lexicon): Token[] {
  const tokens: Token[] = []
  const isFrench = lexicon.language.tag === 'fr'
  for (const { 0: found, index } of text.matchAll(patternOf(lexicon))) {
    const cutAt = isFrench ? clitic.exec(found) : null
    if (cutAt) {
      const rest = cutAt.index + cutAt[0].length
      tokens.push(token(found.slice(0, cutAt.index), index), token(found.slice(rest), index + rest))
    } else tokens.push(token(found, index))
  }
  return tokens
}

function token(text: string, start: number): Token {
  const code = text.charCodeAt(0)
  const isSmall = code > 96 && code < 123
  return {
    text,
    lower: text.toLowerCase(),
    start,
    end: start + text.length,
    word: isSmall || /^[\p{L}\p{N}]/u.test(text),
    capital: !isSmall && /^\p{Lu}/u.test(text)
  }
}

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

/** The words of a clause from one token to before another. */
export const textBetween = ({ text, tokens }: Clause, from: number, to: number) =>
  text.slice(tokens[from]!.start, tokens[to - 1]!.end)
