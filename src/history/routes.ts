import type { FastifyInstance } from 'fastify'
import { asked, encode, nextLink } from '../cursor.ts'
import { HttpProblem, mayFail, notFound } from '../problems.ts'
import { id, page, ref, strict } from '../schemas.ts'
import type { Database } from '../storage/database.ts'
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
      const { limit, after } = asked(request.query)
      const rows = await history.list(db.read, request.params.id, limit + 1, numbered(after))
      if (rows.length === 0) throw notFound('article')
      const data = rows.slice(0, limit)
      const next = rows.length > limit ? encode(String(data.at(-1)!.seq)) : null
      reply.headers({ 'cache-control': 'private, no-store', ...nextLink(request, next) })
      return { data, next }
    }
  )
}

/** The number a page begins after. Throws `invalid-cursor` for what is none. */
function numbered(after: string | undefined): number | undefined {
  if (after === undefined || /^\d{1,15}$/.test(after)) return after === undefined ? undefined : Number(after)
  throw new HttpProblem('invalid-cursor', 'This cursor is not one that a page of this list gave.')
}
