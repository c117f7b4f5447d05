// What the database says of how things stand, for those who watch. Each is one look into an index.
import { count, eq, isNotNull, min } from 'drizzle-orm'
import { prepared, type Reader } from '../../storage/database.ts'

const anyQuery = prepared(({ q, t: { tokens } }) =>
  q.select({ id: tokens.id }).from(tokens).limit(1).prepare('any_token')
)

/** Reads something. Throws when the database does not answer. */
export const read = (db: Reader) => anyQuery(db).execute()

const pendingQuery = prepared(({ q, t: { comments } }) =>
  q
    .select({ total: count() })
    .from(comments)
    .where(eq(comments.status, 'pending'))
    .prepare('comments_pending')
)

/** How many comments wait for a moderator. */
export const pendingComments = async (db: Reader) => (await pendingQuery(db).execute())[0]!.total

const deliveriesQuery = prepared(({ q, t: { deliveries: d } }) =>
  q
    .select({ total: count(), first: min(d.nextAt) })
    .from(d)
    .where(isNotNull(d.nextAt))
    .prepare('deliveries_waiting')
)

/** How many deliveries to webhooks have their time, and when the first does. */
export const waitingDeliveries = async (db: Reader) => (await deliveriesQuery(db).execute())[0]!
