// Full text on PostgreSQL: tables of vectors (vectors.ts), with an index of the vectors of a row together.
import { type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { FullText, IndexPage, TextIndex } from '../database.ts'
import type { Term } from '../text/tokenizer.ts'
import { allWeights, splitWords, weightsOf } from './vectors.ts'

/** How many rows are looked through in their order before the inverted index is asked; a test looks through fewer. */
export const walk = { rows: 1000 }

/** How many words of a search a row is asked for, column by column, before its vectors are put together: that takes ten times as long. */
const maxProbes = 3

/** A table, its columns, and their vectors together, as the index of the last part of migrations/postgres/0000_foundation.sql has them. */
interface Vectors {
  name: SQL
  columns: SQL[]
  vectors: SQL
}

const matching = (vectors: SQL, query: Placeholder | SQL) => sql`(${vectors}) @@ cast(${query} as tsquery)`

function vectorsOf(table: string, ...columnNames: string[]): Vectors {
  const columns = columnNames.map((column) => sql.raw(`${table}.${column}`))
  return { name: sql.raw(table), columns, vectors: sql.join(columns, sql` || `) }
}

const indexOf = ({ name, vectors }: Vectors): TextIndex => ({
  from: name,
  row: sql`${name}.rowid`,
  matches: (expression) => matching(vectors, expression)
})

/** An index whose pages come from a statement of their own. */
const pagedIndexOf = (of: Vectors): TextIndex => ({ ...indexOf(of), page: (asked) => pageOf(of, asked) })

/** Whether a row may match: whether it has the first words of the search in any of its columns. */
function mayMatch({ columns }: Vectors) {
  const has = (i: number) =>
    sql.join(
      columns.map((column) => matching(column, sql.placeholder(`word${i}`))),
      sql` or `
    )
  return sql.join(
    Array.from({ length: maxProbes }, (_, i) => sql`(${has(i)})`),
    sql` and `
  )
}

/**
 * The rows of a page. An inverted index knows no order: what it takes grows with all that match, as what it takes to look
 * through the rows in their order grows with those that do not. So the first thousand are looked through, which fills the
 * page where the words are common; else, in the same statement, the index is asked for all that have the words. It answers
 * their numbers only, which are put in order and then held against the conditions, until the page is full.
 */
function pageOf(of: Vectors, { join, on, where, range: [from, before], ascending, limit }: IndexPage) {
  const { name, vectors } = of
  const row = sql`${name}.rowid`
  const range = sql`${row} >= ${from} and ${row} < ${before}`
  const direction = ascending ? sql`asc` : sql`desc`
  const order = sql`order by ${row} ${direction}`
  // Row by row: the planner, which guesses how many there are, would else read all of a table.
  const joined = sql`cross join lateral (select * from ${join} where ${on} = ${row} limit 1) as ${join}`
  return sql`(with walked as materialized (
      select ${row} from (select * from ${name} where ${range} ${order} limit ${sql.raw(String(walk.rows))}) as ${name} ${joined}
        where ${mayMatch(of)} and ${where} ${order} limit ${limit}
    ), total as materialized (select count(*) as rows from walked
    ), found as materialized (
      select ${row} from ${name}
        where (select rows from total) < ${limit} and ${matching(vectors, sql.placeholder('words'))} and ${range}
    )
    select rowid from walked where (select rows from total) >= ${limit}
    union all (
      select found.rowid from (select rowid from found order by rowid ${direction}) as found
        cross join lateral (select * from ${name} where ${row} = found.rowid limit 1) as ${name} ${joined}
        where ${where} order by found.rowid ${direction} limit ${limit}
    )) as ${name}`
}

/** A word or a phrase in these columns, in PostgreSQL's notation; undefined where nothing of it is a word. */
function queryOf({ words, prefix }: Term, weights: string): string | undefined {
  const all = words.flatMap(splitWords)
  if (all.length === 0) return undefined
  const within = (columns: string) =>
    all.map((word, i) => wordOf(word, columns, prefix && i === all.length - 1)).join(' <-> ')
  // The words of a phrase stand in one column; their places go on from column to column.
  return all.length === 1 ? within(weights) : `(${[...weights].map(within).join(' | ')})`
}

/** A word that is only looked for in some columns is one that the index cannot answer for: each row is looked at. */
function wordOf(word: string, weights: string, prefix: boolean): string {
  const marks = `${prefix ? '*' : ''}${weights === allWeights ? '' : weights}`
  return marks === '' ? `'${word}'` : `'${word}':${marks}`
}

export const fullText: FullText = {
  headlines: pagedIndexOf(vectorsOf('headlines', 'headline')),
  everything: pagedIndexOf(vectorsOf('search', 'headline', 'text', 'quote', 'caption')),
  desk: indexOf(vectorsOf('desk_search', 'article', 'source')),
  expression(terms, columns, unless) {
    const all = (weights: string) => {
      const queries = terms.map((term) => queryOf(term, weights))
      return queries.includes(undefined) ? '' : queries.join(' & ')
    }
    const found = all(weightsOf(columns))
    return unless && found !== '' ? `(${found}) & !(${all(weightsOf([unless]))})` : found
  },
  wordParameters(terms) {
    const words = terms.flatMap(({ words, prefix }) => {
      const all = words.flatMap(splitWords)
      return all.map((word, i) => wordOf(word, allWeights, prefix && i === all.length - 1))
    })
    const probes = Array.from({ length: maxProbes }, (_, i) => [`word${i}`, words[i] ?? words[0] ?? ''])
    return { words: words.join(' & '), ...Object.fromEntries(probes) }
  },
  either: (expressions) =>
    expressions
      .filter((one) => one !== '')
      .map((one) => `(${one})`)
      .join(' | '),
  bytes: (text) => sql`convert_to(${text}, 'UTF8')`,
  text: (bytes) => sql`convert_from(${bytes}, 'UTF8')`
}
