import { isDeepStrictEqual } from 'node:util'
import { and, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { newId } from '../../http/ids.ts'
import { HttpProblem } from '../../http/problems.ts'
import { utc } from '../../http/schemas.ts'
import { updateRow } from '../../storage/columns/rows.ts'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import { checkNoLegalHold } from '../articles/guards.ts'
import { isNotTrashed } from '../articles/soft-deletion.ts'
import * as articles from '../articles/store.ts'
import type { Correction, CorrectionFilters, DraftCorrection, NewCorrection } from './schema.ts'
import { checkTarget } from './targets.ts'

type Row = Tables['corrections']['$inferSelect']

export const publicForm = (row: Row): Correction => ({
  id: row.id,
  articleId: row.articleId,
  kind: row.kind,
  target: row.target,
  text: row.text,
  was: row.was,
  now: row.now,
  publishedAt: row.publishedAt,
  ...(row.foundByReader && { foundByReader: true })
})

const draftForm = (row: Row): DraftCorrection => ({
  ...publicForm(row),
  errorReportId: row.errorReportId,
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt
})

/** A correction in the form of its input, for PATCH. */
const inputOf = ({ kind, target, text, was, now }: Row): NewCorrection => ({ kind, target, text, was, now })

const columns = ({ kind, target, text, was, now }: NewCorrection) => ({
  kind,
  target: target ?? null,
  text,
  was: was ?? null,
  now: now ?? null
})

export async function row(db: Reader, id: string): Promise<Row | undefined> {
  const { corrections } = db.t
  const present = isNotTrashed(db, corrections.articleId)
  const [found] = await db.q
    .select()
    .from(corrections)
    .where(and(eq(corrections.id, id), present))
  return found
}

export async function byId(db: Reader, id: string): Promise<DraftCorrection | undefined> {
  const found = await row(db, id)
  return found && draftForm(found)
}

const ofArticleQuery = prepared(({ q, t: { corrections } }) =>
  q
    .select()
    .from(corrections)
    .where(eq(corrections.articleId, sql.placeholder('articleId')))
    .orderBy(corrections.id)
    .prepare('corrections_of_article')
)

/** Every correction of an article, oldest first. */
export async function ofArticle(db: Reader, articleId: string): Promise<Correction[]> {
  return (await ofArticleQuery(db).execute({ articleId })).map(publicForm)
}

/** Which of these articles are retracted. */
export async function retracted(
  { q, t: { corrections } }: Reader,
  articleIds: string[]
): Promise<Set<string>> {
  const rows = await q
    .select({ id: corrections.articleId })
    .from(corrections)
    .where(and(eq(corrections.kind, 'retraction'), inArray(corrections.articleId, articleIds)))
  return new Set(rows.map(({ id }) => id))
}

/** Newest first. */
export async function list(db: Reader, filters: CorrectionFilters, limit: number, after?: string) {
  const { corrections } = db.t
  const { 'publishedAt.gte': from, 'publishedAt.lt': before } = filters
  const rows = await db.q
    .select()
    .from(corrections)
    .where(
      and(
        isNotTrashed(db, corrections.articleId),
        after === undefined ? undefined : lt(corrections.id, after),
        filters.article && inArray(corrections.articleId, filters.article),
        filters.kind && inArray(corrections.kind, filters.kind),
        from === undefined ? undefined : gte(corrections.publishedAt, utc(from)),
        before === undefined ? undefined : lt(corrections.publishedAt, utc(before))
      )
    )
    .orderBy(desc(corrections.id))
    .limit(limit)
  return rows.map(draftForm)
}

/** The report of a reader that a correction answers, and whether readers are told of it. */
export type Finding = Pick<Row, 'errorReportId' | 'foundByReader'>

const foundByUs: Finding = { errorReportId: null, foundByReader: false }

/** Creates a correction, which becomes public with the next edition. Throws 422 for a missing target. */
export async function create(
  tx: Writer,
  articleId: string,
  input: NewCorrection,
  finding = foundByUs
): Promise<DraftCorrection> {
  const { q, t, now } = tx
  const id = newId('cor')
  await checkTarget(tx, articleId, input.target)
  const edited = { version: 1, createdAt: now, updatedAt: now }
  const [added] = await q
    .insert(t.corrections)
    .values({ id, articleId, ...columns(input), ...finding, ...edited })
    .returning()
  await articles.bumpVersion(tx, articleId)
  await changes.append(tx, { action: 'create', kind: 'correction', id, articleId, version: 1 })
  return draftForm(added!)
}

/** Updates a correction by `edit`. Throws 404, 412, 422, and what `edit` throws. */
export async function change(
  tx: Writer,
  id: string,
  versions: Expected,
  edit: (now: NewCorrection) => NewCorrection
) {
  const { q, t, now } = tx
  const before = checkVersion(await row(tx, id), versions, 'correction')
  const input = edit(inputOf(before))
  if (before.publishedAt !== null && before.kind !== input.kind) checkEditor(tx)
  const moved = !isDeepStrictEqual(input.target ?? null, before.target)
  if (moved) await checkTarget(tx, before.articleId, input.target)
  const version = before.version + 1
  const [after] = await q
    .update(t.corrections)
    .set({ ...columns(input), version, updatedAt: now })
    .where(and(eq(t.corrections.id, id), eq(t.corrections.version, before.version)))
    .returning()
  await articles.bumpVersion(tx, before.articleId)
  await changes.append(tx, { action: 'update', kind: 'correction', id, articleId: before.articleId, version })
  return draftForm(after!)
}

/** Names the report of a reader in a correction that is not published yet and names none. */
export async function nameReport(tx: Writer, { id, version, articleId }: DraftCorrection, finding: Finding) {
  const next = { version: version + 1, updatedAt: tx.now }
  await updateRow(tx, tx.t.corrections, { id }, { ...finding, ...next })
  await articles.bumpVersion(tx, articleId)
  await changes.append(tx, { action: 'update', kind: 'correction', id, articleId, version: next.version })
}

/** Forgets these reports of readers; that a reader found an error stays said. */
export async function forgetReports({ q, t: { corrections } }: Writer, ids: string[]) {
  await q.update(corrections).set({ errorReportId: null }).where(inArray(corrections.errorReportId, ids))
}

/** Throws 403 where a contributor would change the kind of a published correction. */
function checkEditor({ actor }: Writer) {
  const detail = 'The correction is published: only an editor may change its kind.'
  if (actor.role === 'contributor') throw new HttpProblem('forbidden', detail, [{ pointer: '/kind', detail }])
}

/** Deletes an unpublished correction. Throws 404, 412, 409. */
export async function remove(tx: Writer, id: string, versions: Expected) {
  const { articleId, publishedAt } = checkVersion(await row(tx, id), versions, 'correction')
  if (publishedAt !== null)
    throw new HttpProblem(
      'conflict',
      'The correction is published, and stays as the record of what was wrong: change its words, or add another.'
    )
  checkNoLegalHold((await articles.byIdOrSlug(tx, articleId))!)
  await articles.bumpVersion(tx, articleId)
  await tx.q.delete(tx.t.corrections).where(eq(tx.t.corrections.id, id))
  await changes.append(tx, { action: 'delete', kind: 'correction', id, articleId })
}

/** These corrections, of which those that are published for the first time are dated. */
export async function setPublishedAt(tx: Writer, published: Correction[]): Promise<Correction[]> {
  const undated = published.filter(({ publishedAt }) => publishedAt === null)
  for (const { id } of undated) await updateRow(tx, tx.t.corrections, { id }, { publishedAt: tx.now })
  return published.map((one) => (one.publishedAt === null ? { ...one, publishedAt: tx.now } : one))
}
