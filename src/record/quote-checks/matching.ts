// Finding a quotation among the quotes on record.
import type { Quote } from '../../content/quotes/schema.ts'
import type { Reader } from '../../storage/database.ts'
import { type Alignment, align } from './alignment.ts'
import { soughtKeys } from './keys.ts'
import { numbersUnder, publishedQuotes } from './prints.ts'
import { bitsOf, type Word, wordsOf } from './words.ts'

/** A quote on record whose words are those of a quotation, or nearly. */
export interface Match {
  quote: Quote
  /** Its words that were compared: those printed, or those really said where they are nearer. */
  text: string
  alignment: Alignment
}

export interface Search {
  perKey: number
  /** How many quotes are compared word by word at most. */
  candidates: number
}

const standard: Search = { perKey: 24, candidates: 24 }

/** How many are read and compared before the next are thought of. */
const atOnce = 8

/** Longer ones are compared by their beginning. */
const maxWords = 300

/** The published quotes that these words are, or nearly: the nearest first. */
export async function matchesOf(db: Reader, words: Word[], search = standard): Promise<Match[]> {
  const keys = soughtKeys(words)
  const found = keys.length === 0 ? [] : await numbersUnder(db, { keys, draft: false, perKey: search.perKey })
  const numbers = found.slice(0, search.candidates)
  const matches: Match[] = []
  for (let from = 0; from < numbers.length; from += atOnce) {
    const documents = await publishedQuotes(db, numbers.slice(from, from + atOnce))
    const near = documents.flatMap((document) => nearest(JSON.parse(document.toString()), words) ?? [])
    matches.push(...near)
    // What shares less is no nearer.
    if (matches.length > 0 && near.length === 0) break
  }
  return matches.sort((one, other) => distance(one) - distance(other))
}

const distance = ({ alignment: { changed, same } }: Match) => changed - same / 10_000

function nearest(quote: Quote, quotation: Word[]): Match | undefined {
  const words = quotation.slice(0, maxWords)
  const matches = [quote.text, quote.verbatim].flatMap((text) => {
    const record = text === null ? [] : wordsOf(text)
    if (text === null || !mayMatch(words, record)) return []
    const match = { quote, text, alignment: align(words, record) }
    return isMatch(match) ? match : []
  })
  return matches.sort((one, other) => distance(one) - distance(other))[0]
}

/** Whether there are enough of the words anywhere in the record: most candidates are ruled out by it. */
function mayMatch(words: Word[], record: Word[]): boolean {
  const there = new Set(record.map(({ text }) => text))
  let [bits, ofBits] = [0, 0]
  for (const word of words) {
    ofBits += bitsOf(word)
    if (there.has(word.text)) bits += bitsOf(word)
  }
  return bits >= least * ofBits
}

/**
 * Whether two texts are the same words, or the same altered: most words are the same, and these tell enough that a
 * million other quotes do not have them by chance. Of fewer than five words all must be the same.
 */
export function isMatch({ alignment: { same, changed, bits, ofBits } }: Pick<Match, 'alignment'>): boolean {
  if (changed === 0) return same > 0
  if (same + changed < 5) return false
  return same >= changed && bits >= least * ofBits && bits - 2 * changed >= enough
}

const least = 0.4
const enough = 24

/** Whether a match is of so many words that two people hardly say them by chance. */
export const isTelling = ({ alignment: { same, bits } }: Match) => same >= 5 && bits >= enough
