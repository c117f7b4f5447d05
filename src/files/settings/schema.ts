import { type Static, Type } from 'typebox'
import { choice, HttpUrl, Instant, nullable, strict } from '../../http/schemas.ts'

const width = Type.Integer({ minimum: 16, maximum: 4096, examples: [1280] })
const widths = Type.Array(width, {
  minItems: 1,
  maxItems: 10,
  uniqueItems: true,
  description:
    'In pixels. A picture that is narrower than some of them is made as wide as it is, once: nothing is enlarged.',
  examples: [[320, 640, 1280]]
})
const side = Type.Integer({ minimum: 1, maximum: 100, description: 'One side of the ratio.', examples: [16] })

const Crop = strict(
  {
    name: Type.String({
      pattern: '^[a-z][a-z0-9-]{0,31}$',
      description: 'What frontends ask for: `square`, `teaser`.',
      examples: ['square']
    }),
    width: side,
    height: side,
    widths
  },
  { description: 'A cut in a ratio of its own, around the focal point of the picture.' }
)

const format = choice(['jpeg', 'webp', 'avif'], { examples: ['jpeg'] })

const fields = {
  widths,
  formats: Type.Array(format, {
    minItems: 1,
    maxItems: 3,
    uniqueItems: true,
    contains: { const: 'jpeg' },
    description: 'What each width is made as. JPEG is always among them: feeds and older readers need it.',
    examples: [['jpeg', 'webp', 'avif']]
  }),
  crops: Type.Array(Crop, { maxItems: 10, description: 'Cuts besides the whole picture.' }),
  baseUrl: nullable({
    ...HttpUrl,
    description:
      'Where readers reach this API: it is put before the addresses of files. Null for addresses that begin with `/v1/`.',
    examples: ['https://api.news.example']
  })
}

export const NewMediaSettings = strict(
  {
    widths: Type.Optional(fields.widths),
    formats: Type.Optional(fields.formats),
    crops: Type.Optional(fields.crops),
    baseUrl: Type.Optional(fields.baseUrl)
  },
  {
    $id: 'NewMediaSettings',
    description: 'Which renditions are made of pictures; what is left out is as it was at first.',
    examples: [{ widths: [320, 640, 1280], crops: [{ name: 'square', width: 1, height: 1, widths: [320] }] }]
  }
)
export type NewMediaSettings = Static<typeof NewMediaSettings>

export const MediaSettings = strict(
  {
    ...fields,
    version: Type.Integer({ minimum: 0, description: '0 until something was said.' }),
    updatedAt: nullable(Instant)
  },
  { $id: 'MediaSettings', description: 'Which renditions are made of pictures.' }
)
export type MediaSettings = Static<typeof MediaSettings>
