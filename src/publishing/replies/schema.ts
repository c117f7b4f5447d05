import { type Static, Type } from 'typebox'
import {
  choice,
  deskFields,
  filterValues,
  Instant,
  id,
  nullable,
  optionalNullable,
  pageQuery,
  strict,
  text
} from '../../http/schemas.ts'

const exactlyOne = { minProperties: 1, maxProperties: 1 }
const name = text(300, {
  description: 'Who it is, where no source stands for them.',
  examples: ['Ida Quill']
})

/** Somebody whom the newsroom accuses or asks. */
const party = (description: string) =>
  Type.Unsafe<{ sourceId?: string; name?: string }>({
    ...strict({ sourceId: Type.Optional(id('src')), name: Type.Optional(name) }),
    ...exactlyOne,
    description,
    examples: [{ name: 'Ida Quill' }]
  })
const accused = party('Whom it accuses: a source, or a name.')
const person = party('Who is asked: a source, or a name.')
const statement = Type.Unsafe<{ quoteId?: string; attributionId?: string }>({
  ...strict({ quoteId: Type.Optional(id('quo')), attributionId: Type.Optional(id('att')) }),
  ...exactlyOne,
  description: 'The quote, or the claim by its attribution, that accuses.'
})
const note = text(5000, { description: 'For the desk only.', examples: ['Her lawyer writes for her.'] })

export const NewAllegation = strict(
  { statement, accused, note: optionalNullable(note) },
  {
    $id: 'NewAllegation',
    examples: [
      { statement: { attributionId: 'att_01k9v3w8zhe5ra4gxm7y2bqd6c' }, accused: { name: 'Ida Quill' } }
    ]
  }
)
export type NewAllegation = Static<typeof NewAllegation>

export const Allegation = strict(
  {
    id: id('alg'),
    articleId: id('art'),
    statement,
    accused,
    note: nullable(note),
    ...deskFields
  },
  {
    $id: 'Allegation',
    description: 'That words of an article accuse somebody, who should be heard before it is published.'
  }
)
export type Allegation = Static<typeof Allegation>

export const AllegationFilters = strict({
  ...pageQuery().properties,
  article: filterValues(id('art')),
  source: filterValues(id('src'), 'The source that is accused.')
})
export type AllegationFilters = Static<typeof AllegationFilters>

const states = ['asked', 'answered', 'declined'] as const
const state = choice([...states], {
  description: 'Whether an answer is awaited (asked), came (answered), or was refused (declined).'
})
const about = text(10_000, {
  description: 'What was asked, or put to them.',
  examples: ['Did the board see the report in March?']
})
const via = text(500, { description: 'How they were asked.', examples: ['E-mail to the press office'] })
const terms = choice(['on_record', 'background', 'deep_background'], {
  description: 'The terms of the answer. Who answers on background is not said to have declined.'
})
const deadline = { ...Instant, description: 'Until when an answer is awaited.' }
const askedAt = { ...Instant, description: 'When they were asked; now, if left out.' }
const repliedAt = {
  ...Instant,
  description: 'When they answered or declined; now, if left out once they did.'
}

export const NewReplyRequest = strict(
  {
    person,
    about: optionalNullable(about),
    via: optionalNullable(via),
    askedAt: optionalNullable(askedAt),
    deadline: optionalNullable(deadline),
    state: Type.Optional(state),
    repliedAt: optionalNullable(repliedAt),
    terms: optionalNullable(terms),
    note: optionalNullable(note)
  },
  {
    $id: 'NewReplyRequest',
    examples: [
      {
        person: { name: 'Ida Quill' },
        about: 'Did the board see the report in March?',
        via: 'E-mail to the press office',
        deadline: '2026-11-03T16:00:00.000Z'
      }
    ]
  }
)
export type NewReplyRequest = Static<typeof NewReplyRequest>

export const ReplyRequest = strict(
  {
    id: id('req'),
    articleId: id('art'),
    person,
    about: nullable(about),
    via: nullable(via),
    askedAt: { ...Instant, description: 'When they were asked.' },
    deadline: nullable(deadline),
    state,
    repliedAt: nullable({ ...Instant, description: 'When they answered or declined; null before.' }),
    terms: nullable(terms),
    note: nullable(note),
    ...deskFields
  },
  {
    $id: 'ReplyRequest',
    description: 'That somebody was asked to comment on what an article says. For the desk only.'
  }
)
export type ReplyRequest = Static<typeof ReplyRequest>

export const ReplyRequestFilters = strict({
  ...pageQuery().properties,
  article: filterValues(id('art')),
  source: filterValues(id('src'), 'The source that is asked.'),
  state: filterValues(choice([...states])),
  'deadline.lt': Type.Optional({ ...Instant, description: 'Whose deadline is before this instant.' })
})
export type ReplyRequestFilters = Static<typeof ReplyRequestFilters>
