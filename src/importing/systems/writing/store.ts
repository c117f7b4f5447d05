// What came from other systems, as it is kept: which record each entry is, and where articles were found before.
import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { ofRedirects } from '../../../newsstand/documents/cache-tags.ts'
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

/** Keeps that an entry is this record, what it was, and what became of it in this import. */
export async function keep(
  tx: Writer,
  row: Entry & { recordId: string; digest: string; run: string; outcome: Outcome }
) {
  await keepQuery(tx).execute({ ...row })
}

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
