import { and, asc, desc, gt, inArray, lte, sql } from 'drizzle-orm'
import { insertNumbered } from '../../storage/columns/rows.ts'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import { type Action, type ChangeKind, eventOf } from './events.ts'
import { enqueueDeliveries, type OutboxEvent, subscribersOf } from './outbox.ts'
import type { Change, ChangeQuery } from './schema.ts'

/** An entry for the change log. */
export interface NewChange {
  action: Action
  kind: ChangeKind
  id: string
  articleId?: string | null
  version?: number | null
  /** Further data, depending on the action. */
  detail?: Record<string, unknown>
}

/** An entry with the event that it is to webhooks. */
interface Entry {
  row: Tables['changes']['$inferInsert']
  event: OutboxEvent['event']
}

/** The entries of a write that are not inserted yet, by the function that puts off its work. */
const pending = new WeakMap<Writer['beforeCommit'], Entry[]>()

/** How many entries are inserted, and told to webhooks, at once. */
const entriesAtOnce = 256

/** Appends to the change log, and enqueues the deliveries of the event. */
export const append = (tx: Writer, change: NewChange) => appendAll(tx, [change])

/**
 * Appends entries in their order, and enqueues the deliveries of their events: all of a write together, before it is committed.
 * On PostgreSQL at once: their numbers are waited for, so that what failed before is known to who wrote it.
 * Where the log is gathered there are none: only who knows that no webhook is enabled gathers it.
 */
export async function appendAll(tx: Writer, changes: NewChange[]) {
  const { actor, now } = tx
  const rows = changes.map(({ action, kind, id, articleId = null, version = null, detail = null }) => ({
    ...{ at: now, actor: actor.name, role: actor.role },
    ...{ action, kind, id, articleId, version, detail }
  }))
  if (tx.gathering?.take(tx.t.changes, rows)) return
  const entries = rows.map((row) => ({ row, event: eventOf(row.kind, row.action) }))
  if (!tx.answersAtOnce) return insert(tx, entries)
  const known = pending.get(tx.beforeCommit)
  if (known) for (const entry of entries) known.push(entry)
  else {
    pending.set(tx.beforeCommit, entries)
    tx.beforeCommit(() => insert(tx, entries))
  }
}

/** Inserts what this write has appended so far: before anything that reads the log in the same transaction. */
export async function insertPending(db: Reader | Writer) {
  if ('beforeCommit' in db) await insert(db, pending.get(db.beforeCommit) ?? [])
}

async function insert(tx: Writer, entries: Entry[]) {
  while (entries.length > 0) {
    const some = entries.splice(0, entriesAtOnce)
    const rows = some.map(({ row }) => row)
    const [numbers, subscribers] = await Promise.all([
      insertNumbered(tx, tx.t.changes, 'seq', rows),
      subscribersOf(tx)
    ])
    const events = some.map(({ row: { id, articleId }, event }, i) => ({
      ...{ seq: numbers[i]!, event, id },
      articleId: articleId ?? null
    }))
    await enqueueDeliveries(tx, subscribers, events)
  }
}

/** The names of the fields that differ between two versions of a record, as the detail of a change. */
export function changedFields(before: object, after: object) {
  const now = new Map(Object.entries(after))
  const fields = Object.entries(before).flatMap(([name, value]) =>
    JSON.stringify(value) === JSON.stringify(now.get(name)) ? [] : [name]
  )
  return { detail: { fields } }
}

/** A row in wire form. */
export const changeOf = ({ seq, at, actor, role, ...row }: Tables['changes']['$inferSelect']): Change => ({
  seq,
  at,
  actor: { name: actor, role: role as Change['actor']['role'] },
  event: eventOf(row.kind, row.action),
  action: row.action as Action,
  kind: row.kind as ChangeKind,
  id: row.id,
  articleId: row.articleId,
  version: row.version,
  detail: row.detail
})

/** How many rows a filtered page scans at most; changes of an article have an index. */
const maxScanned = 20_000

/** A page of changes, oldest first, and the `after` of the next one; null at the end of the log. */
export async function page(db: Reader, query: ChangeQuery) {
  const { after = 0, limit = 100, kind, action, article } = query
  const { changes } = db.t
  const end = after + maxScanned
  const rows = await db.q
    .select()
    .from(changes)
    .where(
      and(
        gt(changes.seq, after),
        article ? inArray(changes.articleId, article) : lte(changes.seq, end),
        kind && inArray(changes.kind, kind),
        action && inArray(changes.action, action)
      )
    )
    .orderBy(asc(changes.seq))
    .limit(limit + 1)
  const data = rows.slice(0, limit).map(changeOf)
  if (rows.length > limit) return { data, next: data.at(-1)!.seq }
  return { data, next: !article && end < (await latest(db)) ? end : null }
}

const latestQuery = prepared(({ q, t: { changes } }) =>
  q.select({ seq: changes.seq }).from(changes).orderBy(desc(changes.seq)).limit(1).prepare('latest_change')
)

/** The number of the latest change; 0 before the first. */
export async function latest(db: Reader): Promise<number> {
  const [row] = await latestQuery(db).execute()
  return row?.seq ?? 0
}

const followingQuery = prepared(({ q, t: { changes } }) =>
  q
    .select()
    .from(changes)
    .where(gt(changes.seq, sql.placeholder('after')))
    .orderBy(asc(changes.seq))
    .limit(sql.placeholder('limit'))
    .prepare('following_changes')
)

/** The changes after one, oldest first: a prepared statement, for event streams. */
export async function changesAfter(db: Reader, after: number, limit: number): Promise<Change[]> {
  return (await followingQuery(db).execute({ after, limit })).map(changeOf)
}
