import { type Static, Type } from 'typebox'
import {
  choice,
  deskFields,
  filterValues,
  Instant,
  id,
  listQuery,
  nullable,
  optionalNullable,
  pageQuery,
  strict,
  text
} from '../../http/schemas.ts'

const name = text(100, { examples: ['Ines'] })
export const email = Type.String({
  format: 'idn-email',
  maxLength: 254,
  description:
    'Never published. Kept as a keyed hash, and in full only, encrypted, where the site asks for it.'
})
export const key = Type.String({
  minLength: 16,
  maxLength: 200,
  description:
    'A secret that tells this author from others, kept as a keyed hash; who sends it again is the same author.'
})
const website = Type.String({
  maxLength: 2000,
  description: 'A field that no person sees in the form, and none fills in.'
})
const form = Type.String({ maxLength: 200, description: 'The `form` of the comment form.' })
const proof = Type.String({
  maxLength: 4000,
  description:
    'The solved `challenge` of the comment form, as ALTCHA gives it: JSON of the challenge and its solution, in base64.'
})
export const hash = Type.String({
  pattern: '^[A-Za-z0-9_-]{22}$',
  description: 'A keyed hash: the same for the same.',
  examples: ['q3mJm1sV2vYyX9m0b5oT4h']
})
export const words = text(10_000, {
  description: 'Plain text: nothing in it is ever markup.',
  examples: ['I take that ferry every day.']
})
export const statuses = ['pending', 'approved', 'rejected', 'spam'] as const
export const status = choice([...statuses])
export const reasons = Type.Array(text(200), { maxItems: 20 })

export const editKey = Type.String({
  pattern: '^[A-Za-z0-9_-]{43}$',
  description:
    'With it the author may edit and delete the comment for some minutes. It is told this once: only its SHA-256 is kept.',
  examples: ['q3mJm1sV2vYyX9m0b5oT4hZ8kLr7cWfQe6nUaGdPiSx']
})

export const NewComment = strict(
  {
    parentId: optionalNullable(id('com')),
    author: strict({ name, email: optionalNullable(email), key: optionalNullable(key) }),
    body: words,
    website: optionalNullable(website),
    form: optionalNullable(form),
    proof: optionalNullable(proof)
  },
  { $id: 'NewComment', examples: [{ author: { name: 'Ines' }, body: 'I take that ferry every day.' }] }
)
export type NewComment = Static<typeof NewComment>

/** What a moderator may change. */
export const EditedComment = strict(
  { author: strict({ name }), body: words },
  { $id: 'EditedComment', examples: [{ author: { name: 'Ines' }, body: 'I take that ferry every week.' }] }
)
export type EditedComment = Static<typeof EditedComment>

const left = 'Empty where its author deleted it and replies stay.'
const shownName = Type.String({ maxLength: 100, description: left })

const fields = {
  id: id('com'),
  articleId: id('art'),
  parentId: nullable(id('com')),
  depth: Type.Integer({ minimum: 1, maximum: 8 }),
  author: strict({ name: shownName }),
  body: Type.String({ maxLength: 10_000, description: `Plain text: nothing in it is ever markup. ${left}` }),
  createdAt: Instant,
  editedAt: nullable(Instant)
}
export const Comment = strict(fields, { $id: 'Comment', description: 'What a reader answered.' })
export type Comment = Static<typeof Comment>

/** The answer to posting a comment. */
export const PostedComment = strict(
  {
    ...fields,
    status,
    editKey,
    authorKey: Type.Optional(
      Type.String({
        description:
          'A secret for who sent no `author.key`: keep it, and send it with the next comment to be known as the same author. It is shown this once.'
      })
    )
  },
  { $id: 'PostedComment' }
)
export type PostedComment = Static<typeof PostedComment>

export const DraftComment = strict(
  {
    ...fields,
    ...deskFields,
    author: strict({
      name: shownName,
      key: nullable(hash),
      emailHash: nullable(hash),
      email: nullable(
        Type.String({ description: 'In full, where the site keeps it; told where one comment is read.' })
      )
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

/** Parameters of the moderation queue only. */
const moderationFilters = {
  status: filterValues(choice([...statuses]), 'At the desk (`edition=draft`) only.'),
  author: filterValues(hash, 'The key of the author, as `author.key` shows it. At the desk only.'),
  emailHash: filterValues(hash, 'The hash of the e-mail address. At the desk only.'),
  network: filterValues(hash, 'The hash of the network. At the desk only.'),
  reported: Type.Optional(
    Type.Boolean({ description: 'Whether readers reported it since it was decided on. At the desk only.' })
  ),
  'createdAt.gte': Type.Optional(Instant),
  'createdAt.lt': Type.Optional(Instant),
  sort: Type.Optional(
    choice(['-createdAt', 'createdAt'], {
      description: 'At the desk only: newest first (when left out), or oldest first.'
    })
  )
}
export const moderationFilterNames = Object.keys(moderationFilters)

export const CommentFilters = listQuery({
  article: filterValues(id('art')),
  parent: filterValues(id('com')),
  ...moderationFilters
})
export type CommentFilters = Static<typeof CommentFilters>
