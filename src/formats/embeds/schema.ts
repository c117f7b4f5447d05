import { type Static, Type } from 'typebox'
import { choice, HttpUrl, strict } from '../../http/schemas.ts'

/** The forms of a quote card, with their media types. */
export const cardTypes = { html: 'text/html', svg: 'image/svg+xml' } as const
export type CardForm = keyof typeof cardTypes

export const CardQuery = strict({
  as: Type.Optional(
    choice(Object.keys(cardTypes) as CardForm[], {
      description: 'A page for a frame, or a picture, whatever `Accept` says.',
      examples: ['svg']
    })
  )
})
export type CardQuery = Static<typeof CardQuery>

const pixels = (what: string, example: number) =>
  Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100_000,
      description: `How ${what} may be at most, in pixels.`,
      examples: [example]
    })
  )

export const OembedQuery = strict({
  url: {
    ...HttpUrl,
    description:
      'The page of an article, by its address now or before; with `#said-` and the id of a quote, or as an address of this API, a quote.',
    examples: ['https://news.example/articles/late-ferry-keeps-sailing']
  },
  format: Type.Optional(
    Type.String({
      maxLength: 20,
      default: 'json',
      description: '`json` or `xml`; there is no other (501).',
      examples: ['json']
    })
  ),
  maxwidth: pixels('wide it', 480),
  maxheight: pixels('high it', 320)
})
export type OembedQuery = Static<typeof OembedQuery>

const text = (description: string, example: string) => Type.String({ description, examples: [example] })
const size = (description: string, example: number) =>
  Type.Integer({ minimum: 1, description, examples: [example] })

export const Oembed = strict(
  {
    version: Type.Literal('1.0', { description: 'The version of oEmbed.' }),
    type: Type.Literal('rich', { description: 'Markup that is shown as it is.' }),
    title: text('The title of the article.', 'Late ferry keeps sailing'),
    author_name: Type.Optional(text('Who wrote it; of a quote, whose words they are.', 'Ida Reporter')),
    provider_name: text('The newsroom.', 'The Harbour Gazette'),
    provider_url: text('Its front page.', 'https://news.example/'),
    cache_age: size('For how many seconds it may be kept: then what was corrected shows.', 3600),
    width: size('How wide the markup is, in pixels.', 480),
    height: size('How high it is, in pixels, as far as that can be told.', 320),
    html: text('The markup: no script, nothing that runs.', '<blockquote>...</blockquote>'),
    thumbnail_url: Type.Optional(text('The lead picture.', 'https://pictures.example/ferry.jpg')),
    thumbnail_width: Type.Optional(size('Its width, in pixels.', 480)),
    thumbnail_height: Type.Optional(size('Its height, in pixels.', 270)),
    thumbnail_credit: Type.Optional(
      text('Whose picture it is: show it with it. (No parameter of oEmbed.)', 'Ana Example/Harbour Wire')
    )
  },
  { $id: 'Oembed', description: 'How another page shows an article or a quote (oEmbed 1.0).' }
)
export type Oembed = Static<typeof Oembed>
