// Block quotes: a paragraph that announces somebody's words, and the paragraphs that are those words.

import type { FoundQuote } from '../found-quotes.ts'
import { cueBefore } from '../grammar/leads.ts'
import type { Lexicon } from '../languages/lexicon.ts'
import { inside, opensQuote } from '../marks.ts'
import type { Paragraph } from '../paragraphs.ts'

/** A paragraph that ends with a colon, and perhaps a note: "(emphasis added):" or ": (emphasis added)". */
const announcing = /:\s*(?:\([^()]{1,100}\)\s*)?$/
const noteBeforeColon = /\(([^()]{1,100})\)\s*(?=:\s*$)/

/** Every block quote: "The Example Wire reports (emphasis added):", then the words. */
export const blockQuotesIn = (paragraphs: Paragraph[], lexicon: Lexicon): FoundQuote[] =>
  paragraphs.flatMap((intro, i) => {
    if (intro.style === 'blockquote' || !announcing.test(intro.text)) return []
    const words = quotedAfter(paragraphs, i)
    return words.length > 0 ? (announced(intro, words, lexicon) ?? []) : []
  })

/** The paragraphs right after this one that may be a block quote: what the page set apart, or else the next one. */
function quotedAfter(paragraphs: Paragraph[], intro: number): Paragraph[] {
  const after = (i: number) => {
    const next = paragraphs[i + 1]
    return next?.previous !== undefined && next.block === paragraphs[i]!.block + 1 ? next : undefined
  }
  const first = after(intro)
  if (!first || first.listItem) return []
  if (first.style !== 'blockquote') return opensQuote(first.text) ? [] : [first]
  const words = [first]
  for (let i = intro + 1; after(i)?.style === 'blockquote'; i++) words.push(after(i)!)
  return words
}

function announced(intro: Paragraph, words: Paragraph[], lexicon: Lexicon): FoundQuote | undefined {
  const cue = cueBefore(intro.text.replace(noteBeforeColon, ''), lexicon)
  // A person's words in a plain paragraph have quotation marks; an outlet's may stand without.
  const outlet = cue && /according|reported|wrote|published/.test(cue.relation)
  if (cue?.joint !== 'adjacent' || !(outlet || words[0]!.style === 'blockquote')) return undefined
  const ranges = words
    .map(({ block, text }) => ({ block, ...unmarked(text) }))
    .filter(({ start, end }) => start < end)
  if (ranges.length === 0) return undefined
  return { ranges, kind: 'direct', display: 'block', cue, note: noteBeforeColon.exec(intro.text)?.[1] }
}

/** The words of a block quote, without the quotation marks some pages put around them as well. */
function unmarked(text: string) {
  const start = text.length - text.trimStart().length
  const end = text.trimEnd().length
  return opensQuote(text) && /["”»’]$/u.test(text.slice(0, end))
    ? inside(text, { start, end, open: false })
    : { start, end }
}
