// Where everything is that is open to everybody, for `GET /v1` and in Link headers (RFC 8288).
import { isSilent } from '../ai-use/headers.ts'
import { rslType } from '../ai-use/rsl.ts'
import type { Policy } from '../ai-use/store.ts'
import { feedsOf, topicsOf } from '../feeds/links.ts'
import { apiAddress } from '../publisher/addresses.ts'
import type { ApiLink } from './schema.ts'

const collections = ['articles', 'quotes', 'attributions', 'sources', 'media', 'media-credits', 'corrections']
const json = 'application/json'
const xml = 'application/xml'

/** What names pages: there is none where nobody said where they are. */
function aboutPages(policy: Policy, hub: string | undefined): ApiLink[] {
  const { publisher } = policy
  if (publisher.url === null) return []
  return [
    ...feedsOf(publisher).map((feed) => ({ rel: 'alternate', ...feed })),
    { rel: 'alternate', href: '/v1/feeds/ninjs', type: json, title: `${publisher.name} (ninjs)` },
    ...(hub && topicsOf(publisher).length > 0
      ? [{ rel: 'hub', href: hub, title: 'Tells of changes of feeds (WebSub)' }]
      : []),
    { rel: 'sitemap', href: '/v1/sitemaps/index', type: xml },
    {
      rel: 'sitemap',
      href: '/v1/sitemaps/news',
      type: xml,
      title: 'What was published in the last 48 hours'
    },
    { rel: 'oembed', href: '/v1/oembed{?url,format,maxwidth,maxheight}', type: json },
    ...(isSilent(policy) ? [] : [{ rel: 'license', href: '/v1/rsl', type: rslType }])
  ]
}

/** All links. */
export function linksOf(policy: Policy, hub: string | undefined): ApiLink[] {
  const { publisher } = policy
  const links: ApiLink[] = [
    { rel: 'service-desc', href: '/openapi.json', type: json, title: 'OpenAPI' },
    { rel: 'service-doc', href: '/docs', type: 'text/html' },
    ...aboutPages(policy, hub),
    { rel: 'search', href: '/v1/search{?q}', type: json },
    ...collections.map((name) => ({ rel: 'collection', href: `/v1/${name}`, type: json })),
    {
      rel: 'changes',
      href: '/v1/changes{?after}',
      type: json,
      title: 'What was done, for those with a token'
    },
    { rel: 'changes', href: '/v1/changes/stream', type: 'text/event-stream' }
  ]
  return links.map((link) =>
    link.href.startsWith('/') ? { ...link, href: apiAddress(publisher, link.href) ?? link.href } : link
  )
}

/** Proxies take 4 kB of response headers in all. */
const maxLength = 1500

/** A title in a header has the characters of ASCII alone, and none that end it (RFC 9110, 5.6.4). */
const isPlain = (title: string) => /^[\x20-\x7e]*$/.test(title) && !/["\\]/.test(title)

const headerOf = ({ rel, href, type, title }: ApiLink) =>
  [
    `<${href}>`,
    `rel="${rel}"`,
    ...(type ? [`type="${type}"`] : []),
    ...(title && isPlain(title) ? [`title="${title}"`] : [])
  ].join('; ')

/** The links that lead somewhere without being filled in, as far as there is room. */
export function linkHeader(links: ApiLink[]): string {
  let length = 0
  const shown = links
    .filter(({ rel, href }) => rel !== 'collection' && rel !== 'changes' && !href.includes('{'))
    .map(headerOf)
    .filter((one) => {
      length += one.length + 2
      return length <= maxLength
    })
  return shown.join(', ')
}
