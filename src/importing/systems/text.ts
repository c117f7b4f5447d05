// Fields of exports as plain text and instants.
import { treeOf } from '../../content/body/html/parse.ts'
import { type Element, elementsIn, wordsIn } from '../../content/body/html/tree.ts'
import { truncate } from '../../content/body/pieces.ts'
import type { Loss, Place } from './item.ts'

const limits = { elements: 10_000, depth: 200, attributes: 256 }

/** What begins no tag of HTML: "How <title> is read". */
const noTag =
  /<(?!!--|\/?(?:a|abbr|acronym|address|article|aside|audio|b|bdi|bdo|big|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|main|mark|nav|nobr|noscript|object|ol|option|p|picture|pre|q|rp|rt|ruby|s|samp|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|textarea|tfoot|th|thead|time|tr|tt|u|ul|var|video|wbr)\b[^<>]*>)/gi

/** A field that may hold HTML; where it nests deeper than anybody writes, its words without their tags. */
function fieldTree(html: string): { tree: Element; isWhole: boolean } {
  const written = html.replace(noTag, '&lt;').replace(/<br\s*\/?>\n?/gi, '\n')
  try {
    return { tree: treeOf(written, limits), isWhole: true }
  } catch {
    return { tree: treeOf(written.replace(/<[^<>]*>/g, ' '), limits), isWhole: false }
  }
}

/** The words of a field that may hold HTML: "Roses &amp; <em>red</em>". */
export const plainOf = (html: string): string =>
  /[<&]/.test(html) ? wordsIn(fieldTree(html).tree).trim() : html

/** A comment as plain text, and the links that are not in it. */
export function commentText(html: string, place: Place): { text: string; losses: Loss[] } {
  const written = withoutScripts(html)
  if (!/[<&]/.test(written)) return { text: written, losses: [] }
  const { tree, isWhole } = fieldTree(written)
  const text = wordsIn(tree).trim()
  if (isWhole) return { text, losses: linksIn(tree, place) }
  const reason = 'It nests deeper than can be read: its words were kept, without links.'
  return {
    text,
    losses: [{ kind: 'loss', place, code: 'markup-dropped', reason, words: truncate(text, 300) }]
  }
}

const linksIn = (tree: Element, place: Place): Loss[] =>
  elementsIn(tree).flatMap(({ element }): Loss[] => {
    const href = element.tag === 'a' ? element.attributes.href?.trim() : undefined
    const words = wordsIn(element).trim()
    // Where its words are its address, nothing is lost.
    if (!href || words === href) return []
    const reason = `The link to ${truncate(href, 200)} was not kept: a comment is plain text, and its words stay.`
    return [
      {
        ...{ kind: 'loss', place, code: 'link-dropped', reason },
        ...(words && { words: truncate(words, 300) })
      }
    ]
  })

/** Without scripts and styles, whose contents are nobody's words. One that does not end is none: "Use <style>". */
function withoutScripts(html: string): string {
  let [kept, at] = ['', 0]
  let open: { name: string; from: number } | undefined
  for (const { 0: tag, 1: slash, 2: called, index } of html.matchAll(/<(\/?)(script|style)\b[^<>]*>/gi)) {
    const name = called!.toLowerCase()
    if (open === undefined) open = slash ? undefined : { name, from: index }
    else if (slash && name === open.name) {
      kept += html.slice(at, open.from)
      at = index + tag.length
      open = undefined
    }
  }
  return kept + html.slice(at)
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

/** With the zone, where it names none: engines take that of the machine. They read "+01" (ISO 8601) as "+01:00" alone. */
function inUtc(words: string) {
  if (/T\d\d:\d\d(?::\d\d(?:\.\d+)?)?[+-]\d\d$/.test(words)) return `${words}:00`
  if (/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/.test(words)) return `${words.replace(' ', 'T')}Z`
  return /^[a-z\d].*[a-z ](?:\d{4}|\d{1,2}:\d\d(?::\d\d)?)$/i.test(words) ? `${words} UTC` : words
}
