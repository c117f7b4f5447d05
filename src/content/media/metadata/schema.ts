import { type Static, Type } from 'typebox'
import { PictureProposal } from '../../../files/metadata/schema.ts'
import { choice, id, ref, strict } from '../../../http/schemas.ts'

const place = choice(['xmp', 'iim', 'exif'], { description: 'Where it was read.', examples: ['xmp'] })
const property = 'As XMP, IIM or EXIF calls it.'

/** Any JSON: properties are as various as files. */
const anything = (description: string, example: unknown) =>
  Type.Unsafe<unknown>({ description, examples: [example] })

export const MediaMetadata = strict(
  {
    mediaId: id('med'),
    proposal: ref(PictureProposal),
    readings: Type.Array(
      strict({
        field: Type.String({ description: 'The field of the proposal.', examples: ['creditLine'] }),
        place,
        property: Type.String({ description: property, examples: ['Credit'] }),
        value: anything('What stands there.', 'Harbour Wire')
      }),
      { description: 'All that says something of a field; of each the first is proposed.' }
    ),
    values: anything('All that was read: XMP by names, IIM by datasets, EXIF by tags.', {
      xmp: { Credit: 'Harbour Wire' },
      iim: { '2:110': ['Harbour Wire'] },
      exif: {}
    }),
    faults: Type.Array(place, { description: 'What could not be read.' }),
    leftOut: Type.Array(Type.String(), {
      description: 'What was too long to be kept.',
      examples: [['Instructions']]
    })
  },
  { $id: 'MediaMetadata', description: 'What a picture says of itself: for the desk only.' }
)

/** What can be taken over from a proposal. */
export const acceptable = [
  'credit',
  'caption',
  'alt',
  'people',
  'location',
  'capturedAt',
  'digitalSourceType',
  'embargoUntil'
] as const
export type Acceptable = (typeof acceptable)[number]

export const MetadataAcceptance = strict(
  {
    fields: Type.Optional(
      Type.Array(choice([...acceptable]), {
        minItems: 1,
        maxItems: acceptable.length,
        uniqueItems: true,
        description:
          'What is taken over, in the place of what the record has; a credit is added. Without this, what the record lacks.',
        examples: [['credit', 'caption']]
      })
    )
  },
  {
    $id: 'MetadataAcceptance',
    description: 'What of a proposal is taken over.',
    examples: [{ fields: ['credit'] }]
  }
)
export type MetadataAcceptance = Static<typeof MetadataAcceptance>
