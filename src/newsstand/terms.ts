// What somebody looks for, read from what they typed.
import type { Term } from '../storage/database.ts'

const word = /[\p{L}\p{N}\p{M}\p{Co}]+/gu

/** A prefix of one letter finds nearly everything: it is looked for as a word. */
const shortest = 2

/**
 * What somebody looks for: every word, "phrases" in double quotes, and begin* for words that begin so. Whatever else
 * is in it separates words; what stands together, as in e-mail, is looked for as a phrase.
 */
export function termsOf(q: string): Term[] {
  const composed = q.normalize('NFC')
  return composed.split('"').flatMap((part, i) => {
    if (i % 2 === 1) return term(part, false)
    return part.split(/\s/u).flatMap((piece) => term(piece, piece.endsWith('*')))
  })
}

function term(text: string, open: boolean): Term[] {
  const words = text.match(word) ?? []
  return words.length === 0 ? [] : [{ words, prefix: open && [...words.at(-1)!].length >= shortest }]
}
