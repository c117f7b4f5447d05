import { type Static, Type } from 'typebox'
import {
  choice,
  Instant,
  id,
  nullable,
  optionalNullable,
  pageQuery,
  strict,
  text
} from '../../http/schemas.ts'
import { reasons, status } from '../comments/schema.ts'

const note = text(2000, { description: 'For the other moderators.', examples: ['Third time this week.'] })

/** A moderator's decision. */
export const decisionNames = ['approve', 'reject', 'spam', 'restore'] as const
export type DecisionName = (typeof decisionNames)[number]

export const NewDecision = strict(
  { reasons: Type.Optional(reasons), note: optionalNullable(note) },
  { $id: 'NewDecision', examples: [{ reasons: ['off topic'] }] }
)
export type NewDecision = Static<typeof NewDecision>

export const NewDecisions = strict(
  {
    decision: choice([...decisionNames]),
    ids: Type.Array(id('com'), { minItems: 1, maxItems: 100, uniqueItems: true }),
    reasons: Type.Optional(reasons),
    note: optionalNullable(note)
  },
  {
    $id: 'NewDecisions',
    examples: [{ decision: 'spam', ids: ['com_01k9v3w8zhe5ra4gxm7y2bqd6c'] }]
  }
)
export type NewDecisions = Static<typeof NewDecisions>

export const Decided = strict(
  {
    results: Type.Array(
      strict({
        id: id('com'),
        status: nullable(status),
        version: nullable(Type.Integer({ minimum: 1 })),
        detail: nullable(Type.String({ description: 'Why it was not done; null where it was.' }))
      }),
      { description: 'One for each id, in their order.' }
    )
  },
  { $id: 'Decided' }
)
export type Decided = Static<typeof Decided>

export const CommentDecision = strict(
  {
    seq: Type.Integer({ minimum: 1 }),
    at: Instant,
    actor: Type.String({
      description: 'Whose token it was; `anonymous` for its author, `reports` for readers.'
    }),
    decision: choice([...decisionNames, 'edit', 'hold']),
    before: status,
    after: status,
    reasons,
    note: nullable(note)
  },
  { $id: 'CommentDecision', description: 'What was decided on a comment, or changed in it.' }
)
export type CommentDecision = Static<typeof CommentDecision>

export const DecisionQuery = pageQuery()
export type DecisionQuery = Static<typeof DecisionQuery>
