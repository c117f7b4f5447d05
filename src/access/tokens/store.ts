import { and, desc, eq, isNull, lt, or, sql } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { newTokenText, prefixOf } from '../../http/callers/token-text.ts'
import { newId } from '../../http/ids.ts'
import { found, HttpProblem } from '../../http/problems.ts'
import { utcOrNull } from '../../http/schemas.ts'
import { faultAt, refuse } from '../../http/server/several-faults.ts'
import { prepared, type Reader, type Tables, type Writer } from '../../storage/database.ts'
import { hashed } from '../../storage/secrets.ts'
import { checkUnused, nameFaults } from './names.ts'
import type { IssuedToken, NewToken, Token } from './schema.ts'

type Row = Tables['tokens']['$inferSelect']

const toToken = ({ hash: _, previousHash: _p, ...row }: Row): Token => row

const byHashed = prepared(({ q, t: { tokens } }) =>
  q
    .select()
    .from(tokens)
    .where(or(eq(tokens.hash, sql.placeholder('hash')), eq(tokens.previousHash, sql.placeholder('hash'))))
    .prepare('token_by_hash')
)

/** A token, and when the text that was sent expires (ms since 1970), or Infinity. */
type Valid = Token & { until: number }

/** The token of this text, unless it is unknown, revoked, expired or rotated out at `now`. */
export async function valid(db: Reader, text: string, now: string): Promise<Valid | undefined> {
  const hash = hashed(text)
  const [row] = await byHashed(db).execute({ hash })
  if (!row || isInactive(row, now)) return undefined
  const until = Math.min(endOf(row.expiresAt), row.hash === hash ? Infinity : endOf(row.previousUntil))
  return until <= Date.parse(now) ? undefined : { ...toToken(row), until }
}

const endOf = (instant: string | null) => (instant === null ? Infinity : Date.parse(instant))

const isInactive = ({ revokedAt, expiresAt }: Row, now: string) =>
  revokedAt !== null || (expiresAt !== null && expiresAt <= now)

export async function byId({ q, t }: Reader, id: string): Promise<Token | undefined> {
  const [row] = await q.select().from(t.tokens).where(eq(t.tokens.id, id))
  return row && toToken(row)
}

/** Newest first, revoked ones too. */
export async function list({ q, t }: Reader, limit: number, after?: string): Promise<Token[]> {
  const older = after === undefined ? undefined : lt(t.tokens.id, after)
  const rows = await q.select().from(t.tokens).where(older).orderBy(desc(t.tokens.id)).limit(limit)
  return rows.map(toToken)
}

/** Creates a token; its text is only in this answer. Throws what `checkUnused` throws, and 422 for a name or an end that cannot be. */
export async function create(tx: Writer, input: NewToken): Promise<IssuedToken> {
  const over = `It is ${tx.now} already: send a later instant, or null for a token without an end.`
  const isOver = input.expiresAt && utcOrNull(input.expiresAt)! <= tx.now
  refuse([...nameFaults(input.name), ...(isOver ? [faultAt('/expiresAt', over)] : [])])
  await checkUnused(tx, input.name)
  const token = newTokenText()
  const who = { id: newId('tok'), name: input.name, role: input.role }
  const row = {
    ...who,
    createdAt: tx.now,
    expiresAt: utcOrNull(input.expiresAt),
    revokedAt: null,
    prefix: prefixOf(token),
    lastUsedAt: null,
    previousUntil: null
  }
  await tx.q.insert(tx.t.tokens).values({ ...row, hash: hashed(token) })
  await changes.append(tx, { action: 'create', kind: 'token', id: row.id })
  return { ...who, token, ...row }
}

/** Revokes a token with immediate effect. False when there was no active one. */
export async function revoke(tx: Writer, id: string): Promise<boolean> {
  const { q, t, now } = tx
  const rows = await q
    .update(t.tokens)
    .set({ revokedAt: now })
    .where(and(eq(t.tokens.id, id), isNull(t.tokens.revokedAt)))
    .returning({ id: t.tokens.id })
  if (rows.length > 0) await changes.append(tx, { action: 'revoke', kind: 'token', id })
  return rows.length > 0
}

/**
 * Rotates the text of a token; the former one stays valid for `grace` seconds, older ones do not. Throws 404, and 409
 * for a revoked or expired token.
 */
export async function rotate(tx: Writer, id: string, grace: number): Promise<IssuedToken> {
  const { q, t, now } = tx
  const [row] = await q.select().from(t.tokens).where(eq(t.tokens.id, id))
  const before = found(row, 'token')
  if (isInactive(before, now))
    throw new HttpProblem('conflict', 'A token that is revoked or expired has no next.')
  const token = newTokenText()
  const previous =
    grace === 0
      ? { previousHash: null, previousUntil: null }
      : { previousHash: before.hash, previousUntil: later(now, grace) }
  const [after] = await q
    .update(t.tokens)
    .set({ hash: hashed(token), prefix: prefixOf(token), ...previous })
    .where(eq(t.tokens.id, id))
    .returning()
  await changes.append(tx, { action: 'rotate', kind: 'token', id })
  const { id: _, name, role, ...rest } = toToken(after!)
  return { id, name, role, token, ...rest }
}

const later = (instant: string, seconds: number) =>
  new Date(Date.parse(instant) + seconds * 1000).toISOString()

/** Updates the last use of tokens, without an entry in the change log. */
export async function used({ q, t: { tokens } }: Writer, uses: [id: string, at: string][]) {
  for (const [id, at] of uses) {
    const isNewer = or(isNull(tokens.lastUsedAt), lt(tokens.lastUsedAt, at))
    await q
      .update(tokens)
      .set({ lastUsedAt: at })
      .where(and(eq(tokens.id, id), isNewer))
  }
}
