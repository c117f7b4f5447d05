// Sources that are being merged: until everything is moved, the one is the other as well.
import { and, eq, inArray, sql } from 'drizzle-orm'
import { prepared, preparedEach, type Reader } from '../../storage/database.ts'

/** While articles are moved from the one source to the other, or back, some name the one and some the other. */
const unfinished: ('moving' | 'undoing')[] = ['moving', 'undoing']

const anyQuery = prepared(({ q, t: { sourceMerges: m } }) =>
  q.select({ id: m.id }).from(m).where(inArray(m.state, unfinished)).limit(1).prepare('any_unfinished_merge')
)

const unfinishedQuery = preparedEach(String, ({ q, t: { sourceMerges: m } }, by: 'id' | 'into') =>
  q
    .select({ id: m.id, into: m.into })
    .from(m)
    .where(and(eq(m[by], sql.placeholder('source')), inArray(m.state, unfinished)))
    .prepare(`unfinished_merges_by_${by}`)
)

/** These records, and the sources into which those among them are being merged, or out of which they are taken. */
export async function withMergeTargets(db: Reader, ids: Iterable<string>): Promise<Set<string>> {
  const all = new Set(ids)
  if ((await anyQuery(db).execute()).length === 0) return all
  for (const source of [...all].filter((id) => id.startsWith('src_')))
    for (const { into } of await unfinishedQuery(db, 'id').execute({ source })) all.add(into)
  return all
}

/** A record, and the sources that are being merged into it, or taken out of it. */
export async function withMerging(db: Reader, source: string): Promise<string[]> {
  const rows = await unfinishedQuery(db, 'into').execute({ source })
  return [source, ...rows.map(({ id }) => id)]
}
