// Duplicating an article as a new draft.
import { newId } from '../../../http/ids.ts'
import { found } from '../../../http/problems.ts'
import type { Writer } from '../../../storage/database.ts'
import { contentOf } from '../../articles/content.ts'
import * as articles from '../../articles/store.ts'
import * as attributions from '../../attributions/store.ts'
import { withReferences } from '../../body/mentions.ts'
import * as quotes from '../../quotes/store.ts'

/**
 * A draft with all that the article says: its words, quotes and attributions get ids of their own, its media and
 * sources are shared. What was said of the article itself does not come along: when it was published, where it is at
 * home, who works on it until when, what was corrected, and what readers answered. A legal hold and an embargo do: they
 * protect the same words. Throws 404.
 */
export async function create(tx: Writer, id: string): Promise<articles.WorkingCopy> {
  const original = found(await articles.byIdOrSlug(tx, id), 'article')
  const { quotes: said, attributions: rests } = await quotes.ofArticle(tx, id)
  const ids = new Map([
    ...said.map((quote) => [quote.id, newId('quo')] as const),
    ...rests.map((attribution) => [attribution.id, newId('att')] as const)
  ])
  const copy = await articles.create(tx, {
    ...contentOf(articles.inputOf(original)),
    legalHold: original.legalHold,
    embargoUntil: original.embargoUntil,
    purposes: original.purposes,
    commentPolicy: duplicatedPolicy(original, tx.now),
    canonicalUrl: null,
    body: withReferences(original.body, (_, id) => ids.get(id) ?? id)
  })
  for (const quote of said) await quotes.insert(tx, copy.id, quote, ids.get(quote.id)!)
  for (const { id, quoteId, claim, hops } of rests) {
    const chain = { quoteId: quoteId && ids.get(quoteId)!, claim, hops }
    await attributions.create(tx, copy.id, chain, ids.get(id)!, hops)
  }
  return copy
}

/** The comment policy of the duplicate; a closing time in the past is dropped. */
function duplicatedPolicy({ commentPolicy: { mode, closesAt } }: articles.WorkingCopy, now: string) {
  return closesAt && closesAt > now ? { mode, closesAt } : { mode }
}
