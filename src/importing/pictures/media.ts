// The pictures of a page as the media of its story.
import type { NewStory } from '../../content/articles/schema.ts'
import { truncate } from '../../content/body/pieces.ts'
import type { Rule } from '../evidence/kinds.ts'
import type { Picture, Warn } from '../page/lines.ts'
import { creditIn, creditOf } from './credits.ts'
import { creditWith } from './stated-terms.ts'

type CreditRule = Extract<Rule, 'credit-element' | 'caption' | 'structured-data'>

export type Media = NonNullable<NewStory['media']>[number] & {
  key: string
  /** Where the credit was read. */
  creditRule?: CreditRule
}

/** Puts a picture among the media and answers its key; undefined when there is no room. */
export function addPicture(media: Media[], { credit, caption, alt, terms, ...rest }: Picture, warn: Warn) {
  if (media.length === 200) {
    const detail = 'A story has room for 200 pictures: this one was left out.'
    warn({ code: 'too-many-pictures', detail, words: truncate(caption ?? '', 300) })
    return undefined
  }
  const number = media.length + 1
  const apart = credit === undefined ? creditIn(caption ?? '') : { caption, credit }
  const words = apart?.caption ?? caption
  const toldOf: Warn = (warning) => warn({ ...warning, pointer: `/media/${number - 1}/credits/0` })
  const printed = apart?.credit ? creditOf(apart.credit, toldOf) : undefined
  const whole = terms ? creditWith(printed, terms, toldOf) : printed
  const credits = whole ? [{ key: `credit-${number}`, ...whole }] : []
  media.push({
    key: `media-${number}`,
    ...rest,
    ...(words && { caption: truncate(words, 5000) }),
    ...(alt && { alt: truncate(alt, 2000) }),
    credits,
    ...(whole && { creditRule: ruleOf(printed !== undefined, credit !== undefined) })
  })
  return `media-${number}`
}

const ruleOf = (isPrinted: boolean, isApart: boolean): CreditRule => {
  if (!isPrinted) return 'structured-data'
  return isApart ? 'credit-element' : 'caption'
}
