// What only the desk may have checked, or compared: drafts, and the names of sources that are not published.
import { inArray } from 'drizzle-orm'
import { draftArticle } from '../../../content/articles/assemble.ts'
import * as articles from '../../../content/articles/store.ts'
import type { NewBody } from '../../../content/body/schema.ts'
import { found } from '../../../http/problems.ts'
import type { Reader } from '../../../storage/database.ts'
import type { OtherNames } from '../speakers.ts'
import type { Quotation } from '../store.ts'
import { wordsOf } from '../words.ts'

/** What a draft quotes: its quotes, then what else stands between quotation marks. Throws 404. */
export async function draftQuotations(
  db: Reader,
  id: string,
  read: (body: NewBody) => Promise<Quotation[]>
): Promise<Quotation[]> {
  const { quotes, sources, body } = await draftArticle(
    db,
    found(await articles.byIdOrSlug(db, id), 'article')
  )
  const names = new Map(sources.map(({ id, name }) => [id, name]))
  const own = quotes
    .filter(({ kind }) => kind !== 'indirect')
    .map(({ text, attributions }): Quotation => {
      const ends = attributions.map(({ hops }) => hops.at(-1)!.sourceId)
      return { words: text, speaker: names.get(ends.find((id) => id !== undefined) ?? '') ?? null }
    })
  const taken = new Set(own.flatMap(({ words }) => [words, ...words.split(' ... ')]).map(compared))
  const others = await read(body as NewBody)
  return [...own, ...others.filter(({ words }) => !taken.has(compared(words)))]
}

/** Words as they are compared. */
const compared = (text: string) =>
  wordsOf(text)
    .map(({ text }) => text)
    .join(' ')

/** The aliases of sources. */
export const otherNamesIn =
  ({ q, t: { sources } }: Reader): OtherNames =>
  async (ids) => {
    const rows = await q
      .select({ id: sources.id, aliases: sources.aliases })
      .from(sources)
      .where(inArray(sources.id, ids))
    return new Map(rows.map(({ id, aliases }) => [id, aliases]))
  }
