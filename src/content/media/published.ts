// What the newsstand says of records of media, for their files.
import { digestIn } from '../../files/serving/addresses.ts'
import type { PublishedMedia } from '../../files/serving/visibility.ts'
import * as newsstand from '../../newsstand/documents/published.ts'
import { memoizedUntilCommit } from '../../storage/commits/memo.ts'
import type { Media } from './schema.ts'

/** The published form of a record; undefined where it is not published. */
const publishedForm = memoizedUntilCommit(async (db, id: string): Promise<Media | undefined> => {
  const document = await newsstand.documentOf(db, 'media', id)
  return document && (JSON.parse(document.toString()) as Media)
})

export const publishedMedia: PublishedMedia = {
  async areGone(db, ids) {
    const gone = ids.map(async (id) => {
      const form = await publishedForm(db, id)
      return form
        ? form.unavailable !== undefined
        : (await newsstand.withdrawnAt(db, 'media', id)) !== undefined
    })
    return (await Promise.all(gone)).some(Boolean)
  },
  async rightsEndAt(db, ids, digest) {
    const forms = await Promise.all(ids.map((id) => publishedForm(db, id)))
    const ends = forms.flatMap((form) => (form && shows(form, digest) ? [endOf(form)] : []))
    // What one record still shows is there, whatever ends for another.
    return ends.includes(null) ? null : (ends.sort().at(-1) ?? null)
  }
}

/** Whether a record shows what has this digest in its address. */
const shows = ({ url, renditions = [] }: Media, digest: string) =>
  [url, ...renditions.map((rendition) => rendition.url)].some((address) => digestIn(address) === digest)

/** When the first of its rights ends; null where none does. */
const endOf = ({ credits }: Media): string | null =>
  credits.flatMap(({ expiresAt }) => expiresAt ?? []).sort()[0] ?? null
