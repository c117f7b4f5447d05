import { type Static, Type } from 'typebox'
import { choice, Instant, id, nullable, pageQuery, ref, strict } from '../../http/schemas.ts'
import { EventName } from '../log/schema.ts'

const Status = choice(['pending', 'delivered', 'failed'], {
  description: '`pending` is tried, or tried again, in its turn; `failed` was given up.'
})
const seq = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })

export const Delivery = strict(
  {
    id: Type.Unsafe<string>({ ...id('dlv'), description: 'The `webhook-id` it is sent with, each time.' }),
    webhookId: id('whk'),
    seq,
    event: ref(EventName),
    status: Status,
    attempts: Type.Integer({ minimum: 0 }),
    createdAt: Instant,
    nextAt: nullable(
      Type.String({
        description: 'When it is tried next; null while it waits for an earlier change of its article.'
      })
    ),
    lastAt: nullable(Instant),
    lastStatus: nullable(Type.Integer({ description: 'What was answered last.' })),
    lastError: nullable(Type.String())
  },
  { $id: 'Delivery', description: 'One change that is told to one webhook.' }
)
export type Delivery = Static<typeof Delivery>

export const DeliveryQuery = strict({ ...pageQuery().properties, status: Type.Optional(Status) })
export type DeliveryQuery = Static<typeof DeliveryQuery>

/** The longest range of a replay, in changes. */
export const maxReplay = 1000

export const NewReplay = strict(
  { fromSeq: seq, toSeq: seq },
  { $id: 'NewReplay', examples: [{ fromSeq: 4711, toSeq: 4720 }] }
)
export type NewReplay = Static<typeof NewReplay>

export const Replay = strict(
  { deliveries: Type.Integer({ minimum: 0, description: 'How many changes are told again.' }) },
  { $id: 'Replay' }
)
