import { type Static, Type } from 'typebox'
import { Article } from '../../content/articles/schema.ts'
import { choice, Instant, nullable, ref, strict } from '../../http/schemas.ts'

const number = Type.Integer({ minimum: 1 })
const made = { at: Instant, actor: Type.String({ description: 'Who made it.' }) }
export const EditionCard = strict(
  {
    number,
    ...made,
    note: nullable(Type.String()),
    version: nullable(
      Type.Integer({
        description: 'The version of the draft it was made of; null where it was made of an earlier edition.'
      })
    )
  },
  { $id: 'EditionCard' }
)
export const Edition = strict(
  { ...EditionCard.properties, article: ref(Article) },
  { $id: 'Edition', description: 'What was published, as it was.' }
)

export const RevisionCard = strict({ version: number, ...made }, { $id: 'RevisionCard' })
export const Revision = strict(
  {
    ...RevisionCard.properties,
    draft: Type.Unsafe<object>({
      type: 'object',
      additionalProperties: true,
      description: "The article's own part of the draft, as PUT takes it."
    })
  },
  { $id: 'Revision', description: 'A draft, as it was.' }
)

const Words = Type.Array(
  strict({ text: Type.String(), change: Type.Optional(choice(['added', 'removed'])) }),
  { description: 'The text word by word: what both have, what was added, what was removed.' }
)
const value = Type.Unsafe<unknown>({ description: 'Any JSON.' })
export const Difference = strict(
  {
    from: number,
    to: number,
    changes: Type.Array(
      strict({
        pointer: Type.String({
          description:
            'What is different; records of a list are named by their ids. Links and pictures of a body whose words differ too are a second change of it.'
        }),
        change: choice(['added', 'removed', 'changed']),
        was: Type.Optional(value),
        now: Type.Optional(value),
        words: Type.Optional(Words)
      })
    )
  },
  { $id: 'Difference', description: 'What is different between two editions.' }
)
export type Difference = Static<typeof Difference>

export const DifferenceQuery = strict({
  against: Type.Optional(
    Type.Integer({ minimum: 1, description: 'The edition to compare with; the one before, when left out.' })
  )
})
