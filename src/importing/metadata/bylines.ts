// Bylines and datelines: who wrote a story, and from where.
import type { NewStory } from '../../content/articles/schema.ts'
import { namePattern, splitTitle } from '../speech/grammar/names.ts'
import { isBareJobTitle, isJobTitle } from './people.ts'

type Byline = NonNullable<NewStory['bylines']>[number]

const list = `${namePattern}(?:(?:, | (?:and|&) |, (?:and|&) )${namePattern}){0,10}`
/** "By Ana Example and Bo Sample, Staff Writers", "By Ana Example in Oslo" */
const by = new RegExp(
  String.raw`^(?:(?:[Pp]osted|[Ww]ritten|[Pp]ublished|[Rr]eported) )?[Bb][Yy]:? (?<names>${list})(?: (?:in|from) \p{Lu}[\p{L} .'’-]{1,40}|(?:,| \|| [-–—]) (?<role>(?!(?:and|&) )[^,]{2,80}))?$`,
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

/** "By Ana Example and Bo Sample", "Ana Example, Staff Writer"; undefined when it is no byline, and nobody where it names none. */
export function bylinesOf(text: string): Byline[] | undefined {
  if (text.length > 300) return undefined
  const line = text.trim()
  const groups = (by.exec(line) ?? inOtherLanguages.exec(line))?.groups ?? jobByline(line)
  if (!groups?.names?.split(separator).every((name) => splitTitle(name))) return undefined
  return withJobs(groups.names, groups.role)
}

/**
 * "Ana Example and Bo Sample, Staff Writers": a job behind a comma is that of those before it; behind "and" stands a name, or
 * another job of theirs. What is no name is none here: "By Staff Writer".
 */
function withJobs(printed: string, lastRole: string | undefined): Byline[] {
  const separators = ['', ...(printed.match(new RegExp(separator, 'gu')) ?? [])]
  const bylines: Byline[] = []
  /** Those that are named since the last job, and those whose job that was. */
  const named: Byline[] = []
  let given: Byline[] = []
  const give = (job: string, joint: string) => {
    if (named.length > 0) given = named.splice(0)
    for (const byline of given) byline.role = byline.role ? `${byline.role}${joint}${job}` : job
  }
  for (const [i, words] of printed.split(separator).entries()) {
    const joint = separators[i]!
    if (isEdit(words)) continue
    if (isBareJobTitle(words) || (joint === ', ' && isJobTitle(words))) give(words, joint)
    else named.push(bylines[bylines.push({ name: words }) - 1]!)
  }
  if (lastRole && !isEdit(lastRole)) give(lastRole, ', ')
  return bylines
}

/** What stands beside names and says when a text was changed. */
const isEdit = (words: string) => /^(?:last )?(?:updated|published|posted|modified|edited)\b/i.test(words)

function jobByline(text: string) {
  const groups = withRole.exec(text)?.groups
  return groups && isJobTitle(groups.role!) ? groups : undefined
}

/** "PORT ALDIS (AP) — ": the place, and how long the dateline is; undefined when there is none. */
export function datelineOf(text: string): { place: string; length: number } | undefined {
  const found = dateline.exec(text.slice(0, 200))
  return found ? { place: found.groups!.place!, length: found[0].length } : undefined
}
