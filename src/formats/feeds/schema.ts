import { type Static, Type } from 'typebox'
import { ArticleFilters } from '../../content/articles/schema.ts'
import { choice, strict } from '../../http/schemas.ts'

const { edition: _, status: __, externalId: ___, ...filters } = ArticleFilters.properties

/** The formats, with their media types. */
export const feedTypes = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
  ninjs: 'application/json'
}
export type FeedFormat = keyof typeof feedTypes

export const feedFormat = choice(Object.keys(feedTypes) as FeedFormat[], {
  description: 'RSS 2.0 with Media RSS, Atom (RFC 4287), JSON Feed 1.1, or ninjs 3.3 (IPTC).',
  examples: ['rss']
})

export const FeedQuery = strict({
  ...filters,
  content: Type.Optional(
    choice(['full', 'summary'], {
      default: 'full',
      description: 'Whether entries hold the whole story, or only what it is about.'
    })
  )
})
export type FeedQuery = Static<typeof FeedQuery>
