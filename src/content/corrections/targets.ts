// The targets of corrections: a quote, an attribution or a credit. Readers follow the link, so a target is not deleted.
import { and, eq, inArray } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { HttpProblem, unprocessable } from '../../http/problems.ts'
import type { Reader, Writer } from '../../storage/database.ts'
import type { NewCorrection } from './schema.ts'

/** Throws 422 when the target is not a record of the article. */
export async function checkTarget(
  { q, t }: Reader,
  articleId: string,
  target: NewCorrection['target'],
  at = '/target'
) {
  if (!target) return
  const { quotes, attributions, mediaCredits, articleMedia } = t
  const [name, id] = Object.entries(target)[0]!
  const found = {
    quoteId: () =>
      q
        .select({ id: quotes.id })
        .from(quotes)
        .where(and(eq(quotes.id, id), eq(quotes.articleId, articleId))),
    attributionId: () =>
      q
        .select({ id: attributions.id })
        .from(attributions)
        .where(and(eq(attributions.id, id), eq(attributions.articleId, articleId))),
    creditId: () =>
      q
        .select({ id: mediaCredits.id })
        .from(mediaCredits)
        .innerJoin(articleMedia, eq(articleMedia.mediaId, mediaCredits.mediaId))
        .where(and(eq(mediaCredits.id, id), eq(articleMedia.articleId, articleId)))
  }[name as 'quoteId' | 'attributionId' | 'creditId']
  if ((await found()).length === 0)
    throw unprocessable(`${at}/${name}`, `${id} does not belong to this article.`)
}

/** The corrections of these articles that have a target. */
async function targeted({ q, t: { corrections: c } }: Reader, articleIds: string[]) {
  const rows = await q
    .select({ id: c.id, articleId: c.articleId, target: c.target, version: c.version })
    .from(c)
    .where(inArray(c.articleId, articleIds))
  return rows.flatMap(({ target, ...row }) => (target ? [{ ...row, at: Object.values(target)[0] }] : []))
}

/** Throws 409 where a correction of these articles targets one of these records, which are to be deleted. */
export async function checkUntargeted(tx: Writer, articleIds: string[], ids: string[]) {
  const found = (await targeted(tx, articleIds)).find(({ at }) => ids.includes(at!))
  if (found)
    throw new HttpProblem(
      'conflict',
      `The correction ${found.id} points at ${found.at}: change its target before you delete that.`
    )
}

/** Clears the targets of an article's corrections that are not among these records, and logs it. */
export async function clearMissingTargets(tx: Writer, articleId: string, there: Set<string>) {
  const { q, t, now } = tx
  for (const { id, at, version } of await targeted(tx, [articleId])) {
    if (there.has(at!) || at!.startsWith('crd_')) continue
    const next = version + 1
    await q
      .update(t.corrections)
      .set({ target: null, version: next, updatedAt: now })
      .where(eq(t.corrections.id, id))
    const detail = { note: `What it pointed at, ${at}, is not in the edition that was restored.` }
    await changes.append(tx, { action: 'update', kind: 'correction', id, articleId, version: next, detail })
  }
}
