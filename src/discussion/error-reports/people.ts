// What the reports of errors keep of a person, by the keyed hash of their key or e-mail address.
import { and, asc, count, eq, isNotNull, max, min, or } from 'drizzle-orm'
import type { Reader, Writer } from '../../storage/database.ts'
import { erase } from './store.ts'

/** How many reports are kept under this hash, and from when to when. */
export async function reportsOf({ q, t: { errorReports: e } }: Reader, of: 'author' | 'email', key: string) {
  const [found] = await q
    .select({ number: count(), first: min(e.createdAt), last: max(e.createdAt) })
    .from(e)
    .where(eq(e[of], key))
  return found!
}

/** The hashes of the keys that came with this e-mail address. */
export async function keysWithEmail(
  { q, t: { errorReports: e } }: Reader,
  email: string,
  limit: number
): Promise<string[]> {
  const rows = await q
    .selectDistinct({ author: e.author })
    .from(e)
    .where(and(eq(e.email, email), isNotNull(e.author)))
    .orderBy(asc(e.author))
    .limit(limit)
  return rows.map(({ author }) => author!)
}

/** Erases up to `limit` reports of a person, and answers how many. */
export async function eraseReports(tx: Writer, key: string, limit: number): Promise<number> {
  const { errorReports: e } = tx.t
  const rows = await tx.q
    .select({ id: e.id, articleId: e.articleId })
    .from(e)
    .where(or(eq(e.author, key), eq(e.email, key)))
    .limit(limit)
  if (rows.length > 0) await erase(tx, rows)
  return rows.length
}
