// Full text on SQLite: two FTS5 indexes over the folded words of the table `searchable`, kept by its triggers.
import { type SQL, sql } from 'drizzle-orm'
import type { FullText, Term, TextIndex } from './database.ts'

const index = (name: SQL): TextIndex => ({
  from: name,
  row: sql`${name}.rowid`,
  matches: (expression) => sql`${name} match ${expression}`
})

/**
 * The same words however they are written: composed or not, capitals or none, and in Latin and Greek with or without
 * accents. (Elsewhere a mark makes another letter: й is not и.) The triggers of `searchable` call it by this name.
 */
export const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ς', 'σ')

/** A word or phrase as FTS5 reads it (sqlite.org/fts5.html, 3.1): quoted, so that nothing in it is an operator. */
const quoted = ({ words, prefix }: Term) =>
  `"${fold(words.join(' ')).replaceAll('"', '""')}"${prefix ? ' *' : ''}`

export const fullText: FullText = {
  headlines: index(sql`headlines`),
  everything: index(sql`search`),
  expression(terms, columns, unless) {
    const all = terms.map(quoted).join(' AND ')
    const found = columns ? `{${columns.join(' ')}} : (${all})` : `(${all})`
    return unless ? `(${found}) NOT (${unless} : (${all}))` : found
  },
  bytes: (text) => sql`cast(${text} as blob)`
}
