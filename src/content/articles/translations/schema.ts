import { Type } from 'typebox'
import { filterValues, id, Language, nullable, optionalNullable, ref, strict } from '../../../http/schemas.ts'

const description =
  'The original that it is a translation of. Where a translation is named, its original is stored: so all languages of a story are one group, whichever one is named.'
const original = Type.String({
  ...id('art'),
  description,
  examples: ['art_01k9v3w8zhe5ra4gxm7y2bqd6c']
})

/** How an article names its original when it is written. */
export const translationInput = { translationOf: optionalNullable(original) }

export const Translation = strict(
  {
    id: id('art'),
    slug: Type.String({ description: 'Its address.', examples: ['la-lancha-seguira'] }),
    language: Language
  },
  { $id: 'Translation', description: 'The same story in another language, as it is published.' }
)

/** What an article says of its other languages. */
export const translationFields = {
  translationOf: nullable(original),
  translations: Type.Array(ref(Translation), {
    description:
      'The same story in other languages, by language: the original and its translations, as far as they are published.'
  })
}

export const translationFilter = {
  translationOf: filterValues(id('art'), 'The translations of any of these originals.')
}
