// The blocks and marks of a body that are not words alone.
import type { Media, Schema } from '../index.ts'
import { type Element, element, type Markup, safeUrl, slot, type View } from './markup.ts'
import { chainsOf } from './voices.ts'

type Body = Schema<'Body'>
type Block<Kind extends string> = Extract<Body[number], { _type: Kind }>

/** How a block of each kind is drawn. */
export const blocks = {
  image: ({ story }: View, { mediaId }: Block<'image'>): Element => {
    const media = story.media.find(({ id }) => id === mediaId)
    return media ? figureMarkup(media) : element('figure', { 'data-media': mediaId })
  },
  embed: (_: View, { url }: Block<'embed'>): Element =>
    element('figure', { 'data-embed': url }, element('a', { href: safeUrl(url) }, url)),
  rule: (): Element => element('hr'),
  code: (_: View, { code, language }: Block<'code'>): Element =>
    element('pre', {}, element('code', { class: language && `language-${language}` }, code)),
  table: (_: View, { caption, rows }: Block<'table'>): Element =>
    element(
      'table',
      {},
      ...(caption === undefined ? [] : [element('caption', {}, caption)]),
      element('tbody', {}, ...rows.map(({ cells }) => element('tr', {}, ...cells.map(cellMarkup))))
    )
}

function cellMarkup({ header, colspan, rowspan, value }: Schema<'TableCell'>): Element {
  return element(header ? 'th' : 'td', { colspan, rowspan }, { blocks: value })
}

/** A picture, video or audio file with its caption and credits. One whose rights have ended has no address. */
export function figureMarkup(media: Media): Element {
  const { id, caption, credits } = media
  const credited = credits.map((credit) => element('small', { 'data-credit': credit.id }, credit.creditLine))
  const words: Markup[] = [...(caption ? [caption] : []), ...credited]
  const spaced = words.flatMap((one, i) => (i === 0 ? [one] : [' ', one]))
  return element(
    'figure',
    { 'data-media': id },
    ...fileMarkup(media),
    ...(spaced.length > 0 ? [element('figcaption', {}, ...spaced)] : [])
  )
}

function fileMarkup({ kind, url, alt, width, height }: Media): Element[] {
  const src = url ? safeUrl(url) : undefined
  if (src === undefined) return []
  if (kind === 'image') return [element('img', { src, alt: alt ?? '', width, height, loading: 'lazy' })]
  return [
    element(kind, { src, controls: true, width: kind === 'video' ? width : undefined, 'aria-label': alt })
  ]
}

/** The picture, video or audio file that a story opens with; undefined without one. */
export function leadMarkup({ story }: View): Element | undefined {
  const lead = story.leadMedia ?? story.media.find(({ id }) => id === story.leadMediaId)
  return lead ? figureMarkup(lead) : undefined
}

const tags = { strong: 'strong', em: 'em', code: 'code', underline: 'u', strike: 's', sup: 'sup', sub: 'sub' }

type Mark<Kind extends string> = Extract<
  NonNullable<Schema<'TextBlock'>['markDefs']>[number],
  { _type: Kind }
>

/** How annotations are drawn; `title` says who spoke, and through whom we know. */
const annotations = {
  link: (_: View, { href, title }: Mark<'link'>): Element =>
    element('a', { href: safeUrl(href), title }, slot),
  quote: (view: View, { quoteId }: Mark<'quote'>): Element => {
    const quote = view.story.quotes.find(({ id }) => id === quoteId)
    const title = chainsOf(view, quote?.attributions ?? []) || undefined
    return element('span', { 'data-quote': quoteId, title }, slot)
  },
  attribution: (view: View, { attributionId }: Mark<'attribution'>): Element => {
    const found = view.story.attributions.filter(({ id }) => id === attributionId)
    return element(
      'span',
      { 'data-attribution': attributionId, title: chainsOf(view, found) || undefined },
      slot
    )
  }
}

/** How each mark is drawn around its words. */
export const marks: Record<string, (view: View, value: never) => Element> = {
  ...Object.fromEntries(Object.entries(tags).map(([name, tag]) => [name, () => element(tag, {}, slot)])),
  ...annotations
}

/** How an item of a list is drawn; one that begins a count anew says its number. */
export const itemMarkup = (_: View, { start }: Schema<'TextBlock'>): Element =>
  element('li', { value: start }, slot)
