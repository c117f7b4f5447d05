// The elements of an HTML page, read into lines by the reader of bodies.

import { linkHref } from '../../content/body/addresses.ts'
import { embedUrl } from '../../content/body/html/objects.ts'
import { readTree } from '../../content/body/html/reader.ts'
import { type Element, firstWithin, type Node, wordsIn } from '../../content/body/html/tree.ts'
import { httpUrl } from '../metadata/addresses.ts'
import { isFigure, picturesIn } from '../pictures/pictures.ts'
import type { Line, Loss } from './lines.ts'
import type { Measures } from './text-density.ts'

interface Settings {
  base: string | undefined
  isLeftOut: (element: Element) => boolean
  /** Left out where all that stands in the element is kept. */
  measures?: Measures
}

/** Every line of the words and pictures in this part of a page, and what of them could not be kept. */
export function linesOf(root: Element, settings: Settings): { lines: Line[]; losses: Loss[] } {
  const { base } = settings
  const losses: Loss[] = []
  const lines = readTree(storyOf(root, settings), {
    page: true,
    href: (raw) => httpUrl(raw, base) ?? (/^\s*(?:mailto|tel|sms):/i.test(raw) ? linkHref(raw) : undefined),
    pictures(element, parent) {
      const embed = element.attributes['data-embed']
      if (element.tag === 'figure' && embed !== undefined) return [{ _type: 'embed', url: embed }]
      const found = isFigure(element) ? picturesIn(element, parent, base) : []
      return found.length > 0 ? found.map((picture) => ({ _type: 'image', picture })) : undefined
    },
    report: (code, detail, words, line) => void losses.push({ code, detail, words, line })
  })
  return { lines, losses }
}

/** The element without what is no part of the story. */
function storyOf(element: Element, settings: Settings): Element {
  const children: Node[] = []
  let heading: Node | undefined
  for (const child of element.children) {
    if (typeof child === 'string') {
      children.push(child)
      if (child.trim()) heading = undefined
      continue
    }
    const kept = withoutBoilerplate(child, settings)
    if (kept) {
      children.push(kept)
      if (/^h[1-6]$/.test(child.tag)) heading = kept
      else if (/\S/.test(wordsIn(kept)) || kept.tag === 'figure') heading = undefined
    } else if (heading && /\S/.test(wordsIn(child)) && !/^(?:script|style|noscript)$/.test(child.tag)) {
      // The heading of what is left out.
      children.splice(children.indexOf(heading), 1)
      heading = undefined
    }
  }
  return { ...element, children }
}

function withoutBoilerplate(element: Element, settings: Settings): Element | undefined {
  const { isLeftOut, measures, base } = settings
  const { tag, attributes } = element
  if (tag === 'iframe') {
    const address = attributes.src?.startsWith('http') ? attributes.src : attributes['data-src']
    const url = embedUrl(httpUrl(address, base))
    return url && isPlayer(url)
      ? { tag: 'figure', attributes: { 'data-embed': url }, children: [] }
      : undefined
  }
  if (isLeftOut(element)) return asideFigure(element)
  // Its caption and its credit are called by names that are furniture elsewhere.
  if (isFigure(element)) return element
  const measure = measures?.get(element)
  if (measure && isListOfLinks(element, measure)) return undefined
  const kept = storyOf(element, settings)
  return tag === 'aside' || tag === 'form' || tag === 'nav' ? { ...kept, tag: 'div' } : kept
}

/** A box beside the story that holds a figure and nothing else: the figure. */
function asideFigure(element: Element): Element | undefined {
  if (element.tag !== 'aside') return undefined
  const figure = firstWithin(element, ({ tag }) => tag === 'figure')
  const length = (one: Element) => wordsIn(one).replace(/\s+/g, '').length
  return figure && length(figure) === length(element) ? figure : undefined
}

const isPlayer = (url: string) => /\/(?:embed|player|video|e|widgets?|iframe|v)[/?.]|player|embed/i.test(url)

/** Lines that are links to other pages, and little else. */
function isListOfLinks(
  { tag }: Element,
  { chars, links, prose, junk }: NonNullable<ReturnType<Measures['get']>>
) {
  if (/^(?:a|h[1-6]|td|th|tr|figure|blockquote|span|b|strong|em|i)$/.test(tag) || chars === 0) return false
  if (tag === 'p') return links >= chars * 0.9 && chars >= 20
  return prose < junk && links > chars * 0.6
}
