// Publishing: the checks, the compile step and the newsstand, in one transaction.
import {
  type AssembledArticle,
  assemble,
  draftArticle,
  draftOf,
  isRetracted,
  recordsOf
} from '../../content/articles/assemble.ts'
import { hasUnpublishedChanges } from '../../content/articles/published/unpublished-changes.ts'
import type { Article, DraftArticle } from '../../content/articles/schema.ts'
import * as articles from '../../content/articles/store.ts'
import { yieldIfLong } from '../../content/body/length.ts'
import * as corrections from '../../content/corrections/store.ts'
import * as comments from '../../discussion/comments/publication.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { HttpProblem } from '../../http/problems.ts'
import * as newsstand from '../../newsstand/documents/published.ts'
import { noteCorrections } from '../../record/reviews/causes.ts'
import type { Writer } from '../../storage/database.ts'
import { type CheckOptions, checkForPublishing, checksFailedProblem } from '../checks/run.ts'
import * as editions from '../editions/store.ts'
import {
  changesSinceApproval,
  noSchedule,
  type Outcome,
  returnForReview
} from '../workflow/approved-records.ts'
import type { Publication, Waiver } from '../workflow/schema.ts'
import { checkStep } from '../workflow/workflow.ts'
import { placeArticle, withdrawArticle } from './replace.ts'
import { appendChange, replaceEdition } from './replace-edition.ts'
import { publishedGroup, renewTranslations } from './translations.ts'

/** The configured country of publication. */
export type Territory = Pick<CheckOptions, 'territory'>

/**
 * Publishes the draft as a new edition; if that would change nothing for readers, nothing is written. Throws 404, 412,
 * and 409 with every failed check that is not waived. Where a shared record changed since the approval, it sends the
 * article back and answers the problem.
 */
export async function publish(
  tx: Writer,
  id: string,
  versions: Expected,
  { note, waive = [], territory }: Publication & Territory = {}
): Promise<Outcome> {
  const [row, records] = await Promise.all([articles.byIdOrSlug(tx, id), recordsOf(tx, id)])
  const before = checkVersion(row, versions, 'article')
  checkStep('publish', before.status)
  await yieldIfLong(before.body)
  const read = await assemble(tx, before, records)
  const faults = await changesSinceApproval(tx, before, read.article)
  if (faults.length > 0) return returnForReview(tx, before, faults)
  if (await isUnchanged(tx, before, read.article))
    return { ...draftOf(read.article, before, false), unchanged: true }
  const waived = await checkDraft(tx, before, read.article, { at: tx.now, waive, territory })
  return publishNow(tx, before, read, { note: note ?? null, at: tx.now, waived })
}

/** Whether the published edition of a draft is the same. */
export const isUnchanged = async (tx: Writer, row: articles.WorkingCopy, article: Article) =>
  row.status === 'published' && !(await hasUnpublishedChanges(tx, article, row))

interface Plan {
  note: string | null
  /** The planned time of publication. */
  at: string
  /** The waivers that were needed. */
  waived: Waiver[]
}

/** Publishes a draft, which was read whole, after its checks. */
export async function publishNow(
  tx: Writer,
  before: articles.WorkingCopy,
  { article: read, creationTimes }: AssembledArticle,
  { note, at, waived }: Plan
) {
  const number = before.edition + 1
  const row = await articles.write(tx, before, {
    status: 'published',
    publishedAt: before.publishedAt ?? before.firstPublishedAt ?? at,
    firstPublishedAt: before.firstPublishedAt ?? at,
    ...noSchedule,
    edition: number,
    publishedVersion: before.version + 1
  })
  const { publishedAt, firstPublishedAt, updatedAt } = row
  const dated = await corrections.setPublishedAt(tx, read.corrections)
  const article = { ...read, publishedAt, firstPublishedAt, updatedAt, corrections: dated }
  const formerTranslations = before.status === 'published' ? await publishedGroup(tx, row.id) : []
  await placeArticle(tx, article, creationTimes, { waived })
  await noteCorrections(tx, article)
  await yieldIfLong(row.body)
  await editions.insert(tx, article, { number, version: row.version, note })
  if (before.status !== 'published') await comments.publishAll(tx, row.id)
  const detail = { edition: number, ...(note && { note }), ...(waived.length > 0 && { waived }) }
  await appendChange(tx, row, 'publish', detail)
  const others = [...formerTranslations, ...article.translations.map(({ id }) => id)]
  await renewTranslations(tx, others, `The translation ${row.id} was published`)
  await yieldIfLong(row.body)
  return draftOf(article, row, false)
}

/** Runs the checks: throws 409 with every failed one that is not waived; answers the waivers that were needed. */
export async function checkDraft(
  tx: Writer,
  row: articles.WorkingCopy,
  article: Article,
  question: CheckOptions
): Promise<Waiver[]> {
  const { blocking, waivers } = await checkForPublishing(tx, row, article, question)
  if (blocking.length > 0) throw checksFailedProblem(blocking)
  return waivers
}

/** Withdraws a published article: from now on it is answered 410. Throws 404, 412, 409. */
export async function withdraw(
  tx: Writer,
  id: string,
  versions: Expected,
  { reason }: { reason?: string | null } = {}
): Promise<DraftArticle> {
  const before = checkVersion(await articles.byIdOrSlug(tx, id), versions, 'article')
  checkStep('withdraw', before.status)
  const row = await articles.write(tx, before, { ...noSchedule, status: 'withdrawn', withdrawAt: null })
  const others = await publishedGroup(tx, row.id)
  await withdrawArticle(tx, id)
  await comments.withdrawAll(tx, id)
  await appendChange(tx, row, 'withdraw', reason ? { reason } : undefined)
  await renewTranslations(tx, others, `The translation ${row.id} was withdrawn`)
  return draftArticle(tx, row)
}

/**
 * Adds a correction to the published edition, without other edits of the draft, as the next edition. Throws 404, and
 * 409 where the article is not published, or has the correction already.
 */
export async function publishCorrection(tx: Writer, id: string): Promise<DraftArticle> {
  const { articleId } = checkVersion(await corrections.byId(tx, id), '*', 'correction')
  const { legalHold } = (await articles.byIdOrSlug(tx, articleId))!
  if (legalHold) throw new HttpProblem('conflict', 'The article is under a legal hold.')
  const document = await newsstand.documentOf(tx, 'article', articleId)
  if (document === undefined)
    throw new HttpProblem(
      'conflict',
      'The article is not published: its corrections go out with it when it is.'
    )
  const edition = JSON.parse(document.toString()) as Article
  if (edition.corrections.some((one) => one.id === id))
    throw new HttpProblem('conflict', 'The correction is published already.')
  const added = corrections.publicForm((await corrections.row(tx, id))!)
  const all = [...edition.corrections, ...(await corrections.setPublishedAt(tx, [added]))]
  const corrected = { ...edition, updatedAt: tx.now, corrections: all, retracted: isRetracted(all) }
  await replaceEdition(tx, corrected, new Map(), [articleId, id], `Correction ${id}`)
  return draftArticle(tx, (await articles.byIdOrSlug(tx, articleId))!)
}
