// The transactional outbox of webhooks: a delivery for each subscriber, written in the transaction of the change
// itself, so that none is lost and none is sent for a change that was rolled back.
import { and, asc, eq, isNull } from 'drizzle-orm'
import { newId } from '../../http/ids.ts'
import { prepared, type Writer } from '../../storage/database.ts'

/** An event to deliver. */
export interface OutboxEvent {
  seq: number
  event: string
  /** The record that was changed. */
  id: string
  articleId?: string | null
}

const enabledQuery = prepared(({ q, t: { webhooks } }) =>
  q
    .select({ id: webhooks.id, events: webhooks.events })
    .from(webhooks)
    .where(isNull(webhooks.disabledAt))
    .prepare('webhooks_listening')
)

/** Whether a webhook subscribes to an event; an empty list means all. */
export const subscribesTo = (events: string[], event: string) => events.length === 0 || events.includes(event)

/** Whether a webhook is enabled. */
export const hasListeners = async (db: Writer) => (await enabledQuery(db).execute()).length > 0

/** The webhooks that are told of events. */
export const subscribersOf = (tx: Writer) => enabledQuery(tx).execute()

/** Enqueues a delivery of each event for every one of these webhooks that subscribes to it. */
export async function enqueueDeliveries(
  tx: Writer,
  subscribers: { id: string; events: string[] }[],
  events: OutboxEvent[]
) {
  for (const webhook of subscribers)
    await enqueue(
      tx,
      webhook.id,
      events.filter(({ event }) => subscribesTo(webhook.events, event))
    )
}

/** Enqueues deliveries for one webhook; those that were made before are sent again. */
export async function enqueue(tx: Writer, webhookId: string, events: OutboxEvent[]) {
  if (events.length === 0) return
  const { deliveries: d } = tx.t
  const reset = { status: 'pending' as const, attempts: 0, nextAt: null, lastStatus: null, lastError: null }
  const rows = events.map(({ seq, event, id, articleId }) => ({
    ...{ id: newId('dlv'), webhookId, seq, event, articleId: articleId ?? id, createdAt: tx.now },
    ...reset
  }))
  await tx.q
    .insert(d)
    .values(rows)
    .onConflictDoUpdate({ target: [d.webhookId, d.seq], set: reset })
  for (const orderingKey of new Set(rows.map(({ articleId }) => articleId)))
    await scheduleFirst(tx, webhookId, orderingKey)
}

/** Makes the first pending delivery of an ordering key due. Later ones of the key wait for it. */
export async function scheduleFirst({ q, t, now }: Writer, webhookId: string, orderingKey: string) {
  const { deliveries: d } = t
  const [first] = await q
    .select({ id: d.id, nextAt: d.nextAt })
    .from(d)
    .where(and(eq(d.webhookId, webhookId), eq(d.articleId, orderingKey), eq(d.status, 'pending')))
    .orderBy(asc(d.seq))
    .limit(1)
  if (first && first.nextAt === null) await q.update(d).set({ nextAt: now }).where(eq(d.id, first.id))
}
