import { type Static, Type } from 'typebox'
import {
  choice,
  deskFields,
  Instant,
  id,
  listQuery,
  maybe,
  nullable,
  pageQuery,
  several,
  strict,
  text
} from '../schemas.ts'

const name = text(100, { examples: ['Ines'] })
const email = Type.String({
  format: 'email',
  maxLength: 254,
  description:
    'Never published. Kept as a keyed hash, and in full only, encrypted, where the site asks for it.'
})
const key = Type.String({
  minLength: 16,
  maxLength: 200,
  description:
    'A secret that tells this author from others, kept as a keyed hash; who sends it again is the same author.'
})
const hash = Type.String({
  pattern: '^[A-Za-z0-9_-]{22}$',
  description: 'A keyed hash: the same for the same.'
})
const words = text(10_000, {
  description: 'Plain text: nothing in it is ever markup.',
  examples: ['I take that ferry every day.']
})
const statuses = ['pending', 'approved', 'rejected', 'spam'] as const
const status = choice([...statuses])
const reasons = Type.Array(text(200), { maxItems: 20 })

export const NewComment = strict(
  { parentId: maybe(id('com')), author: strict({ name, email: maybe(email), key: maybe(key) }), body: words },
  { $id: 'NewComment', examples: [{ author: { name: 'Ines' }, body: 'I take that ferry every day.' }] }
)
export type NewComment = Static<typeof NewComment>

/** What a moderator may change. */
export const EditedComment = strict(
  { author: strict({ name }), body: words },
  { $id: 'EditedComment', examples: [{ author: { name: 'Ines' }, body: 'I take that ferry every week.' }] }
)
export type EditedComment = Static<typeof EditedComment>

export const Rejection = strict(
  { reasons: Type.Optional(reasons) },
  {
    $id: 'Rejection',
    examples: [{ reasons: ['off topic'] }]
  }
)

const fields = {
  id: id('com'),
  articleId: id('art'),
  parentId: nullable(id('com')),
  depth: Type.Integer({ minimum: 1, maximum: 8 }),
  author: strict({ name }),
  body: words,
  createdAt: Instant,
  editedAt: nullable(Instant)
}
export const Comment = strict(fields, { $id: 'Comment', description: 'What a reader answered.' })
export type Comment = Static<typeof Comment>

/** What the reader who posted is told. */
export const PostedComment = strict({ ...fields, status }, { $id: 'PostedComment' })
export type PostedComment = Static<typeof PostedComment>

export const DraftComment = strict(
  {
    ...fields,
    ...deskFields,
    author: strict({
      name,
      key: nullable(hash),
      emailHash: nullable(hash),
      email: nullable(Type.String({ description: 'In full, where the site asks for it.' }))
    }),
    network: nullable(hash),
    status,
    reasons,
    rules: Type.Array(
      strict({
        rule: Type.String(),
        outcome: choice(['hold', 'spam']),
        matched: Type.String({ description: 'What of the comment, or around it, the rule found.' })
      }),
      { description: 'Which rules had something to say.' }
    ),
    reports: Type.Integer({
      minimum: 0,
      description: 'How many readers reported it since it was decided on.'
    })
  },
  { $id: 'DraftComment' }
)
export type DraftComment = Static<typeof DraftComment>

export const ThreadQuery = pageQuery()
export type ThreadQuery = Static<typeof ThreadQuery>

export const CommentFilters = listQuery({
  article: several(id('art')),
  parent: several(id('com')),
  status: several(choice([...statuses]), 'At the desk (`edition=draft`) only.')
})
export type CommentFilters = Static<typeof CommentFilters>
