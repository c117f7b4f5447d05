import { type Static, Type } from 'typebox'
import {
  choice,
  filterValues,
  Instant,
  id,
  listQuery,
  nullable,
  optionalNullable,
  strict,
  text
} from '../../http/schemas.ts'
import { hash } from '../comments/schema.ts'

const kind = choice(['author', 'network'], {
  description: 'Whether comments of one author are not taken, or those from one network.'
})
const reason = text(1000, { examples: ['The same advertisement for the fifth time.'] })

export const NewBan = strict(
  {
    kind,
    value: Type.Optional(hash),
    commentId: Type.Optional(
      Type.String({ ...id('com'), description: 'Instead of `value`: whom this comment is from.' })
    ),
    reason: optionalNullable(reason),
    until: optionalNullable(Instant)
  },
  {
    $id: 'NewBan',
    examples: [
      { kind: 'author', commentId: 'com_01k9v3w8zhe5ra4gxm7y2bqd6c', until: '2035-03-01T06:00:00.000Z' }
    ]
  }
)
export type NewBan = Static<typeof NewBan>

export const Ban = strict(
  {
    id: id('ban'),
    kind,
    value: hash,
    reason: nullable(reason),
    until: nullable(Instant),
    actor: Type.String({ description: 'Whose token it was.' }),
    createdAt: Instant
  },
  { $id: 'Ban', description: 'Whose comments are not taken, until it ends or is lifted.' }
)
export type Ban = Static<typeof Ban>

const { edition: _, ...query } = listQuery({ kind: filterValues(kind) }).properties
export const BanQuery = strict(query)
export type BanQuery = Static<typeof BanQuery>
