// The copies that were asked for, and what became of them. The files are the keeper's (keeper.ts).
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

/** Those that are not finished, oldest first. */
export const open = (db: Reader): Promise<Backup[]> => openQuery(db).execute()

const newestQuery = prepared(({ q, t: { backups: b } }) =>
  q.select({ createdAt: b.createdAt }).from(b).orderBy(desc(b.id)).limit(1).prepare('backups_newest')
)

/** When one was asked for last, whatever became of it. */
export async function latest(db: Reader): Promise<string | undefined> {
  const [row] = await newestQuery(db).execute()
  return row?.createdAt
}

/** Asks for a backup. One that waits already will have everything that is there now: then it is that one. */
export async function create(tx: Writer): Promise<Backup> {
  const { q, t, now, actor } = tx
  const waiting = (await open(tx)).find(({ status }) => status === 'waiting')
  if (waiting) return waiting
  const none = { startedAt: null, finishedAt: null, file: null, bytes: null, sha256: null, error: null }
  const row = { id: newId('bak'), status: 'waiting' as const, actor: actor.name, createdAt: now, ...none }
  await q.insert(t.backups).values(row)
  await changes.append(tx, { action: 'create', kind: 'backup', id: row.id })
  return row
}

/** Takes one that waits, to be made in this file; undefined when it waits no more. */
export async function begin({ q, t: { backups: b }, now }: Writer, id: string): Promise<Backup | undefined> {
  const file = `onrecord-${now.replace(/[-:.]/g, '')}-${id.slice('bak_'.length)}.db`
  const [row] = await q
    .update(b)
    .set({ status: 'running', startedAt: now, file })
    .where(and(eq(b.id, id), eq(b.status, 'waiting')))
    .returning()
  return row
}

/** Gives back one that was begun: it waits as before. */
export async function giveBack({ q, t: { backups: b } }: Writer, id: string) {
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

/** Those done beyond the number that is kept, newest first: a few at a time. */
export async function surplus({ q, t: { backups: b } }: Reader, most: number): Promise<Backup[]> {
  return q.select().from(b).where(eq(b.status, 'done')).orderBy(desc(b.id)).offset(most).limit(20)
}

/** The backup, if its file may go. Throws 404 for one that is removed, and 409 for one that is being made. */
export async function removable(db: Reader, id: string): Promise<Backup> {
  const row = await byId(db, id)
  if (row?.status === 'running')
    throw new HttpProblem('conflict', 'The backup is being made: remove it when it is done.')
  return found(row?.status === 'removed' ? undefined : row, 'backup')
}

/** Notes that a backup is removed. Throws 404 and 409 as above. */
export async function remove(tx: Writer, id: string) {
  await removable(tx, id)
  const { backups: b } = tx.t
  await tx.q.update(b).set({ status: 'removed' }).where(eq(b.id, id))
  await changes.append(tx, { action: 'delete', kind: 'backup', id })
}
