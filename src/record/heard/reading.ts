// Reading the published articles of a period for a report, in many turns of the event loop.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Article } from '../../content/articles/schema.ts'
import { unprocessable } from '../../http/problems.ts'
import { utc } from '../../http/schemas.ts'
import { seen } from '../../newsstand/documents/naming.ts'
import { documentOf } from '../../newsstand/documents/published.ts'
import { countAll, findDocuments } from '../../newsstand/lists/query.ts'
import type { Found } from '../../newsstand/lists/statement-shapes.ts'
import type { Reader } from '../../storage/database.ts'
import type { SourceReport, SourceReportQuery } from './schema.ts'
import { type Heard, Tally } from './tally.ts'

export type { Heard } from './tally.ts'

/** How many articles a report counts: more take seconds. A report of a part of them would be wrong. */
const maxArticles = 10_000
const pageSize = 100

/** How many articles, or sources, are read in one turn of the event loop. */
const inOneTurn = 10

/** Counts the articles of a period. Throws 422 for too many. */
async function count(db: Reader, { from, to, section, author }: SourceReportQuery): Promise<Tally> {
  const facets = { section, author }
  const counted = { kind: 'article' as const, facets, position: { from, before: to }, limit: pageSize }
  if ((await countAll(db, counted)) > maxArticles)
    throw unprocessable('/from', `More than ${maxArticles} articles: ask for a shorter period.`)
  const tally = new Tally()
  let read = 0
  let after: [string, string] | undefined
  for (let page: Found[] = []; after === undefined || page.length === pageSize; ) {
    page = await findDocuments(db, { ...counted, ascending: true, after })
    for (const { id } of page) {
      const document = await documentOf(db, 'article', id)
      if (document) tally.add(JSON.parse(document.toString()) as Article)
      if (++read % inOneTurn === 0) await nextTurn()
    }
    const last = page.at(-1)
    if (last === undefined) break
    after = [last.position, last.id]
  }
  return tally
}

/** The report of a period. Throws 422 for one that ends before it begins, and for one of too many articles. */
export async function sourceReport(db: Reader, query: SourceReportQuery): Promise<SourceReport> {
  const [from, to] = [utc(query.from), utc(query.to)]
  if (to <= from) throw unprocessable('/to', 'The period ends before it begins: `to` has to be after `from`.')
  const tally = await count(db, { ...query, from, to })
  const first = new Set<string>()
  for (const [i, id] of tally.sources.entries()) {
    const { firstAt } = await seen(db, id)
    if (firstAt === null || firstAt >= from) first.add(id)
    if (i % inOneTurn === 0) await nextTurn()
  }
  return tally.report({ from, to }, (id) => first.has(id))
}

/** The persons who are heard in a period, with the number of their quotes. */
export async function personsHeard(db: Reader, period: { from: string; to: string }): Promise<Heard[]> {
  return (await count(db, period)).persons
}
