// The elements of a page in reading order, and the few questions that are asked of them again and again.
import type { Element } from '../../content/body/html/tree.ts'
import { collapseSpace } from '../../content/body/text.ts'

/** A page as a list of its elements: what is looked for on all of it is looked for here. */
export interface Document {
  root: Element
  /** Every element, each before those in it. */
  elements: Element[]
  /** What the meta elements say, by name or property in small letters. */
  metas: Map<string, string[]>
}

/** The elements of a page in their order, and its `meta` elements by their names. */
export function documentOf(root: Element): Document {
  const elements: Element[] = []
  collect(root, elements)
  const metas = new Map<string, string[]>()
  for (const { tag, attributes } of elements) {
    if (tag !== 'meta') continue
    const content = collapseSpace(attributes.content ?? '')
    const name = (attributes.property ?? attributes.name ?? attributes['http-equiv'] ?? '')
      .trim()
      .toLowerCase()
    if (name && content) metas.set(name, [...(metas.get(name) ?? []), content])
  }
  return { root, elements, metas }
}

function collect(element: Element, into: Element[]) {
  for (const child of element.children) {
    if (typeof child === 'string') continue
    into.push(child)
    collect(child, into)
  }
}

/** Every element in this one. */
export function descendantsOf(element: Element): Element[] {
  const found: Element[] = []
  collect(element, found)
  return found
}

/** Whether one of the words of an attribute is this one. */
export const hasWord = ({ attributes }: Element, attribute: string, word: string) =>
  (attributes[attribute] ?? '').split(/\s+/).some((one) => one.toLowerCase() === word.toLowerCase())

/** The words of an element, or what it says in `content`; undefined when it has none. */
export const wordsOf = (element: Element | undefined) =>
  element && (collapseSpace(element.attributes.content ?? spaced(element)!) || undefined)

/** The words of an element that holds no more than a line of so many characters; undefined of a longer or an empty one. */
export function lineOf(element: Element, most: number): string | undefined {
  const found = element.attributes.content ?? spaced(element, { left: 4 * most })
  const words = found === undefined ? undefined : collapseSpace(found)
  return words && words.length <= most ? words : undefined
}

/** The words of an element; those of its blocks do not run together. Undefined where there are more than room is left for. */
function spaced(element: Element, room = { left: Number.POSITIVE_INFINITY }): string | undefined {
  let words = ''
  for (const child of element.children) {
    if (typeof child === 'string') {
      room.left -= child.length
      words += child
    } else if (!/^(?:script|style|noscript|svg|template|button)$/.test(child.tag)) {
      room.left -= 1
      const isInline = /^(?:a|b|i|em|strong|span|sup|sub|u|s|mark|abbr|small|font|wbr|time)$/.test(child.tag)
      const inner = room.left < 0 ? undefined : spaced(child, room)
      if (inner === undefined) return undefined
      words += isInline ? inner : ` ${inner} `
    }
  }
  return room.left < 0 ? undefined : words
}
