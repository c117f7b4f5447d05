// Publishing an edition that does not come from the draft: a correction, or what an article shows of others, was renewed.
import * as changes from '../../changes/log/store.ts'
import type { Article } from '../../content/articles/schema.ts'
import * as articles from '../../content/articles/store.ts'
import { noteCorrections } from '../../record/reviews/causes.ts'
import type { Writer } from '../../storage/database.ts'
import * as editions from '../editions/store.ts'
import { placeArticle } from './replace.ts'

/** Publishes an edition without changing the draft; `renewed` are the documents that changed. */
export async function replaceEdition(
  tx: Writer,
  article: Article,
  creationTimes: Map<string, string>,
  renewed: string[],
  note: string
) {
  await placeArticle(tx, article, creationTimes, { renewed: new Set(renewed) })
  await noteCorrections(tx, article)
  const { edition, version } = await articles.nextEdition(tx, article.id)
  await editions.insert(tx, article, { number: edition, version: null, note })
  await appendChange(tx, { id: article.id, version }, 'publish', { edition, note })
}

/** Logs that an article was published or withdrawn. */
export const appendChange = (
  tx: Writer,
  { id, version }: { id: string; version: number },
  action: 'publish' | 'withdraw',
  detail?: Record<string, unknown>
) => changes.append(tx, { action, kind: 'article', id, articleId: id, version, ...(detail && { detail }) })
