import type { FastifyInstance } from 'fastify'
import { pagedBy, pageRequestBelow } from '../../../http/input/cursor.ts'
import { mayFail, notFound } from '../../../http/problems.ts'
import { id, page, ref, strict } from '../../../http/schemas.ts'
import { uncached } from '../../../http/server/headers.ts'
import type { Database } from '../../../storage/database.ts'
import { Chapter, ChapterQuery } from './schema.ts'
import * as history from './store.ts'

export function routes(app: FastifyInstance, db: Database) {
  app.addSchema(Chapter)

  app.get<{ Params: { id: string }; Querystring: { limit?: number; cursor?: string } }>(
    '/articles/:id/history',
    {
      schema: {
        operationId: 'getArticleHistory',
        tags: ['changes'],
        summary: 'Who did what to an article and to what belongs to it, newest first.',
        description: 'It outlives the article.',
        params: strict({ id: id('art') }),
        querystring: ChapterQuery,
        response: { 200: page(ref(Chapter)) }
      },
      ...mayFail('invalid-cursor')
    },
    async (request, reply) => {
      const { limit, before } = pageRequestBelow(request)
      const rows = await history.list(db.read, request.params.id, limit + 1, before)
      if (rows.length === 0) throw notFound('article')
      reply.headers(uncached)
      return pagedBy(request, reply, { rows, limit, keyOf: ({ seq }) => seq })
    }
  )
}
