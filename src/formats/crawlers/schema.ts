import { type Static, Type } from 'typebox'
import { strict } from '../../http/schemas.ts'

/** What a sitemap is of: the others, what is news, or the articles of a month. */
export const sitemapName = Type.String({
  pattern: '^(index|news|\\d{4}-\\d{2})$',
  description:
    '`index` for the index of all, `news` for the articles of the last 48 hours, or a month (UTC) for those published in it.',
  examples: ['2026-11']
})

export const SitemapQuery = strict({
  page: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 50_000,
      default: 1,
      description: 'Which thousand of a month with more articles.',
      examples: [2]
    })
  )
})
export type SitemapQuery = Static<typeof SitemapQuery>
