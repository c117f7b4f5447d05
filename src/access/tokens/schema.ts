import { type Static, Type } from 'typebox'
import {
  choice,
  Instant,
  id,
  nullable,
  optionalNullable,
  pageQuery,
  strict,
  text
} from '../../http/schemas.ts'

export const Role = choice(['viewer', 'contributor', 'editor', 'moderator', 'admin'], {
  description:
    'viewer reads what the desk reads and writes nothing, contributor writes drafts, editor also publishes, moderator decides on comments, admin may do all.'
})
export type Role = Static<typeof Role>

const name = text(200, { description: 'Whose token it is; the change log names it.' })

export const NewToken = strict(
  { name, role: Role, expiresAt: optionalNullable(Instant) },
  {
    $id: 'NewToken',
    examples: [{ name: 'Newsroom editor', role: 'editor' }]
  }
)
export type NewToken = Static<typeof NewToken>

const first = { id: id('tok'), name, role: Role }
const last = {
  createdAt: Instant,
  expiresAt: nullable(Instant),
  revokedAt: nullable(Instant),
  prefix: nullable(
    Type.String({
      description: 'How its text begins; null for one that an older release issued.',
      examples: ['onr_Ab3x']
    })
  ),
  lastUsedAt: nullable(
    Type.String({
      format: 'date-time',
      maxLength: 40,
      description:
        'When it last let somebody in, give or take an hour; null before the first time. Public reads look at no token.',
      examples: ['2026-11-02T08:30:00.000Z']
    })
  ),
  previousUntil: nullable(
    Type.String({
      format: 'date-time',
      maxLength: 40,
      description: 'Until when the text before the last rotation holds; null when it ended at once.',
      examples: ['2026-11-02T09:30:00.000Z']
    })
  )
}
export const Token = strict({ ...first, ...last }, { $id: 'Token' })
export type Token = Static<typeof Token>

export const IssuedToken = strict(
  {
    ...first,
    token: Type.String({ description: 'Shown this once: only its SHA-256 is stored.' }),
    ...last
  },
  { $id: 'IssuedToken' }
)
export type IssuedToken = Static<typeof IssuedToken>

export const TokenRotation = strict(
  {
    grace: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 604_800,
        default: 0,
        description:
          'For how many seconds the text before holds beside the new one: up to a week, 0 for at once.'
      })
    )
  },
  { $id: 'TokenRotation', examples: [{ grace: 3600 }] }
)
export type TokenRotation = Static<typeof TokenRotation>

export const TokenQuery = pageQuery()
