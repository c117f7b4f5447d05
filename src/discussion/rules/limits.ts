// Rate limits of comments, by network and by author.
import { and, desc, eq, lte, sql } from 'drizzle-orm'
import { prepared, type Reader } from '../../storage/database.ts'
import type { Settings } from '../settings/schema.ts'

const instant = sql.placeholder('back')

/** The same before an instant: after the clock was set back, later rows do not say how long ago they were. */
const latestBefore = ({ q, t: { comments: c } }: Reader, of: 'network' | 'author') =>
  q
    .select({ at: c.createdAt })
    .from(c)
    .where(and(eq(c[of], sql.placeholder('value')), lte(c.createdAt, sql.placeholder('now'))))
    .orderBy(desc(c.id))
    .limit(1)
    .offset(instant)
const earlierQueries = {
  network: prepared((db) => latestBefore(db, 'network').prepare('earlier_comment_of_network')),
  author: prepared((db) => latestBefore(db, 'author').prepare('earlier_comment_of_author'))
}

const networkQuery = prepared(({ q, t: { comments: c } }) =>
  q
    .select({ at: c.createdAt })
    .from(c)
    .where(eq(c.network, sql.placeholder('value')))
    .orderBy(desc(c.id))
    .limit(1)
    .offset(instant)
    .prepare('comment_of_network')
)

const authorQuery = prepared(({ q, t: { comments: c } }) =>
  q
    .select({ at: c.createdAt })
    .from(c)
    .where(eq(c.author, sql.placeholder('value')))
    .orderBy(desc(c.id))
    .limit(1)
    .offset(instant)
    .prepare('comment_of_author')
)

type Limit = Settings['networkLimit']

/**
 * For how many seconds the sender must wait, or 0. Scans at most as many rows as may be posted. Without an author it is one who
 * has just begun, and has posted nothing.
 */
export async function waitSeconds(
  db: Reader,
  { author, network }: { author?: string | undefined; network: string },
  { networkLimit, authorLimit }: Settings,
  now: string
) {
  return {
    network: networkLimit.seconds && (await wait(db, 'network', network, networkLimit, now)),
    author:
      author === undefined ? 0 : authorLimit.seconds && (await wait(db, 'author', author, authorLimit, now))
  }
}

const queries = { network: networkQuery, author: authorQuery }

async function wait(
  db: Reader,
  of: keyof typeof queries,
  value: string,
  { count, seconds }: Limit,
  now: string
) {
  const found = { value, back: count - 1 }
  let [first] = await queries[of](db).execute(found)
  if (first && first.at > now) [first] = await earlierQueries[of](db).execute({ ...found, now })
  if (first === undefined) return 0
  return Math.max(0, Math.ceil(seconds - (Date.parse(now) - Date.parse(first.at)) / 1000))
}
