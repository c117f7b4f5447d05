// Full text: the published documents that have every word somebody looks for.
import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { preparedEach, type Reader, type Term } from '../../storage/database.ts'
import { atMost } from '../documents/facets.ts'
import {
  type Found,
  isOneOf,
  isPlaced,
  isTimely,
  parameters,
  type Query,
  type Shape,
  selective,
  several,
  shapeOf,
  value
} from '../lists/statement-shapes.ts'
import { columns, rowsBetween, type SearchedKind } from './document-words.ts'

export interface WordQuery extends Omit<Query, 'kind' | 'after'> {
  ascending: boolean
  kinds: SearchedKind[]
  terms: Term[]
  /** Those with every word in their headline first; the newest first among them, and among the others. */
  byRelevance?: boolean
  after?: Place | undefined
}

/** Where in the order of a search a document stands: 0 for headlines, 1 for all else; and its row. */
export type Place = [tier: string, row: string]

export interface FoundWords extends Found {
  kind: SearchedKind
  place: Place
  headline: string
  /** The words beside the headline, in UTF-8; of very long texts, the beginning. */
  words: Buffer
}

/** As much of a text is read to show where the words stand, in characters. */
const shown = 100_000

interface WordShape extends Shape {
  index: 'headlines' | 'everything'
  /** Whether the first facet has so few documents that they are looked through for the words. */
  rare: boolean
}

/** As many documents are looked through one by one for the words. */
const few = 1000

/** What a search selects from, and its conditions: for its pages and for its count alike. */
function conditions(db: Reader, shape: WordShape) {
  const { publishedFacets: f, searchable: s } = db.t
  const index = db.fullText[shape.index]
  const facets = shape.facets.map((of, i) =>
    shape.rare && i === 0
      ? sql`${index.row} in (select ${s.row} from ${f} join ${s} on ${and(eq(s.kind, f.kind), eq(s.id, f.id))}
          where ${and(eq(f.kind, value('kind')), eq(f.name, value('name0')), isOneOf(f.value, 0, of))})`
      : sql`exists (select 1 from ${f} as other where other.kind = ${s.kind} and other.id = ${s.id}
          and other.name = ${value(`name${i}`)} and ${isOneOf(sql`other.value`, i, of)})`
  )
  return and(
    index.matches(value('expression')),
    sql`${index.row} >= ${value('fromRow')} and ${index.row} < ${value('beforeRow')}`,
    ...facets,
    isPlaced(s),
    isTimely(s, shape.moment)
  )
}

function pageOf(db: Reader, shape: WordShape) {
  const { searchable: s } = db.t
  const { from, row } = db.fullText[shape.index]
  return db.q
    .select({
      id: s.id,
      position: sql<string>`${s.position}`,
      articleId: s.articleId,
      card: sql<Buffer>`${s.card}`,
      kind: sql<SearchedKind>`${s.kind}`,
      row: sql<string>`cast(${row} as text)`,
      headline: sql<string>`${s.headline}`,
      // To cut a text takes about as long as to read it.
      words:
        db.fullText.bytes(sql`case when octet_length(${s.text}) > ${shown} then substr(${s.text}, 1, ${shown})
        when ${s.text} <> '' then ${s.text} else ${s.quote} || ${s.caption} end`)
    })
    .from(from)
    .innerJoin(s, eq(s.row, row))
    .where(conditions(db, shape))
    .orderBy((shape.ascending ? asc : desc)(row))
    .limit(value('limit'))
    .prepare(`search_${nameOf(shape)}`)
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

/** Up to `limit` documents that have every word. */
export async function search(db: Reader, query: WordQuery): Promise<FoundWords[]> {
  const { kinds, terms, byRelevance = false, after, limit } = query
  if (terms.length === 0) return []
  const { shape, given } = await prepare(db, query)
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
  // To leave out what has them in its headline takes longer; of a first page, those are known.
  const beyond = after && kinds.includes('article') ? 'headline' : undefined
  const row = after?.[0] === '1' ? after[1] : undefined
  const found = await read('everything', db.fullText.expression(terms, all, beyond), row, limit)
  const known = new Set(inHeadlines.map(({ place }) => place[1]))
  return [...inHeadlines, ...found.filter(({ place }) => !known.has(place[1]))].slice(0, limit)
}

/** How many documents have every word. */
export async function countWords(db: Reader, query: WordQuery): Promise<number> {
  if (query.terms.length === 0) return 0
  const { shape, given } = await prepare(db, query)
  const expression = db.fullText.expression(query.terms, columnsOf(query.kinds))
  const [row] = await counts(db, { ...shape, index: 'everything' }).execute({ ...given, expression })
  return row!.documents
}

/** Where the words of these kinds stand; not named where that is everywhere, since to look whether it is takes time. */
const columnsOf = (kinds: SearchedKind[]): string[] | undefined =>
  Object.keys(columns).every((kind) => kinds.includes(kind as SearchedKind))
    ? undefined
    : kinds.flatMap((kind): string[] => columns[kind])

/** The shape of a search, and the values of its statement. */
async function prepare(db: Reader, query: WordQuery) {
  // Facets are of one kind: a search through several has none.
  const plain = { ...query, kind: query.kinds[0]!, after: undefined }
  const facets = await selective(db, plain)
  const [first] = facets
  const shape = {
    facets: facets.map(several),
    moment: query.moment !== undefined,
    ascending: query.ascending,
    rare: first !== undefined && (await atMost(db, plain.kind, ...first)) <= few
  }
  return { shape, given: { ...parameters(plain, facets), ...rowsBetween(query.position ?? {}) } }
}
