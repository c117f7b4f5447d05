// From readings of a picture to the proposal of a media credit, and of what else its record has.
import { isVisible } from '../../http/schemas.ts'
import type { PictureDate } from './dates.ts'
import type { Reading } from './readings.ts'
import type { PictureProposal } from './schema.ts'

/** Proposes of each field what the first reading says, no longer than the record may have it. */
export function proposalOf(readings: Reading[]): PictureProposal {
  const first = new Map(readings.toReversed().map(({ field, value }) => [field, value]))
  const text = (field: string, maxLength: number) => {
    const value = first.get(field)
    return typeof value === 'string' && isVisible(value) ? cut(value, maxLength) : null
  }
  const list = (field: string, items: number) => {
    const value = first.get(field)
    const all = new Set(Array.isArray(value) ? value : [])
    return [...all]
      .filter(isVisible)
      .slice(0, items)
      .map((one) => cut(one, 300))
  }
  const address = (field: string) => {
    const url = text(field, 2001)
    return url === null || url.length > 2000 || !URL.canParse(url) ? null : url
  }
  const territories = list('territories', 300).map((one) => cut(one, 100))
  const creators = list('creators', 50)
  const suppliers = list('suppliers', 50)
  const names = cut([...creators, ...suppliers].join('/'), 1000)
  const captured = first.get('captured') as PictureDate | undefined
  const licenceUrl = address('licenceUrl')
  return {
    credit: {
      creditLine: text('creditLine', 1000) ?? (names || null),
      creators,
      suppliers,
      copyrightNotice: text('copyrightNotice', 1000),
      copyrightHolder: text('copyrightHolder', 1000),
      licence: licenceUrl === null ? null : { name: licenceName(licenceUrl), url: licenceUrl },
      usageTerms: text('usageTerms', 5000),
      acquireLicensePage: address('acquireLicensePage'),
      expiresAt: text('expiresAt', 40),
      territories: territories.length > 0 ? territories : null
    },
    caption: text('caption', 5000),
    alt: text('alt', 2000),
    longDescription: text('longDescription', 5000),
    headline: text('headline', 1000),
    title: text('title', 1000),
    instructions: text('instructions', 5000),
    people: list('people', 100),
    organisations: list('organisations', 100),
    keywords: list('keywords', 500),
    location: {
      sublocation: text('sublocation', 300),
      city: text('city', 300),
      state: text('state', 300),
      country: text('country', 300),
      countryCode: text('countryCode', 10)
    },
    captured: captured ?? null,
    embargoUntil: text('embargoUntil', 40),
    digitalSourceType: text('digitalSourceType', 200),
    webStatement: address('webStatement'),
    licensor: text('licensor', 300),
    dataMining: text('dataMining', 100),
    ai: {
      system: text('aiSystem', 300),
      systemVersion: text('aiSystemVersion', 100),
      prompt: text('aiPrompt', 5000),
      promptWriter: text('aiPromptWriter', 300)
    }
  }
}

/** At most so many UTF-16 units, with no half of a character at the end. */
const cut = (text: string, maxLength: number) =>
  text.length <= maxLength ? text : `${text.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, '')}…`

const licence = /creativecommons\.org\/(licenses|publicdomain)\/([a-z-]+)\/([\d.]+)/i

/** The short name of a licence of Creative Commons, otherwise its address. */
export function licenceName(url: string): string {
  const [, kind, code, version] = licence.exec(url) ?? []
  if (code === undefined) return cut(url, 300)
  if (kind !== 'publicdomain') return `CC ${code.toUpperCase()} ${version}`
  return code === 'zero' ? `CC0 ${version}` : `Public Domain Mark ${version}`
}
