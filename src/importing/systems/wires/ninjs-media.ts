// Pictures, videos and sounds of ninjs, with their credits.
import { httpUrl } from '../../metadata/addresses.ts'
import { peopleIn } from '../../metadata/people.ts'
import { creditOf } from '../../pictures/credits.ts'
import type { ImportedMedia } from '../item.ts'
import { plainOf } from '../text.ts'
import { type Fields, isFields, wordsAt } from '../whole.ts'
import { all, chosen, isHtml, namesIn, small } from './ninjs-fields.ts'

const kinds: Record<string, ImportedMedia['kind']> = {
  picture: 'image',
  graphic: 'image',
  video: 'video',
  audio: 'audio'
}

/** Whether a story is a picture, a film, a sound or a graphic. */
export const isMedia = (one: Fields) => /^(?:picture|video|audio|graphic)$/.test(String(one.type))

/** The address of a file that is shown, by its ending. */
const fileIn = (uri: string | undefined) =>
  /\.(?:jpe?g|png|gif|webp|avif|svg|mp4|webm|mov|mp3|m4a|ogg|wav)$/i.test(
    URL.parse(uri ?? '')?.pathname ?? ''
  )
    ? httpUrl(uri)
    : undefined

/** The file of a picture: the largest rendition that has an address. */
export function mediaOf(
  one: Fields,
  lose: (code: string, reason: string, words?: string) => void
): ImportedMedia[] {
  if (!isMedia(one)) return []
  const { renditions } = one
  const listed = isFields(renditions)
    ? Object.values(renditions).filter(isFields).map(small)
    : all(renditions)
  const placed = listed.flatMap((it) => {
    const url = httpUrl(wordsAt(it, 'href', 'url'))
    return url ? [{ ...it, url, pixels: (Number(it.width) || 0) * (Number(it.height) || 0) }] : []
  })
  // Some agencies name the file itself as the picture's uri, and its renditions without addresses.
  const own = placed.length === 0 ? fileIn(wordsAt(one, 'uri')) : undefined
  const [best, ...others] = own ? [{ url: own, pixels: 0 }] : placed.toSorted((a, b) => b.pixels - a.pixels)
  if (best === undefined) {
    lose('picture-left-out', 'It has no rendition with an address.', wordsAt(one, 'uri') ?? '')
    return []
  }
  const caption = wordsAt(one, 'description_text') ?? chosen(all(one.descriptions), (type) => !isHtml(type))
  const alt = wordsAt(one, 'alttext') ?? chosen(all(one.alttexts), () => true)
  const [by, supplier] = [
    wordsAt(one, 'by', 'byline'),
    wordsAt(one, 'infosource') ?? namesIn(one, 'infosources')[0]
  ]
  const line =
    wordsAt(one, 'creditline') ??
    ([by, supplier].filter(Boolean).join('/') || wordsAt(one, 'copyrightholder', 'copyrightnotice'))
  const [notice, holder, terms] = [
    wordsAt(one, 'copyrightnotice'),
    wordsAt(one, 'copyrightholder'),
    wordsAt(one, 'usageterms')
  ]
  const { width, height } = small(best)
  return [
    {
      ...{ id: wordsAt(one, 'uri') ?? best.url, kind: kinds[wordsAt(one, 'type')!]!, url: best.url },
      otherUrls: others.map(({ url }) => url),
      ...(caption && { caption: plainOf(caption) }),
      ...(alt && { alt }),
      ...(Number(width) > 0 && { width: Number(width) }),
      ...(Number(height) > 0 && { height: Number(height) }),
      ...(line && {
        credit: {
          ...creditOf(line, () => {}),
          ...(by && { creators: peopleIn(by).length > 0 ? peopleIn(by) : [by] }),
          ...(supplier && { suppliers: [supplier] }),
          ...(notice && { copyrightNotice: notice }),
          ...(holder && { copyrightHolder: holder }),
          ...(terms && { usageTerms: terms })
        }
      })
    }
  ]
}
