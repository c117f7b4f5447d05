// The pictures of a page as the media of its story.
import type { NewStory } from '../../content/articles/schema.ts'
import { truncate } from '../../content/body/pieces.ts'
import type { Picture, Warn } from '../page/lines.ts'
import { creditIn, creditOf } from './credits.ts'

export type Media = NonNullable<NewStory['media']>[number] & {
  key: string
  /** Whether the page keeps the credit apart from the caption. */
  isCreditApart?: boolean
}

/** Puts a picture among the media and answers its key; undefined when there is no room. */
export function addPicture(media: Media[], { credit, caption, alt, ...rest }: Picture, warn: Warn) {
  if (media.length === 200) {
    const detail = 'A story has room for 200 pictures: this one was left out.'
    warn({ code: 'too-many-pictures', detail, words: truncate(caption ?? '', 300) })
    return undefined
  }
  const number = media.length + 1
  const apart = credit === undefined ? creditIn(caption ?? '') : { caption, credit }
  const words = apart?.caption ?? caption
  const toldOf: Warn = (warning) => warn({ ...warning, pointer: `/media/${number - 1}/credits/0` })
  const credits = apart?.credit ? [{ key: `credit-${number}`, ...creditOf(apart.credit, toldOf) }] : []
  media.push({
    key: `media-${number}`,
    ...rest,
    ...(words && { caption: truncate(words, 5000) }),
    ...(alt && { alt: truncate(alt, 2000) }),
    credits,
    ...(credits.length > 0 && { isCreditApart: credit !== undefined })
  })
  return `media-${number}`
}
