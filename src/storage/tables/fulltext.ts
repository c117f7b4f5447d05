// The full-text indexes, as tables that are written to: they store no texts, only which words stand in which row. On SQLite
// they are made by hand-written migrations (sqlite/fulltext.ts).
import type * as kit from '../columns/postgres.ts'

export function fulltext(c: typeof kit) {
  const row = { row: c.wide('rowid').primaryKey() }
  const words = (name: string) => c.words(name).notNull()

  /** Over the rows of `desk_words`: drafts and sources. */
  const deskIndex = c.table('desk_search', { ...row, article: words('article'), source: words('source') })

  /** Over the rows of `searchable`. */
  const wordIndex = c.table('search', {
    ...row,
    headline: words('headline'),
    text: words('text'),
    quote: words('quote'),
    caption: words('caption')
  })

  /** Over their headlines alone. */
  const headlineIndex = c.table('headlines', { ...row, headline: words('headline') })

  return { deskIndex, wordIndex, headlineIndex }
}
