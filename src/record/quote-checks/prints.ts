// The index of quotes: which are stored under which keys.
import { and, eq, sql } from 'drizzle-orm'
import { insertAll } from '../../storage/columns/rows.ts'
import { prepared, preparedEach, type Writer } from '../../storage/database.ts'
import { codesOf, storedKeys } from './keys.ts'
import { wordsOf, wordsOfQuote } from './words.ts'

/** The part of a quote that it is found by. */
export interface Printed {
  id: string
  text: string
  /** What was really said, where the article changed it. */
  verbatim: string | null
}

const given = sql.placeholder

/** Stands between the words of two texts. */
const between = 0

/** The codes of the words of a quote (keys.ts), first those printed, then those really said, as they are stored. */
function codesIn(quote: Printed): number[] {
  const codes = codesOf(wordsOfQuote(quote))
  return quote.verbatim === null ? codes : [...codes, between, ...codesOf(wordsOf(quote.verbatim))]
}

const packed = (codes: number[]) => Buffer.from(Int32Array.from(codes).buffer)

/** Codes as they were stored. */
export const unpacked = (bytes: Buffer): number[] =>
  Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readInt32LE(4 * i))

/** The keys under which a quote with these words is found. */
function keysOf(codes: number[]): number[] {
  const at = codes.indexOf(between)
  if (at < 0) return storedKeys(codes)
  return [...new Set([...storedKeys(codes.slice(0, at)), ...storedKeys(codes.slice(at + 1))])]
}

const heldQuery = prepared(({ q, t: { quotePrints: p } }) =>
  q
    .select({ number: p.number, quoteId: p.quoteId, words: p.words })
    .from(p)
    .where(eq(p.articleId, given('articleId')))
    .prepare('quote_prints_of_article')
)

const insertQuery = preparedEach(String, ({ q, t: { quotePrints: p } }: Writer, rows: number) =>
  q
    .insert(p)
    .values(
      Array.from({ length: rows }, (_, i) => ({
        articleId: given('articleId'),
        quoteId: given(`quoteId ${i}`),
        words: given(`words ${i}`)
      }))
    )
    .returning({ number: p.number, quoteId: p.quoteId })
    .prepare(`insert_quote_prints_${rows}`)
)

const dropQuery = prepared(({ q, t: { quotePrints: p } }: Writer) =>
  q
    .delete(p)
    .where(eq(p.number, given('number')))
    .prepare('drop_quote_print')
)

const dropKeyQuery = prepared(({ q, t: { quoteKeys: k } }: Writer) =>
  q
    .delete(k)
    .where(and(eq(k.key, given('key')), eq(k.number, given('number'))))
    .prepare('drop_quote_key')
)

/** How many quotes one statement inserts. */
const maxRowsAtOnce = 16

/** The quotes of an article, as they are stored. */
export const printsOf = (tx: Writer, articleId: string) => heldQuery(tx).execute({ articleId })

/** Puts the quotes of an article in the place of those it had (`printsOf`); what is the same is not written anew. */
export async function setPrints(
  tx: Writer,
  articleId: string,
  quotes: Printed[],
  before: Awaited<ReturnType<typeof printsOf>>
) {
  const missing = new Map(quotes.map((quote) => [quote.id, packed(codesIn(quote))]))
  for (const { number, quoteId, words } of before) {
    if (missing.get(quoteId)?.equals(words)) missing.delete(quoteId)
    else await drop(tx, number, words)
  }
  const rows = [...missing].filter(([, words]) => words.length > 0)
  for (let i = 0; i < rows.length; i += maxRowsAtOnce)
    await insert(tx, articleId, rows.slice(i, i + maxRowsAtOnce))
}

async function drop(tx: Writer, number: number, words: Buffer) {
  for (const key of keysOf(unpacked(words))) await dropKeyQuery(tx).execute({ key, number })
  await dropQuery(tx).execute({ number })
}

async function insert(tx: Writer, articleId: string, quotes: [id: string, words: Buffer][]) {
  const values: Record<string, unknown> = { articleId }
  for (const [i, [id, words]] of quotes.entries()) {
    values[`quoteId ${i}`] = id
    values[`words ${i}`] = words
  }
  const numbers = await insertQuery(tx, quotes.length).execute(values)
  const wordsById = new Map(quotes)
  const rows = numbers.flatMap(({ number, quoteId }) =>
    keysOf(unpacked(wordsById.get(quoteId)!)).map((key) => ({ key, number }))
  )
  await insertAll(tx, tx.t.quoteKeys, rows)
}

/** Puts a quote that is stored under its keys. */
export async function addKeys(tx: Writer, { number, words }: { number: number; words: Buffer }) {
  await insertAll(
    tx,
    tx.t.quoteKeys,
    keysOf(unpacked(words)).map((key) => ({ key, number }))
  )
}
