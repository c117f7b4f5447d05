// Who the draft of an article names: its chains and bylines get another source, and the one they had before again.
import { and, asc, eq, sql } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import * as revisions from '../../content/articles/revisions.ts'
import * as articles from '../../content/articles/store.ts'
import type { Reader, Writer } from '../../storage/database.ts'
import type { NewMove } from './store.ts'

/** A hop or a byline of a draft: the record it stands in, its place there, and what else must be the same. */
export interface Place {
  kind: 'hop' | 'byline'
  record: string
  position: number
  word: string
}

/** Where the draft of an article names a source. */
export async function placesOf({ q, t }: Reader, articleId: string, sourceId: string): Promise<Place[]> {
  const { hops: h, attributions: a, articleBylines: b } = t
  const hops = await q
    .select({ record: h.attributionId, position: h.position, word: h.relation })
    .from(h)
    .innerJoin(a, eq(a.id, h.attributionId))
    .where(and(eq(a.articleId, articleId), eq(h.sourceId, sourceId)))
  const bylines = await q
    .select({ record: b.articleId, position: b.position, word: b.name })
    .from(b)
    .where(and(eq(b.articleId, articleId), eq(b.sourceId, sourceId)))
    .orderBy(asc(b.position))
  return [
    ...hops.map((hop) => ({ kind: 'hop' as const, ...hop })),
    ...bylines.map((byline) => ({ kind: 'byline' as const, ...byline }))
  ]
}

/** Has these places of a draft name a source. The draft gets another version, as by any write. */
export async function setNames(tx: Writer, articleId: string, places: Place[], sourceId: string) {
  const { q, t, now } = tx
  for (const { kind, record, position } of places) {
    if (kind === 'hop')
      await q
        .update(t.hops)
        .set({ sourceId })
        .where(and(eq(t.hops.attributionId, record), eq(t.hops.position, position)))
    else
      await q
        .update(t.articleBylines)
        .set({ sourceId })
        .where(and(eq(t.articleBylines.articleId, articleId), eq(t.articleBylines.position, position)))
  }
  const chains = new Set(places.flatMap(({ kind, record }) => (kind === 'hop' ? [record] : [])))
  const { attributions: a } = t
  for (const id of chains) {
    const [after] = await q
      .update(a)
      .set({ version: sql`${a.version} + 1`, updatedAt: now })
      .where(eq(a.id, id))
      .returning({ version: a.version })
    await changes.append(tx, { action: 'update', kind: 'attribution', id, articleId, ...after })
  }
  if (places.length > 0) await newVersion(tx, articleId)
}

/** The next version of a draft. One that was as published still is, when its edition is renewed with it. */
async function newVersion(tx: Writer, articleId: string) {
  const before = await articles.byIdOrSlug(tx, articleId)
  if (before === undefined) {
    // It is in the trash: what comes back from there has another version.
    const { articles: a } = tx.t
    await tx.q
      .update(a)
      .set({ version: sql`${a.version} + 1`, updatedAt: tx.now })
      .where(eq(a.id, articleId))
    return
  }
  const isAsPublished = before.publishedVersion === before.version
  const after = await articles.write(
    tx,
    before,
    isAsPublished ? { publishedVersion: before.version + 1 } : {}
  )
  await revisions.insert(tx, after, articles.inputOf(after))
}

/** Keeps the places that were moved in an article. */
export const movesOf = (mergeId: string, articleId: string, places: Place[]): NewMove[] =>
  places.map((place) => ({ mergeId, articleId, ...place }))

/** Which of these places, that a merge moved, still name the source it moved them to. */
export async function stillNaming(
  db: Reader,
  articleId: string,
  moved: Place[],
  sourceId: string
): Promise<Place[]> {
  const now = await placesOf(db, articleId, sourceId)
  return moved.flatMap((place) => {
    const { kind, record, position, word } = place
    // A byline is known by the name it prints: others may have been put before it.
    const same = now.find(
      (one) =>
        one.kind === kind &&
        one.record === record &&
        one.word === word &&
        (kind === 'byline' || one.position === position)
    )
    return same ? [{ ...place, position: same.position }] : []
  })
}
