// The delivery queue: claiming due deliveries with a lease, and recording their outcomes. Two processes never send the
// same delivery at once, and one that was claimed before a crash is sent again when its lease ends.
import { and, asc, eq, inArray, isNotNull, lt, lte, ne, notInArray } from 'drizzle-orm'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import { scheduleFirst } from '../log/outbox.ts'
import { changeOf } from '../log/store.ts'
import type { Outcome } from './send.ts'
import { disable } from './store.ts'

type Row = Tables['deliveries']['$inferSelect']

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** The delay after each failed attempt: about a day in all. */
const retryDelays = [5 * second, 30 * second, 2 * minute, 10 * minute, hour, 3 * hour, 8 * hour, 12 * hour]

/** How long a claim is valid, in ms; longer than an attempt may take. */
const lease = minute

/** How long finished deliveries are kept. */
const retention = 30 * day

const later = (now: string, ms: number) => new Date(Date.parse(now) + ms).toISOString()

const firstDueQuery = prepared(({ q, t: { deliveries: d } }) =>
  q
    .select({ nextAt: d.nextAt })
    .from(d)
    .where(isNotNull(d.nextAt))
    .orderBy(asc(d.nextAt))
    .limit(1)
    .prepare('first_due_delivery')
)

/** When the next delivery is due, except those of busy webhooks. */
export async function nextDue(db: Reader, busy: string[]): Promise<string | null> {
  const { deliveries: d } = db.t
  // After each commit it is asked, and hardly ever is a webhook busy.
  if (busy.length === 0) return (await firstDueQuery(db).execute())[0]?.nextAt ?? null
  const [row] = await db.q
    .select({ nextAt: d.nextAt })
    .from(d)
    .where(and(isNotNull(d.nextAt), notInArray(d.webhookId, busy)))
    .orderBy(asc(d.nextAt))
    .limit(1)
  return row?.nextAt ?? null
}

export type Claim = Awaited<ReturnType<typeof claim>>[number]

/** How much may be claimed. */
export interface Capacity {
  /** How many deliveries one transaction reads. */
  limit: number
  /** How many of the concurrent requests that all webhooks share are free. */
  shared: number
  /** Webhooks that are at their limit. */
  busy: string[]
  /** How many of one webhook, where `left` of the shared ones are free. */
  forWebhook(webhookId: string, left: number): number
}

/** Claims due deliveries within the capacity. */
export async function claim({ q, t, now }: Writer, { limit, shared, busy, forWebhook }: Capacity) {
  const { deliveries: d, webhooks: w, changes: c } = t
  const rows = await q
    .select({ id: d.id, attempts: d.attempts, webhookId: w.id, url: w.url, secrets: w.secrets, change: c })
    .from(d)
    .innerJoin(w, eq(w.id, d.webhookId))
    .innerJoin(c, eq(c.seq, d.seq))
    .where(and(lte(d.nextAt, now), notInArray(d.webhookId, busy)))
    .orderBy(asc(d.nextAt), asc(d.seq))
    .limit(limit)
  let left = shared
  const taken = [...Map.groupBy(rows, ({ webhookId }) => webhookId)].flatMap(([webhookId, some]) => {
    const claimed = some.slice(0, forWebhook(webhookId, left))
    left = Math.max(0, left - claimed.length)
    return claimed
  })
  for (const { id, attempts } of taken)
    await q
      .update(d)
      .set({ attempts: attempts + 1, nextAt: later(now, lease), lastAt: now })
      .where(eq(d.id, id))
  return taken.map(({ change, attempts, ...row }) => ({
    ...row,
    attempts: attempts + 1,
    change: changeOf(change)
  }))
}

/** A finished claim; without an outcome it is released as if it had not been claimed. */
export interface Finished {
  claim: Claim
  outcome: Outcome | undefined
}

/** Records the outcome of a claim, and makes the next delivery of its ordering key due. */
export async function complete(tx: Writer, { claim, outcome }: Finished) {
  const { q, t, now } = tx
  const { deliveries: d } = t
  const { id, attempts } = claim
  // Another process may have claimed it meanwhile, or it may be deleted.
  const [row] = await q
    .select()
    .from(d)
    .where(and(eq(d.id, id), eq(d.attempts, attempts), eq(d.status, 'pending')))
  if (row === undefined) return
  const set = outcome ? result(attempts, outcome, now) : { attempts: attempts - 1, nextAt: now }
  await q.update(d).set(set).where(eq(d.id, id))
  await scheduleFirst(tx, row.webhookId, row.articleId)
  if (outcome) await updateHealth(tx, row.webhookId, outcome)
}

/** The new state of a delivery after an outcome. */
function result(attempts: number, { status, error }: Outcome, now: string): Partial<Row> {
  const last = { lastStatus: status, lastError: error }
  if (error === null) return { ...last, status: 'delivered', nextAt: null }
  const pause = retryDelays[attempts - 1]
  if (pause === undefined) return { ...last, status: 'failed', nextAt: null }
  // Jitter of up to a tenth, so that deliveries which failed together are not retried together.
  return { ...last, nextAt: later(now, pause * (1 + Math.random() / 10)) }
}

/** Disables a webhook that answered 410 or has failed for a day. */
async function updateHealth(tx: Writer, id: string, { status, error }: Outcome) {
  const { q, t, now } = tx
  const { webhooks: w } = t
  const [webhook] = await q.select().from(w).where(eq(w.id, id))
  const failingSince = error === null ? null : (webhook!.failingSince ?? now)
  if (failingSince !== webhook!.failingSince) await q.update(w).set({ failingSince }).where(eq(w.id, id))
  if (status === 410) await disable(tx, webhook!, 'It answered 410: it wants to be told no more.')
  else if (failingSince !== null && later(failingSince, day) <= now)
    await disable(tx, webhook!, `Nothing could be delivered for a day. ${error}`)
}

/** Deletes some deliveries past their retention: more per transaction than are added meanwhile. */
export async function prune({ q, t, now }: Writer) {
  const { deliveries: d } = t
  const oldest = await q.select({ id: d.id }).from(d).orderBy(asc(d.id)).limit(50)
  const ids = oldest.map(({ id }) => id)
  await q
    .delete(d)
    .where(and(inArray(d.id, ids), lt(d.createdAt, later(now, -retention)), ne(d.status, 'pending')))
}
