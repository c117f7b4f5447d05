// Bylines and datelines: who wrote a story, and from where.
import type { NewStory } from '../../content/articles/schema.ts'
import { namePattern, splitTitle } from '../speech/grammar/names.ts'
import { isBareJobTitle, isJobTitle } from './people.ts'

type Byline = NonNullable<NewStory['bylines']>[number]

const list = `${namePattern}(?:(?:, | (?:and|&) |, (?:and|&) )${namePattern}){0,10}`
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
const separator = /, (?:and|&) | (?:and|&) |, | (?:und|et|y|e|en|og|och) (?=\p{Lu})/u
/** "PORT ALDIS, Nova (AP) — " */
const dateline =
  /^(?<place>\p{Lu}[\p{Lu}.'’-]+(?: \p{Lu}[\p{Lu}.'’-]+){0,4}(?:, \p{Lu}[\p{L}.]{1,20}(?: \p{Lu}[\p{L}.]{1,20})?)?(?: \([\p{L} .]{2,40}\))?)\s+(?:—|–|--|-)\s+/u

/** "By Ana Example and Bo Sample", "Ana Example, Staff Writer"; undefined when it is no byline. */
export function bylinesOf(text: string): Byline[] | undefined {
  if (text.length > 300) return undefined
  const groups =
    (by.exec(text.trim()) ?? inOtherLanguages.exec(text.trim()))?.groups ?? jobByline(text.trim())
  if (!groups?.names?.split(separator).every((name) => splitTitle(name))) return undefined
  return withJobs(groups.names, groups.role)
}

/** "Ana Example and Bo Sample, Staff Writers": a job behind a comma is that of those before it; behind "and" stands a name. */
function withJobs(printed: string, lastRole: string | undefined): Byline[] {
  const [first, ...rest] = printed.split(separator)
  const separators = printed.match(new RegExp(separator, 'gu'))
  const bylines: Byline[] = [{ name: first! }]
  let without = [...bylines]
  const give = (role: string) => {
    for (const byline of without) byline.role = role
    without = []
  }
  for (const [i, words] of rest.entries()) {
    if (isBareJobTitle(words) || (separators![i] === ', ' && isJobTitle(words))) give(words)
    else {
      const byline = { name: words }
      bylines.push(byline)
      without.push(byline)
    }
  }
  if (lastRole) give(lastRole)
  return bylines
}

function jobByline(text: string) {
  const groups = withRole.exec(text)?.groups
  return groups && isJobTitle(groups.role!) ? groups : undefined
}

/** "PORT ALDIS (AP) — ": the place, and how long the dateline is; undefined when there is none. */
export function datelineOf(text: string): { place: string; length: number } | undefined {
  const found = dateline.exec(text.slice(0, 200))
  return found ? { place: found.groups!.place!, length: found[0].length } : undefined
}
