// Soft deletion: articles in the trash keep their rows, so restoring loses nothing. All queries of drafts exclude them
// by this condition, which is one look-up by key.
import { eq, notExists, type SQL } from 'drizzle-orm'
import type { Reader, Tables } from '../../storage/database.ts'

type ArticleColumn =
  | Tables['articles']['id']
  | Tables[
      | 'quotes'
      | 'attributions'
      | 'corrections'
      | 'comments'
      | 'errorReports'
      | 'imports'
      | 'allegations'
      | 'replyRequests']['articleId']
  | Tables['articleMedia' | 'articleBylines']['articleId']

/** Whether the article of this id is not in the trash. */
export const isNotTrashed = ({ q, t: { trash } }: Reader, articleId: ArticleColumn): SQL =>
  notExists(q.select({ id: trash.articleId }).from(trash).where(eq(trash.articleId, articleId)))
