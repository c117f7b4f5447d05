// The pictures of a page as the media of its story.
import type { NewStory } from '../../content/articles/schema.ts'
import { truncate } from '../../content/body/pieces.ts'
import type { Warning } from '../../http/schemas.ts'
import type { Rule } from '../evidence/kinds.ts'
import type { Picture, Warn } from '../page/lines.ts'
import { shortened } from '../proposals/shorten.ts'
import { creditIn, creditOf, creditWithin } from './credits.ts'
import { creditWith } from './stated-terms.ts'

type CreditRule = Extract<Rule, 'credit-element' | 'caption' | 'structured-data'>

export type Media = NonNullable<NewStory['media']>[number] & {
  key: string
  /** Where the credit was read. */
  creditRule?: CreditRule
}

/** Puts a picture among the media and answers its key; undefined when there is no room. */
export function addPicture(
  media: Media[],
  { credit, stated, caption, alt, terms, ...rest }: Picture,
  warn: Warn
) {
  if (media.length === 200) {
    const detail = 'A story has room for 200 pictures: this one was left out.'
    warn({ code: 'too-many-pictures', detail, words: truncate(caption ?? '', 300) })
    return undefined
  }
  const number = media.length + 1
  const apart = credit === undefined ? creditIn(caption ?? '') : { caption, credit }
  const words = apart?.caption ?? caption
  const at = (place: string) => (warning: Warning) =>
    warn({ ...warning, pointer: `/media/${number - 1}${place}` })
  const toldOf = at('/credits/0')
  const printed = apart?.credit ? creditOf(apart.credit, toldOf) : undefined
  const read = terms ? creditWith(printed, terms, toldOf) : printed
  const given = stated ? { ...read, ...stated } : read
  const whole = given && creditWithin(given, toldOf)
  const credits = whole ? [{ key: `credit-${number}`, ...whole }] : []
  media.push({
    key: `media-${number}`,
    ...rest,
    ...(words && { caption: shortened(words, 5000, 'The caption of a picture', at('/caption')) }),
    ...(alt && { alt: shortened(alt, 2000, 'The description of a picture (alt)', at('/alt')) }),
    credits,
    ...(whole && { creditRule: ruleOf(printed !== undefined, credit !== undefined) })
  })
  return `media-${number}`
}

const ruleOf = (isPrinted: boolean, isApart: boolean): CreditRule => {
  if (!isPrinted) return 'structured-data'
  return isApart ? 'credit-element' : 'caption'
}
