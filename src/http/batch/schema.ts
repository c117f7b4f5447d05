import { type Static, Type } from 'typebox'
import { choice, Key, strict } from '../schemas.ts'

/** The number of operations in a batch. */
const maxOperations = 100

const Operation = strict({
  method: choice(['POST', 'PUT', 'PATCH', 'DELETE']),
  path: Type.String({
    pattern: '^/v1/',
    maxLength: 2000,
    description:
      'Where it would be sent alone. `$key` stands for the id of what was made under that key before.',
    examples: ['/v1/articles/$ferry/publish']
  }),
  ifMatch: Type.Optional(
    Type.String({
      pattern: '^[\\x20-\\x7e]*$',
      maxLength: 1000,
      description: 'What `If-Match` would be: the ETag of the draft you read, or `*`.'
    })
  ),
  body: Type.Optional(
    Type.Unsafe<unknown>({
      description:
        'What would be sent as JSON. A text `$key` stands for the id of what was made under that key before.'
    })
  ),
  key: Type.Optional(Key)
})
export type Operation = Static<typeof Operation>

export const Batch = strict(
  { operations: Type.Array(Operation, { minItems: 1, maxItems: maxOperations }) },
  {
    $id: 'Batch',
    description: 'Operations in the order they are done: all of them, or none.',
    examples: [
      {
        operations: [
          {
            method: 'POST',
            path: '/v1/sources',
            body: { kind: 'person', name: 'Mara Lindqvist' },
            key: 'mara'
          },
          {
            method: 'POST',
            path: '/v1/articles',
            body: { title: 'Late ferry', bylines: [{ sourceId: '$mara', name: 'Mara Lindqvist' }] },
            key: 'ferry'
          },
          { method: 'POST', path: '/v1/articles/$ferry/publish' }
        ]
      }
    ]
  }
)
export type Batch = Static<typeof Batch>

const Result = strict({
  status: Type.Integer({ minimum: 200, maximum: 299 }),
  etag: Type.Optional(Type.String()),
  location: Type.Optional(Type.String()),
  body: Type.Optional(Type.Unsafe<unknown>({ description: 'What it was answered, where that was anything.' }))
})
export type Result = Static<typeof Result>

export const Results = strict(
  { results: Type.Array(Result, { description: 'One for each operation, in their order.' }) },
  { $id: 'Results' }
)
