// The articles that name a source: in a chain or a byline of their draft, or in what is published of them.
import { and, eq, inArray } from 'drizzle-orm'
import type { Reader } from '../../storage/database.ts'

interface Search {
  legalHold: boolean
  limit: number
}

/** Ids of articles that name it, those under a legal hold or the others; each of three places gives so many. */
export async function articlesNaming(
  { q, t }: Reader,
  sourceId: string,
  { legalHold, limit }: Search
): Promise<string[]> {
  const { articles: a, hops, attributions, articleBylines: b, facetValues: v, documentFacets: d } = t
  const isHeld = eq(a.legalHold, legalHold)
  const some = { id: a.id }
  const inChains = await q
    .selectDistinct(some)
    .from(hops)
    .innerJoin(attributions, eq(attributions.id, hops.attributionId))
    .innerJoin(a, eq(a.id, attributions.articleId))
    .where(and(eq(hops.sourceId, sourceId), isHeld))
    .limit(limit)
  const inBylines = await q
    .selectDistinct(some)
    .from(b)
    .innerJoin(a, eq(a.id, b.articleId))
    .where(and(eq(b.sourceId, sourceId), isHeld))
    .limit(limit)
  const published = await q
    .select(some)
    .from(d)
    .innerJoin(v, eq(v.number, d.facet))
    .innerJoin(a, eq(a.id, v.value))
    .where(and(eq(d.id, sourceId), eq(v.kind, 'source'), eq(v.name, 'article'), isHeld))
    .limit(limit)
  return [...new Set([...inChains, ...inBylines, ...published].map(({ id }) => id))]
}

/** The articles with something that a merge moved and that is not back, those under a legal hold or the others. */
export async function articlesToRestore(
  { q, t: { mergeMoves: m, articles: a } }: Reader,
  mergeId: string,
  { legalHold, limit }: Search
): Promise<string[]> {
  const rows = await q
    .selectDistinct({ id: a.id })
    .from(m)
    .innerJoin(a, eq(a.id, m.articleId))
    .where(and(eq(m.mergeId, mergeId), eq(m.isBack, false), eq(a.legalHold, legalHold)))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** The sources that belong to it. */
export async function membersOf({ q, t: { sources: s } }: Reader, id: string, limit: number) {
  const rows = await q.select({ id: s.id }).from(s).where(eq(s.affiliationId, id)).limit(limit)
  return rows.map(({ id }) => id)
}

/** The same, of those that a merge moved. */
export async function membersToRestore({ q, t: { mergeMoves: m } }: Reader, mergeId: string, limit: number) {
  const rows = await q
    .select({ id: m.record })
    .from(m)
    .where(and(eq(m.mergeId, mergeId), eq(m.kind, 'affiliation'), eq(m.isBack, false)))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Those of these sources that are there. */
export async function affiliationsOf({ q, t: { sources: s } }: Reader, ids: string[]) {
  const rows = await q.select({ id: s.id, affiliationId: s.affiliationId }).from(s).where(inArray(s.id, ids))
  return new Map(rows.map(({ id, affiliationId }) => [id, affiliationId]))
}
