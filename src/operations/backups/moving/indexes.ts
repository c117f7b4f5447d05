// The full-text indexes of a newsroom that has moved: they hold no texts, so they are made anew of those that tables have.
import { searchableText } from '../../../content/articles/store.ts'
import type { Body } from '../../../content/body/schema.ts'
import { wordsOf } from '../../../content/sources/store.ts'
import { pagesOf, type Row } from '../../../storage/backups/moving/rows.ts'
import { insertAll, rowsIn } from '../../../storage/columns/rows.ts'
import type { Writer } from '../../../storage/database.ts'
import { folded } from '../../../storage/text/fold-ahead.ts'

/** Indexes these rows of `searchable`. */
export async function indexSearch(tx: Writer, rows: Row[]) {
  const all: { row: bigint; headline: string; text: string; quote: string; caption: string }[] = []
  for (const { row, headline, text, quote, caption } of rows)
    all.push({
      row: row as bigint,
      headline: await folded(headline as string),
      text: await folded(text as string),
      quote: await folded(quote as string),
      caption: await folded(caption as string)
    })
  await insertAll(tx, tx.t.wordIndex, all)
  const headlines = all.filter((_, i) => rows[i]!.headline !== '')
  await insertAll(
    tx,
    tx.t.headlineIndex,
    headlines.map(({ row, headline }) => ({ row, headline }))
  )
}

/** Indexes drafts and sources. */
export async function indexDesk(tx: Writer) {
  for await (const rows of pagesOf(tx, 'deskWords')) {
    const ids = rows.map(({ id }) => id as string)
    const texts = new Map<unknown, Partial<Record<'article' | 'source', string>>>()
    // It was checked when it was written.
    for (const { body, ...one } of await rowsIn(tx, tx.t.articles, 'id', ids))
      texts.set(one.id, { article: searchableText({ ...one, body: body as Body }) })
    for (const one of await rowsIn(tx, tx.t.sources, 'id', ids)) texts.set(one.id, { source: wordsOf(one) })
    const all: { row: bigint; article: string; source: string }[] = []
    for (const { row, id } of rows) {
      const { article = '', source = '' } = texts.get(id)!
      all.push({ row: BigInt(row as number), article: await folded(article), source: await folded(source) })
    }
    await insertAll(tx, tx.t.deskIndex, all)
  }
}
