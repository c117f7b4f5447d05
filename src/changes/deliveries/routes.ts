import type { FastifyInstance } from 'fastify'
import { actorOf } from '../../http/callers/caller.ts'
import { pagedBy, pageRequestBelow } from '../../http/input/cursor.ts'
import { found, mayFail } from '../../http/problems.ts'
import { id, page, ref, strict } from '../../http/schemas.ts'
import { uncached } from '../../http/server/headers.ts'
import type { Database } from '../../storage/database.ts'
import * as webhooks from '../webhooks/store.ts'
import { Delivery, DeliveryQuery, NewReplay, Replay } from './schema.ts'
import * as deliveries from './store.ts'

const tags = ['webhooks']
const params = strict({ id: id('whk') })

export function routes(app: FastifyInstance, db: Database) {
  for (const schema of [Delivery, NewReplay, Replay]) app.addSchema(schema)
  listing(app, db)
  replaying(app, db)
}

function listing(app: FastifyInstance, db: Database) {
  app.get<{ Params: { id: string }; Querystring: DeliveryQuery }>(
    '/webhooks/:id/deliveries',
    {
      schema: {
        operationId: 'listDeliveries',
        tags,
        summary: 'What a webhook was told in the last 30 days, and is to be told; the latest change first.',
        params,
        querystring: DeliveryQuery,
        response: { 200: page(ref(Delivery)) }
      },
      ...mayFail('invalid-cursor')
    },
    async (request, reply) => {
      const { id } = request.params
      found(await webhooks.byId(db.read, id), 'webhook')
      const { limit, before } = pageRequestBelow(request)
      const rows = await deliveries.list(db.read, id, request.query, limit + 1, before)
      reply.headers(uncached)
      return pagedBy(request, reply, { rows, limit, keyOf: ({ seq }) => seq })
    }
  )
}

function replaying(app: FastifyInstance, db: Database) {
  app.post<{ Params: { id: string; deliveryId: string } }>(
    '/webhooks/:id/deliveries/:deliveryId/replay',
    {
      schema: {
        operationId: 'replayDelivery',
        tags,
        summary: 'Tell one change again.',
        params: strict({ id: id('whk'), deliveryId: id('dlv') }),
        response: { 200: ref(Delivery) }
      },
      ...mayFail('conflict')
    },
    async (request, reply) => {
      const { id, deliveryId } = request.params
      const again = await db.write(actorOf(request), (tx) => deliveries.replay(tx, id, deliveryId))
      return reply.headers(uncached).send(again)
    }
  )

  app.post<{ Params: { id: string }; Body: NewReplay }>(
    '/webhooks/:id/replay',
    {
      schema: {
        operationId: 'replayWebhook',
        tags,
        summary: 'Tell a range of changes again, or for the first time, in their order: at most 1000.',
        params,
        body: ref(NewReplay),
        response: { 200: ref(Replay) }
      },
      ...mayFail('unprocessable', 'conflict')
    },
    async (request, reply) => {
      const count = await db.write(actorOf(request), (tx) =>
        deliveries.replayRange(tx, request.params.id, request.body)
      )
      return reply.headers(uncached).send({ deliveries: count })
    }
  )
}
