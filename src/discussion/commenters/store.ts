// The personal data of commenters, and erasing it (GDPR).
import { and, asc, count, desc, eq, inArray, isNotNull, max, min, or } from 'drizzle-orm'
import type { Reader, Writer } from '../../storage/database.ts'
import { isBanned, remove as liftBan } from '../bans/store.ts'
import { type Row, removeOrEmpty } from '../comments/store.ts'
import { eraseReports, keysWithEmail, reportsOf } from '../error-reports/people.ts'
import { reporterOf } from '../reports/store.ts'
import type { CommentAuthor, Erased } from './schema.ts'

/** How many hashes a look-up answers. */
const maxHashes = 100

/** The data that are stored under the hash of an author or an e-mail address, or undefined. */
export async function byKey(db: Reader, key: string, now: string): Promise<CommentAuthor | undefined> {
  return (await dataOf(db, 'author', key, now)) ?? (await dataOf(db, 'email', key, now))
}

async function dataOf(
  db: Reader,
  of: CommentAuthor['of'],
  key: string,
  now: string
): Promise<CommentAuthor | undefined> {
  const { comments: c } = db.t
  const rows = await db.q
    .select({ status: c.status, number: count(), first: min(c.createdAt), last: max(c.createdAt) })
    .from(c)
    .where(eq(c[of], key))
    .groupBy(c.status)
  const reports = await reportsOf(db, of, key)
  const times = [...rows, reports].flatMap(({ first, last }) => [first ?? [], last ?? []].flat()).sort()
  if (times.length === 0) return undefined
  const comments = { pending: 0, approved: 0, rejected: 0, spam: 0 }
  for (const { status, number } of rows) comments[status] = number
  const banned = of === 'author' && (await isBanned(db, { author: key, network: null }, now))
  const [firstAt, lastAt] = [times[0]!, times.at(-1)!]
  return { key, of, comments, errorReports: reports.number, firstAt, lastAt, banned }
}

/** The data of a person by the hashes of author key and e-mail address, and of other authors with that address. */
export async function lookUp(
  db: Reader,
  { author, email }: Pick<Row, 'author' | 'email'>,
  now: string
): Promise<CommentAuthor[]> {
  const { comments: c } = db.t
  const others = await db.q
    .selectDistinct({ author: c.author })
    .from(c)
    .where(and(eq(c.email, email ?? ''), isNotNull(c.author)))
    .orderBy(asc(c.author))
    .limit(maxHashes - 2)
  const reporting = email ? await keysWithEmail(db, email, maxHashes - 2) : []
  const known = [...new Set([author, ...others.map((row) => row.author), ...reporting])]
  const authors = known.slice(0, maxHashes - 1)
  const found = [
    ...authors.map((key) => key && dataOf(db, 'author', key, now)),
    email && dataOf(db, 'email', email, now)
  ]
  return (await Promise.all(found)).filter((one) => one !== undefined && one !== null) as CommentAuthor[]
}

/**
 * Erases up to `limit` comments of a person, replies before their parents, and as many of their reports of errors, and
 * what else is stored under this hash: the reports of comments made with their key, and a ban on it. A ban on a network stays: it is not personal.
 */
export async function erase(tx: Writer, key: string, limit: number): Promise<Erased> {
  const { q, t } = tx
  const theirs = or(eq(t.comments.author, key), eq(t.comments.email, key))
  const rows = await q.select().from(t.comments).where(theirs).orderBy(desc(t.comments.depth)).limit(limit)
  const erased = { deleted: 0, emptied: 0, errorReports: await eraseReports(tx, key, limit) }
  if (rows.length + erased.errorReports === 0) return erased
  for (const row of rows) erased[await removeOrEmpty(tx, row)]++
  const networks = new Set(rows.map(({ network }) => network))
  const reporters = [...networks].map((network) => reporterOf({ network: String(network), author: key }))
  await q.delete(t.commentReports).where(inArray(t.commentReports.reporter, reporters))
  const ban = and(eq(t.bans.kind, 'author'), eq(t.bans.value, key))
  for (const { id } of await q.select({ id: t.bans.id }).from(t.bans).where(ban)) await liftBan(tx, id)
  return erased
}
