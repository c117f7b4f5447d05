import { and, count, desc, eq, gt, lt, min, notInArray } from 'drizzle-orm'
import * as changes from '../changes/store.ts'
import type { Reader } from '../storage/database.ts'
import type { Chapter } from './schema.ts'
import { sentence } from './sentences.ts'

/** What was done to an article and to what belongs to it, newest first; also when it is no longer there. */
export async function list(
  db: Reader,
  articleId: string,
  limit: number,
  before: number | undefined
): Promise<Chapter[]> {
  const { changes: c } = db.t
  const rows = await db.q
    .select()
    .from(c)
    .where(
      and(
        eq(c.articleId, articleId),
        before === undefined ? undefined : lt(c.seq, before),
        notInArray(c.seq, moved(db, articleId))
      )
    )
    .orderBy(desc(c.seq))
    .limit(limit)
  return rows.map((row) => {
    const { event: _e, articleId: _a, detail, ...told } = changes.form(row)
    return { ...told, sentence: sentence({ ...told, detail }), detail }
  })
}

/**
 * The changes of the article that only moved its version for a step, as publishing does: the step is told by the one
 * that follows with the same version at the same instant.
 */
function moved({ q, t: { changes: c } }: Reader, articleId: string) {
  return q
    .select({ seq: min(c.seq) })
    .from(c)
    .where(and(eq(c.articleId, articleId), eq(c.kind, 'article'), gt(c.version, 1)))
    .groupBy(c.version, c.at)
    .having(gt(count(), 1))
}
