// Finding quotes in the index that may have the words of a quotation.
import { and, eq, inArray, sql } from 'drizzle-orm'
import { prepared, type Reader } from '../../storage/database.ts'
import type { WeightOf } from './weights.ts'

/** How many quotes are thought of. */
export interface Breadth {
  /** The keys that are asked for, first that of all words. */
  keysOf(codes: number[], weightOf: WeightOf): number[]
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

/**
 * Places for so many values that a statement is given, the first of which is its `from`th: of fewer, the others are given as one
 * that nothing has.
 */
function severalOf<Value>(many: number, none: Value, from = 0) {
  return {
    placeholders: Array.from({ length: many }, (_, i) => given(String(from + i))),
    valuesOf(some: Value[]) {
      const values: Record<number, Value> = {}
      for (let i = 0; i < many; i++) values[from + i] = some[i] ?? none
      return values
    }
  }
}

/** How many keys one statement asks for. */
const keysAtOnce = 16
const askedKeys = severalOf<number | null>(keysAtOnce, null, 1)

/** The newest quotes under each of the keys, a text of numbers for each: so that not every row is made an object. */
const soughtQuery = prepared(({ q, t: { quoteKeys: k } }) => {
  const asked = askedKeys.placeholders.map((key) => sql`(cast(${key} as integer))`)
  const newest = sql`select ${k.number} as number from ${k} where ${k.key} = asked.column1 order by ${k.number} desc limit ${given('0')}`
  return q
    .select({
      numbers: sql<string | null>`(select string_agg(cast(number as text), ' ') from (${newest}) newest)`
    })
    .from(sql`(values ${sql.join(asked, sql`, `)}) asked`)
    .prepare('numbers_under_keys')
})

/** Between how many quotes a key tells them apart at most, in bits. */
const keyBits = 20

/** The score of the very same words, which is looked at before all others. */
const certain = 10_000

/** Adds the quotes under some keys to the scores of quotes: a key counts more the rarer it is. */
async function score(
  db: Reader,
  scores: Map<number, number>,
  keys: number[],
  { perKey, isFirst }: { perKey: number; isFirst: boolean }
) {
  const rows = await soughtQuery(db).execute({ ...askedKeys.valuesOf(keys), 0: perKey })
  for (const [i, { numbers }] of rows.entries()) {
    if (numbers === null) continue
    const all = numbers.split(' ')
    const isOfAllWords = isFirst && i === 0
    const weight = isOfAllWords
      ? certain
      : keyBits - Math.log2(all.length < perKey ? all.length : 16 * perKey)
    for (const text of all) {
      const number = Number(text)
      scores.set(number, (scores.get(number) ?? 0) + weight)
    }
  }
}

/** With so high a score, a quote shares at least three rare keys, and is worth a look before all keys were asked for. */
const promising = 3 * keyBits - 4

/** With less in common two texts are no match, unless it is all of a quotation. */
const minMatchBits = 20

/** How many rows one statement reads. */
const rowsAtOnce = 16
const numbersAsked = severalOf(rowsAtOnce, 0)

const wordsQuery = prepared(({ q, t: { quotePrints: p } }) =>
  q
    .select({ quoteId: p.quoteId, words: p.words })
    .from(p)
    .where(inArray(p.number, numbersAsked.placeholders))
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
    keysOf,
    perKey,
    counted,
    compared,
    isBestEnough
  }: Breadth & {
    weightOf: WeightOf
  }
): Promise<string[]> {
  if (codes.length === 0) return []
  const keys = keysOf(codes, weightOf)
  const common = inCommonWith(codes, weightOf)
  const scores = new Map<number, number>()
  const looked = new Set<number>()
  const found: { quoteId: string; bits: number }[] = []
  let highestBits = 0

  /** Looks at the words of those with the highest scores. */
  async function look(numbers: number[]) {
    for (const number of numbers) looked.add(number)
    for (const { quoteId, words } of await wordsQuery(db).execute(numbersAsked.valuesOf(numbers))) {
      const bits = common.bitsOf(words)
      highestBits = Math.max(highestBits, bits)
      if (bits >= common.minBits) found.push({ quoteId, bits })
    }
  }

  /** Whether there is one with most of the words: others have less in common. */
  const isFound = () => isBestEnough && highestBits > common.all / 2

  for (let from = 0; from < keys.length && !isFound(); from += keysAtOnce) {
    await score(db, scores, keys.slice(from, from + keysAtOnce), { perKey, isFirst: from === 0 })
    const likely = [...scores].filter(([number, bits]) => bits >= promising && !looked.has(number))
    if (isBestEnough && likely.length > 0) await look(highest(likely, rowsAtOnce))
  }
  if (!isFound()) {
    const rest = highest(
      [...scores].filter(([number]) => !looked.has(number)),
      counted
    )
    for (let from = 0; from < rest.length && !isFound(); from += rowsAtOnce)
      await look(rest.slice(from, from + rowsAtOnce))
  }
  // Beside one with nearly all words, what has a few of them is something else.
  const enough = isFound() ? highestBits / 3 : 0
  return found
    .filter(({ bits }) => bits >= enough)
    .sort((one, other) => other.bits - one.bits)
    .slice(0, compared)
    .map(({ quoteId }) => quoteId)
}

/** The numbers with the highest scores. */
const highest = (scores: [number: number, score: number][], many: number) =>
  scores
    .sort(([, one], [, other]) => other - one)
    .slice(0, many)
    .map(([number]) => number)

/** How much of what the words of a quotation tell is in another text, each word once. */
function inCommonWith(codes: number[], weightOf: WeightOf) {
  const words = new Map<number, { weight: number; times: number; text: number }>()
  for (const code of codes) {
    const word = words.get(code) ?? { weight: weightOf(code), times: 0, text: 0 }
    word.times++
    words.set(code, word)
  }
  const all = [...words.values()].reduce((sum, { weight }) => sum + weight, 0)
  let texts = 0

  /** The bits in common; 0 where fewer than half of the words of the quotation are there, which is no match. */
  function bitsOf(stored: Buffer): number {
    texts++
    let bits = 0
    let same = 0
    for (let at = 0; at < stored.length; at += 4) {
      const word = words.get(stored.readInt32LE(at))
      if (word === undefined || word.text === texts) continue
      word.text = texts
      bits += word.weight
      same += word.times
    }
    return 2 * same < codes.length ? 0 : bits
  }

  // A sum in another order may differ in its last digits.
  return { all, minBits: Math.min(minMatchBits, all - 1), bitsOf }
}

/** How many documents one statement reads. */
const documentsAtOnce = 4
const idsAsked = severalOf(documentsAtOnce, '')

const documentsQuery = prepared(({ q, t: { published: p } }) =>
  q
    .select({ id: p.id, document: p.document })
    .from(p)
    .where(and(eq(p.kind, 'quote'), inArray(p.id, idsAsked.placeholders)))
    .prepare('published_quotes_by_id')
)

/** The published documents of these quotes, in this order; those that were withdrawn are left out. */
export async function publishedQuotes(db: Reader, ids: string[]): Promise<Buffer[]> {
  const found = new Map<string, Buffer>()
  for (let from = 0; from < ids.length; from += documentsAtOnce) {
    const some = idsAsked.valuesOf(ids.slice(from, from + documentsAtOnce))
    for (const { id, document } of await documentsQuery(db).execute(some)) found.set(id, document)
  }
  return ids.map((id) => found.get(id)).filter((document) => document !== undefined)
}
