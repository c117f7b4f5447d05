// Telling that rights end soon: an entry of the change log, and so an event and webhooks, 30, 7 and 1 days before.
import { and, asc, eq, lte, sql } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { type JobOptions, startPolling } from '../../changes/polling.ts'
import { type Database, prepared, type Writer } from '../../storage/database.ts'
import { daysLeft, nextNotice } from './notices.ts'

/** How often each process looks, in ms. */
const interval = 10_000

/** Credits per transaction: other writes go in between. */
const batchSize = 50

/** How many articles a notice names. */
const maxArticles = 100

const dueQuery = prepared(({ q, t: { mediaCredits: c } }) =>
  q
    .select({ id: c.id, mediaId: c.mediaId, version: c.version, expiresAt: c.expiresAt })
    .from(c)
    .where(lte(c.noticeAt, sql.placeholder('now')))
    .orderBy(asc(c.noticeAt))
    .limit(batchSize)
    .prepare('credits_to_be_noticed')
)

/** Tells of all rights for which it is time, and answers of how many. Of several processes, one does it. */
export async function tellExpiring(db: Database, now: () => Date): Promise<number> {
  let count = 0
  while ((await dueQuery(db.read).execute({ now: now().toISOString() })).length > 0)
    count += await db.write('rights', async (tx) => {
      // Asked again inside the transaction: another process may have been faster.
      const due = await dueQuery(tx).execute({ now: tx.now })
      for (const credit of due) await tell(tx, { ...credit, expiresAt: credit.expiresAt! })
      return due.length
    })
  return count
}

async function tell(
  tx: Writer,
  { id, mediaId, version, expiresAt }: { id: string; mediaId: string; version: number; expiresAt: string }
) {
  const { mediaCredits: c, articleMedia: m, articles: a } = tx.t
  await tx.q
    .update(c)
    .set({ noticeAt: nextNotice(expiresAt, tx.now) })
    .where(eq(c.id, id))
  // Nobody ran meanwhile: what has ended is told by the articles that are published without it.
  if (expiresAt <= tx.now) return
  const shown = await tx.q
    .select({ id: m.articleId })
    .from(m)
    .innerJoin(a, eq(a.id, m.articleId))
    .where(and(eq(m.mediaId, mediaId), eq(a.status, 'published')))
    .orderBy(asc(m.articleId))
    .limit(maxArticles)
  const detail = {
    expiresAt,
    days: daysLeft(expiresAt, tx.now),
    mediaId,
    articles: shown.map((article) => article.id)
  }
  await changes.append(tx, { action: 'expire', kind: 'credit', id, version, detail })
}

/** Tells until it is stopped. */
export const startNotices = (db: Database, { clock, ...job }: JobOptions) =>
  startPolling(() => tellExpiring(db, clock), { ...job, interval })
