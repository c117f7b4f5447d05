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
