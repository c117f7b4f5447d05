// The months in which articles were published. An index covers these queries: no document is read.
import { and, asc, eq, gte, lt, max, sql } from 'drizzle-orm'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import { prepared, type Reader } from '../../storage/database.ts'

/** A month of articles. */
export interface Month {
  /** `2026-11`, in UTC. */
  month: string
  articles: number
  /** When any of them was last updated. */
  updatedAt: string
}

/** Sorts after all instants of a month. */
const endOf = (month: string) => `${month}~`

const given = sql.placeholder

const nextQuery = prepared(({ q, t: { published: p } }) =>
  q
    .select({ position: p.position })
    .from(p)
    .where(and(eq(p.kind, 'article'), gte(p.position, given('from'))))
    .orderBy(asc(p.position))
    .limit(1)
    .prepare('next_position')
)

const within = ({ t: { published: p } }: Reader) =>
  and(eq(p.kind, 'article'), gte(p.position, given('from')), lt(p.position, given('before')))

const monthQuery = prepared((db) => {
  const { published: p } = db.t
  return db.q
    .select({ articles: sql<number>`cast(count(*) as integer)`, updatedAt: max(p.moment) })
    .from(p)
    .where(within(db))
    .prepare('month_of_articles')
})

/** The months with articles, oldest first. */
export async function months(db: Reader): Promise<Month[]> {
  const found: Month[] = []
  // Instants begin with a digit but for years of more than four, which no sitemap can tell (W3C Datetime).
  let [next] = await nextQuery(db).execute({ from: '0' })
  while (next !== undefined) {
    const month = next.position.slice(0, 7)
    const [row] = await monthQuery(db).execute({ from: month, before: endOf(month) })
    found.push({ month, articles: row!.articles, updatedAt: row!.updatedAt! })
    await yieldIfDue()
    next = (await nextQuery(db).execute({ from: endOf(month) }))[0]
  }
  return found
}

const pageQuery = prepared((db) => {
  const { published: p } = db.t
  return db.q
    .select({ id: p.id })
    .from(p)
    .where(within(db))
    .orderBy(asc(p.position), asc(p.id))
    .limit(given('limit'))
    .offset(given('offset'))
    .prepare('page_of_month')
})

/** The ids of the articles of a month, oldest first, from the one of this number on. */
export async function idsInMonth(db: Reader, month: string, limit: number, offset: number) {
  const rows = await pageQuery(db).execute({ from: month, before: endOf(month), limit, offset })
  return rows.map(({ id }) => id)
}
