// The addresses and identifiers by which the world knows an article.
import { TypeID } from 'typeid-js'
import type { Article } from '../content/articles/schema.ts'
import { HttpProblem } from '../http/problems.ts'
import type { Publisher } from './publisher/schema.ts'

/** What is known of where pages are: the front page, and what makes the address of an article. */
export interface Pages {
  url: string
  articleUrl: string | null
}

type Named = Pick<Article, 'id' | 'slug' | 'section' | 'firstPublishedAt' | 'canonicalUrl' | 'origin'>

/** The identity of a record outside of this API: the UUID that its id is made of (RFC 9562, RFC 8141). */
export const urnOf = (id: string) => `urn:uuid:${TypeID.fromString(id).toUUID()}`

/**
 * Where readers find an article, as the newsroom says it: a canonical address of its own, else by `articleUrl`. The
 * canonical address of a story that another publisher wrote is theirs.
 */
export function addressOf(article: Named, { url, articleUrl }: Pages): string {
  if (article.canonicalUrl && !article.origin) return article.canonicalUrl
  const template = articleUrl ?? `${url.replace(/\/+$/, '')}/articles/{slug}`
  const [year, month, day] = article.firstPublishedAt!.split(/[-T]/) as [string, string, string]
  const values: Record<string, string> = {
    slug: article.slug,
    id: article.id,
    section: article.section ?? 'news',
    year,
    month,
    day
  }
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name]!))
}

/** Where pages are. Throws 404 where nobody said it: what names pages cannot be made then. */
export function pagesOf({ url, articleUrl }: Publisher, what: string): Pages {
  if (url !== null) return { url, articleUrl }
  throw new HttpProblem(
    'not-found',
    `${what} name the front page of the newsroom, and nobody said where it is: set \`url\` of /v1/publisher, or ONRECORD_SITE_URL.`
  )
}

/** The address of something of this API, as the outside reaches it; undefined where nobody said where that is. */
export const apiAddress = ({ apiUrl, url }: Publisher, path: string): string | undefined =>
  (apiUrl ?? url)?.replace(/\/+$/, '').concat(path)
