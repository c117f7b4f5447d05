// The pictures of an HTML page.
import { folded } from '../body/text.ts'
import { httpUrl } from './addresses.ts'
import { type Picture, storable } from './lines.ts'

const kinds: Record<string, Picture['kind']> = { IMG: 'image', VIDEO: 'video', AUDIO: 'audio' }
const captions = 'figcaption, .tr-caption, .wp-caption-text, [itemprop~="caption"]'
const figures = ['tr-caption-container', 'wp-caption']
const credits =
  '.credit, .photo-credit, .image-credit, [itemprop~="creditText"], [itemprop~="copyrightHolder"]'

/** A figure with its caption, Blogger's and WordPress's captioned pictures, or a picture alone. */
export const isFigure = (element: Element) =>
  /^(?:FIGURE|IMG|VIDEO|AUDIO)$/i.test(element.tagName) ||
  figures.some((name) => element.classList.contains(name))

/** The pictures of a figure, or the one alone. A caption goes with the first of its figure. */
export function picturesIn(element: Element, base: string | undefined): Picture[] {
  const alone = element.tagName.toUpperCase() in kinds
  const found = alone ? [element] : [...element.querySelectorAll('img, video, audio')]
  const pictures = found.filter((one) => !isTracker(one)).map((one) => picture(one, base))
  if (!alone && pictures[0]) Object.assign(pictures[0], captioned(element))
  return pictures.filter(({ url, alt, caption }) => url ?? alt ?? caption)
}

function captioned(figure: Element): Pick<Picture, 'caption' | 'credit'> {
  const credit = words(figure.querySelector(credits))
  return { caption: captionOf(figure.querySelector(captions), credit), credit }
}

const words = (element: Element | null) => storable(folded(element?.textContent ?? '')) || undefined

/** Pictures one pixel wide count readers and show nothing. */
const isTracker = (element: Element) => /^[01](?:px)?$/.test(element.getAttribute('width') ?? '')

function picture(element: Element, base: string | undefined): Picture {
  const attribute = (name: string) => element.getAttribute(name)
  // Blogger links a picture to its full size.
  const full = element.parentElement?.hasAttribute('imageanchor')
    ? element.parentElement.getAttribute('href')
    : null
  const sources = [
    full,
    attribute('src'),
    attribute('data-src'),
    element.firstElementChild?.getAttribute('src')
  ]
  const url = sources.map((source) => httpUrl(source, base)).find((found) => found !== undefined)
  const alt = storable(folded(attribute('alt') ?? '')) || undefined
  return { kind: kinds[element.tagName.toUpperCase()]!, url, alt }
}

/** The caption without the credit that stands in it. */
function captionOf(caption: Element | null, credit: string | undefined) {
  const text = words(caption)
  return (credit && text?.endsWith(credit) ? text.slice(0, -credit.length).trim() : text) || undefined
}
