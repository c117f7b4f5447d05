// What was answered to requests with an Idempotency-Key, for those who ask again.
import { asc, eq, inArray, lt, sql } from 'drizzle-orm'
import { prepared, type Reader, type Writer } from '../../storage/database.ts'
import { sealing } from '../../storage/secrets.ts'

/** How long an answer is kept, in ms. */
const kept = 24 * 60 * 60 * 1000

/** How many answers that were kept long enough one more sweeps away. */
const swept = 10

/** Who asked for what: hashes, and what the answer is sealed with, which is not in the database. */
export interface IdempotentRequest {
  id: string
  request: string
  secret: string
}

/** What is answered the second time as it was the first. */
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

/** What was asked with this key before, and answered within the last 24 hours. */
export async function byId(db: Reader, { id }: IdempotentRequest, now: string) {
  const [row] = await byKey(db).execute({ id })
  return row && row.at > ended(now) ? row : undefined
}

/** The answer in words; undefined where another secret sealed it. */
export function opened({ secret }: IdempotentRequest, sealed: Buffer): Answer | undefined {
  try {
    return JSON.parse(sealing(secret, 'kept answer').open(sealed).toString()) as Answer
  } catch {
    return undefined
  }
}

/** Keeps an answer with what was written for it; nobody reads it in the database, for it may show a new token. */
export async function keep(tx: Writer, { id, request, secret }: IdempotentRequest, answer: Answer) {
  const { q, t, now } = tx
  await sweep(tx)
  const sealed = sealing(secret, 'kept answer').close(Buffer.from(JSON.stringify(answer)))
  await q.insert(t.answers).values({ id, request, sealed, at: now })
}

async function sweep({ q, t: { answers }, now }: Writer) {
  const old = await q
    .select({ id: answers.id })
    .from(answers)
    .where(lt(answers.at, ended(now)))
    .orderBy(asc(answers.at))
    .limit(swept)
  const ids = old.map(({ id }) => id)
  if (ids.length > 0) await q.delete(answers).where(inArray(answers.id, ids))
}

const ended = (now: string) => new Date(Date.parse(now) - kept).toISOString()
