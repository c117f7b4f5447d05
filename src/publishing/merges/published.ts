// Who the published edition of an article names, with other sources in the place of some.
import type { Article } from '../../content/articles/schema.ts'
import type { Attribution, Hop } from '../../content/attributions/schema.ts'
import * as sources from '../../content/sources/store.ts'
import * as newsstand from '../../newsstand/documents/published.ts'
import type { Writer } from '../../storage/database.ts'
import { replaceEdition } from '../compile/replace-edition.ts'

type Byline = Article['bylines'][number]
type Source = Article['sources'][number]

/** Which source each place names from now on; `was` names one now. */
export interface Renaming {
  hop(was: string, attributionId: string, position: number, hop: Hop): string
  byline(was: string, byline: Byline, position: number): string
  affiliation(was: string, source: Source): string
}

/** The article with its sources renamed; `current` are those that come along with the new names. */
export function withNames(article: Article, renaming: Renaming, current: Source[]): Article {
  const chain = (attribution: Attribution): Attribution => ({
    ...attribution,
    hops: attribution.hops.map((hop, i) =>
      hop.sourceId ? { ...hop, sourceId: renaming.hop(hop.sourceId, attribution.id, i, hop) } : hop
    )
  })
  const bylines = article.bylines.map((byline, i) =>
    byline.sourceId ? { ...byline, sourceId: renaming.byline(byline.sourceId, byline, i) } : byline
  )
  const quotes = article.quotes.map((quote) => ({ ...quote, attributions: quote.attributions.map(chain) }))
  const named = { ...article, bylines, quotes, attributions: article.attributions.map(chain) }
  const known = new Map(
    article.sources.map((source) => {
      const { affiliationId } = source
      return [
        source.id,
        affiliationId ? { ...source, affiliationId: renaming.affiliation(affiliationId, source) } : source
      ]
    })
  )
  const [first] = current
  for (const source of current) if (source === first || !known.has(source.id)) known.set(source.id, source)
  return { ...named, sources: heldBy(named, known) }
}

/** The sources that an article names and those they belong to, in the order of their ids. */
function heldBy({ bylines, quotes, attributions }: Article, known: Map<string, Source>): Source[] {
  const chains = [...quotes.flatMap((quote) => quote.attributions), ...attributions]
  const held = new Map<string, Source>()
  const hold = (id: string | null | undefined): void => {
    const source = id ? known.get(id) : undefined
    if (source === undefined || held.has(source.id)) return
    held.set(source.id, source)
    hold(source.affiliationId)
  }
  for (const { sourceId } of bylines) hold(sourceId)
  for (const { hops } of chains) for (const { sourceId } of hops) hold(sourceId)
  return [...held.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The documents of an article that are not as they were. */
function changedDocuments(before: Article, after: Article): string[] {
  const documents = ({ quotes, attributions, sources }: Article) => [
    ...quotes,
    ...quotes.flatMap((quote) => quote.attributions),
    ...attributions,
    ...sources
  ]
  const was = new Map(documents(before).map((one) => [one.id, JSON.stringify(one)]))
  return documents(after).flatMap((one) => (was.get(one.id) === JSON.stringify(one) ? [] : one.id))
}

/** Publishes an article with other names as its next edition, where that changes it; answers whether it does. */
export async function republishWith(
  tx: Writer,
  articleId: string,
  { renaming, to, note }: { renaming: Renaming; to: string; note: string }
): Promise<boolean> {
  const document = await newsstand.documentOf(tx, 'article', articleId)
  if (document === undefined) return false
  const before = JSON.parse(document.toString()) as Article
  const rows = await sources.withAffiliations(tx, [to])
  const current = [rows.find(({ id }) => id === to)!, ...rows].map(sources.publicForm)
  const after = withNames(before, renaming, current)
  if (JSON.stringify(after) === document.toString()) return false
  // The documents of others change with what they belong to.
  const held = after.sources.map(({ id }) => id)
  const made = new Map([
    ...(await newsstand.positions(tx, 'source', held)),
    ...rows.map(({ id, createdAt }) => [id, createdAt] as const)
  ])
  const edition = { ...after, updatedAt: tx.now }
  await replaceEdition(tx, edition, made, [articleId, ...changedDocuments(before, after)], note)
  return true
}
