// How long a network or an author must wait before the next comment.
import { desc, eq, sql } from 'drizzle-orm'
import type { Settings } from '../settings/schema.ts'
import { prepared, type Reader } from '../storage/database.ts'

const back = sql.placeholder('back')

const networkQuery = prepared(({ q, t: { comments: c } }) =>
  q
    .select({ at: c.createdAt })
    .from(c)
    .where(eq(c.network, sql.placeholder('value')))
    .orderBy(desc(c.id))
    .limit(1)
    .offset(back)
    .prepare('comment_of_network')
)

const authorQuery = prepared(({ q, t: { comments: c } }) =>
  q
    .select({ at: c.createdAt })
    .from(c)
    .where(eq(c.author, sql.placeholder('value')))
    .orderBy(desc(c.id))
    .limit(1)
    .offset(back)
    .prepare('comment_of_author')
)

type Limit = Settings['networkLimit']

/** For how many seconds who sends this must wait; 0 for who need not. At most as many rows are passed as may be posted. */
export async function waits(
  db: Reader,
  { author, network }: { author: string; network: string },
  { networkLimit, authorLimit }: Settings,
  now: string
) {
  return {
    network: networkLimit.seconds && (await wait(db, networkQuery, network, networkLimit, now)),
    author: authorLimit.seconds && (await wait(db, authorQuery, author, authorLimit, now))
  }
}

async function wait(
  db: Reader,
  query: typeof networkQuery,
  value: string,
  { count, seconds }: Limit,
  now: string
) {
  const [first] = await query(db).execute({ value, back: count - 1 })
  if (first === undefined) return 0
  return Math.max(0, Math.ceil(seconds - (Date.parse(now) - Date.parse(first.at)) / 1000))
}
