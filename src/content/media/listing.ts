// Lists of media at the desk.
import { and, desc, eq, exists, inArray, lt, type SQL } from 'drizzle-orm'
import type { Reader, Tables } from '../../storage/database.ts'
import { isNotTrashed } from '../articles/soft-deletion.ts'
import { hasExternalId } from '../external/ids.ts'
import type { DraftMedia, MediaFilters } from './schema.ts'
import { draftForm, withCredits } from './store.ts'

/** Whether one of these articles uses this file. */
export function isShownIn(
  db: Reader,
  mediaId: Tables['media']['id'] | Tables['mediaCredits']['mediaId'],
  articleIds: string[]
): SQL {
  const { articleMedia: m } = db.t
  return exists(
    db.q
      .select({ id: m.articleId })
      .from(m)
      .where(and(eq(m.mediaId, mediaId), inArray(m.articleId, articleIds), isNotTrashed(db, m.articleId)))
  )
}

/** Newest first. */
export async function list(
  db: Reader,
  filters: MediaFilters,
  limit: number,
  after?: string
): Promise<DraftMedia[]> {
  const { media } = db.t
  const rows = await db.q
    .select()
    .from(media)
    .where(
      and(
        after === undefined ? undefined : lt(media.id, after),
        filters.kind && inArray(media.kind, filters.kind),
        filters.url && inArray(media.url, filters.url),
        hasExternalId(media, filters.externalId),
        filters.article && isShownIn(db, media.id, filters.article)
      )
    )
    .orderBy(desc(media.id))
    .limit(limit)
  return withCredits(db, rows, draftForm)
}
