import { type Static, Type } from 'typebox'
import { choice, Instant, id, maybe, nullable, pageQuery, strict, text } from '../schemas.ts'

export const Role = choice(['contributor', 'editor', 'moderator', 'admin'], {
  description:
    'contributor writes drafts, editor also publishes, moderator decides on comments, admin may do all.'
})
export type Role = Static<typeof Role>

const name = text(200, { description: 'Whose token it is; the change log names it.' })

export const NewToken = strict(
  { name, role: Role, expiresAt: maybe(Instant) },
  {
    $id: 'NewToken',
    examples: [{ name: 'Newsroom editor', role: 'editor' }]
  }
)
export type NewToken = Static<typeof NewToken>

const fields = {
  id: id('tok'),
  name,
  role: Role,
  createdAt: Instant,
  expiresAt: nullable(Instant),
  revokedAt: nullable(Instant)
}
export const Token = strict(fields, { $id: 'Token' })
export type Token = Static<typeof Token>

export const IssuedToken = strict(
  { ...fields, token: Type.String({ description: 'Shown this once: only its SHA-256 is stored.' }) },
  { $id: 'IssuedToken' }
)
export type IssuedToken = Static<typeof IssuedToken>

export const TokenQuery = pageQuery()
