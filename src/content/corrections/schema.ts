import { type Static, Type } from 'typebox'
import {
  choice,
  deskFields,
  filterValues,
  Instant,
  id,
  listQuery,
  nullable,
  optionalNullable,
  strict,
  text
} from '../../http/schemas.ts'

const kind = choice(['correction', 'clarification', 'update', 'editors_note', 'retraction'])
const words = text(10_000, { examples: ['An earlier version gave the wrong year.'] })
const target = Type.Unsafe<{ quoteId?: string; creditId?: string; attributionId?: string }>({
  ...strict({
    quoteId: Type.Optional(id('quo')),
    creditId: Type.Optional(id('crd')),
    attributionId: Type.Optional(id('att'))
  }),
  minProperties: 1,
  maxProperties: 1,
  description: 'What was wrong: a quote, a credit or an attribution of the article. Null: the article itself.'
})

export const NewCorrection = strict(
  {
    kind,
    target: optionalNullable(target),
    text: words,
    was: optionalNullable(words),
    now: optionalNullable(words)
  },
  {
    $id: 'NewCorrection',
    description: 'A notice that a published article was wrong.',
    examples: [
      { kind: 'correction', text: 'An earlier version gave the wrong year.', was: '1987', now: '1989' }
    ]
  }
)
export type NewCorrection = Static<typeof NewCorrection>

const fields = {
  id: id('cor'),
  articleId: id('art'),
  kind,
  target: nullable(target),
  text: words,
  was: nullable(words),
  now: nullable(words),
  publishedAt: nullable(Instant),
  foundByReader: Type.Optional(
    Type.Literal(true, {
      description: 'A reader reported it, and agreed to have that said; left out otherwise.',
      examples: [true]
    })
  )
}
export const Correction = strict(fields, {
  $id: 'Correction',
  description: 'A dated notice that a published article was wrong.'
})
export type Correction = Static<typeof Correction>

export const DraftCorrection = strict(
  {
    ...fields,
    errorReportId: nullable({
      ...id('err'),
      description: 'The report of a reader that it answers. For the desk only; null once that is erased.'
    }),
    ...deskFields
  },
  { $id: 'DraftCorrection' }
)
export type DraftCorrection = Static<typeof DraftCorrection>

export const CorrectionFilters = listQuery({
  article: filterValues(id('art')),
  kind: filterValues(kind),
  'publishedAt.gte': Type.Optional(Instant),
  'publishedAt.lt': Type.Optional(Instant)
})
export type CorrectionFilters = Static<typeof CorrectionFilters>
