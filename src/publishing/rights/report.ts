// What was used of whom: read from the uses of a period, in many turns of the event loop.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, desc, eq, gt, gte, lt, or } from 'drizzle-orm'
import { unprocessable } from '../../http/problems.ts'
import { utc } from '../../http/schemas.ts'
import type { Reader, Tables } from '../../storage/database.ts'
import type { CreditReport, CreditReportQuery, MediaUse } from './schema.ts'

type Row = Tables['mediaUses']['$inferSelect']

/** How many uses are read in one turn of the event loop. */
const pageSize = 500

/** How many uses without a credit are named. */
const maxNamed = 100

/** The uses of a record of media, the newest article first. */
export async function usesOf(
  { q, t: { mediaUses: u } }: Reader,
  mediaId: string,
  limit: number,
  after?: string
): Promise<MediaUse[]> {
  const rows = await q
    .select()
    .from(u)
    .where(and(eq(u.mediaId, mediaId), after === undefined ? undefined : lt(u.articleId, after)))
    .orderBy(desc(u.articleId))
    .limit(limit)
  return rows.map(({ mediaId: _m, kind: _k, ...use }) => use)
}

/** All uses that began in a period, in the order of time. */
async function* usesBetween({ q, t: { mediaUses: u } }: Reader, from: string, to: string) {
  let last: Row | undefined
  for (;;) {
    const after =
      last &&
      or(
        gt(u.at, last.at),
        and(eq(u.at, last.at), gt(u.articleId, last.articleId)),
        and(eq(u.at, last.at), eq(u.articleId, last.articleId), gt(u.mediaId, last.mediaId))
      )
    const rows = await q
      .select()
      .from(u)
      .where(and(gte(u.at, last?.at ?? from), lt(u.at, to), after))
      .orderBy(asc(u.at), asc(u.articleId), asc(u.mediaId))
      .limit(pageSize)
    yield* rows
    last = rows.at(-1)
    if (last === undefined) return
    await nextTurn()
  }
}

/** What is counted. */
class Counted {
  uses = 0
  readonly media = new Set<string>()
  readonly articles = new Set<string>()

  add({ mediaId, articleId }: Row) {
    this.uses++
    this.media.add(mediaId)
    this.articles.add(articleId)
  }

  get counts() {
    return { uses: this.uses, media: this.media.size, articles: this.articles.size }
  }
}

/** The report of a period. Throws 422 for one that ends before it begins. */
export async function creditReport(db: Reader, query: CreditReportQuery): Promise<CreditReport> {
  const [from, to] = [utc(query.from), utc(query.to)]
  if (to <= from) throw unprocessable('/to', 'The period ends before it begins: `to` has to be after `from`.')
  const all = new Counted()
  const groups = new Map<string, { month: string; supplier: string | null; counted: Counted }>()
  const without: Row[] = []
  let withoutCount = 0
  for await (const use of usesBetween(db, from, to)) {
    const named = new Set(use.credits.flatMap(({ suppliers }) => suppliers))
    if (query.supplier !== undefined && !named.has(query.supplier)) continue
    all.add(use)
    if (use.kind === 'image' && use.credits.length === 0) {
      withoutCount++
      if (without.length < maxNamed) without.push(use)
    }
    const month = use.at.slice(0, 7)
    for (const supplier of query.supplier ? [query.supplier] : named.size > 0 ? named : [null]) {
      const key = JSON.stringify([month, supplier])
      const group = groups.get(key) ?? { month, supplier, counted: new Counted() }
      group.counted.add(use)
      groups.set(key, group)
    }
  }
  return {
    from,
    to,
    ...all.counts,
    suppliers: [...groups.keys()].sort().map((key) => {
      const { month, supplier, counted } = groups.get(key)!
      return { month, supplier, ...counted.counts }
    }),
    withoutCredit: {
      count: withoutCount,
      uses: without.map(({ mediaId, articleId }) => ({ mediaId, articleId }))
    }
  }
}
