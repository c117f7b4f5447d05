// Files of a live site of WordPress, with their credits.
import { httpUrl } from '../../metadata/addresses.ts'
import type { ImportedMedia } from '../item.ts'
import { wordsOf } from '../story.ts'
import { plainOf } from '../text.ts'
import { type Fields, isFields, plainAt, wordsAt } from '../whole.ts'
import { creditFrom, definedOf, isFileName, kindOfFile, pixels } from '../wxr/attachments.ts'
import { renderedIn } from './rendered.ts'
import type { SiteFile } from './site.ts'

/** The file of an attachment; undefined for one that cannot be shown, which is told. */
export function fileOf(
  record: Fields,
  place: string,
  lose: (code: string, reason: string, words?: string) => void
): SiteFile | undefined {
  const url = httpUrl(wordsAt(record, 'source_url'))
  const path = URL.parse(url ?? '')?.pathname ?? ''
  const type = /^(image|video|audio)\//.exec(plainAt(record, 'mime_type'))?.[1]
  // As: it is one of the three that the pattern names.
  const kind = (type as ImportedMedia['kind'] | undefined) ?? kindOfFile(path)
  if (url === undefined || kind === undefined) {
    lose(
      'attachment-left-out',
      'Only files with an address, of a kind that readers can open, become media.',
      url
    )
    return undefined
  }
  const details = isFields(record.media_details) ? record.media_details : {}
  const meta = isFields(record.meta) ? record.meta : {}
  const title = plainOf(renderedIn(record, 'title'))
  const caption = plainOf(renderedIn(record, 'caption')) || describedIn(record)
  const alt = wordsAt(record, 'alt_text') ?? (isFileName(title, path) ? undefined : title)
  const sizes = isFields(details.sizes) ? Object.values(details.sizes).filter(isFields) : []
  return {
    ...{ id: String(record.id), kind, url, parent: Number(record.post) || 0, place },
    otherUrls: sizes.flatMap((size) => httpUrl(wordsAt(size, 'source_url')) ?? []),
    ...definedOf({
      caption: wordsOf(caption),
      alt: wordsOf(alt),
      credit: creditFrom((key) => wordsAt(meta, key), details.image_meta)
    }),
    ...definedOf({ width: pixels(details.width), height: pixels(details.height) })
  }
}

/** The description, without the player or the picture that WordPress puts before it. */
const describedIn = (record: Fields) =>
  plainOf(renderedIn(record, 'description').replace(/<p class="attachment">[\s\S]*?<\/p>/, ''))
