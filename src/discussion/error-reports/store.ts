// The reports of readers at the desk: the queue, decisions, and what the reader is told.
import { and, asc, desc, eq, gt, gte, inArray, lt, sql } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { isNotTrashed } from '../../content/articles/soft-deletion.ts'
import * as corrections from '../../content/corrections/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { HttpProblem, prefixPointers, unprocessable } from '../../http/problems.ts'
import { utc } from '../../http/schemas.ts'
import * as newsstand from '../../newsstand/documents/published.ts'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import { hashed } from '../../storage/secrets.ts'
import type { Acceptance, ErrorReport, ErrorReportFilters, OwnErrorReport, Refusal } from './schema.ts'

export type Row = Tables['errorReports']['$inferSelect']

const deskForm = (row: Row): ErrorReport => ({
  id: row.id,
  articleId: row.articleId,
  what: row.what,
  words: row.words,
  quoteId: row.quoteId,
  attributionId: row.attributionId,
  creditId: row.creditId,
  evidence: row.evidence,
  mention: row.mention,
  contact: { name: null, email: null, key: row.author, emailHash: row.email },
  network: row.network,
  status: row.status,
  rules: row.rules,
  reason: row.reason,
  note: row.note,
  correctionId: row.correctionId,
  decidedAt: row.decidedAt,
  decidedBy: row.decidedBy,
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt
})

async function row(db: Reader, id: string): Promise<Row | undefined> {
  const { errorReports: e } = db.t
  const [found] = await db.q
    .select()
    .from(e)
    .where(and(eq(e.id, id), isNotTrashed(db, e.articleId)))
  return found
}

export async function byId(db: Reader, id: string): Promise<ErrorReport | undefined> {
  const found = await row(db, id)
  return found && deskForm(found)
}

/** A report with name and e-mail address of its reader. */
export async function withContact(
  db: Reader,
  id: string,
  open: (sealed: string) => Pick<ErrorReport['contact'], 'name' | 'email'>
): Promise<ErrorReport | undefined> {
  const found = await row(db, id)
  if (found === undefined) return undefined
  const report = deskForm(found)
  if (found.sealedContact === null) return report
  return { ...report, contact: { ...report.contact, ...open(found.sealedContact) } }
}

/** The queue: newest first, or oldest first. */
export async function list(db: Reader, filters: ErrorReportFilters, limit: number, after?: string) {
  const { errorReports: e } = db.t
  const ascending = filters.sort === 'createdAt'
  const { 'createdAt.gte': from, 'createdAt.lt': before } = filters
  const rows = await db.q
    .select()
    .from(e)
    .where(
      and(
        isNotTrashed(db, e.articleId),
        after === undefined ? undefined : (ascending ? gt : lt)(e.id, after),
        filters.status && inArray(e.status, filters.status),
        filters.article && inArray(e.articleId, filters.article),
        filters.quote && inArray(e.quoteId, filters.quote),
        filters.author && inArray(e.author, filters.author),
        filters.emailHash && inArray(e.email, filters.emailHash),
        filters.network && inArray(e.network, filters.network),
        from === undefined ? undefined : gte(e.createdAt, utc(from)),
        before === undefined ? undefined : lt(e.createdAt, utc(before))
      )
    )
    .orderBy(ascending ? asc(e.id) : desc(e.id))
    .limit(limit)
  return rows.map(deskForm)
}

const receiptQuery = prepared((db) => {
  const { errorReports: e } = db.t
  return db.q
    .select()
    .from(e)
    .where(and(eq(e.receipt, sql.placeholder('hash')), isNotTrashed(db, e.articleId)))
    .prepare('report_of_receipt')
})

/** What became of the report of a receipt; a correction is told of once it is published, spam looks open. */
export async function ofReceipt(db: Reader, receipt: string): Promise<OwnErrorReport | undefined> {
  const [found] = await receiptQuery(db).execute({ hash: hashed(receipt) })
  if (found === undefined) return undefined
  const { id, articleId, createdAt, status, reason, correctionId } = found
  const isPublic = correctionId !== null && (await newsstand.isPublished(db, 'correction', correctionId))
  return {
    id,
    articleId,
    createdAt,
    status: status === 'spam' ? 'open' : isPublic ? 'corrected' : status,
    reason: status === 'declined' ? reason : null,
    correctionId: isPublic ? correctionId : null,
    decidedAt: status === 'spam' ? null : found.decidedAt
  }
}

async function decide(
  tx: Writer,
  { id, articleId, version }: Row,
  action: 'accept' | 'decline',
  set: Partial<Row>
): Promise<ErrorReport> {
  const { errorReports: e } = tx.t
  const decided = { decidedAt: tx.now, decidedBy: tx.actor.name, updatedAt: tx.now, version: version + 1 }
  const [after] = await tx.q
    .update(e)
    .set({ ...set, ...decided })
    .where(eq(e.id, id))
    .returning()
  const { correctionId } = after!
  const detail = correctionId === null ? {} : { detail: { correctionId } }
  await changes.append(tx, { action, kind: 'error_report', id, articleId, version: version + 1, ...detail })
  return deskForm(after!)
}

/** Throws 409 where the report has its correction already. */
function checkUncorrected({ correctionId }: Row) {
  if (correctionId !== null)
    throw new HttpProblem(
      'conflict',
      `It led to the correction ${correctionId}: delete that first, where it is not published.`
    )
}

/**
 * Accepts a report: its correction is drafted, or one that says it already is named. Throws 404, 412, 409 where it has a
 * correction already, and 422.
 */
export async function accept(
  tx: Writer,
  id: string,
  versions: Expected,
  { correction, correctionId, note = null }: Acceptance
): Promise<ErrorReport> {
  const before = checkVersion(await row(tx, id), versions, 'error report')
  checkUncorrected(before)
  if ((correction === undefined) === (correctionId === undefined))
    throw unprocessable('/correction', 'Send either a new `correction` or the `correctionId` of one.')
  const finding = { errorReportId: id, foundByReader: before.mention }
  const named =
    correction === undefined
      ? await existing(tx, before, correctionId!, finding)
      : await prefixPointers('/correction', () =>
          corrections.create(tx, before.articleId, { target: subjectOf(before), ...correction }, finding)
        )
  return decide(tx, before, 'accept', { status: 'accepted', correctionId: named.id, reason: null, note })
}

/** The target of a correction for what the report is about. */
function subjectOf({ quoteId, attributionId, creditId }: Row) {
  if (quoteId) return { quoteId }
  if (attributionId) return { attributionId }
  return creditId ? { creditId } : null
}

/** A correction of the same article, which names the report where it is not published and names none yet. */
async function existing(tx: Writer, { articleId }: Row, id: string, finding: corrections.Finding) {
  const correction = await corrections.byId(tx, id)
  if (correction?.articleId !== articleId)
    throw unprocessable('/correctionId', `${id} is not a correction of this article.`)
  if (correction.publishedAt === null && correction.errorReportId === null)
    await corrections.nameReport(tx, correction, finding)
  return correction
}

/** Declines a report, with a reason that its reader is told. Throws 404, 412, 409. */
export async function decline(
  tx: Writer,
  id: string,
  versions: Expected,
  { reason, note = null }: Refusal
): Promise<ErrorReport> {
  const before = checkVersion(await row(tx, id), versions, 'error report')
  checkUncorrected(before)
  return decide(tx, before, 'decline', { status: 'declined', reason, note })
}

/** Deletes a report; its correction stays. Throws 404, 412. */
export async function remove(tx: Writer, id: string, versions: Expected) {
  await erase(tx, [checkVersion(await row(tx, id), versions, 'error report')])
}

/** Deletes these reports, and forgets them where corrections name them. */
export async function erase(tx: Writer, rows: Pick<Row, 'id' | 'articleId'>[]) {
  const ids = rows.map(({ id }) => id)
  await corrections.forgetReports(tx, ids)
  await tx.q.delete(tx.t.errorReports).where(inArray(tx.t.errorReports.id, ids))
  for (const { id, articleId } of rows)
    await changes.append(tx, { action: 'delete', kind: 'error_report', id, articleId })
}
