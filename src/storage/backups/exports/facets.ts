// The facets of an export, in the order of the documents that have them: they stand in three tables.
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Reader } from '../../database.ts'

/** How many rows are read at once. */
const pageSize = 500

/** All facets of all documents, those after this one only. */
export async function* facetsAfter(db: Pick<Reader, 'q' | 't'>, last?: Record<string, unknown>) {
  const { published: p, facetValues: v, documentFacets: d } = db.t
  const { id: lastId = '' } = last ?? {}
  let after = last && { id: String(lastId), facet: await numberOf(db, last) }
  for (;;) {
    const { id = '', facet = 0 } = after ?? {}
    const rows = await db.q
      .select({
        kind: v.kind,
        name: v.name,
        value: v.value,
        position: p.position,
        id: d.id,
        facet: d.facet
      })
      .from(d)
      .innerJoin(v, eq(v.number, d.facet))
      .innerJoin(p, and(eq(p.kind, v.kind), eq(p.id, d.id)))
      .where(sql`(${d.id}, ${d.facet}) > (${id}, ${facet})`)
      .orderBy(asc(d.id), asc(d.facet))
      .limit(pageSize)
    for (const { facet: _, ...row } of rows) yield row
    if (rows.length < pageSize) return
    after = rows.at(-1)
  }
}

/** The number of the value of a facet that was exported. */
async function numberOf(
  { q, t: { facetValues: v } }: Pick<Reader, 'q' | 't'>,
  { kind, name, value }: Record<string, unknown>
) {
  const [row] = await q
    .select({ number: v.number })
    .from(v)
    .where(and(eq(v.kind, String(kind)), eq(v.name, String(name)), eq(v.value, String(value))))
  return row!.number
}
