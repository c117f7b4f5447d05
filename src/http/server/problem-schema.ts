// What a problem looks like. Not in problems.ts, which threads and processes load: TypeBox would take each of them 5 MB.
import { type Static, Type } from 'typebox'
import { strict, text } from '../schemas.ts'

const Fault = strict({
  pointer: Type.String({
    description: 'JSON Pointer (RFC 6901) to the place in the body, query, path or headers.'
  }),
  in: Type.Optional(
    Type.Unsafe<'query' | 'path' | 'headers'>({
      type: 'string',
      enum: ['query', 'path', 'headers'],
      description: 'Where, when not in the body.'
    })
  ),
  code: Type.Optional(
    text(100, {
      description:
        'Which check failed, where the problem is `checks-failed`; what is lost, where `strict=true` refuses it.'
    })
  ),
  detail: Type.String()
})
export type Fault = Static<typeof Fault>

export const Problem = strict(
  {
    type: Type.String({
      format: 'uri-reference',
      description: '`/problems/<kind>`, a page that explains it.'
    }),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String(),
    instance: Type.Optional(
      Type.String({ description: 'The request id. A 404 and a 410 carry it in `X-Request-Id` only.' })
    ),
    errors: Type.Optional(Type.Array(Fault)),
    problem: Type.Optional(
      Type.Unsafe<object>({
        $ref: 'Problem#',
        description: 'In a batch: what the operation that failed was answered.'
      })
    )
  },
  {
    $id: 'Problem',
    description: 'RFC 9457.',
    examples: [
      { type: '/problems/not-found', title: 'Not found', status: 404, detail: 'There is no such article.' }
    ]
  }
)
export type Problem = Static<typeof Problem>
