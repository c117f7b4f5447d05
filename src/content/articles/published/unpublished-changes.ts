// Whether the draft of an article, or a shared record in it, has changes that are not published.
import { and, eq, inArray } from 'drizzle-orm'
import { facetsNamed } from '../../../newsstand/documents/facets.ts'
import { isStoredAs } from '../../../newsstand/documents/packing.ts'
import * as newsstand from '../../../newsstand/documents/published.ts'
import { yieldIfDue } from '../../../storage/commits/turns.ts'
import type { Reader } from '../../../storage/database.ts'
import { jsonOf } from '../../../storage/text/json-text.ts'
import * as media from '../../media/store.ts'
import * as sources from '../../sources/store.ts'
import type { Article } from '../schema.ts'
import type { ListedDraft, WorkingCopy } from '../store.ts'
import { formDigest, sharedRecordsOf, withoutCredits } from './shared-records.ts'

/** Whether the draft was written since it was published; whether it differs, only a comparison can say. */
export const isEditedSince = ({ version, publishedVersion }: ListedDraft) => version !== publishedVersion

/** Whether publishing the draft would change what readers see, apart from the time of its update. */
export async function hasUnpublishedChanges(
  db: Reader,
  article: Article,
  row: WorkingCopy
): Promise<boolean> {
  if (row.status !== 'published') return false
  if (!isEditedSince(row)) {
    const held = new Set((await facetsNamed(db, 'article', row.id, 'record')).map(({ value }) => value))
    const records = new Set(sharedRecordsOf(article).map(formDigest))
    return held.symmetricDifference(records).size > 0
  }
  const { stored, updatedAt } = (await newsstand.edition(db, row.id))!
  await yieldIfDue()
  const publishedAt = article.publishedAt ?? article.firstPublishedAt
  return !(await isStoredAs(stored, jsonOf({ ...article, publishedAt, updatedAt })))
}

/** How many parameters a statement gets. */
const batchSize = 500

/** Which of these articles were published with a former version of a shared record, in a constant number of queries. */
export async function withOutdatedRecords(db: Reader, articleIds: string[]): Promise<Set<string>> {
  const held = await publishedForms(db, articleIds)
  const now = await draftForms(db, [...new Set(held.map(({ record }) => record))])
  const outdated = [...Map.groupBy(held, ({ id }) => id)].filter(([, records]) => {
    const ids = new Set(records.map(({ record }) => record))
    return records.some(({ record, form }) => {
      const current = now.get(record)
      // A credit that was added since is a record that the article does not hold.
      return current?.form !== form || !current.credits.every((credit) => ids.has(credit))
    })
  })
  return new Set(outdated.map(([id]) => id))
}

/** The shared records that articles hold on the newsstand. */
async function publishedForms({ q, t }: Reader, articleIds: string[]) {
  const { facetValues: v, documentFacets: d } = t
  const rows = await q
    .select({ id: d.id, form: v.value })
    .from(d)
    .innerJoin(v, eq(v.number, d.facet))
    .where(and(inArray(d.id, articleIds), eq(v.kind, 'article'), eq(v.name, 'record')))
  return rows.map(({ id, form }) => ({ id, form, record: form.slice(0, form.indexOf(' ')) }))
}

/** The drafts of these records, and the credits of media files. */
async function draftForms(db: Reader, ids: string[]) {
  const forms = new Map<string, { form: string; credits: string[] }>()
  const add = (record: { id: string }, credits: string[] = []) =>
    forms.set(record.id, { form: formDigest(record), credits })
  for (let i = 0; i < ids.length; i += batchSize) {
    const some = ids.slice(i, i + batchSize)
    for (const source of await sources.byIds(db, some)) add(source)
    for (const { media: file } of await media.publicForms(db, some)) {
      add(
        withoutCredits(file),
        file.credits.map(({ id }) => id)
      )
      for (const credit of file.credits) add(credit)
    }
  }
  return forms
}
