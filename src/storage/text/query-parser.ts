// The parser of search queries.
import { type Term, termOf } from './tokenizer.ts'

/**
 * The terms of a query: words, "phrases" in double quotes, and prefixes with an asterisk (begin*). All other
 * punctuation separates words; words that it joins, as in e-mail, are a phrase.
 */
export function termsOf(q: string): Term[] {
  const terms = q
    .split('"')
    .flatMap((part, i) =>
      i % 2 === 1 ? [termOf(part)] : part.split(/\s/u).map((piece) => termOf(piece, piece.endsWith('*')))
    )
  return terms.filter((term) => term !== undefined)
}
