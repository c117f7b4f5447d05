import { and, desc, eq, inArray, lt, lte, sql } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { newId } from '../../http/ids.ts'
import { HttpProblem, unprocessable } from '../../http/problems.ts'
import { utcOrNull } from '../../http/schemas.ts'
import { memoizedUntilCommit } from '../../storage/commits/memo.ts'
import { prepared, type Reader, type Writer } from '../../storage/database.ts'
import { row as commentRow } from '../comments/store.ts'
import type { Ban, BanQuery, NewBan } from './schema.ts'

const untilQuery = prepared(({ q, t: { bans } }) =>
  q
    .select({ until: bans.until })
    .from(bans)
    .where(and(eq(bans.kind, sql.placeholder('kind')), eq(bans.value, sql.placeholder('value'))))
    .prepare('ban_until')
)

const anyQuery = prepared(({ q, t: { bans } }) =>
  q.select({ id: bans.id }).from(bans).limit(1).prepare('any_ban')
)

/** A cheap check first: most sites have no bans. */
const hasBans = memoizedUntilCommit(async (db) => (await anyQuery(db).execute()).length > 0)

/** Whether this author or this network is banned at `now`. */
export async function isBanned(
  db: Reader,
  { author, network }: { author: string | null; network: string | null },
  now: string
): Promise<boolean> {
  if (!(await hasBans(db))) return false
  const stands = async (kind: Ban['kind'], value: string | null) => {
    const [ban] = await untilQuery(db).execute({ kind, value })
    return ban !== undefined && (ban.until === null || ban.until > now)
  }
  return (await stands('author', author)) || (await stands('network', network))
}

export async function byId({ q, t }: Reader, id: string): Promise<Ban | undefined> {
  const [row] = await q.select().from(t.bans).where(eq(t.bans.id, id))
  return row
}

/** Newest first, expired ones too. */
export function list(
  { q, t: { bans } }: Reader,
  { kind }: BanQuery,
  limit: number,
  after?: string
): PromiseLike<Ban[]> {
  return q
    .select()
    .from(bans)
    .where(and(after === undefined ? undefined : lt(bans.id, after), kind && inArray(bans.kind, kind)))
    .orderBy(desc(bans.id))
    .limit(limit)
}

/** Creates a ban, in the place of an expired one. Throws 409 where one is active, 422. */
export async function create(tx: Writer, input: NewBan): Promise<Ban> {
  const { q, t, now, actor } = tx
  const { kind, reason = null } = input
  const value = await targetOf(tx, input)
  const until = utcOrNull(input.until)
  if (until !== null && until <= now)
    throw unprocessable(
      '/until',
      `It is ${now} already: send a later instant, or null for a ban without an end.`
    )
  const ended = and(eq(t.bans.kind, kind), eq(t.bans.value, value), lte(t.bans.until, now))
  await q.delete(t.bans).where(ended)
  const row = { id: newId('ban'), kind, value, reason, until, actor: actor.name, createdAt: now }
  const [added] = await q
    .insert(t.bans)
    .values(row)
    .onConflictDoNothing({ target: [t.bans.kind, t.bans.value] })
    .returning()
  if (added === undefined) throw new HttpProblem('conflict', `A ban on this ${kind} stands already.`)
  await changes.append(tx, { action: 'create', kind: 'ban', id: added.id })
  return added
}

/** The target of a ban: the given value, or the author or network of the given comment. */
async function targetOf(tx: Writer, { kind, value, commentId }: NewBan): Promise<string> {
  if ((value === undefined) === (commentId === undefined))
    throw unprocessable('/value', 'Say whom to ban: either value or commentId.')
  if (value !== undefined) return value
  const comment = await commentRow(tx, commentId!)
  if (comment === undefined) throw unprocessable('/commentId', 'There is no such comment.')
  const found = comment[kind]
  if (found === null) throw unprocessable('/commentId', `Nothing is known of the ${kind} of this comment.`)
  return found
}

/** Deletes a ban. False when there is none. */
export async function remove(tx: Writer, id: string): Promise<boolean> {
  const gone = await tx.q.delete(tx.t.bans).where(eq(tx.t.bans.id, id)).returning({ id: tx.t.bans.id })
  if (gone.length > 0) await changes.append(tx, { action: 'delete', kind: 'ban', id })
  return gone.length > 0
}
