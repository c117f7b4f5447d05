// The edges of what is published.
import { eq, inArray, sql } from 'drizzle-orm'
import { prepared, type Reader, type Writer } from '../../storage/database.ts'
import type { Edge } from './compile.ts'

/** SQLite takes 32,766 parameters a statement; a row has eleven. */
const rowsPerStatement = 1000

const dropQuery = prepared(({ q, t: { edges } }: Writer) =>
  q
    .delete(edges)
    .where(eq(edges.articleId, sql.placeholder('articleId')))
    .prepare('drop_edges')
)

/** Puts the edges of an article in the place of those it had. */
export async function setEdges(tx: Writer, articleId: string, all: Edge[]) {
  await dropQuery(tx).execute({ articleId })
  for (let i = 0; i < all.length; i += rowsPerStatement)
    await tx.q.insert(tx.t.edges).values(all.slice(i, i + rowsPerStatement))
}

/** How many articles are asked for at once. */
const articlesPerStatement = 500

/** The edges of these articles, each chain in order. */
export async function edgesFrom({ q, t: { edges } }: Reader, articleIds: string[]): Promise<Edge[]> {
  const found: Edge[] = []
  for (let i = 0; i < articleIds.length; i += articlesPerStatement) {
    const some = articleIds.slice(i, i + articlesPerStatement)
    const rows = await q
      .select()
      .from(edges)
      .where(inArray(edges.articleId, some))
      .orderBy(edges.articleId, edges.attributionId, edges.position)
    found.push(...rows)
  }
  return found
}
