import { and, asc, desc, gt, inArray, lte, sql } from 'drizzle-orm'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import { type Action, type ChangeKind, eventOf } from './events.ts'
import { enqueueDeliveries } from './outbox.ts'
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

const appendQuery = prepared(({ q, t: { changes } }: Writer) =>
  q
    .insert(changes)
    .values({
      at: sql.placeholder('at'),
      actor: sql.placeholder('actor'),
      role: sql.placeholder('role'),
      action: sql.placeholder('action'),
      kind: sql.placeholder('kind'),
      id: sql.placeholder('id'),
      articleId: sql.placeholder('articleId'),
      version: sql.placeholder('version'),
      // As JSON, or null: drizzle would write a placeholder of null as the JSON `null`.
      detail: sql`${sql.placeholder('detail')}`
    })
    .returning({ seq: changes.seq })
    .prepare('append_change')
)

/** Appends to the change log, and enqueues the deliveries of the event. */
export async function append(tx: Writer, change: NewChange) {
  const { actor, now } = tx
  const event = eventOf(change.kind, change.action)
  const { action, kind, id, articleId = null, version = null, detail } = change
  const told = detail === undefined ? null : JSON.stringify(detail)
  const what = { action, kind, id, articleId, version, detail: told }
  const [added] = await appendQuery(tx).execute({ at: now, actor: actor.name, role: actor.role, ...what })
  await enqueueDeliveries(tx, { ...change, seq: added!.seq, event })
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
