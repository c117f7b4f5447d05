// The rows of merges, and of what each of them moved.
import { and, asc, eq, inArray, lte } from 'drizzle-orm'
import { afterDays } from '../../changes/retention.ts'
import { HttpProblem } from '../../http/problems.ts'
import { updateRow } from '../../storage/columns/rows.ts'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'

export type Merge = Tables['sourceMerges']['$inferSelect']
export type Move = Tables['mergeMoves']['$inferSelect']
export type NewMove = Tables['mergeMoves']['$inferInsert']
export type Left = Merge['left'][number]

/** For how many days a merge can be taken back. */
export const days = 30

/** Until when a merge of this instant can be taken back. */
export const endOf = (at: string) => afterDays(at, days)

export async function byId({ q, t: { sourceMerges: m } }: Reader, id: string): Promise<Merge | undefined> {
  const [row] = await q.select().from(m).where(eq(m.id, id))
  return row
}

/** Answers the merge, or throws 404. */
export function found(merge: Merge | undefined): Merge {
  if (merge === undefined)
    throw new HttpProblem(
      'not-found',
      'This source was not merged into another: there is nothing to take back.'
    )
  return merge
}

/** Merges that are not finished, the oldest first. */
export const unfinished = (db: Reader) => unfinishedQuery(db).execute()

const unfinishedQuery = prepared(({ q, t: { sourceMerges: m } }) =>
  q
    .select({ id: m.id, actor: m.actor, role: m.role })
    .from(m)
    .where(inArray(m.state, ['moving', 'undoing']))
    .orderBy(asc(m.at))
    .prepare('unfinished_merges')
)

export const change = (tx: Writer, id: string, set: Partial<Merge>) =>
  updateRow(tx, tx.t.sourceMerges, { id }, set)

/** Rows per statement: SQLite takes 32,766 parameters. */
const rowsPerStatement = 1000

/** Keeps what was moved; a place that was moved before stays as it was then. */
export async function addMoves({ q, t: { mergeMoves: m } }: Writer, moves: NewMove[]) {
  for (let i = 0; i < moves.length; i += rowsPerStatement)
    await q
      .insert(m)
      .values(moves.slice(i, i + rowsPerStatement))
      .onConflictDoNothing()
}

/** What was moved in an article and is not back yet. */
export const movesIn = ({ q, t: { mergeMoves: m } }: Reader, mergeId: string, articleId: string) =>
  q
    .select()
    .from(m)
    .where(and(eq(m.mergeId, mergeId), eq(m.isBack, false), eq(m.articleId, articleId)))

/** The sources that belong to the other source because of a merge. */
export async function affiliatesOf({ q, t: { mergeMoves: m } }: Reader, mergeId: string) {
  const rows = await q
    .select({ id: m.record })
    .from(m)
    .where(and(eq(m.mergeId, mergeId), eq(m.kind, 'affiliation')))
  return new Set(rows.map(({ id }) => id))
}

/** The causes of reviews that are about the other source because of a merge. */
export async function doubtsOf({ q, t: { mergeMoves: m } }: Reader, mergeId: string) {
  const rows = await q
    .select({ id: m.record })
    .from(m)
    .where(and(eq(m.mergeId, mergeId), eq(m.kind, 'doubt')))
  return rows.map(({ id }) => id)
}

/** Marks what was moved in an article: it is done with. */
export const markArticle = ({ q, t: { mergeMoves: m } }: Writer, mergeId: string, articleId: string) =>
  q
    .update(m)
    .set({ isBack: true })
    .where(and(eq(m.mergeId, mergeId), eq(m.isBack, false), eq(m.articleId, articleId)))

/** The same of sources that belonged to it. */
export const markMembers = ({ q, t: { mergeMoves: m } }: Writer, mergeId: string, members: string[]) =>
  q
    .update(m)
    .set({ isBack: true })
    .where(and(eq(m.mergeId, mergeId), eq(m.kind, 'affiliation'), inArray(m.record, members)))

/** What is not done with. */
export const openMoves = ({ q, t: { mergeMoves: m } }: Reader, mergeId: string, limit: number) =>
  q
    .select()
    .from(m)
    .where(and(eq(m.mergeId, mergeId), eq(m.isBack, false)))
    .limit(limit)

export const dropMoves = ({ q, t: { mergeMoves: m } }: Writer, mergeId: string) =>
  q.delete(m).where(eq(m.mergeId, mergeId))

/** A merge that is finished since this instant and whose moves are still kept. */
const expired = ({ q, t: { sourceMerges: s, mergeMoves: m } }: Reader, instant: string) =>
  q
    .select({ id: s.id })
    .from(s)
    .innerJoin(m, eq(m.mergeId, s.id))
    .where(and(eq(s.state, 'done'), lte(s.at, instant)))
    .limit(1)

/** Whether moves are kept that need not be any more. */
export const hasEnded = async (db: Reader, instant: string) => (await expired(db, instant)).length > 0

/** Drops what one merge moved, and its source: it cannot be taken back any more. */
export async function forget(tx: Writer, instant: string) {
  for (const { id } of await expired(tx, instant)) {
    await dropMoves(tx, id)
    await change(tx, id, { source: null })
  }
}
