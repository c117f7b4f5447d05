// Checks of pictures: file, credit, and alt text.
import { mentions } from '../../../content/body/mentions.ts'
import { lacksRenditions } from '../../../content/media/renditions.ts'
import { type Check, failureIf, forEachItem } from '../check.ts'

export const pictureChecks: Check[] = [
  {
    code: 'unknown-media',
    severity: 'error',
    final: true,
    fix: 'Take it out of the body, or put one there that exists.',
    find({ article, body }) {
      const known = new Set(article.media.map(({ id }) => id))
      return mentions(body)
        .filter(({ kind, id }) => kind === 'media' && !known.has(id))
        .map(({ id, pointer }) => ({
          pointer,
          detail: `The body shows the media ${id}, which is not there.`
        }))
    }
  },
  {
    code: 'renditions-missing',
    severity: 'error',
    final: true,
    fix: 'Try again in some seconds: the draft of the picture says in `rendering` how far it is. Where they could not be made, send the picture anew, or change its record, which has them tried again.',
    find: ({ article }) =>
      forEachItem('/media', article.media, (media, at) =>
        failureIf(
          lacksRenditions(media),
          `${at}/renditions`,
          `The renditions of the picture ${media.id} are not made yet.`
        )
      )
  },
  {
    code: 'picture-without-credit',
    severity: 'error',
    fix: 'Add a credit to the picture that says who made it.',
    find: ({ article }) =>
      forEachItem('/media', article.media, ({ id, kind, credits }, at) =>
        failureIf(
          kind === 'image' && credits.length === 0,
          `${at}/credits`,
          `The picture ${id} is shown without a credit.`
        )
      )
  },
  {
    code: 'picture-without-alt',
    severity: 'warning',
    fix: 'Write into `alt` what the picture shows.',
    find: ({ article }) =>
      forEachItem('/media', article.media, ({ id, kind, alt }, at) =>
        failureIf(
          kind === 'image' && alt === null,
          `${at}/alt`,
          `Readers who cannot see the picture ${id} are not told what it shows.`
        )
      )
  }
]
