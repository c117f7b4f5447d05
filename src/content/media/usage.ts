// Which articles show a file, as the desk has them.
import { and, count, desc, eq } from 'drizzle-orm'
import type { Reader } from '../../storage/database.ts'
import { isNotTrashed } from '../articles/soft-deletion.ts'
import { withOutdated } from '../desk/shared-records.ts'
import type { DraftMedia } from './schema.ts'

/** How many articles are named. */
const maxNamed = 20

/** The draft of a record with the articles that use it, and in how many an older form of it stands. */
export async function withUsage(db: Reader, draft: DraftMedia): Promise<DraftMedia> {
  const { articleMedia: m, articles: a } = db.t
  const uses = and(eq(m.mediaId, draft.id), isNotTrashed(db, m.articleId))
  const [all] = await db.q.select({ count: count() }).from(m).where(uses)
  const articles = await db.q
    .select({ id: a.id, title: a.title, status: a.status })
    .from(m)
    .innerJoin(a, eq(a.id, m.articleId))
    .where(uses)
    .orderBy(desc(a.id))
    .limit(maxNamed)
  return { ...(await withOutdated(db, 'media', draft)), usedIn: { count: all!.count, articles } }
}
