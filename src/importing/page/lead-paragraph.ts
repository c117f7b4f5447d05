// The paragraph that many pages print between the headline and the element that holds the story: the story begins with it.
import type { Element } from '../../content/body/html/tree.ts'
import { isLine } from '../../content/body/pieces.ts'
import { plain } from '../metadata/jsonld.ts'
import { type Document, descendantsOf, lineOf } from './document.ts'
import { kindOf, namesOf } from './element-kinds.ts'
import type { Line } from './lines.ts'
import { isInvisible } from './text-density.ts'

/** In characters. Subtitles are shorter, as descriptions for search engines are: they are the dek alone. */
const shortest = 160
const longest = 1500
/** How many elements behind the headline are looked at. */
const maxElements = 200
/** How much of the story's beginning is searched for the same words, and how many letters of them. */
const maxLines = 12
const compared = 50

const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** The element that a page prints its lead in; undefined where the story's own lines begin with its words. */
export function leadParagraphOf(
  document: Document,
  headline: Element,
  story: Element,
  lines: Line[]
): Element | undefined {
  const { elements } = document
  const from = elements.indexOf(headline) + 1
  const begins = elements.indexOf(story)
  const descriptions = descriptionsOf(document)
  const passedOver = new Set<Element>()
  for (const [i, element] of elements.slice(from, from + maxElements).entries()) {
    if (passedOver.has(element)) continue
    const words = isElsewhere(element) ? '' : lineOf(element, longest)
    if (words === undefined) continue
    // Nothing in a short element is longer.
    for (const child of words.length < shortest ? descendantsOf(element) : []) passedOver.add(child)
    if (words.length < shortest) continue
    const own = letters(words)
    if ((from + i < begins && isCalledLead(element, words)) || descriptions.some((text) => isSame(own, text)))
      return beginsWith(lines, own) ? undefined : element
  }
  return undefined
}

/** What the page says of itself in `meta`, as letters. */
const descriptionsOf = ({ metas }: Document) =>
  ['description', 'og:description', 'twitter:description']
    .flatMap((name) => metas.get(name) ?? [])
    .map((text) => letters(plain(text)))
    .filter((text) => text.length >= compared)

/** Whether these are the words of a description, which may be cut, or stand in two elements. */
const isSame = (own: string, description: string) =>
  (own.startsWith(description.slice(0, -12)) && own.length < 3 * description.length) ||
  (description.startsWith(own) && own.length > description.length / 3)

/** The words that themes and content management systems call a lead by. */
const leadNames = new Set(
  'lead lede standfirst vorspann intro introtext excerpt anreisser chapeau entradilla bajada copete ingress manchet dek deck'.split(
    ' '
  )
)
const isCalledLead = (element: Element, words: string) =>
  /[.!?…]["”»“]?$/.test(words) &&
  (element.attributes.itemprop === 'description' ||
    namesOf(element).parts.some((part) => leadNames.has(part)))

const beginsWith = (lines: Line[], own: string) =>
  letters(
    lines
      .filter(isLine)
      .slice(0, maxLines)
      .map(({ text }) => text)
      .join(' ')
  ).includes(own.slice(0, compared))

const isElsewhere = (element: Element) =>
  isInvisible(element) ||
  /^(?:nav|aside|footer|form|figure|blockquote)$/.test(element.tag) ||
  kindOf(element) === 'comments'
