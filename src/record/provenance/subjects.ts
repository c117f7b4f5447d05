// What provenance is asked of: an article, a quote or an attribution, in both editions.

import { draftArticle } from '../../content/articles/assemble.ts'
import type { Article } from '../../content/articles/schema.ts'
import * as articles from '../../content/articles/store.ts'
import type { Attribution } from '../../content/attributions/schema.ts'
import * as attributions from '../../content/attributions/store.ts'
import type { Quote } from '../../content/quotes/schema.ts'
import * as quotes from '../../content/quotes/store.ts'
import type { Source } from '../../content/sources/schema.ts'
import * as sources from '../../content/sources/store.ts'
import { found } from '../../http/problems.ts'
import * as published from '../../newsstand/documents/published.ts'
import { notFoundOrGone } from '../../newsstand/server/reply.ts'
import type { Reader } from '../../storage/database.ts'

/** The part of an article that provenance is asked of. */
export interface Asked {
  /** The id of the article, quote or attribution. */
  id: string
  /** Its title and whether it was retracted, where all of it is meant. */
  article?: Pick<Article, 'title' | 'retracted'>
  articleId: string
  quotes: Quote[]
  attributions: Attribution[]
  /** The sources that it names, where the desk asks: they may not be published. */
  drafts?: Source[]
}

export type SubjectKind = 'article' | 'quote' | 'attribution'

const ofArticle = (article: Article): Asked => ({ ...article, article, articleId: article.id })
const ofQuote = (quote: Quote): Asked => ({
  id: quote.id,
  articleId: quote.articleId,
  quotes: [quote],
  attributions: []
})

/** A chain alone: that of a claim, or one of those of its quote. */
function ofAttribution(attribution: Attribution, quote: Quote | undefined): Asked {
  const { id, articleId } = attribution
  if (quote === undefined) return { id, articleId, quotes: [], attributions: [attribution] }
  return { id, articleId, quotes: [{ ...quote, attributions: [attribution] }], attributions: [] }
}

async function publishedRecord<T>(db: Reader, kind: SubjectKind, id: string): Promise<T> {
  const document = await published.documentOf(db, kind, id)
  if (document === undefined) throw await notFoundOrGone(db, kind, id)
  return JSON.parse(document.toString())
}

/** What is asked of in its published edition. Throws 404, or 410. */
export async function publishedSubject(db: Reader, kind: SubjectKind, id: string): Promise<Asked> {
  if (kind === 'article') return ofArticle(await publishedRecord(db, kind, id))
  if (kind === 'quote') return ofQuote(await publishedRecord(db, kind, id))
  const attribution = await publishedRecord<Attribution>(db, kind, id)
  const { quoteId } = attribution
  return ofAttribution(attribution, quoteId ? await publishedRecord<Quote>(db, 'quote', quoteId) : undefined)
}

/** What is asked of, as the desk has it. Throws 404. */
export async function draftSubject(db: Reader, kind: SubjectKind, id: string): Promise<Asked> {
  const asked = await draftRecord(db, kind, id)
  const chains = [...asked.quotes.flatMap(({ attributions }) => attributions), ...asked.attributions]
  const ids = chains.flatMap(({ hops }) => hops.flatMap(({ sourceId }) => sourceId ?? []))
  return { ...asked, drafts: (await sources.withAffiliations(db, ids)).map(sources.publicForm) }
}

async function draftRecord(db: Reader, kind: SubjectKind, id: string): Promise<Asked> {
  if (kind === 'article')
    return ofArticle(await draftArticle(db, found(await articles.byIdOrSlug(db, id), 'article')))
  if (kind === 'quote') return ofQuote(found(await quotes.byId(db, id), 'quote'))
  const attribution = found(await attributions.byId(db, id), 'attribution')
  const { quoteId } = attribution
  return ofAttribution(attribution, quoteId ? await quotes.byId(db, quoteId) : undefined)
}
