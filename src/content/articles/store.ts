// The working copy of an article: its row, tags, bylines and references to media.
import { eq, sql } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { newId } from '../../http/ids.ts'
import { insertAll, updateRow } from '../../storage/columns/rows.ts'
import type { Reader, Writer } from '../../storage/database.ts'
import { yieldIfLong } from '../body/length.ts'
import { mentions } from '../body/mentions.ts'
import type { Body } from '../body/schema.ts'
import { plainText } from '../body/text.ts'
import { checkExternalId, externalOf } from '../external/ids.ts'
import * as media from '../media/store.ts'
import * as sources from '../sources/store.ts'
import { columnsOf, contentOf, workflowOf } from './content.ts'
import { checkNotApproved, checkProtection, checkRemovable } from './guards.ts'
import { addWords, setWords } from './list/desk-words.ts'
import * as revisions from './revisions.ts'
import type { ConvertedArticle } from './schema.ts'
import { slugFor } from './slugs/slug.ts'
import { originalOf } from './translations/store.ts'
import { partsOf, partTables, replaceParts } from './working/parts.ts'
import { byIdOrSlug, type Row, type WorkingCopy } from './working/read.ts'

export { byIdOrSlug, type ListedDraft, type WorkingCopy, withParts } from './working/read.ts'

/** The public fields of an article, in the order of the public document. */
export function publicPartOf(row: WorkingCopy) {
  const { extra, ...content } = contentOf({ ...row, externalId: null })
  const { slug, publishedAt, commentPolicy } = row
  return { slug, ...content, publishedAt, commentPolicy, extra }
}

/** An article in the form of its input, for PATCH. */
export function inputOf(row: WorkingCopy): ConvertedArticle {
  const own = { ...row, externalId: externalOf(row) }
  return { ...contentOf(own), ...workflowOf(own) }
}

const columns = async (tx: Writer, id: string, input: ConvertedArticle, original: string | null) => ({
  slug: await slugFor(tx, id, input),
  ...columnsOf(input),
  translationOf: await originalOf(tx, id, input.translationOf, original)
})

/** What a new draft has of what only publishing and planning write. */
const unpublished = {
  status: 'draft' as const,
  firstPublishedAt: null,
  publishAt: null,
  withdrawAt: null,
  waivers: [],
  agreed: null,
  unscheduled: null,
  edition: 0,
  publishedVersion: null
}

/** Creates a draft. Throws 409 for a taken slug, 422 for a reference to a missing record. */
export async function create(tx: Writer, input: ConvertedArticle, id = newId('art')): Promise<WorkingCopy> {
  const { t, now } = tx
  const row = await columns(tx, id, input, null)
  await checkReferences(tx, input, row.body)
  await checkExternalId(tx, 'articles', id, input.externalId)
  const edited = { version: 1, createdAt: now, updatedAt: now }
  await yieldIfLong(row.body)
  const article: WorkingCopy = {
    ...{ id, ...unpublished, slugFollows: !input.slug, ...row, ...edited },
    ...partsOf(input)
  }
  await insertAll(tx, t.articles, [article])
  for (const part of partTables(tx)) await insertAll(tx, part.table, part.rowsOf(article))
  await yieldIfLong(row.body)
  await addWords(tx, 'article', id, searchableText(article))
  await yieldIfLong(row.body)
  await revisions.insert(tx, article, inputOf(article))
  await changes.append(tx, { action: 'create', kind: 'article', id, articleId: id, version: 1 })
  return article
}

/**
 * The draft with what `edit` makes of it and `settle` of its body. A slug that nobody gave follows the title until the
 * article is published; null asks for a new one. Throws 404, 412, 409, 422, and what they throw.
 */
export async function change(
  tx: Writer,
  id: string,
  versions: Expected,
  edit: (now: ConvertedArticle) => ConvertedArticle,
  settle: (body: Body, old: Body) => Promise<Body>
) {
  const before = checkVersion(await byIdOrSlug(tx, id), versions, 'article')
  await yieldIfLong(before.body)
  const follows = before.slugFollows && before.firstPublishedAt === null
  const input = edit({ ...inputOf(before), ...(follows && { slug: undefined }) })
  const isKept = input.slug === undefined && (!follows || input.title === before.title)
  const slug = isKept ? before.slug : input.slug
  const row = {
    ...(await columns(tx, id, { ...input, slug }, before.translationOf)),
    slugFollows: isKept ? before.slugFollows : !slug
  }
  checkProtection(tx, before, row)
  if (row.body !== before.body) row.body = await settle(row.body, before.body)
  await checkReferences(tx, input, row.body)
  await checkExternalId(tx, 'articles', id, input.externalId)
  await yieldIfLong(row.body)
  const after = { ...(await write(tx, before, row)), ...partsOf(input) }
  await replaceParts(tx, before, after)
  await yieldIfLong(row.body)
  if (searchable.some((field) => after[field] !== before[field])) {
    const words = searchableText(after)
    if (after.body === before.body || words !== searchableText(before))
      await setWords(tx, 'article', id, words)
  }
  await yieldIfLong(row.body)
  await revisions.insert(tx, after, inputOf(after))
  return after
}

/** What of a draft is searched. A body that stays is the same object. */
const searchable = ['title', 'dek', 'summary', 'section', 'body'] as const

/** The searchable text of a draft. */
export const searchableText = ({ body, ...row }: Pick<Row, (typeof searchable)[number]>) =>
  [row.title, row.dek, row.summary, row.section, plainText(body)].filter((text) => text !== null).join('\n')

/** Writes columns of the draft, and increments its version. */
export async function write(tx: Writer, before: WorkingCopy, columns: Partial<Row>): Promise<WorkingCopy> {
  const { t, now } = tx
  checkNotApproved(tx, before)
  const version = before.version + 1
  const written = { ...columns, version, updatedAt: now }
  // The JSON of a body that stays need not be made again.
  const body = columns.body === before.body ? undefined : columns.body
  if (body !== undefined) await revisions.keepBody(tx, before.id, before.body)
  await updateRow(tx, t.articles, { id: before.id, version: before.version }, { ...written, body })
  await changes.append(tx, {
    action: 'update',
    kind: 'article',
    id: before.id,
    articleId: before.id,
    version
  })
  return { ...before, ...written }
}

/** The number of the next edition of an article whose draft stays as it is. */
export async function nextEdition({ q, t: { articles } }: Writer, id: string) {
  const [row] = await q
    .update(articles)
    .set({ edition: sql`${articles.edition} + 1` })
    .where(eq(articles.id, id))
    .returning({ edition: articles.edition, version: articles.version })
  return row!
}

/** Increments the version of a draft, because a record that belongs to it was written. */
export async function bumpVersion(tx: Writer, id: string) {
  await write(tx, (await byIdOrSlug(tx, id))!, {})
}

/**
 * Moves a draft to the trash with all that belongs to it; its slug is free from then on. What comes back is a draft
 * again, or withdrawn: no approval and no schedule outlives a deletion. Throws 404, 412, and 409 for what is not to be
 * deleted.
 */
export async function remove(tx: Writer, id: string, versions: Expected) {
  const before = checkVersion(await byIdOrSlug(tx, id), versions, 'article')
  checkRemovable(tx, before)
  const { q, t, now, actor } = tx
  const { slug, edition } = before
  await q.insert(t.trash).values({ articleId: id, at: now, actor: actor.name, role: actor.role, slug })
  await q.delete(t.locks).where(eq(t.locks.articleId, id))
  const status = edition > 0 ? ('withdrawn' as const) : ('draft' as const)
  // An id cannot be a slug.
  await q
    .update(t.articles)
    .set({ slug: id, status, publishAt: null, withdrawAt: null, waivers: [] })
    .where(eq(t.articles.id, id))
  await changes.append(tx, { action: 'delete', kind: 'article', id, articleId: id })
}

async function checkReferences(tx: Reader, { leadMediaId, ...input }: ConvertedArticle, body: Body) {
  const bylines = partsOf(input).bylines.flatMap(({ sourceId }, i) =>
    sourceId ? [{ id: sourceId, pointer: `/bylines/${i}/sourceId` }] : []
  )
  await sources.checkNamed(tx, bylines)
  const lead = leadMediaId ? [{ id: leadMediaId, pointer: '/leadMediaId' }] : []
  await media.checkNamed(tx, [...lead, ...mentions(body).filter(({ kind }) => kind === 'media')])
}
