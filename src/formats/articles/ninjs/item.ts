// An article as ninjs 3.3 (IPTC, News in JSON), without what 3.3 adds, which 3.0 and 3.1 refuse. The standard has no place for quotes, corrections and credit lines: quotes,
// claims and corrections are associated items (`rel`), the line of a credit is a description with that role.
import type { Article } from '../../../content/articles/schema.ts'
import { rslAddress } from '../../ai-use/headers.ts'
import { pageOf, termsOfArticle } from '../../ai-use/resolve.ts'
import type { Policy } from '../../ai-use/store.ts'
import { contentUsage, isSaid } from '../../ai-use/terms.ts'
import { urnOf } from '../../publisher/addresses.ts'
import { lastChange } from '../last-change.ts'
import { correctionText } from '../words.ts'
import { mediaItem } from './media.ts'
import { agents, partsOf, statementItem } from './statements.ts'

export const standard = {
  name: 'ninjs',
  version: '3.3',
  schema: 'http://www.iptc.org/std/ninjs/ninjs-schema_3.3.json'
}

const plain = (role: string, value: string) => ({ role, contentType: 'text/plain', value })

/** The article as an item of its own; `html` is its story, left out in a list of summaries. */
export function ninjs(article: Article, policy: Policy, html: string | undefined): object {
  const { title, dek, summary, section, tags, bylines, dateline, origin, retracted, media } = article
  const { publisher } = policy
  const page = pageOf(policy, article)
  const terms = termsOfArticle(policy, article)
  const rights = isSaid(terms) ? rslAddress(policy, article.id) : undefined
  const notice = origin?.copyrightNotice ?? publisher.copyrightNotice
  const people = agents(article)
  const policies = Object.entries(publisher.policies).flatMap(([name, href]) =>
    href ? [{ role: `https://schema.org/${name}`, title: name, href }] : []
  )
  const descriptions = [...(dek ? [plain('dek', dek)] : []), ...(summary ? [plain('summary', summary)] : [])]
  const subjects = [
    ...(section === null ? [] : [{ rel: 'section', name: section, literal: section }]),
    ...tags.map((tag) => ({ rel: 'tag', name: tag, literal: tag }))
  ]
  return {
    uri: urnOf(article.id),
    standard,
    type: 'text',
    representationType: html === undefined ? 'partial' : 'full',
    version: lastChange(article),
    firstCreated: article.firstPublishedAt,
    versionCreated: lastChange(article),
    // A retraction takes all of it back: who passed it on has to remove it.
    pubStatus: retracted ? 'canceled' : 'usable',
    language: article.language,
    title,
    slugline: article.slug,
    headlines: [plain('main', title)],
    ...(descriptions.length > 0 && { descriptions }),
    ...(html !== undefined && { bodies: [{ role: 'main', contentType: 'text/html', value: html }] }),
    ...(bylines.length > 0 && { by: bylines.map(({ name }) => name).join(', ') }),
    ...(dateline && { located: dateline }),
    ...(subjects.length > 0 && { subjects }),
    ...people,
    infoSources: [
      { name: publisher.name, role: 'publisher', ...(publisher.url && { uri: publisher.url }) },
      ...(origin?.publisher
        ? [{ name: origin.publisher, role: 'origin', ...(origin.url && { uri: origin.url }) }]
        : [])
    ],
    ...(notice && { copyrightNotice: notice }),
    ...(isSaid(terms) && { usageTerms: contentUsage(terms) }),
    ...(rights && { rightsInfo: { langId: 'https://rslstandard.org/rsl', linkedRights: rights } }),
    altIds: [{ role: 'onrecord', value: article.id }],
    ...(policies.length > 0 && { trustIndicators: policies }),
    ...(page && { renditions: [{ name: 'web', href: page, contentType: 'text/html' }] }),
    associations: [
      ...media.map((one, i) => mediaItem(one, i, article.leadMediaId)),
      ...partsOf(article).map((part, i) => statementItem(part, i, article)),
      ...article.corrections.map((one, i) => ({
        name: `correction${i + 1}`,
        uri: urnOf(one.id),
        rel: 'correction',
        type: 'component',
        versionCreated: one.publishedAt,
        bodies: [plain(one.kind, correctionText(one))]
      }))
    ]
  }
}
