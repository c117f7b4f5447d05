// One source in the place of another, in a draft.
import { eq } from 'drizzle-orm'
import * as articles from '../../content/articles/store.ts'
import { yieldingEach } from '../../content/articles/yielding.ts'
import * as attributions from '../../content/attributions/store.ts'
import * as sources from '../../content/sources/store.ts'
import { unprocessable } from '../../http/problems.ts'
import type { Reader, Writer } from '../../storage/database.ts'

/** Whether anything names a source: a chain, a byline, or a source that belongs to it. */
export async function isReferenced({ q, t }: Reader, id: string): Promise<boolean> {
  const hops = await q
    .select({ id: t.hops.attributionId })
    .from(t.hops)
    .where(eq(t.hops.sourceId, id))
    .limit(1)
  const bylines = await q
    .select({ id: t.articleBylines.articleId })
    .from(t.articleBylines)
    .where(eq(t.articleBylines.sourceId, id))
    .limit(1)
  const members = await q
    .select({ id: t.sources.id })
    .from(t.sources)
    .where(eq(t.sources.affiliationId, id))
    .limit(1)
  return hops.length + bylines.length + members.length > 0
}

/** Deletes a source that was rejected. Throws 422 while something names it. */
export async function removeUnreferenced(tx: Writer, id: string, pointer: string) {
  if (await isReferenced(tx, id))
    throw unprocessable(
      `${pointer}/decision`,
      `Something still names the source ${id}: correct or reject that in the same review, or say in \`mergeInto\` who it is.`
    )
  await sources.remove(tx, id, '*')
}

/** Has the draft name another source in the place of this one, and deletes this one where nothing else names it. */
export async function merge(
  tx: Writer,
  articleId: string,
  { from, into, pointer }: { from: string; into: string; pointer: string }
) {
  await sources.checkNamed(tx, [{ id: into, pointer: `${pointer}/mergeInto` }])
  const moved = <T extends { sourceId?: string | null }>(one: T): T =>
    one.sourceId === from ? { ...one, sourceId: into } : one
  const all = await attributions.ofArticle(tx, articleId)
  const naming = all.filter(({ hops }) => hops.some(({ sourceId }) => sourceId === from))
  // Each writes the draft, whose body may be long.
  for await (const { id } of yieldingEach(naming, 1))
    await attributions.change(tx, id, '*', (now) => ({ ...now, hops: now.hops.map(moved) }))
  const { bylines } = (await articles.byIdOrSlug(tx, articleId))!
  if (bylines.some(({ sourceId }) => sourceId === from))
    await articles.change(
      tx,
      articleId,
      '*',
      (now) => ({ ...now, bylines: bylines.map(moved) }),
      async (body) => body
    )
  if (!(await isReferenced(tx, from))) await sources.remove(tx, from, '*')
}
