// Reports of comments by readers, and their effect.
import { and, asc, desc, eq, gt, gte, lt } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { newId } from '../../http/ids.ts'
import { HttpProblem } from '../../http/problems.ts'
import type { Reader, Writer } from '../../storage/database.ts'
import { withCount } from '../../storage/text/with-count.ts'
import { isBanned } from '../bans/store.ts'
import { isEmptied } from '../comments/publication.ts'
import { type Row, row, write } from '../comments/store.ts'
import { record } from '../decisions/store.ts'
import { effective } from '../settings/store.ts'
import type { CommentReport, NewReport } from './schema.ts'

/** How many reports one network may send in an hour. */
const hourly = 20
const hour = 3_600_000
/** How many reports of one comment are stored. */
const maxReports = 1000

/** A reporter: keyed hashes of the network, and of the author key if there is one. */
export interface Reporter {
  network: string
  author: string | null
}

/** A reporter as stored, so that a repeated network or key can be found. */
export const reporterOf = ({ network, author }: Reporter) => `${network}.${author ?? ''}`

/**
 * Records a report of a public comment; with enough reports it is held for a moderator again. Reports from the same
 * network, or with the same key, count once. Throws 429 above the limit of a network.
 */
export async function report(tx: Writer, commentId: string, input: NewReport, person: Reporter) {
  const { q, t, now } = tx
  const before = (await row(tx, commentId))!
  if (isEmptied(before) || (await hasReported(tx, commentId, person)) || (await isBanned(tx, person, now)))
    return
  await checkRate(tx, person)
  const { reason, detail = null } = input
  const reporter = reporterOf(person)
  await q.insert(t.commentReports).values({ id: newId('rep'), commentId, reporter, reason, detail, at: now })
  const reports = before.reports + 1
  await q.update(t.comments).set({ reports }).where(eq(t.comments.id, commentId))
  const { id, articleId } = before
  await changes.append(tx, { action: 'report', kind: 'comment', id, articleId })
  const { settings } = await effective(tx)
  if (reports >= settings.reportsToHold)
    await tx.within('reports', (as) => holdForReview(as, { ...before, reports }))
}

async function hasReported(
  { q, t }: Writer,
  commentId: string,
  { network, author }: Reporter
): Promise<boolean> {
  const rows = await q
    .select({ reporter: t.commentReports.reporter })
    .from(t.commentReports)
    .where(eq(t.commentReports.commentId, commentId))
    .limit(maxReports)
  const known = rows.map(({ reporter }) => reporter.split('.'))
  return (
    rows.length === maxReports || known.some(([from, key]) => from === network || (key && key === author))
  )
}

async function checkRate({ q, t: { commentReports: r }, now }: Writer, { network }: Reporter) {
  const since = new Date(Date.parse(now) - hour).toISOString()
  const sent = await q
    .select({ at: r.at })
    .from(r)
    .where(and(gte(r.reporter, `${network}.`), lt(r.reporter, `${network}.~`), gt(r.at, since)))
    .orderBy(asc(r.at))
    .limit(hourly)
  if (sent.length < hourly) return
  const seconds = Math.ceil((Date.parse(sent[0]!.at) - Date.parse(since)) / 1000)
  throw new HttpProblem(
    'too-many-requests',
    `One network may report ${withCount(hourly, 'comment')} an hour.`,
    undefined,
    {
      'retry-after': String(seconds)
    }
  )
}

/** Holds a comment again. */
async function holdForReview(tx: Writer, before: Row) {
  const matched = `${withCount(before.reports, 'reader')} reported it.`
  const others = before.rules.filter(({ rule }) => rule !== 'reports')
  const after = await write(tx, before, 'hold', {
    status: 'pending',
    rules: [...others, { rule: 'reports', outcome: 'hold', matched }]
  })
  await record(tx, 'hold', before, after)
}

/** The reports of a comment, the latest first. */
export async function list(
  { q, t: { commentReports: r } }: Reader,
  commentId: string,
  limit: number,
  after?: string
): Promise<CommentReport[]> {
  const rows = await q
    .select({ id: r.id, reason: r.reason, detail: r.detail, at: r.at })
    .from(r)
    .where(and(eq(r.commentId, commentId), after === undefined ? undefined : lt(r.id, after)))
    .orderBy(desc(r.id))
    .limit(limit)
  return rows as CommentReport[]
}
