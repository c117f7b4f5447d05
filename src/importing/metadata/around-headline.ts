// What stands around the headline of a page, where bylines and dates are printed; other stories and comments have them too.
import type { Element } from '../../content/body/html/tree.ts'
import { descendantsOf, lineOf } from '../page/document.ts'
import { isOtherStories, kindOf } from '../page/element-kinds.ts'

export interface HeadlineContext {
  /** The headline, or the story where none is printed. */
  headline: Element
  /** The elements that follow the headline, the nearest first. */
  after: Element[]
  /** Those before it, the nearest first. */
  before: Element[]
  /** All that are no part of comments or of other stories, in the order of the page. */
  own: Element[]
  /** Those of the story among them. */
  inner: Element[]
}

/** How many elements around a headline are looked at. */
const maxElements = { after: 90, before: 40 }

const letters = (text = '') => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** What is around the headline; where none is printed, around the beginning of the story. */
export function aroundHeadline(root: Element, story: Element, title: string | undefined): HeadlineContext {
  const wanted = letters(title)
  const isHeadline = (element: Element) => wanted !== '' && isPrintedAs(element, wanted)
  const all = descendantsOf(root)
  const headings = all.filter(({ tag }) => /^h[1-4]$/.test(tag))
  const h1 = headings.filter(({ tag }) => tag === 'h1')
  const headline = headings.find(isHeadline) ?? (h1.length === 1 ? h1[0]! : story)
  const around = pathsTo(root, new Set([headline, story]))
  const own: Element[] = []
  collect(root, { around, inStory: root === story, story }, own)
  const inner = new Set(descendantsOf(story))
  const at = own.indexOf(headline)
  return {
    headline,
    after: own.slice(at + 1, at + 1 + maxElements.after),
    before: own
      .slice(Math.max(0, at - maxElements.before), Math.max(0, at))
      .filter((element) => !around.has(element))
      .reverse(),
    own,
    inner: own.filter((element) => inner.has(element))
  }
}

/** Whether the words of an element are the headline, or it with a kicker. */
function isPrintedAs(element: Element, wanted: string): boolean {
  const words = letters(lineOf(element, 600))
  return words !== '' && (words === wanted || (words.includes(wanted) && wanted.length > words.length / 2))
}

/** The elements that hold one of these. */
function pathsTo(root: Element, wanted: Set<Element>): Set<Element> {
  const found = new Set<Element>()
  const walk = (element: Element): boolean => {
    let holds = wanted.has(element)
    for (const child of element.children) if (typeof child !== 'string' && walk(child)) holds = true
    if (holds) found.add(element)
    return holds
  }
  walk(root)
  return found
}

interface Place {
  around: Set<Element>
  story: Element
  inStory: boolean
}

function collect(element: Element, { around, story, inStory }: Place, into: Element[]) {
  for (const child of element.children) {
    if (typeof child === 'string' || (!around.has(child) && isElsewhere(child, inStory))) continue
    into.push(child)
    collect(child, { around, story, inStory: inStory || child === story }, into)
  }
}

/** Beside a story, an article is another one. */
const isElsewhere = (element: Element, inStory: boolean) =>
  element.tag === 'head' ||
  element.tag === 'nav' ||
  (element.tag === 'article' && !inStory) ||
  kindOf(element) === 'comments' ||
  isOtherStories(element)
