import { and, count, desc, eq, gt, inArray, isNull, lt, min, ne, notInArray, or } from 'drizzle-orm'
import * as changes from '../../../changes/log/store.ts'
import type { Reader } from '../../../storage/database.ts'
import { assemble } from '../../articles/assemble.ts'
import { sharedRecordsOf } from '../../articles/published/shared-records.ts'
import * as articles from '../../articles/store.ts'
import type { Chapter } from './schema.ts'
import { sentence } from './sentences.ts'

/**
 * What was done to an article and to what belongs to it, newest first; also when it is no longer there. What it shares
 * with others is in it from when the article was made, as long as it is in the draft.
 */
export async function list(
  db: Reader,
  articleId: string,
  limit: number,
  before: number | undefined
): Promise<Chapter[]> {
  const { changes: c } = db.t
  const isBefore = before === undefined ? undefined : lt(c.seq, before)
  const rows = await db.q
    .select()
    .from(c)
    .where(and(eq(c.articleId, articleId), isBefore, notInArray(c.seq, isVersionBump(db, articleId))))
    .orderBy(desc(c.seq))
    .limit(limit)
  const shared = await sharedRows(db, articleId, limit, before)
  const all = [...rows, ...shared].sort((a, b) => b.seq - a.seq).slice(0, limit)
  return all.map((row) => {
    const { event: _e, articleId: _a, detail, ...told } = changes.changeOf(row)
    return { ...told, sentence: sentence({ ...told, detail }), detail }
  })
}

/** What was done to the sources, media and credits of an article since it was made, newest first. */
async function sharedRows(db: Reader, articleId: string, limit: number, before: number | undefined) {
  const { changes: c } = db.t
  const row = await articles.byIdOrSlug(db, articleId)
  if (row === undefined) return []
  const ids = sharedRecordsOf((await assemble(db, row)).article).map(({ id }) => id)
  const [made] = await db.q
    .select({ seq: min(c.seq) })
    .from(c)
    .where(eq(c.articleId, articleId))
  return db.q
    .select()
    .from(c)
    .where(
      and(
        isNull(c.articleId),
        inArray(c.id, ids),
        gt(c.seq, made!.seq!),
        before === undefined ? undefined : lt(c.seq, before),
        or(ne(c.action, 'create'), eq(c.kind, 'credit'))
      )
    )
    .orderBy(desc(c.seq))
    .limit(limit)
}

/**
 * The changes of the article that only moved its version for a step, as publishing does: the step is told by the one
 * that follows with the same version at the same instant.
 */
function isVersionBump({ q, t: { changes: c } }: Reader, articleId: string) {
  return q
    .select({ seq: min(c.seq) })
    .from(c)
    .where(and(eq(c.articleId, articleId), eq(c.kind, 'article'), gt(c.version, 1)))
    .groupBy(c.version, c.at)
    .having(gt(count(), 1))
}
