// Reading an article with all records that are published with it.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import type { Reader } from '../../storage/database.ts'
import { inOrderOfText, mentions } from '../body/mentions.ts'
import type { Correction } from '../corrections/schema.ts'
import * as corrections from '../corrections/store.ts'
import { externalOf } from '../external/ids.ts'
import * as media from '../media/store.ts'
import * as quotes from '../quotes/store.ts'
import * as sources from '../sources/store.ts'
import { hasUnpublishedChanges, isEditedSince, withOutdatedRecords } from './published/unpublished-changes.ts'
import type { Article, ArticleCard, DraftArticle, DraftArticleCard } from './schema.ts'
import { byIdOrSlug, type ListedDraft, publicPartOf, type WorkingCopy } from './store.ts'
import { translationsOf } from './translations/store.ts'

/** An article with all its records, and the creation times of the shared ones. */
export interface AssembledArticle {
  article: Article
  creationTimes: Map<string, string>
}

/** The records that belong to an article alone, and its translations. */
interface Records {
  said: Awaited<ReturnType<typeof quotes.ofArticle>>
  corrected: Correction[]
  translations: Article['translations']
}

/** What belongs to an article alone, by its id: for `assemble`, so that it is read with the article. */
export async function recordsOf(db: Reader, id: string) {
  const [said, corrected] = await Promise.all([quotes.ofArticle(db, id), corrections.ofArticle(db, id)])
  return { said, corrected }
}

/** An article with all its records, from the working copy, and the creation times of its shared records. */
export async function assemble(
  db: Reader,
  row: WorkingCopy,
  known: Partial<Records> = {}
): Promise<AssembledArticle> {
  const [said, corrected] = await Promise.all([
    known.said ?? quotes.ofArticle(db, row.id),
    known.corrected ?? corrections.ofArticle(db, row.id)
  ])
  const inBylines = row.bylines.flatMap(({ sourceId }) => sourceId ?? [])
  const inHops = said.attributions.flatMap(({ hops }) => hops.flatMap(({ sourceId }) => sourceId ?? []))
  const [shown, named, translations] = await Promise.all([
    media.publicForms(db, mediaOf(row)),
    sources.withAffiliations(db, [...inBylines, ...inHops]),
    known.translations ?? translationsOf(db, row)
  ])
  const article: Article = {
    id: row.id,
    ...publicPartOf(row),
    firstPublishedAt: row.firstPublishedAt,
    updatedAt: row.updatedAt,
    retracted: isRetracted(corrected),
    media: shown.map(({ media }) => media),
    quotes: inOrderOfText(row.body, said.quotes),
    attributions: inOrderOfText(
      row.body,
      said.attributions.filter(({ quoteId }) => quoteId === null)
    ),
    corrections: corrected,
    sources: named.map(sources.publicForm),
    translationOf: row.translationOf,
    translations
  }
  const creationTimes = new Map([
    ...shown.map(({ media, createdAt }) => [media.id, createdAt] as const),
    ...named.map(({ id, createdAt }) => [id, createdAt] as const)
  ])
  return { article, creationTimes }
}

/** The media of an article: the lead first, then those in its body in order. */
const mediaOf = ({ leadMediaId, body }: WorkingCopy) => [
  ...new Set([
    ...(leadMediaId ? [leadMediaId] : []),
    ...mentions(body).flatMap(({ kind, id }) => (kind === 'media' ? [id] : []))
  ])
]

export const isRetracted = (corrections: Correction[]) =>
  corrections.some(({ kind }) => kind === 'retraction')

const deskFields = (row: ListedDraft, publishedWithChanges: boolean) => ({
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  embargoUntil: row.embargoUntil,
  status: row.status,
  publishedWithChanges,
  edition: row.edition,
  publishAt: row.publishAt,
  withdrawAt: row.withdrawAt,
  assignee: row.assignee,
  dueAt: row.dueAt,
  legalHold: row.legalHold,
  externalId: externalOf(row)
})

/** The draft edition of an article that was read whole. */
export const draftOf = (article: Article, row: WorkingCopy, publishedWithChanges: boolean): DraftArticle => ({
  ...article,
  ...deskFields(row, publishedWithChanges),
  internalNotes: row.internalNotes,
  purposes: row.purposes
})

/** The draft edition of an article. */
export async function draftArticle(db: Reader, row: WorkingCopy): Promise<DraftArticle> {
  const { article } = await assemble(db, row)
  return draftOf(article, row, await hasUnpublishedChanges(db, article, row))
}

/** The draft edition of an article that was just created, with these quotes and claims of its own. */
export async function newDraft(db: Reader, row: WorkingCopy, said: Records['said']) {
  // Nothing can be a translation of it yet.
  const translations = row.translationOf === null ? { translations: [] } : {}
  const { article } = await assemble(db, row, { corrected: [], said, ...translations })
  return draftOf(article, row, false)
}

/** The card of an article, for lists. */
export const cardOf = (
  article: Omit<ArticleCard, 'leadMedia'> & Pick<Article, 'media' | 'leadMediaId'>
): ArticleCard => ({
  id: article.id,
  slug: article.slug,
  title: article.title,
  dek: article.dek,
  summary: article.summary,
  language: article.language,
  section: article.section,
  tags: article.tags,
  bylines: article.bylines,
  leadMedia: article.media.find(({ id }) => id === article.leadMediaId) ?? null,
  publishedAt: article.publishedAt,
  updatedAt: article.updatedAt,
  retracted: article.retracted
})

/** The draft cards of these articles; their lead media are read in one query. */
export async function draftCards(db: Reader, rows: ListedDraft[]): Promise<DraftArticleCard[]> {
  const leads = await media.publicForms(
    db,
    rows.flatMap(({ leadMediaId }) => leadMediaId ?? [])
  )
  const files = leads.map(({ media }) => media)
  const retracted = await corrections.retracted(
    db,
    rows.map(({ id }) => id)
  )
  const changed = await withUnpublishedChanges(db, rows)
  return rows.map((row) => ({
    ...cardOf({ ...row, media: files, retracted: retracted.has(row.id) }),
    ...deskFields(row, changed.has(row.id))
  }))
}

/** Which of these articles have unpublished changes. Only those that were written since are read whole, one by one. */
async function withUnpublishedChanges(db: Reader, rows: ListedDraft[]): Promise<Set<string>> {
  const published = rows.filter(({ status }) => status === 'published')
  const untouched = published.filter((row) => !isEditedSince(row))
  const changed = await withOutdatedRecords(
    db,
    untouched.map(({ id }) => id)
  )
  for (const { id } of published.filter(isEditedSince)) {
    // To read a long one takes some 20 ms, so it gets a turn of its own.
    await nextTurn()
    // None where it was deleted meanwhile.
    for (const row of [await byIdOrSlug(db, id)].filter((found) => found !== undefined)) {
      await yieldIfDue()
      const { article } = await assemble(db, row)
      await yieldIfDue()
      if (await hasUnpublishedChanges(db, article, row)) changed.add(id)
    }
  }
  return changed
}
