// What is kept of an import of a whole export: its file for a while, how far it is, and its report.
import { hash } from 'node:crypto'
import { and, asc, count, desc, eq, getTableColumns, gt, inArray, lt, or } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { newId } from '../../http/ids.ts'
import { HttpProblem } from '../../http/problems.ts'
import { type Actor, prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import type { Loss } from '../systems/item.ts'
import { kinds, type SystemKind } from '../systems/kinds.ts'
import { type Counts, noCounts } from '../systems/writing/counts.ts'
import type { ExportImport, ImportLoss } from './schema.ts'

export type Run = Tables['exportImports']['$inferSelect']

type New = Pick<
  Run,
  'reader' | 'isNamed' | 'system' | 'publish' | 'quotes' | 'moved' | 'mediaType' | 'file' | 'bytes' | 'digest'
>

/** Queues the import of a file that was received. */
export async function create(tx: Writer, given: New, id = newId('imp')): Promise<ExportImport> {
  const { q, t, now, actor } = tx
  const row: Run = {
    ...{ id, status: 'queued', ...given, read: 0, counts: noCounts, reported: 0, error: null },
    ...{ actor: actor.name, role: actor.role, startedAt: null, finishedAt: null },
    ...{ version: 1, createdAt: now, updatedAt: now }
  }
  await q.insert(t.exportImports).values(row)
  await changes.append(tx, { action: 'create', kind: 'import', id, version: 1 })
  return cardOf(row)
}

/** One by its id. */
export async function byId({ q, t: { exportImports: e } }: Reader, id: string): Promise<Run | undefined> {
  const [row] = await q.select().from(e).where(eq(e.id, id))
  return row
}

/** The short form. */
export function cardOf(row: Run): ExportImport {
  const { id, status, reader, isNamed, system, publish, quotes, moved, mediaType, file, bytes, digest } = row
  const { read, counts, reported, error, actor, role, version, createdAt, startedAt, finishedAt } = row
  // It was queued by the name of a kind (intake.ts).
  const as = reader as SystemKind
  return {
    ...{ id, kind: 'export', status, as, title: kinds[as].title, recognised: !isNamed },
    ...{ system, publish, quotes, moved, mediaType, file, bytes, sha256: digest },
    ...{ read, counts, reported, error },
    ...{ importedBy: { name: actor, role }, version, createdAt, startedAt, finishedAt },
    updatedAt: row.updatedAt
  }
}

/** The ids of those that are not finished. */
export async function openIds({ q, t: { exportImports: e } }: Reader): Promise<string[]> {
  const rows = await q
    .select({ id: e.id })
    .from(e)
    .where(inArray(e.status, ['queued', 'running']))
  return rows.map(({ id }) => id)
}

/** Those of these states, newest first. */
export async function list(
  { q, t: { exportImports: e } }: Reader,
  { status, importedBy }: { status: Run['status'][]; importedBy?: string[] | undefined },
  limit: number,
  after: string | undefined
): Promise<ExportImport[]> {
  const rows = await q
    .select(getTableColumns(e))
    .from(e)
    .where(
      and(
        inArray(e.status, status),
        after === undefined ? undefined : lt(e.id, after),
        importedBy && inArray(e.actor, importedBy)
      )
    )
    .orderBy(desc(e.id))
    .limit(limit)
  return rows.map(cardOf)
}

/** How many lines of the report an import shows itself. */
const shown = 100

/** One with the beginning of its report. */
export async function wholeOf(db: Reader, row: Run): Promise<ExportImport> {
  const { importLosses: l } = db.t
  const codes = await db.q
    .select({ code: l.code, count: count() })
    .from(l)
    .where(eq(l.importId, row.id))
    .groupBy(l.code)
    .orderBy(asc(l.code))
  return {
    ...cardOf(row),
    reportedByCode: codes,
    warnings: (await reportAfter(db, row.id, shown)).map(lossOf)
  }
}

type Line = Tables['importLosses']['$inferSelect']

/** A line of a report as it is shown. */
export const lossOf = ({ place, code, reason, words }: Line): ImportLoss => ({
  ...{ place, code, reason },
  ...(words !== null && { words })
})

/** Lines of a report after this one, in the order of their places. */
export async function reportAfter(
  { q, t: { importLosses: l } }: Reader,
  id: string,
  limit: number,
  last?: Pick<Line, 'place' | 'digest'>
): Promise<Line[]> {
  const after = last && or(gt(l.place, last.place), and(eq(l.place, last.place), gt(l.digest, last.digest)))
  return q
    .select()
    .from(l)
    .where(and(eq(l.importId, id), after))
    .orderBy(asc(l.place), asc(l.digest))
    .limit(limit)
}

/** Adds lines to a report; one that it has is no other. */
export async function addLosses({ q, t: { importLosses } }: Writer, importId: string, losses: Loss[]) {
  const rows = losses.map(({ place, code, reason, words = null }) => ({
    ...{ importId, place: place.slice(0, 1000), code, reason: reason.slice(0, 2000) },
    words: words?.slice(0, 300) ?? null,
    digest: hash('sha256', JSON.stringify([code, reason, words])).slice(0, 32)
  }))
  for (let i = 0; i < rows.length; i += 100)
    await q
      .insert(importLosses)
      .values(rows.slice(i, i + 100))
      .onConflictDoNothing()
}

/** How many lines the report of one has. */
export async function reportLength({ q, t: { importLosses: l } }: Reader, id: string): Promise<number> {
  const [row] = await q.select({ count: count() }).from(l).where(eq(l.importId, id))
  return row!.count
}

const openQuery = prepared(({ q, t: { exportImports: e } }) =>
  q
    .select()
    .from(e)
    .where(inArray(e.status, ['queued', 'running']))
    .orderBy(asc(e.id))
    .limit(1)
    .prepare('export_imports_open')
)

/** The oldest that is not finished. */
export async function nextOpen(db: Reader): Promise<Run | undefined> {
  const [row] = await openQuery(db).execute()
  return row
}

/** Notes that one runs; when it began first stays. */
export async function start({ q, t: { exportImports: e }, now }: Writer, { id, startedAt }: Run) {
  await q
    .update(e)
    .set({ status: 'running', startedAt: startedAt ?? now, updatedAt: now })
    .where(eq(e.id, id))
}

/** Keeps how far one is. */
export async function keepProgress(
  { q, t: { exportImports: e }, now }: Writer,
  id: string,
  progress: { counts: Counts; read: number; reported: number }
) {
  await q
    .update(e)
    .set({ ...progress, updatedAt: now })
    .where(eq(e.id, id))
}

/** Ends one: it is done, or failed for a reason. */
export async function end(tx: Writer, id: string, error: { code: string; reason: string } | null) {
  const { exportImports: e } = tx.t
  const status = error === null ? ('done' as const) : ('failed' as const)
  await tx.q
    .update(e)
    .set({ status, error, finishedAt: tx.now, updatedAt: tx.now, version: 2 })
    .where(eq(e.id, id))
  const action = error === null ? 'finish' : 'fail'
  await changes.append(tx, { action, kind: 'import', id, version: 2, ...(error && { detail: error }) })
}

/** Throws 403 for who may import no exports. */
export function checkEditor({ role }: Actor) {
  if (role === 'editor' || role === 'admin') return
  throw new HttpProblem(
    'forbidden',
    'An export brings a whole archive with its comments: an editor or an admin sends and deletes it. A page is sent as text/html.'
  )
}

/** Deletes one with its report; what it wrote stays. Throws 403, 404, 412. */
export async function remove(tx: Writer, id: string, versions: Expected) {
  checkEditor(tx.actor)
  checkVersion(await byId(tx, id), versions, 'import')
  await tx.q.delete(tx.t.exportImports).where(eq(tx.t.exportImports.id, id))
  await changes.append(tx, { action: 'delete', kind: 'import', id })
}
