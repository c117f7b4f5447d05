// What the renditions of a picture say of its rights: all that its credits say.
import type { PictureRights } from '../../files/metadata/schema.ts'
import type { MediaCredit } from '../credits/schema.ts'

/** The rights of a picture with these credits, the first of which goes before the others. */
export function rightsOf(
  { alt, digitalSourceType }: Pick<PictureRights, 'alt' | 'digitalSourceType'>,
  credits: MediaCredit[]
): PictureRights {
  const joined = (texts: (string | null)[], between: string) =>
    [...new Set(texts.filter((text) => text !== null))].join(between) || null
  const first = <T>(of: (credit: MediaCredit) => T | null | undefined): T | null =>
    credits.map(of).find((value) => value !== null && value !== undefined) ?? null
  const suppliers = [...new Set(credits.flatMap((credit) => credit.suppliers))]
  const page = first((credit) => credit.acquireLicensePage)
  return {
    creators: [...new Set(credits.flatMap((credit) => credit.creators))],
    suppliers,
    creditLine: joined(
      credits.map((credit) => credit.creditLine),
      '; '
    ),
    copyrightNotice: joined(
      credits.map((credit) => credit.copyrightNotice),
      '; '
    ),
    copyrightHolder: first((credit) => credit.copyrightHolder),
    usageTerms: joined(
      credits.map((credit) => credit.usageTerms ?? credit.licence?.name ?? null),
      '\n'
    ),
    webStatement: first((credit) => credit.licence?.url),
    licensor: page === null ? null : { name: suppliers.at(-1) ?? null, url: page },
    digitalSourceType,
    dataMining: null,
    alt,
    ai: null
  }
}
