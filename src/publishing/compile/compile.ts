// Compiling an article: from its working copy to the documents of the newsstand.
import { cardOf } from '../../content/articles/assemble.ts'
import { formDigest, sharedRecordsOf } from '../../content/articles/published/shared-records.ts'
import type { Article } from '../../content/articles/schema.ts'
import type { Attribution } from '../../content/attributions/schema.ts'
import { inOrderOfText } from '../../content/body/mentions.ts'
import type { Body } from '../../content/body/schema.ts'
import { plainText } from '../../content/body/text.ts'
import { endsOf } from '../../content/media/ended-rights.ts'
import type { Media } from '../../content/media/schema.ts'
import { digestIn } from '../../files/serving/addresses.ts'
import { rangesOf } from '../../http/input/language-tags.ts'
import type { Document } from '../../newsstand/documents/document.ts'
import { firstEndOf, licencesOf, mediaFacets } from './media-facets.ts'

/** The form in which a shared record is published by itself: articles may hold former ones. */
export type FormOf = <Shared extends { id: string }>(record: Shared) => Shared

/**
 * The public documents of an article; `creationTimes` are those of its shared records, which are published in the
 * form in which the article holds them, unless `formOf` says another.
 */
export function compile(
  article: Article,
  creationTimes: Map<string, string>,
  formOf: FormOf = (record) => record
): Document[] {
  return [
    articleDocument(article),
    ...quoteDocuments(article),
    ...attributionDocuments(article),
    ...correctionDocuments(article),
    ...sharedDocuments(article, creationTimes, formOf)
  ]
}

const articleDocument = (article: Article): Document => ({
  kind: 'article',
  id: article.id,
  articleId: article.id,
  slug: article.slug,
  position: article.publishedAt!,
  moment: article.updatedAt,
  value: article,
  card: cardOf(article),
  words: { headline: article.title, text: searchableText(article) },
  facets: { article: [article.id], ...facetsOf(article) }
})

const quoteDocuments = (article: Article) =>
  article.quotes.map(
    (quote, place): Document => ({
      kind: 'quote',
      id: quote.id,
      articleId: article.id,
      position: placed(article, place),
      value: quote,
      words: { quote: quote.text },
      facets: {
        article: [article.id],
        kind: [quote.kind],
        language: rangesOf(quote.language ?? article.language),
        source: sourcesOf(quote.attributions)
      }
    })
  )

function attributionDocuments(article: Article) {
  const all = inOrderOfText(
    article.body as Body,
    [...article.quotes.flatMap(({ attributions }) => attributions), ...article.attributions],
    ({ id, quoteId }) => quoteId ?? id
  )
  return all.map(
    (attribution, place): Document => ({
      kind: 'attribution',
      id: attribution.id,
      articleId: article.id,
      position: placed(article, place),
      value: attribution,
      facets: {
        article: [article.id],
        quote: attribution.quoteId ? [attribution.quoteId] : [],
        source: sourcesOf([attribution]),
        relation: attribution.hops.map(({ relation }) => relation),
        unnamed: [String(attribution.hops.some(({ unnamed }) => unnamed !== undefined))]
      }
    })
  )
}

const correctionDocuments = ({ id, corrections }: Article) =>
  corrections.map(
    (correction): Document => ({
      kind: 'correction',
      id: correction.id,
      articleId: id,
      position: correction.publishedAt!,
      value: correction,
      facets: { article: [id], kind: [correction.kind] }
    })
  )

/**
 * The position of what an article holds several of: the article's, enough of its id to keep articles of one instant apart,
 * and the place in the text, counted backwards since lists begin with the highest position.
 */
const placed = ({ id, publishedAt }: Article, place: number) =>
  `${publishedAt}~${id.slice(4, 18)}~${String(99_999 - place).padStart(5, '0')}`

/** The documents of shared records. Their position is their creation time. */
function sharedDocuments(
  { id, sources, media }: Article,
  creationTimes: Map<string, string>,
  formOf: FormOf
): Document[] {
  const own = { article: [id] }
  return [
    ...sources.map(formOf).map(
      (source): Document => ({
        kind: 'source',
        id: source.id,
        position: creationTimes.get(source.id)!,
        value: source,
        facets: { ...own, kind: [source.kind], name: [source.name], sameAs: source.sameAs }
      })
    ),
    ...media.map(formOf).map(
      (file): Document => ({
        kind: 'media',
        id: file.id,
        position: creationTimes.get(file.id)!,
        moment: firstEndOf(file),
        value: file,
        words: { caption: joinLines(file.caption, file.alt) },
        facets: { ...own, ...mediaFacets(file) }
      })
    ),
    ...media.flatMap((file) =>
      file.credits.map(formOf).map(
        (credit): Document => ({
          kind: 'credit',
          id: credit.id,
          position: creationTimes.get(file.id)!,
          moment: credit.expiresAt,
          value: credit,
          facets: {
            ...own,
            media: [file.id],
            creator: credit.creators,
            supplier: credit.suppliers,
            licence: licencesOf(credit)
          }
        })
      )
    )
  ]
}

const joinLines = (...texts: (string | null)[]) => texts.filter((text) => text !== null).join('\n')

/** The searchable text of an article beside its headline. */
const searchableText = ({ dek, summary, dateline, bylines, tags, body }: Article) =>
  joinLines(dek, summary, plainText(body as Body), dateline, ...bylines.map(({ name }) => name), ...tags)

const sourcesOf = (attributions: Attribution[]) =>
  attributions.flatMap(({ hops }) => hops.flatMap(({ sourceId }) => sourceId ?? []))

/** The digests in the addresses of the files of a record of media; its renditions share one. */
export const filesIn = ({ url, renditions = [] }: Media) => [
  ...new Set([url, ...renditions.map((one) => one.url)].flatMap((one) => digestIn(one) ?? []))
]

const facetsOf = (article: Article) => ({
  section: article.section === null ? [] : [article.section],
  tag: article.tags,
  author: article.bylines.flatMap(({ name, sourceId }) => (sourceId ? [name, sourceId] : [name])),
  language: rangesOf(article.language),
  translationOf: article.translationOf === null ? [] : [article.translationOf],
  // The address of its page, where it has one of its own; that of another publisher's story is theirs.
  url: article.canonicalUrl === null || article.origin ? [] : [article.canonicalUrl],
  file: article.media.flatMap(filesIn),
  hasCorrection: [String(article.corrections.length > 0)],
  source: sourcesOf([...article.quotes.flatMap(({ attributions }) => attributions), ...article.attributions]),
  // When the rights of its pictures end (publishing/rights/end.ts).
  ends: endsOf(article),
  // The form in which the article holds each shared record: a facet for the desk, not for public filters.
  record: sharedRecordsOf(article).map(formDigest)
})
