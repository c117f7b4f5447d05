// Sources that the newsroom knows, for those of the same name that an import made.

import { asc, eq, inArray, sql } from 'drizzle-orm'
import { yieldingEach } from '../../content/articles/yielding.ts'
import { prepared, type Reader } from '../../storage/database.ts'
import { nameKey } from '../../storage/text/name-key.ts'
import type { SourceMatch } from './schema.ts'

/** How many sources are proposed for one name. */
const limits = 5

const byNameQuery = prepared(({ q, t: { sources, sourceNames: n } }) =>
  q
    .select({ id: sources.id, kind: sources.kind, name: sources.name, role: sources.role })
    .from(n)
    .innerJoin(sources, eq(sources.id, n.sourceId))
    .where(eq(n.name, sql.placeholder('name')))
    .orderBy(asc(n.sourceId))
    .limit(sql.placeholder('limit'))
    .prepare('sources_of_name')
)

/** The known sources of the same name, for each of these that has one. Those of one import are not proposed for each other. */
export async function matchesOf(db: Reader, ids: string[]): Promise<SourceMatch[]> {
  const { sources } = db.t
  const made = await db.q.select().from(sources).where(inArray(sources.id, ids)).orderBy(asc(sources.id))
  const own = new Set(ids)
  const found: SourceMatch[] = []
  for await (const { id: sourceId, name } of yieldingEach(made)) {
    const all = await byNameQuery(db).execute({ name: nameKey(name), limit: limits + own.size })
    const known = all.filter(({ id }) => !own.has(id)).slice(0, limits)
    if (known.length > 0) found.push({ sourceId, name, known })
  }
  return found
}
