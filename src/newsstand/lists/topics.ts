// Sections and tags with the number of their articles; related articles.
import { and, asc, desc, eq, gt, sql } from 'drizzle-orm'
import type { Reader } from '../../storage/database.ts'
import { countAtMost, facetsOf } from '../documents/facets.ts'
import { findDocuments } from './query.ts'
import type { Found } from './statement-shapes.ts'

export interface TopicPage {
  name: 'section' | 'tag'
  /** Those with the most articles first. */
  largest: boolean
  /** The last topic of the page before. */
  after?: string | undefined
  limit: number
}

/** The sections, or the tags, of published articles. */
export function topics(
  { q, t: { facetValues: v } }: Reader,
  { name, largest, after, limit }: TopicPage
): Promise<{ name: string; articles: number }[]> {
  // Written as in the index by documents, which has no others.
  const of = [eq(v.kind, 'article'), eq(v.name, name), sql`${v.documents} > 0`]
  return q
    .select({ name: v.value, articles: v.documents })
    .from(v)
    .where(and(...of, after === undefined ? undefined : gt(v.value, after)))
    .orderBy(...(largest ? [desc(v.documents), asc(v.value)] : [asc(v.value)]))
    .limit(limit)
}

/** The weights of shared facets for related articles. */
const weights: Record<string, number> = { source: 3, tag: 2, section: 1 }
/** How many facets of an article are followed, and how many articles of each are read. */
const maxFacets = 20
const maxPerFacet = 50

/**
 * The articles that share most with this one. Sources count more than tags, and these more than the section; rare
 * values count more than common ones. The newest first among equals.
 */
export async function related(db: Reader, id: string, limit: number): Promise<Found[]> {
  const shared = []
  for (const { name, value } of await facetsOf(db, 'article', id)) {
    const weight = weights[name]
    if (weight === undefined) continue
    const documents = await countAtMost(db, 'article', name, [value])
    shared.push({ name, value, score: weight / Math.log2(1 + documents) })
  }
  const scores = new Map<string, { found: Found; score: number }>()
  for (const { name, value, score } of shared.sort((a, b) => b.score - a.score).slice(0, maxFacets)) {
    const facets = { [name]: [value] }
    for (const found of await findDocuments(db, { kind: 'article', facets, limit: maxPerFacet })) {
      if (found.id === id) continue
      scores.set(found.id, { found, score: (scores.get(found.id)?.score ?? 0) + score })
    }
  }
  return [...scores.values()]
    .sort((a, b) => b.score - a.score || (a.found.position < b.found.position ? 1 : -1))
    .slice(0, limit)
    .map(({ found }) => found)
}
