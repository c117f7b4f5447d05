// Credit lines: who made a picture and who supplied it.
import { truncate } from '../../content/body/pieces.ts'
import type { NewMediaCredit } from '../../content/credits/schema.ts'
import type { Warn } from '../page/lines.ts'
import { fewer, shortened } from '../proposals/shorten.ts'
import { nameOfCapitals } from '../speech/grammar/names.ts'
import { creditNames, creditWords, isAgency, isPersonName } from './crediting.ts'

export interface Captioned {
  caption: string
  credit: string
}

const agencyPhoto = String.raw`[A-Z]{2,8} photo\/`
// "(Photo by Ana Example/Example Agency)"; "(AP Photo/Ana Example)"
const printed = new RegExp(String.raw`\(((?:${creditWords}|${agencyPhoto})[^()]{1,500})\)\s*$`, 'iu')
/** At the end of a caption: in brackets, after a word for it, or after the last sentence. */
const inBrackets = /[([](?<credit>[^()[\]]{2,200}(?:\([^()]{2,60}\))?)[)\]]\s*\.?\s*$/u
const afterWord = new RegExp(
  String.raw`(?:^|[\s.,;|"”“’!?–—-])(?<credit>(?:${creditWords})[^.!?]{1,160}(?:\.(?=\S|\s*(?:$|\p{Lu}\p{L}*\.?$)|\s\p{Lu})[^.!?]{0,80}){0,3})\.?\s*$`,
  'iu'
)
/** "The quay at dawn. Ana Example | Example Images" */
const aroundBar = /[.!?…]["”’»)]*\s+(?<credit>\p{L}[^.!?|]{1,80}\s\|\s[^.!?|]{2,80})\s*$/u
const afterBar = /\s[|]\s(?<credit>[^|]{2,120}(?:\|[^|]{2,80})?)\s*$/u
const afterSentence = /(?:[.!?…]["”’»)]*\s+|^)(?<credit>[\p{L}@][^.!?]{1,120}(?:\.[^.!?\s]{1,30})*)\.?\s*$/u

/** A caption apart from the credit it ends with, as a text may end; undefined when it ends with none. */
export function captionAndCredit(text: string): Captioned | undefined {
  const tail = text.slice(-600)
  const found = printed.exec(tail)
  if (!found) return undefined
  return { caption: text.slice(0, text.length - tail.length + found.index).trim(), credit: found[1]!.trim() }
}

/** The same of what is known to be the caption of a picture: there, names alone are a credit as well. */
export function creditIn(caption: string): Captioned | undefined {
  const apart = captionAndCredit(caption) ?? creditAtEnd(caption)
  if (!apart) return undefined
  // "Picture Ana Example (Image: Ana Example)": once is enough.
  const again = creditAtEnd(apart.caption)
  const isSame = again && namesIn(again.credit).join() === namesIn(apart.credit).join()
  return isSame ? { caption: again.caption, credit: apart.credit } : apart
}

function creditAtEnd(text: string): Captioned | undefined {
  const tail = text.slice(-400)
  const before = (index: number) =>
    text
      .slice(0, text.length - tail.length + index)
      .replace(/[\s|–—-]+$/, '')
      .trim()
  for (const [pattern, sure] of [
    [afterWord, true],
    [inBrackets, false],
    [aroundBar, false],
    [afterBar, false],
    [afterSentence, false]
  ] as const) {
    const found = pattern.exec(tail)
    if (!found) continue
    const credit = found.groups!.credit!.trim()
    if (!sure && !isCredit(credit)) continue
    const start =
      sure || pattern === aroundBar || pattern === afterSentence
        ? found.index + found[0].indexOf(found.groups!.credit!)
        : found.index
    return { caption: before(start), credit }
  }
  return undefined
}

/** Whether words without any of those for a credit are one: an agency stands in them, or a photographer. */
function isCredit(words: string): boolean {
  if (/\b(?:left|right|links|rechts)\b/i.test(words) || /^\d/.test(words)) return false
  const names = namesIn(words)
  if (names.length === 0 || names.some((name) => name.split(' ').length > 7)) return false
  if (new RegExp(`^(?:${creditWords})`, 'iu').test(words)) return true
  if (/,?\s*(?:staff )?photographer$/i.test(words)) return true
  return (
    (names.every((name) => isAgency(name) || isPersonName(name)) && names.some(isAgency)) ||
    (names.length > 1 && /\//.test(words) && names.every((name) => /^\p{Lu}/u.test(name)))
  )
}

const joints =
  /\s*\/\s*|\s+(?:via|v[ií]a|on|auf|for|für|pour|per)\s+(?=[\p{Lu}\p{N}@])|\s*\|\s*|\s+[-–—]\s+|\s*\((?=[^)]*\)?\s*$)/iu
// "Heimat- und Museumsverein", "Canal Boats, Inc." are each one name.
const people =
  /(?<!-),?\s+(?:and|und|et|y|e|en|og|och|&)\s+|,(?!\s*(?:Inc|Ltd|LLC|Corp|e\.\s?V|Jr|Sr|S\.?A|GmbH|AG)\b)\s*/u

/** The names of a credit line, in order. */
const namesIn = (line: string) =>
  creditNames(line)
    .split(joints)
    .map((name) => name.replace(/[\s()[\],;:]+$|^[\s()[\],;:]+/g, ''))
    .filter(Boolean)

/** Whether a caption's own credit is for a moving picture. */
export const isVideoCredit = (credit: string) => /^video/i.test(credit)

/** The credit a line stands for: those who made the picture, and those who supplied it. */
export function creditOf(line: string, warn: Warn): NewMediaCredit {
  const creditLine = line.trim()
  const { creators, suppliers } = split(truncate(creditLine, 1000))
  warn({
    code: 'credit-split',
    detail: 'Creators and suppliers were told apart by the "/" and the order of the names.',
    words: creditLine.slice(0, 300)
  })
  return { creditLine, creators: [...new Set(creators)], suppliers: [...new Set(suppliers)] }
}

/** The credit as far as its fields have room; what is cut is told. */
export function creditWithin(credit: NewMediaCredit, warn: Warn): NewMediaCredit {
  const cut = (words: string, length: number, field: string) =>
    shortened(words, length, `The ${field} of a picture`, warn)
  const names = (all: string[] = [], field: string) =>
    fewer([...new Set(all.map((name) => cut(name, 300, field)))], 50, `${field}s`, warn)
  const { creditLine, creators, suppliers, copyrightNotice, copyrightHolder, licence, usageTerms } = credit
  return {
    ...credit,
    creditLine: cut(creditLine, 1000, 'credit line'),
    creators: names(creators, 'creator'),
    suppliers: names(suppliers, 'supplier'),
    ...(copyrightNotice && { copyrightNotice: cut(copyrightNotice, 1000, 'copyright notice') }),
    ...(copyrightHolder && { copyrightHolder: cut(copyrightHolder, 1000, 'copyright holder') }),
    ...(licence && { licence: { ...licence, name: cut(licence.name, 300, 'licence') } }),
    ...(usageTerms && { usageTerms: cut(usageTerms, 5000, 'text of the usage terms') })
  }
}

function split(line: string): { creators: string[]; suppliers: string[] } {
  const names = namesIn(line.replace(/,?\s\(?(?:left|right|top|bottom|links|rechts)\b\)?,?/gi, ' ')).map(
    (name) => inTitleCase(name.replace(/ photos?$/i, ''))
  )
  const gives =
    /^[^\p{L}]*(?:[\p{L}]+ )?(?:courtesy|handout|mit freundlicher|quelle|source|fuente|fonte|kilde|källa|bron)\b/iu.test(
      line
    )
  if (gives)
    return {
      creators: [],
      suppliers: names
        .filter((name) => !/^(?:handout|courtesy)$/i.test(name))
        .map((name) => name.replace(/^the /i, ''))
    }
  const [first, ...rest] = names
  if (first === undefined) return { creators: [], suppliers: [] }
  const others = rest.flatMap((name) => name.split(people)).filter((name) => name.trim())
  // "HBK/Ana Example": an agency that is not known as one is one word, and whoever took the picture is more.
  const last = others.at(-1)
  if (last !== undefined && !first.includes(' ') && isPersonName(last) && !isAgency(last))
    return { creators: [last], suppliers: [first, ...others.slice(0, -1)] }
  const isJob = /^(?:staff )?photographer$|^staff$/i
  const parts = first.split(people).filter((one) => one.trim() && !isJob.test(one))
  // The agency is named first, or the photographer is.
  if (parts.every(isAgency)) {
    const last = others.at(-1)
    if (last === undefined || isAgency(last)) return { creators: [], suppliers: [...parts, ...others] }
    return { creators: [last], suppliers: [...parts, ...others.slice(0, -1)] }
  }
  return {
    creators: parts.filter((one) => !isAgency(one)),
    suppliers: [...parts.filter(isAgency), ...others]
  }
}

/** A name that is printed in capitals as it is written elsewhere; initials stay. */
const inTitleCase = (name: string) =>
  name.length > 5 && name === name.toUpperCase() && /\p{L}{4}/u.test(name) ? nameOfCapitals(name) : name
