// Credit lines: who made a picture and who supplied it.

import { cut } from '../body/pieces.ts'
import type { NewMediaCredit } from '../credits/schema.ts'
import type { Warn } from './lines.ts'
import { isOutletName } from './names.ts'

const kindOfPicture = '(?:file )?(?:photo(?:graph)?|picture|image|video|illustration)s?'
const start = String.raw`(?:${kindOfPicture}(?:\s+(?:by|credit|courtesy(?: of)?)\b|\s*:)|credit\s*:|©)`
// "(Photo by Ana Example/Example Agency)"; "(AP Photo/Ana Example)"
const printed = new RegExp(String.raw`\(((?:${start}|[A-Z]{2,8} photo\/)[^()]{1,500})\)\s*$`, 'i')
const prefix = new RegExp(String.raw`^(?:${start}:?)\s*`, 'i')
const agencies = /^(?:AP|AFP|EPA|DPA|PA|ANP|Reuters|.*\b(?:Images|Agency|Wire|Photos?|Pictures|Press|News))$/i

/** A caption apart from the credit it ends with; undefined when it ends with none. */
export function captionAndCredit(text: string): { caption: string; credit: string } | undefined {
  const tail = text.slice(-600)
  const found = printed.exec(tail)
  if (!found) return undefined
  return { caption: text.slice(0, text.length - tail.length + found.index).trim(), credit: found[1]!.trim() }
}

/** Whether a caption's own credit is for a moving picture. */
export const isVideoCredit = (credit: string) => /^video/i.test(credit)

/** The credit a line stands for: creators first, suppliers after the "/". */
export function creditOf(line: string, warn: Warn): NewMediaCredit {
  const creditLine = cut(line, 1000)
  const names = creditLine
    .replace(prefix, '')
    .split(/\s*\/\s*|\s+via\s+/i)
    .map((name) => name.trim())
    .filter(Boolean)
  const supplierFirst = names.length > 0 && isAgency(names[0]!)
  const [creators, suppliers] = supplierFirst
    ? [names.slice(1), names.slice(0, 1)]
    : [names.slice(0, 1), names.slice(1)]
  warn({
    code: 'credit-split',
    detail: 'Creators and suppliers were told apart by the "/" and the order of the names.',
    words: creditLine.slice(0, 300)
  })
  return {
    creditLine,
    creators: creators
      .flatMap((names) => names.split(/\s+and\s+|,\s*/))
      .filter(Boolean)
      .map((name) => cut(name, 300))
      .slice(0, 50),
    suppliers: suppliers.map((name) => cut(name.replace(/ photo$/i, ''), 300)).slice(0, 50)
  }
}

const isAgency = (name: string) => agencies.test(name) || isOutletName(name)
