// node bench/postgres-search.ts [FOLDER...]: PostgreSQL's own time (pg_stat_statements) for the first page of searches among 100,000
// documents, by the code in these folders (this one, by default) in turn, over one database of a server of the package of npm.
import { join, resolve } from 'node:path'
import type { Database } from '../src/storage/database.ts'
import { startServer, statements } from '../test/postgres/server.ts'

const documents = 100_000
const runs = 12
const folders = process.argv.length > 2 ? process.argv.slice(2) : ['.']
const { url } = await startServer(['shared_preload_libraries=pg_stat_statements', 'shared_buffers=1GB'])
await statements(url('postgres'), 'create database bench')
const at = url('bench')

interface Code {
  openDatabase(at: string, from: undefined, folders: { folder: string }): Promise<Database>
  search(db: Database['read'], query: object): Promise<{ id: string }[]>
}

/** The code in a folder, over the database. */
async function codeIn(folder: string) {
  const from = (file: string) => import(join(resolve(folder), 'src', file))
  const { openDatabase } = (await from('storage/opening/open.ts')) as Code
  const { search } = (await from('newsstand/search/search.ts')) as Code
  const db = await openDatabase(at, undefined, { folder: '/tmp' })
  return { db, search }
}

const all = new Map<string, Awaited<ReturnType<typeof codeIn>>>()
for (const folder of folders) all.set(folder, await codeIn(folder))

/** Words that every so many documents have; the fillers are 55 of 20,000. */
const every = { common: 1, third: 3, sixth: 6, fiftieth: 50, hundredth: 130, thousandth: 1000, rare: 20_000 }
// A seventh, and what never is beside it.
const odd = `case i % 7 when 0 then 'seventh' when 1 then 'never' else '' end`
const made = `select i, (i::bigint << 30) as row, 'word' || i % 500 || ' report' || i % 9 as headline,
  concat_ws(' ', ${Object.entries(every)
    .map(([word, n]) => `case when i % ${n} = 0 then '${word}' end`)
    .join(', ')}, ${odd},
    (select string_agg('filler' || (hashint4(i * 64 + n) & 2147483647) % 20000, ' ') from generate_series(1, 55) as n)) as text
  from generate_series(1, ${documents}) as i`
await statements(
  at,
  'create extension pg_stat_statements',
  `create table made as ${made}`,
  `insert into searchable ("row", kind, id, headline, text, quote, caption, article_id, position, moment)
    select row, 'article', 'a' || i, headline, text, '', '', 'a' || i, to_char(timestamp '2000-01-01' + i * interval '1 minute', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"'), null from made`,
  `insert into search (rowid, headline, text, quote, caption)
    select row, setweight(to_tsvector('simple', headline), 'A'), setweight(to_tsvector('simple', text), 'B'), '', '' from made`,
  `insert into headlines (rowid, headline) select row, setweight(to_tsvector('simple', headline), 'A') from made`,
  'vacuum analyze'
)

const word = (text: string, prefix = false) => ({ words: [text], prefix })
const searches: [string, ...ReturnType<typeof word>[]][] = [
  ['a word of all', word('common')],
  ['of every third', word('third')],
  ['of every sixth', word('sixth')],
  ['of every 50th', word('fiftieth')],
  ['of every 130th', word('hundredth')],
  ['of every 1000th', word('thousandth')],
  ['of 5', word('rare')],
  ['of none', word('nowhere')],
  ['all and every 130th', word('common'), word('hundredth')],
  ['every third and sixth', word('third'), word('sixth')],
  ['every sixth and 50th', word('sixth'), word('fiftieth')],
  ['two that never meet', word('seventh'), word('never')],
  ['a beginning of all', word('comm', true)],
  ['a beginning of every 130th', word('hundr', true)],
  ['fillers that begin with filler1', word('filler1', true)],
  ['fillers that begin with filler123', word('filler123', true)],
  ['in every headline', word('report1')],
  ['in every 500th headline', word('word17')]
]
const kinds = { 'everything, by time': false, 'by relevance': true }

const table: Record<string, Record<string, string>> = {}
for (const [how, byRelevance] of Object.entries(kinds))
  for (const [name, ...terms] of searches) {
    const answers = new Set<string>()
    for (const [folder, { db, search }] of all) {
      const query = {
        kinds: ['article', 'quote', 'media'],
        terms,
        byRelevance,
        facets: {},
        ascending: false,
        limit: 21
      }
      await search(db.read, query)
      await statements(at, 'select pg_stat_statements_reset()')
      let found: { id: string }[] = []
      for (let i = 0; i < runs; i++) found = await search(db.read, query)
      const [row] = await statements(
        at,
        `select sum(total_exec_time)::float8 as ms from pg_stat_statements where query like '%"searchable"%'`
      )
      answers.add(found.map(({ id }) => id).join())
      const line = `${name}, ${how}`
      table[line] ??= {}
      table[line][folder] = (Number(row!.ms) / runs).toFixed(2)
      table[line].found = String(found.length)
    }
    if (answers.size !== 1) throw new Error(`${name}: not the same results`)
  }
console.table(table)
for (const { db } of all.values()) await db.close()
process.exit()
