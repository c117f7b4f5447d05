// What the system that a record came from calls it.
import { type Static, Type } from 'typebox'
import { filterValues, optionalNullable, strict } from '../../http/schemas.ts'

/** A system that records come from: an agency, a feed, another CMS. */
export const ExternalSystem = Type.String({
  pattern: '^[a-z0-9][a-z0-9.-]{0,62}$',
  description: 'Which system gave the id, in a word of yours: small letters, digits, dots and hyphens.',
  examples: ['harbour-wire']
})

export const ExternalName = Type.String({
  minLength: 1,
  maxLength: 200,
  format: 'visible-text',
  description: 'The id there, as that system writes it.',
  examples: ['urn:newsml:harbour-wire:20261128:4711']
})

export const ExternalId = strict(
  { system: ExternalSystem, id: ExternalName },
  {
    description:
      'What the system it came from calls it: no other record of its kind may have it. For the desk only, never published.',
    examples: [{ system: 'harbour-wire', id: 'urn:newsml:harbour-wire:20261128:4711' }]
  }
)
export type ExternalId = Static<typeof ExternalId>

/** The field of inputs. */
export const externalInput = { externalId: optionalNullable(ExternalId) }

/** The filter of desk lists. */
export const externalFilter = {
  externalId: filterValues(
    Type.String({
      pattern: '^[a-z0-9][a-z0-9.-]{0,62}:.',
      maxLength: 264,
      examples: ['harbour-wire:urn:newsml:harbour-wire:20261128:4711']
    }),
    'The system and the id there, with a colon between them. At the desk (`edition=draft`) only.'
  )
}

export const ExternalPath = strict({ system: ExternalSystem, id: ExternalName })
export type ExternalPath = Static<typeof ExternalPath>

/** What an answer to a story that was sent by its external id says of the send. */
export const sendFields = {
  unchanged: Type.Optional(
    Type.Boolean({
      description: 'True where the draft stayed as it was: nothing in it changed with this send.',
      examples: [true]
    })
  ),
  kept: Type.Optional(
    Type.Array(
      strict({
        pointer: Type.String({ description: 'The place in the story that was sent.', examples: ['/title'] }),
        detail: Type.String({
          description: 'Why it stayed.',
          examples: ['It was edited here since it was sent last: that stays.']
        })
      }),
      {
        description:
          'What of the story is not in the draft, because it was edited here since the last send; left out where all of it is.'
      }
    )
  )
}
