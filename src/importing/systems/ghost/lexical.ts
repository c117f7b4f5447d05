// Bodies of Ghost's present editor (Lexical), where an export has no HTML of them.

import { escapeMarkup } from '../../../storage/text/xml-text.ts'
import { type Fields, fieldsIn, isFields, wordsAt } from '../whole.ts'
import { cardHtml, type Lose } from './cards.ts'

/** The bits of the format of a text (lexical, TEXT_TYPE_TO_FORMAT). */
const marks: [number, string][] = [
  [1, 'strong'],
  [2, 'em'],
  [4, 's'],
  [8, 'u'],
  [16, 'code'],
  [32, 'sub'],
  [64, 'sup'],
  [128, 'mark']
]

const maxDepth = 100

/** The HTML of a body; undefined for what is no document of Lexical. */
export function fromLexical(json: string, lose: Lose): string | undefined {
  try {
    const document: unknown = JSON.parse(json)
    const root = isFields(document) ? document.root : undefined
    return isFields(root) ? childrenOf(root, lose, 0) : undefined
  } catch {
    return undefined
  }
}

const childrenOf = (node: Fields, lose: Lose, depth: number): string =>
  fieldsIn(node.children)
    .map((child) => nodeHtml(child, lose, depth + 1))
    .join('')

function nodeHtml(node: Fields, lose: Lose, depth: number): string {
  if (depth > maxDepth) {
    lose('too-deep', 'Its body nests more than 100 deep: what is deeper was left out.')
    return ''
  }
  const type = (wordsAt(node, 'type') ?? '').replace(/^extended-/, '')
  const inner = () => childrenOf(node, lose, depth)
  switch (type) {
    case 'text':
      return textHtml(node)
    case 'linebreak':
      return '<br>'
    case 'tab':
      return ' '
    case 'paragraph':
      return `<p>${inner()}</p>`
    case 'heading': {
      const tag = /^h[1-6]$/.exec(String(node.tag))?.[0] ?? 'h2'
      return `<${tag}>${inner()}</${tag}>`
    }
    case 'quote':
    case 'aside':
      return `<blockquote><p>${inner()}</p></blockquote>`
    case 'link':
    case 'autolink':
      return `<a href="${escapeMarkup(wordsAt(node, 'url') ?? '')}">${inner()}</a>`
    case 'list': {
      const tag = node.listType === 'number' || node.tag === 'ol' ? 'ol' : 'ul'
      return `<${tag}>${inner()}</${tag}>`
    }
    case 'listitem':
      return `<li>${inner()}</li>`
  }
  if (!Array.isArray(node.children)) return cardHtml(type, node, lose)
  lose('node-unknown', `A part of the kind ${type.slice(0, 50)} is not known: its words are kept.`)
  return inner()
}

function textHtml(node: Fields) {
  const format = typeof node.format === 'number' ? node.format : 0
  // White space counts: only a text that is none is left out.
  const words = typeof node.text === 'string' ? escapeMarkup(node.text) : ''
  return marks
    .filter(([bit]) => (format & bit) !== 0)
    .reduce((html, [, tag]) => `<${tag}>${html}</${tag}>`, words)
}
