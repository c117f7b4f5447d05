import { type Static, Type } from 'typebox'
import { DraftArticle } from '../content/articles/schema.ts'
import { Attribution } from '../content/attributions/schema.ts'
import { Media } from '../content/media/schema.ts'
import { Quote } from '../content/quotes/schema.ts'
import { Source } from '../content/sources/schema.ts'
import { ref, strict, Warning } from '../http/schemas.ts'

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
