import { type Static, Type } from 'typebox'
import {
  choice,
  HttpUrl,
  Instant,
  nullable,
  optionalNullable,
  ref,
  strict,
  text
} from '../../../http/schemas.ts'

/** What a story is published for, and what a picture may be used for. */
export const Purpose = choice(['web', 'print', 'newsletter', 'social'], { examples: ['web'] })
export type Purpose = Static<typeof Purpose>

export const purposesOf = (description: string) =>
  Type.Array(Purpose, { minItems: 1, maxItems: 4, uniqueItems: true, description, examples: [['web']] })

/** How far a right goes, besides until when: of a credit, or of every credit that names a licence. */
export const termFields = {
  purposes: optionalNullable(purposesOf('What it may be used for; null for everything.')),
  maxUses: optionalNullable(
    Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      description: 'In how many articles it may be published; null for any number.',
      examples: [1]
    })
  ),
  approvalBy: optionalNullable(
    text(300, {
      description: 'The name of the holder of a token who has to approve that it is published.',
      examples: ['Edda Sorring']
    })
  )
}

const territories = Type.Array(text(100), { maxItems: 300 })

export const Licence = strict(
  {
    name: text(300, { description: 'What credits name.', examples: ['Editorial use only'] }),
    url: optionalNullable(HttpUrl),
    territories: optionalNullable(territories),
    ...termFields
  },
  { $id: 'Licence', description: 'A licence, and the terms of credits that name it and say nothing else.' }
)
export type Licence = Static<typeof Licence>

const licences = Type.Array(ref(Licence), {
  maxItems: 200,
  description: 'The licences that credits may name.'
})

export const NewLicences = strict(
  { licences },
  {
    $id: 'NewLicences',
    description: 'The licences that this newsroom knows. Once there is one, pictures need one of them.',
    examples: [{ licences: [{ name: 'Editorial use only', purposes: ['web'] }] }]
  }
)
export type NewLicences = Static<typeof NewLicences>

export const Licences = strict(
  {
    licences,
    common: Type.Array(
      strict({
        name: text(300, { description: 'Its usual name.', examples: ['CC BY 4.0'] }),
        url: nullable(HttpUrl)
      }),
      { description: 'Usual licences, to choose from.' }
    ),
    version: Type.Integer({ minimum: 0, description: '0 until something was said.' }),
    updatedAt: nullable(Instant)
  },
  { $id: 'Licences', description: 'The licences that this newsroom knows.' }
)
export type Licences = Static<typeof Licences>
