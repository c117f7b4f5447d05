// Checks of how pictures came about: what their signatures, their files and their editors say.
import type { Media } from '../../../content/media/schema.ts'
import type { PictureProposal } from '../../../files/metadata/schema.ts'
import { isGenerated } from '../../../files/metadata/schema.ts'
import { type Check, failureIf, forEachItem } from '../check.ts'

/** What each of them says, without repetition. */
const saidOf = (file: Media, said: PictureProposal | undefined) =>
  [
    ['its signature', file.contentCredentials?.digitalSourceType],
    ['its file', said?.digitalSourceType],
    ['its record', file.digitalSourceType]
  ].flatMap(([who, type]) => (type ? [{ who, type }] : []))

export const sourceTypeChecks: Check[] = [
  {
    code: 'generated-without-label',
    severity: 'error',
    fix: 'Set `digitalSourceType` of the picture to the term that the detail names, so that readers are told.',
    find: ({ article, proposals }) =>
      forEachItem('/media', article.media, (file, at) => {
        const generated = saidOf(file, proposals.get(file.id)).find(({ type }) => isGenerated(type))
        return failureIf(
          generated !== undefined && !isGenerated(file.digitalSourceType ?? ''),
          `${at}/digitalSourceType`,
          `The picture ${file.id} is ${generated?.type}, says ${generated?.who}, and its record does not.`
        )
      })
  },
  {
    code: 'source-types-differ',
    severity: 'warning',
    fix: 'Find out which is true: `GET /v1/media/{id}/metadata` tells what its file says.',
    find: ({ article, proposals }) =>
      forEachItem('/media', article.media, (file, at) => {
        const all = saidOf(file, proposals.get(file.id))
        return failureIf(
          new Set(all.map(({ type }) => type.toLowerCase())).size > 1,
          `${at}/digitalSourceType`,
          `How the picture ${file.id} came about is told differently: ${all.map(({ who, type }) => `${type} by ${who}`).join(', ')}.`
        )
      })
  },
  {
    code: 'content-credentials-invalid',
    severity: 'warning',
    fix: 'Ask whoever supplied it for the file as it was signed, and send that.',
    find: ({ article }) =>
      forEachItem('/media', article.media, ({ id, contentCredentials }, at) =>
        failureIf(
          contentCredentials?.state === 'invalid',
          `${at}/contentCredentials`,
          `The picture ${id} is not as it was signed (${contentCredentials?.problems.join(', ')}).`
        )
      )
  }
]
