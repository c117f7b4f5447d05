import { type Static, Type } from 'typebox'
import {
  choice,
  deskFields,
  filterValues,
  HttpUrl,
  Instant,
  id,
  listQuery,
  nullable,
  optionalNullable,
  ref,
  sharedField,
  strict,
  text
} from '../../http/schemas.ts'
import { MediaCredit } from '../credits/schema.ts'
import { ExternalId, externalFilter, externalInput } from '../external/schema.ts'

const kind = choice(['image', 'video', 'audio'])
const caption = text(5000, { examples: ['The late ferry leaves the quay.'] })
const alt = text(2000, {
  description: 'What a reader who cannot see the picture is told.',
  examples: ['A small ferry at dusk, its windows lit.']
})
const pixels = Type.Integer({ minimum: 1, maximum: 100_000 })
const digitalSourceType = text(200, {
  description: 'A term of the IPTC Digital Source Type vocabulary.',
  examples: ['digitalCapture']
})

const embargo = {
  ...Instant,
  description: 'No article that shows it can be published before. Only the desk is told.'
}

const example = {
  kind: 'image',
  url: 'https://pictures.example/ferry.jpg',
  caption: 'The late ferry.',
  alt: 'A ferry at dusk.'
}

/** Input fields of a media file, also within a whole story. */
export const mediaInput = {
  kind,
  url: optionalNullable(HttpUrl),
  caption: optionalNullable(caption),
  alt: optionalNullable(alt),
  width: optionalNullable(pixels),
  height: optionalNullable(pixels),
  capturedAt: optionalNullable(Instant),
  digitalSourceType: optionalNullable(digitalSourceType),
  embargoUntil: optionalNullable(embargo),
  ...externalInput
}

export const NewMedia = strict(mediaInput, { $id: 'NewMedia', examples: [example] })
export type NewMedia = Static<typeof NewMedia>

const fields = {
  id: id('med'),
  kind,
  url: nullable(HttpUrl),
  caption: nullable(caption),
  alt: nullable(alt),
  width: nullable(pixels),
  height: nullable(pixels),
  capturedAt: nullable(Instant),
  digitalSourceType: nullable(digitalSourceType),
  credits: Type.Array(ref(MediaCredit))
}
const unavailable = strict(
  {
    reason: choice(['rights-ended'], { description: 'Why the file is not shown.' }),
    since: Type.Unsafe<string>({ ...Instant, description: 'Since when.' })
  },
  { description: 'Only where the file must not be shown any more: caption and credits stay, `url` is null.' }
)

export const Media = strict(
  { ...fields, unavailable: Type.Optional(unavailable) },
  {
    $id: 'Media',
    description: 'A picture, video or audio file shown in an article, with its credits.'
  }
)
export type Media = Static<typeof Media>

export const DraftMedia = strict(
  {
    ...fields,
    embargoUntil: nullable(embargo),
    externalId: nullable(ExternalId),
    ...deskFields,
    ...sharedField
  },
  { $id: 'DraftMedia' }
)
export type DraftMedia = Static<typeof DraftMedia>

export const MediaFilters = listQuery({
  kind: filterValues(kind),
  article: filterValues(id('art')),
  url: filterValues(HttpUrl, 'The address of the file, exactly so.'),
  ...externalFilter
})
export type MediaFilters = Static<typeof MediaFilters>
