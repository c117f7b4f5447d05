// Pictures, videos and recordings as items that an article is associated with.
import type { MediaCredit } from '../../../content/credits/schema.ts'
import type { Media } from '../../../content/media/schema.ts'
import { urnOf } from '../../publisher/addresses.ts'
import { sourceType } from '../jsonld/media.ts'

/** The standard has no kind for documents. */
const types = { image: 'picture', video: 'video', audio: 'audio', document: 'component' }

const described = (role: string, value: string | null) =>
  value ? [{ role, contentType: 'text/plain', value }] : []

/** A file with its rights; what has one value there is that of the first credit that says so. */
export function mediaItem(media: Media, i: number, leadMediaId: string | null): object {
  const { id, kind, url, caption, alt, width, height, capturedAt, digitalSourceType, credits } = media
  const said = <Name extends keyof MediaCredit>(name: Name) =>
    credits.map((credit) => credit[name]).find((value) => value !== null)
  const creators = credits.flatMap(({ creators }) => creators)
  const suppliers = credits.flatMap(({ suppliers }) => suppliers)
  const [notice, holder, terms, licence, expires] = [
    said('copyrightNotice'),
    said('copyrightHolder'),
    said('usageTerms'),
    said('licence'),
    said('expiresAt')
  ]
  const descriptions = [
    ...described('caption', caption),
    ...described('altText', alt),
    ...credits.flatMap(({ creditLine }) => described('creditLine', creditLine))
  ]
  const usage = [terms, licence?.name, licence?.url].filter(Boolean).join(' ')
  return {
    name: `media${i + 1}`,
    rel: id === leadMediaId ? 'lead' : 'shown',
    uri: urnOf(id),
    type: types[kind],
    ...(capturedAt && { contentCreated: capturedAt }),
    ...(descriptions.length > 0 && { descriptions }),
    ...(creators.length > 0 && { by: creators.join(', ') }),
    ...(suppliers.length > 0 && { infoSources: suppliers.map((name) => ({ name, role: 'supplier' })) }),
    ...(holder && { copyrightHolder: holder }),
    ...(notice && { copyrightNotice: notice }),
    ...(usage && { usageTerms: usage }),
    ...(expires && { expires }),
    ...(digitalSourceType && { digitalSourceType: { uri: sourceType(digitalSourceType) } }),
    ...(url && {
      renditions: [{ name: 'original', href: url, ...(width && { width }), ...(height && { height }) }]
    })
  }
}
