// Reviews on the wire: articles that need one, because something they rest on no longer stands.
import { type Static, Type } from 'typebox'
import { Cause, reason } from '../../content/desk/marks/schema.ts'
import { choice, filterValues, Instant, id, nullable, ref, strict, text } from '../../http/schemas.ts'

export const NewDoubt = strict(
  { reason },
  { $id: 'NewDoubt', examples: [{ reason: 'He was not at the meeting.' }] }
)
export type NewDoubt = Static<typeof NewDoubt>

const states = ['open', 'cleared', 'moot'] as const
const state = choice([...states], {
  description:
    '`open`: nobody has reviewed it; `cleared`: an editor did, or waived it at publishing; `moot`: it does not rest on it any more, or doubts have ended.',
  examples: ['open']
})
const note = text(1000, {
  description: 'What the review found.',
  examples: ['Two others told us the same.']
})

export const Review = strict(
  {
    id: id('rev'),
    articleId: id('art'),
    cause: ref(Cause),
    state,
    at: { ...Instant, description: 'When it was found that the article rests on it.' },
    note: nullable(note),
    clearedAt: nullable({ ...Instant, description: 'When it was cleared.' }),
    clearedBy: nullable(Type.String({ description: 'Who cleared it.', examples: ['The night desk'] }))
  },
  { $id: 'Review', description: 'A published article that rests on what no longer stands.' }
)
export type Review = Static<typeof Review>

export const ReviewQuery = strict({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  cursor: Type.Optional(text(500, { description: 'The `next` of the page before.' })),
  state: Type.Optional(choice([...states], { default: 'open', description: 'Which of them.' })),
  cause: filterValues(id('cau')),
  article: filterValues(id('art'))
})
export type ReviewQuery = Static<typeof ReviewQuery>

export const Clearance = strict(
  { note },
  { $id: 'Clearance', examples: [{ note: 'Two others told us the same.' }] }
)
export type Clearance = Static<typeof Clearance>
