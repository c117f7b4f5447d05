// What came from other systems, as it is kept: which record each entry is, and where articles were found before.
import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { ofRedirects } from '../../../newsstand/documents/cache-tags.ts'
import { insertAll } from '../../../storage/columns/rows.ts'
import { prepared, type Reader, type Writer } from '../../../storage/database.ts'
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
export async function importedOf(
  { q, t: { importedItems: i } }: Reader,
  system: string,
  keys: Pick<EntryKey, 'kind' | 'id'>[]
) {
  const rows = await q
    .select({ kind: i.kind, id: i.externalId, digest: i.digest, run: i.run, outcome: i.outcome })
    .from(i)
    .where(
      and(
        eq(i.system, system),
        inArray(i.kind, ['article', 'comment']),
        inArray(
          i.externalId,
          keys.map(({ id }) => id)
        )
      )
    )
  return new Map(rows.map((row) => [`${row.kind} ${row.id}`, row]))
}

const keepQuery = prepared(({ q, t: { importedItems: i } }: Writer) => {
  const given = (name: string) => sql`${sql.placeholder(name)}`
  const key = { system: given('system'), kind: given('kind'), externalId: given('externalId') }
  const set = {
    ...{ recordId: given('recordId'), digest: given('digest'), run: given('run'), outcome: given('outcome') }
  }
  // An entry that stands in two files of an export is what it was the first time.
  const setWhere = ne(i.digest, given('digest'))
  return q
    .insert(i)
    .values({ ...key, ...set })
    .onConflictDoUpdate({ target: [i.system, i.kind, i.externalId], set, setWhere })
    .prepare('imported_item_kept')
})

/** An entry as it is kept: the record that it became, what it was, and what became of it in this import. */
export interface KeptEntry extends Entry {
  recordId: string
  digest: string
  run: string
  outcome: Outcome
}

/** Keeps what an entry is now, in place of what it was. */
export async function keep(tx: Writer, row: KeptEntry) {
  await keepQuery(tx).execute({ ...row })
}

/** Keeps entries that never came before. */
export const keepNew = (tx: Writer, rows: KeptEntry[]) => insertAll(tx, tx.t.importedItems, rows)

/** How many ids one statement looks for: the others are null. */
const idsAtOnce = 32

const places = Array.from({ length: idsAtOnce }, (_, place) => `id${place}`)

const recordsQuery = prepared(({ q, t: { importedItems: i } }) =>
  q
    .select({ externalId: i.externalId, recordId: i.recordId, digest: i.digest })
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

/** The records that entries of these ids became, and what the entries were when they came last. */
export async function recordsOf(db: Reader, { system, kind }: Omit<Entry, 'externalId'>, ids: string[]) {
  const found = new Map<string, { recordId: string; digest: string }>()
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

const addressQuery = prepared(({ q, t: { oldAddresses: a } }: Writer) =>
  q
    .insert(a)
    .values({ path: sql.placeholder('path'), articleId: sql.placeholder('articleId') })
    .onConflictDoNothing()
    .prepare('old_address_kept')
)

/** Keeps where an article was found; an address that another article had there goes on leading to that. */
export async function keepAddresses(tx: Writer, articleId: string, paths: string[]) {
  for (const path of paths) await addressQuery(tx).execute({ path, articleId })
  if (paths.length > 0) tx.invalidated.add(ofRedirects)
}
