// What the newsstand says of records of media, for their files.
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
  async withFiles(db, ids) {
    const forms = await Promise.all(ids.map((id) => publishedForm(db, id)))
    return forms.flatMap((form) => (form && form.unavailable === undefined ? [form.id] : []))
  },
  async areGone(db, ids) {
    const gone = ids.map(async (id) => {
      const form = await publishedForm(db, id)
      return form
        ? form.unavailable !== undefined
        : (await newsstand.withdrawnAt(db, 'media', id)) !== undefined
    })
    return (await Promise.all(gone)).some(Boolean)
  },
  async rightsEndAt(db, ids) {
    const forms = await Promise.all(ids.map((id) => publishedForm(db, id)))
    const ends = forms.flatMap((form) => (form ? [endOf(form)] : []))
    // What one record still shows is there, whatever ends for another.
    return ends.includes(null) ? null : (ends.sort().at(-1) ?? null)
  }
}

/** When the first of its rights ends; null where none does. */
const endOf = ({ credits }: Media): string | null =>
  credits.flatMap(({ expiresAt }) => expiresAt ?? []).sort()[0] ?? null
