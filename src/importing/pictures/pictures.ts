// The pictures of an HTML page.
import { treeOf } from '../../content/body/html/parse.ts'
import { classesOf, type Element, elementsIn, firstWithin, wordsIn } from '../../content/body/html/tree.ts'
import { collapseSpace } from '../../content/body/text.ts'
import { httpUrl } from '../metadata/addresses.ts'
import { type Picture, storable } from '../page/lines.ts'
import { addressOf } from './lazy.ts'

const kinds: Record<string, Picture['kind']> = { img: 'image', video: 'video', audio: 'audio' }
const figures =
  /^(?:tr-caption-container|wp-caption|(?:image|picture|photo|media|article|story|content)[-_]{1,2}(?:figure|caption|with-caption|container|wrapper|wrap|block)|captioned|figure|image-with-caption)$/

const has = (element: Element, names: RegExp, property: RegExp) =>
  classesOf(element).some((name) => names.test(name)) || property.test(element.attributes.itemprop ?? '')
const isCaption = (element: Element) =>
  element.tag === 'figcaption' ||
  has(
    element,
    /caption(?!s?-(?:toggle|button|icon))|(?:^|[-_])(?:bildunterschrift|legend|legende)/i,
    /(?:^|\s)(?:caption|description)(?:\s|$)/
  )
const isCredit = (element: Element) =>
  element.tag === 'cite' ||
  (element.tag !== 'figure' &&
    has(
      element,
      /(?:^|[-_])(?:credits?|copyright|photographer|byline|rights?|licen[cs]e|quelle|source|attribution|creator)(?:$|[-_])|[a-z](?:Credit|Copyright|Photographer|Source|Rights)s?(?:$|[-_])|^(?:credit|copyright)/,
      /(?:^|\s)(?:creditText|copyrightHolder|author|creator|copyrightNotice)(?:\s|$)/
    ))

/** A figure with its caption, Blogger's and WordPress's captioned pictures, or a picture alone. */
export const isFigure = (element: Element) =>
  element.tag === 'figure' ||
  element.tag === 'picture' ||
  element.tag in kinds ||
  (classesOf(element).some((name) => figures.test(name)) && isCaptioned(element))

/** What holds one picture and its caption, and is not the story around them. */
const isCaptioned = (element: Element) => {
  const inner = elementsIn(element).map(({ element }) => element)
  return (
    inner.filter(({ tag }) => tag === 'img').length === 1 &&
    inner.some(isCaption) &&
    wordsIn(element).length < 1500
  )
}

/**
 * The pictures of a figure, or the one alone. A caption goes with the first of its figure. `isFurniture`: which show
 * nothing of the story.
 */
export function picturesIn(
  element: Element,
  parent: Element,
  base: string | undefined,
  isFurniture: (element: Element) => boolean = isIcon
): Picture[] {
  const alone = element.tag in kinds
  const found = alone
    ? [{ element, parent }]
    : elementsIn(visibleFigure(element)).filter(({ element: { tag } }) => tag in kinds)
  const pictures = found
    .filter((one) => !isFurniture(one.element))
    .map((one) => picture(one.element, one.parent, base))
  const seen = new Set<string>()
  const distinct = pictures.filter(({ url }) => url === undefined || (!seen.has(url) && seen.add(url)))
  if (!alone && distinct[0]) Object.assign(distinct[0], captionAndCreditOf(element))
  return distinct.filter(({ url, alt, caption }) => url ?? alt ?? caption)
}

/** A figure whose picture stands in `noscript` alone, or is only a placeholder beside it. */
function visibleFigure(figure: Element): Element {
  const inner = elementsIn(figure).map(({ element }) => element)
  const real = inner.find(({ tag, attributes }) => tag in kinds && addressOf(attributes) !== undefined)
  const hidden = inner.find(({ tag, children }) => tag === 'noscript' && /<img\b/i.test(children.join('')))
  if (real || !hidden) return figure
  return treeOf(wordsIn(hidden).slice(0, 20_000), { elements: 20_000, depth: 20_000, attributes: 20_000 })
}

function captionAndCreditOf(figure: Element): Pick<Picture, 'caption' | 'credit'> {
  const caption = firstWithin(figure, isCaption)
  const within = caption ? elementsIn(caption).map(({ element }) => element) : []
  const beside = elementsIn(figure).map(({ element }) => element)
  const marked = outermost([...within, ...beside].filter(isCredit)).filter((element) => element !== caption)
  const small = within.filter(({ tag }) => tag === 'small')
  const credit = [...new Set((marked.length > 0 ? marked : small).flatMap((element) => words(element) ?? []))]
  const joined =
    credit.filter((one) => !credit.some((other) => other !== one && other.includes(one))).join('/') ||
    undefined
  return { caption: captionOf(caption, credit), credit: joined }
}

/** Elements that stand in none of the others. */
const outermost = (elements: Element[]) =>
  elements.filter(
    (one) =>
      !elements.some((other) => other !== one && elementsIn(other).some(({ element }) => element === one))
  )

const words = (element: Element | undefined) =>
  (element && storable(collapseSpace(spaced(element)))) || undefined

/** Words of elements side by side do not run together. */
const spaced = (element: Element): string =>
  element.children
    .map((child) => {
      if (typeof child === 'string') return child
      if (/^(?:script|style|noscript|button|svg)$/.test(child.tag)) return ''
      return /^(?:span|div|p|figcaption|small|cite|br|li|dd|dt)$/.test(child.tag)
        ? ` ${spaced(child)} `
        : spaced(child)
    })
    .join('')

const boilerplate =
  /(?:^|[-_\s])(?:avatar|gravatar|icons?|emoji|logo|spinner|loader|pixel|tracking|wp-smiley|author|sprite)(?:$|[-_\s])/i
const icon =
  /(?:gravatar\.com|\/(?:avatars?|icons?|emojis?|logos?|smil(?:ey|ies))\/|[/_-](?:icon|logo|avatar|spacer|blank|pixel|placeholder|transparent)[^/]*\.(?:gif|png|svg|jpe?g)|\.svg(?:$|\?))/i

/** A picture of at most three pixels, or one that counts readers: nobody sees it. */
export const isCounter = ({ tag, attributes: { width, height, src = '' } }: Element) =>
  tag === 'img' &&
  (/^[0-3](?:px)?$/.test(width ?? '') ||
    /^[0-3](?:px)?$/.test(height ?? '') ||
    /^https?:\/\/(?:feeds\.feedburner\.com\/~r\/|stats\.wordpress\.com\/|pixel\.wp\.com\/|medium\.com\/_\/stat)/.test(
      src
    ))

/** Pictures that show nothing of the story: those that count readers, icons, faces of authors. */
function isIcon({ tag, attributes }: Element): boolean {
  if (tag !== 'img') return false
  const small = (size: string | undefined) =>
    /^\d{1,2}(?:px)?$/.test(size ?? '') && Number.parseInt(size!, 10) < 50
  if (small(attributes.width) || (small(attributes.height) && attributes.width === undefined)) return true
  return (
    boilerplate.test(`${attributes.class ?? ''} ${attributes.id ?? ''}`) ||
    icon.test(addressOf(attributes) ?? '')
  )
}

function picture({ tag, attributes, children }: Element, parent: Element, base: string | undefined): Picture {
  const source = children.find((child) => typeof child !== 'string' && child.tag === 'source')
  // Blogger links a picture to its full size.
  const full = 'imageanchor' in parent.attributes ? parent.attributes.href : undefined
  const inner = typeof source === 'object' ? source.attributes.src : undefined
  const beside =
    parent.tag === 'picture'
      ? parent.children.flatMap((child) =>
          typeof child !== 'string' && child.tag === 'source' ? (addressOf(child.attributes) ?? []) : []
        )
      : []
  const sources = [full, addressOf(attributes), inner, ...beside]
  const url = sources.map((one) => httpUrl(one, base)).find((found) => found !== undefined)
  const alt = collapseSpace(attributes.alt ?? '') || undefined
  return { kind: kinds[tag]!, url, alt }
}

/** The caption without the credits that stand in it. */
function captionOf(caption: Element | undefined, credits: string[]) {
  let text = words(caption)
  for (const credit of credits) {
    if (text?.endsWith(credit)) text = text.slice(0, -credit.length).trim()
    else if (text?.startsWith(credit)) text = text.slice(credit.length).trim()
    else if (text?.includes(` ${credit} `)) text = text.replace(` ${credit} `, ' ')
  }
  return text?.replace(/[\s|/–—-]+$/, '') || undefined
}
