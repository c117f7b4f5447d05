// Finding quotes in the index that may have the words of a quotation.
import { and, eq, inArray, sql } from 'drizzle-orm'
import { prepared, preparedEach, type Reader } from '../../storage/database.ts'
import type { WeightOf } from './weights.ts'

/** How many quotes are thought of. */
export interface Breadth {
  /** The keys that are asked for. */
  keysOf(codes: number[]): number[]
  /** So many are taken of one key, the newest: under a frequent pair of words there may be thousands. */
  perKey: number
  /** The words of so many are counted that they have in common with the quotation. */
  counted: number
  /** Those which have most in common are compared word by word. */
  compared: number
  /** Whether to stop where one has most of the words. */
  isBestEnough: boolean
}

const given = sql.placeholder

/** How many keys one statement asks for. */
const keysAtOnce = 32

/** The newest quotes under each of the keys, a text of numbers for each: so that not every row is made an object. */
const soughtQuery = preparedEach(String, ({ q, t: { quoteKeys: k } }, draft: boolean) => {
  const asked = Array.from({ length: keysAtOnce }, (_, i) => sql`(cast(${given(`key ${i}`)} as integer))`)
  const newest = sql`select ${k.number} as number from ${k} where ${eq(k.draft, draft)} and ${k.key} = asked.column1 order by ${k.number} desc limit ${given('limit')}`
  return q
    .select({
      numbers: sql<string | null>`(select string_agg(cast(number as text), ' ') from (${newest}) newest)`
    })
    .from(sql`(values ${sql.join(asked, sql`, `)}) asked`)
    .prepare(`numbers_under_keys_${draft}`)
})

/** Between how many quotes a key tells them apart at most, in bits. */
const keyBits = 20

/** The numbers of quotes that share keys, the likeliest first: a key counts more the rarer it is. */
async function numbersUnder(db: Reader, keys: number[], perKey: number, draft: boolean): Promise<number[]> {
  const scores = new Map<number, number>()
  for (let from = 0; from < keys.length; from += keysAtOnce) {
    const values: Record<string, unknown> = { limit: perKey }
    for (let i = 0; i < keysAtOnce; i++) values[`key ${i}`] = keys[from + i] ?? null
    for (const { numbers } of await soughtQuery(db, draft).execute(values)) {
      if (numbers === null) continue
      const all = numbers.split(' ')
      const weight = keyBits - Math.log2(all.length < perKey ? all.length : 16 * perKey)
      for (const number of all) scores.set(Number(number), (scores.get(Number(number)) ?? 0) + weight)
    }
  }
  return [...scores].sort(([, one], [, other]) => other - one).map(([number]) => number)
}

/** With less in common two texts are no match, unless it is all of a quotation. */
const leastBits = 20

/** How many rows one statement reads; what is missing of them is asked for as number 0. */
const rowsAtOnce = 16

const wordsQuery = prepared(({ q, t: { quotePrints: p } }) =>
  q
    .select({ quoteId: p.quoteId, words: p.words })
    .from(p)
    .where(
      inArray(
        p.number,
        Array.from({ length: rowsAtOnce }, (_, i) => given(`number ${i}`))
      )
    )
    .prepare('words_of_quote_prints')
)

/**
 * The quotes that may have the words of these codes, those with most words in common first. What a word tells is counted
 * once, wherever it stands: the order is looked at when the texts are compared.
 */
export async function candidatesFor(
  db: Reader,
  codes: number[],
  {
    weightOf,
    draft,
    keysOf,
    perKey,
    counted,
    compared,
    isBestEnough
  }: Breadth & { weightOf: WeightOf; draft: boolean }
): Promise<string[]> {
  const numbers = (await numbersUnder(db, keysOf(codes), perKey, draft)).slice(0, counted)
  const weights = new Map(codes.map((code) => [code, weightOf(code)]))
  const all = [...weights.values()].reduce((sum, bits) => sum + bits, 0)
  // A sum in another order may differ in its last digits.
  const least = Math.min(leastBits, all - 1)
  const found: { quoteId: string; bits: number }[] = []
  for (let from = 0; from < numbers.length; from += rowsAtOnce) {
    const values = Object.fromEntries(
      Array.from({ length: rowsAtOnce }, (_, i) => [`number ${i}`, numbers[from + i] ?? 0])
    )
    let most = 0
    for (const { quoteId, words } of await wordsQuery(db).execute(values)) {
      const bits = bitsInCommon(weights, words)
      most = Math.max(most, bits)
      if (bits >= least) found.push({ quoteId, bits })
    }
    // Others share fewer keys, and have less in common.
    if (isBestEnough && most > all / 2) break
  }
  return found
    .sort((one, other) => other.bits - one.bits)
    .slice(0, compared)
    .map(({ quoteId }) => quoteId)
}

/** How much of what words tell is in a text, each word once. */
function bitsInCommon(weights: Map<number, number>, words: Buffer): number {
  const counted = new Set<number>()
  let bits = 0
  for (let at = 0; at < words.length; at += 4) {
    const code = words.readInt32LE(at)
    const weight = weights.get(code)
    if (weight === undefined || counted.has(code)) continue
    counted.add(code)
    bits += weight
  }
  return bits
}

/** How many documents one statement reads. */
const documentsAtOnce = 4

const documentsQuery = prepared(({ q, t: { published: p } }) =>
  q
    .select({ id: p.id, document: p.document })
    .from(p)
    .where(
      and(
        eq(p.kind, 'quote'),
        inArray(
          p.id,
          Array.from({ length: documentsAtOnce }, (_, i) => given(`id ${i}`))
        )
      )
    )
    .prepare('published_quotes_by_id')
)

/** The published documents of these quotes, in this order; those that were withdrawn are left out. */
export async function publishedQuotes(db: Reader, ids: string[]): Promise<Buffer[]> {
  const found = new Map<string, Buffer>()
  for (let from = 0; from < ids.length; from += documentsAtOnce) {
    const values = Object.fromEntries(
      Array.from({ length: documentsAtOnce }, (_, i) => [`id ${i}`, ids[from + i] ?? ''])
    )
    for (const { id, document } of await documentsQuery(db).execute(values)) found.set(id, document)
  }
  return ids.map((id) => found.get(id)).filter((document) => document !== undefined)
}
