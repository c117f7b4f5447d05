// A news page saved as HTML.
import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'
import { linesOf } from './elements.ts'
import { type Line, type Page, Unreadable } from './lines.ts'
import { aboutPage, baseOf } from './metadata.ts'

const stories = ['.post-body', '[itemprop~="articleBody"]', 'article']
const comments = '#comments, .comments, .comment-list, #disqus_thread'
const deepest = 500
const mostElements = 20_000
const closedByOthers = new Set(
  'area base br col embed hr img input link meta param source track wbr p li dt dd option tr td th tbody thead tfoot'.split(
    ' '
  )
)

/** The page: what it says about itself, and its story where the page marks it, or else where Readability finds it. */
export function readHtml(content: string): Page {
  const html = content.replace(/<!--[\s\S]*?(?:-->|$)/g, '')
  refuseMonsters(html)
  const { document } = parseHTML(html)
  const base = baseOf(document)
  const lines = (root: ParentNode | null) => (root ? linesOf(root, { base, deepest, tooDeep }) : [])
  return {
    ...aboutPage(document),
    lines: storyLines(document, lines),
    comments: lines(document.querySelector(comments))
  }
}

const tooDeep = () => new Unreadable('too_deep', `The page nests deeper than ${deepest} elements.`)

const tooLarge = () => new Unreadable('too_large', `The page has more than ${mostElements} elements.`)

function storyLines(document: Document, lines: (root: ParentNode | null) => Line[]): Line[] {
  for (const selector of stories) {
    const found = lines(document.querySelector(selector))
    if (found.length > 0) return found
  }
  const found = lines(readable(document))
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

/**
 * Refuses what is no news page. Depth is estimated from the tags alone: the parser's time grows with its square, so
 * that it has to be known before.
 */
function refuseMonsters(html: string) {
  const open = new Map<string, number>()
  let elements = 0
  let depth = 0
  for (const [, slash, tag] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    const name = tag!.toLowerCase()
    const before = open.get(name) ?? 0
    if (!slash && ++elements > mostElements) throw tooLarge()
    if (closedByOthers.has(name) || (slash && before === 0)) continue
    open.set(name, before + (slash ? -1 : 1))
    depth += slash ? -1 : 1
    if (depth > deepest) throw tooDeep()
  }
}
