// Attachments: pictures and other files, with the credits that plugins and cameras keep.
import type { NewMediaCredit } from '../../../content/credits/schema.ts'
import { httpUrl } from '../../metadata/addresses.ts'
import { creditOf } from '../../pictures/credits.ts'
import type { ImportedMedia } from '../item.ts'
import { wordsOf } from '../story.ts'
import { plainOf } from '../text.ts'
import { type Element, textOf } from '../xml/element.ts'
import { fieldOf, metaOf, serialized, wordsIn } from './meta.ts'

export interface Attachment extends ImportedMedia {
  /** The post that it was uploaded to. */
  parent: string
}

/** An attachment, and where it stands in the export. */
export type PlacedAttachment = Attachment & { place: string }

type Lose = (code: string, reason: string, words?: string) => void

const kindsByEnd: [RegExp, ImportedMedia['kind']][] = [
  [/\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|heic)$/i, 'image'],
  [/\.(?:mp4|m4v|mov|webm|ogv|avi|wmv)$/i, 'video'],
  [/\.(?:mp3|m4a|ogg|oga|wav|flac|aac)$/i, 'audio'],
  [/\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|txt|csv|epub|zip)$/i, 'document']
]

/** What a file is, by the end of its path. */
export const kindOfFile = (path: string) => kindsByEnd.find(([pattern]) => pattern.test(path))?.[1]

/** The file of an attachment; undefined for one of no known kind, or without an address, which is told. */
export function attachmentOf(item: Element, lose: Lose): Attachment | undefined {
  const url = httpUrl(textOf(item, 'wp:attachment_url') || textOf(item, 'guid'))
  const path = URL.parse(url ?? '')?.pathname ?? ''
  const kind = kindOfFile(path)
  if (url === undefined || kind === undefined) {
    lose(
      'attachment-left-out',
      'Only files with an address, of a kind that readers can open, become media.',
      url ?? ''
    )
    return undefined
  }
  const meta = metaOf(item)
  const first = (key: string) => wordsIn(meta.get(key)?.[0])
  const details = meta.get('_wp_attachment_metadata')?.[0]
  const file = details === undefined ? undefined : serialized(details)
  if (details && file === undefined)
    lose('meta-unreadable', 'What the camera wrote is not readable: size and IPTC credit are missing.')
  const caption = plainOf(textOf(item, 'excerpt:encoded')) || plainOf(textOf(item, 'content:encoded'))
  const title = plainOf(textOf(item, 'title')).trim()
  const alt = plainOf(first('_wp_attachment_image_alt') ?? '') || (isFileName(title, path) ? '' : title)
  const credit = creditFrom(first, fieldOf(file, 'image_meta'))
  return {
    ...{ id: textOf(item, 'wp:post_id').trim(), parent: textOf(item, 'wp:post_parent').trim(), kind, url },
    ...definedOf({ caption: wordsOf(caption), alt: wordsOf(alt), credit }),
    ...definedOf({ width: pixels(fieldOf(file, 'width')), height: pixels(fieldOf(file, 'height')) })
  }
}

/** WordPress calls a file after its name until somebody writes a title; it numbers files of one name. */
export const isFileName = (title: string, path: string) => {
  const bare = (words: string) => words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
  const file = path.replace(/^.*\//, '')
  const base = file.replace(/\.\w{2,4}$/, '')
  return [file, base, base.replace(/-(?:scaled|\d+)$/, '')].some((one) => bare(one) === bare(title))
}

/** The fields without those that are undefined. */
export const definedOf = <T extends object>(fields: T): Partial<T> =>
  // As: without what is undefined it is a part of the same type.
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>

/** A width or height; undefined for what is none. */
export const pixels = (value: unknown) => {
  const number = Number(value)
  return Number.isInteger(number) && number >= 1 && number <= 100_000 ? number : undefined
}

/** The credit: of Newspack and media-credit, else what the camera wrote as IPTC. */
export function creditFrom(
  first: (key: string) => string | undefined,
  camera: unknown
): NewMediaCredit | undefined {
  const who = first('_media_credit') ?? first('_newspack_media_credit') ?? wordsIn(fieldOf(camera, 'credit'))
  const organization = first('_navis_media_credit_org')
  const notice = wordsOf(wordsIn(fieldOf(camera, 'copyright')))
  const name = wordsOf(plainOf(who ?? ''))
  const supplier = wordsOf(plainOf(organization ?? ''))
  const line = [name, supplier].filter((one) => one !== undefined).join('/') || notice
  if (line === undefined) return undefined
  const read = name === undefined || supplier === undefined ? creditOf(line, () => {}) : undefined
  const address = httpUrl(first('_media_credit_url'))
  return {
    creditLine: line,
    creators: read?.creators ?? [name!],
    suppliers: read?.suppliers ?? [supplier!],
    ...(notice && { copyrightNotice: notice }),
    ...(address && { acquireLicensePage: address })
  }
}
