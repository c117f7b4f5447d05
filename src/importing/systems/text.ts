// Fields of exports as plain text and instants.
import { treeOf, wordsIn } from '../../content/body/html/tree.ts'

const limits = { elements: 10_000, depth: 200, attributes: 256 }

/** The words of a field that may hold HTML: "Roses &amp; <em>red</em>". */
export function plainOf(html: string): string {
  if (!/[<&]/.test(html)) return html
  try {
    return wordsIn(treeOf(html.replace(/<br\s*\/?>\n?/gi, '\n'), limits)).trim()
  } catch {
    return html
  }
}

/** An instant of a database: "2011-01-18 07:40:14", which is in UTC; undefined for none ("0000-00-00 00:00:00"). */
export function instantOf(text: string): string | undefined {
  const words = text.trim()
  const utc = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(words) ? `${words.replace(' ', 'T')}Z` : words
  const date = new Date(utc)
  const year = date.getUTCFullYear()
  return words === '' || Number.isNaN(date.getTime()) || year < 1000 || year > 9999
    ? undefined
    : date.toISOString()
}
