import { type Static, type TSchema, Type } from 'typebox'
import { choice, HttpUrl, Instant, id, optionalNullable, strict, text } from '../../http/schemas.ts'

/** What machines may do. */
const use = (what: string) =>
  optionalNullable(
    choice(['allowed', 'paid', 'refused'], {
      description: `Whether machines may ${what}: for nothing, for the \`price\`, or not at all. Where it is not said, what holds for more holds.`,
      examples: ['refused']
    })
  )

const price = strict(
  {
    type: choice(['purchase', 'subscription', 'training', 'crawl', 'use', 'contribution', 'attribution'], {
      description: 'What is paid for, as RSL 1.0 (3.7) has it.',
      examples: ['crawl']
    }),
    amount: optionalNullable(
      Type.String({
        pattern: '^\\d{1,9}(\\.\\d{1,6})?$',
        description: 'How much, as a decimal number; with `currency`.',
        examples: ['0.015']
      })
    ),
    currency: optionalNullable(
      Type.String({ pattern: '^[A-Z]{3}$', description: 'The currency (ISO 4217).', examples: ['EUR'] })
    ),
    url: optionalNullable({ ...HttpUrl, description: 'Where a licence is to be had.' }),
    standard: optionalNullable({ ...HttpUrl, description: 'The licence that many use, by its address.' })
  },
  { description: 'What the uses that are `paid` cost.' }
)

const terms = {
  search: use('find it and link to it'),
  input: use('answer with it (retrieval, summaries)'),
  train: use('train models with it'),
  price: optionalNullable(price)
}

const Terms = strict(terms, { description: 'What machines may do with it.' })
/** What machines may do, as it was said. */
export type SaidTerms = Static<typeof Terms>
/** What machines may do; what is not said is undefined. */
export interface Terms {
  search?: 'allowed' | 'paid' | 'refused'
  input?: 'allowed' | 'paid' | 'refused'
  train?: 'allowed' | 'paid' | 'refused'
  price?: Static<typeof price>
}

/** How many exceptions of each kind there are at most: files that crawlers read have to stay small. */
const maxExceptions = 500

const exceptions = (names: TSchema, description: string, example: object) =>
  Type.Optional(
    Type.Unsafe<Record<string, SaidTerms>>({
      type: 'object',
      maxProperties: maxExceptions,
      propertyNames: names,
      additionalProperties: Terms,
      description,
      examples: [example]
    })
  )

const parts = {
  site: Type.Optional(Terms),
  sections: exceptions(text(200), 'What holds in a section, by its name.', {
    opinion: { train: 'refused' }
  }),
  articles: exceptions(id('art'), 'What holds for an article, by its id.', {
    art_01k9v3w8zhe5ra4gxm7y2bqd6c: { search: 'refused' }
  }),
  media: exceptions(id('med'), 'What holds for a picture, video or recording, by its id.', {
    med_01k9v3w8zhe5ra4gxm7y2bqd6c: { train: 'refused' }
  }),
  termsUrl: optionalNullable({
    ...HttpUrl,
    description: 'The page that says all this for people.',
    examples: ['https://news.example/machines']
  })
}

export const NewAiUse = strict(parts, {
  $id: 'NewAiUse',
  description: 'What machines that read may do. What is left out is not said.',
  examples: [{ site: { search: 'allowed', input: 'refused', train: 'refused' } }]
})
export type NewAiUse = Static<typeof NewAiUse>

export const AiUse = strict(
  {
    ...parts,
    version: Type.Integer({ minimum: 0, description: '0 until something was said.' }),
    updatedAt: Type.Unsafe<string | null>({ ...Instant, type: ['string', 'null'] })
  },
  { $id: 'AiUse', description: 'What machines that read may do, with its version, for those who change it.' }
)
export interface AiUse extends NewAiUse {
  version: number
  updatedAt: string | null
}
