import { type Static, Type } from 'typebox'
import { choice, Instant, id, nullable, ref, strict } from '../../http/schemas.ts'

export const Challenge = strict(
  {
    parameters: Type.Object(
      {
        algorithm: Type.String(),
        nonce: Type.String(),
        salt: Type.String(),
        cost: Type.Integer(),
        keyLength: Type.Integer(),
        keyPrefix: Type.String(),
        expiresAt: Type.Integer({ description: 'In seconds since 1970.' }),
        data: strict({ articleId: id('art') })
      },
      { additionalProperties: false }
    ),
    signature: Type.String()
  },
  {
    $id: 'Challenge',
    description: 'A challenge of ALTCHA (version 2): its widget and its libraries solve it.'
  }
)
export type Challenge = Static<typeof Challenge>

export const CommentForm = strict(
  {
    articleId: id('art'),
    mode: choice(['open', 'premoderated', 'first', 'closed'], {
      description:
        'Whether comments show at once, wait for a moderator, wait until their author had one approved, or are not taken.'
    }),
    open: Type.Boolean({ description: 'Whether comments are taken now.' }),
    closesAt: nullable(Instant),
    errorReports: Type.Boolean({
      description: 'Whether error reports are taken, for which this form is as well.',
      examples: [true]
    }),
    form: Type.String({
      description:
        'To be sent along with the comment: it shows when the form was fetched. It holds for a day.'
    }),
    honeypot: Type.String({
      description: 'The field to put into the form where no person sees it, and to send as it is: empty.'
    }),
    challengeRequired: Type.Boolean({
      description: 'Whether a comment must come with the solved challenge now.'
    }),
    challenge: nullable(ref(Challenge))
  },
  {
    $id: 'CommentForm',
    description: 'What a form for comments needs to know.',
    examples: [
      {
        articleId: 'art_01k9v3w8zhe5ra4gxm7y2bqd6c',
        mode: 'premoderated',
        open: true,
        closesAt: null,
        errorReports: true,
        form: '1793608200000.3kq0Jb3VtG9yYwU1n2m4Zg',
        honeypot: 'website',
        challengeRequired: false,
        challenge: null
      }
    ]
  }
)
export type CommentForm = Static<typeof CommentForm>
