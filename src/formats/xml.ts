// Writing XML 1.0. None of the writers looked at removes the control characters that XML forbids.

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

/** What is no Char of XML 1.0 (2.2), half surrogates among it. */
const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu
/** A parser makes a line feed of a carriage return (2.11), and a space of any white space in an attribute (3.3.3). */
const inText = /[&<>\r]/g
const inAttribute = /[&<>"\t\n\r]/g

const references: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const reference = (character: string) => references[character] ?? `&#${character.charCodeAt(0)};`

const escaped = (text: string, special: RegExp) => text.replace(forbidden, '').replace(special, reference)

/** An element; one without content is written as an empty tag. */
export function element(name: string, attributes: Attributes, ...content: Content[]): Markup {
  const named = Object.entries(attributes)
    .flatMap(([key, value]) => (value == null ? [] : ` ${key}="${escaped(String(value), inAttribute)}"`))
    .join('')
  const inner = content
    .map((one) => (one == null ? '' : typeof one === 'string' ? escaped(one, inText) : one.text))
    .join('')
  return new Markup(inner === '' ? `<${name}${named}/>` : `<${name}${named}>${inner}</${name}>`)
}

/** An element with nothing but text; none where there is no text. */
export const textElement = (name: string, text: string | null | undefined, attributes: Attributes = {}) =>
  text == null || text === '' ? undefined : element(name, attributes, text)

/** A whole document in UTF-8. */
export const document = (root: Markup) =>
  Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${root.text}\n`)
