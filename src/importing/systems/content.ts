// The body of an article of another system, with its pictures and reported speech. Pure, with plain data in and out, so
// that it can run in a worker thread.
import { linkHref } from '../../content/body/addresses.ts'
import { blocksOf } from '../../content/body/blocks.ts'
import { TooLarge, treeOf } from '../../content/body/html/parse.ts'
import { readTree } from '../../content/body/html/reader.ts'
import { type Element, elementsIn, firstWithin } from '../../content/body/html/tree.ts'
import type { Piece } from '../../content/body/pieces.ts'
import type { Body } from '../../content/body/schema.ts'
import { warningCollector } from '../../content/body/warnings.ts'
import type { Warning } from '../../http/schemas.ts'
import { creditEvidence } from '../evidence/credits.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { httpUrl } from '../metadata/addresses.ts'
import { addressKey } from '../pictures/address-key.ts'
import { addPicture, type Media } from '../pictures/media.ts'
import { isCounter, isFigure, picturesIn } from '../pictures/pictures.ts'
import { readSpeech } from '../speech/words.ts'
import type { ArticleItem, ImportedMedia } from './item.ts'
import { addressInExport, type LocalFiles, nameIn, type Place, placeOf, unknownFile } from './local-files.ts'

const limits = { elements: 100_000, depth: 200, attributes: 256 }

export type ContentInput = Pick<
  ArticleItem,
  'html' | 'media' | 'library' | 'featured' | 'language' | 'url' | 'file'
> & {
  /** The files of the export, where it is a folder or a zip. */
  local?: LocalFiles | undefined
  /** The system that the pictures have their ids from. */
  system: string
  /** Whether quotes, claims and their sources are looked for. */
  speech: boolean
}

type Speech = ReturnType<typeof readSpeech>

/** A file of the export, by its name there, that a record of media is; `key` is that of the record. */
export interface FileOf {
  key: string
  name: string
}

export interface ReadContent extends Partial<Omit<Speech, 'body' | 'evidence'>> {
  body: Body
  media: Omit<Media, 'creditRule'>[]
  /** Which of them are files of the export. */
  files: FileOf[]
  /** The key of the main picture. */
  lead?: string
  warnings: Warning[]
  evidence: Evidence[]
}

/** The body and what stands in it. */
export function readContent({
  html,
  media,
  library = [],
  featured,
  language,
  url,
  file,
  local,
  system,
  speech
}: ContentInput): ReadContent {
  const found = warningCollector()
  const warnings: Warning[] = []
  let left = 0
  const warn = (warning: Warning) => void (warnings.length < maxWarnings ? warnings.push(warning) : left++)
  const known = knownMedia([...library, ...media])
  const base = file === undefined ? (url ?? (local && addressInExport(''))) : addressInExport(file)
  const shown: Media[] = []
  const keys = new Map<ImportedMedia | string, string>()
  /** Pictures whose credits the export gives: nothing was read there that an editor would decide on. */
  const stated = new Set<string>()
  const files: FileOf[] = []
  const put = (picture: Parameters<typeof addPicture>[1], one: ImportedMedia | undefined) => {
    const address = one?.url ?? picture.url!
    const same = keys.get(one ?? address)
    if (same !== undefined) return same
    const where = placeOf(address, { file, url, local })
    if (where === undefined) {
      warn({ code: 'picture-left-out', detail: unknownFile, words: nameIn(address).slice(0, 300) })
      return undefined
    }
    const key = one
      ? addKnown(shown, one, { picture, where, system }, warn)
      : addPicture(shown, at(picture, where), ({ code, ...rest }) => {
          if (code !== 'credit-split') warn({ code, ...rest })
        })
    if (key === undefined) return undefined
    keys.set(one ?? address, key)
    if (one?.credit) stated.add(key)
    if (where.name !== undefined) files.push({ key, name: where.name })
    return key
  }
  const lead = media.find(({ id }) => id === featured)
  const leadKey = lead && put({ kind: lead.kind, url: lead.url }, lead)
  const pictures = (element: Element, parent: Element): Piece<string>[] | undefined => {
    const recording = isRecording(element) && known.urls.get(addressKey(recordingUrl(element, base)))
    if (recording) return shownAs(put({ kind: recording.kind, url: recording.url }, recording))
    // A figure in which no picture stands is read like the others.
    if (!isFigure(element) || (element.tag !== 'img' && !hasPicture(element))) return undefined
    return picturesIn(element, parent, base, isCounter).flatMap((picture): Piece<string>[] => {
      const named = elementsIn({ tag: '', attributes: {}, children: [element] })
        .map(({ element: { attributes } }) => attributes['data-picture'])
        .find((name) => name !== undefined && known.ids.has(name))
      const one = known.ids.get(named ?? '') ?? known.urls.get(addressKey(picture.url))
      return shownAs(picture.url || one ? put(picture, one) : undefined)
    })
  }
  /** What the body shows nowhere, after it. */
  const others = () =>
    media.flatMap((one) => (keys.has(one) ? [] : shownAs(put({ kind: one.kind, url: one.url }, one))))
  const { body, tooLarge } = bodyOf(html, { pictures, others }, found, (words) =>
    shown.some(({ caption }) => caption && words.includes(caption))
  )
  for (const one of library) if (!keys.has(one)) put({ kind: one.kind, url: one.url }, one)
  if (tooLarge) warn(tooLarge)
  for (const warning of found.list(body.length)) warn(warning)
  const isRead = speech && body.length > 0
  const said = isRead
    ? readSpeech(body, warn, language === undefined ? {} : { language })
    : { body, evidence: [] }
  return {
    ...said,
    evidence: [
      ...said.evidence,
      ...shown.filter(({ key }) => speech && !stated.has(key)).flatMap(creditEvidence)
    ],
    media: shown.map(({ creditRule: _, ...one }) => one),
    files,
    ...(leadKey && { lead: leadKey }),
    warnings: left === 0 ? warnings : [...warnings, moreOf(left)]
  }
}

/** How many are told of one article. */
const maxWarnings = 200

const moreOf = (left: number): Warning => ({
  code: 'more-warnings',
  detail: `There are ${left} more: only the first ${maxWarnings} of an article are told one by one.`,
  words: ''
})

/** The body of what the reader of HTML can take; of what it cannot, nothing, which is told. */
function bodyOf(
  html: string,
  {
    pictures,
    others
  }: {
    pictures(element: Element, parent: Element): Piece<string>[] | undefined
    others(): Piece<string>[]
  },
  found: ReturnType<typeof warningCollector>,
  isCaptioned: (words: string) => boolean
): { body: Body; tooLarge?: Warning } {
  try {
    const pieces = readTree<string>(treeOf(html, limits), {
      page: false,
      href: linkHref,
      pictures,
      report(code, detail, words, at) {
        // The words of a figure are the caption and the credit of its picture.
        if (code !== 'picture-words-dropped' || !isCaptioned(words)) found.add({ code, detail, words, at })
      }
    })
    const all = [...pieces, ...others()]
    const body = blocksOf(all.slice(0, maxBlocks))
    if (all.length <= maxBlocks) return { body }
    const detail = 'A body has room for 5,000 blocks: the story was cut here.'
    return { body, tooLarge: { code: 'body-cut', detail, words: '' } }
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error
    const detail = `Its body has, or nests, more than can be read (${error.message}): it was left out.`
    return { body: [], tooLarge: { code: 'body-too-large', detail, words: '' } }
  }
}

const maxBlocks = 5000

const shownAs = (key: string | undefined): Piece<string>[] =>
  key === undefined ? [] : [{ _type: 'image', picture: key }]

const isRecording = ({ tag }: Element) => tag === 'video' || tag === 'audio'

/** The address of a recording: its own, or the first of its sources. */
const recordingUrl = (element: Element, base: string | undefined) =>
  httpUrl(element.attributes.src ?? firstWithin(element, ({ tag }) => tag === 'source')?.attributes.src, base)

const hasPicture = (element: Element) =>
  isRecording(element) ? false : elementsIn(element).some(({ element: { tag } }) => tag === 'img')

/** A picture at its address; one that is a file of the export has none. */
const at = ({ url: _, ...picture }: Parameters<typeof addPicture>[1], { url }: Place) => ({
  ...picture,
  ...(url && { url })
})

/** Pictures by their ids, and by their addresses without size and parameters. */
function knownMedia(media: ImportedMedia[]) {
  const ids = new Map(media.map((one) => [one.id, one]))
  const urls = new Map<string, ImportedMedia>()
  for (const one of media)
    for (const url of [one.url, ...(one.otherUrls ?? [])]) urls.set(addressKey(url), one)
  return { ids, urls }
}

/** Puts a file of the export among the media, with what the place in the body says of it. */
function addKnown(
  shown: Media[],
  one: ImportedMedia,
  {
    picture: here,
    where,
    system
  }: { picture: Parameters<typeof addPicture>[1]; where: Place; system: string },
  warn: (warning: Warning) => void
) {
  const { kind, width, height, credit } = one
  // Its bytes say how large a file of the export is.
  const isElsewhere = where.name === undefined
  const words = here.caption ?? one.caption
  const alt = here.alt ?? one.alt
  const key = addPicture(
    shown,
    {
      kind,
      ...(where.url && { url: where.url }),
      ...(words && { caption: words }),
      ...(alt && { alt }),
      // Where the export has the credit, the caption is left as it is.
      ...(credit && { credit: credit.creditLine, stated: credit })
    },
    ({ code, ...rest }) => code === 'credit-split' || warn({ code, ...rest })
  )
  const added = shown.at(-1)
  if (key === undefined || added === undefined) return undefined
  Object.assign(added, {
    ...(isElsewhere && width && { width }),
    ...(isElsewhere && height && { height }),
    // Under another caption it is another record: what readers are told of a file is a part of that.
    ...(words === one.caption && alt === one.alt && { externalId: { system, id: nameIn(one.id) } })
  })
  return key
}
