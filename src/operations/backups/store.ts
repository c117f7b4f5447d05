// Records of backups. The files are handled by scheduler.ts.
import { and, asc, desc, eq, inArray, lt } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { newId } from '../../http/ids.ts'
import { found, HttpProblem } from '../../http/problems.ts'
import { type Copy, prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import type { Backup } from './schema.ts'

type Row = Tables['backups']['$inferSelect']

export async function byId({ q, t: { backups: b } }: Reader, id: string): Promise<Backup | undefined> {
  const [row] = await q.select().from(b).where(eq(b.id, id))
  return row
}

/** Newest first, removed ones too. */
export async function list(
  { q, t: { backups: b } }: Reader,
  limit: number,
  after?: string
): Promise<Backup[]> {
  const older = after === undefined ? undefined : lt(b.id, after)
  return q.select().from(b).where(older).orderBy(desc(b.id)).limit(limit)
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
export const unfinished = (db: Reader): Promise<Backup[]> => openQuery(db).execute()

const newestQuery = prepared(({ q, t: { backups: b } }) =>
  q.select({ createdAt: b.createdAt }).from(b).orderBy(desc(b.id)).limit(1).prepare('backups_newest')
)

/** When the last one was requested, whatever its outcome. */
export async function lastRequestedAt(db: Reader): Promise<string | undefined> {
  const [row] = await newestQuery(db).execute()
  return row?.createdAt
}

/** Requests a backup; if one is waiting already, answers that one, which will have all current data. */
export async function create(tx: Writer): Promise<Backup> {
  const { q, t, now, actor } = tx
  const waiting = (await unfinished(tx)).find(({ status }) => status === 'waiting')
  if (waiting) return waiting
  const none = { startedAt: null, finishedAt: null, file: null, bytes: null, sha256: null, error: null }
  const row = { id: newId('bak'), status: 'waiting' as const, actor: actor.name, createdAt: now, ...none }
  await q.insert(t.backups).values(row)
  await changes.append(tx, { action: 'create', kind: 'backup', id: row.id })
  return row
}

/** Starts a waiting one, to be written to this file; undefined when it is not waiting any more. */
export async function start({ q, t: { backups: b }, now }: Writer, id: string): Promise<Backup | undefined> {
  const file = `onrecord-${now.replace(/[-:.]/g, '')}-${id.slice('bak_'.length)}.db`
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
  await tx.q.update(b).set(set).where(eq(b.id, id))
  await changes.append(tx, { action, kind: 'backup', id, detail })
}

/** Finished ones beyond the number to keep, newest first: a few at a time. */
export async function beyondRetention({ q, t: { backups: b } }: Reader, most: number): Promise<Backup[]> {
  return q.select().from(b).where(eq(b.status, 'done')).orderBy(desc(b.id)).offset(most).limit(20)
}

/** The backup, if it may be removed. Throws 404 for a removed one, and 409 for one that is being made. */
export async function removable(db: Reader, id: string): Promise<Backup> {
  const row = await byId(db, id)
  if (row?.status === 'running')
    throw new HttpProblem('conflict', 'The backup is being made: remove it when it is done.')
  return found(row?.status === 'removed' ? undefined : row, 'backup')
}

/** Records that a backup is removed. Throws 404 and 409 as above. */
export async function remove(tx: Writer, id: string) {
  await removable(tx, id)
  const { backups: b } = tx.t
  await tx.q.update(b).set({ status: 'removed' }).where(eq(b.id, id))
  await changes.append(tx, { action: 'delete', kind: 'backup', id })
}
