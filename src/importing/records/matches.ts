// Sources that the newsroom knows, for those of the same name that an import made.

import { and, asc, eq, inArray, notInArray } from 'drizzle-orm'
import { yieldingEach } from '../../content/articles/yielding.ts'
import type { Reader } from '../../storage/database.ts'
import { nameKey } from '../../storage/text/name-key.ts'
import type { SourceMatch } from './schema.ts'

/** How many sources are proposed for one name. */
const limits = 5

/** The known sources of the same name, for each of these that has one. Those of one import are not proposed for each other. */
export async function matchesOf(db: Reader, ids: string[]): Promise<SourceMatch[]> {
  const { sources, sourceNames: n } = db.t
  const made = await db.q.select().from(sources).where(inArray(sources.id, ids)).orderBy(asc(sources.id))
  const found: SourceMatch[] = []
  for await (const { id: sourceId, name } of yieldingEach(made)) {
    const known = await db.q
      .select({ id: sources.id, kind: sources.kind, name: sources.name, role: sources.role })
      .from(n)
      .innerJoin(sources, eq(sources.id, n.sourceId))
      .where(and(eq(n.name, nameKey(name)), notInArray(n.sourceId, ids)))
      .orderBy(asc(n.sourceId))
      .limit(limits)
    if (known.length > 0) found.push({ sourceId, name, known })
  }
  return found
}
