import { and, asc, desc, gt, inArray, lte, sql } from 'drizzle-orm'
import { insertNumbered } from '../../storage/columns/rows.ts'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import { type Action, type ChangeKind, eventOf } from './events.ts'
import { enqueueDeliveries, subscribersOf } from './outbox.ts'
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

/** Appends to the change log, and enqueues the deliveries of the event. */
export const append = (tx: Writer, change: NewChange) => appendAll(tx, [change])

/**
 * Appends entries in their order, and enqueues the deliveries of their events. Where the log is gathered there are none:
 * only who knows that no webhook is enabled gathers it.
 */
export async function appendAll(tx: Writer, changes: NewChange[]) {
  const { actor, now } = tx
  const events = changes.map(({ kind, action }) => eventOf(kind, action))
  const rows = changes.map(({ action, kind, id, articleId = null, version = null, detail = null }) => ({
    ...{ at: now, actor: actor.name, role: actor.role },
    ...{ action, kind, id, articleId, version, detail }
  }))
  if (tx.gathering?.take(tx.t.changes, rows)) return
  const [numbers, subscribers] = await Promise.all([
    insertNumbered(tx, tx.t.changes, 'seq', rows),
    subscribersOf(tx)
  ])
  await enqueueDeliveries(
    tx,
    subscribers,
    changes.map((change, i) => ({ ...change, seq: numbers[i]!, event: events[i]! }))
  )
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
