// Stories that a page keeps where its own script finds them: in JSON-LD, or as HTML in `noscript` and script templates.
import { type Element, wordsIn } from '../../content/body/html/tree.ts'
import { plainLine } from '../../content/body/pieces.ts'
import { articleOf } from '../metadata/jsonld.ts'
import type { Line } from './lines.ts'

/** The text of the story that JSON-LD holds, a line a paragraph. */
export function linesInJson(elements: Element[]): Line[] {
  const body = articleOf(elements)?.articleBody
  if (typeof body !== 'string' || !body.isWellFormed()) return []
  return body
    .replaceAll('\0', '')
    .replace(/<\/?(?:p|br|div)\b[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .split(/\s*\n\s*/)
    .filter((text) => text.trim() !== '')
    .map((text) => plainLine(text.trim()))
}

/** The HTML that scripts of the page put in its place, or that is shown without scripts: the longest there is. */
export function templateIn(elements: Element[]): string | undefined {
  const holds = ({ tag, attributes }: Element) =>
    tag === 'noscript' || (tag === 'script' && /template|text\/html/i.test(attributes.type ?? ''))
  const found = elements.filter(holds).map(wordsIn)
  return found.filter((html) => /<p\b|<br\b|<div\b/i.test(html)).sort((a, b) => b.length - a.length)[0]
}
