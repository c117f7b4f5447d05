// The chains of attributions; hop 0 is nearest to the reader.
import { asc, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import { prefixPointers } from '../../http/problems.ts'
import { utcOrNull } from '../../http/schemas.ts'
import { insertAll } from '../../storage/columns/rows.ts'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import * as sources from '../sources/store.ts'
import { recognised } from './cited.ts'
import type { Hop, NewHop } from './schema.ts'

type Row = Tables['attributions']['$inferSelect']

type HopRow = Tables['hops']['$inferSelect']

/** A hop in its public form. */
export const hopForm = ({
  sourceId,
  citedId,
  unnamed,
  relation,
  terms,
  url,
  at,
  positionToKnow
}: Omit<HopRow, 'attributionId' | 'position'>): Hop => ({
  ...(sourceId ? { sourceId } : citedId ? { articleId: citedId } : { unnamed: unnamed! }),
  relation,
  terms,
  ...(url && { url }),
  ...(at && { at }),
  ...(positionToKnow && { positionToKnow })
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
  return assembleChains(rows, hops, form)
}

/** These attributions in this form, each with its chain of these hops, which are in order: none is without one. */
export function assembleChains<T>(rows: Row[], hops: HopRow[], form: (row: Row, hops: Hop[]) => T): T[] {
  const chains = Map.groupBy(hops, ({ attributionId }) => attributionId)
  return rows.map((row) => form(row, chains.get(row.id)!.map(hopForm)))
}

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

/** A hop as it is stored, with defaults written out. */
const columns = (hop: NewHop) => ({
  sourceId: hop.sourceId ?? null,
  citedId: hop.articleId ?? null,
  unnamed: hop.unnamed ?? null,
  relation: hop.relation,
  terms: hop.terms ?? ('on_record' as const),
  url: hop.url ?? null,
  at: utcOrNull(hop.at),
  positionToKnow: hop.positionToKnow ?? null
})

/** A hop as it is answered when it was written. */
export const asWritten = (hop: NewHop): Hop => hopForm(columns(hop))

/** A chain of an attribution. Its pointer begins those of its faults. */
export interface Chain {
  id: string
  pointer: string
  hops: NewHop[]
}

/** Writes the chain of an attribution. Throws 422 for a missing source, or an address that nobody has. */
export async function writeHops(tx: Writer, attributionId: string, input: NewHop[]): Promise<Hop[]> {
  const rows = await writeChains(tx, [{ id: attributionId, pointer: '', hops: input }])
  return rows.map(hopForm)
}

/** Writes chains, each in its order. Throws 422 likewise. */
export async function writeChains(tx: Writer, chains: Chain[]): Promise<HopRow[]> {
  const rows: HopRow[] = []
  const places: { id: string; pointer: string }[] = []
  for (const { id: attributionId, pointer, hops } of chains) {
    await yieldIfDue()
    for (const [position, hop] of (await prefixPointers(pointer, () => recognised(tx, hops))).entries()) {
      rows.push({ attributionId, position, ...columns(hop) })
      if (hop.sourceId) places.push({ id: hop.sourceId, pointer: `${pointer}/hops/${position}/sourceId` })
    }
  }
  await sources.checkNamed(tx, places)
  await insertAll(tx, tx.t.hops, rows)
  return rows
}
