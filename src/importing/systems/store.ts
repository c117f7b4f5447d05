// What came from other systems, as it is kept: which record each entry is, and where articles were found before.
import { and, eq, sql } from 'drizzle-orm'
import { ofRedirects } from '../../newsstand/documents/cache-tags.ts'
import { prepared, type Reader, type Writer } from '../../storage/database.ts'

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

/** Keeps that an entry is this record, and what it was. */
export async function keep(
  { q, t: { importedItems: i } }: Writer,
  row: Entry & { recordId: string; digest: string }
) {
  const { recordId, digest } = row
  await q
    .insert(i)
    .values(row)
    .onConflictDoUpdate({ target: [i.system, i.kind, i.externalId], set: { recordId, digest } })
}

/** Keeps where an article was found; an address that another article had there goes on leading to that. */
export async function keepAddresses(
  { q, t: { oldAddresses: a }, invalidated }: Writer,
  articleId: string,
  paths: string[]
) {
  if (paths.length === 0) return
  await q
    .insert(a)
    .values(paths.map((path) => ({ path, articleId })))
    .onConflictDoNothing()
  invalidated.add(ofRedirects)
}
