import { type Static, Type } from 'typebox'
import {
  choice,
  deskFields,
  filterValues,
  Instant,
  id,
  Language,
  LanguageRange,
  listQuery,
  nullable,
  optionalNullable,
  ref,
  strict,
  text
} from '../../http/schemas.ts'
import { Attribution, hopsInput } from '../attributions/schema.ts'
import { markField } from '../desk/marks/schema.ts'

const words = text(10_000, {
  description:
    'The words as they stand in the article; parts with other words between them are joined by " ... ".',
  examples: ['The ferry will keep sailing ... And that is that.']
})
const kind = choice(['direct', 'indirect', 'mixed'])
const display = choice(['inline', 'block'])
const verbatim = text(10_000, { description: 'What was really said, when the article changed it.' })
const alterations = Type.Array(
  strict({
    kind: choice(['ellipsis', 'bracket', 'emphasis', 'grammar', 'translation', 'redaction']),
    note: optionalNullable(text(1000))
  }),
  { maxItems: 50 }
)

/** Input fields of a quote, also within a whole story. */
export const quoteInput = {
  text: words,
  kind: Type.Optional(kind),
  display: Type.Optional(display),
  language: optionalNullable(Language),
  verbatim: optionalNullable(verbatim),
  alterations: Type.Optional(alterations)
}

export const NewQuote = strict(quoteInput, {
  $id: 'NewQuote',
  description: 'A direct quote (the default) must stand in the body; it is anchored there.',
  examples: [{ text: 'The ferry will keep sailing.', kind: 'direct', display: 'inline' }]
})
export type NewQuote = Static<typeof NewQuote>

/** A quote sent under its article, with its attributions if the client has them. */
export const NewArticleQuote = strict(
  { ...quoteInput, attributions: Type.Optional(Type.Array(strict(hopsInput), { maxItems: 20 })) },
  {
    $id: 'NewArticleQuote',
    examples: [
      {
        text: 'The ferry will keep sailing.',
        attributions: [{ hops: [{ sourceId: 'src_01k9v3w8zhe5ra4gxm7y2bqd6c', relation: 'said' }] }]
      }
    ]
  }
)
export type NewArticleQuote = Static<typeof NewArticleQuote>

const fields = {
  id: id('quo'),
  articleId: id('art'),
  text: words,
  kind,
  display,
  language: nullable(Language),
  verbatim: nullable(verbatim),
  alterations,
  attributions: Type.Array(ref(Attribution))
}
export const Quote = strict(fields, {
  $id: 'Quote',
  description: 'Words somebody said or wrote, and who says so.'
})
export type Quote = Static<typeof Quote>

export const DraftQuote = strict({ ...fields, ...deskFields, ...markField }, { $id: 'DraftQuote' })
export type DraftQuote = Static<typeof DraftQuote>

export const QuoteFilters = listQuery({
  article: filterValues(id('art')),
  source: filterValues(id('src')),
  kind: filterValues(kind),
  language: filterValues(LanguageRange),
  'publishedAt.gte': Type.Optional(Instant),
  'publishedAt.lt': Type.Optional(Instant)
})
export type QuoteFilters = Static<typeof QuoteFilters>
