// robots.txt (RFC 9309): what crawlers are told of the site.

import type { Rule } from '../ai-use/rules.ts'
import { contentUsage } from '../ai-use/terms.ts'
import { apiAddress } from '../publisher/addresses.ts'
import type { Publisher } from '../publisher/schema.ts'

/**
 * The file: where licences (RSL 1.0, 4.4) and sitemaps are, and what machines may do with what they read
 * (draft-ietf-aipref-attach). Without a front page nobody knows where the other files are.
 */
export function robots(publisher: Publisher, rules: Rule[]): Buffer {
  const at = (path: string) => apiAddress(publisher, path) ?? []
  const licences = rules.length === 0 ? [] : [at('/v1/rsl')].flat()
  const sitemaps = ['index', 'news'].flatMap((name) => at(`/v1/sitemaps/${name}`))
  const usages = rules
    .filter(({ pattern }) => pattern.startsWith('/'))
    .map(({ pattern, terms }) => `Content-Usage: ${pattern} ${contentUsage(terms)}`)
  const parts = [
    licences.map((address) => `License: ${address}`),
    ['User-agent: *', 'Allow: /', ...usages],
    sitemaps.map((address) => `Sitemap: ${address}`)
  ]
  const written = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return Buffer.from(`${written.join('\n\n')}\n`)
}
