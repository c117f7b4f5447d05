// Parts of texts, as sentences about them show them.
import { collapseSpace } from '../text.ts'
import { saysTheSame } from './tokens.ts'

/** How much of a text a sentence shows. */
const shown = 120
/** How many words are shown on either side of what differs. */
const around = 2

/** A text in quotation marks, cut where it is too long to be shown. */
export function quotedExcerpt(text: string): string {
  const words = collapseSpace(text)
  return words.length <= shown ? `“${words}”` : `“${words.slice(0, shown).trimEnd()}…”`
}

/** What one text says instead of another: only where they differ, with a few words around it. */
export function wordingDifference(expected: string, found: string): { expected: string; found: string } {
  const [a, b] = [collapseSpace(expected).split(' '), collapseSpace(found).split(' ')]
  const shorter = Math.min(a.length, b.length)
  let start = 0
  while (start < shorter && saysTheSame(a[start]!, b[start]!)) start++
  let end = 0
  while (end < shorter - start && saysTheSame(a.at(-1 - end)!, b.at(-1 - end)!)) end++
  const part = (words: string[]) => {
    const from = Math.max(0, start - around)
    const to = Math.min(words.length, words.length - end + around)
    const middle = words.slice(from, to).join(' ')
    return quotedExcerpt(`${from > 0 ? '… ' : ''}${middle}${to < words.length ? ' …' : ''}`)
  }
  return { expected: part(a), found: part(b) }
}
