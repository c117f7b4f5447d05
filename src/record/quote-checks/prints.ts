// The index of quotes: which are stored under which keys.
import { and, eq, inArray, sql } from 'drizzle-orm'
import { insertAll } from '../../storage/columns/rows.ts'
import { prepared, preparedEach, type Reader, type Writer } from '../../storage/database.ts'
import { storedKeys } from './keys.ts'
import { wordsOf } from './words.ts'

/** The part of a quote that it is found by. */
export interface Printed {
  id: string
  text: string
  /** What was really said, where the article changed it. */
  verbatim: string | null
}

const given = sql.placeholder

/** Keys of 32 bits, as they are stored beside a quote. */
const packed = (keys: number[]) => Buffer.from(Int32Array.from(keys).buffer)
const unpacked = (bytes: Buffer): number[] =>
  Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readInt32LE(4 * i))

const keysOf = ({ text, verbatim }: Printed) => [
  ...new Set([...storedKeys(wordsOf(text)), ...(verbatim === null ? [] : storedKeys(wordsOf(verbatim)))])
]

/** The statements of published quotes and of drafts: a placeholder is no boolean that every database takes. */
const edition = (draft: boolean) => (draft ? 'draft' : 'published')

const heldQuery = preparedEach(edition, ({ q, t: { quotePrints: p } }, draft) =>
  q
    .select({ number: p.number, quoteId: p.quoteId, keys: p.keys })
    .from(p)
    .where(and(eq(p.articleId, given('articleId')), eq(p.draft, draft)))
    .prepare(`quote_prints_of_${edition(draft)}`)
)

const insertQuery = preparedEach(String, ({ q, t: { quotePrints: p } }: Writer, rows: number) =>
  q
    .insert(p)
    .values(
      Array.from({ length: rows }, (_, i) => ({
        articleId: given('articleId'),
        quoteId: given(`quoteId ${i}`),
        draft: given('draft'),
        keys: given(`keys ${i}`)
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

const dropKeyQuery = preparedEach(edition, ({ q, t: { quoteKeys: k } }: Writer, draft) =>
  q
    .delete(k)
    .where(and(eq(k.draft, draft), eq(k.key, given('key')), eq(k.number, given('number'))))
    .prepare(`drop_key_of_${edition(draft)}`)
)

/** How many quotes one statement inserts. */
const maxRowsAtOnce = 16

/** Puts the quotes of an article in the place of those it had; what is the same is not written anew. */
export async function setPrints(tx: Writer, articleId: string, quotes: Printed[], draft = false) {
  const missing = new Map(quotes.map((quote) => [quote.id, keysOf(quote)]))
  for (const { number, quoteId, keys } of await heldQuery(tx, draft).execute({ articleId })) {
    const wanted = missing.get(quoteId)
    if (wanted && packed(wanted).equals(keys)) missing.delete(quoteId)
    else await drop(tx, { number, keys, draft })
  }
  const rows = [...missing].filter(([, keys]) => keys.length > 0)
  for (let i = 0; i < rows.length; i += maxRowsAtOnce)
    await insert(tx, { articleId, draft }, rows.slice(i, i + maxRowsAtOnce))
}

async function drop(tx: Writer, { number, keys, draft }: { number: number; keys: Buffer; draft: boolean }) {
  for (const key of unpacked(keys)) await dropKeyQuery(tx, draft).execute({ key, number })
  await dropQuery(tx).execute({ number })
}

async function insert(
  tx: Writer,
  of: { articleId: string; draft: boolean },
  quotes: [id: string, keys: number[]][]
) {
  const values: Record<string, unknown> = { ...of }
  for (const [i, [id, keys]] of quotes.entries()) {
    values[`quoteId ${i}`] = id
    values[`keys ${i}`] = packed(keys)
  }
  const numbers = await insertQuery(tx, quotes.length).execute(values)
  const keysById = new Map(quotes)
  const rows = numbers.flatMap(({ number, quoteId }) =>
    keysById.get(quoteId)!.map((key) => ({ draft: of.draft, key, number }))
  )
  await insertAll(tx, tx.t.quoteKeys, rows)
}

/** Puts a quote that is stored under its keys. */
export async function addKeys(
  tx: Writer,
  { number, draft, keys }: { number: number; draft: boolean; keys: Buffer }
) {
  await insertAll(
    tx,
    tx.t.quoteKeys,
    unpacked(keys).map((key) => ({ draft, key, number }))
  )
}

/** How many keys one statement asks for. */
const keysAtOnce = 128

/** The newest quotes under each of the keys, a text of numbers for each: so that not every row is made an object. */
const soughtQuery = preparedEach(edition, ({ q, t: { quoteKeys: k } }, draft: boolean) => {
  const asked = Array.from({ length: keysAtOnce }, (_, i) => sql`(cast(${given(`key ${i}`)} as integer))`)
  const newest = sql`select ${k.number} as number from ${k} where ${eq(k.draft, draft)} and ${k.key} = asked.column1 order by ${k.number} desc limit ${given('limit')}`
  return q
    .select({
      numbers: sql<string | null>`(select string_agg(cast(number as text), ' ') from (${newest}) newest)`
    })
    .from(sql`(values ${sql.join(asked, sql`, `)}) asked`)
    .prepare(`numbers_under_keys_${edition(draft)}`)
})

/** What the index is asked for. */
export interface Sought {
  keys: number[]
  draft: boolean
  /** How many quotes are taken of one key: under a frequent pair of words there may be thousands. */
  perKey: number
}

/** The numbers of quotes that share keys, the likeliest first: a key counts as much as it is rare. */
export async function numbersUnder(db: Reader, { keys, draft, perKey }: Sought): Promise<number[]> {
  const scores = new Map<number, number>()
  for (let from = 0; from < keys.length; from += keysAtOnce) {
    const values: Record<string, unknown> = { limit: perKey }
    for (let i = 0; i < keysAtOnce; i++) values[`key ${i}`] = keys[from + i] ?? null
    for (const { numbers } of await soughtQuery(db, draft).execute(values)) {
      if (numbers === null) continue
      const all = numbers.split(' ')
      const weight = all.length < perKey ? 1 / all.length : 0.5 / perKey
      for (const number of all) scores.set(Number(number), (scores.get(Number(number)) ?? 0) + weight)
    }
  }
  return [...scores].sort(([, one], [, other]) => other - one).map(([number]) => number)
}

/** How many quotes one statement reads; what is missing of them is asked for as number 0. */
const quotesAtOnce = 8

const documentsQuery = prepared(({ q, t: { quotePrints: p, published } }) =>
  q
    .select({ number: p.number, document: published.document })
    .from(p)
    .innerJoin(published, and(eq(published.kind, 'quote'), eq(published.id, p.quoteId)))
    .where(
      inArray(
        p.number,
        Array.from({ length: quotesAtOnce }, (_, i) => given(`number ${i}`))
      )
    )
    .prepare('published_quotes_by_number')
)

/** The published documents of these quotes, in this order; those that were withdrawn are left out. */
export async function publishedQuotes(db: Reader, numbers: number[]): Promise<Buffer[]> {
  const found = new Map<number, Buffer>()
  for (let from = 0; from < numbers.length; from += quotesAtOnce) {
    const values = Object.fromEntries(
      Array.from({ length: quotesAtOnce }, (_, i) => [`number ${i}`, numbers[from + i] ?? 0])
    )
    for (const { number, document } of await documentsQuery(db).execute(values)) found.set(number, document)
  }
  return numbers.flatMap((number) => found.get(number) ?? [])
}
