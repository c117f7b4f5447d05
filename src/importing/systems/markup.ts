// Elements of an export as HTML, in the order in which they stand.
import { escapeMarkup } from '../../storage/text/xml-text.ts'
import type { Element } from './xml/element.ts'

/** What an element is in HTML: another one, a text of its own, or what stands in it. */
export type Rendering = (element: Element, inner: () => string) => string | undefined

/** What stands in this element. Elements that `render` does not know are written out as they are. */
export const innerHtml = (element: Element, render: Rendering = () => undefined): string =>
  element.nodes
    .map((node) => (typeof node === 'string' ? escapeMarkup(node) : outerHtml(node, render)))
    .join('')

const isVoid = /^(?:br|hr|img|source|embed|wbr)$/

function outerHtml(element: Element, render: Rendering): string {
  const inner = () => innerHtml(element, render)
  const rendered = render(element, inner)
  if (rendered !== undefined) return rendered
  const attributes = Object.entries(element.attributes)
    .map(([name, value]) => ` ${name}="${escapeMarkup(value)}"`)
    .join('')
  return isVoid.test(element.name)
    ? `<${element.name}${attributes}>`
    : `<${element.name}${attributes}>${inner()}</${element.name}>`
}
