// HTML as a tree of plain elements and text, and what is looked for in one.
import { blocks } from './tags.ts'

export type Node = string | Element
export interface Element {
  tag: string
  attributes: Record<string, string>
  children: Node[]
}

/** The words in an element, whatever it means; those of its paragraphs are apart. */
export function wordsIn(node: Node): string {
  if (typeof node === 'string') return node
  const words = node.children.map(wordsIn).join('')
  return blocks.has(node.tag) || node.tag === 'br' || node.tag === 'option' ? ` ${words} ` : words
}

/** Every element in this one, in the order of the document, with the one that it stands in. */
export function elementsIn(
  parent: Element,
  into: { element: Element; parent: Element }[] = []
): { element: Element; parent: Element }[] {
  for (const child of parent.children) {
    if (typeof child === 'string') continue
    into.push({ element: child, parent })
    elementsIn(child, into)
  }
  return into
}

/** The first element in this one that is so. */
export function firstWithin(element: Element, is: (inner: Element) => boolean): Element | undefined {
  for (const child of element.children) {
    if (typeof child === 'string') continue
    const found = is(child) ? child : firstWithin(child, is)
    if (found) return found
  }
  return undefined
}

export const classesOf = ({ attributes }: Element) => (attributes.class ?? '').split(/\s+/)
