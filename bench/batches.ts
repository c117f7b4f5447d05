// Stories as rows, ready to be bound: what the generating thread sends to the writing one.
import { getTableColumns } from 'drizzle-orm'
import { rowOf } from '../src/newsstand/documents/document.ts'
import { shared } from '../src/newsstand/documents/kinds.ts'
import { bytesOf, packedNow } from '../src/newsstand/documents/packing.ts'
import { firstRow } from '../src/newsstand/search/document-words.ts'
import type { Tables } from '../src/storage/database.ts'
import { schema } from '../src/storage/sqlite/schema.ts'
import { indexed } from '../src/storage/text/tokenizer.ts'
import { sent } from './newsroom.ts'
import { records, sourceRows } from './records.ts'
import type { Placed, Rows } from './rows.ts'

/** The indexes of words, with the columns of `searchable` they are over. */
export const wordIndexes = {
  search: ['headline', 'text', 'quote', 'caption'],
  headlines: ['headline']
} as const
type Target = keyof Tables | keyof typeof wordIndexes

/** For each table the values of its rows, in the order of `columnsOf`. */
export type Batch = { [Name in Target]?: unknown[][] }

const columns = Object.fromEntries(
  Object.entries(schema).map(([name, table]) => [name, Object.entries(getTableColumns(table))])
)

/** The columns of a table as the database knows them. */
export const columnsOf = (table: keyof Tables) => columns[table]!.map(([, { name }]) => name)

function add<Name extends keyof Tables>(batch: Batch, table: Name, rows: NonNullable<Rows[Name]>) {
  batch[table] ??= []
  for (const row of rows as Record<string, unknown>[])
    batch[table].push(
      columns[table]!.map(([key, column]) => {
        const value = row[key] ?? null
        return value === null ? null : column.mapToDriverValue(value)
      })
    )
}

/** Makes batches of stories, one after the other from the first: what several share is in the first that has it. */
export function batches(brief: boolean) {
  const known = new Set<string>()

  function place(batch: Batch, { document, at }: Placed, nextRow: (position: string) => bigint) {
    const { kind, id, position, words } = document
    const isKnown = shared.includes(kind) && known.has(id)
    if (shared.includes(kind)) known.add(id)
    const facets = Object.entries(document.facets)
      .filter(([name]) => !isKnown || name === 'article')
      .flatMap(([name, values]) => [...new Set(values)].map((value) => ({ kind, name, value, position, id })))
    add(batch, 'publishedFacets', facets)
    if (isKnown) return
    const modified = `${at.slice(0, 19)}.000Z`
    const published = rowOf(document, packedNow(bytesOf(document.value)))
    add(batch, 'published', [{ ...published, modified }])
    if (document.slug) add(batch, 'addresses', [{ slug: document.slug, articleId: id }])
    if (!words) return
    const row = nextRow(position)
    const all = { headline: '', text: '', quote: '', caption: '', ...words }
    add(batch, 'searchable', [{ ...published, row, ...all }])
    // What the triggers of `searchable` do; within one, FTS5 would write out all it has in memory for every row.
    for (const index of Object.keys(wordIndexes) as (keyof typeof wordIndexes)[]) {
      batch[index] ??= []
      batch[index].push([row, ...wordIndexes[index].map((name) => indexed(all[name]))])
    }
  }

  return function make(first: number, end: number): Batch {
    const batch: Batch = {}
    const write = (rows: Rows) => {
      for (const table of Object.keys(rows) as (keyof Tables)[]) add(batch, table, rows[table]!)
    }
    if (first === 0) write(sourceRows())
    for (let n = first; n < end; n++) {
      const { rows, placed } = records(sent(n, { brief }))
      write(rows)
      const nextRow = rowsInOrder()
      for (const one of placed) place(batch, one, nextRow)
    }
    return batch
  }
}

/** Rows of `searchable` one after the other: no two stories are of one instant, which all quotes of one are of. */
function rowsInOrder() {
  const next = new Map<bigint, bigint>()
  return (position: string) => {
    const first = firstRow(position)
    const row = next.get(first) ?? first
    next.set(first, row + 1n)
    return row
  }
}
