import { type Static, Type } from 'typebox'
import {
  choice,
  deskFields,
  filterValues,
  HttpUrl,
  Instant,
  id,
  listQuery,
  nullable,
  optionalNullable,
  ref,
  reference,
  strict,
  text
} from '../../http/schemas.ts'
import { markField } from '../desk/marks/schema.ts'

const relation = choice([
  'said',
  'told',
  'wrote',
  'reported',
  'first_reported',
  'confirmed',
  'published',
  'provided'
])
const terms = choice(['on_record', 'background', 'deep_background'])
const claim = text(5000, {
  description: 'Words of the article that rest on somebody: what a quote is not.',
  examples: ['the ferry will stop before summer']
})

const Unnamed = strict(
  {
    description: text(500, { examples: ['one harbour board official'] }),
    count: optionalNullable(Type.Integer({ minimum: 1, maximum: 1000 })),
    reason: optionalNullable(text(1000, { description: 'Why the source is not named, for the readers.' })),
    basis: optionalNullable(choice(['fact', 'opinion']))
  },
  { description: 'A source that is not named. There is no field for the name: identity is never stored.' }
)

const hop = (sourceId: ReturnType<typeof id>) => ({
  sourceId: Type.Optional(sourceId),
  articleId: Type.Optional({
    ...id('art'),
    description: 'An article of ours: the chain goes on with what that one says according to whom.'
  }),
  unnamed: Type.Optional(Unnamed),
  relation,
  url: optionalNullable({ ...HttpUrl, description: 'Where it was said or published.' }),
  at: optionalNullable({ ...Instant, description: 'When it was said or published.' }),
  positionToKnow: optionalNullable(
    text(500, {
      description: 'Why the source is in a position to know it, for the readers.',
      examples: ['She ran the harbour for nine years.']
    })
  )
})
const origins = ['sourceId', 'articleId', 'unnamed']
const oneOrigin = origins.map((name) => ({ required: [name] }))

export const NewHop = strict(
  { ...hop(reference('src')), terms: Type.Optional(terms) },
  {
    $id: 'NewHop',
    description:
      'One step towards the origin: a source, an article of ours, or a source that is not named. With a `url` and none of them, it is the article or the source that has this address.',
    oneOf: [...oneOrigin, { required: ['url'], propertyNames: { not: { enum: origins } } }]
  }
)
export type NewHop = Static<typeof NewHop>

export const Hop = strict(
  { ...hop(id('src')), terms },
  {
    $id: 'Hop',
    description:
      'One step from the reader towards the origin: a source that is named, one that is not, or an article of ours, in which the chain goes on.',
    oneOf: oneOrigin
  }
)
export type Hop = Static<typeof Hop>

/** The schema of a chain in inputs. */
export const hopsInput = {
  hops: Type.Array(ref(NewHop), {
    minItems: 1,
    maxItems: 20,
    examples: [[{ sourceId: 'src_01k9v3w8zhe5ra4gxm7y2bqd6c', relation: 'said' }]]
  })
}

export const NewAttribution = strict(
  { quoteId: optionalNullable(id('quo')), claim: optionalNullable(claim), ...hopsInput },
  {
    $id: 'NewAttribution',
    description: 'For a quote (`quoteId`) or for a claim in the text (`claim`): one of the two.',
    examples: [
      {
        claim: 'the ferry will stop before summer',
        hops: [
          { sourceId: 'src_01k9v3w8zhe5ra4gxm7y2bqd6c', relation: 'reported' },
          { unnamed: { description: 'two people briefed on the plan', count: 2 }, relation: 'told' }
        ]
      }
    ]
  }
)
export type NewAttribution = Static<typeof NewAttribution>
/** The claims of a whole story, and the attributions of its quotes. */
export const claimInput = { claim, ...hopsInput }

const fields = {
  id: id('att'),
  articleId: id('art'),
  quoteId: nullable(id('quo')),
  claim: nullable(claim),
  hops: Type.Array(ref(Hop), { description: 'Hop 0 is nearest the reader.' })
}
export const Attribution = strict(fields, {
  $id: 'Attribution',
  description: 'According to whom: the chain of hops from the reader back to the origin.'
})
export type Attribution = Static<typeof Attribution>

export const DraftAttribution = strict(
  { ...fields, ...deskFields, ...markField },
  { $id: 'DraftAttribution' }
)
export type DraftAttribution = Static<typeof DraftAttribution>

export const AttributionFilters = listQuery({
  article: filterValues(id('art')),
  quote: filterValues(id('quo')),
  source: filterValues(id('src')),
  relation: filterValues(relation),
  unnamed: Type.Optional(Type.Boolean({ description: 'Whether a hop of the chain is not named.' }))
})
export type AttributionFilters = Static<typeof AttributionFilters>
