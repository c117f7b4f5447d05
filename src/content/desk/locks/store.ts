// Advisory edit locks: who works on an article. A lock changes no version and is not in the change log.
import { and, eq, gt } from 'drizzle-orm'
import { HttpProblem } from '../../../http/problems.ts'
import type { Reader, Tables, Writer } from '../../../storage/database.ts'

type Row = Tables['locks']['$inferSelect']

/** The lifetime of a lock after it was taken or renewed, in ms. */
const lease = 2 * 60 * 1000

/** The lock of an article, unless it has expired at this instant. */
export async function activeLock(
  { q, t: { locks } }: Reader,
  articleId: string,
  now: string
): Promise<Row | undefined> {
  const [row] = await q
    .select()
    .from(locks)
    .where(and(eq(locks.articleId, articleId), gt(locks.expiresAt, now)))
  return row
}

/** Takes or renews the lock for the writer. Throws 409 where somebody else holds it, unless by force. */
export async function take(tx: Writer, articleId: string, force: boolean): Promise<Row> {
  const { q, t, now, actor } = tx
  const before = await ownLock(tx, articleId, force)
  const row = {
    articleId,
    holder: actor.name,
    since: before?.since ?? now,
    expiresAt: new Date(Date.parse(now) + lease).toISOString()
  }
  await q.insert(t.locks).values(row).onConflictDoUpdate({ target: t.locks.articleId, set: row })
  return row
}

/** Releases the lock, if there is one. Throws 409 where somebody else holds it, unless by force. */
export async function release(tx: Writer, articleId: string, force: boolean) {
  await ownLock(tx, articleId, force)
  await tx.q.delete(tx.t.locks).where(eq(tx.t.locks.articleId, articleId))
}

/** The lock of the writer. Throws 409 where somebody else holds it, unless by force. */
async function ownLock(tx: Writer, articleId: string, force: boolean): Promise<Row | undefined> {
  const row = await activeLock(tx, articleId, tx.now)
  if (row === undefined || row.holder === tx.actor.name) return row
  if (force) return undefined
  throw new HttpProblem('locked', `${row.holder} has locked the article until ${row.expiresAt}.`)
}
