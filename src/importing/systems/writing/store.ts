// What came from other systems, as it is kept: which record each entry is, and where articles were found before.
import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { ofRedirects } from '../../../newsstand/documents/cache-tags.ts'
import { insertAll, placeholdersOf } from '../../../storage/columns/rows.ts'
import { yieldIfDue } from '../../../storage/commits/turns.ts'
import { prepared, preparedEach, type Reader, type Tables, type Writer } from '../../../storage/database.ts'
import type { EntryKey, Outcome } from '../prepare.ts'

interface Entry {
  system: string
  kind: 'article' | 'comment'
  externalId: string
}

const entryQuery = prepared(({ q, t: { importedItems: i } }) =>
  q
    .select({ recordId: i.recordId, digest: i.digest })
    .from(i)
    .where(
      and(
        eq(i.system, sql.placeholder('system')),
        eq(i.kind, sql.placeholder('kind')),
        eq(i.externalId, sql.placeholder('externalId'))
      )
    )
    .prepare('imported_item')
)

/** The record that an entry of an export became, and what the entry was when it came last. */
export async function imported(db: Reader, { system, kind, externalId }: Entry) {
  const [row] = await entryQuery(db).execute({ system, kind, externalId })
  return row
}

/** What there is of these entries, by their kinds and ids. */
export async function importedOf(db: Reader, system: string, keys: Pick<EntryKey, 'kind' | 'id'>[]) {
  const found = new Map<string, KnownEntry>()
  for (const kind of ['article', 'comment'] as const) {
    const ids = keys.flatMap((key) => (key.kind === kind ? [key.id] : []))
    for (const [id, one] of await recordsOf(db, { system, kind }, ids)) found.set(`${kind} ${id}`, one)
  }
  return found
}

const keptColumns = ['system', 'kind', 'externalId', 'recordId', 'digest', 'run', 'outcome'] as const

const keepQuery = preparedEach(
  (rows: number) => String(rows),
  ({ q, t: { importedItems: i } }: Writer, rows: number) => {
    const set = {
      ...{ recordId: sql`excluded.record_id`, digest: sql`excluded.digest` },
      ...{ run: sql`excluded.run`, outcome: sql`excluded.outcome` }
    }
    // An entry that stands in two files of an export is what it was the first time.
    const setWhere = ne(i.digest, sql`excluded.digest`)
    return q
      .insert(i)
      .values(placeholdersOf(keptColumns, rows))
      .onConflictDoUpdate({ target: [i.system, i.kind, i.externalId], set, setWhere })
      .prepare(`imported_items_kept_${rows}`)
  }
)

/** An entry as it is kept: the record that it became, what it was, and what became of it in this import. */
export interface KeptEntry extends Entry {
  recordId: string
  digest: string
  run: string
  outcome: Outcome
}

/** Keeps what an entry is now, in place of what it was. */
export const keep = (tx: Writer, row: KeptEntry) => keepAll(tx, [row])

/** The same of several entries, none of which is there twice. */
export async function keepAll(tx: Writer, rows: KeptEntry[]) {
  for (const some of portions(rows))
    await keepQuery(tx, some.length).execute(
      valuesOf(some.map((row) => keptColumns.map((column) => row[column])))
    )
}

/** How many rows one of these statements writes. */
const rowsAtOnce = 16

function* portions<T>(rows: T[]) {
  for (let i = 0; i < rows.length; i += rowsAtOnce) yield rows.slice(i, i + rowsAtOnce)
}

/** Values by their places. */
const valuesOf = (rows: string[][]) => Object.fromEntries(rows.flat().entries())

/** Keeps entries that never came before. */
export const keepNew = (tx: Writer, rows: KeptEntry[]) => insertAll(tx, tx.t.importedItems, rows)

/** How many ids one statement looks for; where there are fewer, it looks for the first of them again. */
const idsAtOnce = 32

const places = Array.from({ length: idsAtOnce }, (_, place) => `id${place}`)

const recordsQuery = prepared(({ q, t: { importedItems: i } }) =>
  q
    .select({
      ...{ externalId: i.externalId, recordId: i.recordId },
      ...{ digest: i.digest, run: i.run, outcome: i.outcome }
    })
    .from(i)
    .where(
      and(
        eq(i.system, sql.placeholder('system')),
        eq(i.kind, sql.placeholder('kind')),
        inArray(
          i.externalId,
          places.map((place) => sql.placeholder(place))
        )
      )
    )
    .prepare('imported_records')
)

/** The record that an entry became, what the entry was when it came last, and what became of it then. */
type KnownEntry = Pick<Tables['importedItems']['$inferSelect'], 'recordId' | 'digest' | 'run' | 'outcome'>

/** The records that entries of these ids became, and what the entries were when they came last. */
export async function recordsOf(db: Reader, { system, kind }: Omit<Entry, 'externalId'>, ids: string[]) {
  const found = new Map<string, KnownEntry>()
  const wanted = [...new Set(ids)]
  for (let i = 0; i < wanted.length; i += idsAtOnce) {
    const given = Object.fromEntries(places.map((place, at) => [place, wanted[i + at] ?? wanted[i]]))
    for (const { externalId, ...one } of await recordsQuery(db).execute({ system, kind, ...given }))
      found.set(externalId, one)
  }
  return found
}

/** The articles that entries of these ids became, by those ids: those that were not deleted. */
export async function articlesHere(db: Reader, system: string, ids: string[]): Promise<Map<string, string>> {
  const records = await recordsOf(db, { system, kind: 'article' }, ids)
  const here = new Set<string>()
  for (const { recordId } of records.values())
    if ((await articleQuery(db).execute({ id: recordId })).length > 0) here.add(recordId)
  return new Map(
    [...records].flatMap(([id, { recordId }]) => (here.has(recordId) ? [[id, recordId] as const] : []))
  )
}

const articleQuery = prepared(({ q, t: { articles } }) =>
  q
    .select({ id: articles.id })
    .from(articles)
    .where(eq(articles.id, sql.placeholder('id')))
    .prepare('imported_comment_article')
)

const addressQuery = preparedEach(
  (rows: number) => String(rows),
  ({ q, t: { oldAddresses: a } }: Writer, rows: number) =>
    q
      .insert(a)
      .values(placeholdersOf(['path', 'articleId'], rows))
      .onConflictDoNothing()
      .prepare(`old_addresses_kept_${rows}`)
)

/** Keeps where articles were found; an address that another article had there goes on leading to that. */
export async function keepAddresses(tx: Writer, all: { path: string; articleId: string }[]) {
  for (const some of portions(all)) {
    await yieldIfDue()
    await addressQuery(tx, some.length).execute(
      valuesOf(some.map(({ path, articleId }) => [path, articleId]))
    )
  }
  if (all.length > 0) tx.invalidated.add(ofRedirects)
}

/** The sites that the external ids of a system are of. */
export const sitesOf = ({ q, t: { importedSites: s } }: Reader, system: string) =>
  q.select({ site: s.site, name: s.name }).from(s).where(eq(s.system, system)).orderBy(s.site)

/** Keeps that a system has its ids from this site. */
export async function keepSite(
  { q, t: { importedSites: s } }: Writer,
  row: { system: string; site: string; name: string }
) {
  await q.insert(s).values(row).onConflictDoNothing()
}
