// The pictures of an HTML page.
import { folded } from '../body/text.ts'
import { httpUrl } from './addresses.ts'
import { type Picture, storable } from './lines.ts'

const kinds: Record<string, Picture['kind']> = { IMG: 'image', VIDEO: 'video', AUDIO: 'audio' }
const captions = 'figcaption, .tr-caption, .wp-caption-text, [itemprop~="caption"]'
const credits =
  '.credit, .photo-credit, .image-credit, [itemprop~="creditText"], [itemprop~="copyrightHolder"]'

/** A figure with its caption, Blogger's and WordPress's captioned pictures, or a picture alone. */
export const isFigure = (element: Element) =>
  /^(?:FIGURE|IMG|VIDEO|AUDIO)$/i.test(element.tagName) ||
  /(?:^|\s)(?:tr-caption-container|wp-caption)(?:\s|$)/.test(element.getAttribute('class') ?? '')

/** The pictures of a figure; its caption goes with the first. */
export function picturesIn(figure: Element, base: string | undefined): Picture[] {
  const shown =
    figure.tagName.toUpperCase() in kinds ? [figure] : [...figure.querySelectorAll('img, video, audio')]
  const caption = figure.querySelector(captions)
  const credit = words(figure.querySelector(credits))
  return shown
    .filter((element) => !isTracker(element))
    .map((element, i) => ({
      ...picture(element, base),
      ...(i === 0 && { caption: captionOf(caption, credit), credit })
    }))
    .filter(({ url, alt, caption }) => url ?? alt ?? caption)
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
    element.querySelector('source')?.getAttribute('src')
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
