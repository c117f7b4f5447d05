// Checks of quotes and claims: whether their text matches its anchor, and whether they have an attribution.
import {
  type Anchor,
  anchorsIn,
  claimAnchor,
  keyOfAnchor,
  quoteAnchor
} from '../../content/body/anchors/anchors.ts'
import { saysTheSame } from '../../content/body/anchors/tokens.ts'
import { quotedExcerpt, wordingDifference } from '../../content/body/anchors/wording.ts'
import { mentions } from '../../content/body/mentions.ts'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import { type Check, type CheckedDraft, type Failure, failureIf, forEachItem } from './check.ts'

/** A quote or claim that should be in the body, and its pointer. */
interface Statement {
  to: Anchor
  text: string
  pointer: string
  /** What it is called in a sentence. */
  name: string
}

const quotesOf = ({ article }: CheckedDraft, kinds: string[]): Statement[] =>
  article.quotes.flatMap(({ id, kind, text }, i) => {
    const name = `the ${kind} quote ${id}`
    return kinds.includes(kind) ? [{ to: quoteAnchor(id), text, pointer: `/quotes/${i}/text`, name }] : []
  })

const claimsOf = ({ article }: CheckedDraft): Statement[] =>
  article.attributions.map(({ id, claim }, i) => ({
    to: claimAnchor(id),
    text: claim!,
    pointer: `/attributions/${i}/claim`,
    name: `the claim of the attribution ${id}`
  }))

/** Why quotes and claims do not match the body: their anchor has another text, or they have none. */
async function drifted({ body, ambiguous }: CheckedDraft, said: Statement[]) {
  const there = anchorsIn(body)
  const found: { one: Statement; drift: string }[] = []
  for (const one of said) {
    await yieldIfDue()
    const key = keyOfAnchor(one.to)
    const anchored = there.get(key)
    if (ambiguous.has(key) || (anchored && saysTheSame(anchored.text, one.text))) continue
    found.push({
      one,
      drift: anchored ? driftOf(one, anchored) : `${quotedExcerpt(one.text)} is anchored nowhere.`
    })
  }
  return found
}

function driftOf({ text }: Statement, anchored: { text: string }) {
  const { expected, found } = wordingDifference(text, anchored.text)
  return `${found} stands there instead of ${expected}.`
}

/** How many candidate places are reported. */
const maxCandidates = 5

/** Quotes and claims without an anchor because their text is ambiguous, or not where it was. */
function ambiguous(checked: CheckedDraft): Failure[] {
  const said = [...quotesOf(checked, ['direct', 'indirect', 'mixed']), ...claimsOf(checked)]
  return said.flatMap((one) => {
    const places = checked.ambiguous.get(keyOfAnchor(one.to)) ?? []
    if (places.length === 0) return []
    const shown = places
      .slice(0, maxCandidates)
      .map(({ pointer, words }) => `${pointer} ${quotedExcerpt(words)}`)
    const more = places.length > maxCandidates ? [`and ${places.length - maxCandidates} more`] : []
    return {
      pointer: one.pointer,
      detail: `Nothing tells which words of the body are those of ${one.name}, ${quotedExcerpt(one.text)}: ${[...shown, ...more].join(', ')}.`
    }
  })
}

export const quoteChecks: Check[] = [
  {
    code: 'quote-not-in-body',
    severity: 'error',
    fix: 'Put the words of the quote back into the body, or make the text of the quote what stands there.',
    find: async (checked) =>
      (await drifted(checked, quotesOf(checked, ['direct']))).map(({ one: { pointer, name }, drift }) => ({
        pointer,
        detail: `The words of ${name} do not stand in the body where it is anchored: ${drift}`
      }))
  },
  {
    code: 'anchor-ambiguous',
    severity: 'error',
    fix: 'Send the body with the id at the words that are meant: as a `quote` or `attribution` annotation of Portable Text, or as `<span data-quote="...">` or `<span data-attribution="...">` in HTML.',
    find: ambiguous
  },
  {
    code: 'quote-without-attribution',
    severity: 'error',
    fix: 'Add an attribution to the quote that says whose words they are.',
    find: ({ article }) =>
      forEachItem('/quotes', article.quotes, ({ id, attributions }, at) =>
        failureIf(attributions.length === 0, `${at}/attributions`, `Nobody is named for the quote ${id}.`)
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
    find: async (checked) =>
      (await drifted(checked, claimsOf(checked))).map(({ one: { pointer, name }, drift }) => ({
        pointer,
        detail: `${name[0]!.toUpperCase()}${name.slice(1)} does not stand in the body: ${drift}`
      }))
  }
]
