// How much a word tells, in bits: the rarer it is in what was printed, the more.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { asc, desc, gte, sql } from 'drizzle-orm'
import { prepared, type Reader } from '../../storage/database.ts'
import { lengthOf } from './keys.ts'
import { unpacked } from './prints.ts'

/** How many quotes are counted, from so many places of the index. */
const perPlace = 64
const places = 128

/**
 * What is known of words before any is counted: the shorter, the more frequent in nearly every language (Zipf's law of
 * abbreviation). The bits are those of English words by their length; the last is of a script without spaces.
 */
const bitsByLength = [16, 4, 5, 6.5, 8.5, 10, 11.5, 12.5, 13.5, 6.5]

/** That knowledge weighs as much as so many words that were counted. */
const prior = 20_000

const newestQuery = prepared(({ q, t: { quotePrints: p } }) =>
  q.select({ number: p.number }).from(p).orderBy(desc(p.number)).limit(1).prepare('newest_quote_print')
)

const someQuery = prepared(({ q, t: { quotePrints: p } }) =>
  q
    .select({ words: p.words })
    .from(p)
    .where(gte(p.number, sql.placeholder('from')))
    .orderBy(asc(p.number))
    .limit(perPlace)
    .prepare('some_quote_prints')
)

/** The bits of a word by its code. */
export type WeightOf = (code: number) => number

const known = new WeakMap<Reader['q'], { size: number; weights: Promise<WeightOf> }>()

/** Counts words anew whenever the index has become twice as large. */
export async function weightsIn(db: Reader): Promise<WeightOf> {
  const [newest] = await newestQuery(db).execute()
  const size = Math.floor(Math.log2(newest?.number ?? 1))
  const before = known.get(db.q)
  if (before?.size === size) return before.weights
  const weights = countedIn(db, 2 ** size)
  known.set(db.q, { size, weights })
  return weights
}

async function countedIn(db: Reader, end: number): Promise<WeightOf> {
  const counts = new Map<number, number>()
  let words = prior
  const step = Math.max(perPlace, Math.floor(end / places))
  for (let from = 1; from <= end; from += step) {
    for (const row of await someQuery(db).execute({ from }))
      for (const code of unpacked(row.words)) {
        counts.set(code, (counts.get(code) ?? 0) + 1)
        words++
      }
    await nextTurn()
  }
  return (code) => {
    const expected = prior * 2 ** -bitsByLength[lengthOf(code)]!
    return Math.log2(words / (expected + (counts.get(code) ?? 0)))
  }
}
