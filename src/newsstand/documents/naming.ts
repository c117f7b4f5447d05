// How often published documents name a shared record, and since when: read from the facets they are found by.
import { asc, desc, eq, sql } from 'drizzle-orm'
import { prepared, type Reader } from '../../storage/database.ts'
import { countAtMost, numberOf } from './facets.ts'
import type { Kind } from './kinds.ts'

/** The kinds of documents that name a source, and under which name they are counted. */
const naming = { article: 'articles', quote: 'quotes', attribution: 'attributions' } as const

const placeQuery = (direction: typeof asc | typeof desc, name: string) =>
  prepared((db) => {
    const { facetDocuments: f } = db.t
    return db.q
      .select({ position: f.position })
      .from(f)
      .where(eq(f.facet, numberOf(db, 'article', 'source', sql.placeholder('id'))))
      .orderBy(direction(f.position))
      .limit(1)
      .prepare(name)
  })
const firstQuery = placeQuery(asc, 'first_naming')
const lastQuery = placeQuery(desc, 'last_naming')

/** How many published documents of each kind have a hop with this source, and when the first and last was published. */
export async function seen(db: Reader, id: string) {
  const counts: Record<string, number> = {}
  for (const [kind, name] of Object.entries(naming))
    counts[name] = await countAtMost(db, kind as Kind, 'source', [id])
  const [first] = await firstQuery(db).execute({ id })
  const [last] = await lastQuery(db).execute({ id })
  return { ...counts, firstAt: first?.position ?? null, lastAt: last?.position ?? null }
}
