import { type Static, Type } from 'typebox'
import { choice, filterValues, Instant, pageQuery, ref, strict, Words } from '../http/schemas.ts'
import { cardOf } from './documents/kinds.ts'

/** The forms of an article, with their media types; the first is what those get who do not ask for another. */
export const articleTypes = {
  json: 'application/json',
  jsonld: 'application/ld+json',
  markdown: 'text/markdown',
  text: 'text/plain',
  html: 'text/html'
} as const
export type ArticleFormName = keyof typeof articleTypes

const Parts = Type.Array(
  strict({
    text: Type.String(),
    match: Type.Optional(Type.Boolean({ description: 'True for what was looked for.' }))
  }),
  {
    description:
      'A text in parts, as plain text: nothing in it is markup. In a snippet “…” tells what was cut, and “·” where a field or paragraph ends without a full stop.'
  }
)

const result = <K extends 'article' | 'quote' | 'media'>(kind: K, $id: string, description: string) =>
  strict(
    {
      kind: Type.Literal(kind, { description: 'What was found.' }),
      title: kind === 'article' ? Parts : Type.Null({ description: 'Only articles have titles.' }),
      snippet: Parts,
      item: cardOf(kind)
    },
    { $id, description }
  )

const results = [
  result('article', 'ArticleResult', 'An article that was found, and where the words stand in it.'),
  result('quote', 'QuoteResult', 'A quote that was found, and where the words stand in it.'),
  result('media', 'MediaResult', 'A picture that was found by its caption, and where the words stand.')
]

export const SearchResult = Type.Unsafe<unknown>({
  $id: 'SearchResult',
  description:
    'What was found: an article, a quote, or a picture by its caption; and where the words stand in it.',
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: results.map(ref)
})
export const searchSchemas = [...results, SearchResult]

export const SearchQuery = strict({
  ...pageQuery().properties,
  q: Words,
  kind: filterValues(choice(['article', 'quote', 'media'])),
  sort: Type.Optional(
    choice(['relevance', '-publishedAt', 'publishedAt'], {
      default: 'relevance',
      description:
        'Headlines with all the words first, the newest first among them; or newest, or oldest first.'
    })
  ),
  'publishedAt.gte': Type.Optional(Instant),
  'publishedAt.lt': Type.Optional(Instant),
  count: Type.Optional(choice(['exact'], { description: 'Also tell how many there are on all pages.' }))
})
export type SearchQuery = Static<typeof SearchQuery>

/** A section or a tag. */
export const Topic = strict(
  {
    name: Type.String(),
    articles: Type.Integer({ minimum: 1, description: 'How many are published under it.' })
  },
  { $id: 'Topic' }
)

export const TopicQuery = strict({
  ...pageQuery().properties,
  sort: Type.Optional(
    choice(['name', '-articles'], {
      default: 'name',
      description: 'By name, page after page; or those with the most articles, one page of them.'
    })
  )
})
export type TopicQuery = Static<typeof TopicQuery>

export const RelatedQuery = strict({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 5 }))
})
/** After validation, with defaults. */
export type RelatedQuery = Required<Static<typeof RelatedQuery>>
