// The trash: soft-deleted articles, until they are restored or purged.
import { and, asc, count, desc, eq, gt, lt, lte } from 'drizzle-orm'
import * as changes from '../../../changes/log/store.ts'
import { afterDays } from '../../../changes/retention.ts'
import { found, HttpProblem } from '../../../http/problems.ts'
import { yieldIfDue } from '../../../storage/commits/turns.ts'
import type { Actor, Reader, Writer } from '../../../storage/database.ts'
import { draftArticle } from '../../articles/assemble.ts'
import type { DraftArticle } from '../../articles/schema.ts'
import { slugFor } from '../../articles/slugs/slug.ts'
import * as articles from '../../articles/store.ts'
import type { TrashedArticle } from './schema.ts'

/** An entry of the list with its sort key. */
export type Entry = TrashedArticle & { seq: number }

/** The condition for what an actor may see: contributors only what they deleted themselves. */
const seenBy = ({ t: { trash } }: Reader, { name, role }: Actor) =>
  role === 'contributor' ? eq(trash.actor, name) : undefined

/** Deleted articles, the latest first, with the time of their purge. */
export async function list(
  db: Reader,
  actor: Actor,
  { limit, before, days }: { limit: number; before: number | undefined; days: number }
): Promise<Entry[]> {
  const { trash: x, articles: a } = db.t
  const rows = await db.q
    .select({ trash: x, title: a.title, edition: a.edition })
    .from(x)
    .innerJoin(a, eq(a.id, x.articleId))
    .where(and(seenBy(db, actor), before === undefined ? undefined : lt(x.seq, before)))
    .orderBy(desc(x.seq))
    .limit(limit)
  return rows.map(({ trash: { seq, articleId: id, slug, at, actor, role }, title, edition }) => ({
    ...{ seq, id, title, slug, edition, deletedAt: at, deletedBy: { name: actor, role } },
    endsAt: edition > 0 ? null : afterDays(at, days)
  }))
}

async function entry(tx: Writer, id: string) {
  const { trash: x, articles: a } = tx.t
  const [row] = await tx.q
    .select({ at: x.at, slug: x.slug, title: a.title, edition: a.edition })
    .from(x)
    .innerJoin(a, eq(a.id, x.articleId))
    .where(and(eq(x.articleId, id), seenBy(tx, tx.actor)))
  return found(row, 'article in the trash')
}

/** Restores an article as a draft; with a new slug where its own is taken. Throws 404. */
export async function restore(tx: Writer, id: string): Promise<DraftArticle> {
  const { q, t } = tx
  const { at, slug: wanted, title } = await entry(tx, id)
  const [owner] = await q.select({ id: t.articles.id }).from(t.articles).where(eq(t.articles.slug, wanted))
  const slug = owner === undefined ? wanted : await slugFor(tx, id, { title })
  await q.delete(t.trash).where(eq(t.trash.articleId, id))
  const row = await articles.write(tx, (await articles.byIdOrSlug(tx, id))!, { slug })
  const detail = { deletedAt: at, ...(slug !== wanted && { slug }) }
  const { version } = row
  await changes.append(tx, { action: 'restore', kind: 'article', id, articleId: id, version, detail })
  return draftArticle(tx, row)
}

/** Purges an article. Throws 404, and 409 where editions of it were published. */
export async function purge(tx: Writer, id: string) {
  const { edition } = await entry(tx, id)
  if (edition > 0)
    throw new HttpProblem(
      'conflict',
      'Readers saw editions of the article, and every edition stays: it is kept in the trash, or restored.'
    )
  await drop(tx, id)
}

async function drop(tx: Writer, id: string) {
  await tx.q.delete(tx.t.articles).where(eq(tx.t.articles.id, id))
  await changes.append(tx, { action: 'purge', kind: 'article', id, articleId: id })
}

/** The first articles that were deleted by this instant and never published. */
async function deletedBy({ q, t: { trash: x, articles: a } }: Reader, instant: string, limit: number) {
  return q
    .select({ id: x.articleId })
    .from(x)
    .innerJoin(a, eq(a.id, x.articleId))
    .where(and(lte(x.at, instant), eq(a.edition, 0)))
    .orderBy(asc(x.at))
    .limit(limit)
}

/** Purges up to `limit` articles that were deleted by this instant; answers how many. */
export async function purgeDeletedBy(tx: Writer, instant: string, limit: number): Promise<number> {
  const rows = await deletedBy(tx, instant, limit)
  for (const { id } of rows) {
    await yieldIfDue()
    await drop(tx, id)
  }
  return rows.length
}

/** Whether an article is due for purging. */
export const hasEnded = async (db: Reader, instant: string) => (await deletedBy(db, instant, 1)).length > 0

/** Of how many articles in the trash the editions stay. */
export async function countWithEditions({ q, t: { trash: x, articles: a } }: Reader): Promise<number> {
  const [row] = await q
    .select({ kept: count() })
    .from(x)
    .innerJoin(a, eq(a.id, x.articleId))
    .where(gt(a.edition, 0))
  return row!.kept
}
