// Every row of a database as text, to compare with another.
import Sqlite from 'better-sqlite3'
import { unpacked } from '../src/newsstand/documents/packing.ts'

/** Rows by table, in an order of their own. */
export type Dump = Map<string, string[]>

const desk = [
  'sources',
  'media',
  'media_credits',
  'articles',
  'article_tags',
  'article_bylines',
  'article_media'
].concat(['quotes', 'attributions', 'hops', 'comments', 'corrections', 'changes'])
const newsstand = ['published', 'published_facets', 'facet_values', 'searchable', 'addresses', 'withdrawn']
/** What the file is made of. */
const schema = ['sqlite_schema']

/** The rows of these tables; those of the desk in the order they were written. */
export function dump(file: string, tables = [...desk, ...newsstand, ...schema]): Dump {
  const db = new Sqlite(file, { readonly: true })
  const text = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
  const rows = tables.map((table): [string, string[]] => {
    const lines = db
      .prepare<[], Record<string, unknown>>(
        `select * from ${table}${desk.includes(table) ? ' order by rowid' : ''}`
      )
      .safeIntegers()
      .all()
      .map((row) => JSON.stringify(readable(row), text))
    return [table, desk.includes(table) ? lines : lines.sort()]
  })
  const words = ['search', 'headlines'].map((index): [string, string[]] => [index, wordsIn(db, index)])
  db.close()
  return new Map([...rows, ...words])
}

/** Every word of an index, with where it stands (sqlite.org/fts5.html, 5). */
function wordsIn(db: InstanceType<typeof Sqlite>, index: string): string[] {
  db.exec(`create virtual table temp.words_of_${index} using fts5vocab(main, ${index}, instance)`)
  return db
    .prepare<[], string>(`select term || ' ' || doc || ' ' || col || ' ' || offset from words_of_${index}`)
    .pluck()
    .all()
}

/** Bytes as text where they are JSON, in gzip or not; where pages happen to stand, and which number a value got, is left out. */
const readable = ({ rootpage: _, number: __, ...row }: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, Buffer.isBuffer(value) ? unpacked(value) : value])
  )

/** The same without the instants at which comments were shown: placed again, they are so all at once. */
export const withoutInstants = (dump: Dump): Dump =>
  new Map(
    [...dump].map(([table, lines]) => [
      table,
      lines.map((line) =>
        line.startsWith('{"kind":"comment"') ? line.replace(/"modified":"[^"]*"/, '') : line
      )
    ])
  )

const suffix = /[0-7][0-9a-hjkmnp-tv-z]{25}/g

/** The beginning of an id in a position. */
const beginning = /~[0-7][0-9a-hjkmnp-tv-z]{13}(?=~)/g

/** The same with ids by the order in which they were made, and without what is computed from the ids or drawn by lot. */
export function withoutIds(dump: Dump): Dump {
  const names = new Map<string, string>()
  for (const table of desk)
    for (const line of dump.get(table)!)
      for (const [id] of line.matchAll(suffix)) if (!names.has(id)) names.set(id, `#${names.size}`)
  const plain = (line: string) =>
    line
      .replace(suffix, (id) => names.get(id) ?? id)
      .replace(/"(etag|gzip|edit_key)":("(\\"|[^"])*"|null)/g, '')
      .replace(/\\"[\w-]{22}\\"/g, '')
      .replace(beginning, '~')
  return new Map(
    [...dump].map(([table, lines]) => {
      const named = lines.map(plain)
      return [table, desk.includes(table) ? named : named.sort()]
    })
  )
}

/** What differs, at most three lines of a table. */
export function differences(what: string, a: Dump, b: Dump): string[] {
  return [...a].flatMap(([table, lines]) => {
    const others = b.get(table)!
    const at = Array.from({ length: Math.max(lines.length, others.length) }, (_, i) => i)
    return at
      .filter((i) => lines[i] !== others[i])
      .slice(0, 3)
      .map((i) => `${what}, ${table} ${i}:\n  filled ${lines[i]}\n  API    ${others[i]}`)
  })
}
