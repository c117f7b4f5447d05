// Routes that have only a published edition: search, sections and tags, related articles.
import { setImmediate } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { tagOf } from '../http/etag.ts'
import { decodeCursor, encodeCursor, nextLink } from '../http/input/cursor.ts'
import { mayFail } from '../http/problems.ts'
import { id, page, ref, strict } from '../http/schemas.ts'
import type { Database } from '../storage/database.ts'
import { textBytes } from '../storage/text/packed-text.ts'
import { termsOf } from '../storage/text/query-parser.ts'
import { ofCounts, ofDocument, ofList } from './documents/cache-tags.ts'
import { cardOf } from './documents/kinds.ts'
import * as published from './documents/published.ts'
import { surrogateKeys } from './documents/surrogate-keys.ts'
import { bytesOf, joinCards, withProperty } from './lists/card-json.ts'
import { placeOf, span } from './lists/listing.ts'
import { related, topics } from './lists/topics.ts'
import { RelatedQuery, SearchQuery, SearchResult, searchSchemas, Topic, TopicQuery } from './schema.ts'
import { highlighted, snippet } from './search/highlights.ts'
import { type Finder, finder } from './search/matches.ts'
import { countWords, type FoundWords, search } from './search/search.ts'
import { compressible, publicAnswer, send } from './server/conditional.ts'
import { notFoundOrGone } from './server/reply.ts'

export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [...searchSchemas, Topic]) app.addSchema(schema)
  searchRoute(app, db)
  topicRoute(app, db, { url: '/sections', name: 'section', operationId: 'listSections' })
  topicRoute(app, db, { url: '/tags', name: 'tag', operationId: 'listTags' })
  relatedRoute(app, db)
}

function searchRoute(app: FastifyInstance, db: Database) {
  app.get<{ Querystring: SearchQuery }>(
    '/search',
    {
      schema: {
        operationId: 'search',
        tags: ['search'],
        summary: 'Published articles, quotes and pictures, by their words.',
        querystring: SearchQuery,
        response: { 200: page(ref(SearchResult)) }
      },
      ...mayFail('invalid-cursor')
    },
    (request, reply) => {
      const { q, kind, sort = 'relevance', limit = 20, cursor, count } = request.query
      const terms = termsOf(q)
      return send(db, request, reply, async (wanted) => {
        const query = {
          kinds: kind ?? (['article', 'quote', 'media'] as const),
          facets: {},
          terms,
          position: span(request.query['publishedAt.gte'], request.query['publishedAt.lt']),
          byRelevance: sort === 'relevance',
          ascending: sort === 'publishedAt',
          after: placeOf(request, cursor),
          limit: limit + 1
        }
        const found = await search(db.read, query)
        const shown = found.slice(0, limit)
        const next = found.length > limit ? encodeCursor(request, ...shown.at(-1)!.place) : null
        const results = await resultsOf(shown, finder(terms))
        const bytes = bytesOf(joinCards(results, next, count && (await countWords(db.read, query))))
        const keys = surrogateKeys(['article'], shown)
        return publicAnswer(db, await compressible(bytes, wanted), {
          etag: tagOf(bytes),
          keys,
          tags: query.kinds.map(ofList),
          link: nextLink(request, next)
        })
      })
    }
  )
}

/** After highlighting so many bytes, some milliseconds of work, the event loop gets a turn; they are read for each term. */
const yieldAfter = 250_000
const fewTerms = 2

/** Search results with highlights; the items are the stored cards. */
async function resultsOf(found: FoundWords[], find: Finder) {
  const results: { card: string }[] = []
  let read = 0
  for (const one of found) {
    const words = textBytes(one.words)
    results.push(resultOf({ ...one, words }, find))
    read += words.length * Math.max(1, find.terms / fewTerms)
    if (read < yieldAfter) continue
    await setImmediate()
    read = 0
  }
  return results
}

function resultOf({ kind, headline, words, card }: FoundWords, find: Finder) {
  const title = kind === 'article' ? highlighted(headline, find) : null
  const result = JSON.stringify({ kind, title, snippet: snippet(words, find) })
  return { card: withProperty(result, 'item', card) }
}

function topicRoute(
  app: FastifyInstance,
  db: Database,
  { url, name, operationId }: { url: string; name: 'section' | 'tag'; operationId: string }
) {
  app.get<{ Querystring: TopicQuery }>(
    url,
    {
      schema: {
        operationId,
        tags: ['articles'],
        summary: `Every ${name} that something is published under, with the number of its articles.`,
        querystring: TopicQuery,
        response: { 200: page(ref(Topic)) }
      },
      ...mayFail('invalid-cursor')
    },
    (request, reply) => {
      const { limit = 20, cursor, sort = 'name' } = request.query
      return send(db, request, reply, async (wanted) => {
        const after = cursor === undefined ? undefined : decodeCursor(request, cursor, 1)[0]
        const largest = sort === '-articles'
        const found = await topics(db.read, { name, largest, after, limit: limit + 1 })
        const shown = found.slice(0, limit)
        const next = found.length > limit && !largest ? encodeCursor(request, shown.at(-1)!.name) : null
        const bytes = Buffer.from(JSON.stringify({ data: shown, next }))
        return publicAnswer(db, await compressible(bytes, wanted), {
          etag: tagOf(bytes),
          keys: ['articles'],
          tags: [ofCounts('article', name)],
          link: nextLink(request, next)
        })
      })
    }
  )
}

function relatedRoute(app: FastifyInstance, db: Database) {
  app.get<{ Params: { id: string }; Querystring: RelatedQuery }>(
    '/articles/:id/related',
    {
      schema: {
        operationId: 'listRelatedArticles',
        tags: ['articles'],
        summary:
          'Published articles that share sources, tags or the section with this one, the closest first.',
        params: strict({ id: id('art') }),
        querystring: RelatedQuery,
        response: { 200: page(cardOf('article')) }
      }
    },
    (request, reply) => {
      const { id } = request.params
      return send(db, request, reply, async (wanted) => {
        if (!(await published.isPublished(db.read, 'article', id)))
          throw await notFoundOrGone(db.read, 'article', id)
        const found = await related(db.read, id, request.query.limit)
        const bytes = bytesOf(joinCards(found, null))
        return publicAnswer(db, await compressible(bytes, wanted), {
          etag: tagOf(bytes),
          tags: [ofDocument('article', id), ofList('article')],
          keys: surrogateKeys(
            ['article'],
            [{ id, articleId: id }, ...found].map((one) => ({ kind: 'article', ...one }))
          )
        })
      })
    }
  )
}
