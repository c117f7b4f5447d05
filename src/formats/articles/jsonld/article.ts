// An article as JSON-LD in the vocabulary of schema.org: what search engines and other machines read of a page.
import type { Article } from '../../../content/articles/schema.ts'
import type { Correction } from '../../../content/corrections/schema.ts'
import type { Media } from '../../../content/media/schema.ts'
import { termsOfArticle, termsOfMedia } from '../../ai-use/resolve.ts'
import type { Policy } from '../../ai-use/store.ts'
import { addressOf, urnOf } from '../../publisher/addresses.ts'
import type { Publisher } from '../../publisher/schema.ts'
import { lastChange } from '../last-change.ts'
import { backstory, speakable } from './backstory.ts'
import { mediaObject } from './media.ts'
import { agentOf, claimOf, quotationOf, type Sources, sourcesOf } from './statements.ts'
import { termsInWords, usageInfo } from './usage.ts'

/** JSON that may stand in a `script` element of a page as it is: no `<` can end or begin an element there. */
export const embeddable = (value: object) => Buffer.from(JSON.stringify(value).replaceAll('<', '\\u003c'))

/** The article with its pictures and their rights, its quotes and claims with whose they are, and its corrections. */
export function jsonld(article: Article, policy: Policy): object {
  const { publisher } = policy
  const { dek, summary, section, tags, dateline, origin, quotes, attributions, corrections } = article
  const { url, articleUrl } = publisher
  const page = url === null ? undefined : addressOf(article, { url, articleUrl })
  const known = sourcesOf(article)
  const shown = (media: Media) => mediaObject(media, usageInfo(policy, termsOfMedia(policy, media)))
  const images = article.media.filter(({ kind }) => kind === 'image').map(shown)
  const others = article.media.filter(({ kind }) => kind !== 'image').map(shown)
  const story = backstory(article)
  const usage = usageInfo(policy, termsOfArticle(policy, article), article.id)
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': urnOf(article.id),
    identifier: article.id,
    ...(page && { url: page, mainEntityOfPage: page }),
    headline: article.title,
    ...((summary ?? dek) && { description: summary ?? dek }),
    inLanguage: article.language,
    ...(section && { articleSection: section }),
    ...(tags.length > 0 && { keywords: tags }),
    ...(dateline && { dateline }),
    datePublished: article.firstPublishedAt,
    dateModified: lastChange(article),
    ...(article.retracted && { creativeWorkStatus: 'Retracted' }),
    author: article.bylines.map((byline) => authorOf(byline, known)),
    publisher: publisherOf(publisher),
    ...(usage && { usageInfo: usage }),
    ...(images.length > 0 && { image: images }),
    ...(others.length > 0 && { associatedMedia: others }),
    ...(origin && { isBasedOn: originOf(origin) }),
    ...(quotes.length > 0 && { hasPart: quotes.map((quote) => quotationOf(quote, known)) }),
    ...(attributions.length > 0 && { mentions: attributions.map((claim) => claimOf(claim, known)) }),
    ...(story && { backstory: story }),
    speakable: speakable(Boolean(summary ?? dek)),
    ...(corrections.length > 0 && { correction: corrections.map(correctionOf) }),
    ...translationsIn(article)
  }
}

/** A translation names its original; the original each of its translations. */
function translationsIn({ translationOf, translations }: Article): object {
  const works = translations.map(({ id, language }) => ({
    '@type': 'NewsArticle',
    '@id': urnOf(id),
    identifier: id,
    inLanguage: language
  }))
  if (translationOf === null) return works.length > 0 ? { workTranslation: works } : {}
  const original = works.find(({ identifier }) => identifier === translationOf)
  return original ? { translationOfWork: original } : {}
}

function authorOf({ name, role, sourceId }: Article['bylines'][number], known: Sources): object {
  const source = sourceId ? known.get(sourceId) : undefined
  const about = source ? agentOf(source, known) : { '@type': 'Person' }
  return { ...about, name, ...(role && { jobTitle: role }) }
}

function publisherOf({ name, url, logoUrl, policies }: Publisher): object {
  const said = Object.entries(policies).filter(([, address]) => address !== null)
  return {
    '@type': 'NewsMediaOrganization',
    name,
    ...(url && { '@id': url, url }),
    ...(logoUrl && { logo: { '@type': 'ImageObject', url: logoUrl } }),
    ...Object.fromEntries(said)
  }
}

const originOf = ({ publisher, url, copyrightNotice, licence }: NonNullable<Article['origin']>) => ({
  '@type': 'NewsArticle',
  ...(url && { url }),
  ...(publisher && { publisher: { '@type': 'Organization', name: publisher } }),
  ...(copyrightNotice && { copyrightNotice }),
  ...(licence && { license: termsInWords(licence) })
})

const correctionOf = ({ id, text, publishedAt, target }: Correction) => {
  const [about] = Object.values(target ?? {})
  return {
    '@type': 'CorrectionComment',
    '@id': urnOf(id),
    text,
    datePublished: publishedAt,
    ...(about && { about: { '@id': urnOf(about) } })
  }
}
