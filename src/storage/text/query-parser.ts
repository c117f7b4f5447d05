// What somebody looks for, read from what they typed.
import { type Term, termOf } from './tokenizer.ts'

/**
 * What somebody looks for: every word, "phrases" in double quotes, and begin* for words that begin so. Whatever else
 * is in it separates words; what stands together, as in e-mail, is looked for as a phrase.
 */
export function termsOf(q: string): Term[] {
  const terms = q
    .split('"')
    .flatMap((part, i) =>
      i % 2 === 1 ? [termOf(part)] : part.split(/\s/u).map((piece) => termOf(piece, piece.endsWith('*')))
    )
  return terms.filter((term) => term !== undefined)
}
