// What was kept of an article, with the sources that others became since.
import type { Article, ConvertedArticle } from '../../content/articles/schema.ts'
import * as sources from '../../content/sources/store.ts'
import { movedTo } from '../../newsstand/documents/moved.ts'
import type { Reader } from '../../storage/database.ts'
import { withNames } from './published.ts'

type Bylines = NonNullable<ConvertedArticle['bylines']>

/** An edition that names the sources into which those it named were merged. */
export async function withMergedNames(db: Reader, article: Article): Promise<Article> {
  const moved = new Map<string, string>()
  for (const { id } of article.sources) {
    const to = await movedTo(db, 'source', id)
    if (to) moved.set(id, to)
  }
  if (moved.size === 0) return article
  const now = (was: string) => moved.get(was) ?? was
  const current = await sources.withAffiliations(db, [...moved.values()])
  return withNames(article, { hop: now, byline: now, affiliation: now }, current.map(sources.publicForm))
}

/** Bylines likewise. */
export async function mergedBylines(db: Reader, bylines: Bylines): Promise<Bylines> {
  const now: Bylines = []
  for (const byline of bylines) {
    const to = byline.sourceId ? await movedTo(db, 'source', byline.sourceId) : undefined
    now.push(to ? { ...byline, sourceId: to } : byline)
  }
  return now
}
