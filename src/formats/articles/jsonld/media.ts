// Pictures, videos and recordings with their rights, as search engines read them (schema.org; IPTC photo metadata).
import type { MediaCredit } from '../../../content/credits/schema.ts'
import type { Media } from '../../../content/media/schema.ts'
import { termsInWords } from './usage.ts'

const types = {
  image: 'ImageObject',
  video: 'VideoObject',
  audio: 'AudioObject',
  document: 'DigitalDocument'
}

/** The terms of IPTC's vocabulary have the last part of their address as their name. */
export const sourceType = (term: string) =>
  term.startsWith('http') ? term : `http://cv.iptc.org/newscodes/digitalsourcetype/${term}`

/** A file with its credits. `licence` and what follows it are those of the first credit that says so: a property has one value. */
export function mediaObject(media: Media, usage?: object): object {
  const { url, kind, caption, alt, width, height, capturedAt, digitalSourceType, credits } = media
  const creators = credits.flatMap(({ creators }) => creators)
  const said = <Name extends keyof MediaCredit>(name: Name) =>
    credits.map((credit) => credit[name]).find((value) => value !== null)
  const [notice, holder, licence, terms, page, expires] = [
    said('copyrightNotice'),
    said('copyrightHolder'),
    said('licence'),
    said('usageTerms'),
    said('acquireLicensePage'),
    said('expiresAt')
  ]
  const usages = [terms && termsInWords(terms), usage].filter((one) => one)
  return {
    '@type': types[kind],
    ...(url && { contentUrl: url }),
    ...(kind === 'image' && url && { url }),
    ...(caption && { caption }),
    ...(alt && { description: alt }),
    ...(width && { width }),
    ...(height && { height }),
    ...(capturedAt && { dateCreated: capturedAt }),
    ...(digitalSourceType && { digitalSourceType: sourceType(digitalSourceType) }),
    ...(credits.length > 0 && { creditText: credits.map(({ creditLine }) => creditLine).join('; ') }),
    ...(creators.length > 0 && { creator: creators.map((name) => ({ '@type': 'Person', name })) }),
    ...(notice && { copyrightNotice: notice }),
    ...(holder && { copyrightHolder: { '@type': 'Organization', name: holder } }),
    ...(licence && { license: licence.url ?? termsInWords(licence.name) }),
    ...(usages.length > 0 && { usageInfo: usages.length === 1 ? usages[0] : usages }),
    ...(page && { acquireLicensePage: page }),
    ...(expires && { expires })
  }
}
