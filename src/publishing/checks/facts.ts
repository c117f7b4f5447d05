// Gathers the facts for the checks from the database, once.
import { and, inArray, or } from 'drizzle-orm'
import type { Article } from '../../content/articles/schema.ts'
import { isNotTrashed } from '../../content/articles/soft-deletion.ts'
import type { WorkingCopy } from '../../content/articles/store.ts'
import { claimAnchor, quoteAnchor } from '../../content/body/anchors/anchors.ts'
import { ambiguousPlaces } from '../../content/body/anchors/choices.ts'
import { termsOf } from '../../content/credits/terms.ts'
import * as media from '../../content/media/store.ts'
import { proposalsOf } from '../../files/metadata/store.ts'
import * as newsstand from '../../newsstand/documents/published.ts'
import { recordFacts } from '../../record/provenance/facts.ts'
import { doubtedHops } from '../../record/reviews/facts.ts'
import type { Reader } from '../../storage/database.ts'
import { replyFacts } from '../replies/facts.ts'
import { usesElsewhere } from '../rights/uses.ts'
import type { CheckedDraft } from './check.ts'
import { driftsIn } from './drift.ts'
import { internalLinks } from './links.ts'
import { declinesIn } from './unnamed.ts'

/** The facts of a draft, which was read whole, for this instant. */
export async function gatherFacts(
  db: Reader,
  row: WorkingCopy,
  article: Article,
  { at, territory }: Pick<CheckedDraft, 'at' | 'territory'>,
  isAsked: (code: string) => boolean
): Promise<CheckedDraft> {
  const files = article.media.map(({ id }) => id)
  // PostgreSQL is asked once for all that do not rest on one another.
  const [holder, mediaEmbargoes, proposals, terms, usedElsewhere, linked, record, replies, doubted, drifts] =
    await Promise.all([
      newsstand.bySlug(db, row.slug, 'head'),
      media.embargoes(db, files),
      proposalsOf(
        db,
        // Those with a file of their own.
        article.media.flatMap(({ id, type }) => (type === undefined ? [] : [id]))
      ),
      termsOf(
        db,
        article.media.flatMap(({ credits }) => credits)
      ),
      usesElsewhere(db, row.id, files),
      linkedArticles(db, [...new Set(internalLinks(row.body, row).map(({ name }) => name))]),
      recordFacts(db, article),
      replyFacts(db, row.id),
      doubtedHops(db, article),
      // Of all that is quoted, which changes with every publication: it is looked for where somebody is told.
      isAsked('differs-from-print') ? driftsIn(db, article) : new Map()
    ])
  return {
    article,
    body: row.body,
    refusals: declinesIn(row.body),
    ambiguous: await ambiguousPlaces(row.body, statementsOf(article)),
    at,
    legalHold: row.legalHold,
    embargoUntil: row.embargoUntil,
    withdrawAt: row.withdrawAt,
    mediaEmbargoes,
    proposals,
    purposes: row.purposes,
    terms,
    usedElsewhere,
    slugTaken: holder !== undefined && holder.id !== row.id,
    linked,
    record,
    replies,
    doubted,
    drifts,
    territory
  }
}

const statementsOf = ({ quotes, attributions }: Article) => [
  ...quotes.map(({ id, text }) => ({ to: quoteAnchor(id), text })),
  ...attributions.map(({ id, claim }) => ({ to: claimAnchor(id), text: claim! }))
]

/** A body may have more links than a statement may have parameters. */
const batchSize = 500

/** Which of these ids and slugs belong to articles of ours, and whether those are published. */
async function linkedArticles(db: Reader, names: string[]): Promise<Map<string, boolean>> {
  const found = new Map<string, boolean>()
  for (let i = 0; i < names.length; i += batchSize) {
    const some = names.slice(i, i + batchSize)
    for (const name of await draftNames(db, some)) found.set(name, false)
    for (const name of await publishedNames(db, some)) found.set(name, true)
  }
  return found
}

/** Those of these ids and slugs that a draft has. */
async function draftNames(db: Reader, names: string[]): Promise<string[]> {
  const { articles } = db.t
  const named = or(inArray(articles.id, names), inArray(articles.slug, names))
  const rows = await db.q
    .select({ id: articles.id, slug: articles.slug })
    .from(articles)
    .where(and(named, isNotTrashed(db, articles.id)))
  return rows.flatMap(({ id, slug }) => [id, slug]).filter((name) => names.includes(name))
}

/** Those of these ids and slugs that lead to a published article, also by a redirect. */
async function publishedNames(
  { q, t: { addresses, published } }: Reader,
  names: string[]
): Promise<string[]> {
  const moved = await q.select().from(addresses).where(inArray(addresses.slug, names))
  const ids = [...names, ...moved.map(({ articleId }) => articleId)]
  const rows = await q.select({ id: published.id }).from(published).where(inArray(published.id, ids))
  const there = new Set(rows.map(({ id }) => id))
  const reached = moved.filter(({ articleId }) => there.has(articleId)).map(({ slug }) => slug)
  return [...names.filter((name) => there.has(name)), ...reached]
}
