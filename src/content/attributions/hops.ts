// The chains of attributions; hop 0 is nearest to the reader.
import { asc, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import { utcOrNull } from '../../http/schemas.ts'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import * as sources from '../sources/store.ts'
import type { Hop, NewHop } from './schema.ts'

type Row = Tables['attributions']['$inferSelect']

type HopRow = Tables['hops']['$inferSelect']

const hopForm = ({ sourceId, unnamed, relation, terms, url, at }: HopRow): Hop => ({
  ...(sourceId ? { sourceId } : { unnamed: unnamed! }),
  relation,
  terms,
  ...(url && { url }),
  ...(at && { at })
})

/** Attributions with their chains. */
export async function withHops<T>(
  { q, t }: Reader,
  rows: Row[],
  form: (row: Row, hops: Hop[]) => T
): Promise<T[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const hops = await q
    .select()
    .from(t.hops)
    .where(inArray(t.hops.attributionId, ids))
    .orderBy(asc(t.hops.position))
  return chained(rows, hops, form)
}

/** These attributions in this form, each with its chain of these hops, which are in order. */
export const chained = <T>(rows: Row[], hops: HopRow[], form: (row: Row, hops: Hop[]) => T): T[] =>
  rows.map((row) => form(row, hops.filter(({ attributionId }) => attributionId === row.id).map(hopForm)))

const ofArticleQuery = prepared(({ q, t: { hops, attributions } }) =>
  q
    .select(getTableColumns(hops))
    .from(hops)
    .innerJoin(attributions, eq(attributions.id, hops.attributionId))
    .where(eq(attributions.articleId, sql.placeholder('articleId')))
    .orderBy(asc(hops.position))
    .prepare('hops_of_article')
)

/** The hops of every attribution of an article, each chain in order. */
export const hopsOfArticle = (db: Reader, articleId: string): PromiseLike<HopRow[]> =>
  ofArticleQuery(db).execute({ articleId })

/** Writes the chain of an attribution. Throws 422 for a missing source. */
export async function writeHops(tx: Writer, attributionId: string, input: NewHop[]): Promise<Hop[]> {
  const { q, t } = tx
  const places = input.flatMap(({ sourceId }, i) =>
    sourceId ? [{ id: sourceId, pointer: `/hops/${i}/sourceId` }] : []
  )
  await sources.checkNamed(tx, places)
  const rows = input.map(({ sourceId, unnamed, relation, terms, url, at }, position) => ({
    attributionId,
    position,
    sourceId: sourceId ?? null,
    unnamed: unnamed ?? null,
    relation,
    terms: terms ?? ('on_record' as const),
    url: url ?? null,
    at: utcOrNull(at)
  }))
  await q.insert(t.hops).values(rows)
  return rows.map(hopForm)
}
