// At the instant at which the rights of a picture end, the articles that show it are published without it.
import { and, asc, eq, lte, sql } from 'drizzle-orm'
import type { Article } from '../../content/articles/schema.ts'
import { withEndedRights } from '../../content/media/ended-rights.ts'
import * as newsstand from '../../newsstand/documents/published.ts'
import { type Database, prepared, type Writer } from '../../storage/database.ts'
import { replaceEdition } from '../compile/replace-edition.ts'
import { withSubstitutes } from './substitutes.ts'

/** Articles per transaction: other writes go in between. */
const batchSize = 25

/** The published articles that show a picture whose rights have ended, by the facet that says when they do. */
const dueQuery = prepared(({ q, t: { facetValues: v, facetDocuments: f } }) =>
  q
    .selectDistinct({ id: f.id })
    .from(v)
    .innerJoin(f, eq(f.facet, v.number))
    .where(and(eq(v.kind, 'article'), eq(v.name, 'ends'), lte(v.value, sql.placeholder('now'))))
    .orderBy(asc(f.id))
    .limit(batchSize)
    .prepare('articles_with_ended_rights')
)

/** Publishes all articles anew whose pictures' rights have ended. Of several processes, one does it. */
export async function endRights(db: Database, now: () => Date, territory?: string): Promise<number> {
  let done = 0
  while ((await dueQuery(db.read).execute({ now: now().toISOString() })).length > 0)
    done += await db.write('rights', async (tx) => {
      // Asked again inside the transaction: another process may have been faster.
      const due = await dueQuery(tx).execute({ now: tx.now })
      for (const { id } of due) await publishWithout(tx, id, territory)
      return due.length
    })
  return done
}

/**
 * Publishes an article as it is, but for the pictures whose rights have ended, or with their substitutes, as its next edition. A legal hold does not
 * prevent that: what was published before stays in its editions.
 */
async function publishWithout(tx: Writer, articleId: string, territory: string | undefined) {
  const document = (await newsstand.documentOf(tx, 'article', articleId))!
  const before = JSON.parse(document.toString()) as Article
  const taken = withEndedRights(before, tx.now)
  const ended = taken.media.filter(({ unavailable }) => unavailable?.since !== undefined)
  const files = ended.map(({ id }) => id)
  const made = new Map(await newsstand.positions(tx, 'media', files))
  const substituted = await withSubstitutes(tx, taken, made, territory)
  const article = { ...substituted, updatedAt: tx.now }
  const credits = ended.flatMap(({ credits }) => credits.map(({ id }) => id))
  const note = `The rights of ${files.join(', ')} ended.`
  await replaceEdition(tx, article, made, [articleId, ...files, ...credits], note)
}
