// Full text on SQLite: FTS5 indexes over `searchable` and `desk_words`, written just before the commit. Words are tokenised and
// folded before (text/tokenizer.ts): FTS5's own tokenizer knows Unicode 6.1, and ends a word at a vowel sign.
import { type SQL, sql } from 'drizzle-orm'
import type { FullText, TextIndex } from '../database.ts'
import type { Term } from '../text/tokenizer.ts'

const index = (name: SQL): TextIndex => ({
  from: name,
  row: sql`${name}.rowid`,
  matches: (expression) => sql`${name} match ${expression}`
})

/**
 * A word or phrase in FTS5's query syntax (sqlite.org/fts5.html, 3.1): quoted, so that nothing in it is an operator.
 * Its words have only letters and digits, so there is nothing to escape.
 */
const quoted = ({ words, prefix }: Term) => `"${words.join(' ')}"${prefix ? ' *' : ''}`

export const fullText: FullText = {
  headlines: index(sql`headlines`),
  everything: index(sql`search`),
  desk: index(sql`desk_search`),
  expression(terms, columns, unless) {
    const all = terms.map(quoted).join(' AND ')
    const found = columns ? `{${columns.join(' ')}} : (${all})` : `(${all})`
    return unless ? `(${found}) NOT (${unless} : (${all}))` : found
  },
  either: (expressions) => expressions.map((one) => `(${one})`).join(' OR '),
  bytes: (text) => sql`cast(${text} as blob)`,
  text: (bytes) => sql`cast(${bytes} as text)`
}
