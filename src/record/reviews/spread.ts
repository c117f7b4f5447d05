// Finding the reviews of causes, a slice at a time: each slice is a transaction, and other writes go in between. What a
// run has reached is in the database, so it resumes where a killed process left it.
import { and, asc, eq, lt, sql } from 'drizzle-orm'
import { type JobOptions, startPolling } from '../../changes/polling.ts'
import { updateRow } from '../../storage/columns/rows.ts'
import { type Database, prepared, type Tables, type Writer } from '../../storage/database.ts'
import { citing } from '../edges/store.ts'
import { naming, type Reached, storiesOf } from '../impact/walk.ts'
import { continued, type Statement } from '../provenance/network.ts'
import { maxHops } from '../provenance/reading.ts'
import type { Row as CauseRow } from './causes.ts'
import { pendingCause } from './marks.ts'
import { flag, settle } from './store.ts'

/** How many articles one slice finds: others wait for as long as it takes, some milliseconds. */
const articlesPerSlice = 10

/** How many statements on which nothing rests one slice looks behind. */
const statementsPerSlice = 50

/** How many rows of an ended run one slice deletes. */
const rowsPerSlice = 200

type ReachedRow = Tables['reached']['$inferSelect']

const causeQuery = prepared(({ q, t: { causes } }) =>
  q
    .select()
    .from(causes)
    .where(eq(causes.id, sql.placeholder('id')))
    .prepare('cause_by_id')
)

const nextQuery = prepared(({ q, t: { reached: r } }) =>
  q
    .select()
    .from(r)
    .where(
      and(eq(r.causeId, sql.placeholder('causeId')), eq(r.run, sql.placeholder('run')), eq(r.isDone, false))
    )
    .orderBy(asc(r.hops))
    .limit(statementsPerSlice)
    .prepare('next_reached')
)

/** Goes on with the first cause that is not done. Answers whether there was one. */
export async function advance(tx: Writer): Promise<boolean> {
  const id = await pendingCause(tx)
  if (id === undefined) return false
  const [cause] = await causeQuery(tx).execute({ id })
  const { run } = cause!
  const rows = await nextQuery(tx).execute({ causeId: id, run })
  if (rows.length > 0) await lookBehind(tx, cause!, rows)
  else if (!(await settleSome(tx, cause!)) && !(await forgetSome(tx, id)))
    await updateRow(tx, tx.t.causes, { id }, { doneAt: tx.now })
  return true
}

/** Looks behind the nearest statements, as far as the first on whose article others rest. */
async function lookBehind(tx: Writer, cause: CauseRow, nearest: ReachedRow[]) {
  for (const row of nearest) {
    const articleIds = await citing(tx, row.articleId, articlesPerSlice, row.after ?? undefined)
    if (articleIds.length > 0) await find(tx, cause, row, articleIds)
    const { causeId, run, statementId } = row
    const isDone = articleIds.length < articlesPerSlice
    const set = isDone ? { isDone } : { after: articleIds.at(-1)! }
    await updateRow(tx, tx.t.reached, { causeId, run, statementId }, set)
    if (articleIds.length > 0) return
  }
}

/** Finds which of these articles rest on a statement whose article they cite. */
async function find(tx: Writer, cause: CauseRow, row: ReachedRow, articleIds: string[]) {
  const stories = await storiesOf(tx, [...new Set([row.articleId, ...articleIds])])
  const found = articleIds.flatMap((articleId) => restingOn(stories, articleId, row))
  for (const articleId of new Set(found.map(({ statement }) => statement.articleId)))
    if (articleId !== cause.articleId) await flag(tx, cause, articleId)
  const rows = found
    .map(({ statement, hops }) => ({
      ...{ causeId: cause.id, run: cause.run, statementId: statement.id, articleId: statement.articleId },
      ...{ hops: row.hops + hops, after: null, isDone: false }
    }))
    .filter(({ hops }) => hops <= maxHops)
  if (rows.length > 0) await tx.q.insert(tx.t.reached).values(rows).onConflictDoNothing()
}

/** The statements of an article that rest on a statement, source or article, and how many hops away they are. */
function restingOn(
  stories: Map<string, Statement[]>,
  articleId: string,
  { statementId, articleId: target }: ReachedRow
): Pick<Reached, 'statement' | 'hops'>[] {
  const story = stories.get(articleId)!
  if (statementId === target) return naming(story, target)
  return story.flatMap((statement) => {
    const ways = statement.chains.filter(
      (chain) =>
        chain.at(-1)!.target === target &&
        continued({ stories, states: new Map() }, chain.at(-1)!).some(({ id }) => id === statementId)
    )
    return ways.length > 0 ? [{ statement, hops: Math.min(...ways.map((chain) => chain.length)) }] : []
  })
}

/** Settles open reviews that this run did not find; answers how many. */
async function settleSome(tx: Writer, { id, run }: CauseRow): Promise<number> {
  const { reviews: r } = tx.t
  const rows = await tx.q
    .select()
    .from(r)
    .where(and(eq(r.causeId, id), eq(r.state, 'open'), lt(r.run, run)))
    .limit(articlesPerSlice)
  for (const row of rows) await settle(tx, row)
  return rows.length
}

/** Deletes what was reached; answers how many rows. */
async function forgetSome(tx: Writer, causeId: string): Promise<number> {
  const { reached: r } = tx.t
  const rows = await tx.q
    .select({ run: r.run, statementId: r.statementId })
    .from(r)
    .where(eq(r.causeId, causeId))
    .orderBy(asc(r.run), asc(r.statementId))
    .limit(rowsPerSlice)
  const last = rows.at(-1)
  if (last)
    await tx.q
      .delete(r)
      .where(
        and(eq(r.causeId, causeId), sql`(${r.run}, ${r.statementId}) <= (${last.run}, ${last.statementId})`)
      )
  return rows.length
}

/** Finds all reviews that are missing. Of several processes, each does some slices. */
export async function spread(db: Database, isStopped = () => false) {
  while (!isStopped() && (await pendingCause(db.read)) !== undefined)
    // Checked again inside the transaction: another process may have been faster.
    await db.write('reviews', advance)
}

/** The polling interval, in ms. */
const interval = 500

/** Finds reviews until it is stopped. */
export function startReviews(db: Database, job: Omit<JobOptions, 'clock'>) {
  let stopped = false
  const stopPolling = startPolling(() => spread(db, () => stopped), { ...job, interval })
  return function stop() {
    stopped = true
    return stopPolling()
  }
}
