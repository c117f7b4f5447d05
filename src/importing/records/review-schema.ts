import { type Static, type TProperties, Type } from 'typebox'
import { claimInput, hopsInput } from '../../content/attributions/schema.ts'
import { creditInput } from '../../content/credits/schema.ts'
import { quoteInput } from '../../content/quotes/schema.ts'
import { sourceInput } from '../../content/sources/schema.ts'
import { choice, id, Key, strict } from '../../http/schemas.ts'

const decision = choice(['accept', 'correct', 'reject'], {
  description:
    '`accept` keeps the record as it is; where it was changed since it was read, it counts as corrected. `correct` changes what `correction` says. `reject` deletes it; the words stay in the body.'
})
const version = Type.Optional(
  Type.Integer({ minimum: 1, description: 'The version you saw: 412 where the record was changed since.' })
)
/** What is right instead: these fields take the place of those there are. */
const correctionOf = <T extends TProperties>(properties: T) =>
  Type.Optional(
    Type.Partial(Type.Object(properties), {
      additionalProperties: false,
      minProperties: 1,
      description: 'What is right: these fields take the place of those of the record.'
    })
  )
const decisionOn = (prefix: 'quo' | 'att' | 'src' | 'crd') => ({ id: id(prefix), decision, version })
const arrayOptions = (maxItems: number, description: string) => ({ maxItems, description })

export const ImportReview = strict(
  {
    quotes: Type.Optional(
      Type.Array(
        strict({ ...decisionOn('quo'), correction: correctionOf({ ...quoteInput, ...hopsInput }) }),
        arrayOptions(500, 'Decisions on quotes; `hops` takes the place of the first chain of a quote.')
      )
    ),
    claims: Type.Optional(
      Type.Array(
        strict({ ...decisionOn('att'), correction: correctionOf(claimInput) }),
        arrayOptions(500, 'Decisions on claims, by the ids of their attributions.')
      )
    ),
    credits: Type.Optional(
      Type.Array(
        strict({ ...decisionOn('crd'), correction: correctionOf(creditInput) }),
        arrayOptions(200, 'Decisions on media credits.')
      )
    ),
    sources: Type.Optional(
      Type.Array(
        strict({
          ...decisionOn('src'),
          correction: correctionOf(sourceInput),
          mergeInto: Type.Optional(
            Type.Unsafe<string>({
              ...id('src'),
              description:
                'With `accept`: it is this source, which the newsroom has. What names the new one in the draft names this one from now on, and the new one is deleted where nothing else names it.'
            })
          )
        }),
        arrayOptions(200, 'Decisions on sources; one that is still named by the draft cannot be rejected.')
      )
    ),
    newSources: Type.Optional(
      Type.Array(
        strict({ key: Type.Optional(Key), ...sourceInput }),
        arrayOptions(
          200,
          'Sources that the page names and nobody read; `hops` of corrections name them by `key`.'
        )
      )
    ),
    rest: Type.Optional(
      choice(['accept'], { description: 'Accepts every proposal that waits and is not named here.' })
    )
  },
  {
    $id: 'ImportReview',
    minProperties: 1,
    description: 'Decisions on what was read from a page: all are done, or none.',
    examples: [
      {
        quotes: [
          { id: 'quo_01k9v3w8zhe5ra4gxm7y2bqd6c', decision: 'accept' },
          {
            id: 'quo_01k9v3w8zhe5ra4gxm7y2bqd6d',
            decision: 'correct',
            correction: { hops: [{ unnamed: { description: 'one member of the board' }, relation: 'said' }] }
          }
        ],
        sources: [
          {
            id: 'src_01k9v3w8zhe5ra4gxm7y2bqd6c',
            decision: 'accept',
            mergeInto: 'src_01k9v3w8zhe5ra4gxm7y2bqd6b'
          }
        ],
        rest: 'accept'
      }
    ]
  }
)
export type ImportReview = Static<typeof ImportReview>
