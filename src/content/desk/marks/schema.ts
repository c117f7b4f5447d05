// What the drafts of published records tell of what they rest on, and sources of doubts about them.
import { type Static, Type } from 'typebox'
import { choice, Instant, id, nullable, ref, strict, text } from '../../../http/schemas.ts'

const causeKinds = ['retraction', 'correction', 'doubt'] as const
export type CauseKind = (typeof causeKinds)[number]

export const reason = text(1000, {
  description: 'Why it no longer stands.',
  examples: ['He was not at the meeting.']
})

const fields = {
  id: id('cau'),
  kind: choice([...causeKinds], {
    description:
      '`retraction`: an article was retracted; `correction`: a quote or a chain was corrected; `doubt`: a source is doubted.',
    examples: ['doubt']
  }),
  subjectId: Type.String({
    description: 'The article, quote, attribution or source that no longer stands.',
    examples: ['src_01k9v3w8zhe5ra4gxm7y2bqd6c']
  }),
  articleId: nullable({ ...id('art'), description: 'The article that was retracted or corrected.' }),
  reason,
  at: Instant,
  by: Type.String({ description: 'Whose token it was.', examples: ['The night desk'] }),
  endedAt: nullable({ ...Instant, description: 'When doubts ended, or a correction no longer said so.' })
}
export const Cause = strict(fields, { $id: 'Cause', description: 'Why articles need a review.' })
export type Cause = Static<typeof Cause>

export const Mark = strict(
  {
    ...fields,
    reviewId: nullable({ ...id('rev'), description: 'The review by which it is cleared; null for a moment.' })
  },
  { $id: 'Mark', description: 'Something that a published record rests on and that no longer stands.' }
)
export type Mark = Static<typeof Mark>

/** The marks of an article, a quote, an attribution. */
export const markField = {
  needsReview: Type.Optional(
    Type.Array(ref(Mark), {
      description:
        'What its published edition rests on and no longer stands; absent where it needs no review. Lists and writes do not tell.'
    })
  )
}

/** The doubts about a source. */
export const doubtField = {
  doubt: Type.Optional({
    ...ref(Cause),
    description: 'Why it is doubted, where it is. Lists and writes do not tell.'
  })
}
