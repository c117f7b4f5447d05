import { type Static, Type } from 'typebox'
import { Instant, nullable, ref, strict, text } from '../../http/schemas.ts'

const fieldName = Type.String({
  pattern: '^[a-z][a-zA-Z0-9]{0,39}$',
  description: 'The name of the field.',
  examples: ['gender']
})
const value = text(60, { description: 'One of the values of the field.', examples: ['woman'] })

export const SourceFields = strict(
  {
    fields: Type.Array(
      strict({
        name: fieldName,
        values: Type.Array(value, {
          minItems: 1,
          maxItems: 20,
          uniqueItems: true,
          description: 'The values it may have.',
          examples: [['woman', 'man', 'another']]
        })
      }),
      { maxItems: 10, description: 'The private fields of sources, as the newsroom defines them.' }
    )
  },
  {
    $id: 'SourceFields',
    description:
      'What the newsroom keeps of sources for its own reports, such as what they said of themselves.',
    examples: [{ fields: [{ name: 'gender', values: ['woman', 'man', 'another'] }] }]
  }
)
export type SourceFields = Static<typeof SourceFields>

export const CurrentSourceFields = strict(
  {
    ...SourceFields.properties,
    version: Type.Integer({ minimum: 0, description: '0 until something was set.', examples: [1] }),
    updatedAt: nullable({ ...Instant, description: 'When they were set; null before.' })
  },
  { $id: 'CurrentSourceFields', description: 'The private fields that sources may have.' }
)
export type CurrentSourceFields = Static<typeof CurrentSourceFields>

export const PrivateValues = Type.Unsafe<Record<string, string | null>>({
  $id: 'PrivateValues',
  type: 'object',
  minProperties: 1,
  maxProperties: 10,
  propertyNames: { pattern: '^[a-z][a-zA-Z0-9]{0,39}$' },
  additionalProperties: nullable(value),
  description: 'Values by the names of their fields; null takes one away. They are never told again.',
  examples: [{ gender: 'woman' }]
})
export type PrivateValues = Static<typeof PrivateValues>

const roundedCount = (what: string) =>
  nullable(
    Type.Integer({
      minimum: 0,
      description: `${what}, to the nearest five; null where it is not told.`,
      examples: [15]
    })
  )

export const PrivateGroup = strict(
  {
    value: nullable({ ...value, description: 'The value; null for all of whom it is not known.' }),
    sources: roundedCount('How many persons'),
    quotes: roundedCount('How many quotes')
  },
  { $id: 'PrivateGroup', description: 'The persons of whom one value was kept.' }
)
export type PrivateGroup = Static<typeof PrivateGroup>

const quarter = Type.String({
  pattern: '^20\\d\\d-Q[1-4]$',
  description: 'A quarter of a year, in UTC, that ended at least 30 days ago.',
  examples: ['2026-Q2']
})

export const PrivateReport = strict(
  {
    field: fieldName,
    quarter,
    groups: Type.Array(ref(PrivateGroup), { description: 'One for each value, and one for none.' }),
    madeAt: { ...Instant, description: 'When it was made; from then on it stays as it is.' }
  },
  {
    $id: 'PrivateReport',
    description: 'Who is heard in a quarter, by a private field, so that it tells of nobody.'
  }
)
export type PrivateReport = Static<typeof PrivateReport>

export const PrivateReportQuery = strict(
  { field: fieldName, quarter },
  { $id: 'PrivateReportQuery', examples: [{ field: 'gender', quarter: '2026-Q2' }] }
)
export type PrivateReportQuery = Static<typeof PrivateReportQuery>
