// Writing XML 1.0: elements and documents.
import { escapeAttribute, escapeText } from '../../storage/text/xml-text.ts'

/** Markup that is written as it stands. */
class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type { Markup }

/** What an element holds: elements, and text, which is escaped. What is null or undefined is left out. */
export type Content = Markup | string | null | undefined
export type Attributes = Record<string, string | number | null | undefined>

/** An element; one without content is written as an empty tag. */
export function element(name: string, attributes: Attributes, ...content: Content[]): Markup {
  const named = Object.entries(attributes)
    .flatMap(([key, value]) => (value == null ? [] : ` ${key}="${escapeAttribute(String(value))}"`))
    .join('')
  const inner = content
    .map((one) => (one == null ? '' : typeof one === 'string' ? escapeText(one) : one.text))
    .join('')
  return new Markup(inner === '' ? `<${name}${named}/>` : `<${name}${named}>${inner}</${name}>`)
}

/** An element with nothing but text; none where there is no text. */
export const textElement = (name: string, text: string | null | undefined, attributes: Attributes = {}) =>
  text == null || text === '' ? undefined : element(name, attributes, text)

/** A whole document in UTF-8. */
export const document = (root: Markup) =>
  Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${root.text}\n`)
