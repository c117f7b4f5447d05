// Matching blocked words and patterns (RE2) in linear time.
import { RE2JS } from 're2js'
import { unprocessable } from '../../http/problems.ts'
import { hasOnlyAsciiWords, termOf, tokensOf, type Term as Words } from '../../storage/text/tokenizer.ts'
import type { BlockedTerm } from './schema.ts'

type Term = Pick<BlockedTerm, 'kind' | 'term'>

/** How many instructions a pattern may compile to: RE2 takes at most one step for each, per character. */
const maxInstructions = 500

/** The tokens of a text, as in search: case, accents, full width and invisible characters are folded. */
export function wordsOf(text: string): string[] {
  if (hasOnlyAsciiWords(text)) return text.toLowerCase().match(/[a-z0-9]+/g) ?? []
  return [...tokensOf(text)].flat().map(({ text }) => text)
}

/** NFC, in which patterns and texts are compared. */
const composed = (text: string) => text.normalize('NFC')

/** Compiles a pattern. Throws 422 for an invalid or too large one. */
function compilePattern(pattern: string): RE2JS {
  const compiled = compile(pattern)
  if (compiled.programSize() > maxInstructions)
    throw unprocessable('/term', 'The pattern is too large: repeat less.')
  if (compiled.test('')) throw unprocessable('/term', 'The pattern matches every text.')
  return compiled
}

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(composed(pattern), RE2JS.CASE_INSENSITIVE)
  } catch (error) {
    throw unprocessable('/term', `This is not a pattern of RE2: ${(error as Error).message}.`)
  }
}

/** The first match of a pattern. (A test without the match is much faster.) */
const firstMatch = (pattern: RE2JS, text: string) => (pattern.test(text) ? pattern.exec(text)![0] : undefined)

/** Whether the words are at this index of the tokens, in sequence. */
const matchesAt = ({ words, prefix }: Words, text: string[], place: number) =>
  words.every((word, i) =>
    prefix && i === words.length - 1 ? text[place + i]?.startsWith(word) : text[place + i] === word
  )

/** Throws 422 for a term that could match nothing, or everything. */
export function check({ kind, term }: Term) {
  if (kind === 'pattern') compilePattern(term)
  else if (termOf(term) === undefined)
    throw unprocessable('/term', 'There is no letter or digit in this word.')
}

/** A function that finds the first matching term in a text, and what it matched. */
export function matcher<T extends Term>(terms: T[]) {
  const patterns = terms.flatMap((term) =>
    term.kind === 'pattern' ? [{ term, pattern: compilePattern(term.term) }] : []
  )
  const phrases = terms.flatMap((term) => {
    const words = term.kind === 'word' ? termOf(term.term) : undefined
    return words ? [{ term, words }] : []
  })
  // Terms are indexed by their first token. A single character of a language without spaces is a prefix of many tokens.
  const [single = [], whole = []] = [true, false].map((is) =>
    phrases.filter(({ words: { words, prefix } }) => is === (prefix && words.length === 1))
  )
  const byWord = Map.groupBy(whole, ({ words }) => words.words[0])
  return (text: string): { term: T; matched: string }[] => {
    const words = phrases.length > 0 ? wordsOf(text) : []
    const said = words.flatMap((word, place) =>
      [...(byWord.get(word) ?? []), ...single].filter((phrase) => matchesAt(phrase.words, words, place))
    )
    const inForm = composed(text)
    const unique = new Set(said.map(({ term }) => term))
    return [
      ...[...unique].map((term) => ({ term, matched: term.term })),
      ...patterns.flatMap(({ term, pattern }) => {
        const matched = firstMatch(pattern, inForm)
        return matched === undefined ? [] : [{ term, matched }]
      })
    ]
  }
}
