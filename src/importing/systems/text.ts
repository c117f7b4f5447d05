// Fields of exports as plain text and instants.
import { treeOf, wordsIn } from '../../content/body/html/tree.ts'

const limits = { elements: 10_000, depth: 200, attributes: 256 }

/** What begins no tag of HTML: "How <title> is read". */
const noTag =
  /<(?!!--|\/?(?:a|abbr|acronym|address|article|aside|audio|b|bdi|bdo|big|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|main|mark|nav|nobr|noscript|object|ol|option|p|picture|pre|q|rp|rt|ruby|s|samp|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|textarea|tfoot|th|thead|time|tr|tt|u|ul|var|video|wbr)\b[^<>]*>)/gi

/** The words of a field that may hold HTML: "Roses &amp; <em>red</em>". */
export function plainOf(html: string): string {
  if (!/[<&]/.test(html)) return html
  try {
    return wordsIn(treeOf(html.replace(noTag, '&lt;').replace(/<br\s*\/?>\n?/gi, '\n'), limits)).trim()
  } catch {
    return html
  }
}

/** Days in figures, whose order nobody knows: "05/03/2024". */
const ambiguous = /^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b/

/**
 * An instant of a database or a feed: "2011-01-18 07:40:14", "Tue, 18 Jan 2011 07:40:14 +0100". Without a zone it is in
 * UTC, wherever it is read. Undefined for none ("0000-00-00 00:00:00"), and for what may be two days.
 */
export function instantOf(text: string): string | undefined {
  const words = text.trim()
  if (words === '' || ambiguous.test(words)) return undefined
  const date = new Date(inUtc(words))
  const year = date.getUTCFullYear()
  return Number.isNaN(date.getTime()) || year < 1000 || year > 9999 ? undefined : date.toISOString()
}

/** With the zone, where it names none: engines take that of the machine. */
function inUtc(words: string) {
  if (/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/.test(words)) return `${words.replace(' ', 'T')}Z`
  return /^[a-z\d].*[a-z ](?:\d{4}|\d{1,2}:\d\d(?::\d\d)?)$/i.test(words) ? `${words} UTC` : words
}
