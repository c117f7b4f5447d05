// A news page saved as HTML.
import { type Element, type Limits, TooLarge, treeOf } from '../body/tree.ts'
import { choose } from './choosing.ts'
import { documentOf } from './document.ts'
import { linesOf } from './elements.ts'
import { isComments } from './kinds.ts'
import { type Line, type Page, Unreadable } from './lines.ts'
import { aboutPage, baseOf } from './metadata.ts'

const limits: Limits = { elements: 20_000, depth: 500, attributes: 2000 }
/** A body that holds less of the prose of its page is told of. */
const enough = 0.4

/** The page: what it says about itself, and its story where its prose is. */
export function readHtml(content: string): Page {
  const root = parsed(content)
  const document = documentOf(root)
  const base = baseOf(document)
  const { story, isLeftOut, measures, prose } = choose(root)
  const about = aboutPage(document, story)
  const read = linesOf(story, { base, isLeftOut, measures })
  if (measures.get(story) && measures.get(story)!.prose < prose * enough) {
    const detail =
      'The body holds less than half of the prose on the page: parts of the story may be missing.'
    read.warnings.push({ code: 'body-incomplete', detail, words: '' })
  }
  const comments = document.elements.find(isComments)
  return { ...about, ...read, comments: comments ? commentLines(comments, base) : [] }
}

const commentLines = (element: Element, base: string | undefined): Line[] =>
  linesOf({ ...element, attributes: {} }, { base, isLeftOut: () => false }).lines

function parsed(html: string): Element {
  try {
    return treeOf(html, limits)
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error
    if (error.limit === 'depth')
      throw new Unreadable('too_deep', `The page nests deeper than ${limits.depth} elements.`)
    const most =
      error.limit === 'elements'
        ? `${limits.elements} elements`
        : `${limits.attributes} attributes in an element`
    throw new Unreadable('too_large', `The page has more than ${most}.`)
  }
}
