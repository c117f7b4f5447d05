// A page of a public list: stored cards, concatenated.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { tagOf } from '../../http/etag.ts'
import { decodeCursor, encodeCursor, invalidCursor, type Listed, nextLink } from '../../http/input/cursor.ts'
import { HttpProblem } from '../../http/problems.ts'
import { utc } from '../../http/schemas.ts'
import type { Database, Reader } from '../../storage/database.ts'
import { termsOf } from '../../storage/text/query-parser.ts'
import { ofDocument, tagsOfList } from '../documents/cache-tags.ts'
import type { Kind } from '../documents/kinds.ts'
import { surrogateKeys } from '../documents/surrogate-keys.ts'
import type { SearchedKind } from '../search/document-words.ts'
import { countWords, type Place, search } from '../search/search.ts'
import { withAddedLink } from '../server/added-headers.ts'
import { compressible, publicAnswer, send } from '../server/conditional.ts'
import { bytesOf, joinCards, pickProperties } from './card-json.ts'
import { withInclusions } from './inclusions.ts'
import { countAll, findDocuments } from './query.ts'
import type { Found, Query, Span } from './statement-shapes.ts'

/** The query parameters that all lists have. */
export interface PageQuery {
  limit?: number
  cursor?: string
  q?: string
  sort?: string
  fields?: string[]
  include?: string[]
  count?: 'exact'
  'publishedAt.gte'?: string
  'publishedAt.lt'?: string
  'updatedAt.gte'?: string
  'updatedAt.lt'?: string
  'expiresAt.lt'?: string
}

export interface List {
  kind: Kind
  query: PageQuery
  facets: Query['facets']
  /** The article that the list belongs to; it is a surrogate key even if the list is empty. */
  of?: string
}

/** Sends one page of published cards. */
export function sendPage(db: Database, request: FastifyRequest, reply: FastifyReply, list: List) {
  const { kind, query, of } = list
  const owner = of === undefined ? [] : [{ kind: 'article' as const, id: of, articleId: of }]
  const { limit = 20, fields, include = [] } = query
  return send(db, request, reply, async (wanted) => {
    const { rows, keysOf, count } = await read(db.read, request, list, limit + 1)
    const shown = rows.slice(0, limit)
    const last = rows.length > limit ? shown.at(-1) : undefined
    const next = last ? encodeCursor(request, ...keysOf(last)) : null
    const sparse = fields ? shown.map((one) => ({ ...one, card: pickProperties(one.card, fields) })) : shown
    const { items, beside, tags } = await withInclusions(db.read, kind, sparse, include)
    const link = nextLink(request, next)
    const bytes = bytesOf(joinCards(items, next, query.count && (await count())))
    return publicAnswer(db, await compressible(bytes, wanted), {
      etag: tagOf(bytes),
      keys: surrogateKeys([kind], [...owner, ...shown.map((one) => ({ kind, ...one })), ...beside]),
      tags: [
        ...tagsOfList(kind, query.q === undefined ? list.facets : {}),
        ...(of === undefined ? [] : [ofDocument('article', of)]),
        ...tags
      ],
      link: request.routeOptions.url === '/v1/articles' ? await withAddedLink(db, request.url, link) : link
    })
  })
}

/** The items of a page, the keys of its cursor, and the total count. */
async function read(db: Reader, request: Listed, { kind, query, facets }: List, limit: number) {
  const { q, cursor, sort } = query
  // What belongs to one article is of one instant: its order is that of the text, which runs backwards.
  const isOneText = facets.article?.length === 1 && sort === 'publishedAt' && kind !== 'correction'
  const ascending = kind === 'comment' || (sort === 'publishedAt' && !isOneText) || sort === 'createdAt'
  const asked = { kind, facets, ascending, limit, position: published(query), moment: moment(query) }
  if (q === undefined) {
    if (sort === 'relevance') throw noWords()
    const after = cursor === undefined ? undefined : (decodeCursor(request, cursor, 2) as [string, string])
    const rows: Found[] = await findDocuments(db, { ...asked, after })
    return { rows, keysOf: ({ position, id }: Found) => [position, id], count: () => countAll(db, asked) }
  }
  const words = {
    ...asked,
    kinds: [kind as SearchedKind],
    terms: termsOf(q),
    byRelevance: sort === 'relevance'
  }
  const rows = await search(db, { ...words, after: placeOf(request, cursor) })
  const places = new Map(rows.map(({ id, place }) => [id, place]))
  return {
    rows: rows as Found[],
    keysOf: ({ id }: Found): string[] => places.get(id)!,
    count: () => countWords(db, words)
  }
}

export const span = (from?: string, before?: string): Span | undefined =>
  from === undefined && before === undefined
    ? undefined
    : { from: from && utc(from), before: before && utc(before) }

/** The span of publication times that a list asks for. */
export const published = (query: PageQuery) => span(query['publishedAt.gte'], query['publishedAt.lt'])
/** The span of the other instant of a kind: when an article was updated, when a credit ends. */
export const moment = (query: PageQuery) =>
  span(query['updatedAt.gte'], query['updatedAt.lt'] ?? query['expiresAt.lt'])

/** Decodes the cursor of a search. Throws `invalid-cursor`. */
export function placeOf(list: Listed, cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const [tier, row] = decodeCursor(list, cursor, 2) as Place
  if (
    /^[01]$/.test(tier) &&
    /^(0|-?[1-9]\d{0,18})$/.test(row) &&
    BigInt.asIntN(64, BigInt(row) + 1n) === BigInt(row) + 1n
  )
    return [tier, row]
  throw invalidCursor()
}

const noWords = () => {
  const detail = 'needs words to be relevant to: q.'
  return new HttpProblem('invalid-input', `The query: /sort: relevance ${detail}`, [
    { in: 'query', pointer: '/sort', detail: `relevance ${detail}` }
  ])
}
