// Where feeds are.
import { onlyParameters } from '../../http/input/query.ts'
import type { Alternate } from '../markup/alternates.ts'
import { apiAddress } from '../publisher/addresses.ts'
import type { Publisher } from '../publisher/schema.ts'
import { FeedQuery, feedTypes } from './schema.ts'

const names = { rss: 'RSS', atom: 'Atom', json: 'JSON Feed' }

/** The feeds of all articles, or of those of a section; none where nobody said where pages are. */
export function feedsOf({ name, url, apiUrl }: Publisher, section?: string): Alternate[] {
  if (url === null) return []
  const query = section === undefined ? '' : `?${new URLSearchParams({ section })}`
  return (['rss', 'atom', 'json'] as const).map((format) => ({
    type: feedTypes[format],
    href: apiAddress({ url, apiUrl }, `/v1/feeds/${format}${query}`)!,
    title: `${section === undefined ? name : `${name}: ${section}`} (${names[format]})`
  }))
}

/** The feeds of which a hub is told: those of everything, as they come without parameters. None without the address of this API. */
export const topicsOf = ({ url, apiUrl }: Publisher): { path: string; href: string }[] =>
  url === null || apiUrl === null
    ? []
    : ['rss', 'atom', 'json'].map((format) => {
        const path = `/v1/feeds/${format}`
        return { path, href: apiAddress({ url, apiUrl }, path)! }
      })

/** What a feed takes of the parameters of a list; `limit` and `cursor` are of its pages. */
const filters = Object.keys(FeedQuery.properties).filter(
  (name) => !['limit', 'cursor', 'content'].includes(name)
)

/** Longer ones are left out: proxies take 4 kB of response headers in all. */
const maxLength = 400

/** The link from a list of articles to its feed; none from a search, of which there is no feed. */
export function feedLink({ url, apiUrl }: Publisher, address: string): string | undefined {
  if (url === null || onlyParameters(address, ['q']) !== '') return undefined
  const query = onlyParameters(address, filters)
  const href = apiAddress({ url, apiUrl }, `/v1/feeds/atom${query && `?${query}`}`)!
  return href.length > maxLength ? undefined : `<${href}>; rel="alternate"; type="${feedTypes.atom}"`
}
