// Whom a change is to be told to: a row for each webhook that wants it, written in the transaction of the change
// itself, so that none is lost and none tells of what never was.
import { and, asc, eq, isNull } from 'drizzle-orm'
import { newId } from '../../http/ids.ts'
import { prepared, type Writer } from '../../storage/database.ts'

/** What is to be told. */
export interface Notification {
  seq: number
  event: string
  /** The record it is of. */
  id: string
  articleId?: string | null
}

const listeningQuery = prepared(({ q, t: { webhooks } }) =>
  q
    .select({ id: webhooks.id, events: webhooks.events })
    .from(webhooks)
    .where(isNull(webhooks.disabledAt))
    .prepare('webhooks_listening')
)

/** Whether a webhook of these events wants one of them. */
export const subscribesTo = (events: string[], event: string) => events.length === 0 || events.includes(event)

/** Owes these news to every webhook that wants them. */
export async function enqueueDeliveries(tx: Writer, news: Notification) {
  for (const { id, events } of await listeningQuery(tx).execute())
    if (subscribesTo(events, news.event)) await deliver(tx, id, [news])
}

/** Owes these news to one webhook: anew, where it has been told already. */
export async function deliver(tx: Writer, webhookId: string, news: Notification[]) {
  if (news.length === 0) return
  const { deliveries: d } = tx.t
  const again = { status: 'pending' as const, attempts: 0, nextAt: null, lastStatus: null, lastError: null }
  const rows = news.map(({ seq, event, id, articleId }) => ({
    ...{ id: newId('dlv'), webhookId, seq, event, articleId: articleId ?? id, createdAt: tx.now },
    ...again
  }))
  await tx.q
    .insert(d)
    .values(rows)
    .onConflictDoUpdate({ target: [d.webhookId, d.seq], set: again })
  for (const line of new Set(rows.map(({ articleId }) => articleId))) await advance(tx, webhookId, line)
}

/** Lets the first of a line be sent. The others have no time of their own: they wait for it. */
export async function advance({ q, t, now }: Writer, webhookId: string, line: string) {
  const { deliveries: d } = t
  const [first] = await q
    .select({ id: d.id, nextAt: d.nextAt })
    .from(d)
    .where(and(eq(d.webhookId, webhookId), eq(d.articleId, line), eq(d.status, 'pending')))
    .orderBy(asc(d.seq))
    .limit(1)
  if (first && first.nextAt === null) await q.update(d).set({ nextAt: now }).where(eq(d.id, first.id))
}
