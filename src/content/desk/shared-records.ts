// Shared records (sources, media, credits): the current draft, and the articles that were published with an older form.
import { HttpProblem } from '../../http/problems.ts'
import * as newsstand from '../../newsstand/documents/published.ts'
import type { Reader } from '../../storage/database.ts'
import { formDigest, withoutCredits } from '../articles/published/shared-records.ts'
import type { Article } from '../articles/schema.ts'
import * as credits from '../credits/store.ts'
import type { Media } from '../media/schema.ts'
import * as media from '../media/store.ts'
import * as sources from '../sources/store.ts'

/** The kinds of shared records. */
export type SharedKind = 'source' | 'media' | 'credit'

/** The form a record has at the desk, and what an article looks like with it. */
export interface CurrentForm {
  /** The record's own form. */
  record: { id: string }
  /** The documents of the newsstand that are compiled from it. */
  ids: string[]
  /** The creation times of it and of the records that are published with it. */
  made: Map<string, string>
  edit(article: Article): Article
}

export const currentForm: Record<SharedKind, (db: Reader, id: string) => Promise<CurrentForm | undefined>> = {
  async source(db, id) {
    const rows = await sources.withAffiliations(db, [id])
    const row = rows.find((one) => one.id === id)
    if (!row) return undefined
    const record = sources.publicForm(row)
    return {
      record,
      ids: [id],
      made: new Map(rows.map(({ id, createdAt }) => [id, createdAt])),
      edit(article) {
        const held = new Set(article.sources.map(({ id }) => id))
        const joined = rows.filter(({ id }) => !held.has(id)).map(sources.publicForm)
        const all = [...article.sources.map((one) => (one.id === id ? record : one)), ...joined]
        // In the same order as in publishing.
        return { ...article, sources: all.sort((a, b) => (a.id < b.id ? -1 : 1)) }
      }
    }
  },

  async media(db, id) {
    const [file] = await media.publicForms(db, [id])
    if (!file) return undefined
    return {
      record: withoutCredits(file.media),
      ids: [id, ...file.media.credits.map(({ id }) => id)],
      made: new Map([[id, file.createdAt]]),
      edit: (article) => ({
        ...article,
        media: article.media.map((one) => (one.id === id ? file.media : one))
      })
    }
  },

  async credit(db, id) {
    const credit = await credits.byId(db, id)
    if (!credit) return undefined
    const [file] = await media.publicForms(db, [credit.mediaId])
    const record = file!.media.credits.find((one) => one.id === id)!
    // A credit stands in the renditions of its picture, too.
    const { url, width, height, type, bytes, renditions, placeholder } = file!.media
    const ofFile = renditions && { url, width, height, type, bytes, renditions, placeholder }
    const withCredit = (one: Media): Media => {
      // Renewed rights bring the file back.
      if (one.unavailable && one.id === credit.mediaId) return file!.media
      if (ofFile && one.id === credit.mediaId) checkRenderedAsPublished(one, file!.media)
      const credits = one.credits.map((other) => (other.id === id ? record : other))
      return { ...one, ...(one.id === credit.mediaId && ofFile), credits }
    }
    return {
      record,
      ids: [id, credit.mediaId],
      made: new Map([[credit.mediaId, file!.createdAt]]),
      edit: (article) => ({ ...article, media: article.media.map(withCredit) })
    }
  }
}

/** Throws 409 where the renditions with a credit also carry what was edited in the picture itself, and is not published. */
function checkRenderedAsPublished(published: Media, { alt, digitalSourceType, focalPoint }: Media) {
  const now = { alt, digitalSourceType, focalPoint }
  const edited = Object.entries(now).find(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(published[name as keyof typeof now])
  )
  if (edited)
    throw new HttpProblem(
      'conflict',
      `Its picture ${published.id} was edited since (${edited[0]}), and the renditions carry that, too: republish the media.`
    )
}

/** The draft of a shared record, with the number of published articles in which an older form of it stands. */
export async function withOutdated<T extends { id: string }>(db: Reader, kind: SharedKind, draft: T) {
  const { record } = (await currentForm[kind](db, draft.id))!
  const { all, inThisForm } = await newsstand.countHolders(db, kind, draft.id, formDigest(record))
  return { ...draft, outdatedIn: all - inThisForm }
}
