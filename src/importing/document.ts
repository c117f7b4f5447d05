// How large a piece of HTML is, told from its tags alone: a parser's time may grow with the square of the depth, so
// that it has to be known before. And its document.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** The document of a page. The parser is large: it is loaded for the first. */
export const documentOf = (html: string): Document =>
  (require('linkedom') as typeof import('linkedom')).parseHTML(html).document

const closedByOthers = new Set(
  'area base br col embed hr img input link meta param source track wbr p li dt dd option tr td th tbody thead tfoot'.split(
    ' '
  )
)

/** How many elements the tags open, and how deep they nest. */
export function sizeOf(html: string): { elements: number; depth: number } {
  const open = new Map<string, number>()
  let [elements, depth, deepest] = [0, 0, 0]
  for (const [, slash, tag, closed] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:[^<>]*(\/)>)?/gi)) {
    const name = tag!.toLowerCase()
    const before = open.get(name) ?? 0
    if (!slash) elements++
    // Only in a drawing does "/>" close an element.
    const alone = closedByOthers.has(name) || (closed && open.get('svg'))
    if (alone || (slash && before === 0)) continue
    open.set(name, before + (slash ? -1 : 1))
    depth += slash ? -1 : 1
    deepest = Math.max(deepest, depth)
  }
  return { elements, depth: deepest }
}
