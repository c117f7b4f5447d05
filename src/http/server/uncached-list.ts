// GET of lists that have one edition and are never cached: those that only the desk reads.
import type { FastifyInstance } from 'fastify'
import type { TSchema } from 'typebox'
import type { Database, Reader } from '../../storage/database.ts'
import { paged, pageRequest } from '../input/cursor.ts'
import { mayFail } from '../problems.ts'
import { page } from '../schemas.ts'
import { uncached } from './headers.ts'

interface UncachedList<Query, Item extends { id: string }> {
  url: string
  /** The operationId: `listBans`. */
  operationId: string
  tags: string[]
  summary: string
  description?: string
  /** The schema of the query, which has `limit` and `cursor`. */
  querystring: TSchema
  /** The schema of an item. */
  item: TSchema
  /** At most `limit` items, newest first: those after the item of this id. */
  list(db: Reader, query: Query, limit: number, after?: string): PromiseLike<Item[]>
}

/** Registers the list. */
export function uncachedList<Query, Item extends { id: string }>(
  app: FastifyInstance,
  db: Database,
  { url, item, list, ...about }: UncachedList<Query, Item>
) {
  app.get(
    url,
    { schema: { ...about, response: { 200: page(item) } }, ...mayFail('invalid-cursor') },
    async (request, reply) => {
      const { limit, after } = pageRequest(request)
      reply.headers(uncached)
      return paged(request, reply, await list(db.read, request.query as Query, limit + 1, after), limit)
    }
  )
}
