// Articles in the trash keep their rows, so that nothing has to be moved and restoring loses nothing; every query of the
// desk leaves them out by this one condition. The table of the trash is small: it is one look-up by its key.
import { eq, notExists, type SQL } from 'drizzle-orm'
import type { Reader, Tables } from '../../storage/database.ts'

type ArticleColumn =
  | Tables['articles']['id']
  | Tables['quotes' | 'attributions' | 'corrections' | 'comments' | 'imports']['articleId']
  | Tables['articleMedia' | 'articleBylines']['articleId']

/** Whether the article of this id is not in the trash. */
export const isPresent = ({ q, t: { trash } }: Reader, articleId: ArticleColumn): SQL =>
  notExists(q.select({ id: trash.articleId }).from(trash).where(eq(trash.articleId, articleId)))
