import { type Static, Type } from 'typebox'
import { choice, Instant, ref, strict } from '../../http/schemas.ts'
import { Comment, editKey, email, hash, key, status, words } from '../comments/schema.ts'

export const EditedOwnComment = strict(
  { editKey, body: words },
  {
    $id: 'EditedOwnComment',
    examples: [
      { editKey: 'q3mJm1sV2vYyX9m0b5oT4hZ8kLr7cWfQe6nUaGdPiSx', body: 'I take that ferry every week.' }
    ]
  }
)
export type EditedOwnComment = Static<typeof EditedOwnComment>

export const NewOwnDeletion = strict(
  { editKey },
  { $id: 'NewOwnDeletion', examples: [{ editKey: 'q3mJm1sV2vYyX9m0b5oT4hZ8kLr7cWfQe6nUaGdPiSx' }] }
)
export type NewOwnDeletion = Static<typeof NewOwnDeletion>

/** The answer to an author's edit. */
export const OwnComment = strict({ ...Comment.properties, status }, { $id: 'OwnComment' })
export type OwnComment = Static<typeof OwnComment>

export const NewLookup = strict(
  { key: Type.Optional(key), email: Type.Optional(email) },
  { $id: 'NewLookup', minProperties: 1, examples: [{ email: 'ines@mail.example' }] }
)
export type NewLookup = Static<typeof NewLookup>

const number = Type.Integer({ minimum: 0 })

export const CommentAuthor = strict(
  {
    key: hash,
    of: choice(['author', 'email'], {
      description:
        'Whether it is the hash of an author’s key, or of an e-mail address, which anybody may give.'
    }),
    comments: strict({ pending: number, approved: number, rejected: number, spam: number }),
    errorReports: Type.Integer({
      minimum: 0,
      description: 'How many errors they reported in articles.',
      examples: [1]
    }),
    firstAt: Instant,
    lastAt: Instant,
    banned: Type.Boolean({ description: 'Whether a ban on this author stands.' })
  },
  { $id: 'CommentAuthor', description: 'What is kept of somebody who commented, or reported an error.' }
)
export type CommentAuthor = Static<typeof CommentAuthor>

export const CommentAuthors = strict(
  { data: Type.Array(ref(CommentAuthor), { description: 'Every hash that is known of them, 100 at most.' }) },
  { $id: 'CommentAuthors' }
)

export const Erased = strict(
  {
    deleted: Type.Integer({ minimum: 0, description: 'How many comments are gone.' }),
    emptied: Type.Integer({
      minimum: 0,
      description: 'Of how many only the place is left: others answered.'
    }),
    errorReports: Type.Integer({
      minimum: 0,
      description: 'How many of their reports of errors are gone.',
      examples: [1]
    })
  },
  { $id: 'Erased' }
)
export type Erased = Static<typeof Erased>
