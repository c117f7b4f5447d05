// Stored responses for Idempotency-Key.
import { asc, eq, inArray, lt, sql } from 'drizzle-orm'
import { prepared, type Reader, type Writer } from '../../storage/database.ts'
import { sealing } from '../../storage/secrets.ts'

/** How long a response is kept, in ms. */
const retention = 24 * 60 * 60 * 1000

/** How many expired responses each new one deletes. */
const sweepSize = 10

/** A request with a key: hashes of caller and content, and the secret that encrypts its response (not stored). */
export interface IdempotentRequest {
  id: string
  request: string
  secret: string
}

/** A response to replay. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

const byKey = prepared(({ q, t: { answers } }) =>
  q
    .select()
    .from(answers)
    .where(eq(answers.id, sql.placeholder('id')))
    .prepare('answer_by_id')
)

/** The stored request with this key, if it was answered within the last 24 hours. */
export async function byId(db: Reader, { id }: IdempotentRequest, now: string) {
  const [row] = await byKey(db).execute({ id })
  return row && row.at > retainedSince(now) ? row : undefined
}

/** Decrypts a response; undefined where another secret encrypted it. */
export function decryptAnswer({ secret }: IdempotentRequest, sealed: Buffer): Answer | undefined {
  try {
    return JSON.parse(sealing(secret, 'kept answer').open(sealed).toString()) as Answer
  } catch {
    return undefined
  }
}

/** Stores a response in the transaction of the request. It is encrypted, because it may contain a new token. */
export async function insert(tx: Writer, { id, request, secret }: IdempotentRequest, answer: Answer) {
  const { q, t, now } = tx
  await sweep(tx)
  const sealed = sealing(secret, 'kept answer').close(Buffer.from(JSON.stringify(answer)))
  await q.insert(t.answers).values({ id, request, sealed, at: now })
}

async function sweep({ q, t: { answers }, now }: Writer) {
  const old = await q
    .select({ id: answers.id })
    .from(answers)
    .where(lt(answers.at, retainedSince(now)))
    .orderBy(asc(answers.at))
    .limit(sweepSize)
  const ids = old.map(({ id }) => id)
  if (ids.length > 0) await q.delete(answers).where(inArray(answers.id, ids))
}

const retainedSince = (now: string) => new Date(Date.parse(now) - retention).toISOString()
