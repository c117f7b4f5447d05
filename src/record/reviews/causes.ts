// Causes of reviews, written in the transaction that makes them.
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import type { Article } from '../../content/articles/schema.ts'
import type { Correction } from '../../content/corrections/schema.ts'
import type { Cause, CauseKind } from '../../content/desk/marks/schema.ts'
import * as sources from '../../content/sources/store.ts'
import { newId } from '../../http/ids.ts'
import { found, HttpProblem } from '../../http/problems.ts'
import { insertAll, updateRow } from '../../storage/columns/rows.ts'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import { withMergeTargets, withMerging } from './merging.ts'

export type Row = Tables['causes']['$inferSelect']

/** A cause in wire form. */
export const causeOf = ({ id, kind, subjectId, articleId, reason, at, actor, endedAt }: Row): Cause => ({
  id,
  kind: kind as CauseKind,
  subjectId,
  articleId,
  reason,
  at,
  by: actor,
  endedAt
})

const anyQuery = prepared(({ q, t: { causes } }) =>
  q.select({ id: causes.id }).from(causes).limit(1).prepare('any_cause')
)

/** Whether there ever was a cause: without one, nothing else needs to be looked at. */
export const isAny = async (db: Reader) => (await anyQuery(db).execute()).length > 0

const ofSubjectQuery = prepared(({ q, t: { causes } }) =>
  q
    .select()
    .from(causes)
    .where(and(eq(causes.subjectId, sql.placeholder('subjectId')), isNull(causes.endedAt)))
    .orderBy(causes.id)
    .prepare('causes_of_subject')
)

/** The causes that these records no longer stand, oldest first, but ended ones. */
export async function causesOf(db: Reader, subjectIds: Iterable<string>): Promise<Row[]> {
  const all: Row[] = []
  for (const subjectId of await withMergeTargets(db, subjectIds))
    for (const row of await ofSubjectQuery(db).execute({ subjectId })) all.push(row)
  return all.sort((one, other) => (one.id < other.id ? -1 : 1))
}

const ofArticleQuery = prepared(({ q, t: { causes } }) =>
  q
    .select()
    .from(causes)
    .where(eq(causes.articleId, sql.placeholder('articleId')))
    .prepare('causes_of_article')
)

/** The causes that an article itself has given, ended ones too. */
export const ofArticle = (db: Reader, articleId: string): Promise<Row[]> =>
  ofArticleQuery(db).execute({ articleId })

export type NewCause = Pick<
  Row,
  'kind' | 'subjectId' | 'articleId' | 'statementId' | 'correctionId' | 'reason'
>

/** Writes a cause; its reviews are looked for from the subject on. */
export async function add(tx: Writer, cause: NewCause): Promise<Row> {
  const row: Row = {
    ...{ ...cause, id: newId('cau'), at: tx.now, actor: tx.actor.name, endedAt: null },
    ...{ run: 1, doneAt: null }
  }
  await insertAll(tx, tx.t.causes, [row])
  await seed(tx, row)
  return row
}

/** The subject is what a run begins with, and sources that are being merged into it. */
async function seed(tx: Writer, { id, run, subjectId, articleId, statementId }: Row) {
  const beginnings = (await withMerging(tx, subjectId)).map((subject) => ({
    ...{ causeId: id, run, statementId: statementId ?? subject, articleId: articleId ?? subject },
    ...{ hops: 0, after: null, isDone: false }
  }))
  await insertAll(tx, tx.t.reached, beginnings)
}

/** Has the reviews of a cause found anew: what rests on it has changed. Those of an ended one become moot. */
export async function restart(tx: Writer, row: Row, set: Partial<Row> = {}) {
  const after = { ...row, ...set, run: row.run + 1, doneAt: null }
  const { id, ...columns } = after
  await updateRow(tx, tx.t.causes, { id }, columns)
  if (after.endedAt === null) await seed(tx, after)
}

/** The doubts about a source; undefined where there are none. Of merged sources there may be several: the oldest. */
export async function doubtAbout(db: Reader, sourceId: string): Promise<Row | undefined> {
  const [row] = await causesOf(db, [sourceId])
  return row
}

/**
 * Has the doubts about a source be about the one that it becomes, and finds again what rests on that. Answers the ids of the
 * causes that were moved.
 */
export async function moveDoubts(tx: Writer, sourceId: string, into: string): Promise<string[]> {
  const moved = await ofSubjectQuery(tx).execute({ subjectId: sourceId })
  const own = await ofSubjectQuery(tx).execute({ subjectId: into })
  for (const row of [...moved, ...own]) await restart(tx, row, { subjectId: into })
  return moved.map(({ id }) => id)
}

/** Has these causes be about a source again that was another, and finds again what rests on that. */
export async function returnDoubts(tx: Writer, causeIds: string[], sourceId: string, from: string) {
  const { causes } = tx.t
  for (const row of await tx.q.select().from(causes).where(inArray(causes.id, causeIds)))
    await restart(tx, row, { subjectId: sourceId })
  for (const row of await ofSubjectQuery(tx).execute({ subjectId: from })) await restart(tx, row)
}

/** Puts a source in doubt. Throws 404, and 409 where it is doubted already. */
export async function doubt(tx: Writer, sourceId: string, reason: string): Promise<Cause> {
  const { version } = found(await sources.byId(tx, sourceId), 'source')
  await sources.checkNotMoved(tx, sourceId)
  const before = await doubtAbout(tx, sourceId)
  if (before)
    throw new HttpProblem(
      'conflict',
      `The source is doubted since ${before.at}: end that first (POST /v1/sources/{id}/trust).`
    )
  const none = { articleId: null, statementId: null, correctionId: null }
  const row = await add(tx, { ...none, kind: 'doubt', subjectId: sourceId, reason })
  await changes.append(tx, { action: 'doubt', kind: 'source', id: sourceId, version, detail: { reason } })
  return causeOf(row)
}

/** Ends the doubts about a source. Throws 404 for a missing source, and where there are none. */
export async function endDoubt(tx: Writer, sourceId: string, note: string): Promise<Cause> {
  const { version } = found(await sources.byId(tx, sourceId), 'source')
  const rows = await causesOf(tx, [sourceId])
  const row = found(rows[0], 'doubt')
  for (const one of rows) await restart(tx, one, { endedAt: tx.now })
  await changes.append(tx, { action: 'trust', kind: 'source', id: sourceId, version, detail: { note } })
  return causeOf({ ...row, endedAt: tx.now })
}

type Corrected = Pick<Article, 'id' | 'quotes' | 'corrections'>

/** What a published correction says no longer stands; undefined where it says so of nothing that others rest on. */
function subjectOf({ id, quotes }: Corrected, { kind, target }: Correction) {
  if (kind === 'retraction') return { kind, subjectId: id, statementId: null }
  const { quoteId, attributionId } = target ?? {}
  if (quoteId) return { kind: 'correction', subjectId: quoteId, statementId: quoteId }
  if (attributionId === undefined) return undefined
  const quote = quotes.find(({ attributions }) => attributions.some((chain) => chain.id === attributionId))
  return { kind: 'correction', subjectId: attributionId, statementId: quote?.id ?? attributionId }
}

/**
 * Notes the corrections that are published for the first time with this edition, retractions, and what an editor made of
 * an older one.
 */
export async function noteCorrections(tx: Writer, article: Corrected) {
  if (article.corrections.length === 0) return
  const known = new Map((await ofArticle(tx, article.id)).map((row) => [row.correctionId, row]))
  for (const correction of article.corrections) {
    const subject = subjectOf(article, correction)
    const row = known.get(correction.id)
    const isNew = correction.publishedAt === tx.now || correction.kind === 'retraction'
    if (row) await adapt(tx, row, subject)
    else if (subject && isNew)
      await add(tx, {
        ...{ ...subject, articleId: article.id, correctionId: correction.id },
        reason: correction.text.slice(0, 1000)
      })
  }
}

/** Makes a cause what its correction says now. */
async function adapt(tx: Writer, row: Row, subject: ReturnType<typeof subjectOf>) {
  if (subject === undefined) {
    if (row.endedAt === null) await restart(tx, row, { endedAt: tx.now })
  } else if (row.endedAt !== null || subject.subjectId !== row.subjectId)
    await restart(tx, row, { ...subject, endedAt: null })
}
