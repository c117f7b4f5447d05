// Editions: every published state of an article.
import { and, desc, eq, getTableColumns, lt } from 'drizzle-orm'
import type { Article } from '../../content/articles/schema.ts'
import { HttpProblem } from '../../http/problems.ts'
import { pack, smallest, unpacked } from '../../newsstand/documents/packing.ts'
import { editionBytes, storedBytes } from '../../storage/columns/edition-bytes.ts'
import { insertAll } from '../../storage/columns/rows.ts'
import type { Reader, Writer } from '../../storage/database.ts'

interface NewEdition {
  number: number
  /** The version of the draft it was compiled from; null where it was derived from an earlier edition. */
  version: number | null
  note: string | null
}

/** Stores an edition of an article that was just published, in the same bytes: once, where the newsstand has them. */
export async function insert(tx: Writer, article: Article, { number, version, note }: NewEdition) {
  await insertAll(tx, tx.t.editions, [
    {
      articleId: article.id,
      number,
      at: tx.now,
      actor: tx.actor.name,
      note,
      version,
      document: await storedBytes(tx, article.id, smallest(await pack(article)))
    }
  ])
}

/** Newest first, without their documents. */
export function list({ q, t: { editions: e } }: Reader, articleId: string, limit: number, before?: number) {
  return q
    .select({ number: e.number, at: e.at, actor: e.actor, note: e.note, version: e.version })
    .from(e)
    .where(and(eq(e.articleId, articleId), before === undefined ? undefined : lt(e.number, before)))
    .orderBy(desc(e.number))
    .limit(limit)
}

/** Answers what was read of an edition (`row`), or throws a 404 that says which editions there are. */
export async function foundEdition<T>(
  db: Reader,
  articleId: string,
  number: number,
  row: T | undefined
): Promise<T> {
  if (row !== undefined) return row
  const [newest] = await list(db, articleId, 1)
  throw new HttpProblem(
    'not-found',
    newest
      ? `There is no edition ${number}: the editions of this article are 1 to ${newest.number}.`
      : `There is no edition ${number}: this article was never published.`
  )
}

/** The document of an edition, as it was published. */
export async function documentOf({ q, t: { editions: e } }: Reader, articleId: string, number: number) {
  const [row] = await q
    .select({ document: editionBytes })
    .from(e)
    .where(and(eq(e.articleId, articleId), eq(e.number, number)))
  return row && unpacked(row.document)
}

/** An edition with its document. */
export async function byNumber({ q, t: { editions: e } }: Reader, articleId: string, number: number) {
  const [row] = await q
    .select({ ...getTableColumns(e), document: editionBytes })
    .from(e)
    .where(and(eq(e.articleId, articleId), eq(e.number, number)))
  return row && { ...row, document: JSON.parse(unpacked(row.document)) as Article }
}
