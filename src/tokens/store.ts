import { createHash, randomBytes } from 'node:crypto'
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import * as changes from '../changes/store.ts'
import { newId } from '../ids.ts'
import { utcOrNull } from '../schemas.ts'
import { prepared, type Reader, type Tables, type Writer } from '../storage/database.ts'
import type { IssuedToken, NewToken, Token } from './schema.ts'

export const hashed = (token: string) => createHash('sha256').update(token).digest('base64url')

const form = ({ hash: _, ...row }: Tables['tokens']['$inferSelect']): Token => row

const byHashed = prepared(({ q, t: { tokens } }) =>
  q
    .select()
    .from(tokens)
    .where(eq(tokens.hash, sql.placeholder('hash')))
    .prepare('token_by_hash')
)

/** The token a client holds, when it is known, not revoked and not expired at `now`. */
export async function valid(db: Reader, token: string, now: string): Promise<Token | undefined> {
  const [row] = await byHashed(db).execute({ hash: hashed(token) })
  if (!row || row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt <= now)) return undefined
  return form(row)
}

export async function byId({ q, t }: Reader, id: string): Promise<Token | undefined> {
  const [row] = await q.select().from(t.tokens).where(eq(t.tokens.id, id))
  return row && form(row)
}

/** Newest first, revoked ones too. */
export async function list({ q, t }: Reader, limit: number, after?: string): Promise<Token[]> {
  const older = after === undefined ? undefined : lt(t.tokens.id, after)
  const rows = await q.select().from(t.tokens).where(older).orderBy(desc(t.tokens.id)).limit(limit)
  return rows.map(form)
}

/** A new token; the answer is the only place its text ever stands. */
export async function create(tx: Writer, input: NewToken): Promise<IssuedToken> {
  const token = `onr_${randomBytes(32).toString('base64url')}`
  const row = {
    id: newId('tok'),
    name: input.name,
    role: input.role,
    createdAt: tx.now,
    expiresAt: utcOrNull(input.expiresAt),
    revokedAt: null
  }
  await tx.q.insert(tx.t.tokens).values({ ...row, hash: hashed(token) })
  await changes.append(tx, { action: 'create', kind: 'token', id: row.id })
  return { ...row, token }
}

/** Ends a token: from the next request on it is refused. False when there was none to end. */
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
