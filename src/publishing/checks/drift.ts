// Quotes of a draft whose words differ from what was printed before of the same person.
import { and, eq, ne, sql } from 'drizzle-orm'
import type { Article } from '../../content/articles/schema.ts'
import type { Attribution } from '../../content/attributions/schema.ts'
import type { Quote } from '../../content/quotes/schema.ts'
import { align } from '../../record/quote-checks/alignment.ts'
import { type Match, matchesOf, narrow } from '../../record/quote-checks/matching.ts'
import { weightsIn } from '../../record/quote-checks/weights.ts'
import { wordsOf, wordsOfQuote } from '../../record/quote-checks/words.ts'
import { prepared, type Reader } from '../../storage/database.ts'

/** What was printed before, by the quote of the draft. */
export type Drifts = Map<string, Pick<Quote, 'id' | 'articleId' | 'text'>>

const namedQuery = prepared(({ q, t: { edges } }) =>
  q
    .select({ articleId: edges.articleId })
    .from(edges)
    .where(
      and(eq(edges.target, sql.placeholder('sourceId')), ne(edges.articleId, sql.placeholder('articleId')))
    )
    .limit(1)
    .prepare('article_naming_source')
)

/** Finds what other published articles quoted otherwise. */
export async function driftsIn(db: Reader, { id: articleId, quotes }: Article): Promise<Drifts> {
  const drifts: Drifts = new Map()
  for (const one of quotes) {
    const { id, kind, text, attributions } = one
    const speakers = speakersOf(attributions)
    if (kind !== 'direct') continue
    // What nearly every one of them needs is asked at once.
    const [known, weightOf] = await Promise.all([isNamed(db, speakers, articleId), weightsIn(db)])
    if (!known) continue
    const found = (await matchesOf(db, wordsOfQuote(one), narrow, weightOf)).filter(
      ({ quote }) =>
        quote.kind === 'direct' &&
        quote.articleId !== articleId &&
        speakersOf(quote.attributions).some((speaker) => speakers.includes(speaker))
    )
    if (found[0] && !found.some((match) => isSame(match, text))) drifts.set(id, found[0].quote)
  }
  return drifts
}

/** Whether another published article names one of these sources. */
async function isNamed(db: Reader, sourceIds: string[], articleId: string): Promise<boolean> {
  for (const sourceId of sourceIds)
    if ((await namedQuery(db).execute({ sourceId, articleId })).length > 0) return true
  return false
}

/** Whose words they are: the sources at the ends of the chains. */
const speakersOf = (attributions: Attribution[]) =>
  attributions.flatMap(({ hops }) => hops.at(-1)!.sourceId ?? [])

/** Whether one of the two is the other or a part of it, word for word. */
const isSame = ({ text, alignment }: Match, quotation: string) =>
  alignment.changed === 0 || align(wordsOf(text), wordsOf(quotation), () => 1).changed === 0
