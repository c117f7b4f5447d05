// robots.txt (RFC 9309): what crawlers are told of the site.
import { apiAddress } from '../addresses.ts'
import type { Publisher } from '../publisher/schema.ts'

/** The file. Without a front page nobody knows where sitemaps are, and only that everything may be read is said. */
export function robots(publisher: Publisher): Buffer {
  const sitemaps = ['index', 'news'].flatMap((name) => apiAddress(publisher, `/v1/sitemaps/${name}`) ?? [])
  const lines = ['User-agent: *', 'Allow: /', '', ...sitemaps.map((loc) => `Sitemap: ${loc}`)]
  return Buffer.from(`${lines.join('\n').trim()}\n`)
}
