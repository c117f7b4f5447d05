// The edges of what is published.
import { isDeepStrictEqual } from 'node:util'
import { and, asc, desc, eq, lt, sql } from 'drizzle-orm'
import { hashOf } from '../../newsstand/documents/cache-tags.ts'
import { insertAll } from '../../storage/columns/rows.ts'
import { prepared, type Reader, type Writer } from '../../storage/database.ts'
import type { Edge } from './compile.ts'

/** The cache tag of what rests on a source or an article. */
export const ofDependents = (id: string) => hashOf(`dependents ${id}`)

const ofArticleQuery = prepared(({ q, t: { edges } }) =>
  q
    .select()
    .from(edges)
    .where(eq(edges.articleId, sql.placeholder('articleId')))
    .orderBy(asc(edges.attributionId), asc(edges.position))
    .prepare('edges_of_article')
)

const dropQuery = prepared(({ q, t: { edges } }: Writer) =>
  q
    .delete(edges)
    .where(eq(edges.articleId, sql.placeholder('articleId')))
    .prepare('drop_edges')
)

/** The edges of an article, in the order of their places. */
export const edgesOfArticle = (tx: Writer, articleId: string): PromiseLike<Edge[]> =>
  ofArticleQuery(tx).execute({ articleId })

/**
 * Puts the edges of an article in the place of those it had (`known`, where they were read), and invalidates what shows who rests on what they name.
 * Answers the edges it had; undefined where they are the same.
 */
export async function setEdges(
  tx: Writer,
  articleId: string,
  all: Edge[],
  known?: Edge[]
): Promise<Edge[] | undefined> {
  const before = known ?? (await edgesOfArticle(tx, articleId))
  const after = all.toSorted(byPlace)
  if (isDeepStrictEqual(before, after)) return undefined
  if (before.length > 0) await dropQuery(tx).execute({ articleId })
  await insertAll(tx, tx.t.edges, after)
  for (const { target } of [...before, ...after]) if (target) tx.invalidated.add(ofDependents(target))
  return before
}

/** The order of the primary key; ids have one length, so that code units are compared as SQLite compares bytes. */
const byPlace = (one: Edge, other: Edge) =>
  Buffer.compare(Buffer.from(one.attributionId), Buffer.from(other.attributionId)) ||
  one.position - other.position

/** The edges of these articles, each chain in order. */
export async function edgesFrom(db: Reader, articleIds: string[]): Promise<Edge[]> {
  const found: Edge[] = []
  for (const articleId of articleIds.toSorted())
    for (const edge of await ofArticleQuery(db).execute({ articleId })) found.push(edge)
  return found
}

const citingQuery = prepared(({ q, t: { edges } }) =>
  q
    .selectDistinct({ articleId: edges.articleId })
    .from(edges)
    .where(and(eq(edges.target, sql.placeholder('target')), lt(edges.articleId, sql.placeholder('before'))))
    .orderBy(desc(edges.articleId))
    .limit(sql.placeholder('limit'))
    .prepare('articles_citing')
)

/** Greater than every id. */
const end = '~'

/** The articles whose chains name this source or article, newest first, and those before this one only. */
export async function citing(db: Reader, target: string, limit: number, before = end): Promise<string[]> {
  return (await citingQuery(db).execute({ target, before, limit })).map(({ articleId }) => articleId)
}
