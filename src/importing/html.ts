// A news page saved as HTML.
import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'
import { linesOf } from './elements.ts'
import { type Line, type Page, Unreadable } from './lines.ts'
import { aboutPage, baseOf } from './metadata.ts'

const stories = ['.post-body', '[itemprop~="articleBody"]', 'article']
const comments = '#comments, .comments, .comment-list, #disqus_thread'
const deepest = 500
const mostTags = 40_000
// Readability's time grows with the square of a page; it is for pages of an ordinary size.
const readableTags = 8000
const readableDepth = 100
const closedByOthers = new Set(
  'area base br col embed hr img input link meta param source track wbr p li dt dd option tr td th tbody thead tfoot'.split(
    ' '
  )
)

/** The page: what it says about itself, and its story where the page marks it, or else where Readability finds it. */
export function readHtml(content: string): Page {
  const html = content.replace(/<!--[\s\S]*?(?:-->|$)/g, '')
  const size = measured(html)
  const { document } = parseHTML(html)
  const base = baseOf(document)
  const lines = (root: ParentNode | null) => (root ? linesOf(root, { base, deepest, tooDeep }) : [])
  return {
    ...aboutPage(document),
    lines: storyLines(document, size, lines),
    comments: lines(document.querySelector(comments))
  }
}

const tooDeep = () => new Unreadable('too_deep', `The page nests deeper than ${deepest} elements.`)

function storyLines(
  document: Document,
  { tags, depth }: Size,
  lines: (root: ParentNode | null) => Line[]
): Line[] {
  for (const selector of stories) {
    const found = lines(document.querySelector(selector))
    if (found.length > 0) return found
  }
  const ordinary = tags <= readableTags && depth <= readableDepth
  const found = ordinary ? lines(readable(document)) : []
  return found.length > 0 ? found : lines(document)
}

/** The story as Readability finds it. It changes what it reads, and throws on some pages. */
function readable(document: Document): Document | null {
  try {
    const html = document.toString()
    const whole = document.querySelector('body') ? html : `<!doctype html><html><body>${html}</body></html>`
    const copy = parseHTML(whole).document
    const { content } = new Readability<string>(copy).parse() ?? {}
    return content ? parseHTML(content).document : null
  } catch {
    return null
  }
}

/** How large a page is; the depth is the deepest of any of its tags. */
interface Size {
  tags: number
  depth: number
}

/**
 * The size of a page that is none too large. It is estimated from the tags alone, before the page is parsed: the
 * parser's time grows with the square of the depth.
 */
function measured(html: string): Size {
  const tags = html.split('<', mostTags + 2).length - 1
  if (tags > mostTags) throw new Unreadable('too_large', `The page has more than ${mostTags} tags.`)
  const open = new Map<string, number>()
  let [depth, most] = [0, 0]
  for (const [, slash, tag, closed] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:[^<>]*(\/)>)?/gi)) {
    const name = tag!.toLowerCase()
    const before = open.get(name) ?? 0
    // Only in a drawing does "/>" close an element.
    const alone = closedByOthers.has(name) || (closed && open.get('svg'))
    if (alone || (slash && before === 0)) continue
    open.set(name, before + (slash ? -1 : 1))
    depth += slash ? -1 : 1
    most = Math.max(most, depth)
    if (depth > deepest) throw tooDeep()
  }
  return { tags, depth: most }
}
