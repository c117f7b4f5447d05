import { type Static, Type } from 'typebox'
import { states } from '../../content/articles/schema.ts'
import { choice, Instant, nullable, optionalNullable, strict, text } from '../../http/schemas.ts'

const note = text(2000, { description: 'For the history.', examples: ['The board confirmed the number.'] })
const waive = Type.Array(
  strict({
    code: text(100, { description: 'The check that need not hold.' }),
    reason: text(1000, { description: 'Why; kept in the history.' })
  }),
  { maxItems: 50 }
)

export const Publication = strict(
  { note: optionalNullable(note), waive: Type.Optional(waive) },
  { $id: 'Publication', examples: [{ note: 'First edition.' }] }
)
export type Publication = Static<typeof Publication>
export type Waiver = NonNullable<Publication['waive']>[number]

export const Schedule = strict(
  {
    publishAt: optionalNullable({
      ...Instant,
      description: 'When the draft is published; for a published article, when its next edition is.'
    }),
    withdrawAt: optionalNullable({
      ...Instant,
      description: 'When it is withdrawn; of a published article this may be planned alone.'
    }),
    note: optionalNullable(note),
    waive: Type.Optional(waive)
  },
  { $id: 'Schedule', examples: [{ publishAt: '2035-03-01T06:00:00.000Z' }] }
)
export type Schedule = Static<typeof Schedule>

/** What a step may say of itself. */
export const Note = strict({ note: optionalNullable(note) }, { $id: 'Note', examples: [{ note: 'Ready.' }] })
export type Note = Static<typeof Note>
export const Return = strict({ note }, { $id: 'Return', examples: [{ note: 'Who counted the passengers?' }] })
export type Return = Static<typeof Return>
export const Withdrawal = strict(
  { reason: optionalNullable(note) },
  { $id: 'Withdrawal', examples: [{ reason: 'The source takes it back.' }] }
)
export type Withdrawal = Static<typeof Withdrawal>

export const Workflow = strict(
  {
    states: Type.Array(choice([...states])),
    steps: Type.Array(
      strict({
        name: Type.String(),
        from: Type.Array(choice([...states])),
        to: nullable(choice([...states])),
        roles: Type.Array(Type.String(), { description: 'Who may take it.' }),
        writes: Type.String()
      })
    )
  },
  { $id: 'Workflow', description: 'The states of an article, and the steps from one to another.' }
)
