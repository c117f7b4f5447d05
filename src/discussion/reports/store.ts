// What readers report, and what comes of it.
import { and, asc, desc, eq, gt, gte, lt } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { newId } from '../../http/ids.ts'
import { HttpProblem } from '../../http/problems.ts'
import type { Reader, Writer } from '../../storage/database.ts'
import { isBanned } from '../bans/store.ts'
import { isEmptied, type Row, row, write } from '../comments/store.ts'
import { record } from '../decisions/store.ts'
import { holding } from '../settings/store.ts'
import type { CommentReport, NewReport } from './schema.ts'

/** How many reports one network may send in an hour. */
const hourly = 20
const hour = 3_600_000
/** How many reports of one comment are kept: nobody reads more. */
const most = 1000

/** Who reports: keyed hashes of their network, and of their key where they have one. */
export interface Reporter {
  network: string
  author: string | null
}

/** Who reports, as it is kept: so that it tells whether the network, or the key, was there before. */
export const reporterOf = ({ network, author }: Reporter) => `${network}.${author ?? ''}`

/**
 * Takes a report of a comment the public sees; with enough of them the comment waits for a moderator again. From the
 * same network, or with the same key, it counts once. Throws 429 for more than a network may send.
 */
export async function report(tx: Writer, commentId: string, input: NewReport, person: Reporter) {
  const { q, t, now } = tx
  const before = (await row(tx, commentId))!
  if (isEmptied(before) || (await isKnown(tx, commentId, person)) || (await isBanned(tx, person, now))) return
  await checkRate(tx, person)
  const { reason, detail = null } = input
  const reporter = reporterOf(person)
  await q.insert(t.commentReports).values({ id: newId('rep'), commentId, reporter, reason, detail, at: now })
  const reports = before.reports + 1
  await q.update(t.comments).set({ reports }).where(eq(t.comments.id, commentId))
  const { id, articleId } = before
  await changes.append(tx, { action: 'report', kind: 'comment', id, articleId })
  const { settings } = await holding(tx)
  if (reports >= settings.reportsToHold) await tx.within('reports', (as) => hold(as, { ...before, reports }))
}

async function isKnown({ q, t }: Writer, commentId: string, { network, author }: Reporter): Promise<boolean> {
  const rows = await q
    .select({ reporter: t.commentReports.reporter })
    .from(t.commentReports)
    .where(eq(t.commentReports.commentId, commentId))
    .limit(most)
  const known = rows.map(({ reporter }) => reporter.split('.'))
  return rows.length === most || known.some(([from, key]) => from === network || (key && key === author))
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
    `One network may report ${hourly} comments an hour.`,
    undefined,
    {
      'retry-after': String(seconds)
    }
  )
}

/** Takes a comment back to those that wait. */
async function hold(tx: Writer, before: Row) {
  const matched = `${before.reports} readers reported it.`
  const others = before.rules.filter(({ rule }) => rule !== 'reports')
  const after = await write(tx, before, 'hold', {
    status: 'pending',
    rules: [...others, { rule: 'reports', outcome: 'hold', matched }]
  })
  await record(tx, 'hold', before, after)
}

/** What readers said of a comment, the latest first. */
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
