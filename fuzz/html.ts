// What the HTML of a body may have in it: no more than src/content/body/write.ts makes.
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'

const spaced = ['style']
const elements: Record<string, string[]> = {
  p: spaced,
  h2: spaced,
  h3: spaced,
  h4: spaced,
  blockquote: spaced,
  ul: [],
  ol: ['start'],
  li: spaced,
  strong: [],
  em: [],
  u: [],
  s: [],
  sup: [],
  sub: [],
  code: ['class'],
  pre: [],
  br: [],
  hr: [],
  a: ['href', 'title'],
  span: ['data-quote', 'data-attribution'],
  figure: ['data-media', 'data-embed'],
  img: ['src', 'alt', 'width', 'height'],
  figcaption: [],
  table: [],
  caption: spaced,
  tbody: [],
  tr: [],
  th: ['colspan', 'rowspan', ...spaced],
  td: ['colspan', 'rowspan', ...spaced]
}
const schemes = ['http:', 'https:', 'mailto:', 'tel:', 'sms:']
const values: Record<string, RegExp> = { style: /^white-space:pre-wrap$/, class: /^language-\S+$/ }

/** The elements, attributes and URL schemes of an HTML text that no body has, as a browser reads it. */
export function strangers(html: string): string[] {
  const found = new Set<string>()
  const visit = (node: DefaultTreeAdapterTypes.Node) => {
    if ('tagName' in node) for (const stranger of inElement(node)) found.add(stranger)
    if (node.nodeName === '#comment') found.add('comment')
    if ('childNodes' in node) for (const inner of node.childNodes) visit(inner)
  }
  visit(parseFragment(html))
  return [...found]
}

function inElement({ tagName, namespaceURI, attrs }: DefaultTreeAdapterTypes.Element): string[] {
  const known = namespaceURI === 'http://www.w3.org/1999/xhtml' ? elements[tagName] : undefined
  if (known === undefined) return [`<${tagName}>`]
  return attrs.flatMap(({ name, value }) => {
    if (!known.includes(name) || values[name]?.test(value) === false) return [`${tagName}[${name}]`]
    return ['href', 'src'].includes(name) ? scheme(tagName, value) : []
  })
}

/** The scheme of an address, where it is not one that a page may follow. */
function scheme(tagName: string, value: string): string[] {
  const base = 'https://site.example/'
  if (!URL.canParse(value, base)) return []
  const { protocol } = new URL(value, base)
  return schemes.includes(protocol) ? [] : [`${tagName}: ${protocol}`]
}
