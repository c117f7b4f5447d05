import { and, count, desc, eq, lt } from 'drizzle-orm'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { newId } from '../../http/ids.ts'
import { found, HttpProblem, unprocessable } from '../../http/problems.ts'
import type { Reader, Tables, Writer } from '../../storage/database.ts'
import * as changes from '../log/store.ts'
import { type Allows, urlFault } from './addresses.ts'
import type { IssuedWebhook, NewWebhook, Webhook } from './schema.ts'
import { rotateSecrets } from './signing.ts'

type Row = Tables['webhooks']['$inferSelect']

/** The number of webhooks is limited: each adds a row to the writes of every change. */
const maxWebhooks = 100

const toWebhook = ({ secrets, ...row }: Row): Webhook => ({
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

const issued = (row: Row): IssuedWebhook => ({ ...toWebhook(row), secret: row.secrets[0]!.secret })

export async function row({ q, t }: Reader, id: string): Promise<Row | undefined> {
  const [found] = await q.select().from(t.webhooks).where(eq(t.webhooks.id, id))
  return found
}

export async function byId(db: Reader, id: string): Promise<Webhook | undefined> {
  const found = await row(db, id)
  return found && toWebhook(found)
}

/** Newest first. */
export async function list({ q, t }: Reader, limit: number, after?: string): Promise<Webhook[]> {
  const older = after === undefined ? undefined : lt(t.webhooks.id, after)
  const rows = await q.select().from(t.webhooks).where(older).orderBy(desc(t.webhooks.id)).limit(limit)
  return rows.map(toWebhook)
}

function checkUrl({ url }: NewWebhook, allows: Allows) {
  const fault = urlFault(new URL(url), allows, 'ONRECORD_WEBHOOK_PRIVATE')
  if (fault !== undefined) throw unprocessable('/url', `The address ${fault}`)
}

/** Creates a webhook with its secret. Throws 422 for a URL that is not allowed, 409 at the limit. */
export async function create(tx: Writer, input: NewWebhook, allows: Allows): Promise<IssuedWebhook> {
  const { q, t, now } = tx
  checkUrl(input, allows)
  const [existing] = await q.select({ webhooks: count() }).from(t.webhooks)
  if (existing!.webhooks >= maxWebhooks)
    throw new HttpProblem('conflict', `There are ${maxWebhooks} webhooks already.`)
  const id = newId('whk')
  const { url, events = [] } = input
  const [added] = await q
    .insert(t.webhooks)
    .values({ id, url, events, secrets: rotateSecrets([], now), version: 1, createdAt: now, updatedAt: now })
    .returning()
  await changes.append(tx, { action: 'create', kind: 'webhook', id, version: 1 })
  return issued(added!)
}

/** Updates a webhook by `edit`. Throws 404, 412, 422, and what `edit` throws. */
export async function change(
  tx: Writer,
  id: string,
  versions: Expected,
  edit: (now: NewWebhook) => NewWebhook,
  allows: Allows
): Promise<Webhook> {
  const before = checkVersion(await row(tx, id), versions, 'webhook')
  const { url, events = [] } = edit({ url: before.url, events: toWebhook(before).events })
  // An unchanged URL is not checked: its events can be changed even if it is no longer allowed. Sending checks it.
  if (url !== before.url) checkUrl({ url }, allows)
  return toWebhook(await write(tx, before, 'update', { url, events, version: before.version + 1 }))
}

/** Rotates the secret; the former one is used for another day. Throws 404. */
export async function rotate(tx: Writer, id: string): Promise<IssuedWebhook> {
  const before = found(await row(tx, id), 'webhook')
  return issued(await write(tx, before, 'rotate', { secrets: rotateSecrets(before.secrets, tx.now) }))
}

/** Enables a webhook, for changes from now on. Throws 404. */
export async function enable(tx: Writer, id: string): Promise<Webhook> {
  const before = found(await row(tx, id), 'webhook')
  const set = { disabledAt: null, disabledReason: null, failingSince: null }
  return toWebhook(await write(tx, before, 'enable', set))
}

/** Disables a webhook, and marks its pending deliveries as failed. */
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
  checkVersion(await row(tx, id), versions, 'webhook')
  await tx.q.delete(tx.t.webhooks).where(eq(tx.t.webhooks.id, id))
  await changes.append(tx, { action: 'delete', kind: 'webhook', id })
}
