// What is kept of an import: its page for a while, what was proposed, and what was decided.
import { and, desc, eq, getTableColumns, inArray, isNotNull, isNull, lt, lte } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { afterDays } from '../../changes/retention.ts'
import { isNotTrashed } from '../../content/articles/soft-deletion.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import type { Reader, Tables, Writer } from '../../storage/database.ts'
import { currentRecords, idsOf } from './current-records.ts'
import { matchesOf } from './matches.ts'
import type { Import, ImportCard, ImportProposal, ImportQuery } from './schema.ts'

export type Row = Tables['imports']['$inferSelect']
type ImportRow = Row & { title: string; page: { bytes: number; at: string } | null }

/** How long pages are kept. */
export interface Settings {
  ONRECORD_IMPORT_DAYS: number
}

/** The columns that lists show: what was read and decided may be long. */
const cardColumns = ({ t: { imports } }: Reader) => {
  const {
    text: _t,
    proposals: _p,
    warnings: _w,
    added: _a,
    digest: _d,
    ...columns
  } = getTableColumns(imports)
  return columns
}
type Card = Omit<ImportRow, 'text' | 'proposals' | 'warnings' | 'added' | 'digest'>

/** The short form of an import. */
function cardOf(row: Card, { ONRECORD_IMPORT_DAYS: days }: Settings): ImportCard {
  const { id, articleId, title, status, waiting, doubtful, mediaType, file, canonicalUrl, page } = row
  const { system, exportId } = row
  return {
    ...{ id, kind: system === null ? 'page' : 'article', articleId, title, status, waiting, doubtful },
    ...{ mediaType, file, system, exportId, canonicalUrl },
    page: page && {
      bytes: page.bytes,
      until: afterDays(page.at, days)
    },
    importedBy: { name: row.actor, role: row.role },
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt
  }
}

/** The headline of the draft, and what is known of the page. */
const joinedColumns = ({ t: { articles, importPages } }: Reader) => ({
  title: articles.title,
  page: { bytes: importPages.bytes, at: importPages.at }
})

/** Newest first, but those of articles in the trash. */
export async function list(
  db: Reader,
  { status, kind, article, importedBy, export: of }: ImportQuery,
  { limit, after, ...settings }: Settings & { limit: number; after: string | undefined }
): Promise<ImportCard[]> {
  const { imports, importPages, articles } = db.t
  const states = (['waiting', 'decided'] as const).filter((one) => status?.includes(one) ?? one === 'waiting')
  const kinds = (['page', 'article'] as const).filter((one) => kind?.includes(one) ?? true)
  if (states.length * kinds.length === 0) return []
  const rows = await db.q
    .select({ ...cardColumns(db), ...joinedColumns(db) })
    .from(imports)
    .innerJoin(articles, eq(articles.id, imports.articleId))
    .leftJoin(importPages, eq(importPages.importId, imports.id))
    .where(
      and(
        isNotTrashed(db, imports.articleId),
        inArray(imports.status, states),
        kinds.length === 2
          ? undefined
          : kinds[0] === 'page'
            ? isNull(imports.system)
            : isNotNull(imports.system),
        after === undefined ? undefined : lt(imports.id, after),
        article && inArray(imports.articleId, article),
        of && inArray(imports.exportId, of),
        importedBy && inArray(imports.actor, importedBy)
      )
    )
    .orderBy(desc(imports.id))
    .limit(limit)
  return rows.map((row) => cardOf(row, settings))
}

/** The import of this id, as it is stored. */
export async function byId(db: Reader, id: string): Promise<ImportRow | undefined> {
  const { imports, importPages, articles } = db.t
  const [row] = await db.q
    .select({ ...getTableColumns(imports), ...joinedColumns(db) })
    .from(imports)
    .innerJoin(articles, eq(articles.id, imports.articleId))
    .leftJoin(importPages, eq(importPages.importId, imports.id))
    .where(and(eq(imports.id, id), isNotTrashed(db, imports.articleId)))
  return row
}

/** What was proposed, each with the version that its record has now. */
async function proposalsOf(db: Reader, { articleId, proposals }: Row): Promise<ImportProposal[]> {
  const there = await currentRecords(db, articleId, idsOf(proposals))
  return proposals.map(({ decided, decidedAt, decidedBy, mergedInto, state, ...proposal }) => ({
    // The table knows no more of a rule than that it is a text.
    ...(proposal as ImportProposal),
    state,
    version: there.get(proposal.id)?.version ?? null,
    decided,
    decidedAt,
    decidedBy,
    mergedInto
  }))
}

/** An import as its reviewers see it. */
export async function importForm(db: Reader, row: ImportRow, settings: Settings): Promise<Import> {
  const waiting = row.proposals.filter(({ state }) => state === 'waiting')
  return {
    ...cardOf(row, settings),
    warnings: row.warnings,
    proposals: await proposalsOf(db, row),
    matches: await matchesOf(db, idsOf(waiting).sources)
  }
}

/** The page of an import, deflated, where it is still kept. */
export async function pageOf(db: Reader, id: string) {
  const { importPages: p, imports: i } = db.t
  const [page] = await db.q
    .select({ deflated: p.deflated, mediaType: i.mediaType })
    .from(p)
    .innerJoin(i, eq(i.id, p.importId))
    .where(and(eq(p.importId, id), isNotTrashed(db, i.articleId)))
  return page
}

/** Deletes an import with its page and what was decided; the draft stays. Throws 404, 412. */
export async function remove(tx: Writer, id: string, versions: Expected) {
  const { articleId } = checkVersion(await byId(tx, id), versions, 'import')
  await tx.q.delete(tx.t.imports).where(eq(tx.t.imports.id, id))
  await changes.append(tx, { action: 'delete', kind: 'import', id, articleId })
}

/** The pages that came by this instant, up to so many. */
const pagesBefore = ({ q, t: { importPages: p } }: Reader, instant: string, limit: number) =>
  q.select({ id: p.importId }).from(p).where(lte(p.at, instant)).orderBy(p.at).limit(limit)

/** Whether a page came by this instant. */
export const hasEnded = async (db: Reader, instant: string) => (await pagesBefore(db, instant, 1)).length > 0

/** Deletes up to `limit` pages that came by this instant. */
export async function dropPages(tx: Writer, instant: string, limit: number) {
  const rows = await pagesBefore(tx, instant, limit)
  const ids = rows.map(({ id }) => id)
  await tx.q.delete(tx.t.importPages).where(inArray(tx.t.importPages.importId, ids))
}
