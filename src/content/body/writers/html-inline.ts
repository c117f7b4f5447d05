// The words of a block as HTML, with the marks they have.
import { escapeTags } from '../../../storage/text/xml-text.ts'
import type { TextBlock } from '../schema.ts'
import { type Mark, tokensOf } from './marks.ts'

/** Text as content or as the value of an attribute, on one line: parsers read a carriage return as a line feed. */
export const escaped = (text: string) => text.replace(/[&<>"'\r\n]/g, (letter) => references[letter]!)
const references: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\r': '&#13;',
  '\n': '&#10;'
}

const tags = { strong: 'strong', em: 'em', underline: 'u', strike: 's', code: 'code', sup: 'sup', sub: 'sub' }

/**
 * The words of a block. What a browser does not show, it does not say either: a line break at the very end of a block
 * is not shown, so that one more stands after a text that ends with one, and in a block without words.
 */
export function inlineHtml(block: TextBlock): string {
  const parts = tokensOf(block, oneLink).map((token) => {
    if ('text' in token) return words(token.text)
    return 'open' in token ? opening(token.open) : closing(token.close)
  })
  return `${parts.join('')}${endsWithBreak(block) ? '<br />' : ''}`
}

/** Of several links on the same words the first: HTML has no links within links. */
export function oneLink(marks: Mark[]): Mark[] {
  const first = marks.findIndex(({ type }) => type === 'link')
  return marks.filter(({ type }, i) => type !== 'link' || i === first)
}

/** Whether a block has no words, or its last is a line break. */
export const endsWithBreak = ({ children }: TextBlock) => {
  const last = children.findLast(({ text }) => text !== '')
  return last === undefined || last.text.endsWith('\n')
}

const words = (text: string) =>
  escapeTags(text).replace(/[\r\n]/g, (sign) => (sign === '\n' ? '<br />' : references[sign]!))

function opening(mark: Mark): string {
  if (!('def' in mark)) return `<${tags[mark.type]}>`
  const { def } = mark
  if (def._type === 'quote') return `<span data-quote="${def.quoteId}">`
  if (def._type === 'attribution') return `<span data-attribution="${def.attributionId}">`
  const title = def.title === undefined ? '' : ` title="${escaped(def.title)}"`
  return `<a href="${escaped(def.href)}"${title}>`
}

function closing(mark: Mark): string {
  if (!('def' in mark)) return `</${tags[mark.type]}>`
  return mark.type === 'link' ? '</a>' : '</span>'
}

/** White space that HTML would run together or drop (CSS Text 3, 4.1). */
const collapsible = /^[ \t\f\r]|[ \t\f\r]$|[ \t\f\r][ \t\f\r\n]|\n[ \t\f\r]|[\t\f\r]/

/** The attribute with which an element keeps the white space of its words; empty where none would be lost. */
export const spacing = ({ children }: TextBlock) => spacingOf(children.map(({ text }) => text).join(''))
export const spacingOf = (text: string) => (collapsible.test(text) ? ' style="white-space:pre-wrap"' : '')
