// The check that holds what editors say of a picture against what its file says.
import { quotedExcerpt } from '../../../content/body/anchors/wording.ts'
import type { MediaCredit } from '../../../content/credits/schema.ts'
import type { Media } from '../../../content/media/schema.ts'
import type { PictureProposal } from '../../../files/metadata/schema.ts'
import { nameKey } from '../../../storage/text/name-key.ts'
import { type Check, type Failure, forEachItem } from '../check.ts'

type Claims = PictureProposal['credit']

/** A field of a credit, as a list of texts, in the file and in a credit. */
interface Compared {
  field: keyof Claims & keyof MediaCredit
  of(credit: Claims | MediaCredit): string[]
  /** It limits what may be done: that no credit says it is a difference, too. */
  limits?: true
}

const one = (value: string | null | undefined) => (value ? [value] : [])

const compared: Compared[] = [
  { field: 'creators', of: ({ creators }) => creators },
  { field: 'suppliers', of: ({ suppliers }) => suppliers },
  {
    field: 'creditLine',
    // One that was put together of these names is not the file's own.
    of: ({ creditLine, creators, suppliers }) =>
      creditLine === [...creators, ...suppliers].join('/') ? [] : one(creditLine)
  },
  { field: 'copyrightNotice', of: ({ copyrightNotice }) => one(copyrightNotice) },
  { field: 'copyrightHolder', of: ({ copyrightHolder }) => one(copyrightHolder) },
  { field: 'licence', of: ({ licence }) => one(licence?.url) },
  { field: 'usageTerms', of: ({ usageTerms }) => one(usageTerms), limits: true },
  { field: 'expiresAt', of: ({ expiresAt }) => one(expiresAt), limits: true },
  { field: 'territories', of: ({ territories }) => territories ?? [], limits: true }
]

/**
 * What the file of a picture says that none of its credits does, but for capitals, accents and punctuation; where they say
 * nothing, only what limits.
 */
function differences({ id, credits }: Media, said: Claims, at: string): Failure[] {
  return compared.flatMap(({ field, of, limits }) => {
    const inFile = of(said)
    const typed = new Set(credits.flatMap((credit) => of(credit).map(nameKey)))
    const other = inFile.filter((text) => !typed.has(nameKey(text)))
    if (other.length === 0 || (typed.size === 0 && !limits)) return []
    const place = Math.max(
      0,
      credits.findIndex((credit) => of(credit).length > 0)
    )
    const words = other.map((text) => quotedExcerpt(text)).join(', ')
    return [
      {
        pointer: `${at}/credits/${place}/${field}`,
        detail: `The file of the picture ${id} says ${words}, and ${typed.size > 0 ? 'its credits say something else' : 'its credits say nothing of that'}.`
      }
    ]
  })
}

export const fileClaimChecks: Check[] = [
  {
    code: 'credit-differs-from-file',
    severity: 'warning',
    fix: 'Correct the credit, or leave it where the file is wrong: `GET /v1/media/{id}/metadata` tells where the file says so.',
    find: ({ article, proposals }) =>
      forEachItem('/media', article.media, (file, at) => {
        const said = proposals.get(file.id)
        return said && file.credits.length > 0 ? differences(file, said.credit, at) : []
      })
  },
  {
    code: 'embargo-of-file',
    severity: 'warning',
    fix: 'Set `embargoUntil` of the picture, or leave it where the embargo is not meant for you.',
    find: ({ article, proposals, mediaEmbargoes, at: now }) =>
      forEachItem('/media', article.media, ({ id }, at) => {
        const until = proposals.get(id)?.embargoUntil
        return until && until > now && !mediaEmbargoes.has(id)
          ? [{ pointer: at, detail: `The file of the picture ${id} is under embargo until ${until}.` }]
          : []
      })
  }
]
