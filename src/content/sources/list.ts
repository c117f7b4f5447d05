// The sources of the desk, by filters.
import { and, desc, eq, exists, inArray, lt, or } from 'drizzle-orm'
import type { Reader } from '../../storage/database.ts'
import { nameKey } from '../../storage/text/name-key.ts'
import { termsOf } from '../../storage/text/query-parser.ts'
import { hasWords } from '../articles/list/desk-words.ts'
import { isNotTrashed } from '../articles/soft-deletion.ts'
import { hasExternalId } from '../external/ids.ts'
import type { SourceFilters } from './schema.ts'
import { draftForm } from './store.ts'

/** Newest first. */
export async function list(db: Reader, filters: SourceFilters, limit: number, after?: string) {
  const { q, t } = db
  const { sources, hops, attributions, articleBylines } = t
  const inArticles = (some: string[]) =>
    or(
      exists(
        q
          .select({ id: hops.attributionId })
          .from(hops)
          .innerJoin(attributions, eq(attributions.id, hops.attributionId))
          .where(
            and(
              eq(hops.sourceId, sources.id),
              inArray(attributions.articleId, some),
              isNotTrashed(db, attributions.articleId)
            )
          )
      ),
      exists(
        q
          .select({ id: articleBylines.articleId })
          .from(articleBylines)
          .where(
            and(
              eq(articleBylines.sourceId, sources.id),
              inArray(articleBylines.articleId, some),
              isNotTrashed(db, articleBylines.articleId)
            )
          )
      )
    )
  const rows = await q
    .select()
    .from(sources)
    .where(
      and(
        after === undefined ? undefined : lt(sources.id, after),
        filters.kind && inArray(sources.kind, filters.kind),
        filters.article && inArticles(filters.article),
        filters.name && inArray(sources.name, filters.name),
        filters.sameAs && isSameAs(db, filters.sameAs),
        filters.alias && isCalled(db, filters.alias),
        hasExternalId(sources, filters.externalId),
        filters.q === undefined ? undefined : hasWords(db, 'source', sources.id, termsOf(filters.q))
      )
    )
    .orderBy(desc(sources.id))
    .limit(limit)
  return rows.map(draftForm)
}

function isSameAs({ q, t: { sources, sourceAddresses: a } }: Reader, urls: string[]) {
  return exists(
    q
      .select({ id: a.sourceId })
      .from(a)
      .where(and(eq(a.sourceId, sources.id), inArray(a.url, urls)))
  )
}

function isCalled({ q, t: { sources, sourceNames: n } }: Reader, names: string[]) {
  return exists(
    q
      .select({ id: n.sourceId })
      .from(n)
      .where(and(eq(n.sourceId, sources.id), inArray(n.name, names.map(nameKey))))
  )
}
