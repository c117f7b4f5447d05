// Rights that have ended: a picture is published without its file from that instant on.
import type { Article } from '../articles/schema.ts'
import type { Media } from './schema.ts'

/** Since when one of the credits of a file does not allow to show it any more. */
const endedSince = ({ credits }: Pick<Media, 'credits'>, now: string) =>
  credits
    .flatMap(({ expiresAt }) => (expiresAt !== null && expiresAt <= now ? [expiresAt] : []))
    .sort()
    .at(0)

/** Whether a file must not be shown at this instant. */
export const hasEnded = (file: Pick<Media, 'credits'>, now: string) => endedSince(file, now) !== undefined

/** A file as it is published at this instant: without its address once its rights have ended, with a reason. */
function withEndedRight(file: Media, now: string): Media {
  const since = endedSince(file, now)
  if (since === undefined) return file
  const { renditions: _r, placeholder: _p, type: _t, bytes: _b, contentCredentials: _c, ...rest } = file
  return { ...rest, url: null, unavailable: { reason: 'rights-ended', since } }
}

/** An article as it is published at this instant, without the files whose rights have ended; itself where none has. */
export function withEndedRights(article: Article, now: string): Article {
  if (!article.media.some((file) => endedSince(file, now) !== undefined)) return article
  return { ...article, media: article.media.map((file) => withEndedRight(file, now)) }
}

/** When the rights end of the files that an article shows. */
export const endsOf = ({ media }: Pick<Article, 'media'>): string[] =>
  media
    .filter(({ unavailable }) => unavailable === undefined)
    .flatMap(({ credits }) => credits.flatMap(({ expiresAt }) => expiresAt ?? []))
