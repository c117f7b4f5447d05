// Full-text search of published documents: all terms must match.
import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { preparedEach, type Reader, type Term } from '../../storage/database.ts'
import { maxShown } from '../../storage/text/packed-text.ts'
import { countAtMost } from '../documents/facets.ts'
import {
  bySelectivity,
  type Found,
  hasFacet,
  isInMomentRange,
  isInPositionRange,
  parameters,
  type Query,
  type Shape,
  several,
  shapeOf,
  value
} from '../lists/statement-shapes.ts'
import { columns, rowsBetween, type SearchedKind } from './document-words.ts'

export interface WordQuery extends Omit<Query, 'kind' | 'after'> {
  ascending: boolean
  kinds: SearchedKind[]
  terms: Term[]
  /** Documents with every term in the headline first; within each group the newest first. */
  byRelevance?: boolean
  after?: Place | undefined
}

/** The position of a document in the results, for cursors: tier 0 for headlines, 1 for all others; and its row. */
export type Place = [tier: string, row: string]

export interface FoundWords extends Found {
  kind: SearchedKind
  place: Place
  headline: string
  /** The text for the snippet, as it is stored (text/packed-text.ts); very long ones are cut. */
  words: Buffer
}

interface WordShape extends Shape {
  index: 'headlines' | 'everything'
  /** Whether the first facet is so rare that its documents are scanned for the terms. */
  rare: boolean
}

/** Up to so many documents are scanned one by one. */
const scanThreshold = 1000

/** FROM and WHERE of a search, for pages and count alike. */
function conditions(db: Reader, shape: WordShape) {
  const { facetDocuments: f, searchable: s } = db.t
  const index = db.fullText[shape.index]
  const facets = shape.facets.map((of, i) =>
    shape.rare && i === 0
      ? sql`${index.row} in (select ${s.row} from ${f} join ${s} on ${and(eq(s.kind, value('kind')), eq(s.id, f.id))}
          where ${hasFacet(db, f.facet, 0, of)})`
      : sql`exists (select 1 from ${f} as other where ${hasFacet(db, sql`other.facet`, i, of)}
          and other.position = ${s.position} and other.id = ${s.id})`
  )
  return and(
    index.matches(value('expression')),
    sql`${index.row} >= ${value('fromRow')} and ${index.row} < ${value('beforeRow')}`,
    ...facets,
    isInPositionRange(s),
    isInMomentRange(s, shape.moment)
  )
}

/** Without a name, so that PostgreSQL plans it for its words: what is right for rare ones takes seconds for common ones. */
function pageOf(db: Reader, shape: WordShape) {
  const { searchable: s } = db.t
  const { from, row, page } = db.fullText[shape.index]
  const where = conditions(db, shape)!
  const { ascending } = shape
  // What has a rare facet is so little that all of it is looked through.
  const numbers = shape.rare
    ? undefined
    : page?.({
        join: s,
        on: s.row,
        where,
        range: [value('fromRow'), value('beforeRow')],
        ascending,
        limit: value('limit')
      })
  return db.q
    .select({
      id: s.id,
      position: sql<string>`${s.position}`,
      articleId: s.articleId,
      // A subquery for each row of the page: of a join, SQLite might begin with the documents.
      card: db.fullText.text(
        sql`(select coalesce(p.card, p.document) from published as p where p.kind = ${s.kind} and p.id = ${s.id})`
      ),
      kind: sql<SearchedKind>`${s.kind}`,
      row: sql<string>`cast(${row} as text)`,
      headline: sql<string>`${s.headline}`,
      // substr() takes about as long as reading the text.
      words:
        db.fullText.bytes(sql`case when octet_length(${s.text}) > ${maxShown} then substr(${s.text}, 1, ${maxShown})
        when ${s.text} <> '' then ${s.text} else ${s.quote} || ${s.caption} end`)
    })
    .from(numbers ?? from)
    .innerJoin(s, eq(s.row, row))
    .where(numbers ? undefined : where)
    .orderBy((ascending ? asc : desc)(row))
    .limit(value('limit'))
    .prepare('')
}

function countOf(db: Reader, shape: WordShape) {
  const { from, row } = db.fullText[shape.index]
  return db.q
    .select({ documents: sql<number>`cast(count(*) as integer)` })
    .from(from)
    .innerJoin(db.t.searchable, eq(db.t.searchable.row, row))
    .where(conditions(db, shape))
    .prepare(`search_count_${nameOf(shape)}`)
}

const nameOf = ({ index, rare, ...shape }: WordShape) =>
  [index, rare ? 'rare' : 'any', shapeOf(shape)].join('_')

const pages = preparedEach(nameOf, pageOf)
const counts = preparedEach(nameOf, countOf)

/** Up to `limit` matching documents. */
export async function search(db: Reader, query: WordQuery): Promise<FoundWords[]> {
  const { kinds, terms, byRelevance = false, after, limit } = query
  if (terms.length === 0) return []
  const { shape, given } = await prepare(db, query)
  const words = db.fullText.wordParameters?.(terms)
  const read = async (
    index: WordShape['index'],
    expression: string,
    after: string | undefined,
    limit: number
  ) => {
    const rows = await pages(db, { ...shape, index }).execute({
      ...given,
      ...(after && (shape.ascending ? { fromRow: BigInt(after) + 1n } : { beforeRow: BigInt(after) })),
      expression,
      ...words,
      limit
    })
    const tier = index === 'headlines' ? '0' : '1'
    return rows.map(({ row, ...found }): FoundWords => ({ ...found, place: [tier, row] }))
  }
  const all = columnsOf(kinds)
  if (!byRelevance) return read('everything', db.fullText.expression(terms, all), after?.[1], limit)
  const inHeadlines =
    kinds.includes('article') && after?.[0] !== '1'
      ? await read('headlines', db.fullText.expression(terms, ['headline']), after?.[1], limit)
      : []
  if (inHeadlines.length === limit) return inHeadlines
  // Excluding headline matches by NOT is slower; on the first page they are known.
  const beyond = after && kinds.includes('article') ? 'headline' : undefined
  const row = after?.[0] === '1' ? after[1] : undefined
  const found = await read('everything', db.fullText.expression(terms, all, beyond), row, limit)
  const known = new Set(inHeadlines.map(({ place }) => place[1]))
  return [...inHeadlines, ...found.filter(({ place }) => !known.has(place[1]))].slice(0, limit)
}

/** The number of matching documents. */
export async function countWords(db: Reader, query: WordQuery): Promise<number> {
  if (query.terms.length === 0) return 0
  const { shape, given } = await prepare(db, query)
  const expression = db.fullText.expression(query.terms, columnsOf(query.kinds))
  const [row] = await counts(db, { ...shape, index: 'everything' }).execute({ ...given, expression })
  return row!.documents
}

/** The FTS columns of these kinds; undefined where that is all of them, because a column filter costs time. */
const columnsOf = (kinds: SearchedKind[]): string[] | undefined =>
  Object.keys(columns).every((kind) => kinds.includes(kind as SearchedKind))
    ? undefined
    : kinds.flatMap((kind): string[] => columns[kind])

/** The shape of a search, and the parameters of its statement. */
async function prepare(db: Reader, query: WordQuery) {
  // Facets belong to one kind: a search over several has none.
  const plain = { ...query, kind: query.kinds[0]!, after: undefined }
  const facets = await bySelectivity(db, plain)
  const [first] = facets
  const shape = {
    facets: facets.map(several),
    moment: query.moment !== undefined,
    ascending: query.ascending,
    rare: first !== undefined && (await countAtMost(db, plain.kind, ...first)) <= scanThreshold
  }
  return { shape, given: { ...parameters(plain, facets), ...rowsBetween(query.position ?? {}) } }
}
