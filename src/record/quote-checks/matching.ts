// Finding a quotation among the quotes on record.
import type { Quote } from '../../content/quotes/schema.ts'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import type { Reader } from '../../storage/database.ts'
import { type Alignment, align, type Weight } from './alignment.ts'
import { type Breadth, candidatesFor, publishedQuotes } from './candidates.ts'
import { codeOf, codesOf, soughtKeys, storedKeys } from './keys.ts'
import { type WeightOf, weightsIn } from './weights.ts'
import { type Word, wordsOf } from './words.ts'

/** A quote on record whose words are those of a quotation, or nearly. */
export interface Match {
  quote: Quote
  /** Its words that were compared: those printed, or those really said where they are nearer. */
  text: string
  alignment: Alignment
}

/** Finds what may have been altered in up to four places. */
const standard: Breadth = { keysOf: soughtKeys, perKey: 24, counted: 48, compared: 8, isBestEnough: true }

/** Finds nearly the same words in a tenth of the time, as publishing does. */
export const narrow: Breadth = {
  ...{ keysOf: storedKeys, perKey: 8, counted: 16 },
  ...{ compared: 4, isBestEnough: true }
}

/** Longer ones are compared by their beginning. */
const maxWords = 300

/** The published quotes that these words are, or nearly: the nearest first. */
export async function matchesOf(
  db: Reader,
  words: Word[],
  breadth = standard,
  known?: WeightOf
): Promise<Match[]> {
  const weightOfCode = known ?? (await weightsIn(db))
  const candidates = await candidatesFor(db, codesOf(words), { ...breadth, weightOf: weightOfCode })
  const weightOf: Weight = (word) => weightOfCode(codeOf(word))
  const matches: Match[] = []
  for (const document of await publishedQuotes(db, candidates)) {
    const match = nearest(JSON.parse(document.toString()), words, weightOf)
    if (match) matches.push(match)
    await yieldIfDue()
  }
  return matches.sort((one, other) => distance(one) - distance(other))
}

export const distance = ({ alignment: { changed, same } }: Match) => changed - same / 10_000

/** What of a quote is nearest, if it is a match. */
export function nearest(quote: Quote, quotation: Word[], weightOf: Weight): Match | undefined {
  const words = quotation.slice(0, maxWords)
  const matches = [quote.text, quote.verbatim].flatMap((text) => {
    if (text === null) return []
    const match = { quote, text, alignment: align(words, wordsOf(text), weightOf) }
    return isMatch(match) ? match : []
  })
  return matches.sort((one, other) => distance(one) - distance(other))[0]
}

/**
 * Whether two texts are the same words, or the same altered: most words are the same, and these tell enough that a
 * million other quotes do not have them by chance. Of fewer than five words all must be the same.
 */
function isMatch({ alignment: { same, changed, bits } }: Pick<Match, 'alignment'>): boolean {
  if (changed === 0) return same > 0
  if (same + changed < 5) return false
  return same >= changed && bits - changeCost * changed >= enough
}

const changeCost = 2
const enough = 32

/** Whether a match is of so many words that two people hardly say them by chance. */
export const isTelling = ({ alignment: { same, bits } }: Match) => same >= 5 && bits >= enough
