// Bylines and datelines: who wrote a story, and from where.
import type { NewStory } from '../../content/articles/schema.ts'
import { namePattern, splitTitle } from '../speech/grammar/names.ts'

type Byline = NonNullable<NewStory['bylines']>[number]

const list = `${namePattern}(?:(?:, | and |, and )${namePattern}){0,10}`
/** "By Ana Example and Bo Sample, Staff Writers" */
const by = new RegExp(
  String.raw`^(?:(?:[Pp]osted|[Ww]ritten|[Pp]ublished|[Rr]eported) )?[Bb][Yy]:? (?<names>${list})(?:(?:,| \|| [-–—]) (?<role>[^,]{2,80}))?$`,
  'u'
)
/** "Von Ana Example", "Av Ana Example og Bo Sample": names of two words or more, for these words begin sentences, too. */
const inOtherLanguages = new RegExp(
  String.raw`^(?:Von|VON|Par|PAR|Por|POR|Door|DOOR|Di|DI|Av|AV|Af|AF):? (?<names>\S+ ${namePattern}(?:(?:, | (?:und|et|y|e|en|og|och) )\p{Lu}\S* ${namePattern}){0,10})$`,
  'u'
)
/** "Ana Example, Staff Writer" */
const withRole = new RegExp(String.raw`^(?<names>${namePattern})(?:,| \|) (?<role>[\p{L} -]{2,80})$`, 'u')
const isJob =
  /(?:writer|reporter|editor|correspondent|columnist|contributor|journalist|photographer|producer)$/i
/** "PORT ALDIS, Nova (AP) — " */
const dateline =
  /^(?<place>\p{Lu}[\p{Lu}.'’-]+(?: \p{Lu}[\p{Lu}.'’-]+){0,4}(?:, \p{Lu}[\p{L}.]{1,20}(?: \p{Lu}[\p{L}.]{1,20})?)?(?: \([\p{L} .]{2,40}\))?)\s+(?:—|–|--|-)\s+/u

/** "By Ana Example and Bo Sample", "Ana Example, Staff Writer"; undefined when it is no byline. */
export function bylinesOf(text: string): Byline[] | undefined {
  if (text.length > 300) return undefined
  const groups =
    (by.exec(text.trim()) ?? inOtherLanguages.exec(text.trim()))?.groups ?? jobByline(text.trim())
  const names = groups?.names?.split(/, and | and |, | (?:und|et|y|e|en|og|och) (?=\p{Lu})/u)
  if (!names?.every((name) => splitTitle(name))) return undefined
  return names.map((name) => ({ name, ...(groups?.role && { role: groups.role }) }))
}

function jobByline(text: string) {
  const groups = withRole.exec(text)?.groups
  return groups && isJob.test(groups.role!) ? groups : undefined
}

/** "PORT ALDIS (AP) — ": the place, and how long the dateline is; undefined when there is none. */
export function datelineOf(text: string): { place: string; length: number } | undefined {
  const found = dateline.exec(text.slice(0, 200))
  return found ? { place: found.groups!.place!, length: found[0].length } : undefined
}
