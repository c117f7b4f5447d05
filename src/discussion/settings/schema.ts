import { type Static, Type } from 'typebox'
import { choice, Instant, nullable, strict } from '../../http/schemas.ts'

const integer = (minimum: number, maximum: number, standard: number, description: string) =>
  Type.Optional(Type.Integer({ minimum, maximum, default: standard, description }))
const flag = (description: string) => Type.Optional(Type.Boolean({ default: false, description }))
const limit = (count: number, description: string) =>
  Type.Optional(
    strict(
      {
        count: Type.Integer({ minimum: 1, maximum: 1000 }),
        seconds: Type.Integer({ minimum: 0, maximum: 86_400, description: '0 for no limit.' })
      },
      { default: { count, seconds: 60 }, description }
    )
  )

const properties = {
  mode: Type.Optional(
    choice(['open', 'premoderated', 'first', 'closed'], {
      default: 'premoderated',
      description: 'What holds for articles whose policy is `site`.'
    })
  ),
  closesAfterDays: Type.Optional(
    nullable(
      Type.Integer({
        minimum: 1,
        maximum: 36_500,
        default: null,
        description:
          'For how many days after it was first published an article takes comments; null for ever.'
      })
    )
  ),
  networkLimit: limit(
    30,
    'How many comments one network (an IPv4 address, or an IPv6 /64) may post in so many seconds.'
  ),
  authorLimit: limit(5, 'How many comments one author may post in so many seconds.'),
  maxLinks: integer(0, 1000, 2, 'A comment with more links than these is held.'),
  minLength: integer(1, 10_000, 1, 'How many characters a comment has at least.'),
  maxLength: integer(1, 10_000, 10_000, 'How many characters a comment has at most.'),
  minSeconds: integer(0, 600, 3, 'A comment that comes sooner after its form was fetched is held.'),
  requireForm: flag('Whether a comment must come with the `form` of the comment form.'),
  challenge: Type.Optional(
    choice(['off', 'on', 'auto'], {
      default: 'off',
      description: 'Whether a comment must come with a proof of work: never, always, or under attack (auto).'
    })
  ),
  attackedAt: integer(
    1,
    100_000,
    100,
    'The site is under attack while one of its processes refused or held so many comments within a minute.'
  ),
  difficulty: integer(
    100,
    50_000,
    5000,
    'What one attempt at a challenge costs, in iterations of PBKDF2; a solution takes 256 attempts on average.'
  ),
  reportsToHold: integer(1, 1000, 3, 'How many readers must report a comment to withdraw it to the queue.'),
  storeEmail: flag('Whether the e-mail addresses of authors are kept, encrypted, for moderators to read.'),
  errorReports: Type.Optional(
    Type.Boolean({
      default: true,
      description:
        'Whether readers may report errors in articles. Limits, proofs of work and blocked terms are those of comments.'
    })
  ),
  editMinutes: integer(0, 1440, 15, 'For how many minutes an author may edit or delete a comment.')
}

/** Settings to store; missing ones have their default. */
export const CommentSettings = strict(properties, {
  $id: 'CommentSettings',
  description: 'How the site takes comments. What is left out holds the default.',
  examples: [{ mode: 'first', closesAfterDays: 30, requireForm: true, challenge: 'auto' }]
})
export type CommentSettings = Static<typeof CommentSettings>

/** The effective settings. */
export type Settings = Required<CommentSettings>

export const CurrentSettings = strict(
  {
    ...Type.Required(CommentSettings).properties,
    version: Type.Integer({ minimum: 0, description: '0 until something was set.' }),
    updatedAt: nullable(Instant)
  },
  { $id: 'CurrentSettings' }
)
export interface CurrentSettings extends Settings {
  version: number
  updatedAt: string | null
}
