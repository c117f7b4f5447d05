// Where oEmbed is for an article (oEmbed, section 4).
import type { Article } from '../../content/articles/schema.ts'
import type { Alternate } from '../markup/alternates.ts'
import { addressOf, apiAddress } from '../publisher/addresses.ts'
import type { Publisher } from '../publisher/schema.ts'

/** How a page is embedded, in both formats; nothing where nobody said where pages are. */
export function oembedOf(article: Article, { url, articleUrl, apiUrl }: Publisher): Alternate[] {
  if (url === null) return []
  // An address without a name in it leads nowhere but by the API.
  const isNamed = articleUrl === null || /\{(slug|id)\}/.test(articleUrl)
  const place = { url, apiUrl }
  const page = isNamed
    ? addressOf(article, { url, articleUrl })
    : apiAddress(place, `/v1/articles/${article.id}`)!
  return (['json', 'xml'] as const).map((format) => ({
    type: format === 'json' ? 'application/json+oembed' : 'text/xml+oembed',
    href: apiAddress(place, `/v1/oembed?${new URLSearchParams({ url: page, format })}`)!,
    title: article.title
  }))
}
