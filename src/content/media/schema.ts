import { type Static, Type } from 'typebox'
import { ContentCredentials } from '../../files/metadata/schema.ts'
import {
  bytes,
  contentType,
  FileUrl,
  FocalPoint,
  MediaFile,
  Rendering,
  Rendition
} from '../../files/renditions/schema.ts'
import {
  choice,
  deskFields,
  HttpUrl,
  Instant,
  id,
  nullable,
  optionalNullable,
  ref,
  sharedField,
  strict,
  text
} from '../../http/schemas.ts'
import { MediaCredit } from '../credits/schema.ts'
import { ExternalId, externalInput } from '../external/schema.ts'

const kind = choice(['image', 'video', 'audio', 'document'])
const caption = text(5000, { examples: ['The late ferry leaves the quay.'] })
const alt = text(2000, {
  description: 'What a reader who cannot see the picture is told.',
  examples: ['A small ferry at dusk, its windows lit.']
})
const pixels = Type.Integer({ minimum: 1, maximum: 100_000 })
export const digitalSourceType = text(200, {
  description: 'A term of the IPTC Digital Source Type vocabulary.',
  examples: ['digitalCapture']
})

const people = Type.Array(text(300, { examples: ['Mara Lindqvist'] }), {
  maxItems: 100,
  description: 'Who is shown, from left to right.'
})
const place = (description: string, example: string, most = 300) =>
  nullable(text(most, { description, examples: [example] }))

/** Where a picture was taken, as far as readers are told. It has no coordinates. */
export const Location = strict(
  {
    sublocation: Type.Optional(place('A place within the city.', 'Ferry quay')),
    city: Type.Optional(place('The city.', 'Port Aldis')),
    state: Type.Optional(place('The state or province.', 'Aldis Coast')),
    country: Type.Optional(place('The country.', 'Norway')),
    countryCode: Type.Optional(place('Its code (ISO 3166).', 'NO', 10))
  },
  {
    $id: 'Location',
    description: 'What place is shown.',
    examples: [{ city: 'Port Aldis', countryCode: 'NO' }]
  }
)
export type Location = Static<typeof Location>

const embargo = {
  ...Instant,
  description: 'No article that shows it can be published before. Only the desk is told.'
}

const substitute = {
  ...id('med'),
  description: 'What published articles show in its place once its rights have ended. Only the desk is told.'
}

const UsedIn = strict(
  {
    count: Type.Integer({ minimum: 0, description: 'How many articles, drafts too.', examples: [2] }),
    articles: Type.Array(
      strict({
        id: id('art'),
        title: Type.String({ description: 'The headline.', examples: ['Late ferry keeps sailing'] }),
        status: Type.String({ description: 'Its state.', examples: ['published'] })
      }),
      { description: 'The 20 newest of them.' }
    )
  },
  { description: 'Which articles show it; a list does not tell.' }
)

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
  people: Type.Optional(people),
  location: optionalNullable(ref(Location)),
  focalPoint: optionalNullable(FocalPoint),
  embargoUntil: optionalNullable(embargo),
  substituteId: optionalNullable(substitute),
  ...externalInput
}

export const NewMedia = strict(mediaInput, { $id: 'NewMedia', examples: [example] })
export type NewMedia = Static<typeof NewMedia>

const fields = {
  id: id('med'),
  kind,
  url: nullable(FileUrl),
  caption: nullable(caption),
  alt: nullable(alt),
  width: nullable(pixels),
  height: nullable(pixels),
  capturedAt: nullable(Instant),
  digitalSourceType: nullable(digitalSourceType),
  credits: Type.Array(ref(MediaCredit)),
  type: Type.Optional(contentType),
  bytes: Type.Optional(bytes),
  people: Type.Optional(people),
  location: Type.Optional(ref(Location)),
  focalPoint: Type.Optional(FocalPoint),
  contentCredentials: Type.Optional(ref(ContentCredentials)),
  placeholder: Type.Optional(
    Type.String({
      description: 'A tiny picture to show until a rendition is there: a data URL.',
      examples: ['data:image/webp;base64,UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==']
    })
  ),
  renditions: Type.Optional(
    Type.Array(ref(Rendition), {
      description:
        'Of a picture that was sent as a file: its sizes, formats and crops. `url` is the largest in JPEG.'
    })
  )
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
    substituteId: nullable(substitute),
    usedIn: Type.Optional(UsedIn),
    externalId: nullable(ExternalId),
    file: Type.Optional(ref(MediaFile)),
    rendering: Type.Optional(Rendering),
    ...deskFields,
    ...sharedField
  },
  { $id: 'DraftMedia' }
)
export type DraftMedia = Static<typeof DraftMedia>

/** The fields of a record that is made with a file, whose kind is that of the file. */
const { kind: _kind, url: _url, width: _width, height: _height, ...described } = mediaInput

export const UploadFields = strict(described, {
  $id: 'UploadFields',
  description: 'What is said of a file that is sent.',
  examples: [{ caption: 'The late ferry.' }]
})
export type UploadFields = Static<typeof UploadFields>

/** A file as the body itself, or as a part of it. */
const file = Type.String({
  contentEncoding: 'binary',
  maxLength: 2_000_000_000,
  description: 'The bytes of the file.',
  examples: ['(the bytes of the file)']
})

export const RawUpload = Type.String({
  $id: 'RawUpload',
  maxLength: 2_000_000_000,
  description: 'The bytes of a file.',
  examples: ['(the bytes of the file)']
})

export const MediaUpload = strict(
  {
    media: Type.Optional({ ...ref(UploadFields), description: 'What is said of it, as JSON.' }),
    file
  },
  {
    $id: 'MediaUpload',
    description: 'A file, and what is said of it, as JSON.',
    examples: [{ media: { caption: 'The late ferry.' }, file: '(the bytes of the file)' }]
  }
)
export interface MediaUpload {
  media?: UploadFields
  file: string
}

export const CreateMedia = strict(
  {
    ...mediaInput,
    kind: Type.Optional({
      ...kind,
      description: 'What it is; not where the file is fetched, which says it itself.',
      examples: ['image']
    }),
    from: Type.Optional({
      ...HttpUrl,
      description: 'Where the file is fetched from, now; instead of `kind`, `url`, `width` and `height`.',
      examples: ['https://pictures.example/ferry.jpg']
    }),
    upload: Type.Optional({
      ...id('upl'),
      description: 'A file that was sent in parts (`POST /v1/uploads`); instead of the same.'
    })
  },
  { $id: 'CreateMedia', examples: [example] }
)
export type CreateMedia = Static<typeof CreateMedia>
