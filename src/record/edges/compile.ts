// Compiling what an article rests on: its chains of attribution, one edge a hop.
import { hash } from 'node:crypto'
import type { Article } from '../../content/articles/schema.ts'
import type { Attribution, Hop } from '../../content/attributions/schema.ts'
import type { Tables } from '../../storage/database.ts'
import { plainLetters } from '../../storage/text/folding.ts'

export type Edge = Tables['edges']['$inferSelect']

const notLetters = /[^\p{L}\p{N}]+/gu

/** A digest of words without case, accents, spaces and punctuation: two printings of one quote have the same. */
export const digestOf = (words: string) =>
  hash('sha256', plainLetters(words).replace(notLetters, ''), 'base64url').slice(0, 16)

/** The edges of an article: those of its quotes, then those of its claims. */
export function edgesOf({
  id,
  quotes,
  attributions
}: Pick<Article, 'id' | 'quotes' | 'attributions'>): Edge[] {
  const chained = (statementId: string, words: string, chain: Attribution): Edge[] =>
    chain.hops.map((hop, position) => ({
      articleId: id,
      attributionId: chain.id,
      position,
      statementId,
      words,
      ...namedBy(hop),
      relation: hop.relation,
      url: hop.url ?? null,
      at: hop.at ?? null
    }))
  return [
    ...quotes.flatMap((quote) => {
      const words = digestOf(quote.text)
      return quote.attributions.flatMap((chain) => chained(quote.id, words, chain))
    }),
    ...attributions.flatMap((claim) => chained(claim.id, digestOf(claim.claim!), claim))
  ]
}

const namedBy = ({ sourceId, articleId, unnamed }: Hop) => ({
  target: sourceId ?? articleId ?? null,
  unnamed: unnamed?.description ?? null
})
