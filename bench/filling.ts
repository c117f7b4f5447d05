// Filling a new database file in bulk: stories are made in one thread and written in the other, most indexes last.
import { once } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type Sqlite from 'better-sqlite3'
import { getTableName } from 'drizzle-orm'
import { uncounted } from '../src/newsstand/documents/facets.ts'
import { migrateGuarded, newestMigration } from '../src/storage/opening/migrations.ts'
import { noteRebuild } from '../src/storage/opening/rebuilds.ts'
import { connect } from '../src/storage/sqlite/opening/connection.ts'
import { schema } from '../src/storage/sqlite/schema.ts'
import { type Batch, columnsOf, wordIndexes } from './batches.ts'

type Connection = InstanceType<typeof Sqlite>

/** Told what is being done, and how many stories are written. */
export type Progress = (doing: string, written: number) => void

const perBatch = 250
/** How many batches are made ahead. */
const ahead = 4

// Not journal_mode = off, which better-sqlite3 refuses without a word (it sets SQLITE_DBCONFIG_DEFENSIVE).
const settings = [
  'foreign_keys = off',
  'synchronous = off',
  'journal_mode = memory',
  'cache_size = -1000000',
  'threads = 2'
]

/** Makes a database of so many stories. */
export async function fill(file: string, articles: number, progress: Progress, brief = false) {
  migrateGuarded(file)
  const db = connect(file, false)
  for (const setting of settings) db.pragma(setting)
  const setAside = takeAside(db)
  // One transaction, so that pages are written when they are full; a file that was not finished is thrown away.
  db.exec('begin')
  tuneWords(db, hashSizes.filling)
  await writeAll(db, articles, progress, brief)
  progress('words', articles)
  mergeWords(db)
  progress('facets', articles)
  writeFacets(db)
  progress('indexes', articles)
  for (const sql of setAside) db.exec(sql)
  db.exec('commit')
  // FTS5 keeps a handle open that a change of the journal would wait for.
  db.close()
  const served = connect(file, false)
  served.pragma('wal_checkpoint(truncate)')
  served.close()
  // All of it is of this release: nothing is compiled anew where it is served first.
  noteRebuild(file, newestMigration(), false)
}

/** Drops what costs more row by row: the triggers. Facets are put in order first. */
function takeAside(db: Connection): string[] {
  const aside = db
    .prepare<[], { type: string; name: string; sql: string }>(
      `select type, name, sql from sqlite_master
       where type = 'trigger'`
    )
    .all()
  for (const { type, name } of aside) db.exec(`drop ${type} ${name}`)
  db.exec('create temp table staged_facets (kind, name, value, position, id)')
  return aside.map(({ sql }) => sql)
}

async function writeAll(db: Connection, articles: number, progress: Progress, brief: boolean) {
  const generator = new Worker(join(import.meta.dirname, 'generator.ts'), { workerData: brief })
  const write = writer(db)
  const ask = (first: number) => {
    if (first < articles) generator.postMessage({ first, end: Math.min(first + perBatch, articles) })
  }
  for (let i = 0; i < ahead; i++) ask(i * perBatch)
  for (let first = 0; first < articles; first += perBatch) {
    const [batch] = (await once(generator, 'message')) as [Batch]
    ask(first + ahead * perBatch)
    write(batch)
    progress('stories', Math.min(first + perBatch, articles))
  }
  await generator.terminate()
}

/** Writes a batch with one prepared statement a table. */
function writer(db: Connection) {
  const statements = new Map<string, ReturnType<typeof insertion>>()
  return (batch: Batch) => {
    for (const [name, rows] of Object.entries(batch)) {
      const statement = statements.get(name) ?? insertion(db, name as keyof Batch)
      statements.set(name, statement)
      for (const row of rows) statement.run(row)
    }
  }
}

function insertion(db: Connection, target: keyof Batch) {
  const [into, names] =
    target === 'search' || target === 'headlines'
      ? [target, ['rowid', ...wordIndexes[target]]]
      : [target === 'publishedFacets' ? 'staged_facets' : getTableName(schema[target]), columnsOf(target)]
  return db.prepare(`insert into ${into} (${names.join()}) values (${names.map(() => '?').join()})`)
}

function writeFacets(db: Connection) {
  db.exec(`
    insert into facet_values (kind, name, value, documents)
      select kind, name, value, iif(name in (${[...uncounted].map((name) => `'${name}'`).join()}), 0, count(*))
        from staged_facets group by 1, 2, 3;
    insert into facet_documents (facet, position, id)
      select number, position, id from staged_facets join facet_values using (kind, name, value) order by 1, 2, 3;
    insert into document_facets (id, facet) select id, facet from facet_documents order by 1, 2;
    drop table staged_facets;
  `)
}

/** As much of an index of words is put together in memory, in bytes; serving, it is what FTS5 does by itself. */
const hashSizes = { filling: 400_000_000, serving: 1024 * 1024 }

function tuneWords(db: Connection, hashSize: number) {
  for (const index of Object.keys(wordIndexes))
    db.exec(`insert into ${index}(${index}, rank) values ('hashsize', ${hashSize})`)
}

function mergeWords(db: Connection) {
  for (const index of Object.keys(wordIndexes)) db.exec(`insert into ${index}(${index}) values ('optimize')`)
  tuneWords(db, hashSizes.serving)
}
