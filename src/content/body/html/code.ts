// Code.
import { joinsWords, type Piece } from '../pieces.ts'
import type { Report } from './context.ts'
import { isShownAsBlock } from './css.ts'
import { blocks, controls, marks } from './tags.ts'
import { classesOf, type Element, elementsIn, firstWithin, wordsIn } from './tree.ts'

const richElements = new Set('img table iframe video audio object embed hr ruby q'.split(' '))

/** Whether it is, or shows, something that lines of code cannot hold. */
export const holdsMoreThanCode = ({ tag, attributes }: Element) =>
  richElements.has(tag) || 'data-media' in attributes || 'data-embed' in attributes

/** The code in an element, with the language its class names; undefined for none. */
export function codeOf(
  element: Element,
  report: Report,
  isDropped: (element: Element) => boolean
): Piece<never> | undefined {
  const inner = firstWithin(element, ({ tag }) => tag === 'code')
  const names = [element, ...(inner ? [inner] : [])].flatMap(classesOf)
  const language = names.map((name) => /^lang(?:uage)?-(\S{1,64})$/.exec(name)?.[1]).find((found) => found)
  const code = linesOf(element, isDropped).replace(/\n$/, '')
  // Without the element for code, white space alone is none.
  if (!inner && code.trim() === '') return undefined
  for (const { element: marked } of elementsIn(element))
    if (isMarked(marked))
      report('marks-dropped', `Code has no marks: <${marked.tag}> was not kept.`, wordsIn(marked))
  return { _type: 'code', code, ...(language && { language }) }
}

const isMarked = ({ tag, attributes }: Element) =>
  attributes.href !== undefined ||
  'data-quote' in attributes ||
  'data-attribution' in attributes ||
  tag === 'mark' ||
  (marks[tag] !== undefined && marks[tag] !== 'code')

/** The text in an element; what stands on lines of its own does so here. */
function linesOf(element: Element, isDropped: (element: Element) => boolean): string {
  let [text, breaks, gap] = ['', false, false]
  const add = (words: string) => {
    if (breaks && text !== '' && !text.endsWith('\n') && !words.startsWith('\n')) text += '\n'
    else if (gap && joinsWords(text, words)) text += ' '
    breaks = gap = false
    text += words
  }
  const addAll = (parent: Element) => {
    for (const child of parent.children) {
      if (typeof child === 'string') add(child)
      else if (child.tag === 'br') add('\n')
      else if (isDropped(child)) gap ||= controls.has(child.tag)
      else {
        const isBlock = blocks.has(child.tag) || isShownAsBlock(child)
        breaks ||= isBlock
        addAll(child)
        breaks ||= isBlock
      }
    }
  }
  addAll(element)
  return text
}
