import { and, count, desc, eq, lt } from 'drizzle-orm'
import { type Expected, guarded } from '../../http/etag.ts'
import { newId } from '../../http/ids.ts'
import { found, HttpProblem, unprocessable } from '../../http/problems.ts'
import type { Reader, Tables, Writer } from '../../storage/database.ts'
import * as changes from '../log/store.ts'
import { type Allows, objection } from './addresses.ts'
import { rotated } from './letter.ts'
import type { IssuedWebhook, NewWebhook, Webhook } from './schema.ts'

type Row = Tables['webhooks']['$inferSelect']

/** How many webhooks there may be: each is a row more to write for every change. */
const most = 100

const form = ({ secrets, ...row }: Row): Webhook => ({
  id: row.id,
  url: row.url,
  events: row.events as Webhook['events'],
  oldSecretUntil: secrets[1]?.expiresAt ?? null,
  failingSince: row.failingSince,
  disabledAt: row.disabledAt,
  disabledReason: row.disabledReason,
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt
})

const issued = (row: Row): IssuedWebhook => ({ ...form(row), secret: row.secrets[0]!.secret })

export async function row({ q, t }: Reader, id: string): Promise<Row | undefined> {
  const [found] = await q.select().from(t.webhooks).where(eq(t.webhooks.id, id))
  return found
}

export async function byId(db: Reader, id: string): Promise<Webhook | undefined> {
  const found = await row(db, id)
  return found && form(found)
}

/** Newest first. */
export async function list({ q, t }: Reader, limit: number, after?: string): Promise<Webhook[]> {
  const older = after === undefined ? undefined : lt(t.webhooks.id, after)
  const rows = await q.select().from(t.webhooks).where(older).orderBy(desc(t.webhooks.id)).limit(limit)
  return rows.map(form)
}

function checkUrl({ url }: NewWebhook, allows: Allows) {
  const fault = objection(url, allows)
  if (fault !== undefined) throw unprocessable('/url', `The address ${fault}`)
}

/** A new webhook with its secret. Throws 422 for an address it may not have, 409 when there are enough. */
export async function create(tx: Writer, input: NewWebhook, allows: Allows): Promise<IssuedWebhook> {
  const { q, t, now } = tx
  checkUrl(input, allows)
  const [there] = await q.select({ webhooks: count() }).from(t.webhooks)
  if (there!.webhooks >= most) throw new HttpProblem('conflict', `There are ${most} webhooks already.`)
  const id = newId('whk')
  const { url, events = [] } = input
  const [added] = await q
    .insert(t.webhooks)
    .values({ id, url, events, secrets: rotated([], now), version: 1, createdAt: now, updatedAt: now })
    .returning()
  await changes.append(tx, { action: 'create', kind: 'webhook', id, version: 1 })
  return issued(added!)
}

/** The webhook with what `edit` makes of it. Throws 404, 412, 422, and what `edit` throws. */
export async function change(
  tx: Writer,
  id: string,
  versions: Expected,
  edit: (now: NewWebhook) => NewWebhook,
  allows: Allows
): Promise<Webhook> {
  const before = guarded(await row(tx, id), versions, 'webhook')
  const { url, events = [] } = edit({ url: before.url, events: form(before).events })
  // An address that was allowed once can still be given other events; sending looks at it each time.
  if (url !== before.url) checkUrl({ url }, allows)
  return form(await write(tx, before, 'update', { url, events, version: before.version + 1 }))
}

/** Gives it a new secret; the one before signs for another day. Throws 404. */
export async function rotate(tx: Writer, id: string): Promise<IssuedWebhook> {
  const before = found(await row(tx, id), 'webhook')
  return issued(await write(tx, before, 'rotate', { secrets: rotated(before.secrets, tx.now) }))
}

/** Lets it be told again, of what happens from now on. Throws 404. */
export async function enable(tx: Writer, id: string): Promise<Webhook> {
  const before = found(await row(tx, id), 'webhook')
  const set = { disabledAt: null, disabledReason: null, failingSince: null }
  return form(await write(tx, before, 'enable', set))
}

/** Tells it of nothing any more; what it was still owed is given up. */
export async function disable(tx: Writer, before: Row, reason: string) {
  const { q, t, now } = tx
  await write(tx, before, 'disable', { disabledAt: now, disabledReason: reason })
  await q
    .update(t.deliveries)
    .set({ status: 'failed', nextAt: null })
    .where(and(eq(t.deliveries.webhookId, before.id), eq(t.deliveries.status, 'pending')))
}

async function write(
  tx: Writer,
  { id, version }: Row,
  action: changes.NewChange['action'],
  set: Partial<Row>
) {
  const { q, t, now } = tx
  const [after] = await q
    .update(t.webhooks)
    .set({ ...set, updatedAt: now })
    .where(eq(t.webhooks.id, id))
    .returning()
  await changes.append(tx, { action, kind: 'webhook', id, version: set.version ?? version })
  return after!
}

export async function remove(tx: Writer, id: string, versions: Expected) {
  guarded(await row(tx, id), versions, 'webhook')
  await tx.q.delete(tx.t.webhooks).where(eq(tx.t.webhooks.id, id))
  await changes.append(tx, { action: 'delete', kind: 'webhook', id })
}
