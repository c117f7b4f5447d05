// The addresses and identifiers by which the world knows an article.
import { TypeID } from 'typeid-js'
import type { Article } from '../../content/articles/schema.ts'
import type { Media } from '../../content/media/schema.ts'
import { HttpProblem } from '../../http/problems.ts'
import type { Publisher } from './schema.ts'

/** What is known of where pages are: the front page, and what makes the address of an article. */
export interface Pages {
  url: string
  articleUrl: string | null
  /** Where this API is; null where it is said only where the front page is. */
  apiUrl: string | null
}

type ApiPlace = Pick<Publisher, 'apiUrl' | 'url'>

type Named = Pick<Article, 'id' | 'slug' | 'section' | 'firstPublishedAt' | 'canonicalUrl' | 'origin'>

/** The identity of a record outside of this API: the UUID that its id is made of (RFC 9562, RFC 8141). */
export const urnOf = (id: string) => `urn:uuid:${TypeID.fromString(id).toUUID()}`

/**
 * Where readers find an article, as the newsroom says it: a canonical address of its own, else by `articleUrl`. The
 * canonical address of a story that another publisher wrote is theirs.
 */
export function addressOf(article: Named, { url, articleUrl }: Omit<Pages, 'apiUrl'>): string {
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
export function pagesOf({ url, articleUrl, apiUrl }: Publisher, what: string): Pages {
  if (url !== null) return { url, articleUrl, apiUrl }
  throw new HttpProblem(
    'not-found',
    `${what} name the front page of the newsroom, and nobody said where it is: set \`url\` of /v1/publisher, or ONRECORD_SITE_URL.`
  )
}

/** The address of something of this API, as the outside reaches it; undefined where nobody said where that is. */
export const apiAddress = ({ apiUrl, url }: ApiPlace, path: string): string | undefined =>
  (apiUrl ?? url)?.replace(/\/+$/, '').concat(path)

/**
 * A file with a whole address. One of ours is a path of this API where the media settings do not say where that is, and
 * stays one where nobody else does.
 */
export const withWholeAddress = (media: Media, place: ApiPlace): Media => ({
  ...media,
  url: media.url?.startsWith('/') ? (apiAddress(place, media.url) ?? media.url) : media.url
})

/** An article whose files have whole addresses. */
export const withWholeAddresses = (article: Article, place: ApiPlace): Article => ({
  ...article,
  media: article.media.map((one) => withWholeAddress(one, place))
})
