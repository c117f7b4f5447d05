import { type Static, Type } from 'typebox'
import { purposesOf } from '../../content/credits/licences/schema.ts'
import { choice, Instant, id, nullable, ref, strict, text } from '../../http/schemas.ts'

const names = (description: string, example: string) =>
  Type.Array(Type.String(), { description, examples: [[example]] })
const count = (description: string, example: number) =>
  Type.Integer({ minimum: 0, description, examples: [example] })

export const MediaUse = strict(
  {
    articleId: id('art'),
    purposes: purposesOf('What the article was published for then.'),
    credits: Type.Array(
      strict({
        creditLine: Type.String({ description: 'As displayed.' }),
        creators: names('Who made it.', 'Ana Example'),
        suppliers: names('Who supplied it.', 'Harbour Wire'),
        licence: nullable(
          Type.String({ description: 'Under which licence.', examples: ['Editorial use only'] })
        )
      }),
      { description: 'The credits it had then.' }
    ),
    at: { ...Instant, description: 'When it was published there first.' },
    endedAt: nullable({ ...Instant, description: 'Since when it is not any more; null while it is.' })
  },
  { $id: 'MediaUse', description: 'That a picture, audio or video was published in an article.' }
)
export type MediaUse = Static<typeof MediaUse>

const counts = {
  uses: count('How often something of it was published: once for each article.', 12),
  media: count('How many different pictures, audio and video.', 9),
  articles: count('In how many different articles.', 11)
}

export const SupplierMonth = strict(
  {
    month: Type.String({ pattern: '^\\d{4}-\\d\\d$', description: 'In UTC.', examples: ['2026-11'] }),
    supplier: nullable(
      Type.String({ description: 'Who supplied it; null where nobody is named.', examples: ['Harbour Wire'] })
    ),
    ...counts
  },
  { $id: 'SupplierMonth', description: 'What was used of a supplier in a month.' }
)
export type SupplierMonth = Static<typeof SupplierMonth>

export const CreditReport = strict(
  {
    from: { ...Instant, description: 'The beginning of the period.' },
    to: { ...Instant, description: 'Its end, which is not in it.' },
    ...counts,
    suppliers: Type.Array(ref(SupplierMonth), {
      description: 'By month and name. What several supplied counts for each of them.'
    }),
    withoutCredit: strict(
      {
        count: count('How many uses.', 2),
        uses: Type.Array(strict({ mediaId: id('med'), articleId: id('art') }), {
          description: 'The first 100 of them.'
        })
      },
      { description: 'Pictures that were published without a credit.' }
    )
  },
  { $id: 'CreditReport', description: 'What was used of whom in a period: for invoices.' }
)
export type CreditReport = Static<typeof CreditReport>

export const mediaTypes = { json: 'application/json', csv: 'text/csv' } as const
export type CreditReportForm = keyof typeof mediaTypes
export const forms = Object.keys(mediaTypes) as CreditReportForm[]

export const CreditReportQuery = strict({
  from: {
    ...Instant,
    description: 'Uses that began at this instant or later.',
    examples: ['2026-09-01T00:00:00Z']
  },
  to: { ...Instant, description: 'Uses that began before this instant.', examples: ['2026-12-01T00:00:00Z'] },
  supplier: Type.Optional(
    text(300, { description: 'Only what this one supplied.', examples: ['Harbour Wire'] })
  ),
  as: Type.Optional(
    choice(forms, { description: 'The form, instead of `Accept`: JSON or CSV.', examples: ['csv'] })
  )
})
export type CreditReportQuery = Static<typeof CreditReportQuery>
