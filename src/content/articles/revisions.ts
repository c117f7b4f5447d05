// Revisions: the last drafts of an article, so that overwritten ones are not lost.
import { and, asc, desc, eq, gte, isNotNull, lt, lte, sql } from 'drizzle-orm'
import { pack, smallest, unpacked } from '../../newsstand/documents/packing.ts'
import { updateRow } from '../../storage/columns/rows.ts'
import { prepared, type Reader, type Writer } from '../../storage/database.ts'
import type { Body } from '../body/schema.ts'
import { contentOf, workflowOf } from './content.ts'
import type { ConvertedArticle } from './schema.ts'

/** How many revisions of an article are kept. */
const maxRevisions = 50

const given = sql.placeholder

const insertQuery = prepared(({ q, t: { revisions } }: Writer) =>
  q
    .insert(revisions)
    .values({
      articleId: given('articleId'),
      version: given('version'),
      at: given('at'),
      actor: given('actor'),
      draft: given('draft')
    })
    .onConflictDoNothing()
    .prepare('keep_revision')
)

const oldestQuery = prepared(({ q, t: { revisions: r } }) =>
  q
    .select({ version: r.version })
    .from(r)
    .where(eq(r.articleId, given('articleId')))
    .orderBy(desc(r.version))
    .limit(1)
    .offset(maxRevisions)
    .prepare('oldest_revision')
)

/** Stores the draft as a revision, and deletes the oldest. Its body is that of the article until that changes. */
export async function insert(
  tx: Writer,
  { id, version }: { id: string; version: number },
  { body: _, ...draft }: ConvertedArticle
) {
  const { q, t, now, actor } = tx
  const { revisions: r } = t
  const row = { articleId: id, version, at: now, actor: actor.name, draft }
  if (tx.gathering?.take(r, [row])) return
  await insertQuery(tx).execute(row)
  // There are no more of them than there were versions.
  if (version <= maxRevisions) return
  const [oldest] = await oldestQuery(tx).execute({ articleId: id })
  if (oldest) await q.delete(r).where(and(eq(r.articleId, id), lte(r.version, oldest.version)))
}

const newestQuery = prepared(({ q, t: { revisions: r } }) =>
  q
    .select({ version: r.version, isWhole: sql<boolean>`${r.body} is not null`.mapWith(Boolean) })
    .from(r)
    .where(eq(r.articleId, given('articleId')))
    .orderBy(desc(r.version))
    .limit(1)
    .prepare('newest_revision')
)

/** Stores the former body of an article with its newest revision, before it gets another. */
export async function keepBody(tx: Writer, articleId: string, body: Body) {
  const [newest] = await newestQuery(tx).execute({ articleId })
  if (newest === undefined || newest.isWhole) return
  const stored = smallest(await pack(body))
  await updateRow(tx, tx.t.revisions, { articleId, version: newest.version }, { body: stored })
}

/** Newest first, without their content. */
export function list({ q, t: { revisions: r } }: Reader, articleId: string, limit: number, before?: number) {
  return q
    .select({ version: r.version, at: r.at, actor: r.actor })
    .from(r)
    .where(and(eq(r.articleId, articleId), before === undefined ? undefined : lt(r.version, before)))
    .orderBy(desc(r.version))
    .limit(limit)
}

const bodyQuery = prepared(({ q, t: { revisions: r } }) =>
  q
    .select({ body: r.body })
    .from(r)
    .where(and(eq(r.articleId, given('articleId')), gte(r.version, given('version')), isNotNull(r.body)))
    .orderBy(asc(r.version))
    .limit(1)
    .prepare('body_of_revision')
)

/** The body of a revision that was stored without it. */
async function bodyAt(db: Reader, articleId: string, version: number): Promise<Body> {
  const [later] = await bodyQuery(db).execute({ articleId, version })
  if (later) return JSON.parse(unpacked(later.body!)) as Body
  const { articles: a } = db.t
  const [draft] = await db.q.select({ body: a.body }).from(a).where(eq(a.id, articleId))
  return draft!.body as Body
}

/** The draft as it was at this version. */
export async function byVersion(db: Reader, articleId: string, version: number) {
  const { revisions: r } = db.t
  const [row] = await db.q
    .select({ articleId: r.articleId, version: r.version, at: r.at, actor: r.actor, draft: r.draft })
    .from(r)
    .where(and(eq(r.articleId, articleId), eq(r.version, version)))
  if (row === undefined) return undefined
  const stored = row.draft as unknown as ConvertedArticle
  const draft = { ...stored, body: stored.body ?? (await bodyAt(db, articleId, version)) }
  return { ...row, draft: { ...contentOf(draft), ...workflowOf(draft) } }
}
