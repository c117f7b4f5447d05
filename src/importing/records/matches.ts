// Sources that the newsroom knows, for those of the same name that an import made.
import { and, asc, inArray, notInArray } from 'drizzle-orm'
import { hasWords } from '../../content/articles/list/desk-words.ts'
import { inTurns } from '../../content/articles/yielding.ts'
import type { Reader } from '../../storage/database.ts'
import { foldWord } from '../../storage/text/folding.ts'
import { termOf } from '../../storage/text/tokenizer.ts'
import type { SourceMatch } from './schema.ts'

/** How many sources with all words of a name are compared with it, and how many are proposed. */
const most = { compared: 50, proposed: 5 }

/** A name without what spellings differ in: capitals, accents, punctuation, and "the" before it. */
const normal = (name: string) =>
  name
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean)
    .map(foldWord)
    .join(' ')
    .replace(/^the (?=.)/, '')

/** The known sources of the same name, for each of these that has any. Those of one import are not proposed for each other. */
export async function matchesOf(db: Reader, ids: string[]): Promise<SourceMatch[]> {
  const { q, t } = db
  const made = await q.select().from(t.sources).where(inArray(t.sources.id, ids)).orderBy(asc(t.sources.id))
  const found: SourceMatch[] = []
  for await (const { id: sourceId, name } of inTurns(made)) {
    const term = termOf(name)
    if (term === undefined) continue
    const rows = await q
      .select({ id: t.sources.id, kind: t.sources.kind, name: t.sources.name, role: t.sources.role })
      .from(t.sources)
      .where(and(hasWords(db, 'source', t.sources.id, [term]), notInArray(t.sources.id, ids)))
      .orderBy(asc(t.sources.id))
      .limit(most.compared)
    const known = rows.filter((one) => normal(one.name) === normal(name)).slice(0, most.proposed)
    if (known.length > 0) found.push({ sourceId, name, known })
  }
  return found
}
