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
  description: 'For the desk only, never published.'
})
const key = text(200, {
  description: "The author's identity at the site; for the desk only, never published."
})
const words = text(10_000, {
  description: 'Plain text: nothing in it is ever markup.',
  examples: ['I take that ferry every day.']
})
const status = choice(['pending', 'approved', 'rejected'])
const reasons = Type.Array(text(200), { maxItems: 20 })

export const NewComment = strict(
  { parentId: maybe(id('com')), author: strict({ name, email: maybe(email), key: maybe(key) }), body: words },
  { $id: 'NewComment', examples: [{ author: { name: 'Ines' }, body: 'I take that ferry every day.' }] }
)
export type NewComment = Static<typeof NewComment>

/** What a moderator may change. */
export const EditedComment = strict(
  { author: strict({ name, email: maybe(email), key: maybe(key) }), body: words },
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
    author: strict({ name, email: nullable(email), key: nullable(key) }),
    status,
    reasons
  },
  { $id: 'DraftComment' }
)
export type DraftComment = Static<typeof DraftComment>

export const ThreadQuery = pageQuery()
export type ThreadQuery = Static<typeof ThreadQuery>

export const CommentFilters = listQuery({
  article: several(id('art')),
  parent: several(id('com')),
  status: several(choice(['pending', 'approved', 'rejected']), 'At the desk (`edition=draft`) only.')
})
export type CommentFilters = Static<typeof CommentFilters>
