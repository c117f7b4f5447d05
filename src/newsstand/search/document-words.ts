// The full-text entries of published documents.
import { and, eq, sql } from 'drizzle-orm'
import { insertAll } from '../../storage/columns/rows.ts'
import { prepared, preparedEach, type Writer } from '../../storage/database.ts'
import { folded } from '../../storage/text/fold-ahead.ts'
import type { Positioned } from '../documents/facet-removal.ts'
import type { Kind } from '../documents/kinds.ts'
import type { Span } from '../lists/statement-shapes.ts'

/** The searchable texts of a document. */
export interface Words {
  headline?: string
  text?: string
  quote?: string
  caption?: string
}

/** The searchable kinds, and the FTS column of each. */
export const columns = {
  article: ['headline', 'text'],
  quote: ['quote'],
  media: ['caption']
} satisfies Partial<Record<Kind, (keyof Words)[]>>
export type SearchedKind = keyof typeof columns

/** Row numbers are milliseconds, shifted by 20 bits: room for 2^20 documents each. */
const bits = 20n
const rowsPerInstant = 1n << bits

/** The range of row numbers before and after 1970, in milliseconds: 278 years. */
const maxTime = 2 ** 43 - 1

/** The first row number of an instant. It rises with time. */
export function firstRow(position: string): bigint {
  // What follows the instant is a place in a text.
  const [instant] = position.split('~')
  const milliseconds = Math.max(-maxTime, Math.min(Date.parse(instant!), maxTime - 1))
  return BigInt(milliseconds) << bits
}

/** The row numbers of a span of time. */
export const rowsBetween = ({ from, before }: Span) => ({
  fromRow: from ? firstRow(from) : lowest,
  beforeRow: before ? firstRow(before) + rowsPerInstant : highest
})
const lowest = -(1n << 63n)
const highest = (1n << 63n) - 1n

const beforeQuery = prepared(({ q, t: { searchable: s } }) =>
  q
    .select({
      row: sql<string>`cast(${s.row} as text)`,
      headline: s.headline,
      text: s.text,
      quote: s.quote,
      caption: s.caption,
      moment: s.moment
    })
    .from(s)
    .where(and(eq(s.kind, sql.placeholder('kind')), eq(s.id, sql.placeholder('id'))))
    .prepare('words_of')
)

const lastQuery = prepared(({ q, t: { searchable: s } }) =>
  q
    .select({ row: sql<string | null>`cast(max(${s.row}) as text)` })
    .from(s)
    .where(sql`${s.row} >= ${sql.placeholder('first')} and ${s.row} < ${sql.placeholder('end')}`)
    .prepare('last_row')
)

/** A searchable document, with what results are filtered by. */
export interface Searched extends Positioned {
  articleId: string | null
  moment: string | null
}

const none = { headline: '', text: '', quote: '', caption: '' }

/** Sets the searchable texts of a document. */
export async function setWords(tx: Writer, document: Searched, words: Words) {
  const { kind, id, position } = document
  const [before] = await beforeQuery(tx).execute({ kind, id })
  if (before === undefined) return addWords(tx, document, words)
  const { row, moment, ...had } = before
  // Cursors refer to rows: a document whose position is unchanged keeps its row.
  const place = BigInt(row) >> bits === firstRow(position) >> bits ? BigInt(row) : undefined
  const isSame = Object.entries({ ...none, ...words }).every(
    ([name, text]) => had[name as keyof Words] === text
  )
  if (place === undefined || !isSame) {
    await dropWords(tx, kind, id)
    await addWords(tx, document, words, place)
  } else if (moment !== document.moment) await updateMoment(tx, document)
}

/** Updates what results are filtered by; the texts are unchanged, so the index is not touched. */
async function updateMoment({ q, t: { searchable: s } }: Writer, { kind, id, ...document }: Searched) {
  const { articleId, position, moment } = document
  await q
    .update(s)
    .set({ articleId, position, moment })
    .where(and(eq(s.kind, kind), eq(s.id, id)))
}

/** Adds the texts of a document that has none. */
async function addWords(tx: Writer, document: Searched, words: Words, place?: bigint) {
  if (place === undefined) await addAllWords(tx, [{ document, words }])
  else await insert(tx, [{ document, words }], place)
}

/** A document, and its searchable texts. */
interface Worded {
  document: Searched
  words: Words
}

/** Adds the texts of documents that have none; those of one instant get neighbouring rows. */
export async function addAllWords(tx: Writer, documents: Worded[], known?: FreeRow) {
  for (const [first, some] of Map.groupBy(documents, ({ document }) => firstRow(document.position)))
    for (let rest = some; rest.length > 0; ) {
      const row = known?.first === first && rest === some ? known.row : await freeRow(tx, first)
      const room = Number(rowsPerInstant - (row & (rowsPerInstant - 1n)))
      await insert(tx, rest.slice(0, room), row)
      rest = rest.slice(room)
    }
}

/** Adds the texts of documents in these rows, from the first on. */
export async function insert(tx: Writer, documents: Worded[], first: bigint) {
  const rows = documents.map(({ document, words }, i) => {
    const { kind, id, articleId, position, moment } = document
    return { row: first + BigInt(i), kind, id, articleId, position, moment, ...none, ...words }
  })
  await insertAll(tx, tx.t.searchable, rows)
  for (const { row, ...words } of rows) tx.beforeCommit(() => index(tx, row, words), row)
}

async function index(tx: Writer, row: bigint, { headline, text, quote, caption }: Required<Words>) {
  const { wordIndex, headlineIndex } = tx.t
  const words = {
    headline: await folded(headline),
    text: await folded(text),
    quote: await folded(quote),
    caption: await folded(caption)
  }
  await insertAll(tx, wordIndex, [{ row, ...words }])
  // Of quotes and captions there is nothing to find in it.
  if (headline !== '') await insertAll(tx, headlineIndex, [{ row, headline: words.headline }])
}

/** The next free row of an instant, by the first one of that instant. */
interface FreeRow {
  first: bigint
  row: bigint
}

/** The next free row of the instant of this document, for `addAllWords`. */
export async function freeRowOf(tx: Writer, { position }: Pick<Searched, 'position'>): Promise<FreeRow> {
  const first = firstRow(position)
  return { first, row: await freeRow(tx, first) }
}

/** The next free row number of an instant; a full millisecond overflows into the next. */
async function freeRow(tx: Writer, first: bigint): Promise<bigint> {
  const [last] = await lastQuery(tx).execute({ first, end: first + rowsPerInstant })
  const row = last!.row === null ? first : BigInt(last!.row) + 1n
  return row < first + rowsPerInstant ? row : freeRow(tx, first + rowsPerInstant)
}

const dropQuery = prepared(({ q, t: { searchable: s } }: Writer) =>
  q
    .delete(s)
    .where(and(eq(s.kind, sql.placeholder('kind')), eq(s.id, sql.placeholder('id'))))
    .returning({ row: sql<string>`cast(${s.row} as text)` })
    .prepare('drop_words')
)

const unindexQuery = preparedEach(
  (name: 'wordIndex' | 'headlineIndex') => name,
  ({ q, t }: Writer, name) =>
    q
      .delete(t[name])
      .where(eq(t[name].row, sql.placeholder('row')))
      .prepare(`drop_from_${name}`)
)

/** Removes a document from the search. */
export async function dropWords(tx: Writer, kind: Kind, id: string) {
  const [dropped] = await dropQuery(tx).execute({ kind, id })
  if (dropped === undefined) return
  const row = BigInt(dropped.row)
  tx.beforeCommit(async () => {
    for (const name of ['wordIndex', 'headlineIndex'] as const) await unindexQuery(tx, name).execute({ row })
  }, row)
}
