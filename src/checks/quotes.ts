// Quotes and claims: whether their words stand where they are anchored, and whether anybody is named for them.
import { type Anchor, anchoredText, claimAnchor, quoteAnchor } from '../body/anchors.ts'
import { mentions } from '../body/mentions.ts'
import type { Body } from '../body/schema.ts'
import { folded } from '../body/text.ts'
import { type Check, each, when } from './check.ts'
import { cited, drift } from './wording.ts'

/** What has become of words in the body: undefined while they stand where they are anchored. */
function drifted(body: Body, anchor: Anchor, text: string): string | undefined {
  const anchored = anchoredText(body, anchor)
  if (anchored === undefined) return `${cited(text)} is anchored nowhere.`
  if (folded(anchored) === folded(text)) return undefined
  const { expected, found } = drift(text, anchored)
  return `${found} stands there instead of ${expected}.`
}

export const quoteChecks: Check[] = [
  {
    code: 'quote-not-in-body',
    severity: 'error',
    fix: 'Put the words of the quote back into the body, or make the text of the quote what stands there.',
    find: ({ article, body }) =>
      each('/quotes', article.quotes, ({ id, kind, text }, at) => {
        const drift = kind === 'direct' ? drifted(body, quoteAnchor(id), text) : undefined
        const detail = `The words of the direct quote ${id} do not stand in the body where it is anchored: ${drift}`
        return when(drift !== undefined, `${at}/text`, detail)
      })
  },
  {
    code: 'quote-without-attribution',
    severity: 'error',
    fix: 'Add an attribution to the quote that says whose words they are.',
    find: ({ article }) =>
      each('/quotes', article.quotes, ({ id, attributions }, at) =>
        when(attributions.length === 0, `${at}/attributions`, `Nobody is named for the quote ${id}.`)
      )
  },
  {
    code: 'unknown-anchor',
    severity: 'error',
    fix: 'Take the annotation out of the body, or add the quote or attribution that it is meant for.',
    find({ article, body }) {
      const ofQuotes = article.quotes.flatMap(({ attributions }) => attributions)
      const known = new Set([...article.quotes, ...ofQuotes, ...article.attributions].map(({ id }) => id))
      return mentions(body)
        .filter(({ kind, id }) => kind !== 'media' && !known.has(id))
        .map(({ kind, id, pointer }) => ({
          pointer,
          detail: `The body is annotated with the ${kind} ${id}, which is not there.`
        }))
    }
  },
  {
    code: 'claim-not-in-body',
    severity: 'warning',
    fix: 'Make the claim the words that stand in the body now, or delete its attribution.',
    find: ({ article, body }) =>
      each('/attributions', article.attributions, ({ id, claim }, at) => {
        const drift = drifted(body, claimAnchor(id), claim!)
        const detail = `The claim of the attribution ${id} does not stand in the body: ${drift}`
        return when(drift !== undefined, `${at}/claim`, detail)
      })
  }
]
