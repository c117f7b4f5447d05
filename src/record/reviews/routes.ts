import type { FastifyInstance } from 'fastify'
import { Cause, Mark } from '../../content/desk/marks/schema.ts'
import { actorOf } from '../../http/callers/caller.ts'
import { found, mayFail } from '../../http/problems.ts'
import { id, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import { uncachedList } from '../../http/server/uncached-list.ts'
import type { Database } from '../../storage/database.ts'
import * as causes from './causes.ts'
import { Clearance, NewDoubt, Review, ReviewQuery } from './schema.ts'
import * as reviews from './store.ts'

export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [Cause, Mark, NewDoubt, Review, Clearance]) app.addSchema(schema)
  doubtRoutes(app, db)

  uncachedList(app, db, {
    url: '/reviews',
    operationId: 'listReviews',
    tags: ['reviews'],
    summary:
      'Published articles that need a review, because they rest on what no longer stands; newest first.',
    querystring: ReviewQuery,
    item: ref(Review),
    list: reviews.list
  })

  app.get<{ Params: { id: string } }>(
    '/reviews/:id',
    {
      schema: {
        operationId: 'getReview',
        tags: ['reviews'],
        summary: 'One review.',
        params: strict({ id: id('rev') }),
        response: { 200: ref(Review) }
      }
    },
    async (request, reply) => {
      reply.headers(uncached)
      return found(await reviews.byId(db.read, request.params.id), 'review')
    }
  )

  app.post<{ Params: { id: string }; Body: Clearance }>(
    '/reviews/:id/clear',
    {
      schema: {
        operationId: 'clearReview',
        tags: ['reviews'],
        summary: 'Say that an article was reviewed, and with what result.',
        params: strict({ id: id('rev') }),
        body: ref(Clearance),
        response: { 200: ref(Review) }
      },
      ...mayFail('conflict')
    },
    async (request, reply) => {
      const { id } = request.params
      reply.headers(uncached)
      return db.write(actorOf(request), (tx) => reviews.clear(tx, id, request.body.note))
    }
  )
}

function doubtRoutes(app: FastifyInstance, db: Database) {
  const params = strict({ id: id('src') })
  app.post<{ Params: { id: string }; Body: NewDoubt }>(
    '/sources/:id/doubt',
    {
      schema: {
        operationId: 'doubtSource',
        tags: ['reviews'],
        summary:
          'Put a source in doubt: from now on every published article that rests on it needs a review.',
        params,
        body: ref(NewDoubt),
        response: { 200: ref(Cause) }
      },
      ...mayFail('conflict')
    },
    async (request, reply) => {
      const { id } = request.params
      const cause = await db.write(actorOf(request), (tx) => causes.doubt(tx, id, request.body.reason))
      return reply.headers(uncached).send(cause)
    }
  )

  app.post<{ Params: { id: string }; Body: Clearance }>(
    '/sources/:id/trust',
    {
      schema: {
        operationId: 'trustSource',
        tags: ['reviews'],
        summary: 'End the doubts about a source: reviews because of them that are open become moot.',
        params,
        body: ref(Clearance),
        response: { 200: ref(Cause) }
      }
    },
    async (request, reply) => {
      const { id } = request.params
      reply.headers(uncached)
      return db.write(actorOf(request), (tx) => causes.endDoubt(tx, id, request.body.note))
    }
  )
}
