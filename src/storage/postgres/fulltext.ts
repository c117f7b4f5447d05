// Full text on PostgreSQL: tables of vectors (vectors.ts), with an index of the vectors of a row together.
import { type SQL, sql } from 'drizzle-orm'
import type { FullText, TextIndex } from '../database.ts'
import type { Term } from '../text/tokenizer.ts'
import { splitWords, weightsOf } from './vectors.ts'

/** The vectors of a row together, as the index of the last part of migrations/postgres/0000_foundation.sql has them. */
const index = (name: SQL, vectors: SQL): TextIndex => ({
  from: name,
  row: sql`${name}.rowid`,
  matches: (expression) => sql`(${vectors}) @@ cast(${expression} as tsquery)`
})

/** A word or a phrase in these columns, in PostgreSQL's notation; undefined where nothing of it is a word. */
function queryOf({ words, prefix }: Term, weights: string): string | undefined {
  const all = words.flatMap(splitWords)
  if (all.length === 0) return undefined
  const within = (columns: string) =>
    all.map((word, i) => `'${word}':${prefix && i === all.length - 1 ? '*' : ''}${columns}`).join(' <-> ')
  // The words of a phrase stand in one column; their places go on from column to column.
  return all.length === 1 ? within(weights) : `(${[...weights].map(within).join(' | ')})`
}

export const fullText: FullText = {
  headlines: index(sql`headlines`, sql`headlines.headline`),
  everything: index(sql`search`, sql`search.headline || search.text || search.quote || search.caption`),
  desk: index(sql`desk_search`, sql`desk_search.article || desk_search.source`),
  expression(terms, columns, unless) {
    const all = (weights: string) => {
      const queries = terms.map((term) => queryOf(term, weights))
      return queries.includes(undefined) ? '' : queries.join(' & ')
    }
    const found = all(weightsOf(columns))
    return unless && found !== '' ? `(${found}) & !(${all(weightsOf([unless]))})` : found
  },
  either: (expressions) =>
    expressions
      .filter((one) => one !== '')
      .map((one) => `(${one})`)
      .join(' | '),
  bytes: (text) => sql`convert_to(${text}, 'UTF8')`,
  text: (bytes) => sql`convert_from(${bytes}, 'UTF8')`
}
