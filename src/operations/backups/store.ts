// Records of backups and exports. The files are handled by scheduler.ts.
import { and, asc, desc, eq, inArray, lt } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { newId } from '../../http/ids.ts'
import { found, HttpProblem } from '../../http/problems.ts'
import { type Copy, prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import type { Backup } from './schema.ts'

type Row = Tables['backups']['$inferSelect']
export type Kind = Row['kind']

/** The prefixes of their ids, and the ends of their files. */
const forms = { backup: ['bak', 'db'], export: ['exp', 'jsonl'] } as const

export async function byId({ q, t: { backups: b } }: Reader, id: string): Promise<Row | undefined> {
  const [row] = await q.select().from(b).where(eq(b.id, id))
  return row
}

/** Its wire form: what kind it is, its address tells. */
export const formOf = ({ kind: _, ...row }: Row): Backup => row

/** Newest first, removed ones too. */
export async function list(
  { q, t: { backups: b } }: Reader,
  kind: Kind,
  limit: number,
  after?: string
): Promise<Backup[]> {
  const older = after === undefined ? undefined : lt(b.id, after)
  const rows = await q
    .select()
    .from(b)
    .where(and(eq(b.kind, kind), older))
    .orderBy(desc(b.id))
    .limit(limit)
  return rows.map(formOf)
}

const openQuery = prepared(({ q, t: { backups: b } }) =>
  q
    .select()
    .from(b)
    .where(inArray(b.status, ['waiting', 'running']))
    .orderBy(asc(b.id))
    .prepare('backups_open')
)

/** Unfinished ones, oldest first. */
export const unfinished = (db: Reader): Promise<Row[]> => openQuery(db).execute()

const newestQuery = prepared(({ q, t: { backups: b } }) =>
  q
    .select({ createdAt: b.createdAt })
    .from(b)
    .where(eq(b.kind, 'backup'))
    .orderBy(desc(b.id))
    .limit(1)
    .prepare('backups_newest')
)

/** When the last one was requested, whatever its outcome. */
export async function lastRequestedAt(db: Reader): Promise<string | undefined> {
  const [row] = await newestQuery(db).execute()
  return row?.createdAt
}

/** Requests one; if one of the kind is waiting already, answers that one, which will have all current data. */
export async function create(tx: Writer, kind: Kind): Promise<Backup> {
  const { q, t, now, actor } = tx
  const waiting = (await unfinished(tx)).find((one) => one.kind === kind && one.status === 'waiting')
  if (waiting) return formOf(waiting)
  const none = { startedAt: null, finishedAt: null, file: null, bytes: null, sha256: null, error: null }
  const id = newId(forms[kind][0])
  const row = { id, status: 'waiting' as const, actor: actor.name, createdAt: now, ...none }
  await q.insert(t.backups).values({ ...row, kind })
  await changes.append(tx, { action: 'create', kind, id })
  return row
}

/** Starts a waiting one, to be written to this file; undefined when it is not waiting any more. */
export async function start(
  { q, t: { backups: b }, now }: Writer,
  { id, kind }: Pick<Row, 'id' | 'kind'>
): Promise<Row | undefined> {
  const file = `onrecord-${now.replace(/[-:.]/g, '')}-${id.slice('bak_'.length)}.${forms[kind][1]}`
  const [row] = await q
    .update(b)
    .set({ status: 'running', startedAt: now, file })
    .where(and(eq(b.id, id), eq(b.status, 'waiting')))
    .returning()
  return row
}

/** Resets a started one to waiting. */
export async function resetToWaiting({ q, t: { backups: b } }: Writer, id: string) {
  await q.update(b).set({ status: 'waiting', startedAt: null, file: null }).where(eq(b.id, id))
}

export const finish = (tx: Writer, id: string, copy: Copy) =>
  end(tx, id, 'finish', { status: 'done', finishedAt: tx.now, ...copy }, { ...copy })

export const fail = (tx: Writer, id: string, error: string) =>
  end(tx, id, 'fail', { status: 'failed', finishedAt: tx.now, file: null, error }, { error })

async function end(
  tx: Writer,
  id: string,
  action: 'finish' | 'fail',
  set: Partial<Row>,
  detail: Record<string, unknown>
) {
  const { backups: b } = tx.t
  const [row] = await tx.q.update(b).set(set).where(eq(b.id, id)).returning({ kind: b.kind })
  await changes.append(tx, { action, kind: row!.kind, id, detail })
}

/** Finished ones beyond the number to keep, newest first: a few at a time. */
export async function beyondRetention({ q, t: { backups: b } }: Reader, kind: Kind, keep: number) {
  return q
    .select()
    .from(b)
    .where(and(eq(b.kind, kind), eq(b.status, 'done')))
    .orderBy(desc(b.id))
    .offset(keep)
    .limit(20)
}

/** The one of this id, if it may be removed. Throws 404 for a removed one, and 409 for one that is being made. */
export async function removable(db: Reader, id: string): Promise<Row> {
  const row = await byId(db, id)
  if (row?.status === 'running')
    throw new HttpProblem('conflict', `The ${row.kind} is being made: remove it when it is done.`)
  return found(row?.status === 'removed' ? undefined : row, row?.kind ?? 'file')
}

/** Records that one is removed. Throws 404 and 409 as above. */
export async function remove(tx: Writer, id: string) {
  const { kind } = await removable(tx, id)
  const { backups: b } = tx.t
  await tx.q.update(b).set({ status: 'removed' }).where(eq(b.id, id))
  await changes.append(tx, { action: 'delete', kind, id })
}
