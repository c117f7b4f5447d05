// Words as PostgreSQL's tsvector. They come folded (text/tokenizer.ts) and are only split here: PostgreSQL's own parser takes
// addresses and numbers apart otherwise than SQLite's.

/** In which column of its index a word stands: PostgreSQL has four weights, used as names of columns. */
const weights: Record<string, string> = {
  headline: 'A',
  text: 'B',
  quote: 'C',
  caption: 'D',
  article: 'A',
  source: 'B'
}

/** Those of all columns. */
export const allWeights = 'ABCD'

/** The weights of some columns; of all, where none is named. */
export const weightsOf = (columns?: string[]): string =>
  columns === undefined ? allWeights : columns.map((name) => weights[name]).join('')

/** PostgreSQL refuses longer words (2,046 bytes); the longest differ in their beginnings, too. */
const maxLetters = 500

/** PostgreSQL tells no places apart beyond this. */
const maxPlace = 16_383

/** How many places of one word it keeps. */
const maxPlaces = 256

/** In bytes: it refuses vectors of more than a megabyte. What stands behind so many words is not found. */
const maxBytes = 900_000

/** What stands between words, as for FTS5's tokenizer `ascii`: none of it means anything in PostgreSQL's notation of words. */
const separators = /[^0-9A-Za-z\x80-\uffff]+/

/** The words of a folded text, in its order. */
export const splitWords = (folded: string): string[] =>
  folded
    .toLowerCase()
    .split(separators)
    .filter((word) => word !== '')
    .map((word) => (word.length > maxLetters ? word.slice(0, maxLetters).toWellFormed() : word))

/** A vector, in PostgreSQL's notation, of a folded text in a column: `'ferry':1A,7A 'late':2A`. */
export function vectorOf(column: string, folded: string): string {
  const weight = weights[column]!
  const places = new Map<string, number[]>()
  let bytes = 0
  for (const [i, word] of splitWords(folded).entries()) {
    let known = places.get(word)
    if (known === undefined) {
      bytes += Buffer.byteLength(word) + 8
      if (bytes > maxBytes) break
      known = []
      places.set(word, known)
    }
    if (known.length === maxPlaces || known.at(-1) === maxPlace) continue
    bytes += 2
    known.push(Math.min(i + 1, maxPlace))
  }
  return Array.from(
    places,
    ([word, numbers]) => `'${word}':${numbers.map((place) => place + weight).join()}`
  ).join(' ')
}
