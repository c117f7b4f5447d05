// A news page saved as HTML.
import { Readability } from '@mozilla/readability'
import { documentOf, sizeOf } from './document.ts'
import { linesOf } from './elements.ts'
import { type Page, Unreadable } from './lines.ts'
import { aboutPage, baseOf } from './metadata.ts'

const stories = ['.post-body', '[itemprop~="articleBody"]', 'article']
const comments = '#comments, .comments, .comment-list, #disqus_thread'
const deepest = 500
const most = 20_000
// Readability's time grows with the square of a page; it is for pages of an ordinary size.
const readableSize = { elements: 4000, depth: 100 }

/** The page: what it says about itself, and its story where the page marks it, or else where Readability finds it. */
export function readHtml(content: string): Page {
  const html = content.replace(/<!--[\s\S]*?(?:-->|$)/g, '')
  const size = sizeOf(html)
  if (size.elements > most) throw new Unreadable('too_large', `The page has more than ${most} elements.`)
  if (size.depth > deepest) throw tooDeep()
  const document = documentOf(html)
  const base = baseOf(document)
  const read: ReadPart = (root) =>
    root ? linesOf(root, { base, deepest, tooDeep }) : { lines: [], warnings: [] }
  return {
    ...aboutPage(document),
    ...storyIn(document, size, read),
    comments: read(document.querySelector(comments)).lines
  }
}

const tooDeep = () => new Unreadable('too_deep', `The page nests deeper than ${deepest} elements.`)

type ReadPart = (root: ParentNode | null) => ReturnType<typeof linesOf>

function storyIn(document: Document, { elements, depth }: ReturnType<typeof sizeOf>, read: ReadPart) {
  for (const selector of stories) {
    const found = read(document.querySelector(selector))
    if (found.lines.length > 0) return found
  }
  const ordinary = elements <= readableSize.elements && depth <= readableSize.depth
  const found = read(ordinary ? readable(document) : null)
  return found.lines.length > 0 ? found : read(document)
}

/** The story as Readability finds it. It changes what it reads, and throws on some pages. */
function readable(document: Document): Document | null {
  try {
    const html = document.toString()
    const whole = document.querySelector('body') ? html : `<!doctype html><html><body>${html}</body></html>`
    const copy = documentOf(whole)
    const { content } = new Readability<string>(copy).parse() ?? {}
    return content ? documentOf(content) : null
  } catch {
    return null
  }
}
