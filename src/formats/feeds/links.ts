// Where feeds are.
import type { Alternate } from '../markup/alternates.ts'
import { apiAddress } from '../publisher/addresses.ts'
import type { Publisher } from '../publisher/schema.ts'
import { feedTypes } from './schema.ts'

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
