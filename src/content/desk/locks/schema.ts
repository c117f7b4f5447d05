import { type Static, Type } from 'typebox'
import { Instant, strict } from '../../../http/schemas.ts'

export const Lock = strict(
  {
    holder: Type.String({ description: 'The name of the token it was taken with.' }),
    since: Instant,
    expiresAt: Instant,
    mine: Type.Boolean({ description: 'Whether the token that asks has this name.' })
  },
  {
    $id: 'Lock',
    description: 'Who is at work on an article. It is advice: no write is refused for it.',
    examples: [
      {
        holder: 'Mara',
        since: '2026-11-02T08:30:00.000Z',
        expiresAt: '2026-11-02T08:32:00.000Z',
        mine: true
      }
    ]
  }
)
export type Lock = Static<typeof Lock>

export const LockQuery = strict({
  break: Type.Optional(
    Type.Boolean({ description: 'Also when somebody else holds it: for an editor or an admin.' })
  )
})
