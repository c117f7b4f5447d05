// What is shown in the place of pictures whose rights have ended.
import { inArray } from 'drizzle-orm'
import type { Article } from '../../content/articles/schema.ts'
import { withReferences } from '../../content/body/mentions.ts'
import type { Body } from '../../content/body/schema.ts'
import { termsOf } from '../../content/credits/terms.ts'
import { lacksRenditions } from '../../content/media/renditions.ts'
import type { Media } from '../../content/media/schema.ts'
import * as media from '../../content/media/store.ts'
import type { Writer } from '../../storage/database.ts'
import { isHere } from '../checks/pictures/rights.ts'
import { usesElsewhere } from './uses.ts'

/**
 * The article with the substitutes of its pictures whose rights have ended, where they have one that may be shown. `made`
 * gets their creation times.
 */
export async function withSubstitutes(
  tx: Writer,
  article: Article,
  made: Map<string, string>,
  territory?: string
): Promise<Article> {
  const ended = article.media.filter(({ unavailable }) => unavailable !== undefined).map(({ id }) => id)
  const { media: m } = tx.t
  const named = await tx.q
    .select({ id: m.id, substituteId: m.substituteId })
    .from(m)
    .where(inArray(m.id, ended))
  const shown = new Set(article.media.map(({ id }) => id))
  const wanted = new Map(named.flatMap(({ id, substituteId }) => (substituteId ? [[id, substituteId]] : [])))
  const usable = new Map<string, Media>()
  for (const { media: file, createdAt } of await media.publicForms(tx, [...new Set(wanted.values())])) {
    if (shown.has(file.id) || !(await mayBeShown(tx, article.id, file, territory))) continue
    usable.set(file.id, file)
    made.set(file.id, createdAt)
  }
  const inPlaceOf = (id: string) => usable.get(wanted.get(id) ?? '')
  const replaced = article.media.map((file) => inPlaceOf(file.id) ?? file)
  return {
    ...article,
    leadMediaId: article.leadMediaId && (inPlaceOf(article.leadMediaId)?.id ?? article.leadMediaId),
    // An article of the newsstand has a body of Portable Text.
    body: withReferences(article.body as Body, (kind, id) =>
      kind === 'media' ? (inPlaceOf(id)?.id ?? id) : id
    ),
    // Two pictures may have one substitute.
    media: replaced.filter(({ id }, i) => replaced.findIndex((other) => other.id === id) === i)
  }
}

/** Whether a picture may take the place of another now, in the middle of the night: as the checks of publishing ask. */
async function mayBeShown(
  tx: Writer,
  articleId: string,
  file: Media,
  territory: string | undefined
): Promise<boolean> {
  const { id, credits } = file
  if (credits.length === 0 || lacksRenditions(file)) return false
  if (credits.some(({ expiresAt }) => expiresAt !== null && expiresAt <= tx.now)) return false
  const embargo = (await media.embargoes(tx, [id])).get(id)
  if (embargo !== undefined && embargo > tx.now) return false
  const uses = (await usesElsewhere(tx, articleId, [id])).get(id)!
  const terms = [...(await termsOf(tx, credits)).values()]
  return terms.every(
    ({ isApproved, maxUses, purposes, territories }) =>
      isApproved &&
      isHere(territories, territory) &&
      (maxUses === null || uses < maxUses) &&
      (purposes === null || purposes.includes('web'))
  )
}
