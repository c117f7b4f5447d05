// What a hop names beside a source: an article of ours, or an address that one of ours or a source has.
import { and, eq, inArray, or } from 'drizzle-orm'
import { unprocessable } from '../../http/problems.ts'
import { faultAt, refuse } from '../../http/server/several-faults.ts'
import type { Reader } from '../../storage/database.ts'
import { isNotTrashed } from '../articles/soft-deletion.ts'
import type { Hop, NewHop } from './schema.ts'

/** The hops, those with nothing but an address naming the article or the source that has it. Throws 422. */
export async function recognised(db: Reader, hops: NewHop[]): Promise<NewHop[]> {
  const named: NewHop[] = []
  for (const [i, hop] of hops.entries()) {
    const isNamed = hop.sourceId ?? hop.articleId ?? hop.unnamed
    named.push(isNamed ? hop : { ...hop, ...(await holderOf(db, hop.url!, `/hops/${i}/url`)) })
  }
  return named
}

/** The article or else the source of this address. Throws 422 where there is none, or more than one. */
async function holderOf(db: Reader, url: string, pointer: string) {
  const { q, t } = db
  const { articles, sources, sourceAddresses } = t
  const ours = await q
    .select({ articleId: articles.id })
    .from(articles)
    .where(and(eq(articles.canonicalUrl, url), isNotTrashed(db, articles.id)))
    .limit(2)
  const aliased = q
    .select({ id: sourceAddresses.sourceId })
    .from(sourceAddresses)
    .where(eq(sourceAddresses.url, url))
  const known = await q
    .select({ sourceId: sources.id })
    .from(sources)
    .where(or(eq(sources.url, url), inArray(sources.id, aliased)))
    .limit(2)
  const found = ours.length > 0 ? ours : known
  if (found.length === 1) return found[0]
  throw unprocessable(
    pointer,
    found.length === 0
      ? `No article and no source has the address ${url}: name the source (\`sourceId\`), the article (\`articleId\`), or say who it is without a name (\`unnamed\`).`
      : `Several have the address ${url}: name the one that is meant by \`sourceId\` or \`articleId\`.`
  )
}

/** Throws 422 for an article that is not there, and for the article itself; those that were named before may be gone. */
export async function checkCited(db: Reader, articleId: string, hops: NewHop[], before: Hop[] = []) {
  const old = new Set(before.map((hop) => hop.articleId))
  const cited = hops.flatMap(({ articleId: id }, i) =>
    id && !old.has(id) ? [{ id, pointer: `/hops/${i}/articleId` }] : []
  )
  if (cited.length === 0) return
  const { articles } = db.t
  const ids = cited.map(({ id }) => id)
  const rows = await db.q
    .select({ id: articles.id })
    .from(articles)
    .where(and(inArray(articles.id, ids), isNotTrashed(db, articles.id)))
  const there = new Set(rows.map(({ id }) => id))
  refuse(
    cited.flatMap(({ id, pointer }) => {
      if (id === articleId) return [faultAt(pointer, 'An article cannot rest on itself: name another one.')]
      return there.has(id) ? [] : [faultAt(pointer, `There is no article ${id}: name one that exists.`)]
    })
  )
}
