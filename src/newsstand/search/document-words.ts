// The words of the newsstand: what each document is searched by.
import { and, eq, sql } from 'drizzle-orm'
import { prepared, type Writer } from '../../storage/database.ts'
import type { Placed } from '../documents/filing.ts'
import type { Kind } from '../documents/kinds.ts'
import type { Span } from '../lists/statement-shapes.ts'

/** The published words of a document. */
export interface Words {
  headline?: string
  text?: string
  quote?: string
  caption?: string
}

/** The kinds that are searched, and where their words stand. */
export const columns = {
  article: ['headline', 'text'],
  quote: ['quote'],
  media: ['caption']
} satisfies Partial<Record<Kind, (keyof Words)[]>>
export type SearchedKind = keyof typeof columns

/** Room for 2^20 documents of one millisecond. */
const bits = 20n
const room = 1n << bits

/** As far from 1970 as the rows of `searchable` reach, in milliseconds: 278 years. */
const farthest = 2 ** 43 - 1

/** The first of the rows of `searchable` that documents at this instant may have; the newer, the higher. */
export function firstRow(instant: string): bigint {
  const milliseconds = Math.max(-farthest, Math.min(Date.parse(instant), farthest - 1))
  return BigInt(milliseconds) << bits
}

/** The rows that documents from one instant on and before another may have, and hardly any others. */
export const rowsBetween = ({ from, before }: Span) => ({
  fromRow: from ? firstRow(from) : lowest,
  beforeRow: before ? firstRow(before) + room : highest
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
      moment: s.moment,
      card: s.card
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

const addQuery = prepared(({ q, t: { searchable } }: Writer) =>
  q
    .insert(searchable)
    .values({
      row: sql.placeholder('row'),
      kind: sql.placeholder('kind'),
      id: sql.placeholder('id'),
      headline: sql.placeholder('headline'),
      text: sql.placeholder('text'),
      quote: sql.placeholder('quote'),
      caption: sql.placeholder('caption'),
      articleId: sql.placeholder('articleId'),
      position: sql.placeholder('position'),
      moment: sql.placeholder('moment'),
      card: sql.placeholder('card')
    })
    .prepare('add_words')
)

/** A document that is searched, and what of it is shown. */
export interface Searched extends Placed {
  articleId: string | null
  moment: string | null
  card: Buffer
}

const none = { headline: '', text: '', quote: '', caption: '' }

/** Makes these the words a document is searched by. */
export async function setWords(tx: Writer, document: Searched, words: Words) {
  const { kind, id, position } = document
  const [before] = await beforeQuery(tx).execute({ kind, id })
  if (before === undefined) return addWords(tx, document, words)
  const { row, moment, card, ...had } = before
  // Pages go by rows: what keeps its place in time keeps its row.
  const place = BigInt(row) >> bits === firstRow(position) >> bits ? BigInt(row) : undefined
  const isSame = Object.entries({ ...none, ...words }).every(
    ([name, text]) => had[name as keyof Words] === text
  )
  if (place === undefined || !isSame) {
    await dropWords(tx, kind, id)
    await addWords(tx, document, words, place)
  } else if (moment !== document.moment || !card?.equals(document.card)) await showAnew(tx, document)
}

/** Its words stay as they are, and so does the index. */
async function showAnew({ q, t: { searchable: s } }: Writer, { kind, id, ...document }: Searched) {
  const { articleId, position, moment, card } = document
  await q
    .update(s)
    .set({ articleId, position, moment, card })
    .where(and(eq(s.kind, kind), eq(s.id, id)))
}

/** Adds the words of a document that has none. */
export async function addWords(tx: Writer, document: Searched, words: Words, place?: bigint) {
  const row = place ?? (await freeRow(tx, firstRow(document.position)))
  await addQuery(tx).execute({ ...document, row, ...none, ...words })
}

/** The next free row at this instant; a full millisecond overflows into the next. */
async function freeRow(tx: Writer, first: bigint): Promise<bigint> {
  const [last] = await lastQuery(tx).execute({ first, end: first + room })
  const row = last!.row === null ? first : BigInt(last!.row) + 1n
  return row < first + room ? row : freeRow(tx, first + room)
}

const dropQuery = prepared(({ q, t: { searchable: s } }: Writer) =>
  q
    .delete(s)
    .where(and(eq(s.kind, sql.placeholder('kind')), eq(s.id, sql.placeholder('id'))))
    .prepare('drop_words')
)

/** Takes the words of a document from the search. */
export async function dropWords(tx: Writer, kind: Kind, id: string) {
  await dropQuery(tx).execute({ kind, id })
}
