// What holds for an article or a picture: what is said of itself, of its section, of the site. A section is told by the
// address, where addresses tell it, because that is what machines go by; else by the article.
import type { Article } from '../../content/articles/schema.ts'
import { addressOf } from '../publisher/addresses.ts'
import { sectionAddress } from './patterns.ts'
import type { SaidTerms, Terms } from './schema.ts'
import type { Policy } from './store.ts'
import { narrowed } from './terms.ts'

export type Addressed = Pick<
  Article,
  'id' | 'slug' | 'section' | 'firstPublishedAt' | 'canonicalUrl' | 'origin'
>

const own = (some: Record<string, SaidTerms> | undefined, name: string): SaidTerms | undefined =>
  some && Object.hasOwn(some, name) ? some[name] : undefined

/** Whether addresses tell the section. */
export const sectionsHaveAddresses = ({ publisher: { articleUrl } }: Policy) =>
  sectionAddress(articleUrl, 'any') !== undefined

/** What is said of the section in which this address lies, if addresses tell it. */
function sectionAt({ publisher: { articleUrl }, aiUse: { sections = {} } }: Policy, address: string) {
  const found = Object.keys(sections).find((name) => {
    const prefix = sectionAddress(articleUrl, name)
    return prefix !== undefined && address.startsWith(prefix)
  })
  return found === undefined ? undefined : own(sections, found)
}

/** Where readers find an article; undefined where nobody said where pages are. */
export const pageOf = ({ publisher: { url, articleUrl } }: Policy, article: Addressed) =>
  url === null ? undefined : addressOf(article, { url, articleUrl })

/** What holds for an article. */
export function termsOfArticle(policy: Policy, article: Addressed): Terms {
  const { site, aiUse } = policy
  const page = pageOf(policy, article)
  const section =
    page !== undefined && sectionsHaveAddresses(policy)
      ? sectionAt(policy, page)
      : own(aiUse.sections, article.section ?? '')
  return narrowed(narrowed(site, section), own(aiUse.articles, article.id))
}

/** What holds for a picture, video or recording: not what holds for one of the articles that show it. */
export const termsOfMedia = (policy: Policy, { id, url }: { id: string; url: string | null }): Terms =>
  narrowed(narrowed(policy.site, sectionAt(policy, url ?? '')), own(policy.aiUse.media, id))
