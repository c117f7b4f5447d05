import { type Static, Type } from 'typebox'
import { ref, strict } from '../../http/schemas.ts'

const text = (description: string, example: string) => Type.String({ description, examples: [example] })

export const ApiLink = strict(
  {
    rel: text(
      'What it is to this API: a relation of the registry of IANA (RFC 8288), or `sitemap`, `oembed`, `changes`.',
      'alternate'
    ),
    href: text(
      'Its address, whole where the newsroom said where this API is; with variables in braces, a template (RFC 6570).',
      'https://api.news.example/v1/feeds/rss'
    ),
    type: Type.Optional(text('Its media type.', 'application/rss+xml')),
    title: Type.Optional(text('What it is, in words.', 'The Harbour Gazette (RSS)'))
  },
  { $id: 'ApiLink', description: 'Where something is.' }
)
export type ApiLink = Static<typeof ApiLink>

export const ApiIndex = strict(
  {
    name: text('The newsroom.', 'The Harbour Gazette'),
    url: Type.Union([Type.String(), Type.Null()], {
      description: 'Its front page.',
      examples: ['https://news.example']
    }),
    links: Type.Array(ref(ApiLink), { description: 'Where everything is that is open to everybody.' })
  },
  { $id: 'ApiIndex', description: 'Where everything is.' }
)
export type ApiIndex = Static<typeof ApiIndex>
