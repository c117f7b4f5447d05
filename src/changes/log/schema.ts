import { type Static, Type } from 'typebox'
import { choice, filterValues, Instant, id, nullable, ref, strict } from '../../http/schemas.ts'
import { actions, changeKinds, eventNames } from './events.ts'

const seq = Type.Integer({ minimum: 1, description: 'Rises with every change; none is given twice.' })
const kind = choice(changeKinds)
const action = choice(actions)

export const EventName = choice(eventNames, {
  $id: 'EventName',
  description: 'The name of an event.',
  examples: ['article.published']
})

export const Change = strict(
  {
    seq,
    at: Instant,
    actor: strict({
      name: Type.String({ description: 'Whose token it was, or which part of the program.' }),
      role: nullable(
        choice(['viewer', 'contributor', 'editor', 'moderator', 'admin'], {
          description: 'The role of the token; null for readers and for what the program does by itself.'
        })
      )
    }),
    event: ref(EventName),
    action,
    kind,
    id: Type.String({
      description: 'The record that was changed.',
      examples: ['art_01k9v3w8zhe5ra4gxm7y2bqd6c']
    }),
    articleId: nullable(Type.String({ description: 'The article it belongs to.' })),
    version: nullable(Type.Integer({ minimum: 1, description: 'The version its draft has from then on.' })),
    detail: nullable(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'What else there is to say: a reason, an instant, the number of an edition.'
      })
    )
  },
  {
    $id: 'Change',
    description: 'One row of the change log. What was written is read at its own address.',
    examples: [
      {
        seq: 4711,
        at: '2026-11-02T08:30:00.000Z',
        actor: { name: 'The night desk', role: 'editor' },
        event: 'article.published',
        action: 'publish',
        kind: 'article',
        id: 'art_01k9v3w8zhe5ra4gxm7y2bqd6c',
        articleId: 'art_01k9v3w8zhe5ra4gxm7y2bqd6c',
        version: 7,
        detail: { edition: 1 }
      }
    ]
  }
)
export type Change = Static<typeof Change>

const after = Type.Integer({
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'The `seq` of the last change you have; 0 for the beginning.'
})

export const ChangeQuery = strict({
  after: Type.Optional(after),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 100 })),
  kind: filterValues(kind),
  action: filterValues(action),
  article: filterValues(id('art'))
})
export type ChangeQuery = Static<typeof ChangeQuery>

export const StreamQuery = strict({ after: Type.Optional(after) })

export const ChangePage = strict({
  data: Type.Array(ref(Change)),
  next: nullable(
    Type.Integer({ description: 'The `after` of the next page; null where these are the latest for now.' })
  )
})
