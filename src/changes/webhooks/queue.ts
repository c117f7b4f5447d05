// What is to be sent next, and what came of it. A delivery that is claimed is nobody else's until its lease is over:
// two processes never send the same at once, and what one took with it into a crash is sent again.
import { and, asc, eq, inArray, isNotNull, lt, lte, ne, notInArray } from 'drizzle-orm'
import type { Reader, Tables, Writer } from '../../storage/database.ts'
import { advance } from '../log/outbox.ts'
import { changeOf } from '../log/store.ts'
import type { Outcome } from './send.ts'
import { disable } from './store.ts'

type Row = Tables['deliveries']['$inferSelect']

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** How long is waited after each attempt: it is tried for a day. */
const pauses = [5 * second, 30 * second, 2 * minute, 10 * minute, hour, 3 * hour, 8 * hour, 12 * hour]

/** For how long a claim holds; longer than an attempt may take. */
const lease = minute

/** How long it is remembered what was told. */
const memory = 30 * day

const later = (now: string, ms: number) => new Date(Date.parse(now) + ms).toISOString()

/** When the next delivery is due that is not for one of these webhooks. */
export async function nextDue({ q, t: { deliveries: d } }: Reader, busy: string[]): Promise<string | null> {
  const [row] = await q
    .select({ nextAt: d.nextAt })
    .from(d)
    .where(and(isNotNull(d.nextAt), notInArray(d.webhookId, busy)))
    .orderBy(asc(d.nextAt))
    .limit(1)
  return row?.nextAt ?? null
}

export type Claim = Awaited<ReturnType<typeof claim>>[number]

/** What may be claimed. */
export interface Room {
  /** How many deliveries one transaction looks at. */
  most: number
  /** How many places that all webhooks share are left. */
  shared: number
  /** The webhooks of which nothing may be claimed. */
  busy: string[]
  /** How much of one, where so many of the shared places are left. */
  of(webhookId: string, left: number): number
}

/** Takes deliveries that are due, as many as there is room for. */
export async function claim({ q, t, now }: Writer, { most, shared, busy, of }: Room) {
  const { deliveries: d, webhooks: w, changes: c } = t
  const rows = await q
    .select({ id: d.id, attempts: d.attempts, webhookId: w.id, url: w.url, secrets: w.secrets, change: c })
    .from(d)
    .innerJoin(w, eq(w.id, d.webhookId))
    .innerJoin(c, eq(c.seq, d.seq))
    .where(and(lte(d.nextAt, now), notInArray(d.webhookId, busy)))
    .orderBy(asc(d.nextAt), asc(d.seq))
    .limit(most)
  let left = shared
  const taken = [...Map.groupBy(rows, ({ webhookId }) => webhookId)].flatMap(([webhookId, some]) => {
    const claimed = some.slice(0, of(webhookId, left))
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

/** How a claim ended; without an outcome, it is given back as if it had not been taken. */
export interface Ended {
  claim: Claim
  outcome: Outcome | undefined
}

/** Notes down what came of a claim, and lets the next of its line be sent. */
export async function settle(tx: Writer, { claim, outcome }: Ended) {
  const { q, t, now } = tx
  const { deliveries: d } = t
  const { id, attempts } = claim
  // Somebody else may have it by now, or nobody any more.
  const [row] = await q
    .select()
    .from(d)
    .where(and(eq(d.id, id), eq(d.attempts, attempts), eq(d.status, 'pending')))
  if (row === undefined) return
  const set = outcome ? result(attempts, outcome, now) : { attempts: attempts - 1, nextAt: now }
  await q.update(d).set(set).where(eq(d.id, id))
  await advance(tx, row.webhookId, row.articleId)
  if (outcome) await judge(tx, row.webhookId, outcome)
}

/** What an outcome makes of a delivery. */
function result(attempts: number, { status, error }: Outcome, now: string): Partial<Row> {
  const last = { lastStatus: status, lastError: error }
  if (error === null) return { ...last, status: 'delivered', nextAt: null }
  const pause = pauses[attempts - 1]
  if (pause === undefined) return { ...last, status: 'failed', nextAt: null }
  // Up to a tenth more, so that what failed together does not come back together.
  return { ...last, nextAt: later(now, pause * (1 + Math.random() / 10)) }
}

/** Disables a webhook that is gone, or has failed for a day. */
async function judge(tx: Writer, id: string, { status, error }: Outcome) {
  const { q, t, now } = tx
  const { webhooks: w } = t
  const [webhook] = await q.select().from(w).where(eq(w.id, id))
  const failingSince = error === null ? null : (webhook!.failingSince ?? now)
  if (failingSince !== webhook!.failingSince) await q.update(w).set({ failingSince }).where(eq(w.id, id))
  if (status === 410) await disable(tx, webhook!, 'It answered 410: it wants to be told no more.')
  else if (failingSince !== null && later(failingSince, day) <= now)
    await disable(tx, webhook!, `Nothing could be delivered for a day. ${error}`)
}

/** Forgets some of what was told long ago: more than comes to it in the meantime. */
export async function forget({ q, t, now }: Writer) {
  const { deliveries: d } = t
  const oldest = await q.select({ id: d.id }).from(d).orderBy(asc(d.id)).limit(50)
  const ids = oldest.map(({ id }) => id)
  await q
    .delete(d)
    .where(and(inArray(d.id, ids), lt(d.createdAt, later(now, -memory)), ne(d.status, 'pending')))
}
