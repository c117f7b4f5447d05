// Writing XML 1.0: elements and documents.
import { setImmediate as nextTurn } from 'node:timers/promises'
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

/** So many characters are escaped in one turn of the event loop: some milliseconds of work. */
const charactersPerTurn = 100_000

/** As `textElement`; a long text is escaped in several turns of the event loop, so that nobody waits for all of it. */
export async function longTextElement(
  name: string,
  text: string | undefined,
  attributes: Attributes = {}
): Promise<Markup | undefined> {
  if (text === undefined || text.length <= charactersPerTurn) return textElement(name, text, attributes)
  const escaped: Markup[] = []
  for (let from = 0; from < text.length; ) {
    let to = from + charactersPerTurn
    // The halves of a surrogate pair stay together.
    if (/[\ud800-\udbff]/.test(text.charAt(to - 1))) to++
    escaped.push(new Markup(escapeText(text.slice(from, to))))
    from = to
    await nextTurn()
  }
  return element(name, attributes, ...escaped)
}

const written = (root: Markup) => `<?xml version="1.0" encoding="UTF-8"?>\n${root.text}\n`

/** A whole document in UTF-8. */
export const document = (root: Markup) => Buffer.from(written(root))

/** Stands for what is written apart: a character that XML forbids, so it is nowhere else. */
export const gap = new Markup('\0')

/** What stands before and after the gap of a document. */
export const aroundGap = (root: Markup) => written(root).split(gap.text) as [before: string, after: string]
