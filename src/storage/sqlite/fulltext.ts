// Full text on SQLite: FTS5 indexes over the words of `searchable` and `desk_words`, kept by triggers. They are parted and
// folded before (tokens.ts): FTS5's own tables of letters know Unicode 6.1, and end a word at a vowel sign.
import { type SQL, sql } from 'drizzle-orm'
import type { FullText, TextIndex } from '../database.ts'
import type { Term } from '../text/tokenizer.ts'

const index = (name: SQL): TextIndex => ({
  from: name,
  row: sql`${name}.rowid`,
  matches: (expression) => sql`${name} match ${expression}`
})

/**
 * A word or phrase as FTS5 reads it (sqlite.org/fts5.html, 3.1): quoted, so that nothing in it is an operator. Its words
 * are letters and digits alone.
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
  bytes: (text) => sql`cast(${text} as blob)`
}
