// Deliveries of a webhook: listing and replaying them.
import { and, asc, between, desc, eq, lt } from 'drizzle-orm'
import { found, HttpProblem, unprocessable } from '../../http/problems.ts'
import type { Reader, Tables, Writer } from '../../storage/database.ts'
import { eventOf } from '../log/events.ts'
import { enqueue, subscribesTo } from '../log/outbox.ts'
import * as webhooks from '../webhooks/store.ts'
import { type Delivery, type DeliveryQuery, maxReplay, type NewReplay } from './schema.ts'

const toDelivery = ({ articleId: _, ...row }: Tables['deliveries']['$inferSelect']): Delivery => ({
  ...row,
  event: row.event as Delivery['event']
})

/** The deliveries of a webhook, the latest change first, below the `seq` `before`. */
export async function list(
  { q, t }: Reader,
  id: string,
  { status }: DeliveryQuery,
  limit: number,
  before?: number
) {
  const { deliveries: d } = t
  const rows = await q
    .select()
    .from(d)
    .where(
      and(
        eq(d.webhookId, id),
        before === undefined ? undefined : lt(d.seq, before),
        status && eq(d.status, status)
      )
    )
    .orderBy(desc(d.seq))
    .limit(limit)
  return rows.map(toDelivery)
}

/** Sends one delivery again. Throws 404, and 409 for a disabled webhook. */
export async function replay(tx: Writer, webhookId: string, id: string): Promise<Delivery> {
  const { q, t } = tx
  const { deliveries: d } = t
  const matching = and(eq(d.id, id), eq(d.webhookId, webhookId))
  await enabledWebhook(tx, webhookId)
  const [row] = await q.select().from(d).where(matching)
  const { seq, event, articleId } = found(row, 'delivery')
  await enqueue(tx, webhookId, [{ seq, event, id: articleId }])
  const [after] = await q.select().from(d).where(matching)
  return toDelivery(after!)
}

/** Sends a range of changes, again or for the first time; answers the number of deliveries. Throws 404, 409, 422. */
export async function replayRange(
  tx: Writer,
  webhookId: string,
  { fromSeq, toSeq }: NewReplay
): Promise<number> {
  const { q, t } = tx
  if (toSeq < fromSeq)
    throw unprocessable('/toSeq', 'The range ends before it begins: `toSeq` is `fromSeq` or more.')
  if (toSeq - fromSeq >= maxReplay)
    throw unprocessable('/toSeq', `A replay spans ${maxReplay} changes at most.`)
  const { events } = await enabledWebhook(tx, webhookId)
  const rows = await q
    .select()
    .from(t.changes)
    .where(between(t.changes.seq, fromSeq, toSeq))
    .orderBy(asc(t.changes.seq))
  const wanted = rows
    .map((row) => ({ ...row, event: eventOf(row.kind, row.action) }))
    .filter(({ event }) => subscribesTo(events, event))
  await enqueue(tx, webhookId, wanted)
  return wanted.length
}

async function enabledWebhook(tx: Writer, id: string) {
  const webhook = found(await webhooks.row(tx, id), 'webhook')
  if (webhook.disabledAt !== null)
    throw new HttpProblem('conflict', 'The webhook is disabled: enable it first.')
  return webhook
}
