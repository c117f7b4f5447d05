// HTML as editors write it, read without a parser of all that may stand in a page: paragraphs, lists and headings with
// links and marks in them, each closed where it has to be. No rule of the standard for tags that are left out or
// misnested (13.2.6) applies to it, and reading it takes a tenth of the time. Anything else is left to the parser.
import type { Element } from './tree.ts'

/** Elements that stand in the body or in one another. */
const containers = new Set(['body', 'blockquote', 'div', 'figure', 'ol', 'ul', 'li', 'figcaption'])
/** Elements that stand in those, and hold words alone. */
const lines = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
/** Elements among words. Formatting ones that are closed out of order are opened again by the standard: those are left to the parser. */
const inline = new Set(
  'a b code em i s small strong u abbr cite del ins kbd mark q span sub sup time'.split(' ')
)
const empty = new Set(['br', 'img'])

const tag = /<(\/?)([a-z][a-z1-6]*)((?:[ \n\t]+[a-z][a-z-]*="[^"]*")*)[ \n\t]*(\/?)>/y
const attribute = /([a-z-]+)="([^"]*)"/g
/** What no text has as it is written: references, and what the standard replaces. */
const notPlain = /[&\0\r]/
/** How deep elements nest, and how many attributes one has: less than anybody's limit is. */
const simple = { depth: 16, attributes: 16 }

/** What a document has beside what stands in its body: `html`, `head` and `body`. */
const around = 3

/** The document, where its HTML is simple and has no more elements; undefined where the parser has to tell. */
export function simpleTree(html: string, limits: { elements: number }): Element | undefined {
  const body: Element = { tag: 'body', attributes: {}, children: [] }
  const open: Element[] = [body]
  let elements = around
  // White space before the first tag stands nowhere.
  let at = html.search(/[^ \t\n\f]|$/)
  if (html.charCodeAt(at) === 0xfeff || notPlain.test(html)) return undefined
  while (at < html.length) {
    const parent = open.at(-1)!
    const next = html.indexOf('<', at)
    const end = next < 0 ? html.length : next
    if (end > at) parent.children.push(html.slice(at, end))
    if (next < 0) break
    tag.lastIndex = next
    const match = tag.exec(html)
    if (match === null) return undefined
    at = tag.lastIndex
    const [, closes, name = '', given = '', slash] = match
    if (closes) {
      if (name !== parent.tag || open.length === 1 || given !== '' || slash) return undefined
      open.pop()
      continue
    }
    const isEmpty = empty.has(name)
    const attributes = attributesOf(given)
    if (!(isEmpty || mayStand(name, open)) || (slash && !isEmpty) || attributes === undefined)
      return undefined
    if (++elements > limits.elements) return undefined
    const element: Element = { tag: name, attributes, children: [] }
    parent.children.push(element)
    if (!isEmpty && open.push(element) > simple.depth) return undefined
  }
  if (open.length > 1) return undefined
  const head: Element = { tag: 'head', attributes: {}, children: [] }
  const page: Element = { tag: 'html', attributes: {}, children: [head, body] }
  return { tag: 'html', attributes: {}, children: [page] }
}

/** Whether an element of this name stands here as it is written. */
function mayStand(name: string, open: Element[]): boolean {
  const parent = open.at(-1)!.tag
  if (inline.has(name)) return open.every((one) => one.tag !== name)
  if (name === 'li') return parent === 'ul' || parent === 'ol'
  return containers.has(parent) && name !== 'body' && (lines.has(name) || containers.has(name))
}

/** The attributes of a tag; undefined where one is there twice, or there are too many. */
function attributesOf(given: string): Record<string, string> | undefined {
  const attributes: Record<string, string> = {}
  let count = 0
  for (const [, name = '', value = ''] of given.matchAll(attribute)) {
    if (name in attributes || ++count > simple.attributes) return undefined
    attributes[name] = value
  }
  return attributes
}
