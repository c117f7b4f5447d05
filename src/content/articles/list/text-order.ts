// Pages of what stands in one draft, in the order of its text.
import type { Reader } from '../../../storage/database.ts'
import { inOrderOfText } from '../../body/mentions.ts'
import { byIdOrSlug } from '../store.ts'

interface Page<T> {
  limit: number
  /** The id of the last record of the page before. */
  after: string | undefined
  /** The quote or claim whose words a record is about. */
  idOf?: (record: T) => string
}

/**
 * A page of these records of an article. One that was deleted since the page before cannot say where that ended: the list
 * begins again, for what is told twice does less harm than what is never told.
 */
export async function pageInOrder<T extends { id: string }>(
  db: Reader,
  articleId: string,
  records: T[],
  { limit, after, idOf }: Page<T>
): Promise<T[]> {
  const article = await byIdOrSlug(db, articleId)
  const ordered = article ? inOrderOfText(article.body, records, idOf) : []
  const from = after === undefined ? 0 : ordered.findIndex(({ id }) => id === after) + 1
  return ordered.slice(from, from + limit)
}
