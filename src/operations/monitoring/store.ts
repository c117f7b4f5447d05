// Queries for monitoring, each answered from an index.
import { count, eq, isNotNull, min } from 'drizzle-orm'
import { prepared, type Reader } from '../../storage/database.ts'

const anyQuery = prepared(({ q, t: { tokens } }) =>
  q.select({ id: tokens.id }).from(tokens).limit(1).prepare('any_token')
)

/** A trivial read. Throws when the database does not answer. */
export const ping = (db: Reader) => anyQuery(db).execute()

const pendingQuery = prepared(({ q, t: { comments } }) =>
  q
    .select({ total: count() })
    .from(comments)
    .where(eq(comments.status, 'pending'))
    .prepare('comments_pending')
)

/** The number of pending comments. */
export const pendingComments = async (db: Reader) => (await pendingQuery(db).execute())[0]!.total

const deliveriesQuery = prepared(({ q, t: { deliveries: d } }) =>
  q
    .select({ total: count(), first: min(d.nextAt) })
    .from(d)
    .where(isNotNull(d.nextAt))
    .prepare('deliveries_waiting')
)

/** The number of deliveries in the queue, and when the first is due. */
export const waitingDeliveries = async (db: Reader) => (await deliveriesQuery(db).execute())[0]!
