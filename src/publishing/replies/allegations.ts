// Allegations: which words of an article accuse whom. Marked by editors, read by the checks before publishing.
import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { isNotTrashed } from '../../content/articles/soft-deletion.ts'
import { checkTarget } from '../../content/corrections/targets.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { newId } from '../../http/ids.ts'
import type { Reader, Tables, Writer } from '../../storage/database.ts'
import { checkParty, columnsOf, partyOf } from './parties.ts'
import type { Allegation, AllegationFilters, NewAllegation } from './schema.ts'

type Row = Tables['allegations']['$inferSelect']

const statementOf = ({ quoteId, attributionId }: Pick<Row, 'quoteId' | 'attributionId'>) =>
  quoteId === null ? { attributionId: attributionId! } : { quoteId }

const form = (row: Row): Allegation => ({
  id: row.id,
  articleId: row.articleId,
  statement: statementOf(row),
  accused: partyOf(row),
  note: row.note,
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt
})

const columns = ({ statement, accused, note }: NewAllegation) => ({
  quoteId: statement.quoteId ?? null,
  attributionId: statement.attributionId ?? null,
  ...columnsOf(accused),
  note: note ?? null
})

export async function byId(db: Reader, id: string): Promise<Allegation | undefined> {
  const { allegations: a } = db.t
  const [found] = await db.q
    .select()
    .from(a)
    .where(and(eq(a.id, id), isNotTrashed(db, a.articleId)))
  return found && form(found)
}

/** Newest first. */
export async function list(db: Reader, filters: AllegationFilters, limit: number, after?: string) {
  const { allegations: a } = db.t
  const rows = await db.q
    .select()
    .from(a)
    .where(
      and(
        isNotTrashed(db, a.articleId),
        after === undefined ? undefined : lt(a.id, after),
        filters.article && inArray(a.articleId, filters.article),
        filters.source && inArray(a.sourceId, filters.source)
      )
    )
    .orderBy(desc(a.id))
    .limit(limit)
  return rows.map(form)
}

/** Throws 422 for a statement that is not in the article, and for a missing source. */
async function check(tx: Writer, articleId: string, input: NewAllegation) {
  await checkTarget(tx, articleId, input.statement, '/statement')
  await checkParty(tx, columnsOf(input.accused), '/accused')
}

export async function create(tx: Writer, articleId: string, input: NewAllegation): Promise<Allegation> {
  await check(tx, articleId, input)
  const id = newId('alg')
  const edited = { version: 1, createdAt: tx.now, updatedAt: tx.now }
  const [added] = await tx.q
    .insert(tx.t.allegations)
    .values({ id, articleId, ...columns(input), ...edited })
    .returning()
  await changes.append(tx, { action: 'create', kind: 'allegation', id, articleId, version: 1 })
  return form(added!)
}

/** Updates an allegation by `edit`. Throws 404, 412, 422, and what `edit` throws. */
export async function change(
  tx: Writer,
  id: string,
  versions: Expected,
  edit: (now: NewAllegation) => NewAllegation
): Promise<Allegation> {
  const { articleId, version: known, ...before } = checkVersion(await byId(tx, id), versions, 'allegation')
  const input = edit({ statement: before.statement, accused: before.accused, note: before.note })
  await check(tx, articleId, input)
  const version = known + 1
  const [after] = await tx.q
    .update(tx.t.allegations)
    .set({ ...columns(input), version, updatedAt: tx.now })
    .where(eq(tx.t.allegations.id, id))
    .returning()
  await changes.append(tx, { action: 'update', kind: 'allegation', id, articleId, version })
  return form(after!)
}

export async function remove(tx: Writer, id: string, versions: Expected) {
  const { articleId } = checkVersion(await byId(tx, id), versions, 'allegation')
  await tx.q.delete(tx.t.allegations).where(eq(tx.t.allegations.id, id))
  await changes.append(tx, { action: 'delete', kind: 'allegation', id, articleId })
}
