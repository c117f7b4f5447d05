// Checking quotations against what is published.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ArticleCard } from '../../content/articles/schema.ts'
import * as published from '../../newsstand/documents/published.ts'
import type { Reader } from '../../storage/database.ts'
import { differenceOf } from './difference.ts'
import { isTelling, type Match, matchesOf } from './matching.ts'
import type { CheckedQuotation, QuoteMatch } from './schema.ts'
import { type OtherNames, sourcesOf } from './speakers.ts'
import { wordsOf } from './words.ts'

/** Words that are said to be somebody's. */
export interface Quotation {
  words: string
  speaker?: string | null
}

interface Options {
  /** An article in which nothing is looked for: the one that is checked. */
  except?: string
  otherNames?: OtherNames
}

const maxMatches = 5

/** What the record says of each quotation. */
export async function check(
  db: Reader,
  quotations: Quotation[],
  { except, otherNames }: Options = {}
): Promise<CheckedQuotation[]> {
  const sources = sourcesOf(db, otherNames)
  const checked: CheckedQuotation[] = []
  for (const { words, speaker = null } of quotations) {
    const found = (await matchesOf(db, wordsOf(words))).filter(({ quote }) => quote.articleId !== except)
    const [own, others] = await bySpeaker(found, speaker, sources)
    const matches = [...own, ...others]
    const shown = await Promise.all(
      matches.slice(0, maxMatches).map((match) => shownMatch(db, match, words, sources))
    )
    const isFound = own.length > 0 || others.some(isTelling)
    checked.push({
      words,
      speaker,
      verdict: verdictOf(own, others),
      matches: isFound ? shown.flat() : []
    })
    await nextTurn()
  }
  return checked
}

type Sources = ReturnType<typeof sourcesOf>

/** The matches that may be of the speaker, and those that are of somebody else. */
async function bySpeaker(matches: Match[], speaker: string | null, { mayBeOf }: Sources) {
  const own: Match[] = []
  const others: Match[] = []
  for (const match of matches) {
    const isOwn = speaker === null || (await mayBeOf(speaker, match.quote.attributions))
    if (isOwn) own.push(match)
    else others.push(match)
  }
  return [own, others] as const
}

/** A few words that many say are no misattribution: "I resign". */
function verdictOf([own]: Match[], others: Match[]): CheckedQuotation['verdict'] {
  if (own) return own.alignment.changed === 0 ? 'verbatim' : 'altered'
  return others.some(isTelling) ? 'misattributed' : 'unknown'
}

/** A match as it is answered: none where its article was withdrawn meanwhile. */
export async function shownMatch(
  db: Reader,
  { quote, text, alignment }: Match,
  quotation: string,
  { quoted }: Pick<Sources, 'quoted'>
): Promise<QuoteMatch[]> {
  const sources = await quoted(quote.attributions)
  return (await published.cards(db, 'article', [quote.articleId])).map(({ card }) => {
    const { id, slug, title, publishedAt, updatedAt } = JSON.parse(card.toString()) as ArticleCard
    return {
      quoteId: quote.id,
      words: text,
      sources,
      article: { id, slug, title, publishedAt: publishedAt!, updatedAt },
      changed: alignment.changed,
      difference: differenceOf(alignment, quotation, text)
    }
  })
}
