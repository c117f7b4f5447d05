// The pictures of an HTML page.

import { folded } from '../body/text.ts'
import { classesOf, type Element, elementsIn, first, wordsIn } from '../body/tree.ts'
import { httpUrl } from './addresses.ts'
import { type Picture, storable } from './lines.ts'

const kinds: Record<string, Picture['kind']> = { img: 'image', video: 'video', audio: 'audio' }
const figures = ['tr-caption-container', 'wp-caption']

const has = (element: Element, names: string[], property: RegExp) =>
  classesOf(element).some((name) => names.includes(name)) || property.test(element.attributes.itemprop ?? '')
const isCaption = (element: Element) =>
  element.tag === 'figcaption' || has(element, ['tr-caption', 'wp-caption-text'], /(?:^|\s)caption(?:\s|$)/)
const isCredit = (element: Element) =>
  has(element, ['credit', 'photo-credit', 'image-credit'], /(?:^|\s)(?:creditText|copyrightHolder)(?:\s|$)/)

/** A figure with its caption, Blogger's and WordPress's captioned pictures, or a picture alone. */
export const isFigure = (element: Element) =>
  element.tag === 'figure' ||
  element.tag in kinds ||
  classesOf(element).some((name) => figures.includes(name))

/** The pictures of a figure, or the one alone. A caption goes with the first of its figure. */
export function picturesIn(element: Element, parent: Element, base: string | undefined): Picture[] {
  const alone = element.tag in kinds
  const found = alone
    ? [{ element, parent }]
    : elementsIn(element).filter(({ element: { tag } }) => tag in kinds)
  const pictures = found
    .filter((one) => !isTracker(one.element))
    .map((one) => picture(one.element, one.parent, base))
  if (!alone && pictures[0]) Object.assign(pictures[0], captioned(element))
  return pictures.filter(({ url, alt, caption }) => url ?? alt ?? caption)
}

function captioned(figure: Element): Pick<Picture, 'caption' | 'credit'> {
  const credit = words(first(figure, isCredit))
  return { caption: captionOf(first(figure, isCaption), credit), credit }
}

const words = (element: Element | undefined) => (element && storable(folded(wordsIn(element)))) || undefined

/** Pictures one pixel wide count readers and show nothing. */
const isTracker = (element: Element) => /^[01](?:px)?$/.test(element.attributes.width ?? '')

function picture({ tag, attributes, children }: Element, parent: Element, base: string | undefined): Picture {
  const source = children.find((child) => typeof child !== 'string' && child.tag === 'source')
  // Blogger links a picture to its full size.
  const full = 'imageanchor' in parent.attributes ? parent.attributes.href : undefined
  const inner = typeof source === 'object' ? source.attributes.src : undefined
  const sources = [full, attributes.src, attributes['data-src'], inner]
  const url = sources.map((one) => httpUrl(one, base)).find((found) => found !== undefined)
  const alt = folded(attributes.alt ?? '') || undefined
  return { kind: kinds[tag]!, url, alt }
}

/** The caption without the credit that stands in it. */
function captionOf(caption: Element | undefined, credit: string | undefined) {
  const text = words(caption)
  return (credit && text?.endsWith(credit) ? text.slice(0, -credit.length).trim() : text) || undefined
}
