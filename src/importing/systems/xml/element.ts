// Elements of XML exports, and what stands in them.
import type { Loss } from '../item.ts'

export interface Element {
  name: string
  attributes: Record<string, string>
  /** All its text, without that of its children. */
  text: string
  children: Element[]
  /** Text and children in their order, for what has both. */
  nodes: (string | Element)[]
}

/** The first child of this name. */
export const child = (element: Element, name: string) => element.children.find((one) => one.name === name)

/** The text of the first child of this name; empty where there is none. */
export const textOf = (element: Element, name: string): string => child(element, name)?.text ?? ''

/** All within it of this name, in the order of the document. */
export const within = (element: Element, name: string): Element[] =>
  element.children.flatMap((one) => [...(one.name === name ? [one] : []), ...within(one, name)])

/** All its words, those of its children where they stand. */
export const wordsOfElement = ({ nodes }: Element): string =>
  nodes.map((one) => (typeof one === 'string' ? one : wordsOfElement(one))).join('')

/** Whether what was read is an element, and not something that was lost. */
export const isElement = (one: Element | Loss): one is Element => 'children' in one
