import { type Static, Type } from 'typebox'
import { DraftArticle } from '../articles/schema.ts'
import { Attribution } from '../attributions/schema.ts'
import { Media } from '../media/schema.ts'
import { Quote } from '../quotes/schema.ts'
import { ref, strict, text } from '../schemas.ts'
import { Source } from '../sources/schema.ts'

export const Warning = strict(
  {
    code: text(64, { description: 'What kind of guess it was.', examples: ['date-without-zone'] }),
    detail: text(500, { description: 'What was guessed, or left out.' }),
    words: Type.String({ maxLength: 300, description: 'The words of the page it was guessed from.' }),
    pointer: Type.Optional(
      Type.String({ maxLength: 200, description: 'Where it stands in the proposed story: a JSON Pointer.' })
    )
  },
  { $id: 'ImportWarning', description: 'Something an editor should look at: it was guessed, not read.' }
)
export type Warning = Static<typeof Warning>

/** The body of POST /v1/imports: the page as text. */
export const SavedPage = Type.String({
  $id: 'SavedPage',
  minLength: 1,
  maxLength: 2 * 1024 * 1024,
  description: 'A saved news page, up to 2 MB.',
  examples: [
    'Monday, November 2, 2026\n\nLate ferry keeps sailing\n\n"The ferry stays," harbour master Mara Lindqvist said.\n'
  ]
})

export const Imported = strict(
  {
    article: ref(DraftArticle),
    sources: Type.Array(ref(Source)),
    media: Type.Array(ref(Media)),
    quotes: Type.Array(ref(Quote)),
    attributions: Type.Array(ref(Attribution), { description: 'Those of the quotes, and those of claims.' }),
    warnings: Type.Array(ref(Warning))
  },
  {
    $id: 'Imported',
    description: 'The draft a page became, the records in it, and what an editor should look at.'
  }
)
export type Imported = Static<typeof Imported>
