// The files of an entry: Media RSS with its credits, enclosures, and pictures that stand for an entry.
import { httpUrl } from '../../metadata/addresses.ts'
import { addressKey } from '../../pictures/address-key.ts'
import { creditOf } from '../../pictures/credits.ts'
import type { ImportedMedia } from '../item.ts'
import { plainOf } from '../text.ts'
import { type Element, within } from '../xml/element.ts'

/** The kind of a file: by its type or medium, else by the end of its address. */
export const kindOf = (type: string, url: string): ImportedMedia['kind'] | undefined => {
  const named = /^(image|video|audio)\b/i.exec(type)?.[1]?.toLowerCase()
  // As: it is one of the three that the pattern names.
  if (named) return named as ImportedMedia['kind']
  const path = new URL(url).pathname
  if (/\.(?:jpe?g|png|gif|webp|avif)$/i.test(path)) return 'image'
  if (/\.(?:mp3|m4a|ogg)$/i.test(path)) return 'audio'
  return /\.(?:mp4|webm|mov)$/i.test(path) ? 'video' : undefined
}

type Lose = (code: string, reason: string, words?: string) => void

/**
 * The files of an entry, each once: of several forms of one file, the largest. `channelRights` is what the channel says
 * of all files: media:credit and media:copyright.
 */
export function mediaOf(
  entry: Element,
  channelRights: Element[],
  base: string | undefined,
  lose: Lose
): ImportedMedia[] {
  const found: Found[] = []
  const add = (file: ImportedMedia, group?: Element) => {
    const same = found.find((one) => isSame(one, { group, file }))
    if (same) same.file = merged(same.file, file)
    else found.push({ group, file })
  }
  const groups = new Map(
    within(entry, 'media:group').flatMap((group) => group.children.map((one) => [one, group]))
  )
  for (const one of within(entry, 'media:content')) {
    const group = groups.get(one)
    const { medium = '', type = '' } = one.attributes
    const file = placed(one, kinds.test(medium) ? medium : type, base, lose)
    if (file && !isFace(file.url))
      add({ ...file, ...describedBy([one, group, entry], channelRights, one) }, group)
  }
  for (const one of entry.children)
    if (one.name === 'enclosure' || (one.name === 'link' && one.attributes.rel === 'enclosure')) {
      const file = placed(one, one.attributes.type ?? '', base, lose)
      if (file) add(file)
    }
  // A small picture stands for an entry that has no other.
  for (const one of within(entry, 'media:thumbnail').toSorted((a, b) => widthOf(b) - widthOf(a))) {
    const url = httpUrl(one.attributes.url, base)
    const isFirst = found.every(({ file }) => file.kind !== 'image')
    if (url && isFirst && !isFace(url)) add({ id: url, kind: 'image', url })
  }
  return found.map(({ file }) => file)
}

/** The file that an element names; undefined for one that cannot be shown, which is told. */
function placed({ attributes }: Element, type: string, base: string | undefined, lose: Lose) {
  const address = attributes.url ?? attributes.href
  const url = httpUrl(address, base)
  const kind = url && kindOf(type, url)
  if (kind) return { id: url, kind, url }
  if (address)
    lose('file-left-out', 'Only pictures, videos and sounds with an address become media.', address)
  return undefined
}

/** What is said of a file: beside it, of its group, of the entry, or (rights alone) of the channel. */
function describedBy(places: (Element | undefined)[], channelRights: Element[], { attributes }: Element) {
  const near = places.filter((it) => it !== undefined).map(({ children }) => children)
  const first = (name: string, lists = near) =>
    lists.map((list) => plainOf(named(list, name)[0]?.text ?? '').trim()).find(Boolean)
  const caption = first('media:description') ?? first('media:title')
  const everywhere = [...near, channelRights]
  const credit = creditsOf(everywhere, first('media:copyright', everywhere))
  const [width, height] = [Number(attributes.width) || 0, Number(attributes.height) || 0]
  return {
    ...(caption && { caption }),
    ...(width > 0 && { width }),
    ...(height > 0 && { height }),
    ...(credit && { credit })
  }
}

type Found = { group?: Element | undefined; file: ImportedMedia }

/** A group holds one file in several forms (Media RSS, media:group); so are sizes of one address. */
const isSame = (a: Found, b: Found) =>
  a.file.kind === b.file.kind &&
  (a.file.url === b.file.url ||
    (a.group !== undefined && a.group === b.group) ||
    (a.file.width !== undefined &&
      b.file.width !== undefined &&
      addressKey(a.file.url) === addressKey(b.file.url)))

function merged(one: ImportedMedia, other: ImportedMedia): ImportedMedia {
  if (one.url === other.url) return { ...other, ...one }
  const [best, rest] = widthIn(other) > widthIn(one) ? [other, one] : [one, other]
  return { ...rest, ...best, otherUrls: [rest, best].flatMap(otherAddresses(best.url)) }
}

const widthIn = ({ width = 0 }: ImportedMedia) => width
const otherAddresses =
  (best: string) =>
  ({ url, otherUrls = [] }: ImportedMedia) =>
    [...otherUrls, url].filter((one) => one !== best)

const kinds = /^(?:image|video|audio)$/i
const widthOf = ({ attributes: { width } }: Element) => Number(width) || 0

/** The face of an author, which WordPress puts among the files of each entry. */
const isFace = (url: string) => /\/\/(?:[\w-]+\.)*gravatar\.com\/avatar\//.test(url)

const supplies = /^(?:distribution company|publishing company|provider|supplier|agency|publisher|copyright)$/i

const named = (list: Element[], name: string) => list.filter((one) => one.name === name)

/** media:credit of the nearest list that has some; roles tell who made a picture from who supplied it. */
function creditsOf(lists: Element[][], notice: string | undefined): ImportedMedia['credit'] {
  const credits = lists.map((list) => named(list, 'media:credit')).find((all) => all.length > 0) ?? []
  const there = credits
    .map(({ text, attributes: { role = '' } }) => ({ name: plainOf(text).trim(), role }))
    .filter(({ name }) => name !== '')
  if (there.length === 0 && !notice) return undefined
  const suppliers = there.filter(({ role }) => supplies.test(role)).map(({ name }) => name)
  const creators = there.filter(({ role }) => !supplies.test(role)).map(({ name }) => name)
  const line = [...creators, ...suppliers].join('/') || notice!
  const read =
    there.length === 1 && suppliers.length === 0 ? creditOf(line, () => {}) : { creators, suppliers }
  return {
    ...read,
    creditLine: line,
    ...(notice && { copyrightNotice: notice })
  }
}
